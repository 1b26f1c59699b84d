//! Objects of a verb that are more than the provisions named: appendices issued with the act, new
//! numbers, words before the first provision below.

use crate::citations::ActRef;
use crate::citations::places::{Level, Place};

use super::interpret::{Aim, Deed, Reader, What};
use super::sentence::Sign;
use super::verbs::Verb;
use super::{Portion, Reason};

impl Reader<'_> {
    /// "Thay thế Phụ lục I bằng Phụ lục VI ban hành kèm theo Thông tư này", "Bổ sung Phụ lục XXIX
    /// ban hành kèm theo Thông tư này": the appendices of the amending act, one for each target.
    pub(super) fn issued(&self, verb: Verb, from: usize, to: usize, aims: &[Aim]) -> Option<Vec<Place>> {
        let annex = |place: &Place| place.inner() == Some(Level::Annex);
        let all = aims.iter().all(|aim| aim.place.as_ref().is_some_and(annex));
        let here = (from..to).any(|at| self.sign(at) == Some(&Sign::Act(ActRef::This)));
        if !all || !here || !matches!(verb, Verb::Add | Verb::Change) {
            return None;
        }
        let by = (from..to)
            .find(|at| self.sign(*at) == Some(&Sign::By))
            .unwrap_or(from);
        let places = (by..to).filter_map(|at| match self.sign(at) {
            Some(Sign::Chain(places)) => Some(places.iter().filter(|place| annex(place)).cloned()),
            _ => None,
        });
        let places: Vec<Place> = places.flatten().collect();
        (places.len() == aims.len()).then_some(places)
    }

    /// "Chuyển khoản 3 Điều 5 thành khoản 4 Điều 5".
    pub(super) fn moved(&self, from: usize, to: usize, aims: Vec<Aim>) -> What {
        let by = (from..to).find(|at| self.sign(*at) == Some(&Sign::By));
        let Some(by) = by else {
            return What::Doubt(Reason::Unread, aims);
        };
        let olds = self.aims(from, by);
        let news = self.aims_within(by + 1, to, olds.first().and_then(|aim| aim.place.as_ref()));
        match (olds.as_slice(), news.as_slice()) {
            ([old], [Aim { place: Some(new), .. }]) => What::Does(Deed::Move(new.clone()), vec![old.clone()]),
            _ => What::Doubt(Reason::Unread, olds),
        }
    }

    /// "Bổ sung đoạn mở đầu vào trước khoản 1 Điều 51": words before the first provision below Điều 51.
    pub(super) fn new_opening(&self, from: usize, to: usize) -> Option<What> {
        let aims = self.named(from, to, None, true);
        let [
            Aim {
                act,
                place: Some(place),
                ..
            },
        ] = aims.as_slice()
        else {
            return Some(What::Doubt(Reason::Unread, aims));
        };
        let before = self.has(from, to, &Sign::Before);
        let inner = place.inner().filter(|_| before);
        let mut above = place.clone();
        if let Some(level) = inner {
            above.clear(level);
        }
        let place = Some(above).filter(|place| place.inner().is_some());
        Some(What::Does(
            Deed::Change,
            vec![Aim {
                act: act.clone(),
                place,
                portion: Portion::Opening,
            }],
        ))
    }
}
