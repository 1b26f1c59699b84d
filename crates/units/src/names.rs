//! Names of units for comparing, searching and addresses.

use viet::{fold, nfc, slug};

use crate::model::Name;

/// Two vowels at the end of a syllable whose tone stands on the second in one spelling and on the
/// first in the other: second vowel with its tone → first vowel with that tone, second without.
const PLACED: [(char, char, [&str; 5]); 3] = [
    ('o', 'a', ["òa", "óa", "ỏa", "õa", "ọa"]),
    ('o', 'e', ["òe", "óe", "ỏe", "õe", "ọe"]),
    ('u', 'y', ["ùy", "úy", "ủy", "ũy", "ụy"]),
];
const TONED: [(char, &str); 3] = [('a', "àáảãạ"), ('e', "èéẻẽẹ"), ('y', "ỳýỷỹỵ")];

/// The spelling of acts for "Thanh Hoá", "Thuỷ": tone on the first of two final vowels ("Thanh Hóa",
/// "Thủy"). Text comes back in NFC, with single spaces.
#[must_use]
pub fn spelled(text: &str) -> String {
    let text = nfc(text);
    let words: Vec<String> = text.split_whitespace().map(syllables).collect();
    words.join(" ")
}

/// Each run of letters is a syllable.
fn syllables(word: &str) -> String {
    let chars: Vec<char> = word.chars().collect();
    let mut out = String::with_capacity(word.len());
    let mut at = 0;
    while at < chars.len() {
        let ends = chars.get(at + 2).is_none_or(|next| !next.is_alphabetic());
        let after_q = at > 0 && matches!(chars[at - 1], 'q' | 'Q');
        let pair = chars.get(at + 1).filter(|_| ends && !after_q);
        match pair.and_then(|second| moved(chars[at], *second)) {
            Some(pair) => {
                out.push_str(&pair);
                at += 2;
            }
            None => {
                out.push(chars[at]);
                at += 1;
            }
        }
    }
    out
}

/// "oá" → "óa"; nothing where the pair is none of those. Capitals stay capitals.
fn moved(first: char, second: char) -> Option<String> {
    let lower = |c: char| c.to_lowercase().next().unwrap_or(c);
    for (one, two, placed) in PLACED {
        if lower(first) != one {
            continue;
        }
        let tones = TONED.iter().find(|toned| toned.0 == two)?.1;
        let Some(tone) = tones.chars().position(|c| c == lower(second)) else {
            continue;
        };
        let mut pair = placed[tone].chars();
        let cased = |c: char, like: char| match like.is_uppercase() {
            true => c.to_uppercase().next().unwrap_or(c),
            false => c,
        };
        return Some(
            [cased(pair.next()?, first), cased(pair.next()?, second)]
                .iter()
                .collect(),
        );
    }
    None
}

/// Lower case in one spelling, marks kept: what a search with marks compares.
#[must_use]
pub fn marked(name: &str) -> String {
    spelled(name).to_lowercase()
}

/// What a search without marks compares: letters and digits with single spaces.
#[must_use]
pub fn folded(name: &str) -> String {
    let folded = fold(&spelled(name));
    let words = folded
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

/// Whether a text has any Vietnamese mark: then it is meant exactly.
#[must_use]
pub fn has_marks(text: &str) -> bool {
    fold(text) != nfc(text).to_lowercase()
}

impl Name {
    /// A name in the spelling of acts; `kind` ("Phường") is dropped from the front for the short form.
    #[must_use]
    pub fn of(full: &str, kind: &str, english: Option<&str>) -> Self {
        let full = spelled(full);
        let short = full.strip_prefix(kind).map(str::trim_start);
        let short = short
            .filter(|short| !short.is_empty())
            .unwrap_or(&full)
            .to_owned();
        let english = english
            .map(|name| name.trim().to_owned())
            .filter(|name| !name.is_empty());
        Self { full, short, english }
    }
}

/// An address word of the pieces, joined: `slug_of(&["Phường Ba Đình", "Hà Nội"])` is `phuong-ba-dinh-ha-noi`.
#[must_use]
pub fn slug_of(pieces: &[&str]) -> String {
    slug(&pieces.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn both_placements_of_the_tone_are_one_name() {
        for (new, act) in [
            ("Tỉnh Thanh Hoá", "Tỉnh Thanh Hóa"),
            ("Khánh Hoà", "Khánh Hòa"),
            ("Thuỷ Xuân", "Thủy Xuân"),
            ("HOÀ BÌNH", "HÒA BÌNH"),
            ("Xã Hoè", "Xã Hòe"),
            ("Quý Lộc", "Quý Lộc"),
            ("Hoàn Kiếm", "Hoàn Kiếm"),
            ("Hoài Đức", "Hoài Đức"),
            ("Tuý-Loan", "Túy-Loan"),
            ("Xã  Ia\u{a0}Toả", "Xã Ia Tỏa"),
        ] {
            assert_eq!(spelled(new), act);
            assert_eq!(spelled(act), act);
        }
        assert_eq!(folded("Xã Ea H'Leo"), "xa ea h leo");
        assert_eq!(marked("Đắk Lắk"), "đắk lắk");
        assert!(has_marks("Đa") && has_marks("hoà") && !has_marks("Ba Dinh"));
    }

    #[test]
    fn the_short_name_has_no_kind() {
        let name = Name::of("Phường Ba Đình", "Phường", Some(" Ba Dinh Ward "));
        assert_eq!(
            (name.short.as_str(), name.english.as_deref()),
            ("Ba Đình", Some("Ba Dinh Ward"))
        );
        assert_eq!(Name::of("Sở Tư pháp", "Sở, ban, ngành", None).short, "Sở Tư pháp");
        assert_eq!(slug_of(&["Xã Ea H'Leo", "Đắk Lắk"]), "xa-ea-h-leo-dak-lak");
    }

    proptest! {
        #[test]
        fn spelling_is_settled_at_once(text in "\\PC{0,30}") {
            let once = spelled(&text);
            prop_assert_eq!(spelled(&once), once);
        }
    }
}
