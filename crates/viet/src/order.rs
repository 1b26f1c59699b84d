//! The order of the Vietnamese alphabet.

use std::cmp::Ordering;

use unicode_normalization::UnicodeNormalization;

const CIRCUMFLEX: char = '\u{302}';
const BREVE: char = '\u{306}';
const HORN: char = '\u{31b}';
/// Tone marks in dictionary order: huyền, hỏi, ngã, sắc, nặng (ngang has none).
const TONES: [char; 5] = ['\u{300}', '\u{309}', '\u{303}', '\u{301}', '\u{323}'];
/// The letters in order, as base and shape.
const ALPHABET: &str = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz";

/// Compares as a Vietnamese dictionary does: letters first (a ă â b c d đ e ê …),
/// then tones, then case. Digits come before letters, by value where they form numbers.
#[must_use]
pub fn compare(left: &str, right: &str) -> Ordering {
    let (left_key, right_key) = (keys(left), keys(right));
    left_key
        .letters
        .cmp(&right_key.letters)
        .then_with(|| left_key.tones.cmp(&right_key.tones))
        .then_with(|| right.cmp(left))
}

struct Keys {
    letters: Vec<(u8, u64)>,
    tones: Vec<u8>,
}

/// Class and rank of each letter, and its tone. Classes: space 0, other 1, number 2, letter 3.
fn keys(text: &str) -> Keys {
    let mut keys = Keys {
        letters: Vec::new(),
        tones: Vec::new(),
    };
    let mut chars = text.nfd().flat_map(char::to_lowercase).peekable();
    while let Some(c) = chars.next() {
        if let Some(digit) = c.to_digit(10) {
            let mut value = u64::from(digit);
            while let Some(next) = chars.peek().and_then(|n| n.to_digit(10)) {
                value = value.saturating_mul(10).saturating_add(u64::from(next));
                chars.next();
            }
            keys.letters.push((2, value));
            keys.tones.push(0);
            continue;
        }
        let (mut letter, mut tone) = (c, 0);
        while let Some(mark) = chars.next_if(|n| unicode_normalization::char::is_combining_mark(*n)) {
            letter = shaped(letter, mark);
            if let Some(place) = TONES.iter().position(|t| *t == mark) {
                tone = u8::try_from(place + 1).unwrap_or(0);
            }
        }
        keys.letters.push(class(letter));
        keys.tones.push(tone);
    }
    keys
}

fn shaped(letter: char, mark: char) -> char {
    match (letter, mark) {
        ('a', CIRCUMFLEX) => 'â',
        ('a', BREVE) => 'ă',
        ('e', CIRCUMFLEX) => 'ê',
        ('o', CIRCUMFLEX) => 'ô',
        ('o', HORN) => 'ơ',
        ('u', HORN) => 'ư',
        _ => letter,
    }
}

fn class(letter: char) -> (u8, u64) {
    if letter.is_whitespace() {
        return (0, 0);
    }
    match ALPHABET.chars().position(|l| l == letter) {
        Some(place) => (3, place as u64),
        None if letter.is_alphabetic() => (4, u64::from(u32::from(letter))),
        None => (1, u64::from(u32::from(letter))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sorts_as_a_dictionary() {
        let mut words = vec![
            "đa",
            "da",
            "ế",
            "ê",
            "e",
            "ân",
            "ăn",
            "an",
            "Điều 10",
            "Điều 9",
            "ma",
            "mà",
            "mả",
            "mã",
            "má",
            "mạ",
            "man",
        ];
        words.sort_by(|a, b| compare(a, b));
        assert_eq!(
            words,
            [
                "an",
                "ăn",
                "ân",
                "da",
                "đa",
                "Điều 9",
                "Điều 10",
                "e",
                "ê",
                "ế",
                "ma",
                "mà",
                "mả",
                "mã",
                "má",
                "mạ",
                "man"
            ]
        );
    }

    #[test]
    fn decomposed_equals_composed_before_the_last_step() {
        assert_eq!(compare("Hà", "Ha\u{300}i"), Ordering::Less);
        assert_eq!(compare("Hà", "Hà"), Ordering::Equal);
    }
}
