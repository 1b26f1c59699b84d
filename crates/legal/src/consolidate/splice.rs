//! Words put in and taken out of a paragraph with the marks on it.

use crate::model::{Mark, Para};

use super::find::Hit;

/// Puts `new` for `len` bytes at `start` and moves the marks.
pub(super) fn splice(para: &mut Para, start: usize, len: usize, new: &str) {
    if para.text.get(start..start + len).is_none() {
        return;
    }
    para.text.replace_range(start..start + len, new);
    let end = start + len;
    let moved = |edge: u32| {
        let edge = edge as usize;
        let place = if edge <= start {
            edge
        } else if edge >= end {
            edge - len + new.len()
        } else {
            start
        };
        u32::try_from(place).unwrap_or(u32::MAX)
    };
    let marks = std::mem::take(&mut para.marks).into_iter();
    para.marks = marks
        .map(|mark| Mark {
            start: moved(mark.start),
            end: moved(mark.end),
            kind: mark.kind,
        })
        .filter(|mark| mark.start < mark.end)
        .collect();
}

/// What remains where words were taken out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Taken {
    /// A sentence.
    Clean,
    /// A sentence without the comma that stood before the words: to be looked at.
    Comma,
    /// No sentence ("A và .", "(, B)").
    Broken,
}

/// Words after which a sentence cannot stop.
const DANGLING: [&str; 11] = [
    "và", "hoặc", "của", "tại", "theo", "với", "là", "do", "cho", "các", "về",
];

/// Takes words out with the space and the comma that belonged to them.
pub(super) fn take_out(para: &mut Para, hit: &Hit) -> Taken {
    let start = hit.start;
    let out = para
        .text
        .get(start..start + hit.len)
        .unwrap_or_default()
        .to_owned();
    splice(para, start, hit.len, "");
    let head = para.text.get(..start).unwrap_or_default();
    let tail = para.text.get(start..).unwrap_or_default();
    let (before, after) = (head.trim_end(), tail.trim_start());
    let rest = tail.len() - after.len();
    let stop = after.is_empty() || after.starts_with([',', ';', '.', ':', ')']);
    let dangling = DANGLING.iter().any(|word| before.ends_with(&format!(" {word}")));
    let opens = before.is_empty() || before.ends_with(['(', ';', ':']);
    let joint = ["và ", "hoặc ", ", "].iter().any(|word| after.starts_with(word));
    if (stop && dangling) || (opens && joint) || (before.ends_with(',') && after.starts_with("và ,")) {
        return Taken::Broken;
    }
    // "A, X làm": the comma stood before X alone, unless X brought its own ("X và"); "xây dựng,
    // trình Y phê duyệt" goes on as a list.
    let joins = out.ends_with([',', ';']) || out.ends_with(" và") || out.ends_with(" hoặc");
    let loose = before.ends_with(',') && !stop && !joins && !out.starts_with("trình ");
    let comma = before.ends_with(',') && (stop || loose);
    let upper = out.starts_with(char::is_uppercase) && (before.is_empty() || before.ends_with('.'));
    let from = if comma { before.len() - 1 } else { before.len() };
    let space = if before.is_empty() || stop || before.ends_with('(') {
        ""
    } else {
        " "
    };
    splice(para, from, start + rest - from, space);
    if upper {
        raise(para, from + space.len());
    }
    if loose { Taken::Comma } else { Taken::Clean }
}

/// Makes the letter at a byte a capital.
fn raise(para: &mut Para, at: usize) {
    let Some(first) = para.text.get(at..).and_then(|tail| tail.chars().next()) else {
        return;
    };
    let upper: String = first.to_uppercase().collect();
    if upper != first.to_string() {
        splice(para, at, first.len_utf8(), &upper);
    }
}

#[cfg(test)]
mod tests {
    use super::super::find::hits;
    use super::*;

    #[test]
    fn words_are_taken_out_with_their_comma() {
        for (text, words, wanted) in [
            (
                "chiến lược, chính sách, quy hoạch, kế hoạch",
                "quy hoạch,",
                Some("chiến lược, chính sách, kế hoạch"),
            ),
            (
                "chiến lược, quy hoạch, kế hoạch;",
                "quy hoạch",
                Some("chiến lược, kế hoạch;"),
            ),
            (
                "quy hoạch và kế hoạch phát triển",
                "quy hoạch và",
                Some("kế hoạch phát triển"),
            ),
            ("chiến lược và quy hoạch.", "quy hoạch", None),
            ("Thanh tra, kiểm tra;", "Thanh tra,", Some("Kiểm tra;")),
            ("Học phí, lệ phí tuyển sinh", "lệ phí tuyển sinh", Some("Học phí")),
            (
                "Xây dựng, trình Chính phủ ban hành",
                "trình Chính phủ",
                Some("Xây dựng, ban hành"),
            ),
            (
                "chiến lược, quy hoạch và kế hoạch",
                "quy hoạch và",
                Some("chiến lược, kế hoạch"),
            ),
            (
                "Huy động, trưng dụng các nguồn lực",
                "trưng dụng",
                Some("Huy động các nguồn lực"),
            ),
            (
                "Huy động, trưng dụng, quyên góp và giúp đỡ",
                "trưng dụng,",
                Some("Huy động, quyên góp và giúp đỡ"),
            ),
            ("Nơi đăng ký hộ khẩu (hộ khẩu)", "hộ khẩu", Some("Nơi đăng ký ()")),
        ] {
            let mut para = Para {
                text: text.to_owned(),
                ..Para::default()
            };
            let mut whole = true;
            for hit in hits(text, words).into_iter().rev() {
                whole &= take_out(&mut para, &hit) != Taken::Broken;
            }
            assert_eq!(whole.then_some(para.text.as_str()), wanted, "{text}");
        }
    }
}
