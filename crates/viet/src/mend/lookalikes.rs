//! Characters that print like the right one but are another.

use super::Mended;

/// Letters that no Vietnamese text means: Icelandic eth for đ, Latin oi for ư.
pub(super) fn letters(text: &str, log: &mut Mended) -> Option<String> {
    if !text
        .chars()
        .any(|c| matches!(c, 'Ð' | 'ð' | 'ƣ' | 'Ƣ' | 'Ɖ' | 'ɖ'))
    {
        return None;
    }
    let mended: String = text
        .chars()
        .map(|c| {
            let (code, right) = match c {
                'Ð' | 'Ɖ' => ("eth", 'Đ'),
                'ð' | 'ɖ' => ("eth", 'đ'),
                'ƣ' => ("u-horn", 'ư'),
                'Ƣ' => ("u-horn", 'Ư'),
                other => return other,
            };
            log.add(code, 1, || format!("{c} (U+{:04X}) → {right}", u32::from(c)));
            right
        })
        .collect();
    // ư made of ƣ may now compose with a following tone.
    Some(super::nfc(&mended))
}

/// Cyrillic and Greek letters inside words and numbers that are otherwise Latin.
pub(super) fn words(text: &str, log: &mut Mended) -> Option<String> {
    if !text.chars().any(is_foreign) {
        return None;
    }
    let mut out = String::with_capacity(text.len());
    for word in text.split_inclusive(char::is_whitespace) {
        let mended = if is_mixed(word) {
            latin(word)
        } else {
            word.to_owned()
        };
        let count = word.chars().zip(mended.chars()).filter(|(a, b)| a != b).count();
        log.add("lookalike", u32::try_from(count).unwrap_or(u32::MAX), || {
            format!("{} → {}", word.trim_end(), mended.trim_end())
        });
        out.push_str(&mended);
    }
    // о + horn composes once the letter is Latin.
    (out != text).then(|| super::nfc(&out))
}

fn is_foreign(c: char) -> bool {
    matches!(c, '\u{370}'..='\u{3ff}' | '\u{400}'..='\u{4ff}')
}

/// A word with Latin letters in which every foreign letter has a Latin double.
/// One Greek letter beside Latin ones ("μm", "αB") is a sign of science, so Greek
/// counts only in capitals, which number formulas and headings use.
fn is_mixed(word: &str) -> bool {
    let mut latin = 0;
    for c in word.chars() {
        if is_foreign(c) {
            if double(c).is_none() {
                return false;
            }
        } else if c.is_alphabetic() {
            latin += 1;
        }
    }
    latin > 0 && word.chars().any(is_foreign)
}

fn latin(word: &str) -> String {
    word.chars().map(|c| double(c).unwrap_or(c)).collect()
}

fn double(c: char) -> Option<char> {
    let right = match c {
        'А' | 'Α' => 'A',
        'В' | 'Β' => 'B',
        'С' => 'C',
        'Е' | 'Ε' => 'E',
        'Н' | 'Η' => 'H',
        'І' | 'Ι' => 'I',
        'Ј' => 'J',
        'К' | 'Κ' => 'K',
        'М' | 'Μ' => 'M',
        'Ν' => 'N',
        'О' | 'Ο' => 'O',
        'Р' | 'Ρ' => 'P',
        'Ѕ' => 'S',
        'Т' | 'Τ' => 'T',
        'Х' | 'Χ' => 'X',
        'Ү' | 'Υ' => 'Y',
        'Ζ' => 'Z',
        'а' => 'a',
        'с' => 'c',
        'е' => 'e',
        'һ' => 'h',
        'і' => 'i',
        'ј' => 'j',
        'о' | 'ο' => 'o',
        'р' => 'p',
        'ѕ' => 's',
        'у' => 'y',
        'х' => 'x',
        'ѵ' => 'v',
        _ => return None,
    };
    Some(right)
}
