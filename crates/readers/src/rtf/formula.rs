//! Formulas, written in one line as those of Word files are: "a/b", "√(x)", raised and lowered marks.

use crate::word::Raise;

/// What a word of a formula does to the text of its group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// The formula itself.
    Whole,
    /// Its text counts and no more is known of it.
    Plain,
    /// Properties, the degree of a root, a picture of the formula.
    Dropped,
    /// A sign before the text.
    Sign(&'static str),
    /// Text in brackets.
    Brackets,
    Raised(Raise),
}

impl Part {
    /// The part that a word opens; `None` for words that belong to no formula.
    pub(super) fn of(word: &[u8]) -> Option<Self> {
        Some(match word {
            b"mmath" => Self::Whole,
            b"moMath" | b"moMathPara" => Self::Plain,
            b"mmathPict" | b"mdeg" => Self::Dropped,
            b"mden" => Self::Sign("/"),
            b"mrad" => Self::Sign("√"),
            b"md" => Self::Brackets,
            b"msup" => Self::Raised(Raise::Sup),
            b"msub" => Self::Raised(Raise::Sub),
            _ if word.starts_with(b"m") && word.ends_with(b"Pr") => Self::Dropped,
            _ => return None,
        })
    }
}
