//! Numbers in the ways Word counts (ISO/IEC 29500-1 §17.18.59).

use viet::numbers;

/// A way to write numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum Format {
    #[default]
    Decimal,
    /// Padded with zeros to this many digits.
    Padded(usize),
    UpperRoman,
    LowerRoman,
    UpperLetter,
    LowerLetter,
    /// "một", "hai", with a capital or not.
    Words(bool),
    /// "thứ nhất", "thứ hai".
    Ordinal,
    /// ①, ②; plain digits beyond 20.
    Circled,
    /// "- 1 -"
    Dashed,
    /// *, †, ‡, §, then doubled.
    Signs,
    Hex,
    Bullet,
    None,
}

impl Format {
    /// The format that DOCX calls by this name; decimal for formats of other scripts.
    /// `pattern` is what a format named "custom" spells out: "001, 002, 003, …".
    pub(crate) fn named(name: &str, pattern: &str) -> Self {
        match name {
            "decimalZero" => Self::Padded(2),
            "custom" => {
                let first = pattern.split(',').next().unwrap_or_default().trim();
                match first.bytes().all(|b| b.is_ascii_digit()).then_some(first.len()) {
                    Some(width @ 2..=9) => Self::Padded(width),
                    _ => Self::Decimal,
                }
            }
            "upperRoman" => Self::UpperRoman,
            "lowerRoman" => Self::LowerRoman,
            "upperLetter" => Self::UpperLetter,
            "lowerLetter" => Self::LowerLetter,
            "cardinalText" => Self::Words(true),
            "vietnameseCounting" => Self::Words(false),
            "ordinalText" => Self::Ordinal,
            "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => Self::Circled,
            "numberInDash" => Self::Dashed,
            "chicago" => Self::Signs,
            "hex" => Self::Hex,
            "bullet" => Self::Bullet,
            "none" => Self::None,
            _ => Self::Decimal,
        }
    }

    /// The format of a number code of binary files ([MS-OSHARED] 2.2.1.3 `MSONFC`).
    pub(crate) fn coded(code: u8) -> Self {
        Self::named(
            match code {
                1 => "upperRoman",
                2 => "lowerRoman",
                3 => "upperLetter",
                4 => "lowerLetter",
                6 => "cardinalText",
                7 => "ordinalText",
                8 => "hex",
                9 => "chicago",
                18 | 28 => "decimalEnclosedCircle",
                22 => "decimalZero",
                23 => "bullet",
                56 => "vietnameseCounting",
                57 => "numberInDash",
                255 => "none",
                _ => "decimal",
            },
            "",
        )
    }

    /// The number as printed; `legal` sets every number in Arabic digits (`w:isLgl`).
    pub(crate) fn print(&self, number: i64, legal: bool) -> String {
        let plain = || number.to_string();
        let Ok(value) = u32::try_from(number) else {
            return plain();
        };
        let or_plain = |text: Option<String>| text.filter(|text| !text.is_empty()).unwrap_or_else(plain);
        match self {
            Self::Bullet | Self::None => String::new(),
            _ if legal => plain(),
            Self::Decimal => plain(),
            Self::Padded(width) => format!("{value:0width$}"),
            Self::UpperRoman => or_plain(Some(numbers::to_roman(value))),
            Self::LowerRoman => or_plain(Some(numbers::to_roman(value).to_lowercase())),
            Self::UpperLetter => or_plain(letters(value, 'A')),
            Self::LowerLetter => or_plain(letters(value, 'a')),
            Self::Words(capital) => {
                or_plain(numbers::words(value).map(|words| first_letter(words, *capital)))
            }
            Self::Ordinal => or_plain(numbers::to_ordinal(value).map(|words| first_letter(words, true))),
            Self::Circled => or_plain(circled(value)),
            Self::Dashed => format!("- {value} -"),
            Self::Signs => or_plain(signs(value)),
            Self::Hex => format!("{value:X}"),
        }
    }
}

/// a … z, then aa, bb … as Word counts, not aa, ab.
fn letters(number: u32, first: char) -> Option<String> {
    let place = number.checked_sub(1)?;
    let letter = char::from_u32(u32::from(first) + place % 26)?;
    let times = usize::try_from(place / 26).ok()?.min(30) + 1;
    Some(letter.to_string().repeat(times))
}

fn circled(number: u32) -> Option<String> {
    let place = number.checked_sub(1).filter(|place| *place < 20)?;
    char::from_u32(0x2460 + place).map(String::from)
}

fn signs(number: u32) -> Option<String> {
    let place = usize::try_from(number.checked_sub(1)?).ok()?;
    let sign = ["*", "†", "‡", "§"].get(place % 4)?;
    Some(sign.repeat((place / 4).min(30) + 1))
}

fn first_letter(words: String, capital: bool) -> String {
    let mut chars = words.chars();
    match chars.next() {
        Some(first) if capital => first.to_uppercase().chain(chars).collect(),
        _ => words,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_word_writes_them() {
        let rows: [(Format, i64, &str); 16] = [
            (Format::Decimal, 12, "12"),
            (Format::Padded(2), 7, "07"),
            (Format::Padded(3), 1234, "1234"),
            (Format::UpperRoman, 14, "XIV"),
            (Format::LowerRoman, 4, "iv"),
            (Format::UpperLetter, 3, "C"),
            (Format::LowerLetter, 26, "z"),
            (Format::LowerLetter, 28, "bb"),
            (Format::LowerLetter, 0, "0"),
            (Format::Words(true), 21, "Hai mươi mốt"),
            (Format::Ordinal, 1, "Thứ nhất"),
            (Format::Circled, 20, "⑳"),
            (Format::Circled, 21, "21"),
            (Format::Signs, 6, "††"),
            (Format::Decimal, -3, "-3"),
            (Format::None, 5, ""),
        ];
        for (format, number, printed) in rows {
            assert_eq!(format.print(number, false), printed, "{format:?}");
        }
        assert_eq!(Format::UpperRoman.print(14, true), "14");
    }
}
