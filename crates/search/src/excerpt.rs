//! Excerpts: the passage of a text where the words of a query stand closest, with them marked.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};

use rustc_hash::FxHashMap;

use crate::asked::Asked;
use crate::tokens::{marked, one_spelling, plain, spans, words_back};

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

/// A word of a text that is one of the words asked for.
#[derive(Clone, Copy, Debug)]
struct Hit {
    /// How many words stand before it.
    at: usize,
    start: usize,
    end: usize,
    /// Which word of the query it is.
    word: usize,
}

/// Knows the words of one query.
#[derive(Debug)]
pub(crate) struct Marker {
    marked: HashSet<String>,
    /// Plain forms of all words, each with its place among them: what has none of them is no hit, and is
    /// not looked at further.
    plain: HashMap<String, usize>,
    /// Marks do not matter: the query has none, or nothing was found with them.
    unmarked: bool,
    initials: Initials,
    /// What was found of words met before: texts repeat their words.
    met: RefCell<FxHashMap<String, Option<usize>>>,
}

impl Marker {
    /// Of a query; with `unmarked`, marks do not matter.
    pub(crate) fn new(asked: &Asked, unmarked: bool) -> Self {
        let mut plain = HashMap::new();
        for token in &asked.tokens {
            let place = plain.len();
            plain.entry(one_spelling(&token.plain)).or_insert(place);
        }
        Self {
            marked: asked
                .tokens
                .iter()
                .map(|token| one_spelling(&token.marked))
                .collect(),
            unmarked: unmarked || !asked.has_marks,
            initials: Initials::of(plain.keys().map(String::as_str)),
            plain,
            met: RefCell::default(),
        }
    }

    /// The hits of a text, in order.
    fn hits(&self, text: &str) -> Vec<Hit> {
        let mut met = self.met.borrow_mut();
        let mut hits = Vec::new();
        for (at, (start, end)) in spans(text).enumerate() {
            let word = &text[start..end];
            if !self.initials.may_begin(word) {
                continue;
            }
            let word = met.get(word).copied().unwrap_or_else(|| {
                let own = self.word(word);
                met.insert(word.to_owned(), own);
                own
            });
            if let Some(word) = word {
                hits.push(Hit { at, start, end, word });
            }
        }
        hits
    }

    /// Which word of the query it is.
    fn word(&self, word: &str) -> Option<usize> {
        let folded = plain(word);
        let place = self.plain.get(&one_spelling(&folded))?;
        let is_hit = self.unmarked || self.marked.contains(&one_spelling(&marked(word, &folded)));
        is_hit.then_some(*place)
    }

    /// The whole text with its hits.
    pub(crate) fn mark(&self, text: &str) -> Vec<Span> {
        marks(text, &self.hits(text), 0, text.len())
    }

    /// The passage with most different words of the query, with its hits; empty for an empty text.
    pub(crate) fn excerpt(&self, text: &str) -> Vec<Span> {
        let hits = self.hits(text);
        let best = self.densest(&hits).map_or(0, |hit| hit.start);
        let (from, before) = words_back(text, best, LEAD);
        let mut words = spans(&text[from..]);
        let Some((_, last)) = words.by_ref().take(WIDTH).last() else {
            return Vec::new();
        };
        let is_first = before < LEAD || words_back(text, from, 1).1 == 0;
        let is_last = words.next().is_none();
        let start = if is_first { 0 } else { from };
        let end = if is_last { text.len() } else { from + last };
        let within =
            hits.partition_point(|hit| hit.start < start)..hits.partition_point(|hit| hit.end <= end);
        let mut spans = marks(text, &hits[within], start, end);
        let dots = |text: &str| Span {
            text: text.into(),
            hit: false,
        };
        if !is_first {
            spans.insert(0, dots("… "));
        }
        if !is_last {
            spans.push(dots(" …"));
        }
        spans
    }

    /// The lines around the place where most different words of the query stand, as they are.
    pub(crate) fn passage(&self, text: &str) -> String {
        let at = self.densest(&self.hits(text)).map_or(0, |hit| hit.start);
        let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
        text[start..]
            .lines()
            .take(PASSAGE_LINES)
            .collect::<Vec<_>>()
            .join("\n")
    }

    /// The hit from which a window holds most different words of the query.
    fn densest<'a>(&self, hits: &'a [Hit]) -> Option<&'a Hit> {
        let mut counts = vec![0_u32; self.plain.len()];
        let (mut different, mut most, mut best, mut last) = (0, 0, None, 0);
        for from in hits {
            while let Some(hit) = hits.get(last).filter(|hit| hit.at < from.at + WIDTH - LEAD) {
                different += u32::from(counts[hit.word] == 0);
                counts[hit.word] += 1;
                last += 1;
            }
            if different > most {
                (most, best) = (different, Some(from));
            }
            counts[from.word] -= 1;
            different -= u32::from(counts[from.word] == 0);
        }
        best
    }
}

/// Letters with which the words of a query begin: a glance at a word's first bytes tells most others.
#[derive(Debug)]
struct Initials {
    /// By first letter or digit: a bit for each second one, the last for none.
    seconds: [u64; 36],
}

impl Initials {
    const NONE: usize = 36;

    fn of<'a>(words: impl Iterator<Item = &'a str>) -> Self {
        let mut seconds = [0; 36];
        for word in words {
            let mut letters = word.bytes().map(Self::place);
            if let Some(Some(first)) = letters.next() {
                let second = letters.next().map_or(Some(Self::NONE), |second| second);
                // What is no plain letter may be any.
                seconds[first] |= second.map_or(u64::MAX, |second| 1 << second);
            }
        }
        Self { seconds }
    }

    fn place(letter: u8) -> Option<usize> {
        match letter.to_ascii_lowercase() {
            digit @ b'0'..=b'9' => Some(usize::from(digit - b'0')),
            letter @ b'a'..=b'z' => Some(usize::from(letter - b'a') + 10),
            _ => None,
        }
    }

    /// False where the word is surely none of the query's.
    fn may_begin(&self, word: &str) -> bool {
        let bytes = word.as_bytes();
        let (first, rest) = match bytes {
            // đ and Đ.
            [0xc4, 0x90 | 0x91, rest @ ..] => (Self::place(b'd'), rest),
            [first, rest @ ..] => (Self::place(*first), rest),
            [] => return false,
        };
        let Some(seconds) = first.map(|first| self.seconds[first]) else {
            return true;
        };
        match rest {
            [] => seconds & (1 << Self::NONE) != 0,
            [second, ..] => match Self::place(*second) {
                // Who asks for the one spelling finds the other.
                Some(second) => seconds & (1 << second | one_sound(second)) != 0,
                None => seconds != 0,
            },
        }
    }
}

/// The bit of i for y: both spell one sound.
fn one_sound(second: usize) -> u64 {
    let place = |letter| Initials::place(letter).map_or(0, |place| 1_u64 << place);
    if 1 << second == place(b'y') {
        place(b'i')
    } else {
        0
    }
}

fn marks(text: &str, hits: &[Hit], start: usize, end: usize) -> Vec<Span> {
    let mut spans = Vec::with_capacity(2 * hits.len() + 3);
    let mut at = start;
    for hit in hits {
        push(&mut spans, &text[at..hit.start], false);
        push(&mut spans, &text[hit.start..hit.end], true);
        at = hit.end;
    }
    push(&mut spans, &text[at..end], false);
    spans
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
    fn unmarked_words_among_marked_ones_mean_themselves() {
        let marker = Marker::new(&asked("khi uống rượu"), false);
        assert_eq!(show(&marker.mark("Khí thải khi uống")), "Khí thải [khi uống]");
        let marker = Marker::new(&asked("kỹ thuật công ty"), false);
        assert_eq!(show(&marker.mark("kĩ thuật, công ti")), "[kĩ thuật], [công ti]");
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
