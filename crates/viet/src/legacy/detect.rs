//! Which old encoding a text is in: the reading that gives Vietnamese syllables.

use super::{Encoding, decode, syllable};

/// How Vietnamese a text reads.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// Words, abbreviations left out.
    pub words: u32,
    /// Words that are possible syllables.
    pub possible: u32,
    /// Possible syllables with a Vietnamese mark.
    pub marked: u32,
    /// Marked words that are no possible syllable.
    pub broken: u32,
    /// Signs that laws do not use, such as `©` or `¬`.
    pub odd: u32,
}

impl Reading {
    /// Reads a text as it stands.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let mut reading = Self::default();
        for word in text.split(|c: char| !c.is_alphabetic()) {
            reading.word(word);
        }
        let odd = text.chars().filter(|c| is_odd(*c)).count();
        reading.odd = u32::try_from(odd).unwrap_or(u32::MAX);
        reading
    }

    fn word(&mut self, word: &str) {
        if word.is_empty() || is_abbreviation(word) {
            return;
        }
        self.words += 1;
        let lower = word.to_lowercase();
        let possible = syllable::is_possible(&lower) && is_cased(word);
        self.possible += u32::from(possible);
        if !word.is_ascii() {
            self.marked += u32::from(possible);
            self.broken += u32::from(!possible);
        }
    }

    /// What speaks for the reading less what speaks against it.
    fn score(self) -> i64 {
        i64::from(self.marked) - 2 * i64::from(self.broken) - i64::from(self.odd)
    }

    /// Nearly every marked word is a syllable, and there are enough of them to tell.
    fn convinces(self) -> bool {
        self.marked >= 2 && self.broken * 6 <= self.marked && self.odd * 6 <= self.marked
    }
}

/// Consonants alone, or capitals that are no syllable: `BXD`, `QĐ`, `UBTVQH`.
fn is_abbreviation(word: &str) -> bool {
    let vowel = |c: char| "aăâeêioôơuưy".contains(super::letter::Letter::of(c).toneless());
    let is_short = word.chars().count() <= 8;
    is_short && word.chars().all(char::is_uppercase) && !word.to_lowercase().chars().any(vowel)
}

/// Small letters never stand before capitals but in words typed in capitals with letters that lack theirs.
fn is_cased(word: &str) -> bool {
    let small_then_capital = word
        .chars()
        .zip(word.chars().skip(1))
        .any(|(a, b)| a.is_lowercase() && b.is_uppercase());
    !small_then_capital
}

/// Signs of Latin-1 that stand for letters in some old encoding and hardly ever for themselves,
/// and controls.
fn is_odd(c: char) -> bool {
    matches!(c,
        '¡'..='¦' | '¨'..='ª' | '¬'..='¯' | '´' | '¶' | '¸' | '¹' | 'º' | '¿' | 'ƒ' | 'ˆ' | '˜' | 'Œ' | 'œ' | 'Š' | 'š'
        | 'Ž' | 'ž' | 'Ÿ' | '‰' | '†' | '‡' | '\u{80}'..='\u{9f}')
        || (c.is_control() && !matches!(c, '\n' | '\r' | '\t'))
}

/// A character that only Unicode writes: the text is not in an old encoding.
fn is_unicode_only(c: char) -> bool {
    matches!(
        c,
        'ă' | 'Ă' | 'đ' | 'Đ' | 'ĩ' | 'Ĩ' | 'ũ' | 'Ũ' | 'ơ' | 'Ơ' | 'ư' | 'Ư' | 'Ạ'..='ỹ'
    ) || matches!(c, '\u{300}'..='\u{36f}')
}

/// The old encoding of a text, whose characters stand for bytes; `None` for Unicode and for
/// texts too short or too mixed to tell.
#[must_use]
pub fn detect(text: &str) -> Option<Encoding> {
    detect_in(&Encoding::ALL, text)
}

/// [`detect`] among some encodings only.
#[must_use]
pub fn detect_in(candidates: &[Encoding], text: &str) -> Option<Encoding> {
    if text.chars().any(is_unicode_only) {
        return None;
    }
    let plain = Reading::of(text);
    let is_ascii = text.is_ascii();
    let best = candidates
        .iter()
        .filter(|encoding| **encoding == Encoding::Viqr || !is_ascii)
        .map(|encoding| (*encoding, Reading::of(&decode(*encoding, text))))
        .filter(|(encoding, reading)| match encoding {
            Encoding::Viqr => is_viqr(*reading, plain),
            _ => reading.convinces() && is_text(*reading),
        })
        .max_by_key(|(_, reading)| reading.score())?;
    (best.1.score() > plain.score()).then_some(best.0)
}

/// Most words are syllables and a fifth carry marks: neither a foreign text with a few accents
/// nor one without marks, whose dashes and quotation marks happen to be letters, does so.
fn is_text(reading: Reading) -> bool {
    reading.possible * 10 >= reading.words * 6 && reading.marked * 5 >= reading.words
}

/// Signs of VIQR are punctuation elsewhere: most words must carry marks and be syllables.
fn is_viqr(reading: Reading, plain: Reading) -> bool {
    reading.convinces()
        && reading.marked >= 3
        && reading.marked * 10 >= reading.words * 4
        && reading.possible * 10 >= reading.words * 8
        && plain.marked * 4 <= reading.marked
}

/// Whether a piece of a text known to be in `encoding` reads no worse decoded: pieces that a
/// writer or a site already put into Unicode stay as they are.
#[must_use]
pub fn reads_better(encoding: Encoding, piece: &str) -> bool {
    if piece.chars().any(is_unicode_only) || (piece.is_ascii() && encoding != Encoding::Viqr) {
        return false;
    }
    Reading::of(&decode(encoding, piece)).score() >= Reading::of(piece).score()
}
