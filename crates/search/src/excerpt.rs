//! Excerpts: the passage of a text where the words of a query stand closest, with them marked.

use std::cell::RefCell;
use std::collections::HashSet;

use rustc_hash::FxHashMap;

use crate::asked::Asked;
use crate::cutter::code;
use crate::tokens::{marked, plain, spans};

/// Words of an excerpt.
const WIDTH: usize = 42;
/// Lines of a passage.
const PASSAGE_LINES: usize = 4;
/// Words before the first hit.
const LEAD: usize = 6;

/// A run of text that is one of the words asked for, or is not.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Span {
    /// Text.
    pub text: String,
    /// One of the words asked for.
    pub hit: bool,
}

/// A word of a text.
#[derive(Clone, Copy, Debug)]
struct Place {
    start: usize,
    end: usize,
    /// Which word of the query it is; 0 for none.
    word: u64,
}

/// Knows the words of one query.
#[derive(Debug)]
pub(crate) struct Marker {
    marked: HashSet<String>,
    plain: HashSet<String>,
    /// Plain forms of all words: what has none of them is no hit, and is not looked at further.
    possible: HashSet<String>,
    /// Their first letters, two of each where it has two.
    initials: Vec<(char, Option<char>)>,
    /// What was found of words met before: texts repeat their words.
    met: RefCell<FxHashMap<String, u64>>,
}

impl Marker {
    /// Of a query; with `unmarked`, marks do not matter.
    pub(crate) fn new(asked: &Asked, unmarked: bool) -> Self {
        let plain_only = unmarked || !asked.has_marks;
        let plain = asked
            .tokens
            .iter()
            .filter(|token| plain_only || !token.is_marked());
        Self {
            marked: asked.tokens.iter().map(|token| token.marked.clone()).collect(),
            plain: plain.map(|token| token.plain.clone()).collect(),
            possible: asked.tokens.iter().map(|token| token.plain.clone()).collect(),
            initials: asked
                .tokens
                .iter()
                .filter_map(|token| {
                    let mut letters = token.plain.chars();
                    Some((letters.next()?, letters.next()))
                })
                .collect(),
            met: RefCell::default(),
        }
    }

    /// The words of a text, in order.
    fn places(&self, text: &str) -> Vec<Place> {
        let mut met = self.met.borrow_mut();
        let place = |(start, end): (usize, usize)| {
            let word = &text[start..end];
            if !self.may_begin(word) {
                return Place { start, end, word: 0 };
            }
            let word = met.get(word).copied().unwrap_or_else(|| {
                let own = self.word(word);
                met.insert(word.to_owned(), own);
                own
            });
            Place { start, end, word }
        };
        spans(text).map(place).collect()
    }

    /// False where the first letters, read at a glance, are no word's of the query.
    fn may_begin(&self, word: &str) -> bool {
        let mut letters = word.chars();
        let first = match letters.next() {
            Some(first) if first.is_ascii() => first.to_ascii_lowercase(),
            Some('đ' | 'Đ') => 'd',
            _ => return true,
        };
        let second = letters.next().map(|second| second.to_ascii_lowercase());
        let at_a_glance = second.is_none_or(|second| second.is_ascii());
        let fits = |own: &(char, Option<char>)| own.0 == first && (!at_a_glance || own.1 == second);
        self.initials.iter().any(fits)
    }

    /// Which word of the query it is; 0 for none.
    fn word(&self, word: &str) -> u64 {
        let plain = plain(word);
        let is_hit = self.possible.contains(&plain)
            && (self.plain.contains(&plain) || self.marked.contains(&marked(word, &plain)));
        if is_hit { code(&plain) } else { 0 }
    }

    /// The whole text with its hits.
    pub(crate) fn mark(&self, text: &str) -> Vec<Span> {
        self.spans(text, &self.places(text), 0, text.len())
    }

    /// The passage with most different words of the query, with its hits; empty for an empty text.
    pub(crate) fn excerpt(&self, text: &str) -> Vec<Span> {
        let tokens = self.places(text);
        let best = densest(&tokens);
        let first = best.saturating_sub(LEAD);
        let last = (first + WIDTH).min(tokens.len());
        let window = &tokens[first..last];
        let (Some(from), Some(to)) = (window.first(), window.last()) else {
            return Vec::new();
        };
        let start = if first == 0 { 0 } else { from.start };
        let end = if last == tokens.len() { text.len() } else { to.end };
        let mut spans = self.spans(text, window, start, end);
        if first > 0 {
            spans.insert(
                0,
                Span {
                    text: "… ".into(),
                    hit: false,
                },
            );
        }
        if last < tokens.len() {
            spans.push(Span {
                text: " …".into(),
                hit: false,
            });
        }
        spans
    }

    /// The lines around the place where most different words of the query stand, as they are.
    pub(crate) fn passage(&self, text: &str) -> String {
        let tokens = self.places(text);
        let at = tokens.get(densest(&tokens)).map_or(0, |token| token.start);
        let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
        text[start..]
            .lines()
            .take(PASSAGE_LINES)
            .collect::<Vec<_>>()
            .join("\n")
    }

    fn spans(&self, text: &str, words: &[Place], start: usize, end: usize) -> Vec<Span> {
        let mut spans = Vec::new();
        let mut at = start;
        for token in words.iter().filter(|word| word.word > 0) {
            push(&mut spans, &text[at..token.start], false);
            push(&mut spans, &text[token.start..token.end], true);
            at = token.end;
        }
        push(&mut spans, &text[at..end], false);
        spans
    }
}

/// Index of the word from which a window holds most different words of the query.
fn densest(words: &[Place]) -> usize {
    let hits: Vec<usize> = (0..words.len()).filter(|at| words[*at].word > 0).collect();
    let mut counts: FxHashMap<u64, usize> = FxHashMap::default();
    let (mut best, mut last) = ((0, 0), 0);
    for &from in &hits {
        while let Some(&at) = hits.get(last).filter(|at| **at < from + WIDTH - LEAD) {
            *counts.entry(words[at].word).or_default() += 1;
            last += 1;
        }
        if counts.len() > best.0 {
            best = (counts.len(), from);
        }
        let word = words[from].word;
        match counts.get_mut(&word) {
            Some(count) if *count > 1 => *count -= 1,
            _ => {
                counts.remove(&word);
            }
        }
    }
    best.1
}

/// Neighbouring hits become one: "quyền sử dụng" is one mark, not three.
fn push(spans: &mut Vec<Span>, text: &str, hit: bool) {
    if text.is_empty() {
        return;
    }
    let length = spans.len();
    if hit && length >= 2 && spans[length - 1].text == " " && spans[length - 2].hit {
        spans.pop();
        let last = &mut spans[length - 2];
        last.text.push(' ');
        last.text.push_str(text);
    } else {
        spans.push(Span {
            text: text.to_owned(),
            hit,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tokens::tokens;

    fn asked(text: &str) -> Asked {
        Asked::read(&tokens(text), &crate::names::Names::default())
    }

    fn show(spans: &[Span]) -> String {
        spans
            .iter()
            .map(|span| {
                if span.hit {
                    format!("[{}]", span.text)
                } else {
                    span.text.clone()
                }
            })
            .collect()
    }

    #[test]
    fn neighbouring_hits_are_one_mark() {
        let marker = Marker::new(&asked("quyền sử dụng"), false);
        assert_eq!(
            show(&marker.mark("Quyền sử dụng đất, quyen")),
            "[Quyền sử dụng] đất, quyen"
        );
    }

    #[test]
    fn unmarked_words_hit_marked_text() {
        let marker = Marker::new(&asked("dat dai"), false);
        assert_eq!(show(&marker.mark("Luật Đất đai; dat")), "Luật [Đất đai]; [dat]");
    }

    #[test]
    fn the_excerpt_is_the_dense_passage() {
        let filler = "từ ".repeat(100);
        let text = format!("đất {filler}đất đai thuộc sở hữu toàn dân {filler}");
        let marker = Marker::new(&asked("sở hữu đất đai"), false);
        let shown = show(&marker.excerpt(&text));
        assert!(shown.contains("[đất đai] thuộc [sở hữu] toàn dân"), "{shown}");
        assert!(shown.starts_with('…') && shown.ends_with('…'));
    }

    #[test]
    fn a_text_without_hits_begins_at_its_start() {
        let marker = Marker::new(&asked("thuế"), false);
        assert_eq!(show(&marker.excerpt("Một hai ba.")), "Một hai ba.");
        assert!(marker.excerpt("").is_empty());
    }
}
