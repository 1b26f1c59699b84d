//! Searches that found nothing: counted by day, for editors, without a trace of who searched.

use jiff::civil::Date;

use crate::tokens::tokens;

/// Longer texts are no searches, and may hold what is private.
const LONGEST: usize = 80;
/// Longer rows of digits may be a telephone or identity number.
const LONGEST_NUMBER: usize = 5;

/// Words that found nothing, and how often.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missed {
    /// Words in lower case.
    pub words: String,
    /// How often in the time asked for.
    pub times: i64,
    /// The last day.
    pub last: Date,
}

/// What is counted of a search: its words; nothing where they may say who someone is.
pub(crate) fn countable(text: &str) -> Option<String> {
    if text.len() > LONGEST || text.contains('@') {
        return None;
    }
    let digits = text.split(|c: char| !c.is_ascii_digit() && !" .-".contains(c));
    let longest = digits
        .map(|run| run.bytes().filter(u8::is_ascii_digit).count())
        .max();
    if longest.is_some_and(|longest| longest > LONGEST_NUMBER) {
        return None;
    }
    let words: Vec<String> = tokens(text)
        .iter()
        .map(|token| viet::nfc(&text[token.start..token.end]).to_lowercase())
        .collect();
    (!words.is_empty()).then(|| words.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_counted_and_people_are_not() {
        assert_eq!(countable(" Luật  VŨ TRỤ? ").as_deref(), Some("luật vũ trụ"));
        assert_eq!(countable("nđ 999/2019").as_deref(), Some("nđ 999 2019"));
        for text in [
            "0912 345 678",
            "cccd 001099012345",
            "a@b.vn",
            "",
            "?!",
            &"luật ".repeat(40),
        ] {
            assert_eq!(countable(text), None, "{text}");
        }
    }
}
