//! Where the title of a law ends: "Luật Hôn nhân và gia đình quy định …".
//!
//! Known titles decide; a title not in the list ends at a word that no title goes on with.

use std::collections::HashSet;
use std::sync::LazyLock;

use crate::model::ActKind;

use super::dates;
use super::lexis::{eat, eat_next, letter, spaces, window, word};

/// Titles of codes, laws and ordinances since 1945, one a line, lower case, without the kind.
static TITLES: LazyLock<HashSet<String>> = LazyLock::new(|| {
    let lines = include_str!("law_titles.txt").lines();
    lines
        .filter(|line| !line.starts_with('#'))
        .flat_map(|title| [title.to_owned(), older_marks(title)])
        .collect()
});

/// The spelling with the mark on the last vowel ("hoá", "khoẻ", "uỷ").
fn older_marks(title: &str) -> String {
    [("óa", "oá"), ("òa", "oà"), ("ỏe", "oẻ"), ("ủy", "uỷ")]
        .iter()
        .fold(title.to_owned(), |title, (new, old)| title.replace(new, old))
}

/// Bytes that the longest known title takes.
const LONGEST: usize = 260;
/// Words of a title that is not in the list.
const WORDS: usize = 12;

/// Words behind a comma that a title goes on with ("Luật Phòng, chống …", "Luật Quản lý, sử dụng …").
const JOINED: [&str; 9] = [
    "chống",
    "sử dụng",
    "khai thác",
    "chữa cháy",
    "chữa bệnh",
    "khen thưởng",
    "vệ sinh lao động",
    "gia nhập",
    "trưng dụng",
];
/// Words before such a comma.
const HEAD: usize = 4;

/// One word of a title, however long.
const COUNTRY: &str = "Cộng hòa xã hội chủ nghĩa Việt Nam";

/// Words that end a title not in the list.
const STOPS: [&str; 44] = [
    "năm", "ngày", "số", "về", "quy", "của", "có", "được", "này", "thì", "để", "khi", "tại", "theo", "do",
    "đã", "đối", "hiện", "cho", "là", "bị", "phải", "với", "hoặc", "hay", "nêu", "trên", "mới", "cũ",
    "không", "sửa", "nhằm", "vào", "như", "mà", "ban", "bao", "gồm", "sau", "trước", "cần", "bởi", "từ",
    "nhưng",
];

/// The end of the title that begins after `at`. Titles in small letters must be known ones.
pub(super) fn title(text: &str, at: usize, kind: ActKind, capital: bool) -> Option<usize> {
    let start = spaces(text, at);
    if start == at {
        return None;
    }
    let known = known(text, start);
    let big = letter(text, start).is_some_and(char::is_uppercase);
    let found = if capital && big {
        known.or_else(|| guessed(text, start))
    } else {
        known
    };
    found.map(|end| match kind {
        ActKind::BoLuat => eat_next(text, end, "việt nam").unwrap_or(end),
        _ => end,
    })
}

/// The longest known title at `start`.
fn known(text: &str, start: usize) -> Option<usize> {
    let near = window(text, start, LONGEST);
    let mut lower = String::with_capacity(near.len());
    let mut best = None;
    let mut chars = near.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if matches!(c, '.' | ';' | ':' | '"' | '“' | '”' | '\n') {
            break;
        }
        lower.extend(c.to_lowercase());
        let ends = chars.peek().is_none_or(|(_, next)| !next.is_alphanumeric());
        if ends && TITLES.contains(lower.as_str()) {
            best = Some(start + at + c.len_utf8());
        }
    }
    best
}

/// The end of a title that is not in the list: capital first, then words up to a stop.
fn guessed(text: &str, start: usize) -> Option<usize> {
    let mut end = start;
    for count in 0..WORDS {
        let place = match count {
            0 => start,
            1..=HEAD => joined(text, end).unwrap_or_else(|| spaces(text, end)),
            _ => spaces(text, end),
        };
        let run = eat(text, place, COUNTRY)
            .filter(|_| count > 0)
            .and_then(|end| text.get(place..end))
            .unwrap_or_else(|| word(text, place));
        if run.is_empty() || (count > 0 && place == end) || (count > 0 && stops(text, place, run)) {
            break;
        }
        end = place + run.len();
        if run == "sư" && count == 0 {
            return None;
        }
    }
    (end > start).then_some(end)
}

/// Where the title goes on behind a comma at `at`.
fn joined(text: &str, at: usize) -> Option<usize> {
    let next = spaces(text, eat_comma(text, at)?);
    let small = letter(text, next).is_some_and(char::is_lowercase);
    (small && JOINED.iter().any(|words| eat(text, next, words).is_some())).then_some(next)
}

fn eat_comma(text: &str, at: usize) -> Option<usize> {
    let sign = spaces(text, at);
    (letter(text, sign) == Some(',')).then_some(sign + 1)
}

fn stops(text: &str, at: usize, run: &str) -> bool {
    if STOPS.contains(&run) || run.starts_with(|c: char| c.is_ascii_digit()) {
        return true;
    }
    if run != "và" {
        return super::acts::kind(text, at).is_some() && run.starts_with(char::is_uppercase);
    }
    let next = spaces(text, at + run.len());
    const AFTER: [&str; 12] = [
        "các", "pháp", "văn", "những", "quy", "theo", "có", "được", "điều", "khoản", "điểm", "hướng",
    ];
    super::acts::kind(text, next).is_some() || AFTER.contains(&word(text, next))
}

/// "Hiến pháp [nước Cộng hòa xã hội chủ nghĩa Việt Nam]".
pub(super) fn after_constitution(text: &str, at: usize) -> usize {
    let Some(start) = eat_next(text, at, "nước") else {
        return at;
    };
    let near = window(text, start, 60);
    match near.find("Việt Nam") {
        Some(place) if near.trim_start().starts_with(['C', 'V', 'c']) => start + place + "Việt Nam".len(),
        _ => at,
    }
}

/// Whether a year or a date follows.
pub(super) fn is_dated(text: &str, at: usize) -> bool {
    dates::year(text, at).is_some()
        || dates::date(text, at).is_some()
        || eat(text, spaces(text, at), "nước").is_some()
}
