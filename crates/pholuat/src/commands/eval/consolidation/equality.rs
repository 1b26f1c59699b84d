//! When two readings of an article are equal.
//!
//! In NFC, with white space folded, one kind of quotation mark and of dash, no space before a
//! stop, and "./." (the sign that ends a document) as a full stop. Letter case and the place of
//! tone marks ("hoà", "hòa") are folded in a second step and counted apart. Nothing else is.

use legal::compare::{normal, words};
use serde::Serialize;

/// How two texts stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Outcome {
    Equal,
    /// But for letter case or the place of tone marks.
    EqualButForCaseOrTonePlace,
    Different,
    /// The official text does not have the article.
    OnlyOurs,
    /// Our text does not have the article.
    OnlyOfficial,
}

/// Compares two texts, heading and body in one.
pub(super) fn outcome(ours: &str, official: &str) -> Outcome {
    let (ours, official) = (folded(ours), folded(official));
    if ours == official {
        return Outcome::Equal;
    }
    let loose = |words: &[String]| words.iter().map(|word| loose(word)).collect::<Vec<_>>();
    if loose(&ours) == loose(&official) {
        Outcome::EqualButForCaseOrTonePlace
    } else {
        Outcome::Different
    }
}

/// The words as they are compared.
pub(super) fn folded(text: &str) -> Vec<String> {
    let text = text.replace("./.", ".");
    words(&text).iter().map(|word| normal(word)).collect()
}

fn loose(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    for piece in word.split_inclusive(|c: char| !c.is_alphanumeric()) {
        let letters = piece.trim_end_matches(|c: char| !c.is_alphanumeric());
        out.push_str(&viet::tone_last(letters));
        out.push_str(&piece[letters.len()..]);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_documented_is_folded() {
        for (ours, official, wanted) in [
            ("Điều “này” – là ;\nvà", "Điều \"này\" - là; và", Outcome::Equal),
            ("Luật này.", "Luật này./.", Outcome::Equal),
            (
                "Uỷ ban (hoà giải)",
                "Ủy ban (hòa giải)",
                Outcome::EqualButForCaseOrTonePlace,
            ),
            ("điểm 1 khoản 3", "điểm l khoản 3", Outcome::Different),
            ("a, b và c", "a, b, và c", Outcome::Different),
            ("đất", "dất", Outcome::Different),
        ] {
            assert_eq!(outcome(ours, official), wanted, "{ours}");
        }
    }
}
