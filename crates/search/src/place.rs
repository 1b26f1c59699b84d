//! A provision named in a question: "điểm b khoản 3 điều 5", "k3 đ5", in any order.

use std::collections::HashSet;

use serde::Serialize;

use crate::tokens::Token;

/// The provision asked for; numbers in lower case as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Place {
    /// Number of the article, without marks: "5", "7a".
    pub article: String,
    /// Number of the clause: "3".
    pub clause: Option<String>,
    /// Letter of the point, with its mark: "b", "đ".
    pub point: Option<String>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Level {
    Article,
    Clause,
    Point,
}

/// The place asked for, and which words speak of it.
pub(crate) fn place(tokens: &[Token]) -> Option<(Place, HashSet<usize>)> {
    let mut found: [Option<String>; 3] = Default::default();
    let mut taken = HashSet::new();
    let mut at = 0;
    while at < tokens.len() {
        let Some((level, number, words)) = reference(&tokens[at..]) else {
            at += 1;
            continue;
        };
        let slot = &mut found[level as usize];
        if slot.is_none() {
            *slot = Some(number);
        }
        taken.extend(at..at + words);
        at += words;
    }
    // "điểm a" alone is as likely a word of a sentence: only beside an article it is a reference.
    let [article, clause, point] = found;
    let place = Place {
        article: article?,
        clause,
        point,
    };
    Some((place, taken))
}

/// The level and number with which `tokens` begin, and how many words they are.
fn reference(tokens: &[Token]) -> Option<(Level, String, usize)> {
    let first = tokens.first()?;
    if let Some(level) = level_of(first) {
        let skipped = tokens[1..]
            .iter()
            .take_while(|token| token.plain == "so" || token.plain == "thu");
        let at = 1 + skipped.count();
        let number = number_at(level, tokens.get(at)?)?;
        return Some((level, number, at + 1));
    }
    glued(first).map(|(level, number)| (level, number, 1))
}

fn level_of(token: &Token) -> Option<Level> {
    let unmarked = !token.is_marked();
    match token.plain.as_str() {
        "dieu" if unmarked || token.marked.starts_with('đ') => Some(Level::Article),
        "khoan" => Some(Level::Clause),
        "diem" if unmarked || token.marked.starts_with('đ') => Some(Level::Point),
        "d" if token.is_marked() => Some(Level::Article),
        "k" => Some(Level::Clause),
        _ => None,
    }
}

fn number_at(level: Level, token: &Token) -> Option<String> {
    let is_letter = token.plain.len() <= 2 && token.plain.bytes().all(|b| b.is_ascii_lowercase());
    match level {
        Level::Point => (is_letter && !token.plain.is_empty()).then(|| token.marked.clone()),
        Level::Article | Level::Clause => is_number(&token.plain).then(|| token.plain.clone()),
    }
}

/// "đ5", "d5" and "k3".
fn glued(token: &Token) -> Option<(Level, String)> {
    let level = match token.plain.as_bytes().first()? {
        b'd' => Level::Article,
        b'k' => Level::Clause,
        _ => return None,
    };
    let number = token.plain.get(1..)?;
    is_number(number).then(|| (level, number.to_owned()))
}

fn is_number(word: &str) -> bool {
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    (1..=4).contains(&digits)
        && word[digits..].bytes().all(|b| b.is_ascii_lowercase())
        && word.len() - digits <= 2
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tokens::tokens;

    fn read(text: &str) -> Option<(String, Option<String>, Option<String>, usize)> {
        let (place, taken) = place(&tokens(text))?;
        Some((place.article, place.clause, place.point, taken.len()))
    }

    #[test]
    fn places_are_read_in_any_order_and_spelling() {
        let whole = Some(("5".into(), Some("3".into()), Some("b".into()), 6));
        for text in [
            "điểm b khoản 3 điều 5",
            "Điều 5, khoản 3, điểm b",
            "diem b khoan 3 dieu 5",
            "điều 5 điểm b khoản 3",
        ] {
            assert_eq!(read(text), whole, "{text}");
        }
        assert_eq!(read("k3 đ5"), Some(("5".into(), Some("3".into()), None, 2)));
        assert_eq!(read("điểm đ điều 7a").unwrap().2.as_deref(), Some("đ"));
        assert_eq!(read("điều số 7a").unwrap().0, "7a");
    }

    #[test]
    fn words_of_a_sentence_are_left() {
        for text in [
            "điểm a",
            "khoản 3",
            "địa điểm kinh doanh",
            "điều kiện",
            "điều",
            "",
            "diều 5",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
