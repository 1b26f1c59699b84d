//! Capitals → ordinary writing, with the act's own text as the dictionary.
//!
//! "ỦY BAN NHÂN DÂN XÃ, PHƯỜNG" in a title is written "Ủy ban nhân dân xã, phường" somewhere
//! in the text; what the text does not know becomes small letters.

use crate::model::{ActText, Block};
use crate::structure::is_upper;

/// Bytes of text that serve as the dictionary.
const SIZE: usize = 24_000;
/// Longest run of words looked up at once.
const RUN: usize = 6;

/// Text of an act in ordinary writing, and the same in small letters at the same bytes.
pub(super) struct Corpus {
    text: String,
    lower: String,
}

impl Corpus {
    pub(super) fn of(act: &ActText) -> Self {
        let mut text = String::new();
        let openings = act.parts.iter().take(2).flat_map(|part| &part.opening);
        let bodies = act.provisions.iter().flat_map(|provision| &provision.blocks);
        for block in openings.chain(bodies) {
            if let Block::Para(para) = block
                && !is_upper(&para.text)
            {
                text.push_str(&para.text);
                text.push('\n');
            }
            if text.len() > SIZE {
                break;
            }
        }
        let lower = text.chars().map(small).collect();
        Self { text, lower }
    }

    /// The way the text writes `phrase` (given in small letters), best inside a sentence.
    pub(super) fn written(&self, phrase: &str) -> Option<&str> {
        let mut at_start = None;
        for (place, _) in self.lower.match_indices(phrase).take(6) {
            let end = place + phrase.len();
            let bounded = !self.lower[..place].ends_with(char::is_alphanumeric)
                && !self.lower[end..].starts_with(char::is_alphanumeric);
            let found = self.text.get(place..end).filter(|_| bounded);
            let Some(found) = found.filter(|found| !is_upper(found)) else {
                continue;
            };
            let before = self.text[..place].trim_end_matches([' ', '“', '"']);
            if before.is_empty() || before.ends_with(['\n', '.', ':', ')', ';']) {
                at_start = at_start.or(Some(found));
            } else {
                return Some(found);
            }
        }
        at_start
    }
}

/// Small letter of the same length in bytes, so that places stay comparable.
fn small(c: char) -> char {
    let mut lower = c.to_lowercase();
    match (lower.next(), lower.next()) {
        (Some(one), None) if one.len_utf8() == c.len_utf8() => one,
        _ => c,
    }
}

/// Rewrites a text in capitals; texts in ordinary writing come back as they are.
pub(super) fn recase(printed: &str, corpus: &Corpus) -> String {
    if !is_upper(printed) {
        return printed.to_owned();
    }
    let lower: String = printed.chars().map(small).collect();
    if let Some(whole) = corpus.written(&lower) {
        return whole.to_owned();
    }
    let words: Vec<&str> = lower.split(' ').collect();
    let originals: Vec<&str> = printed.split(' ').collect();
    let mut out: Vec<String> = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let longest = RUN.min(words.len() - at);
        let hit = (2..=longest).rev().find_map(|run| {
            let phrase = words[at..at + run].join(" ");
            corpus.written(&phrase).map(|found| (run, found.to_owned()))
        });
        let (run, text) = hit.unwrap_or_else(|| {
            (
                1,
                single(words[at], originals.get(at).copied().unwrap_or(words[at]), corpus),
            )
        });
        out.push(text);
        at += run;
    }
    out.join(" ")
}

/// One word: codes keep their capitals.
fn single(lower: &str, printed: &str, corpus: &Corpus) -> String {
    let coded = printed.chars().any(|c| c.is_ascii_digit())
        || viet::numbers::roman(printed).is_some_and(|n| n < 40 && printed.len() > 1);
    if coded {
        return printed.to_owned();
    }
    corpus.written(lower).map_or_else(
        || lower.to_owned(),
        |found| {
            if found == lower {
                found.to_owned()
            } else {
                lower.to_owned()
            }
        },
    )
}

/// First letter large.
pub(super) fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    match chars.next() {
        Some(first) => first.to_uppercase().chain(chars).collect(),
        None => String::new(),
    }
}
