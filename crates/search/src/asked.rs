//! What a person typed, read as words, article references and act numbers.

use std::collections::HashSet;

use crate::numbers::{self, Candidate};
use crate::tokens::{Token, tokens};

/// Longest query that is read, in characters; the rest is cut.
pub const LONGEST_QUERY: usize = 200;
/// Words that join a provision to its act and name nothing.
const CONNECTORS: &[&str] = &["cua", "so", "trong", "thuoc", "tai", "theo"];

/// A query, read.
#[derive(Clone, Debug, Default)]
pub(crate) struct Asked {
    /// All words, in order.
    pub tokens: Vec<Token>,
    /// Folded number of the article asked for ("5", "7a").
    pub article: Option<String>,
    /// Words left when references to provisions are taken away.
    pub rest: Vec<Token>,
    /// What in the rest may be an act's number, longest first.
    pub numbers: Vec<Candidate>,
    /// Some of it is clearly meant as an act's number.
    pub number_shaped: bool,
    /// Typed with marks.
    pub has_marks: bool,
}

impl Asked {
    /// Reads a query of any length and content.
    pub(crate) fn read(text: &str) -> Self {
        let short: String = text.chars().take(LONGEST_QUERY).collect();
        let mended = viet::mend(&short, &mut viet::Mended::default()).into_owned();
        let tokens = tokens(&mended);
        let (article, taken) = references(&tokens);
        let rest: Vec<Token> = tokens
            .iter()
            .enumerate()
            .filter(|(at, _)| !taken.contains(at))
            .map(|(_, token)| token.clone())
            .collect();
        let rest = without_connectors(&rest).to_vec();
        Self {
            article,
            numbers: numbers::candidates(&rest),
            number_shaped: numbers::looks_like_number(&rest),
            has_marks: tokens.iter().any(Token::is_marked),
            rest,
            tokens,
        }
    }

    /// The rest as a whole name: "bo-luat-dan-su". Empty where nothing is left.
    pub(crate) fn name_key(&self) -> String {
        let words: Vec<&str> = self.rest.iter().map(|token| token.plain.as_str()).collect();
        words.join("-")
    }

    /// The words once each, in order.
    pub(crate) fn distinct(&self) -> Vec<&Token> {
        let mut seen = HashSet::new();
        self.tokens
            .iter()
            .filter(|token| seen.insert(&token.marked))
            .collect()
    }
}

fn without_connectors(mut words: &[Token]) -> &[Token] {
    while let [first, rest @ ..] = words
        && CONNECTORS.contains(&first.plain.as_str())
    {
        words = rest;
    }
    words
}

/// The article asked for, and which tokens speak of articles, clauses and points.
fn references(tokens: &[Token]) -> (Option<String>, HashSet<usize>) {
    let mut article = None;
    let mut taken = HashSet::new();
    for (at, two) in tokens.windows(2).enumerate() {
        let number = two[1].plain.as_str();
        let is_reference = match two[0].plain.as_str() {
            "dieu" => is_article_number(number),
            "khoan" => is_article_number(number),
            "diem" => number.len() <= 2 && number.bytes().all(|b| b.is_ascii_lowercase()),
            _ => false,
        };
        if !is_reference {
            continue;
        }
        if two[0].plain == "dieu" && article.is_none() {
            article = Some(number.to_owned());
        }
        taken.extend([at, at + 1]);
    }
    // "diem a" alone is as likely a word of a sentence: only beside an article it is a reference.
    if article.is_none() {
        taken.clear();
    }
    (article, taken)
}

fn is_article_number(word: &str) -> bool {
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    (1..=4).contains(&digits)
        && word[digits..].bytes().all(|b| b.is_ascii_lowercase())
        && word.len() - digits <= 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_citation_is_taken_apart() {
        let asked = Asked::read("điểm b khoản 3 Điều 5 của Nghị định 100/2019/NĐ-CP");
        assert_eq!(asked.article.as_deref(), Some("5"));
        assert!(asked.number_shaped);
        assert_eq!(asked.name_key(), "nghi-dinh-100-2019-nd-cp");
        assert_eq!(Asked::read("dieu 7a bo luat dan su").name_key(), "bo-luat-dan-su");
    }

    #[test]
    fn ordinary_words_stay() {
        let asked = Asked::read("địa điểm kinh doanh, điều kiện cấp phép");
        assert_eq!(asked.article, None);
        assert_eq!(asked.rest.len(), asked.tokens.len());
        assert!(asked.has_marks && !asked.number_shaped);
        assert!(Asked::read("điều kiện").article.is_none());
    }

    #[test]
    fn anything_may_be_typed() {
        for text in [
            "",
            "   ",
            "\"(((",
            "a:b AND OR NOT *",
            "điều",
            "điều điều 5",
            &"đ".repeat(100_000),
            "\u{0}\u{202e}\u{301}",
        ] {
            assert!(Asked::read(text).tokens.len() <= LONGEST_QUERY);
        }
    }
}
