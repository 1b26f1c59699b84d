//! Levels, numbers and places: a provision as a citation names it.

use crate::address::ascii_number;

use super::lexis::{digits, eat_any, ends_word, letter, rest, spaces};

/// Levels that a citation names, smallest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Level {
    Point,
    Clause,
    Article,
    Subsection,
    Section,
    Chapter,
    Part,
    Annex,
}

/// Every level with the prefix of its id.
pub(crate) const PREFIXES: [(Level, &str); 8] = [
    (Level::Point, "point"),
    (Level::Clause, "clause"),
    (Level::Article, "art"),
    (Level::Subsection, "subsec"),
    (Level::Section, "sec"),
    (Level::Chapter, "chp"),
    (Level::Part, "part"),
    (Level::Annex, "app"),
];

/// Words of the levels.
const WORDS: [(&str, Level); 8] = [
    ("điểm", Level::Point),
    ("khoản", Level::Clause),
    ("điều", Level::Article),
    ("tiểu mục", Level::Subsection),
    ("mục", Level::Section),
    ("chương", Level::Chapter),
    ("phần", Level::Part),
    ("phụ lục", Level::Annex),
];

/// The level word at `at`, with the position after it.
pub(crate) fn level(text: &str, at: usize) -> Option<(Level, usize)> {
    // First letters of every level word: most positions are turned away here.
    if !matches!(
        letter(text, at)?,
        'đ' | 'Đ' | 'k' | 'K' | 't' | 'T' | 'm' | 'M' | 'c' | 'C' | 'p' | 'P'
    ) {
        return None;
    }
    let words = WORDS.map(|(word, _)| word);
    let (found, end) = eat_any(text, at, &words)?;
    WORDS
        .iter()
        .find(|(word, _)| *word == found)
        .map(|(_, level)| (*level, end))
}

/// A number of a provision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Num {
    /// "này": the one that holds the citation.
    This,
    /// As in ids: lower case, đ as `dd`, Roman numerals and ordinals as figures.
    Of(String),
    /// An item inside that point, which no provision is: "a(ii)", "b.1".
    Item(String),
    /// An appendix without a number.
    Only,
    /// The appendix that is the n-th of its act, whatever number it prints.
    Nth(String),
}

/// A provision as far as the citation names it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Place {
    levels: [Option<Num>; 8],
    /// A regulation issued with the act, counted from 1.
    pub attached: Option<u32>,
}

impl Place {
    /// The whole of an attached regulation.
    pub(crate) fn of_attached(number: Option<u32>) -> Self {
        Self {
            attached: number,
            ..Self::default()
        }
    }

    pub(crate) fn get(&self, level: Level) -> Option<&Num> {
        self.levels.get(level as usize)?.as_ref()
    }

    pub(crate) fn set(&mut self, level: Level, number: Num) {
        if let Some(slot) = self.levels.get_mut(level as usize) {
            *slot = Some(number);
        }
    }

    pub(crate) fn clear(&mut self, level: Level) {
        if let Some(slot) = self.levels.get_mut(level as usize) {
            *slot = None;
        }
    }

    /// Takes `level` as `other` has it.
    pub(crate) fn copy_or_clear(&mut self, other: &Self, level: Level) {
        match other.get(level) {
            Some(number) => self.set(level, number.clone()),
            None => self.clear(level),
        }
    }

    /// Levels named, smallest first.
    pub(crate) fn named(&self) -> impl Iterator<Item = (Level, &Num)> {
        PREFIXES
            .iter()
            .filter_map(|(level, _)| self.get(*level).map(|number| (*level, number)))
    }

    /// Smallest level named.
    pub(crate) fn inner(&self) -> Option<Level> {
        self.named().next().map(|(level, _)| level)
    }

    /// Largest level named.
    pub(crate) fn outer(&self) -> Option<Level> {
        self.named().last().map(|(level, _)| level)
    }

    /// Whether only an item inside the place is meant.
    pub(crate) fn is_item(&self) -> bool {
        self.named().any(|(_, number)| matches!(number, Num::Item(_)))
    }

    /// Whether "này" stands at any level.
    pub(crate) fn says_this(&self) -> bool {
        self.named().any(|(_, number)| *number == Num::This)
    }

    /// The place that an id names; groups above an article are not in ids.
    pub(crate) fn of_id(id: &str) -> Self {
        let mut place = Self::default();
        for segment in id.split("__") {
            let Some((prefix, number)) = segment.rsplit_once('_') else {
                continue;
            };
            if prefix == "att" {
                place.attached = number.parse().ok();
            }
            if let Some((level, _)) = PREFIXES.iter().find(|(_, known)| *known == prefix) {
                let number = number.to_owned();
                place.set(
                    *level,
                    match level {
                        Level::Annex => Num::Nth(number),
                        _ => Num::Of(number),
                    },
                );
            }
        }
        place
    }

    /// The id, largest level first. `None` for a place that names nothing or still says "này".
    pub(crate) fn id(&self) -> Option<String> {
        let mut segments = Vec::new();
        segments.extend(self.attached.map(|number| format!("att_{number}")));
        let under_article = self.get(Level::Article).is_some();
        for (level, prefix) in PREFIXES.iter().rev() {
            if under_article && (Level::Subsection..=Level::Part).contains(level) {
                continue;
            }
            match self.get(*level) {
                None => {}
                Some(Num::This) => return None,
                Some(Num::Only) => segments.push(format!("{prefix}_1")),
                Some(Num::Of(number) | Num::Item(number) | Num::Nth(number)) => {
                    segments.push(format!("{prefix}_{number}"))
                }
            }
        }
        (!segments.is_empty()).then(|| segments.join("__"))
    }
}

/// The number of a provision of `level` at `at` (after the level word and spaces).
pub(crate) fn number(text: &str, at: usize, level: Level) -> Option<(Num, usize)> {
    let (number, end) = match level {
        Level::Article => figures(text, at, 4),
        Level::Clause => figures(text, at, 3),
        Level::Point => return point(text, at),
        Level::Subsection | Level::Section | Level::Chapter | Level::Part => group(text, at),
        Level::Annex => annex(text, at),
    }?;
    Some((Num::Of(number), end))
}

/// "7", "7a", "48đ". Not "7.2", "7/2019", "7%".
fn figures(text: &str, at: usize, most: usize) -> Option<(String, usize)> {
    let (found, mut end) = digits(text, at, most)?;
    let suffix = letter(text, end).filter(|c| c.is_lowercase());
    if let Some(suffix) = suffix.filter(|c| ends_word(text, end + c.len_utf8())) {
        end += suffix.len_utf8();
    }
    let next = rest(text, end);
    let fraction = next.starts_with(['.', ',', '/'])
        && next
            .get(1..)
            .is_some_and(|n| n.starts_with(|c: char| c.is_ascii_digit()));
    let ends = ends_word(text, end) && !fraction && !next.starts_with('%') && !found.starts_with('0');
    ends.then(|| (ascii_number(text.get(at..end).unwrap_or_default()), end))
}

/// "a", "đ", "a1", items in them ("a(ii)", "b.1"); figures as old acts number them ("1", "2.1").
fn point(text: &str, at: usize) -> Option<(Num, usize)> {
    let first = letter(text, at)?;
    if first.is_ascii_digit() {
        let (number, end) = old_point(text, at)?;
        return Some((Num::Of(number), end));
    }
    if !first.is_lowercase() || viet::point_rank(first.encode_utf8(&mut [0; 4])).is_none() {
        return None;
    }
    let mut end = at + first.len_utf8();
    if let Some((_, after)) = digits(text, end, 2) {
        end = after;
    }
    let number = ascii_number(text.get(at..end).unwrap_or_default());
    let item = after_item(text, end);
    let open = letter(text, item) == Some('.') && letter(text, item + 1).is_some_and(char::is_alphanumeric);
    let number = if item > end {
        Num::Item(number)
    } else {
        Num::Of(number)
    };
    ((item > end || ends_word(text, end)) && !open).then_some((number, item))
}

/// Position after "(iii)", ".1", ".1.2": an item of a point.
fn after_item(text: &str, at: usize) -> usize {
    let bracket = rest(text, at)
        .strip_prefix('(')
        .and_then(|tail| tail.split_once(')'));
    if let Some((run, _)) = bracket
        && !run.is_empty()
        && run.len() < 7
        && run.bytes().all(|b| matches!(b, b'i' | b'v' | b'x'))
    {
        return at + run.len() + 2;
    }
    let mut end = at;
    while letter(text, end) == Some('.') {
        match digits(text, end + 1, 2).filter(|(_, after)| ends_word(text, *after)) {
            Some((_, after)) => end = after,
            None => break,
        }
    }
    end
}

fn old_point(text: &str, at: usize) -> Option<(String, usize)> {
    let (_, mut end) = digits(text, at, 2)?;
    while letter(text, end) == Some('.') {
        match digits(text, end + 1, 2) {
            Some((_, after)) => end = after,
            None => break,
        }
    }
    ends_word(text, end).then(|| (ascii_number(text.get(at..end).unwrap_or_default()), end))
}

/// "2", "IV", "thứ nhất", "A".
fn group(text: &str, at: usize) -> Option<(String, usize)> {
    if let Some(found) = ordinal(text, at) {
        return Some(found);
    }
    let run = super::lexis::word(text, at);
    let end = at + run.len();
    let fraction =
        letter(text, end) == Some('.') && letter(text, end + 1).is_some_and(|c| c.is_ascii_digit());
    if run.is_empty() || run.len() > 8 || fraction {
        return None;
    }
    Some((group_number(run)?, end))
}

/// The number of a group or an appendix as ids write it: "IV" is 4, "IIA" is 2a, "A" is a.
pub(crate) fn group_number(run: &str) -> Option<String> {
    let digits = run.bytes().take_while(u8::is_ascii_digit).count();
    if digits > 0 {
        let (figure, suffix) = run.split_at_checked(digits)?;
        let short = suffix.chars().count() <= 1;
        return short.then(|| format!("{}{}", figure.trim_start_matches('0'), ascii_number(suffix)));
    }
    let roman = run
        .bytes()
        .take_while(|b| matches!(b, b'I' | b'V' | b'X' | b'L'))
        .count();
    let (head, suffix) = run.split_at_checked(roman)?;
    if let Some(value) = viet::numbers::roman(head)
        && suffix.chars().count() <= 1
    {
        return Some(format!("{value}{}", ascii_number(suffix)));
    }
    let mut letters = run.chars();
    let single = letters.next().filter(|c| c.is_uppercase())?;
    letters
        .next()
        .is_none()
        .then(|| ascii_number(&single.to_string()))
}

fn ordinal(text: &str, at: usize) -> Option<(String, usize)> {
    let mut end = super::lexis::eat(text, at, "thứ")?;
    let mut best = None;
    for _ in 0..3 {
        let start = spaces(text, end);
        end = start + super::lexis::word(text, start).len();
        if let Some(value) = text.get(at..end).and_then(viet::numbers::ordinal) {
            best = Some((value.to_string(), end));
        }
    }
    best
}

/// "I", "số 01", "IIA", "II-1", "1.2".
fn annex(text: &str, at: usize) -> Option<(String, usize)> {
    let start = super::lexis::eat(text, at, "số").map_or(at, |end| spaces(text, end));
    let run = super::lexis::word(text, start);
    let mut number = group_number(run)?;
    let mut end = start + run.len();
    while matches!(letter(text, end), Some('-' | '.' | '–')) {
        let sign = letter(text, end).map_or(1, char::len_utf8);
        let Some((more, after)) = digits(text, end + sign, 3) else {
            break;
        };
        number = format!("{number}-{more}");
        end = after;
    }
    let word_follows = !run.starts_with(|c: char| c.is_ascii_digit())
        && run.chars().count() == 1
        && rest(text, spaces(text, end)).starts_with(|c: char| c.is_uppercase())
        && viet::numbers::roman(run).is_none();
    (ends_word(text, end) && !word_follows).then_some((number, end))
}
