//! Numbers of acts in any spelling: "91/2015/QH13", "91 2015 qh13", "nd 100/2019", "NĐ100".
//!
//! An act is indexed under keys; a query is read as windows of words that may be such a key.

use crate::tokens::Token;

/// Longest window of words that may be one number ("01/2020/TTLT-BTC-BCA-…").
const WIDEST: usize = 10;

/// Folded words of a kind and the code that numbers carry for it.
const KIND_WORDS: &[(&[&str], &str)] = &[
    (&["nghi", "dinh"], "nd"),
    (&["thong", "tu", "lien", "tich"], "ttlt"),
    (&["thong", "tu"], "tt"),
    (&["quyet", "dinh"], "qd"),
    (&["nghi", "quyet"], "nq"),
    (&["chi", "thi"], "ct"),
    (&["phap", "lenh"], "pl"),
    (&["cong", "van"], "cv"),
    (&["bo", "luat"], "qh"),
    (&["luat"], "qh"),
];

/// The keys under which an act of this number is found, without duplicates.
///
/// `100/2019/NĐ-CP` gives `100-2019-nd-cp`, `100-2019-nd`, `100-2019`, `nd:100`, `nd:100-2019`.
#[must_use]
pub fn keys_of(number: &str) -> Vec<String> {
    let pieces = pieces(&viet::fold(number));
    let mut keys: Vec<String> = (2..=pieces.len().min(WIDEST))
        .map(|end| pieces[..end].join("-"))
        .collect();
    if let (Some(first), Some(code)) = (pieces.first(), code_of(&pieces)) {
        keys.push(format!("{code}:{first}"));
        if let Some(year) = pieces.get(1).filter(|piece| is_year(piece)) {
            keys.push(format!("{code}:{first}-{year}"));
        }
    }
    keys.dedup();
    keys
}

/// "nd" of `100-2019-nd-cp`, "qh" of `91-2015-qh-13`.
fn code_of(pieces: &[String]) -> Option<&str> {
    pieces
        .iter()
        .map(String::as_str)
        .find(|piece| piece.starts_with(|c: char| c.is_ascii_alphabetic()))
}

/// Letters and digits apart, leading zeros gone: "nd0100" → "nd", "100".
fn pieces(folded: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut last = None;
    for c in folded.chars() {
        let class = match c {
            '0'..='9' => Some(0),
            'a'..='z' => Some(1),
            _ => None,
        };
        match (class, out.last_mut()) {
            (Some(_), Some(piece)) if class == last => piece.push(c),
            (Some(_), _) => out.push(c.to_string()),
            (None, _) => {}
        }
        last = class;
    }
    out.iter().map(|piece| without_zeros(piece)).collect()
}

fn without_zeros(piece: &str) -> String {
    match piece.trim_start_matches('0') {
        "" => "0".to_owned(),
        rest => rest.to_owned(),
    }
}

fn is_digits(piece: &str) -> bool {
    piece.bytes().all(|b| b.is_ascii_digit())
}

fn is_year(piece: &str) -> bool {
    piece.len() == 4 && is_digits(piece) && matches!(piece.as_bytes(), [b'1', b'9', ..] | [b'2', b'0', ..])
}

/// A window of a query that may be an act's number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Key as in the index.
    pub key: String,
    /// First token of the window.
    pub from: usize,
    /// Token after the last.
    pub to: usize,
}

/// Every window of `tokens` that has the shape of a number, longest first.
#[must_use]
pub fn candidates(tokens: &[Token]) -> Vec<Candidate> {
    let mut found = Vec::new();
    for from in 0..tokens.len() {
        for to in from + 1..=tokens.len().min(from + WIDEST) {
            let words = &tokens[from..to];
            if !words.iter().any(has_digit) {
                continue;
            }
            let window = pieces_of(words);
            found.extend(
                keys_asked(&window)
                    .into_iter()
                    .map(|key| Candidate { key, from, to }),
            );
        }
    }
    found.sort_by_key(|candidate| std::cmp::Reverse(candidate.to - candidate.from));
    found
}

/// True where some window has a year or a known code beside its number: clearly meant as a number.
#[must_use]
pub fn looks_like_number(tokens: &[Token]) -> bool {
    if !tokens.iter().any(has_digit) {
        return false;
    }
    let all = pieces_of(tokens);
    all.windows(2)
        .any(|two| is_digits(&two[0]) && (is_year(&two[1]) || is_code(&two[1])))
}

/// No number is without.
fn has_digit(token: &Token) -> bool {
    token.plain.bytes().any(|b| b.is_ascii_digit())
}

fn is_code(piece: &str) -> bool {
    KIND_WORDS.iter().any(|(_, code)| *code == piece)
}

fn pieces_of(tokens: &[Token]) -> Vec<String> {
    tokens.iter().flat_map(|token| pieces(&token.plain)).collect()
}

fn keys_asked(window: &[String]) -> Vec<String> {
    let mut keys = Vec::new();
    if window.len() >= 2 && is_digits(&window[0]) {
        keys.push(window.join("-"));
    }
    let (code, rest) = kind_in_front(window);
    let rest = match rest {
        [so, rest @ ..] if so == "so" => rest,
        rest => rest,
    };
    match (code, rest) {
        (Some(code), [number]) if is_digits(number) => keys.push(format!("{code}:{number}")),
        (Some(code), [number, year]) if is_digits(number) && is_year(year) => {
            keys.push(format!("{code}:{number}-{year}"));
        }
        _ => {}
    }
    keys
}

fn kind_in_front(window: &[String]) -> (Option<&str>, &[String]) {
    for (words, code) in KIND_WORDS {
        if window.len() > words.len() && window.iter().zip(*words).all(|(have, want)| have == want) {
            return (Some(code), &window[words.len()..]);
        }
    }
    match window {
        [code, rest @ ..] if !is_digits(code) && code.len() <= 5 => (Some(code), rest),
        _ => (None, window),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tokens::tokens;

    fn finds(query: &str, number: &str) -> bool {
        let keys = keys_of(number);
        candidates(&tokens(query))
            .iter()
            .any(|candidate| keys.contains(&candidate.key))
    }

    #[test]
    fn a_number_is_found_in_any_spelling() {
        for query in [
            "100/2019/NĐ-CP",
            "100/2019/ND-CP",
            "100 2019 nd cp",
            "nd 100",
            "NĐ100",
            "nđ 100/2019",
            "100/2019",
            "nghị định 100",
            "nghi dinh so 100/2019",
            "Nghị định số 100/2019/NĐ-CP",
            "phạt theo nđ 100/2019 thế nào",
        ] {
            assert!(finds(query, "100/2019/NĐ-CP"), "{query}");
        }
        for query in [
            "91/2015/QH13",
            "91 2015 qh13",
            "91-2015-qh13",
            "luật 91/2015",
            "bộ luật 91",
            "91/2015/qh 13",
        ] {
            assert!(finds(query, "91/2015/QH13"), "{query}");
        }
        assert!(finds("4/2020/tt-btc", "04/2020/TT-BTC"));
        assert!(finds("26/tt-btc", "26/TT-BTC"));
    }

    #[test]
    fn other_numbers_are_not() {
        for query in [
            "100",
            "2019",
            "điều 100",
            "101/2019",
            "10/2019/NĐ-CP",
            "nd 2019",
            "tt 100",
        ] {
            assert!(!finds(query, "100/2019/NĐ-CP"), "{query}");
        }
    }

    #[test]
    fn a_number_is_told_from_an_amount() {
        assert!(looks_like_number(&tokens("123/2099/NĐ-CP")));
        assert!(looks_like_number(&tokens("12/nđ-cp")));
        assert!(!looks_like_number(&tokens("phạt 7 triệu đồng")));
    }

    #[test]
    fn odd_numbers_do_not_panic() {
        for number in ["", "/", "0", "Không số", "000/000", &"1/".repeat(500)] {
            assert!(keys_of(number).len() < 20);
        }
    }
}
