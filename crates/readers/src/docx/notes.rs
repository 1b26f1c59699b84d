//! Footnotes and endnotes: their texts, and their signs in the order of the text.

use std::collections::HashMap;

use legal::model::Footnote;

use super::fault::Fault;
use super::numbering::Format;
use super::xml::Node;

/// Bytes that all notes of a file may hold.
const MAX_SIZE: usize = 16 << 20;

/// The two series of notes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Series {
    Foot,
    End,
}

impl Series {
    /// Both, footnotes first.
    pub(super) const ALL: [Self; 2] = [Self::Foot, Self::End];

    /// Kind of the part that holds the texts.
    pub(super) fn part(self) -> &'static str {
        match self {
            Self::Foot => "footnotes",
            Self::End => "endnotes",
        }
    }

    /// Element of one text.
    pub(super) fn element(self) -> &'static str {
        match self {
            Self::Foot => "footnote",
            Self::End => "endnote",
        }
    }

    fn properties(self) -> &'static str {
        match self {
            Self::Foot => "footnotePr",
            Self::End => "endnotePr",
        }
    }
}

/// How a series is counted.
#[derive(Clone, Debug)]
struct Counting {
    format: Format,
    /// The next number.
    next: i64,
}

/// All notes of a file.
#[derive(Debug)]
pub(super) struct Notes {
    texts: HashMap<(Series, String), String>,
    counting: HashMap<Series, Counting>,
    /// Notes referred to so far: id in the draft and sign.
    known: HashMap<(Series, String), (String, String)>,
    met: Vec<Footnote>,
    size: usize,
}

impl Notes {
    /// Notes without texts, counted as the settings of the file say: 1, 2 … and i, ii … where they are silent.
    pub(super) fn new(settings: Option<&Node>) -> Self {
        let counting = Series::ALL.map(|series| {
            let said = settings.and_then(|node| node.child(series.properties()));
            let format = match (series, said.and_then(|node| node.child("numFmt"))) {
                (Series::End, None) => Format::LowerRoman,
                (_, format) => Format::of(format),
            };
            let next = said.and_then(|node| node.number("numStart")).unwrap_or(1);
            (series, Counting { format, next })
        });
        Self {
            texts: HashMap::new(),
            counting: counting.into_iter().collect(),
            known: HashMap::new(),
            met: Vec::new(),
            size: 0,
        }
    }

    /// Keeps the text of a note.
    pub(super) fn add(&mut self, series: Series, id: &str, text: String) -> Result<(), Fault> {
        self.size = self.size.saturating_add(text.len());
        if self.size > MAX_SIZE {
            return Err(Fault::TooLarge);
        }
        self.texts.insert((series, id.to_owned()), text);
        Ok(())
    }

    /// Takes a reference in the text: the id of the note in the draft, and its sign where Word numbers it.
    /// `None` where the file has no such note.
    pub(super) fn refer(&mut self, series: Series, id: &str, own_sign: bool) -> Option<(String, String)> {
        let key = (series, id.to_owned());
        if let Some(known) = self.known.get(&key) {
            return Some(known.clone());
        }
        let text = self.texts.remove(&key)?;
        let note = format!("fn_{}", self.met.len() + 1);
        let sign = match self.counting.get_mut(&series) {
            Some(counting) if !own_sign => {
                let sign = counting.format.print(counting.next, false);
                counting.next = counting.next.saturating_add(1);
                sign
            }
            _ => String::new(),
        };
        self.met.push(Footnote {
            id: note.clone(),
            sign: sign.clone(),
            text,
        });
        self.known.insert(key, (note.clone(), sign.clone()));
        Some((note, sign))
    }

    /// Gives a note the sign that the text itself prints.
    pub(super) fn signed(&mut self, note: &str, sign: &str) {
        if let Some(note) = self.met.iter_mut().find(|known| known.id == note) {
            note.sign = sign.trim().to_owned();
        }
    }

    /// The notes that the text refers to, in its order.
    pub(super) fn into_met(self) -> Vec<Footnote> {
        self.met
    }
}
