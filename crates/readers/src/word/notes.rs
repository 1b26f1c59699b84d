//! Footnotes and endnotes: their texts, and their signs in the order of the text.

use std::collections::HashMap;

use legal::model::Footnote;

use super::fault::Fault;
use super::format::Format;

/// Bytes that all notes of a file may hold, and what each weighs beside its text.
const MAX_SIZE: usize = 16 << 20;
const WEIGHT: usize = 128;

/// The two series of notes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Series {
    Foot,
    End,
}

impl Series {
    /// Both, footnotes first.
    pub(crate) const ALL: [Self; 2] = [Self::Foot, Self::End];
}

/// How a series is counted in one section.
#[derive(Clone, Debug)]
pub(crate) struct Rule {
    pub format: Format,
    pub start: i64,
    /// Counts anew in this section. Counting anew on each page is only known to who sets the pages.
    pub restarts: bool,
}

impl Rule {
    /// 1, 2 … through the whole text; i, ii … for endnotes.
    pub(crate) fn usual(series: Series) -> Self {
        Self {
            format: match series {
                Series::Foot => Format::Decimal,
                Series::End => Format::LowerRoman,
            },
            start: 1,
            restarts: false,
        }
    }
}

/// How far a series has counted.
#[derive(Clone, Debug)]
struct Counting {
    /// One rule a section, the last one first.
    rules: Vec<Rule>,
    /// The next number.
    next: i64,
}

impl Counting {
    fn print(&mut self) -> String {
        let sign = match self.rules.last() {
            Some(rule) => rule.format.print(self.next, false),
            None => self.next.to_string(),
        };
        self.next = self.next.saturating_add(1);
        sign
    }

    /// Goes on to the next section; the rule of the last one stays.
    fn turn(&mut self) {
        if self.rules.len() > 1 {
            self.rules.pop();
        }
        if let Some(rule) = self.rules.last().filter(|rule| rule.restarts) {
            self.next = rule.start;
        }
    }
}

/// All notes of a file.
#[derive(Debug, Default)]
pub(crate) struct Notes {
    texts: HashMap<(Series, String), String>,
    counting: HashMap<Series, Counting>,
    /// Notes referred to so far: id in the draft and sign.
    known: HashMap<(Series, String), (String, String)>,
    met: Vec<Footnote>,
    /// Places of notes in `met` by id.
    places: HashMap<String, usize>,
    size: usize,
}

impl Notes {
    pub(crate) fn is_empty(&self) -> bool {
        self.texts.is_empty()
    }

    /// Counts a series by these rules, one a section.
    pub(crate) fn count_by(&mut self, series: Series, mut rules: Vec<Rule>) {
        let next = rules.first().map_or(1, |rule| rule.start);
        rules.reverse();
        self.counting.insert(series, Counting { rules, next });
    }

    /// Goes on to the next section.
    pub(crate) fn turn_section(&mut self) {
        self.counting.values_mut().for_each(Counting::turn);
    }

    /// Keeps the text of a note.
    pub(crate) fn add(&mut self, series: Series, id: &str, text: String) -> Result<(), Fault> {
        self.size = self.size.saturating_add(text.len() + WEIGHT);
        if self.size > MAX_SIZE {
            return Err(Fault::TooLarge);
        }
        self.texts.insert((series, id.to_owned()), text);
        Ok(())
    }

    /// Takes a reference in the text: the id of the note in the draft, and its sign where Word numbers it.
    /// `None` where the file has no such note.
    pub(crate) fn refer(&mut self, series: Series, id: &str, own_sign: bool) -> Option<(String, String)> {
        let key = (series, id.to_owned());
        if let Some(known) = self.known.get(&key) {
            return Some(known.clone());
        }
        let text = self.texts.remove(&key)?;
        let note = format!("fn_{}", self.met.len() + 1);
        let sign = match self.counting.get_mut(&series) {
            Some(counting) if !own_sign => counting.print(),
            _ => String::new(),
        };
        self.places.insert(note.clone(), self.met.len());
        self.met.push(Footnote {
            id: note.clone(),
            sign: sign.clone(),
            text,
        });
        self.known.insert(key, (note.clone(), sign.clone()));
        Some((note, sign))
    }

    /// Gives a note the sign that the text itself prints.
    pub(crate) fn signed(&mut self, note: &str, sign: &str) {
        let place = self.places.get(note);
        if let Some(note) = place.and_then(|place| self.met.get_mut(*place)) {
            note.sign = sign.trim().to_owned();
        }
    }

    /// The notes that the text refers to, in its order.
    pub(crate) fn into_met(self) -> Vec<Footnote> {
        self.met
    }
}
