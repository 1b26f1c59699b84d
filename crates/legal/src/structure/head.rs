//! What the beginning of a paragraph says: a heading of which level, with which number.

use crate::model::{Language, Para, ProvisionKind};

/// A paragraph that begins like a provision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Head<'t> {
    /// Level it claims.
    pub kind: ProvisionKind,
    /// Number as printed.
    pub number: &'t str,
    /// Sign after the number; space where there is none.
    pub sign: char,
    /// Text after number and sign.
    pub rest: &'t str,
    /// The word is misspelt ("Điền 36."), so only the sequence can tell.
    pub doubtful: bool,
}

/// Words that open headings, with their level. Longer words first.
const WORDS: &[(&str, ProvisionKind)] = &[
    ("tiểu mục", ProvisionKind::Subsection),
    ("sub-section", ProvisionKind::Subsection),
    ("subsection", ProvisionKind::Subsection),
    ("phần", ProvisionKind::Part),
    ("part", ProvisionKind::Part),
    ("chương", ProvisionKind::Chapter),
    ("chapter", ProvisionKind::Chapter),
    ("mục", ProvisionKind::Section),
    ("section", ProvisionKind::Section),
    ("item", ProvisionKind::Section),
];

/// Reads the head of an article.
pub(crate) fn article(text: &str) -> Option<Head<'_>> {
    let (doubtful, after) = if let Some(after) = strip_word(text, &["Điều", "ĐIỀU", "Article", "ARTICLE"])
    {
        (false, after)
    } else {
        (
            true,
            strip_word(
                text,
                &[
                    "Điền", "Diều", "Điểu", "Điêu", "Articles", "ARTICLES", "Ankle", "Arlicle", "Artide",
                ],
            )?,
        )
    };
    let after = after.trim_start_matches([' ', '.']);
    let (number, tail) = article_number(after)?;
    let (sign, rest) = sign_and_rest(tail)?;
    let misread = matches!(number, "l" | "I") && sign == '.';
    (!doubtful || sign != ' ').then_some(Head {
        kind: ProvisionKind::Article,
        number,
        sign,
        rest,
        doubtful: doubtful || misread,
    })
}

fn strip_word<'t>(text: &'t str, words: &[&str]) -> Option<&'t str> {
    words
        .iter()
        .filter_map(|word| text.strip_prefix(word))
        .find(|rest| rest.starts_with([' ', '.']) || rest.starts_with(|c: char| c.is_ascii_digit()))
}

/// "7", "7a", "thứ nhất", "IV", and the letter l that scans print for 1.
fn article_number(text: &str) -> Option<(&str, &str)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if digits > 0 {
        if digits > 4 {
            return None;
        }
        let suffix = text[digits..]
            .chars()
            .next()
            .filter(|c| c.is_lowercase())
            .filter(|c| {
                let next = text[digits + c.len_utf8()..].chars().next();
                next.is_none_or(|n| !n.is_alphanumeric())
            });
        return Some(text.split_at(digits + suffix.map_or(0, char::len_utf8)));
    }
    let lower = text.to_lowercase();
    if lower.starts_with("thứ ") && lower.len() == text.len() {
        let bare = text.split_once(' ').map_or("", |(_, bare)| bare);
        return ordinal_prefix(text).or_else(|| article_number(bare));
    }
    let end = text
        .find(|c: char| !c.is_ascii_alphabetic())
        .unwrap_or(text.len());
    let (word, tail) = text.split_at(end);
    (word == "l"
        || (word.len() < 8 && viet::numbers::roman(word).is_some() && crate::structure::is_upper(word)))
    .then_some((word, tail))
}

/// "thứ hai mươi mốt" at the beginning, as long as it stays a number.
fn ordinal_prefix(text: &str) -> Option<(&str, &str)> {
    let ends = text
        .char_indices()
        .filter(|(_, c)| !c.is_alphabetic())
        .map(|(place, _)| place);
    let ends: Vec<usize> = ends.chain([text.len()]).take(5).collect();
    ends.into_iter()
        .rev()
        .filter_map(|end| text.get(..end).map(|head| (head, end)))
        .find(|(head, _)| viet::numbers::ordinal(head).is_some())
        .map(|(_, end)| text.split_at(end))
}

/// Splits off the sign after a number. `None` where the text goes on as a sentence
/// that only mentions the number ("Điều 5, Điều 6 …").
fn sign_and_rest(tail: &str) -> Option<(char, &str)> {
    let open = tail.trim_start();
    match open.chars().next() {
        None => Some((' ', "")),
        Some(sign @ ('.' | ':' | '-' | '–' | '—' | ')' | '/')) => Some((
            sign,
            open[sign.len_utf8()..].trim_start_matches(['.', ' ', ':', '-', '–']),
        )),
        Some('[' | '*' | '(') => Some((' ', open)),
        Some(c) if tail.len() > open.len() && (c.is_uppercase() || c == '“') => Some((' ', open)),
        Some(_) => None,
    }
}

/// Words after which "Điều 5 Luật …" is a reference, not a heading.
const REFERRED: &[&str] = &[
    "Luật",
    "Bộ luật",
    "Nghị",
    "Thông tư",
    "Quyết định",
    "Pháp lệnh",
    "Hiến pháp",
    "Quy chế",
    "Quy định",
    "Chương",
    "Phần",
    "Hiệp định",
    "Công ước",
    "Điều",
    "of",
    "Law",
];

impl Head<'_> {
    /// Whether a heading without a sign after its number reads like a reference.
    pub(crate) fn is_reference(&self) -> bool {
        self.sign == ' '
            && (REFERRED.iter().any(|word| self.rest.starts_with(word)) && self.rest.len() > 60
                || self.rest.ends_with([';', '.']) && self.rest.len() > 120)
    }
}

/// Reads the head of phần, chương, mục or tiểu mục: the word, a number, then nothing or a title.
pub(crate) fn group(text: &str) -> Option<Head<'_>> {
    let first = text.chars().next()?;
    if !matches!(first, 'P' | 'C' | 'M' | 'T' | 'S' | 'I') || text.len() > 600 {
        return None;
    }
    WORDS.iter().find_map(|(word, kind)| {
        let head = text.get(..word.len())?;
        if head.to_lowercase() != *word {
            return None;
        }
        let after = &text[word.len()..];
        let spaced = after.trim_start_matches([' ', ':', '.']);
        if spaced.len() == after.len() && !after.starts_with(|c: char| c.is_ascii_digit()) {
            return None;
        }
        let (number, tail) = group_number(spaced)?;
        let (sign, rest) = sign_and_rest(tail)?;
        let title = after_note(rest);
        let named = sign != ' ' || title.is_empty() || crate::structure::is_upper(title) || is_lapsed(title);
        let sentence =
            rest.ends_with(['.', ';', ',']) && !crate::structure::is_upper(rest) && rest.len() > 100;
        (named && !sentence).then_some(Head {
            kind: *kind,
            number,
            sign,
            rest,
            doubtful: false,
        })
    })
}

/// What stands behind the sign of a footnote: "[2] (được bãi bỏ)".
fn after_note(rest: &str) -> &str {
    let note = rest.strip_prefix('[').and_then(|tail| tail.split_once(']'));
    match note {
        Some((sign, after)) if sign.len() < 6 => after.trim_start(),
        _ => rest,
    }
}

/// What a consolidated text prints for a title that is no more: "(được bãi bỏ)".
fn is_lapsed(title: &str) -> bool {
    title.starts_with('(') && title.ends_with(')') && title.contains("bãi bỏ")
}

fn group_number(text: &str) -> Option<(&str, &str)> {
    let lower = text.to_lowercase();
    if lower.starts_with("thứ ") && lower.len() == text.len() {
        return ordinal_prefix(text);
    }
    let end = text
        .find(|c: char| !c.is_ascii_alphanumeric())
        .unwrap_or(text.len());
    let (number, tail) = text.split_at(end);
    let digits = number.trim_end_matches(|c: char| c.is_ascii_lowercase());
    let is_digits = !digits.is_empty()
        && digits.len() < 4
        && digits.bytes().all(|b| b.is_ascii_digit())
        && number.len() <= digits.len() + 1;
    let is_letter = number.len() == 1 && number.starts_with(|c: char| c.is_ascii_uppercase());
    let is_word = matches!(number, "One" | "Two" | "Three" | "Four" | "Five" | "Six");
    let is_roman = viet::numbers::roman(number.trim_end_matches(|c: char| c.is_ascii_lowercase())).is_some();
    (is_digits || is_letter || is_word || is_roman).then_some((number, tail))
}

/// Reads the head of a khoản: "1. …", in old acts "1) …", "1- …", "1/ …".
pub(crate) fn clause(text: &str) -> Option<Head<'_>> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if digits == 0 || digits > 3 {
        return None;
    }
    let suffix = text[digits..]
        .chars()
        .next()
        .filter(|c| c.is_lowercase())
        .map_or(0, char::len_utf8);
    let (number, tail) = text.split_at(digits + suffix);
    let tail = if suffix == 0 { tail.trim_start() } else { tail };
    let sign = tail
        .chars()
        .next()
        .filter(|c| matches!(c, '.' | ')' | '-' | '/' | '–'))?;
    let rest = &tail[sign.len_utf8()..];
    if rest.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let rest = rest.trim_start_matches([' ', '-', '.']).trim_start();
    Some(Head {
        kind: ProvisionKind::Clause,
        number,
        sign,
        rest,
        doubtful: false,
    })
}

/// Reads the head of a điểm: "a) …", "đ) …", "a1) …", in old acts "a. …", "a/ …", "(a) …".
pub(crate) fn point(text: &str, language: Language) -> Option<Head<'_>> {
    let bracketed = text.starts_with('(');
    let open = text.strip_prefix('(').unwrap_or(text);
    let letter = open.chars().next().filter(|c| c.is_lowercase())?;
    if language == Language::Vi && !letter.is_ascii() && letter != 'đ' {
        return None;
    }
    let end = letter.len_utf8();
    let digits = open[end..].bytes().take_while(u8::is_ascii_digit).count();
    if digits > 2 {
        return None;
    }
    let (number, tail) = open.split_at(end + digits);
    let tail = tail.trim_start();
    let sign = tail
        .chars()
        .next()
        .filter(|c| matches!(c, ')' | '.' | '/' | '-'))?;
    let rest = &tail[1..];
    let spaced = rest.starts_with([' ', '"', '“', '\u{a0}'])
        || rest.starts_with(char::is_uppercase)
        || rest.is_empty();
    (spaced || (sign == ')' && !rest.starts_with(')'))).then_some(())?;
    if bracketed && sign != ')' {
        return None;
    }
    Some(Head {
        kind: ProvisionKind::Point,
        number,
        sign: if bracketed { '(' } else { sign },
        rest: rest.trim_start(),
        doubtful: false,
    })
}

/// Reads "I. TITLE", the top level of acts that have no articles.
pub(crate) fn roman(text: &str) -> Option<Head<'_>> {
    let end = text.find(|c: char| !c.is_ascii_uppercase())?;
    let (number, tail) = text.split_at(end);
    viet::numbers::roman(number).filter(|value| *value < 40)?;
    let sign = tail
        .chars()
        .next()
        .filter(|c| matches!(c, '.' | '-' | '/' | ')' | ':'))?;
    let rest = tail[1..].trim_start();
    (!rest.is_empty() && rest.len() < 400).then_some(Head {
        kind: ProvisionKind::Section,
        number,
        sign,
        rest,
        doubtful: false,
    })
}

/// A line that may go on the title of the heading before it.
pub(crate) fn continues_title(para: &Para) -> bool {
    let text = para.text.as_str();
    let set_off = super::is_upper(text)
        || para.align == crate::model::Align::Center
        || (super::is_bold(para) && !text.ends_with(['.', ';', ':']));
    set_off
        && text.len() < 500
        && article(text).is_none()
        && group(text).is_none()
        && clause(text).is_none()
        && !text.starts_with(['“', '"', '('])
}
