//! Repair of characters, each repair recorded.
//!
//! Only what cannot change the meaning is touched: composed form, characters of other
//! scripts that stand inside a Vietnamese word, characters that print as nothing.

use std::borrow::Cow;
use std::collections::BTreeMap;

use unicode_normalization::{UnicodeNormalization, is_nfc};

mod capitals;
mod lookalikes;
mod marks;

/// Composed form (NFC). Idempotent.
#[must_use]
pub fn nfc(text: &str) -> String {
    if text.is_ascii() || is_nfc(text) {
        text.to_owned()
    } else {
        text.nfc().collect()
    }
}

/// What was mended in one text, by kind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mended {
    kinds: BTreeMap<&'static str, (u32, String)>,
}

impl Mended {
    /// Records `count` repairs of one kind; the first example stays.
    pub fn add(&mut self, code: &'static str, count: u32, example: impl FnOnce() -> String) {
        if count > 0 {
            self.kinds.entry(code).or_insert_with(|| (0, example())).0 += count;
        }
    }

    /// Takes over the records of another text.
    pub fn merge(&mut self, other: &Self) {
        for (code, (count, example)) in &other.kinds {
            self.add(code, *count, || example.clone());
        }
    }

    /// Kinds in alphabetical order: code, count, one example "before → after".
    pub fn kinds(&self) -> impl Iterator<Item = (&'static str, u32, &str)> {
        self.kinds
            .iter()
            .map(|(code, (count, example))| (*code, *count, example.as_str()))
    }
}

/// Mends a text and adds to `log` what was done. Idempotent; borrows where nothing is wrong.
///
/// Kinds: `line-separator`, `no-break-space`, `zero-width`, `soft-hyphen`, `control`,
/// `private-use`, `mark-order`, `nfc`, `eth`, `u-horn`, `lookalike`, `capitals`.
#[must_use]
pub fn mend<'t>(text: &'t str, log: &mut Mended) -> Cow<'t, str> {
    if text.is_ascii()
        && !text
            .bytes()
            .any(|b| b < 0x20 && !matches!(b, b'\n' | b'\r' | b'\t'))
    {
        return Cow::Borrowed(text);
    }
    let mut out: Cow<'t, str> = Cow::Borrowed(text);
    for step in [
        invisible,
        marks::reorder,
        compose,
        lookalikes::letters,
        lookalikes::words,
        capitals::restore,
    ] {
        if let Some(next) = step(&out, log) {
            out = Cow::Owned(next);
        }
    }
    out
}

fn compose(text: &str, log: &mut Mended) -> Option<String> {
    if is_nfc(text) {
        return None;
    }
    let composed: String = text.nfc().collect();
    let count = text.chars().count().abs_diff(composed.chars().count()).max(1);
    let before = text
        .split_whitespace()
        .find(|word| !is_nfc(word))
        .unwrap_or_default();
    log.add("nfc", u32::try_from(count).unwrap_or(u32::MAX), || {
        format!("{before} → {}", before.nfc().collect::<String>())
    });
    (composed != text).then_some(composed)
}

/// Characters that print as nothing or as a plain space.
fn invisible(text: &str, log: &mut Mended) -> Option<String> {
    if !text.chars().any(|c| fate(c).is_some()) {
        return None;
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match fate(c) {
            None => out.push(c),
            Some((code, replacement)) => {
                log.add(code, 1, || format!("U+{:04X} → {replacement:?}", u32::from(c)));
                out.push_str(replacement);
            }
        }
    }
    Some(out)
}

/// Code of the repair and what takes the character's place.
fn fate(c: char) -> Option<(&'static str, &'static str)> {
    match c {
        '\u{2028}' | '\u{2029}' | '\u{85}' | '\u{b}' | '\u{c}' => Some(("line-separator", "\n")),
        '\u{a0}' | '\u{202f}' | '\u{2000}'..='\u{200a}' | '\u{205f}' | '\u{3000}' => {
            Some(("no-break-space", " "))
        }
        '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{feff}' | '\u{202a}'..='\u{202e}' => {
            Some(("zero-width", ""))
        }
        '\u{ad}' => Some(("soft-hyphen", "")),
        // Symbol fonts of Word: the bullets and arrows that laws use have real characters.
        '\u{f0b7}' | '\u{f0a7}' => Some(("private-use", "•")),
        '\u{f02d}' => Some(("private-use", "-")),
        '\u{f0ae}' | '\u{f0e0}' | '\u{f0e8}' => Some(("private-use", "→")),
        '\u{f0b3}' => Some(("private-use", "≥")),
        '\u{f0a3}' => Some(("private-use", "≤")),
        '\u{f0b4}' => Some(("private-use", "×")),
        '\u{f0b1}' => Some(("private-use", "±")),
        '\u{f0b0}' => Some(("private-use", "°")),
        '\u{f06d}' => Some(("private-use", "µ")),
        '\u{f0a8}' | '\u{f06f}' | '\u{f071}' | '\u{f072}' => Some(("private-use", "□")),
        '\u{f0fc}' => Some(("private-use", "✓")),
        '\0'..='\u{8}' | '\u{e}'..='\u{1f}' | '\u{7f}'..='\u{84}' | '\u{86}'..='\u{9f}' => {
            Some(("control", ""))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests;
