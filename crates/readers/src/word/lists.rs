//! Lists and the numbers that Word prints (ISO/IEC 29500-1 §17.9).

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use super::fault::Fault;
use super::format::Format;
use super::look::Look;

/// Levels of a list.
pub(crate) const LEVELS: usize = 9;
/// Definitions, and lists, that one file may have.
const MAX_LISTS: usize = 10_000;
/// Bytes of one number as printed; Word itself sets no more than 255 letters.
const MAX_NUMBER: usize = 1_000;

/// One level of a list.
#[derive(Clone, Debug, Default)]
pub(crate) struct Level {
    pub start: i64,
    pub format: Format,
    /// Restarts after a level below this one; 0 never.
    pub restart: Option<i64>,
    /// The number as printed: `%1` is the number of the first level.
    pub text: String,
    /// What follows the number.
    pub gap: &'static str,
    /// All numbers in Arabic digits.
    pub legal: bool,
    /// Paragraph style tied to the level.
    pub style: Option<String>,
    pub look: Look,
}

/// What a list is and what it changes of the definition that it shares with others.
#[derive(Clone, Debug, Default)]
pub(crate) struct List {
    pub definition: i64,
    pub starts: [Option<i64>; LEVELS],
    pub levels: [Option<Level>; LEVELS],
}

/// A number as printed.
#[derive(Clone, Debug)]
pub(crate) struct Printed {
    /// "Điều 5." or "–", with the space that follows.
    pub text: String,
    /// Formatting of the number alone.
    pub look: Look,
    pub bullet: bool,
}

/// All lists of a file and how far each has counted. Lists of one definition count on from each other.
/// A copy shares the definitions: every note of a file counts with one of its own.
#[derive(Clone, Debug, Default)]
pub(crate) struct Lists {
    definitions: Rc<HashMap<i64, [Option<Level>; LEVELS]>>,
    lists: Rc<HashMap<i64, List>>,
    /// Last number of each level, by definition.
    counted: HashMap<i64, [Option<i64>; LEVELS]>,
    /// Levels of lists whose own start was used.
    started: HashSet<(i64, usize)>,
}

impl Lists {
    pub(crate) fn define(&mut self, id: i64, levels: [Option<Level>; LEVELS]) -> Result<(), Fault> {
        Rc::make_mut(&mut self.definitions).insert(id, levels);
        bounded(self.definitions.len())
    }

    pub(crate) fn add(&mut self, id: i64, list: List) -> Result<(), Fault> {
        Rc::make_mut(&mut self.lists).insert(id, list);
        bounded(self.lists.len())
    }

    /// The definition that a list names.
    pub(crate) fn definition(&self, list: i64) -> Option<i64> {
        self.lists.get(&list).map(|list| list.definition)
    }

    /// Counts a paragraph of a list and gives its number; `None` where the list has no such level.
    /// `definition` is the one in force where it is not the list's own.
    pub(crate) fn next(&mut self, list: i64, definition: i64, level: usize) -> Option<Printed> {
        self.level(list, definition, level)?;
        self.count(list, definition, level);
        self.print(list, definition, level)
    }

    /// The level of a list that is tied to a paragraph style.
    pub(crate) fn tied(&self, list: i64, definition: i64, style: &str) -> Option<usize> {
        (0..LEVELS).find(|level| {
            self.level(list, definition, *level)
                .is_some_and(|level| level.style.as_deref() == Some(style))
        })
    }

    fn level(&self, list: i64, definition: i64, level: usize) -> Option<&Level> {
        let changed = self
            .lists
            .get(&list)
            .and_then(|list| list.levels.get(level)?.as_ref());
        changed.or_else(|| self.definitions.get(&definition)?.get(level)?.as_ref())
    }

    fn start(&self, list: i64, definition: i64, level: usize) -> i64 {
        let own = self.lists.get(&list).and_then(|list| *list.starts.get(level)?);
        own.or_else(|| self.level(list, definition, level).map(|level| level.start))
            .unwrap_or(1)
    }

    fn count(&mut self, list: i64, definition: i64, level: usize) {
        let start = self.start(list, definition, level);
        let restarts: Vec<bool> = (0..LEVELS)
            .map(|below| {
                let limit = self
                    .level(list, definition, below)
                    .and_then(|level| level.restart);
                let limit = limit
                    .and_then(|limit| usize::try_from(limit).ok())
                    .unwrap_or(below);
                below > level && level < limit
            })
            .collect();
        let own_start = self
            .lists
            .get(&list)
            .is_some_and(|list| list.starts[level].is_some());
        let first = own_start && self.started.insert((list, level));
        let counted = self.counted.entry(definition).or_default();
        counted[level] = match counted[level] {
            Some(last) if !first => Some(last.saturating_add(1)),
            _ => Some(start),
        };
        for (below, restarts) in counted.iter_mut().zip(restarts) {
            if restarts {
                *below = None;
            }
        }
    }

    fn print(&self, list: i64, definition: i64, level: usize) -> Option<Printed> {
        let own = self.level(list, definition, level)?;
        let counted = self.counted.get(&definition).copied().unwrap_or_default();
        let mut text = String::new();
        let mut rest = own.text.chars().peekable();
        while let Some(c) = rest.next().filter(|_| text.len() < MAX_NUMBER) {
            let shown = rest
                .peek()
                .and_then(|digit| digit.to_digit(10))
                .filter(|digit| c == '%' && *digit > 0);
            let Some(shown) = shown.and_then(|digit| usize::try_from(digit - 1).ok()) else {
                text.push(own.look.font.map_or(c, |font| font.sign(c)));
                continue;
            };
            rest.next();
            let value = counted.get(shown).copied().flatten();
            let value = value.unwrap_or_else(|| self.start(list, definition, shown));
            let format = self
                .level(list, definition, shown)
                .map_or(&Format::Decimal, |level| &level.format);
            text.push_str(&format.print(value, own.legal));
        }
        if !text.trim().is_empty() {
            text.push_str(own.gap);
        }
        Some(Printed {
            text,
            look: own.look,
            bullet: own.format == Format::Bullet,
        })
    }
}

fn bounded(count: usize) -> Result<(), Fault> {
    if count > MAX_LISTS {
        return Err(Fault::TooLarge);
    }
    Ok(())
}
