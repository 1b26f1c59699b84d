//! VIQR: `^ ( +` for shapes, `` ` ' ? ~ . `` for tones, `dd` for đ, `\` before a sign that is none.
//!
//! As RFC 1456 says, a sign after a vowel is a mark unless escaped, at the end of a sentence too.

use super::letter::{BREVE, CIRCUMFLEX, HORN, Letter, TONES};

const SHAPES: [(char, char); 4] = [('^', CIRCUMFLEX), ('(', BREVE), ('+', HORN), ('*', HORN)];
const SIGNS: [(char, char); 5] = [
    ('`', TONES[0]),
    ('\'', TONES[1]),
    ('?', TONES[2]),
    ('~', TONES[3]),
    ('.', TONES[4]),
];

pub(super) fn decode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut before: Option<Letter> = None;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if c == '\\' && chars.peek().is_some_and(|next| is_special(*next)) {
            out.extend(chars.next());
            before = None;
            continue;
        }
        if let Some(letter) = before.and_then(|letter| mark(letter, c)) {
            out.pop();
            out.push(letter.composed());
            before = Some(letter);
            continue;
        }
        if matches!(c, 'd' | 'D') && before.is_some_and(|letter| letter.base.eq_ignore_ascii_case(&'d')) {
            let capital = before.is_some_and(|letter| letter.base == 'D');
            out.pop();
            out.push(if capital { 'Đ' } else { 'đ' });
            before = None;
            continue;
        }
        out.push(c);
        before = Some(Letter::of(c));
    }
    out
}

fn is_special(c: char) -> bool {
    c == '\\' || matches!(c, 'd' | 'D') || SHAPES.iter().chain(&SIGNS).any(|row| row.0 == c)
}

fn mark(letter: Letter, sign: char) -> Option<Letter> {
    let base = letter.base.to_ascii_lowercase();
    if let Some((_, tone)) = SIGNS.iter().find(|row| row.0 == sign) {
        let vowel = matches!(base, 'a' | 'e' | 'i' | 'o' | 'u' | 'y');
        return (vowel && letter.tone.is_none()).then_some(Letter {
            tone: Some(*tone),
            ..letter
        });
    }
    let (_, shape) = SHAPES.iter().find(|row| row.0 == sign)?;
    let fits = match *shape {
        CIRCUMFLEX => matches!(base, 'a' | 'e' | 'o'),
        BREVE => base == 'a',
        _ => matches!(base, 'o' | 'u'),
    };
    (fits && letter.shape.is_none() && letter.tone.is_none()).then_some(Letter {
        shape: Some(*shape),
        ..letter
    })
}

pub(super) fn encode(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    let mut before: Option<Letter> = None;
    for c in text.chars() {
        match c {
            'đ' => out.push_str("dd"),
            'Đ' => out.push_str("DD"),
            _ => {
                let letter = Letter::of(c);
                let ambiguous = before.is_some_and(|last| {
                    mark(last, c).is_some()
                        || (last.base.eq_ignore_ascii_case(&'d') && matches!(c, 'd' | 'D'))
                });
                if ambiguous || c == '\\' {
                    out.push('\\');
                }
                out.push(letter.base);
                out.extend(sign(&SHAPES, letter.shape));
                out.extend(sign(&SIGNS, letter.tone));
                before = Some(letter);
                continue;
            }
        }
        before = None;
    }
    out
}

fn sign(signs: &[(char, char)], mark: Option<char>) -> Option<char> {
    let mark = mark?;
    signs.iter().find(|row| row.1 == mark).map(|row| row.0)
}
