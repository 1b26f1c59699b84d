//! What a page has said already is not said again.

use legal::model::{Block, MarkKind, Para};

/// The blocks of an opening after those that only repeat the title of their part:
/// "PHỤ LỤC" and "DANH MỤC …" under the heading "Phụ lục. Danh mục …".
/// All of them where the title is not repeated in whole.
#[must_use]
pub fn without_title<'a>(title: &str, opening: &'a [Block]) -> &'a [Block] {
    let title = letters(title);
    let mut left = title.as_str();
    for (at, block) in opening.iter().enumerate() {
        if left.is_empty() {
            return opening.get(at..).unwrap_or(opening);
        }
        let Block::Para(para) = block else { return opening };
        let own = letters(&para.text);
        match left.strip_prefix(&own) {
            Some(after) if !own.is_empty() && !has_note(para) => left = after,
            _ => return opening,
        }
    }
    if left.is_empty() { &[] } else { opening }
}

fn has_note(para: &Para) -> bool {
    para.marks
        .iter()
        .any(|mark| matches!(mark.kind, MarkKind::Note(_)))
}

/// Letters and digits in lower case: how a title is printed does not matter.
fn letters(text: &str) -> String {
    let all = text.chars().filter(|c| c.is_alphanumeric());
    all.flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paras(texts: &[&str]) -> Vec<Block> {
        let para = |text: &&str| Para {
            text: (*text).to_owned(),
            ..Para::default()
        };
        texts.iter().map(para).map(Block::Para).collect()
    }

    #[test]
    fn a_title_over_several_lines_is_said_once() {
        let opening = paras(&["PHỤ LỤC I", "DANH MỤC HÀNG HÓA", "(Kèm theo Nghị định)"]);
        let rest = without_title("Phụ lục I. Danh mục hàng hóa", &opening);
        assert_eq!(rest, &opening[2..]);
        assert!(without_title("Phụ lục I. Danh mục hàng hóa", &opening[..2]).is_empty());
    }

    #[test]
    fn what_is_not_wholly_the_title_stays() {
        for texts in [
            &["PHỤ LỤC I", "DANH MỤC HÀNG"][..],
            &["PHỤ LỤC I DANH MỤC HÀNG HÓA VÀ DỊCH VỤ"],
            &["", "PHỤ LỤC I"],
            &[],
        ] {
            let opening = paras(texts);
            assert_eq!(without_title("Phụ lục I. Danh mục hàng hóa", &opening), opening);
        }
        let opening = paras(&["Căn cứ Hiến pháp"]);
        assert_eq!(without_title("", &opening), opening);
    }
}
