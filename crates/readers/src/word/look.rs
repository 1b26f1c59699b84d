//! How a run looks, as far as text and structure need it.

use legal::model::Align;

use super::font::Font;
use crate::inline::Style;

/// Formatting of a run at one level; `None` where that level is silent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Look {
    pub bold: Option<bool>,
    pub italic: Option<bool>,
    pub caps: Option<bool>,
    pub hidden: Option<bool>,
    pub raise: Option<Raise>,
    pub font: Option<Font>,
}

/// Where text stands on its line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Raise {
    Base,
    Sup,
    Sub,
}

impl Look {
    /// This level over a lower one of the same kind.
    pub(crate) fn over(self, lower: Self) -> Self {
        Self {
            bold: self.bold.or(lower.bold),
            italic: self.italic.or(lower.italic),
            caps: self.caps.or(lower.caps),
            hidden: self.hidden.or(lower.hidden),
            raise: self.raise.or(lower.raise),
            font: self.font.or(lower.font),
        }
    }

    /// A character style over a paragraph style: switches of both cancel each other (§17.7.3).
    pub(crate) fn toggled(self, lower: Self) -> Self {
        let toggle = |upper: Option<bool>, lower: Option<bool>| match (upper, lower) {
            (Some(upper), Some(lower)) => Some(upper != lower),
            (upper, lower) => upper.or(lower),
        };
        Self {
            bold: toggle(self.bold, lower.bold),
            italic: toggle(self.italic, lower.italic),
            caps: toggle(self.caps, lower.caps),
            hidden: toggle(self.hidden, lower.hidden),
            ..self.over(lower)
        }
    }

    /// The same in another font.
    pub(crate) fn set_in(self, font: Option<Font>) -> Self {
        Self { font, ..self }
    }

    /// Raised as Word sets `m:sup`, lowered as `m:sub`.
    pub(crate) fn raised(self, up: bool) -> Self {
        Self {
            raise: Some(if up { Raise::Sup } else { Raise::Sub }),
            ..self
        }
    }

    /// As a paragraph is gathered.
    pub(crate) fn style(self, align: Align) -> Style {
        Style {
            bold: self.bold == Some(true),
            italic: self.italic == Some(true),
            sup: self.raise == Some(Raise::Sup),
            sub: self.raise == Some(Raise::Sub),
            align,
            hidden: self.hidden == Some(true),
        }
    }
}
