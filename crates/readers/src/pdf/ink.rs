//! What stands on a page: words with their places, and straight rules. Coordinates are points
//! from the top left corner of the page as a reader holds it.

use super::matrix::Matrix;

/// Type smaller than this is no text anyone reads.
const SMALLEST: f32 = 1.5;
/// Words of one page that are kept.
const WORDS: usize = 60_000;
/// Bytes of their letters that are kept.
const LETTERS: usize = 2 << 20;
/// Rules of one page that are kept.
const RULES: usize = 20_000;
/// A filled shape no thicker than this is a rule.
const THIN: f32 = 2.6;

/// Letters set without a gap in one font.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Word {
    pub text: String,
    pub x0: f32,
    pub x1: f32,
    /// Baseline.
    pub y: f32,
    /// Type size.
    pub size: f32,
    pub bold: bool,
    pub italic: bool,
    /// Set with a text rise.
    pub raised: bool,
    /// A space was set before it.
    pub spaced: bool,
    /// Above or below the line it stands in.
    pub script: Script,
}

/// Where a word stands in its line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Script {
    #[default]
    Plain,
    Super,
    Sub,
}

/// A straight rule, horizontal or vertical.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Rule {
    /// Place across: y of a horizontal rule, x of a vertical one.
    pub at: f32,
    pub from: f32,
    pub to: f32,
}

/// One page.
#[derive(Clone, Debug, Default)]
pub(super) struct Ink {
    pub width: f32,
    pub height: f32,
    pub words: Vec<Word>,
    pub across: Vec<Rule>,
    pub down: Vec<Rule>,
    /// Bytes of the letters of all words.
    pub letters: usize,
    /// Letters whose font does not tell their text.
    pub unknown: usize,
    open: bool,
    /// Where the last space ended: x and baseline.
    space: Option<(f32, f32)>,
}

/// How a letter is set.
#[derive(Clone, Copy, Debug)]
pub(super) struct Setting {
    pub size: f32,
    pub bold: bool,
    pub italic: bool,
    pub raised: bool,
}

impl Ink {
    /// An empty page.
    pub(super) fn new(width: f32, height: f32) -> Self {
        Self {
            width,
            height,
            ..Self::default()
        }
    }

    /// Sets text whose advance runs from `x0` to `x1` on the baseline `y`.
    pub(super) fn letter(&mut self, text: &str, (x0, x1): (f32, f32), y: f32, set: Setting) {
        let inside = (-1.0..=self.width + 1.0).contains(&x0) && (-1.0..=self.height + 1.0).contains(&y);
        let full = self.words.len() >= WORDS || self.letters >= LETTERS;
        if !inside || set.size < SMALLEST || !x1.is_finite() || full {
            self.open = false;
            return;
        }
        if text.chars().all(char::is_whitespace) {
            self.open = false;
            self.space = Some((x1, y));
            return;
        }
        self.letters += text.len();
        if self.open
            && let Some(word) = self.words.last_mut()
            && continues(word, text, x0, y, set)
        {
            word.text.push_str(text);
            word.x1 = word.x1.max(x1);
            return;
        }
        // Letters of a second font may be drawn after the whole line: a space is before what it touches.
        let near = |(end, line): (f32, f32)| (x0 - end).abs() < 0.3 * set.size && (y - line).abs() < set.size;
        let spaced = self.space.take().is_some_and(near);
        self.words.push(Word {
            text: text.to_owned(),
            x0,
            x1: x1.max(x0),
            y,
            size: set.size,
            bold: set.bold,
            italic: set.italic,
            raised: set.raised,
            spaced,
            script: Script::Plain,
        });
        self.open = true;
    }

    /// Draws the outline of a filled shape or the segment of a stroked one, given by its corners.
    pub(super) fn shape(&mut self, corners: &[(f32, f32)]) {
        let Some(first) = corners.first() else { return };
        let start = (first.0, first.1, first.0, first.1);
        let (x0, y0, x1, y1) = corners.iter().fold(start, |(x0, y0, x1, y1), (x, y)| {
            (x0.min(*x), y0.min(*y), x1.max(*x), y1.max(*y))
        });
        let (width, height) = (x1 - x0, y1 - y0);
        if height <= THIN && width > height * 2.0 && width > 3.0 && self.across.len() < RULES {
            self.across.push(Rule {
                at: f32::midpoint(y0, y1),
                from: x0,
                to: x1,
            });
        } else if width <= THIN && height > width * 2.0 && height > 3.0 && self.down.len() < RULES {
            self.down.push(Rule {
                at: f32::midpoint(x0, x1),
                from: y0,
                to: y1,
            });
        }
    }

    /// Turns everything by a transform into a page of the given size.
    pub(super) fn turned(self, by: Matrix, width: f32, height: f32) -> Self {
        let mut page = Self::new(width, height);
        page.unknown = self.unknown;
        for rule in &self.across {
            page.shape(&[by.apply(rule.from, rule.at), by.apply(rule.to, rule.at)]);
        }
        for rule in &self.down {
            page.shape(&[by.apply(rule.at, rule.from), by.apply(rule.at, rule.to)]);
        }
        page
    }
}

/// Whether a letter goes on the word: same type, same line, no gap.
fn continues(word: &Word, text: &str, x0: f32, y: f32, set: Setting) -> bool {
    let same = word.bold == set.bold
        && word.italic == set.italic
        && word.raised == set.raised
        && (word.size - set.size).abs() < 0.06 * set.size
        && (word.y - y).abs() < 0.05 * set.size;
    let mark = text.chars().all(|c| ('\u{300}'..='\u{36f}').contains(&c));
    let gap = x0 - word.x1;
    same && (mark || (-0.35 * set.size..0.12 * set.size).contains(&gap))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SET: Setting = Setting {
        size: 10.0,
        bold: false,
        italic: false,
        raised: false,
    };

    #[test]
    fn letters_become_words_at_gaps_and_spaces() {
        let mut ink = Ink::new(500.0, 700.0);
        for (text, x0, x1) in [
            ("Đ", 10.0, 17.0),
            ("i", 17.0, 20.0),
            (" ", 20.0, 22.5),
            ("5", 22.5, 27.5),
            ("9", 40.0, 45.0),
        ] {
            ink.letter(text, (x0, x1), 50.0, SET);
        }
        let words: Vec<(&str, bool)> = ink
            .words
            .iter()
            .map(|word| (word.text.as_str(), word.spaced))
            .collect();
        assert_eq!(words, [("Đi", false), ("5", true), ("9", false)]);
    }

    #[test]
    fn a_space_belongs_to_the_letter_it_touches() {
        let mut ink = Ink::new(500.0, 700.0);
        // "Điều 5" with the ề of another font, drawn last.
        for (text, x0, x1) in [
            ("Đ", 10.0, 17.0),
            ("i", 17.0, 20.0),
            ("u", 25.0, 30.0),
            (" ", 30.0, 32.5),
            ("ề", 20.0, 25.0),
            ("5", 32.5, 37.5),
        ] {
            ink.letter(text, (x0, x1), 50.0, SET);
        }
        assert!(ink.words.iter().all(|word| !word.spaced), "{:?}", ink.words);
    }

    #[test]
    fn thin_shapes_are_rules_and_frames_are_not() {
        let mut ink = Ink::new(500.0, 700.0);
        ink.shape(&[(10.0, 10.0), (100.0, 10.0), (100.0, 10.5), (10.0, 10.5)]);
        ink.shape(&[(10.0, 10.0), (10.0, 60.0)]);
        ink.shape(&[(10.0, 10.0), (100.0, 100.0)]);
        assert_eq!((ink.across.len(), ink.down.len()), (1, 1));
    }
}
