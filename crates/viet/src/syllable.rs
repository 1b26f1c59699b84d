//! What can be a Vietnamese syllable.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// First consonants; none as well.
const ONSETS: [&str; 28] = [
    "ngh", "ng", "nh", "gh", "gi", "ch", "kh", "ph", "th", "tr", "qu", "b", "c", "d", "đ", "g", "h", "k",
    "l", "m", "n", "p", "r", "s", "t", "v", "x", "",
];

/// What may follow the first consonant, without its tone.
const RIMES: [&str; 168] = [
    "a", "ac", "ach", "ai", "am", "an", "ang", "anh", "ao", "ap", "at", "au", "ay", "e", "ec", "em", "en",
    "eng", "eo", "ep", "et", "i", "ia", "ich", "im", "in", "inh", "ip", "it", "iu", "iêc", "iêm", "iên",
    "iêng", "iêp", "iêt", "iêu", "o", "oa", "oac", "oach", "oai", "oam", "oan", "oang", "oanh", "oao", "oap",
    "oat", "oay", "oc", "oe", "oem", "oen", "oeo", "oet", "oi", "om", "on", "ong", "ooc", "oong", "op", "ot",
    "oăc", "oăm", "oăn", "oăng", "oăt", "u", "ua", "uc", "ui", "um", "un", "ung", "up", "ut", "uy", "uya",
    "uych", "uyn", "uynh", "uyp", "uyt", "uyu", "uyên", "uyêt", "uân", "uâng", "uât", "uây", "uê", "uêch",
    "uênh", "uôc", "uôi", "uôm", "uôn", "uông", "uôt", "uơ", "y", "ych", "ynh", "yt", "yêm", "yên", "yêng",
    "yêt", "yêu", "âc", "âm", "ân", "âng", "âp", "ât", "âu", "ây", "ê", "êc", "êch", "êm", "ên", "êng",
    "ênh", "êp", "êt", "êu", "ô", "ôc", "ôi", "ôm", "ôn", "ông", "ôông", "ôp", "ôt", "ă", "ăc", "ăm", "ăn",
    "ăng", "ăp", "ăt", "ơ", "ơi", "ơm", "ơn", "ơp", "ơt", "ư", "ưa", "ưc", "ưi", "ưm", "ưn", "ưng", "ưt",
    "ưu", "ươc", "ươi", "ươm", "ươn", "ương", "ươp", "ươt", "ươu",
];

const TONES: [char; 5] = ['\u{300}', '\u{301}', '\u{303}', '\u{309}', '\u{323}'];

/// Whether a word bears Vietnamese marks and yet can be no Vietnamese syllable: "trưòng", "kếo", "dđng".
///
/// Abbreviations (no vowel, or capitals behind the first letter) and words without marks are not judged.
/// Names and loanwords ("kilôgam") are odd too: the count of odd words tells something only beside that of
/// another copy of the same text.
#[must_use]
pub fn is_odd_syllable(word: &str) -> bool {
    if word.is_ascii() || word.chars().skip(1).any(char::is_uppercase) {
        return false;
    }
    let mut tones = word.nfd().filter(|c| TONES.contains(c));
    let tone = tones.next();
    let bare: String = word
        .to_lowercase()
        .nfd()
        .filter(|c| !TONES.contains(c))
        .nfc()
        .collect();
    if !bare.chars().all(char::is_alphabetic) || !has_vowel(&bare) {
        return false;
    }
    let fits = |rime: &str| {
        let stopped = rime.ends_with(['c', 'p', 't']) || rime.ends_with("ch");
        let toned = !stopped || matches!(tone, Some('\u{301}' | '\u{323}'));
        toned && RIMES.contains(&rime)
    };
    let mut rimes = ONSETS.iter().filter_map(|onset| bare.strip_prefix(onset));
    tones.next().is_some() || !rimes.any(fits)
}

fn has_vowel(bare: &str) -> bool {
    bare.nfd()
        .filter(|c| !is_combining_mark(*c))
        .any(|c| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn syllables_are_told_from_what_a_machine_makes_of_them() {
        for word in [
            "trường",
            "Nghị",
            "khuỷu",
            "quyền",
            "quốc",
            "gìn",
            "giếng",
            "gì",
            "yêu",
            "ưu",
            "hoà",
            "hòa",
            "thuở",
            "đường",
            "Ủy",
            "uỷ",
            "khoẻ",
            "QĐ",
            "NĐ-CP",
            "BLĐTBXH",
            "đtcp",
            "được",
            "tuýt",
            "2023",
        ] {
            assert!(!is_odd_syllable(word), "{word}");
        }
        for word in [
            "trưòng",
            "kếo",
            "bớctt",
            "đạỏ",
            "nhiêm̃́",
            "ngưòi",
            "kiẽm̀",
            "hợpl",
            "tràc",
        ] {
            assert!(is_odd_syllable(word), "{word}");
        }
    }
}
