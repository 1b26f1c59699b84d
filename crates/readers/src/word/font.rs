//! Fonts that make other letters of the characters in a file: signs, and Vietnamese before Unicode.

use viet::legacy::{self, Capitals, Encoding};

/// What a font makes of characters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Font {
    /// Shows what is written.
    #[default]
    Unicode,
    /// Greek letters and signs of mathematics.
    Symbol,
    /// Pictures: boxes, ticks, arrows.
    Wingdings,
    Wingdings2,
    /// Vietnamese in an old encoding.
    Old(Encoding, Capitals),
}

impl Font {
    /// The font of a run that names one for plain letters and one for the other letters of Latin script.
    pub(crate) fn of_pair(ascii: Option<Self>, other: Option<Self>) -> Option<Self> {
        match (ascii, other) {
            // Signs are meant only where plain letters too are set in the font of signs.
            (Some(Self::Unicode), Some(Self::Symbol | Self::Wingdings | Self::Wingdings2)) => {
                Some(Self::Unicode)
            }
            (ascii, other) => other.or(ascii),
        }
    }

    /// The font of this name.
    pub(crate) fn named(name: &str) -> Self {
        match name.trim().to_ascii_lowercase().as_str() {
            "symbol" => Self::Symbol,
            "wingdings" => Self::Wingdings,
            "wingdings 2" => Self::Wingdings2,
            _ => legacy::by_font(name).map_or(Self::Unicode, |(encoding, capitals)| {
                Self::Old(encoding, capitals)
            }),
        }
    }

    /// The sign that a font of signs shows for a character.
    pub(crate) fn sign(self, c: char) -> char {
        let code = match u32::from(c) {
            code @ 0xf000..=0xf0ff => code - 0xf000,
            code @ 0x20..=0xff => code,
            _ => return c,
        };
        let known = match self {
            Self::Symbol => symbol(code),
            Self::Wingdings => lookup(WINGDINGS, code),
            Self::Wingdings2 => lookup(WINGDINGS_2, code),
            Self::Unicode | Self::Old(..) => return c,
        };
        // A letter without a known sign stays recognisable as a sign of its font.
        known.or_else(|| char::from_u32(0xf000 + code)).unwrap_or(c)
    }

    /// A font whose characters are signs.
    pub(crate) fn is_signs(self) -> bool {
        matches!(self, Self::Symbol | Self::Wingdings | Self::Wingdings2)
    }
}

/// Adobe Symbol from 0x20 and from 0xA0 on.
const SYMBOL_LOW: &str =
    " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼";
const SYMBOL_HIGH: &str = "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪\u{f8ff}〉∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭";

fn symbol(code: u32) -> Option<char> {
    let (table, place) = match code {
        0x20..=0x7e => (SYMBOL_LOW, code - 0x20),
        0xa0..=0xfe => (SYMBOL_HIGH, code - 0xa0),
        _ => return None,
    };
    table.chars().nth(usize::try_from(place).ok()?)
}

/// The signs of Wingdings that forms and lists use.
const WINGDINGS: &[(u32, char)] = &[
    (0x20, ' '),
    (0x28, '☎'),
    (0x2a, '✉'),
    (0x46, '☞'),
    (0x6c, '●'),
    (0x6e, '■'),
    (0x6f, '□'),
    (0x70, '□'),
    (0x71, '□'),
    (0x72, '□'),
    (0x75, '◆'),
    (0x76, '❖'),
    (0x77, '◆'),
    (0x9f, '•'),
    (0xa0, '▪'),
    (0xa1, '○'),
    (0xa7, '▪'),
    (0xa8, '□'),
    (0xd8, '➢'),
    (0xdf, '←'),
    (0xe0, '→'),
    (0xe1, '↑'),
    (0xe2, '↓'),
    (0xe8, '→'),
    (0xf0, '⇨'),
    (0xfb, '✗'),
    (0xfc, '✓'),
    (0xfd, '☒'),
    (0xfe, '☑'),
];
const WINGDINGS_2: &[(u32, char)] = &[
    (0x20, ' '),
    (0x4f, '✗'),
    (0x50, '✓'),
    (0x51, '☒'),
    (0x52, '☑'),
    (0x54, '☒'),
    (0x97, '●'),
    (0xa2, '■'),
    (0xa3, '□'),
];

fn lookup(table: &[(u32, char)], code: u32) -> Option<char> {
    table.iter().find(|(own, _)| *own == code).map(|(_, sign)| *sign)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_of_signs_are_whole() {
        assert_eq!(SYMBOL_LOW.chars().count(), 0x5f);
        assert_eq!(SYMBOL_HIGH.chars().count(), 0x5f);
        for (code, sign) in [
            (0xf0a3, '≤'),
            (0xf0b3, '≥'),
            (0xf06d, 'μ'),
            (0xf0b4, '×'),
            (0xf0e5, '∑'),
            (0xf0b7, '•'),
        ] {
            assert_eq!(Font::Symbol.sign(char::from_u32(code).unwrap_or(' ')), sign);
        }
        assert_eq!(Font::Wingdings.sign('\u{f0a8}'), '□');
        assert_eq!(Font::Wingdings.sign('ế'), 'ế');
        assert_eq!(Font::Unicode.sign('a'), 'a');
    }
}
