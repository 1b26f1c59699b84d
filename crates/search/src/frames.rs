//! Words with which people put a question and which say nothing of its matter.

use std::sync::LazyLock;

use crate::tokens::{Token, one_spelling, tokens};

/// Phrases of any question, longest first where one begins another.
const FRAMES: &[&str] = &[
    "đúng hay sai",
    "đúng hay không",
    "đúng không",
    "phải không",
    "có phải không",
    "xin hỏi luật sư",
    "xin luật sư cho biết",
    "xin cho hỏi",
    "xin hỏi",
    "xin cho tôi biết",
    "cho tôi hỏi",
    "cho em hỏi",
    "cho mình hỏi",
    "tôi muốn hỏi",
    "tôi xin hỏi",
    "tôi có thắc mắc",
    "tôi có câu hỏi",
    "xin cho biết",
    "hãy cho biết",
    "vui lòng cho biết",
    "cho biết",
    "mong luật sư tư vấn",
    "nhờ luật sư tư vấn",
    "xin cảm ơn",
    "trân trọng cảm ơn",
    "được pháp luật quy định như thế nào",
    "được quy định như thế nào",
    "được quy định thế nào",
    "được quy định ra sao",
    "quy định như thế nào",
    "quy định thế nào",
    "pháp luật quy định",
    "theo quy định của pháp luật hiện hành",
    "theo quy định pháp luật hiện hành",
    "theo quy định của pháp luật",
    "theo quy định pháp luật",
    "theo quy định hiện hành",
    "theo pháp luật",
    "như thế nào",
    "thế nào",
    "ra sao",
    "thì sao",
    "nào sau đây",
    "nào dưới đây",
    "sau đây",
    "dưới đây",
    "đâu không phải là",
    "đâu là",
    "vậy",
    "ạ",
];

/// The phrases as words, with marks and without.
static CUT: LazyLock<[Vec<Vec<String>>; 2]> = LazyLock::new(|| {
    [false, true].map(|plain| {
        let words = FRAMES.iter().map(|frame| tokens(frame));
        words
            .map(|words| words.iter().map(|word| form(word, plain)).collect())
            .collect()
    })
});

fn form(token: &Token, plain: bool) -> String {
    one_spelling(if plain { &token.plain } else { &token.marked })
}

/// The words that are about the matter; all of them where nothing else would be left.
pub(crate) fn without_frames(words: &[Token]) -> Vec<Token> {
    let plain = !words.iter().any(Token::is_marked);
    let typed: Vec<String> = words.iter().map(|word| form(word, plain)).collect();
    let frames = &CUT[usize::from(plain)];
    let mut kept = Vec::with_capacity(words.len());
    let mut at = 0;
    while at < words.len() {
        let length = frames
            .iter()
            .filter(|frame| typed[at..].starts_with(frame.as_slice()))
            .map(Vec::len)
            .max();
        match length {
            // A single word without its marks may be many words.
            Some(length) if !plain || length > 1 => at += length,
            _ => {
                kept.push(words[at].clone());
                at += 1;
            }
        }
    }
    if kept.len() < 2 { words.to_vec() } else { kept }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(text: &str) -> String {
        let words: Vec<String> = without_frames(&tokens(text))
            .into_iter()
            .map(|word| word.plain)
            .collect();
        words.join(" ")
    }

    #[test]
    fn the_matter_stays() {
        assert_eq!(
            kept("Xin hỏi, tuổi nghỉ hưu được quy định như thế nào?"),
            "tuoi nghi huu"
        );
        assert_eq!(kept("tuoi nghi huu duoc quy dinh nhu the nao"), "tuoi nghi huu");
        assert_eq!(kept("như thế nào"), "nhu the nao");
        assert_eq!(kept("hàng hóa sau đây"), "hang hoa");
    }
}
