//! Official letters (công văn) print no line with their kind: "V/v …" under the number, "Kính gửi: …" below
//! (Nghị định 30/2020/NĐ-CP, phụ lục I).

use crate::model::{Block, Para};

use super::{HEAD, signers};

/// What the letter is about; `None` where the head is not that of a letter. "Kính gửi" and whom it names may
/// stand in a table.
pub(super) fn subject(opening: &[Block]) -> Option<String> {
    let head: Vec<&Para> = opening.iter().take(HEAD).flat_map(signers::paras).collect();
    let greeting = head.iter().position(|para| starts(&para.text, "kính gửi"))?;
    let mut above = head.get(..greeting)?.iter();
    let text = above.find_map(|para| about(&para.text))?;
    let words: Vec<&str> = text.split_whitespace().collect();
    let text = words.join(" ");
    let text = text.trim_matches([':', '.', '-', ' ']);
    (!text.is_empty()).then(|| super::recase::capitalised(text))
}

/// What follows "V/v".
fn about(text: &str) -> Option<&str> {
    let text = text.trim_start();
    let marks = ["v/v", "v/ v", "về việc"];
    let mark = marks.iter().find(|mark| starts(text, mark))?;
    let place = text.char_indices().nth(mark.chars().count())?.0;
    text.get(place..)
}

fn starts(text: &str, small: &str) -> bool {
    let head: String = text.trim_start().chars().take(small.chars().count()).collect();
    head.to_lowercase() == small
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_by_their_subject_and_greeting() {
        let said = |lines: &[&str]| {
            let para = |line: &&str| Para {
                text: (*line).to_owned(),
                ..Para::default()
            };
            let blocks: Vec<Block> = lines.iter().map(|line| Block::Para(para(line))).collect();
            subject(&blocks)
        };
        let number = "Số: 3840/TCHQ-TXNK";
        let greeting = "Kính gửi: Công ty TNHH Ford Việt Nam.";
        assert_eq!(
            said(&[number, "V/v: hoàn thuế  nhập khẩu", greeting]).as_deref(),
            Some("Hoàn thuế nhập khẩu")
        );
        assert_eq!(
            said(&[number, "V/v đề nghị khen thưởng", "KÍNH GỬI: Các sở"]).as_deref(),
            Some("Đề nghị khen thưởng")
        );
        assert_eq!(said(&[number, "V/v hoàn thuế"]), None, "no greeting");
        assert_eq!(said(&[number, greeting, "V/v hoàn thuế"]), None, "below it");
        assert_eq!(said(&[number, "V/v:", greeting]), None, "about nothing");
    }
}
