//! Raw keystrokes: what a keyboard gave whose Vietnamese input method was off.
//!
//! Telex (`ddaats` → `đất`) and VNI (`d9at61`). Which reading is meant is for the vocabulary to say.

/// Tones of Telex keys, as combining marks.
const TELEX_TONES: &[(char, char)] = &[
    ('f', '\u{300}'),
    ('s', '\u{301}'),
    ('x', '\u{303}'),
    ('r', '\u{309}'),
    ('j', '\u{323}'),
];
/// Tones of VNI keys.
const VNI_TONES: &[(char, char)] = &[
    ('2', '\u{300}'),
    ('1', '\u{301}'),
    ('4', '\u{303}'),
    ('3', '\u{309}'),
    ('5', '\u{323}'),
];
const HATS: &[(char, char)] = &[('a', 'â'), ('e', 'ê'), ('o', 'ô')];
const HORNS: &[(char, char)] = &[('u', 'ư'), ('o', 'ơ')];
const VOWELS: &str = "aeiouyăâêôơư";
/// Longest row of keys of one syllable: `nghieengf`.
const LONGEST: usize = 11;

/// The syllables that `keys` may mean, tone last as in [`crate::tokens::Token::marked`];
/// none where the keys hold no mark. Lower-case ASCII is expected.
pub(crate) fn readings(keys: &str) -> Vec<String> {
    if !(3..=LONGEST).contains(&keys.len()) || !keys.bytes().all(|b| b.is_ascii_alphanumeric()) {
        return Vec::new();
    }
    let has_digits = keys.bytes().any(|b| b.is_ascii_digit());
    let read = if has_digits { vni(keys) } else { telex(keys) };
    read.filter(|syllable| syllable != keys).into_iter().collect()
}

/// A syllable being typed.
#[derive(Default)]
struct Typed {
    letters: Vec<char>,
    tone: Option<char>,
}

impl Typed {
    fn has_vowel(&self) -> bool {
        self.letters.iter().any(|letter| VOWELS.contains(*letter))
    }

    /// Replaces the last letter that the table knows; false where there is none.
    fn change(&mut self, table: &[(char, char)]) -> bool {
        let found = self.letters.iter_mut().rev().find_map(|letter| {
            let (_, new) = table.iter().find(|(old, _)| old == letter)?;
            Some((letter, *new))
        });
        let Some((letter, new)) = found else { return false };
        *letter = new;
        true
    }

    /// `uo` takes two horns.
    fn horn(&mut self) -> bool {
        let both = self.letters.windows(2).rposition(|two| matches!(two, ['u', 'o']));
        if let Some(at) = both {
            // `thuow` is `thuơ` at the end of a syllable and `thươ` before a coda: both are tried
            // by the vocabulary only in the second form, the first is a single word (thuở).
            self.letters[at] = 'ư';
            self.letters[at + 1] = 'ơ';
            return true;
        }
        self.change(HORNS)
    }

    fn stroke(&mut self) -> bool {
        match self.letters.first_mut() {
            Some(first) if *first == 'd' => {
                *first = 'đ';
                true
            }
            _ => false,
        }
    }

    fn finish(self) -> Option<String> {
        if !self.has_vowel() {
            return None;
        }
        let mut out: String = self.letters.into_iter().collect();
        out.extend(self.tone);
        Some(out)
    }
}

fn tone_of(table: &[(char, char)], key: char) -> Option<char> {
    table.iter().find(|(own, _)| *own == key).map(|(_, tone)| *tone)
}

fn telex(keys: &str) -> Option<String> {
    let mut typed = Typed::default();
    for key in keys.chars() {
        let taken = match key {
            'd' => typed.stroke(),
            'w' => {
                typed.horn() || typed.change(&[('a', 'ă')]) || {
                    typed.letters.push('ư');
                    true
                }
            }
            'a' | 'e' | 'o' => typed.change(&[hat(key)]),
            _ => match tone_of(TELEX_TONES, key) {
                Some(tone) if typed.has_vowel() => {
                    typed.tone = Some(tone);
                    true
                }
                _ => false,
            },
        };
        if !taken {
            typed.letters.push(key);
        }
    }
    typed.finish()
}

fn hat(key: char) -> (char, char) {
    HATS.iter()
        .copied()
        .find(|(plain, _)| *plain == key)
        .unwrap_or((key, key))
}

fn vni(keys: &str) -> Option<String> {
    let mut typed = Typed::default();
    for key in keys.chars() {
        if !key.is_ascii_digit() {
            typed.letters.push(key);
            continue;
        }
        let taken = match key {
            '6' => typed.change(HATS),
            '7' => typed.horn(),
            '8' => typed.change(&[('a', 'ă')]),
            '9' => typed.stroke(),
            _ => match tone_of(VNI_TONES, key) {
                Some(tone) if typed.has_vowel() => {
                    typed.tone = Some(tone);
                    true
                }
                _ => false,
            },
        };
        if !taken {
            return None;
        }
    }
    typed.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reads(keys: &str, word: &str) -> bool {
        readings(keys).contains(&crate::tokens::tokens(word)[0].marked)
    }

    #[test]
    fn telex_and_vni_are_read() {
        for (keys, word) in [
            ("ddaats", "đất"),
            ("ddatas", "đất"),
            ("ddai", "đai"),
            ("quyeenf", "quyền"),
            ("luaatj", "luật"),
            ("nghij", "nghị"),
            ("ddinhj", "định"),
            ("dduwowngf", "đường"),
            ("ddwowngf", "đường"),
            ("nguwowif", "người"),
            ("nguowif", "người"),
            ("tieenf", "tiền"),
            ("d9at61", "đất"),
            ("luat65", "luật"),
            ("d9uong72", "đường"),
            ("quye6n2", "quyền"),
            ("xa8ng", "xăng"),
        ] {
            assert!(reads(keys, word), "{keys}: {:?}", readings(keys));
        }
    }

    #[test]
    fn other_keys_are_left() {
        for keys in [
            "nd100", "qh13", "2019", "a1", "b2", "tt", "", "100", "luat", "đất",
        ] {
            assert!(readings(keys).is_empty(), "{keys}: {:?}", readings(keys));
        }
    }
}
