//! Plain text → a draft: lines, unwrapped where a program wrapped them.

use legal::draft::Draft;
use legal::model::{Align, Block, Para};
use viet::{Mended, mend};

/// Reads decoded text.
pub(crate) fn draft(text: &str) -> Draft {
    let mut mended = Mended::default();
    let text = mend(text, &mut mended).replace("\r\n", "\n").replace('\r', "\n");
    let lines = without_running_heads(&without_stamps(&text));
    let width = wrap_width(&lines);
    let mut blocks: Vec<Block> = Vec::new();
    let mut joinable = false;
    for line in lines {
        let indent = line.len() - line.trim_start().len();
        let clean = line.split_whitespace().collect::<Vec<_>>().join(" ");
        if clean.is_empty() {
            joinable = false;
            continue;
        }
        let long = width.is_some_and(|width| line.trim_end().chars().count() + 18 > width);
        match blocks.last_mut() {
            Some(Block::Para(before)) if joinable && !starts_anew(&clean) => {
                if !breaks_number(&before.text) {
                    before.text.push(' ');
                }
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

/// Lines without the running heads of the gazette, the page numbers beside them and the empty lines around:
/// a sentence goes on over them.
fn without_running_heads<'t>(lines: &[&'t str]) -> Vec<&'t str> {
    let mut out: Vec<&str> = Vec::new();
    let mut lines = lines.iter().copied().peekable();
    while let Some(line) = lines.next() {
        if !is_running_head(line) {
            out.push(line);
            continue;
        }
        if !out.last().is_some_and(|last| is_number(last)) {
            lines.next_if(|next| is_number(next));
        } else {
            out.pop();
        }
        while out.pop_if(|last| last.trim().is_empty()).is_some() {}
        while lines.next_if(|next| next.trim().is_empty()).is_some() {}
    }
    out
}

/// Lines without the stamps of digital signatures, which programs write into the text at the foot of a page.
fn without_stamps(text: &str) -> Vec<&str> {
    let lines: Vec<&str> = text.split('\n').collect();
    let mut out = Vec::with_capacity(lines.len());
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        let stamp = stamp_lines(&lines[at..]);
        if stamp == 0 {
            out.push(*line);
        }
        at += stamp.max(1);
    }
    out
}

/// How many lines a stamp that begins here has: from who signed ("Người ký: …") to when ("Thời gian ký: …").
fn stamp_lines(lines: &[&str]) -> usize {
    const LONGEST: usize = 6;
    let says = |line: &str, words: [&str; 2]| words.iter().any(|word| line.trim_start().starts_with(word));
    if !lines
        .first()
        .is_some_and(|line| says(line, ["Người ký:", "Ký bởi:"]))
    {
        return 0;
    }
    let mut stamp = lines.iter().take(LONGEST);
    stamp
        .position(|line| {
            says(line, ["Thời gian ký:", "Ngày ký:"]) && line.contains(|c: char| c.is_ascii_digit())
        })
        .map_or(0, |last| last + 1)
}

/// "CÔNG BÁO/Số 1243 + 1244/Ngày 28-12-2015", a page number before or behind it.
fn is_running_head(line: &str) -> bool {
    let bare = line.trim_matches(|c: char| c.is_whitespace() || c.is_ascii_digit());
    bare.len() < 120 && bare.starts_with("CÔNG BÁO/") && bare.contains("/Ngày")
}

fn is_number(line: &str) -> bool {
    let line = line.trim();
    !line.is_empty() && line.len() < 5 && line.bytes().all(|b| b.is_ascii_digit())
}

/// The width at which a program broke the lines; `None` where every paragraph is one line. Rows of tables
/// and stamps may be longer than what was broken: one line in twenty says nothing.
fn wrap_width(lines: &[&str]) -> Option<usize> {
    let mut lengths: Vec<usize> = lines
        .iter()
        .map(|line| line.trim_end().chars().count())
        .filter(|length| *length > 0)
        .collect();
    lengths.sort_unstable();
    let width = *lengths.get((lengths.len() * 95).div_ceil(100).checked_sub(1)?)?;
    let near = lengths.iter().filter(|length| **length * 10 >= width * 8).count();
    ((50..=130).contains(&width) && lengths.len() >= 8 && near * 4 >= lengths.len()).then_some(width)
}

/// Whether a line broke inside a number of an act ("07/2026/TT-", "07/2026/").
fn breaks_number(line: &str) -> bool {
    let word = line.rsplit(' ').next().unwrap_or_default();
    word.ends_with(['-', '/']) && word.contains('/') && word.starts_with(|c: char| c.is_ascii_digit())
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
    fn running_heads_of_the_gazette_are_left_out() {
        let text = "Điều 1. Một \n \n \nCÔNG BÁO/Số 12 + 13/Ngày 28-12-2015 \n3 \n \nHai \n \n4 \nCÔNG BÁO/Số 12/Ngày 28-12-2015 \n  \n1. Ba\n5    CÔNG BÁO/ Số 12/Ngày 28-12-2015\nCông báo ngày 2";
        assert_eq!(lines(text), ["Điều 1. Một", "Hai", "1. Ba", "Công báo ngày 2"]);
    }

    #[test]
    fn stamps_of_digital_signatures_are_left_out() {
        let text = "Điều 1. Một\nNgười ký: Cổng Thông tin điện tử\nChính phủ\nEmail: a@b.vn\nCơ quan: Văn phòng Chính phủ\nThời gian ký: 23.02.2023 16:30:40 +07:00\n\n \n18 \nCÔNG BÁO/Số 327/Ngày 02-02-2023 \n \nHai\nKý bởi: CÔNG BÁO\nNgày ký: 2026-01-28 14:18:41 +07:00\n\nCÔNG BÁO/Số 55/Ngày 26-01-2026\n25\nBa";
        assert_eq!(lines(text), ["Điều 1. Một", "Hai", "Ba"]);
        let form = "Người ký: (ghi rõ họ tên)\nNgày ký: ........\nKý bởi: ai\n1. Một";
        assert_eq!(lines(form).len(), 4, "forms keep their lines");
    }

    #[test]
    fn wrapped_paragraphs_are_joined() {
        let text = "Điều 1. Phạm vi điều chỉnh\n1. Luật này quy định về phổ biến, giáo dục pháp luật, quyền và nghĩa\nvụ của công dân, trách nhiệm của cơ quan, tổ chức và các điều kiện bảo\nđảm cho công tác phổ biến, giáo dục pháp luật trong phạm vi cả nước.\n2. Luật này không áp dụng đối với hoạt động tuyên truyền của các cơ quan\nbáo chí nước ngoài thường trú tại Việt Nam theo quy định của pháp luật về\nbáo chí và của các điều ước quốc tế mà Việt Nam là thành viên ký kết và\ntham gia.\n";
        let got = lines(text);
        assert_eq!(got.len(), 3, "{got:#?}");
        assert!(got[1].ends_with("trong phạm vi cả nước."));
        assert!(got[2].ends_with("tham gia."));
        let row = "Tên hàng ".repeat(30);
        let other = format!("{}\n{row}\n", text.repeat(8));
        let got = lines(&other);
        assert_eq!(got.len(), 25, "one long row of a table does not hide the width");
        assert!(got[23].ends_with("tham gia."));
    }

    #[test]
    fn numbers_of_acts_are_joined_without_a_space() {
        let text = "1. Những việc được giao theo pháp luật thì làm theo Thông tư số 07/2026/TT-\n\
                    BNNMT ngày 23 tháng 01 năm 2026 và quy định khác của Bộ Lao động -\n\
                    Thương binh và Xã hội về những việc ấy, không trái với luật.\n"
            .repeat(4);
        let got = lines(&text);
        assert_eq!(got.len(), 4, "{got:#?}");
        assert!(
            got[0].contains("07/2026/TT-BNNMT ngày") && got[0].contains("Lao động - Thương binh"),
            "{got:#?}"
        );
    }
}
