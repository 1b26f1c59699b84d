//! VNI for Windows: vowels followed by a byte that carries shape, tone or both.

use super::letter::{BREVE, CIRCUMFLEX, HORN, Letter, TONES};
use super::tables;

/// Marks by byte (small form): shape and tone that it adds to the letter before it.
const MARKS: [(char, Option<char>, Option<char>); 17] = [
    ('ø', None, Some(TONES[0])),
    ('ù', None, Some(TONES[1])),
    ('û', None, Some(TONES[2])),
    ('õ', None, Some(TONES[3])),
    ('ï', None, Some(TONES[4])),
    ('â', Some(CIRCUMFLEX), None),
    ('à', Some(CIRCUMFLEX), Some(TONES[0])),
    ('á', Some(CIRCUMFLEX), Some(TONES[1])),
    ('å', Some(CIRCUMFLEX), Some(TONES[2])),
    ('ã', Some(CIRCUMFLEX), Some(TONES[3])),
    ('ä', Some(CIRCUMFLEX), Some(TONES[4])),
    ('ê', Some(BREVE), None),
    ('è', Some(BREVE), Some(TONES[0])),
    ('é', Some(BREVE), Some(TONES[1])),
    ('ú', Some(BREVE), Some(TONES[2])),
    ('ü', Some(BREVE), Some(TONES[3])),
    ('ë', Some(BREVE), Some(TONES[4])),
];

/// Letters of one byte.
const SINGLES: [(char, char); 9] = [
    ('ñ', 'đ'),
    ('ô', 'ơ'),
    ('ö', 'ư'),
    ('í', 'í'),
    ('ì', 'ì'),
    ('æ', 'ỉ'),
    ('ó', 'ĩ'),
    ('ò', 'ị'),
    ('î', 'ỵ'),
];

pub(super) fn decode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut before: Option<Letter> = None;
    for c in text.chars() {
        if let Some(marked) = before.and_then(|letter| mark(letter, c)) {
            out.pop();
            out.push(marked.composed());
            before = None;
            continue;
        }
        let letter = Letter::of(single(c));
        out.push(letter.composed());
        before = Some(letter);
    }
    out
}

/// The letter with the mark of `c`; `None` where `c` is no mark of it.
fn mark(letter: Letter, c: char) -> Option<Letter> {
    let small = c.to_lowercase().next()?;
    let (_, shape, tone) = MARKS.iter().find(|row| row.0 == small)?;
    let bare = Letter {
        shape: None,
        ..letter
    };
    let fits = match letter.base.to_ascii_lowercase() {
        'a' => letter.shape.is_none(),
        'e' => letter.shape.is_none() && *shape != Some(BREVE),
        'o' => *shape != Some(BREVE) && (shape.is_none() || letter.shape.is_none()),
        'u' => shape.is_none(),
        'y' => shape.is_none() && *tone != Some(TONES[4]),
        _ => false,
    };
    (fits && letter.tone.is_none()).then(|| Letter {
        shape: shape.or(letter.shape),
        tone: *tone,
        ..bare
    })
}

fn single(c: char) -> char {
    let small = c.to_lowercase().next().unwrap_or(c);
    let Some((_, letter)) = SINGLES.iter().find(|row| row.0 == small) else {
        return c;
    };
    if small == c {
        *letter
    } else {
        letter.to_uppercase().next().unwrap_or(*letter)
    }
}

pub(super) fn encode(text: &str) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    for c in text.chars() {
        encode_letter(c, &mut out);
    }
    out
}

fn encode_letter(c: char, out: &mut Vec<u8>) {
    let small = c.to_lowercase().next().unwrap_or(c);
    let as_typed = |written: char| {
        let written = if small == c {
            written
        } else {
            written.to_uppercase().next().unwrap_or(written)
        };
        tables::byte(written).unwrap_or(b'?')
    };
    if let Some((written, _)) = SINGLES.iter().find(|row| row.1 == small) {
        return out.push(as_typed(*written));
    }
    let letter = Letter::of(small);
    let (base, shape) = match letter.shape {
        Some(HORN) => (if letter.base == 'o' { 'ô' } else { 'ö' }, None),
        shape => (letter.base, shape),
    };
    out.push(as_typed(base));
    if let Some((written, ..)) = MARKS
        .iter()
        .find(|row| (row.1, row.2) == (shape, letter.tone) && (shape, letter.tone) != (None, None))
    {
        out.push(as_typed(*written));
    }
}
