//! Provisions as a sentence names them, completed by what stands around.

use crate::citations::ActRef;
use crate::citations::places::{Level, Num, Place};

/// What a sentence is about before its act and its outer levels are known.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Scope {
    /// The act, where one was named.
    pub act: Option<ActRef>,
    /// The provision that the provisions named below belong to.
    pub place: Place,
}

const UPWARDS: [Level; 8] = [
    Level::Point,
    Level::Clause,
    Level::Article,
    Level::Subsection,
    Level::Section,
    Level::Chapter,
    Level::Part,
    Level::Annex,
];

/// Takes from `donor` the levels above the largest one that `place` names, where `donor` has any.
fn lend(place: &mut Place, donor: &Place) -> bool {
    let Some(outer) = place.outer() else { return false };
    if donor.outer().is_none_or(|top| top <= outer) {
        return false;
    }
    for level in UPWARDS.into_iter().filter(|level| *level > outer) {
        if let Some(number) = donor.get(level) {
            place.set(level, number.clone());
        }
    }
    if place.attached.is_none() {
        place.attached = donor.attached;
    }
    true
}

/// Whether a place stands by itself: a điểm or khoản needs its điều, anything else does not.
fn is_whole(place: &Place) -> bool {
    place.outer().is_some_and(|outer| outer >= Level::Article)
}

/// Completes a place from the provisions named behind it in the sentence, then from `above`.
/// False where its article stays unknown.
pub(super) fn complete<'a>(
    place: &mut Place,
    behind: impl Iterator<Item = &'a Place>,
    above: &Place,
) -> bool {
    if is_whole(place) {
        if place.attached.is_none() {
            place.attached = above.attached;
        }
        return !place.says_this();
    }
    for donor in behind {
        lend(place, donor);
        if is_whole(place) {
            return !place.says_this();
        }
    }
    lend(place, above);
    is_whole(place) && !place.says_this()
}

/// The place of a group or article that stands for "tên điều" in a sentence about `other`.
pub(super) fn up_to(other: &Place, level: Level) -> Option<Place> {
    let mut place = other.clone();
    for lower in UPWARDS.into_iter().filter(|lower| *lower < level) {
        place.clear(lower);
    }
    place
        .get(level)
        .is_some_and(|number| *number != Num::This)
        .then_some(place)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(id: &str) -> Place {
        Place::of_id(id)
    }

    #[test]
    fn outer_levels_come_from_behind_then_from_above() {
        let cases: [(&str, &[&str], &str, Option<&str>); 6] = [
            ("clause_1", &["art_2__clause_7"], "", Some("art_2__clause_1")),
            (
                "clause_1__point_d",
                &["clause_1__point_m", "art_66__clause_2"],
                "",
                Some("art_66__clause_1__point_d"),
            ),
            (
                "point_d",
                &["art_20__clause_1__point_c"],
                "",
                Some("art_20__clause_1__point_d"),
            ),
            ("clause_8", &[], "art_77", Some("art_77__clause_8")),
            ("clause_8", &[], "", None),
            ("art_5", &[], "art_77", Some("art_5")),
        ];
        for (own, behind, above, wanted) in cases {
            let behind: Vec<Place> = behind.iter().map(|id| place(id)).collect();
            let mut found = place(own);
            let whole = complete(&mut found, behind.iter(), &place(above));
            assert_eq!(whole.then(|| found.id()).flatten().as_deref(), wanted, "{own}");
        }
    }
}
