//! Short forms that an act gives to other acts: "(sau đây gọi tắt là Nghị định số 30)".

use std::collections::HashMap;

use super::lexis::{eat_any, letter, spaces, window};
use super::{ActRef, acts};

/// Words that announce a short form.
const ANNOUNCE: [&str; 8] = [
    "sau đây gọi tắt là",
    "sau đây gọi chung là",
    "sau đây gọi là",
    "sau đây được gọi là",
    "sau đây được gọi tắt là",
    "sau đây viết tắt là",
    "dưới đây gọi tắt là",
    "gọi tắt là",
];
/// Bytes of a short form.
const LONGEST: usize = 120;

/// Short forms of acts, by their words in small letters.
#[derive(Clone, Debug, Default)]
pub struct ShortForms {
    /// `None`: announced for two different acts.
    forms: HashMap<String, Option<ActRef>>,
}

impl ShortForms {
    /// The act that these words stand for; `None` also where two acts got the same words.
    #[must_use]
    pub fn get(&self, words: &str) -> Option<&ActRef> {
        self.forms.get(&key(words)).and_then(Option::as_ref)
    }

    /// Gives `act` the short form `words`.
    pub fn add(&mut self, words: &str, act: ActRef) {
        self.forms
            .entry(key(words))
            .and_modify(|known| {
                if known.as_ref() != Some(&act) {
                    *known = None;
                }
            })
            .or_insert(Some(act));
    }

    /// Whether a text may announce one.
    pub(super) fn may_stand_in(text: &str) -> bool {
        text.contains("gọi")
    }

    /// Reads the short forms that `text` announces right after the acts cited at `cited`
    /// (end of the citation, act).
    pub(super) fn read(&mut self, text: &str, cited: &[(usize, ActRef)]) {
        for (place, _) in text.match_indices("gọi") {
            let Some((start, end)) = announced(text, place) else {
                continue;
            };
            let Some(words) = form(text, end) else { continue };
            let last = cited.iter().rev().find(|(at, _)| *at <= start);
            if let Some((at, act)) = last
                && is_apposition(text.get(*at..start).unwrap_or_default())
            {
                self.add(words, act.clone());
            }
        }
    }
}

fn key(words: &str) -> String {
    let mut lower = words.trim().to_lowercase();
    if let Some(place) = lower.find(" số ") {
        lower.replace_range(place..place + " số".len(), "");
    }
    lower
}

/// The announcement around the word "gọi" at `place`: where it begins and ends.
fn announced(text: &str, place: usize) -> Option<(usize, usize)> {
    let mut from = place.saturating_sub(24);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let head = text.get(from..place)?;
    let start = ["sau đây", "dưới đây"]
        .iter()
        .filter_map(|words| head.rfind(words))
        .max()
        .map_or(place, |at| from + at);
    eat_any(text, start, &ANNOUNCE).map(|(_, end)| (start, end))
}

/// The short form itself: from a kind word to the closing bracket or comma.
fn form(text: &str, at: usize) -> Option<&str> {
    let start = spaces(text, at);
    let start = start
        + letter(text, start)
            .filter(|c| matches!(c, '“' | '"'))
            .map_or(0, char::len_utf8);
    acts::kind(text, start)?;
    let near = window(text, start, LONGEST);
    let end = near.find([')', ';', '”', '"', ',', '.'])?;
    near.get(..end).map(str::trim)
}

/// Whether only the rest of the act's title lies between it and the announcement.
fn is_apposition(between: &str) -> bool {
    between.len() < 400 && !between.contains(';') && !between.contains(". ")
}
