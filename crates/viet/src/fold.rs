//! Folding: what is left of a text when case and marks are dropped.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Lower case, tone and vowel marks dropped, `đ` → `d`.
///
/// Idempotent: `fold(fold(x)) == fold(x)`.
#[must_use]
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let mut out = String::with_capacity(text.len());
    for c in text.nfd().filter(|c| !is_combining_mark(*c)) {
        match c {
            'đ' | 'Đ' | 'ð' | 'Ð' => out.push('d'),
            'ƣ' | 'Ƣ' => out.push('u'),
            // Lower-casing may itself bring a combining mark (İ → i̇).
            _ => out.extend(c.to_lowercase().nfd().filter(|l| !is_combining_mark(*l))),
        }
    }
    out
}

/// The tone marks: huyền, sắc, ngã, hỏi, nặng.
const TONES: [char; 5] = ['\u{300}', '\u{301}', '\u{303}', '\u{309}', '\u{323}'];

/// One syllable in lower case with its tone mark moved to the end, so that "hoà" and "hòa" are one.
#[must_use]
pub fn tone_last(word: &str) -> String {
    let lower = word.to_lowercase();
    let mut tone = None;
    let letters = lower.nfd().filter(|c| {
        let is_tone = TONES.contains(c);
        if is_tone {
            tone = Some(*c);
        }
        !is_tone
    });
    let mut out: String = letters
        .map(|c| match c {
            'ð' => 'đ',
            'ƣ' => 'ư',
            c => c,
        })
        .nfc()
        .collect();
    out.extend(tone);
    out
}

/// Words for an address: folded ASCII letters and digits joined by single hyphens.
///
/// `slug("91/2015/QH13") == "91-2015-qh13"`; empty where nothing is left.
#[must_use]
pub fn slug(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in fold(text).chars() {
        if c.is_ascii_alphanumeric() {
            out.push(c);
        } else if !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
    }
    out.truncate(out.trim_end_matches('-').len());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds_case_and_marks() {
        assert_eq!(fold("Bộ luật Dân sự ĐƯỜNG ð"), "bo luat dan su duong d");
        assert_eq!(fold("Nguye\u{302}\u{303}n"), "nguyen");
        assert_eq!(fold("\u{130}"), "i");
    }

    #[test]
    fn the_place_of_a_tone_is_no_difference() {
        assert_eq!(tone_last("Hoà"), tone_last("hòa"));
        assert_eq!(tone_last("thuỷ"), tone_last("thủy"));
        assert_ne!(tone_last("hoa"), tone_last("hòa"));
        assert_ne!(tone_last("đất"), tone_last("dất"));
    }

    #[test]
    fn slugs_are_plain() {
        assert_eq!(slug("Nghị định số 78/2025/NĐ-CP"), "nghi-dinh-so-78-2025-nd-cp");
        assert_eq!(slug(" – đ – "), "d");
        assert_eq!(slug("…"), "");
    }
}
