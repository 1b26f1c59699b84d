//! Lines → paragraphs: where one ends and the next begins, and the marks of their letters.

use legal::model::{Align, MarkKind, Para};
use viet::Mended;

use super::ink::{Script, Word};
use super::lines::{Line, is_apart};
use super::notes::{Foot, sign_of};
use super::page::Measure;
use crate::inline::{Inline, Style};

/// Bytes above which a paragraph is closed; no sentence of a law comes near it.
const LONGEST: usize = 20_000;

/// A line with the column it stands in.
#[derive(Clone, Debug)]
pub(super) struct Placed {
    pub line: Line,
    pub measure: Measure,
    /// Number of its page from 0.
    pub page: usize,
}

impl Placed {
    fn indent(&self) -> f32 {
        self.line.x0() - self.measure.left
    }

    fn slack(&self) -> f32 {
        self.measure.right - self.line.x1()
    }

    /// Whether a line of another column follows.
    pub(super) fn is_beside(&self, measure: &Measure) -> bool {
        (self.measure.left - measure.left).abs() > 40.0 || (self.measure.right - measure.right).abs() > 60.0
    }

    /// Whether it stands in the middle of its column.
    fn is_centred(&self) -> bool {
        let width = self.measure.right - self.measure.left;
        let (indent, slack, size) = (self.indent(), self.slack(), self.line.size);
        (indent - slack).abs() < 0.1 * width && indent > 2.2 * size && slack > 2.2 * size
    }

    fn align(&self) -> Align {
        if self.is_centred() {
            Align::Center
        } else {
            Align::Start
        }
    }
}

/// Joins lines to paragraphs.
pub(super) fn join(lines: Vec<Placed>, foot: Option<&Foot>, log: &mut Mended) -> Vec<Para> {
    let mut out: Vec<Para> = Vec::new();
    let mut building = Building::default();
    let mut before: Option<Placed> = None;
    for placed in lines {
        let goes_on = before.as_ref().is_some_and(|before| goes_on(before, &placed));
        if !goes_on || building.inline.here() > LONGEST {
            out.extend(building.inline.take(log));
            building = Building {
                align: placed.align(),
                ..Building::default()
            };
        } else if placed.align() == Align::Start {
            building.align = Align::Start;
        }
        building.line(&placed, foot, log);
        before = Some(placed);
    }
    out.extend(building.inline.take(log));
    out
}

/// Whether a line goes on the paragraph of the line before it.
fn goes_on(before: &Placed, line: &Placed) -> bool {
    let (above, text) = (before.line.text(), line.line.text());
    let sentence = ends_sentence(&above);
    let lower = text.chars().next().is_some_and(char::is_lowercase) && !is_point(&text);
    let full = !fits(before, &line.line);
    if sentence && is_item(&text) {
        return false;
    }
    if is_far(before, line) && !(lower && full && !sentence) {
        return false;
    }
    // A title in capitals that fills its line ends before the article below it.
    if legal::structure::is_article(&text) && !above.contains(char::is_lowercase) {
        return false;
    }
    let heading = before.line.is_bold() && !line.line.is_bold() && legal::structure::starts_provision(&above);
    let headed = line.line.is_bold() && !before.line.is_bold() && legal::structure::starts_provision(&text);
    if heading && !lower || headed {
        return false;
    }
    if before.is_centred() || line.is_centred() {
        let same = before.line.is_bold() == line.line.is_bold();
        let bound = text.starts_with("VÀ ") || above.ends_with(['-', '–', ',']) || above.ends_with(" VÀ");
        return (lower || bound) && !sentence && same && (full || before.is_centred());
    }
    let size = line.line.size.max(1.0);
    let level = (line.line.x0() - before.line.x0()).abs() < 2.0;
    if line.indent() > 0.8 * size && (level || line.line.x0() > before.line.x0()) {
        return full && !sentence && !starts_anew(&text) && (lower || level);
    }
    full && !(starts_anew(&text) && sentence && !line.measure.indented)
}

/// Whether more room was left between two lines of a page than between its other lines.
fn is_far(before: &Placed, line: &Placed) -> bool {
    let step = line.line.y - before.line.y;
    before.page == line.page
        && line
            .measure
            .leading
            .is_some_and(|leading| step > 1.3 * leading && step > 1.2 * line.line.size)
}

/// Whether the first word of a line would have found room at the end of the line before.
fn fits(before: &Placed, line: &Line) -> bool {
    let mut end = line.x0();
    let mut last: Option<&Word> = None;
    for word in &line.words {
        if last.is_some_and(|last| is_apart(last, word)) {
            break;
        }
        end = word.x1;
        last = Some(word);
    }
    before.line.x1() + 0.25 * line.size + (end - line.x0()) < before.measure.right - 0.35 * line.size
}

fn ends_sentence(text: &str) -> bool {
    text.trim_end_matches(['”', '"', '’', ')', ' '])
        .ends_with(['.', ';', ':', '!', '?', '…'])
}

/// A line that begins a paragraph of its own where the one before has ended.
fn starts_anew(text: &str) -> bool {
    let bare = text.trim_start_matches(['“', '"', '‘']);
    text.len() > bare.len()
        || legal::structure::starts_provision(bare)
        || bare.starts_with(['-', '–', '+', '•', '*', '(', '['])
}

/// "- …": an item, where the line before has ended.
fn is_item(text: &str) -> bool {
    ["- ", "– ", "+ "].iter().any(|sign| text.starts_with(sign))
}

/// "a) …", whose letter is small though it begins a paragraph.
fn is_point(text: &str) -> bool {
    text.chars().take(4).any(|c| c == ')')
}

/// A paragraph under construction.
#[derive(Default)]
struct Building {
    inline: Inline,
    align: Align,
    /// The last word as printed.
    last: Option<Word>,
    /// Text since the last space.
    tail: String,
}

impl Building {
    fn line(&mut self, placed: &Placed, foot: Option<&Foot>, log: &mut Mended) {
        let broken = is_broken_word(&self.tail, &placed.line);
        for (place, word) in placed.line.words.iter().enumerate() {
            let apart = match &self.last {
                Some(_) if place == 0 => !broken,
                Some(last) => is_apart(last, word),
                None => false,
            };
            if apart {
                self.space(word, log);
            }
            self.word(word, placed.page, foot, log);
            self.last = Some(word.clone());
        }
    }

    /// A space, set as both its neighbours are.
    fn space(&mut self, word: &Word, log: &mut Mended) {
        let last = self.last.as_ref();
        let style = Style {
            bold: word.bold && last.is_some_and(|last| last.bold),
            italic: word.italic && last.is_some_and(|last| last.italic),
            align: self.align,
            ..Style::default()
        };
        self.inline.push(" ", &style, log);
        self.tail.clear();
    }

    fn word(&mut self, word: &Word, page: usize, foot: Option<&Foot>, log: &mut Mended) {
        let note = (word.script == Script::Super && !is_unit(&self.tail))
            .then(|| sign_of(&word.text))
            .flatten()
            .and_then(|sign| Some((foot?.find(page, &sign)?.to_owned(), sign)));
        if let Some((id, sign)) = note {
            let start = self.inline.here();
            let style = Style {
                align: self.align,
                ..Style::default()
            };
            // In brackets, so that "5.¹²" does not read "5.12" where marks are not shown.
            self.inline.push(&format!("[{sign}]"), &style, log);
            self.inline.add(MarkKind::Note(id), start);
            return;
        }
        let style = Style {
            bold: word.bold,
            italic: word.italic,
            sup: word.script == Script::Super,
            sub: word.script == Script::Sub,
            align: self.align,
            hidden: false,
        };
        self.inline.push(&word.text, &style, log);
        self.tail.push_str(&word.text);
    }
}

/// Whether a text ends in a unit whose raised figure is a power: m², cm³.
fn is_unit(tail: &str) -> bool {
    let word = tail.rsplit(['/', '(', '.']).next().unwrap_or_default();
    let unit = word.trim_start_matches(|c: char| c.is_ascii_digit() || c == ',');
    matches!(unit, "m" | "km" | "dm" | "cm" | "mm" | "s" | "Nm" | "R")
}

/// Whether a line was broken inside a number or a compound: "06/2024/" + "TT-BTC".
fn is_broken_word(text: &str, line: &Line) -> bool {
    let mut ends = text.chars().rev();
    let (last, before) = (ends.next(), ends.next());
    let next = line.words.first().and_then(|word| word.text.chars().next());
    matches!(last, Some('/' | '-' | '–'))
        && before.is_some_and(char::is_alphanumeric)
        && next.is_some_and(char::is_alphanumeric)
}
