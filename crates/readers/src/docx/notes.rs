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

/// How a series is counted in one section.
#[derive(Clone, Debug)]
struct Rule {
    format: Format,
    start: i64,
    /// Counts anew in this section. Counting anew on each page is only known to who sets the pages.
    restarts: bool,
}

impl Rule {
    /// What the section says, else the settings of the file; 1, 2 … and i, ii … where both are silent.
    fn of(series: Series, section: Option<&Node>, settings: Option<&Node>) -> Self {
        let said = [section, settings].map(|node| node.and_then(|node| node.child(series.properties())));
        let first = |name: &str| said.iter().flatten().find_map(|node| node.child(name));
        let format = match (series, first("numFmt")) {
            (Series::End, None) => Format::LowerRoman,
            (_, format) => Format::of(format),
        };
        let start = first("numStart").and_then(|node| node.tag.attr("val")?.parse().ok());
        Self {
            format,
            start: start.unwrap_or(1),
            restarts: first("numRestart").and_then(|node| node.tag.attr("val")) == Some("eachSect"),
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
pub(super) struct Notes {
    texts: HashMap<(Series, String), String>,
    counting: HashMap<Series, Counting>,
    /// Notes referred to so far: id in the draft and sign.
    known: HashMap<(Series, String), (String, String)>,
    met: Vec<Footnote>,
    size: usize,
}

impl Notes {
    pub(super) fn is_empty(&self) -> bool {
        self.texts.is_empty()
    }

    /// Counts as the sections of the file (`w:sectPr`) and its settings say.
    pub(super) fn count_by(&mut self, sections: &[Node], settings: Option<&Node>) {
        for series in Series::ALL {
            let rule = |section| Rule::of(series, section, settings);
            let mut rules: Vec<Rule> = sections.iter().map(|section| rule(Some(section))).collect();
            if rules.is_empty() {
                rules.push(rule(None));
            }
            let next = rules.first().map_or(1, |rule| rule.start);
            rules.reverse();
            self.counting.insert(series, Counting { rules, next });
        }
    }

    /// Goes on to the next section.
    pub(super) fn turn_section(&mut self) {
        self.counting.values_mut().for_each(Counting::turn);
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
            Some(counting) if !own_sign => counting.print(),
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
