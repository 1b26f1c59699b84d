//! Spoken names and short forms: data, not code, so that officers extend it.

use std::collections::HashMap;
use std::path::Path;

use crate::tokens::{Token, one_spelling, tokens};

/// The names that come with the program.
const OWN: &str = include_str!("../data/names.tsv");
/// Longest spoken name, in words.
const LONGEST: usize = 6;

/// How a spoken name is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum How {
    /// The whole name or the number of an act.
    Act,
    /// Stands for other words and nothing else.
    Words,
    /// Other words are sought beside.
    Also,
}

/// One spoken name.
#[derive(Clone, Debug)]
pub(crate) struct Name {
    /// What it stands for.
    pub meaning: Vec<Token>,
    /// How it is used.
    pub how: How,
}

/// A spoken name found in a question.
#[derive(Clone, Debug)]
pub(crate) struct Spoken<'a> {
    /// First word.
    pub from: usize,
    /// Word after the last.
    pub to: usize,
    /// Its rows, best first.
    pub names: &'a [Name],
    /// Typed without the marks that it has.
    pub unmarked: bool,
}

/// All spoken names.
#[derive(Clone, Debug, Default)]
pub(crate) struct Names {
    marked: HashMap<String, Vec<Name>>,
    plain: HashMap<String, Vec<Name>>,
}

impl Names {
    /// The names of a file, where there is one, then those that come with the program.
    pub(crate) fn load(file: &Path) -> Self {
        let mut names = Self::default();
        if let Ok(text) = std::fs::read_to_string(file) {
            names.add(&text);
        }
        names.add(OWN);
        names
    }

    /// Reads rows; a row that does not have the shape is passed over and logged.
    fn add(&mut self, rows: &str) {
        for row in rows
            .lines()
            .filter(|row| !row.trim().is_empty() && !row.starts_with('#'))
        {
            if let Some((spoken, name)) = read(row) {
                let spoken = tokens(&spoken);
                let rows = self.marked.entry(key(&spoken, false)).or_default();
                rows.push(name.clone());
                self.plain.entry(key(&spoken, true)).or_default().push(name);
            } else {
                tracing::warn!(row, "row of spoken names passed over");
            }
        }
    }

    /// The spoken names in a row of words, longest first, none inside another.
    pub(crate) fn in_words(&self, words: &[Token]) -> Vec<Spoken<'_>> {
        let mut found: Vec<Spoken<'_>> = Vec::new();
        let mut from = 0;
        while from < words.len() {
            let longest = (1..=LONGEST.min(words.len() - from))
                .rev()
                .find_map(|length| self.get(&words[from..from + length]).map(|hit| (length, hit)));
            match longest {
                Some((length, (names, unmarked))) => {
                    found.push(Spoken {
                        from,
                        to: from + length,
                        names,
                        unmarked,
                    });
                    from += length;
                }
                None => from += 1,
            }
        }
        found
    }

    fn get(&self, words: &[Token]) -> Option<(&[Name], bool)> {
        if let Some(names) = self.marked.get(&key(words, false)) {
            return Some((names, false));
        }
        if words.iter().any(Token::is_marked) {
            return None;
        }
        self.plain
            .get(&key(words, true))
            .map(|names| (names.as_slice(), true))
    }
}

fn read(row: &str) -> Option<(String, Name)> {
    let mut columns = row.split('\t').map(str::trim);
    let (spoken, meaning, how) = (columns.next()?, columns.next()?, columns.next()?);
    let how = match how {
        "act" => How::Act,
        "words" => How::Words,
        "also" => How::Also,
        _ => return None,
    };
    let meaning = tokens(&viet::nfc(meaning));
    (!meaning.is_empty()).then(|| (viet::nfc(spoken), Name { meaning, how }))
}

fn key(words: &[Token], plain: bool) -> String {
    let forms: Vec<String> = words
        .iter()
        .map(|word| one_spelling(if plain { &word.plain } else { &word.marked }))
        .collect();
    forms.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(usize, usize, How)> {
        let mut names = Names::default();
        names.add(OWN);
        let words = tokens(text);
        names
            .in_words(&words)
            .iter()
            .map(|one| (one.from, one.to, one.names[0].how))
            .collect()
    }

    #[test]
    fn names_are_found_with_and_without_marks() {
        assert_eq!(found("cấp sổ đỏ lần đầu"), [(1, 3, How::Words)]);
        assert_eq!(found("cap so do lan dau"), [(1, 3, How::Words)]);
        assert_eq!(found("BLHS 2015"), [(0, 1, How::Act)]);
        assert!(found("số đo").is_empty());
    }

    #[test]
    fn every_own_row_has_the_shape() {
        let rows = OWN
            .lines()
            .filter(|row| !row.starts_with('#') && !row.trim().is_empty());
        for row in rows {
            assert!(read(row).is_some(), "{row}");
        }
    }

    #[test]
    fn officers_rows_come_first() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("names.tsv");
        std::fs::write(&file, "blhs\tluật khác\tact\nhỏng\n").unwrap();
        let names = Names::load(&file);
        let words = tokens("blhs");
        let spoken = names.in_words(&words);
        assert_eq!(spoken[0].names[0].meaning.len(), 2);
        assert_eq!(spoken[0].names.len(), 2);
    }
}
