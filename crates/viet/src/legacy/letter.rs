//! A Vietnamese letter as base, shape and tone.

use unicode_normalization::UnicodeNormalization;

pub(super) const CIRCUMFLEX: char = '\u{302}';
pub(super) const BREVE: char = '\u{306}';
pub(super) const HORN: char = '\u{31b}';

/// The five marked tones: huyền, sắc, hỏi, ngã, nặng.
pub(super) const TONES: [char; 5] = ['\u{300}', '\u{301}', '\u{309}', '\u{303}', '\u{323}'];

/// `ậ` is base `a`, shape circumflex, tone dot below. `đ` is its own base.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Letter {
    pub base: char,
    pub shape: Option<char>,
    pub tone: Option<char>,
}

impl Letter {
    /// Takes a composed character apart; other characters are bases alone.
    pub(super) fn of(c: char) -> Self {
        let plain = Self {
            base: c,
            shape: None,
            tone: None,
        };
        if c.is_ascii() {
            return plain;
        }
        let mut parts = c.nfd();
        let Some(base) = parts.next() else { return plain };
        let mut letter = Self { base, ..plain };
        for mark in parts {
            match mark {
                CIRCUMFLEX | BREVE | HORN => letter.shape = Some(mark),
                _ if TONES.contains(&mark) => letter.tone = Some(mark),
                _ => return plain,
            }
        }
        letter
    }

    /// Base and shape composed, tone left out.
    pub(super) fn toneless(self) -> char {
        compose(self.base, self.shape, None)
    }

    /// The composed character.
    pub(super) fn composed(self) -> char {
        compose(self.base, self.shape, self.tone)
    }
}

fn compose(base: char, shape: Option<char>, tone: Option<char>) -> char {
    let join = |c, mark: Option<char>| match mark {
        Some(mark) => unicode_normalization::char::compose(c, mark).unwrap_or(c),
        None => c,
    };
    // Unicode composes ậ and ặ from ạ, but ợ and ự from ơ and ư.
    if tone == Some(TONES[4]) && shape != Some(HORN) {
        join(join(base, tone), shape)
    } else {
        join(join(base, shape), tone)
    }
}

/// Every tone as a combining character of its own after its letter, shapes kept composed.
pub(super) fn tones_apart(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        let letter = Letter::of(c);
        out.push(letter.toneless());
        out.extend(letter.tone);
    }
    out
}
