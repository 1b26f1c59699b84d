//! The originals of an act beside each other: which of them stands, and where the others differ.

use std::ops::Range;

use db::{Db, Result};
use legal::compare::{Difference, Unit, alike, compare, units, words};
use legal::model::Language;
use serde::Serialize;
use similar::{Algorithm, DiffTag, capture_diff_slices};

use crate::model::{Act, Original};
use crate::store;

/// Words of one unit that are compared; of longer ones the rest is not looked at.
const WORDS: usize = 6_000;
/// Words shown before and after a difference.
const AROUND: usize = 20;

/// One side of two units: runs of words that are equal or that only this side has.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Run {
    /// The words.
    pub text: String,
    /// Only this side has them.
    pub own: bool,
}

/// Two units word by word.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Words {
    /// The standing text.
    pub standing: Vec<Run>,
    /// The other one.
    pub other: Vec<Run>,
    /// How many places differ.
    pub places: usize,
    /// True where the units are longer than what was compared.
    pub cut: bool,
}

/// The differences of two units, heading and text, with some words around each.
#[must_use]
pub fn word_by_word(standing: &Unit, other: &Unit) -> Words {
    let words_of = |unit: &Unit| {
        let mut all = words(&unit.heading);
        all.extend(words(&unit.text));
        let cut = all.len() > WORDS;
        all.truncate(WORDS);
        (all, cut)
    };
    let ((first, cut_first), (second, cut_second)) = (words_of(standing), words_of(other));
    let plain = |words: &[String]| words.iter().map(|word| alike(word)).collect::<Vec<_>>();
    let ops = capture_diff_slices(Algorithm::Myers, &plain(&first), &plain(&second));
    let mut found = Words {
        cut: cut_first || cut_second,
        ..Words::default()
    };
    let last = ops.len().saturating_sub(1);
    for (at, op) in ops.iter().enumerate() {
        let (left, right) = (op.old_range(), op.new_range());
        if op.tag() == DiffTag::Equal {
            let ends = (at > 0, at < last);
            found.standing.push(equal(&first[left], ends));
            found.other.push(equal(&second[right], ends));
        } else {
            found.places += 1;
            found.standing.extend(own(&first, left));
            found.other.extend(own(&second, right));
        }
    }
    found
}

fn own(words: &[String], range: Range<usize>) -> Option<Run> {
    (!range.is_empty()).then(|| Run {
        text: words[range].join(" "),
        own: true,
    })
}

/// Equal words; long runs keep what stands beside a difference, before and after them.
fn equal(words: &[String], (after, before): (bool, bool)) -> Run {
    let (head, tail) = (if after { AROUND } else { 0 }, if before { AROUND } else { 0 });
    let text = if words.len() <= head + tail + 1 {
        words.join(" ")
    } else {
        let (start, end) = (words[..head].join(" "), words[words.len() - tail..].join(" "));
        format!("{start} … {end}").trim().to_owned()
    };
    Run { text, own: false }
}

/// An original that does not stand, beside the one that does.
#[derive(Clone, Debug)]
pub struct Pair {
    /// The original whose text stands.
    pub standing: Original,
    /// The other one.
    pub other: Original,
    first: Vec<Unit>,
    second: Vec<Unit>,
}

impl Pair {
    /// How many units are equal, and what differs, in document order.
    #[must_use]
    pub fn differences(&self) -> (usize, Vec<Difference<'_>>) {
        compare(&self.first, &self.second)
    }
}

/// The originals of an act that can be compared with the one that stands, in one language; those
/// that came before texts were kept for this are left out until they are read again.
///
/// # Errors
/// What the engine says.
pub async fn comparable(db: &Db, act: &Act, language: Language) -> Result<Vec<Original>> {
    let all = store::originals(db, act.id).await?;
    Ok(all
        .into_iter()
        .filter(|one| one.has_text && one.language == language)
        .collect())
}

/// Two originals of an act with their texts; `None` where one of the texts is not kept.
///
/// # Errors
/// What the engine says.
pub async fn pair(db: &Db, act: &Act, standing: &Original, other: &Original) -> Result<Option<Pair>> {
    let Some(text) = store::base_text(db, act.id, standing.language).await? else {
        return Ok(None);
    };
    let second = store::original_text(db, act.id, &other.sha256, other.item).await?;
    Ok(second.map(|second| Pair {
        standing: standing.clone(),
        other: other.clone(),
        first: units(&text),
        second,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unit(text: &str) -> Unit {
        Unit {
            id: "art_1".into(),
            heading: "Điều 1.".into(),
            text: text.into(),
        }
    }

    fn shown(runs: &[Run]) -> String {
        let each = runs.iter().map(|run| {
            if run.own {
                format!("[{}]", run.text)
            } else {
                run.text.clone()
            }
        });
        each.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn differing_words_are_found_with_what_stands_around_them() {
        let found = word_by_word(
            &unit("“Đất” là tài nguyên quý"),
            &unit("\"Đất\" là tài sản rất quý"),
        );
        assert_eq!(shown(&found.standing), "Điều 1. “Đất” là tài [nguyên] quý");
        assert_eq!(shown(&found.other), "Điều 1. \"Đất\" là tài [sản rất] quý");
        assert_eq!((found.places, found.cut), (1, false));
    }

    #[test]
    fn long_equal_runs_are_cut_and_long_units_bounded() {
        let long = "chữ ".repeat(100);
        let found = word_by_word(
            &unit(&format!("{long}một {long}")),
            &unit(&format!("{long}hai {long}")),
        );
        let words = shown(&found.standing).split(' ').count();
        assert!(words < 50, "{words}");
        let endless = unit(&"a b ".repeat(WORDS));
        assert!(word_by_word(&endless, &unit("a")).cut);
    }
}
