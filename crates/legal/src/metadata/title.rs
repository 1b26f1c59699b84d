//! The line that names the kind of an act, and its title below.

use std::sync::LazyLock;

use regex::Regex;

use crate::model::{ActKind, Align, Language, Para};
use crate::structure::{head, is_bold, is_upper};

use super::issuers;
use super::recase::{Corpus, capitalised, recase};

/// English words for kinds, longest first.
const ENGLISH: &[(&str, ActKind)] = &[
    ("JOINT CIRCULAR", ActKind::ThongTuLienTich),
    ("INTER-MINISTERIAL CIRCULAR", ActKind::ThongTuLienTich),
    ("JOINT RESOLUTION", ActKind::NghiQuyetLienTich),
    ("CONSTITUTION", ActKind::HienPhap),
    ("CODE", ActKind::BoLuat),
    ("LAW", ActKind::Luat),
    ("ORDINANCE", ActKind::PhapLenh),
    ("RESOLUTION", ActKind::NghiQuyet),
    ("DECREE", ActKind::NghiDinh),
    ("DECISION", ActKind::QuyetDinh),
    ("CIRCULAR", ActKind::ThongTu),
    ("DIRECTIVE", ActKind::ChiThi),
];

/// The kind whose name begins a text, in Vietnamese: "Thông tư số …" is a Thông tư.
#[must_use]
pub fn kind_named(text: &str) -> Option<ActKind> {
    let lower = text.trim_start().to_lowercase();
    ActKind::all()
        .filter(|kind| !matches!(kind, ActKind::Khac | ActKind::DieuUoc))
        .filter(|kind| {
            let name = kind.label().to_lowercase();
            lower
                .strip_prefix(name.as_str())
                .is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
        })
        .max_by_key(|kind| kind.label().len())
}

/// A heading without the kind and the number: "Thông tư số 152/2025/TT-BTC Hướng dẫn …" → "Hướng dẫn …".
#[must_use]
pub fn bare_title(heading: &str, kind: Option<ActKind>, number: Option<&str>) -> String {
    let mut title = heading.trim().to_owned();
    if let Some(kind) = kind {
        let name = kind.label();
        if title.to_lowercase().starts_with(&name.to_lowercase())
            && let Some(rest) = title.get(name.len()..)
        {
            title = rest.trim_start().to_owned();
        }
    }
    if let Some(number) = number {
        for said in [format!("số {number}"), format!("số: {number}"), number.to_owned()] {
            title = title.replace(&said, " ");
        }
    }
    let words: Vec<&str> = title.split_whitespace().collect();
    capitalised(words.join(" ").trim_matches([',', ':', '-', '–', ' ', '.']))
}

/// Place and kind of the line that names the kind.
pub(super) fn kind_line(head: &[&Para], language: Language) -> Option<(usize, ActKind)> {
    head.iter().enumerate().find_map(|(place, para)| {
        let text = para
            .text
            .trim_end_matches([':', '.', ' ', '*', '(', ')', '1', '2', '[', ']']);
        if text.len() > 300 || text.contains('/') {
            return None;
        }
        if language == Language::En {
            let set = is_upper(text) || place < 6 && text.contains(" on ") && !text.ends_with('.');
            return english(&text.to_uppercase())
                .filter(|_| set)
                .map(|kind| (place, kind));
        }
        let kind = kind_named(text)?;
        let rest = text.get(kind.label().len()..).unwrap_or_default();
        (is_upper(text) || is_upper(text.get(..kind.label().len())?) && !rest.contains("số"))
            .then_some((place, kind))
    })
}

fn english(text: &str) -> Option<ActKind> {
    ENGLISH
        .iter()
        .find(|(word, _)| {
            text.strip_prefix(word)
                .is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
        })
        .map(|(_, kind)| *kind)
        .or_else(|| text.ends_with(" LAW").then_some(ActKind::Luat))
        .or_else(|| text.ends_with(" CODE").then_some(ActKind::BoLuat))
}

/// The title as printed: the rest of the kind's line and the lines below it.
pub(super) fn lines(head: &[&Para], place: usize, kind: ActKind) -> String {
    let below = below(head, place, kind)
        .filter(|para| is_title(para))
        .map(|para| para.text.as_str());
    let joined: Vec<&str> = std::iter::once(rest_of_line(&head[place].text, kind))
        .chain(below)
        .collect();
    let joined = joined.join(" ");
    let words: Vec<&str> = joined.split_whitespace().collect();
    let joined = words.join(" ");
    let text = OF_BODY
        .find(&joined)
        .map_or(joined.as_str(), |found| &joined[found.end()..]);
    text.trim_matches([',', ':', '-', '–', ' ', '.']).to_owned()
}

/// Place of the last line of the title.
pub(super) fn last_line(head: &[&Para], place: usize, kind: ActKind) -> usize {
    place + below(head, place, kind).count()
}

/// The lines below the kind's line that belong to the title, ornaments and remarks in brackets among them.
fn below<'p>(head: &[&'p Para], place: usize, kind: ActKind) -> impl Iterator<Item = &'p Para> {
    let mut empty = rest_of_line(&head[place].text, kind).is_empty();
    let mut last = head[place];
    head.iter()
        .copied()
        .skip(place + 1)
        .take(7)
        .take_while(move |para| {
            let first = empty && !starts_basis(&para.text);
            if !first && (ends_title(&para.text) || is_upper(&last.text) && !is_set_off(para)) {
                return false;
            }
            if is_title(para) {
                empty = false;
                last = para;
            }
            true
        })
}

fn is_title(para: &Para) -> bool {
    para.text.chars().any(char::is_alphabetic) && !para.text.starts_with('(')
}

/// What the kind's line says after the kind.
pub(super) fn rest_of_line(line: &str, kind: ActKind) -> &str {
    english_rest(line, kind)
        .or_else(|| {
            line.get(kind.label().len()..)
                .filter(|_| kind_named(line) == Some(kind))
        })
        .unwrap_or(line)
        .trim_matches([' ', ':', '*', '.'])
}

/// Old laws print "LUẬT CỦA QUỐC HỘI … SỐ 06/2003/QH11 NGÀY 17 THÁNG 6 NĂM 2003 VỀ …".
static OF_BODY: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?i)^(?:của\s.{4,160}?\s)?số\s?:?\s?\S+\sngày\s.{4,40}?\d{4}(?:\s|$)(?:của\s.{4,60}?\s)?(?:về\s)?(?:luật\s)?",
    )
    .expect("fixed pattern")
});

fn english_rest(line: &str, kind: ActKind) -> Option<&str> {
    ENGLISH.iter().filter(|row| row.1 == kind).find_map(|row| {
        let word = line.get(..row.0.len())?;
        word.eq_ignore_ascii_case(row.0)
            .then(|| line.get(row.0.len()..))
            .flatten()
    })
}

fn is_set_off(para: &Para) -> bool {
    is_upper(&para.text) || is_bold(para) || para.align != Align::Start
}

fn starts_basis(text: &str) -> bool {
    ["Căn cứ", "Pursuant", "Theo ", "Xét "]
        .iter()
        .any(|word| text.starts_with(word))
        || head::article(text).is_some()
}

/// Whether a line below the kind is no longer its title.
fn ends_title(text: &str) -> bool {
    const ENDS: &[&str] = &[
        "Căn cứ",
        "Theo ",
        "Xét ",
        "Thực hiện ",
        "Để ",
        "Pursuant",
        "Having ",
        "At the ",
        "In order",
        "Nhằm ",
        "Trên cơ sở",
        "QUYẾT ĐỊNH",
        "QUYẾT NGHỊ",
        "NGHỊ ĐỊNH",
        "DECREES",
        "DECIDES",
        "RESOLVES",
        "LỜI NÓI ĐẦU",
        "Lời nói đầu",
        "Kính gửi",
    ];
    text.len() > 900
        || ENDS.iter().any(|word| text.starts_with(word))
        || (is_upper(text) && issuers::is_body(text))
        || (kind_named(text).is_some() && text.contains(" số ") && text.contains(" ngày "))
        || text.contains(" ban hành Luật")
        || text.contains(" ban hành Bộ luật")
        || text.contains(" ban hành Nghị định")
        || text.contains(" ban hành Thông tư")
        || head::article(text).is_some()
        || head::group(text).is_some()
        || head::clause(text).is_some()
        || head::roman(text).is_some()
}

/// The title in ordinary writing.
pub(super) fn cased(printed: &str, kind: Option<ActKind>, corpus: &Corpus) -> String {
    let text = recase(printed, corpus);
    // Some repeat the kind: "NGHỊ ĐỊNH / Nghị định sửa đổi …".
    let again = kind.map(|kind| kind.label().to_lowercase() + " ");
    let length = again
        .filter(|again| text.to_lowercase().starts_with(again.as_str()))
        .map_or(0, |again| again.len());
    capitalised(text.get(length..).unwrap_or(&text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_by_their_longest_name() {
        assert_eq!(
            kind_named("Thông tư liên tịch số 14"),
            Some(ActKind::ThongTuLienTich)
        );
        assert_eq!(kind_named("THÔNG TƯ"), Some(ActKind::ThongTu));
        assert_eq!(kind_named("Luật Dân sự"), Some(ActKind::Luat));
        assert_eq!(kind_named("Luậtgia"), None);
    }

    #[test]
    fn titles_lose_kind_and_number() {
        let title = bare_title(
            "Luật Thuế thu nhập cá nhân số 109/2025/QH15",
            Some(ActKind::Luat),
            Some("109/2025/QH15"),
        );
        assert_eq!(title, "Thuế thu nhập cá nhân");
    }
}
