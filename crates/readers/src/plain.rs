//! Plain text → a draft: lines, unwrapped where a program wrapped them.

use legal::draft::Draft;
use legal::model::{Align, Block, Para};
use viet::{Mended, mend};

/// Reads decoded text.
pub(crate) fn draft(text: &str) -> Draft {
    let mut mended = Mended::default();
    let text = mend(text, &mut mended).replace("\r\n", "\n").replace('\r', "\n");
    let width = wrap_width(&text);
    let mut blocks: Vec<Block> = Vec::new();
    let mut joinable = false;
    for line in text.split('\n') {
        let indent = line.len() - line.trim_start().len();
        let clean = line.split_whitespace().collect::<Vec<_>>().join(" ");
        if clean.is_empty() {
            joinable = false;
            continue;
        }
        let long = width.is_some_and(|width| line.trim_end().chars().count() + 18 > width);
        match blocks.last_mut() {
            Some(Block::Para(before)) if joinable && !starts_anew(&clean) => {
                before.text.push(' ');
                before.text.push_str(&clean);
            }
            _ => {
                let align = if indent > 12 && clean.len() < 120 {
                    Align::Center
                } else {
                    Align::Start
                };
                blocks.push(Block::Para(Para {
                    text: clean.clone(),
                    align,
                    ..Para::default()
                }));
            }
        }
        joinable = long && !clean.ends_with(['.', ';', ':', '!', '?']) && !is_title(&clean);
    }
    Draft {
        blocks,
        mended,
        ..Draft::default()
    }
}

/// The width at which a program broke the lines; `None` where every paragraph is one line.
fn wrap_width(text: &str) -> Option<usize> {
    let lengths: Vec<usize> = text
        .split('\n')
        .map(|line| line.trim_end().chars().count())
        .filter(|length| *length > 0)
        .collect();
    let longest = lengths.iter().copied().max()?;
    let near = lengths
        .iter()
        .filter(|length| **length * 10 >= longest * 8)
        .count();
    ((50..=130).contains(&longest) && lengths.len() >= 8 && near * 4 >= lengths.len()).then_some(longest)
}

/// A line that begins a paragraph of its own whatever stands before.
fn starts_anew(line: &str) -> bool {
    legal::structure::starts_provision(line)
        || line.starts_with(['-', '–', '+', '•', '“', '"'])
        || is_title(line)
}

fn is_title(line: &str) -> bool {
    let mut letters = line.chars().filter(|c| c.is_alphabetic());
    line.chars().count() > 3 && letters.all(char::is_uppercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<String> {
        draft(text)
            .blocks
            .into_iter()
            .filter_map(|block| match block {
                Block::Para(para) => Some(para.text),
                _ => None,
            })
            .collect()
    }

    #[test]
    fn line_ends_of_every_system() {
        assert_eq!(lines("a\r\nb\rc\n\nd\u{2028}e"), ["a", "b", "c", "d", "e"]);
    }

    #[test]
    fn wrapped_paragraphs_are_joined() {
        let text = "Điều 1. Phạm vi điều chỉnh\n1. Luật này quy định về phổ biến, giáo dục pháp luật, quyền và nghĩa\nvụ của công dân, trách nhiệm của cơ quan, tổ chức và các điều kiện bảo\nđảm cho công tác phổ biến, giáo dục pháp luật trong phạm vi cả nước.\n2. Luật này không áp dụng đối với hoạt động tuyên truyền của các cơ quan\nbáo chí nước ngoài thường trú tại Việt Nam theo quy định của pháp luật về\nbáo chí và của các điều ước quốc tế mà Việt Nam là thành viên ký kết và\ntham gia.\n";
        let got = lines(text);
        assert_eq!(got.len(), 3, "{got:#?}");
        assert!(got[1].ends_with("trong phạm vi cả nước."));
        assert!(got[2].ends_with("tham gia."));
    }
}
