//! Sentences about words in quotation marks, piece by piece with the places each is for.

use super::interpret::{Aim, Deed, Reader, Said, What};
use super::phrase;
use super::sentence::Sign;
use super::verbs::Verb;
use super::{Portion, Reason};
use crate::citations::ActRef;
use crate::citations::places::Place;

impl Reader<'_> {
    /// What a sentence does to words between two signs.
    pub(super) fn worded(&self, verb: Verb, from: usize, to: usize) -> Vec<Said> {
        let signs = self.signs.get(from..to).unwrap_or_default();
        let mut out = Vec::new();
        let mut before: Option<phrase::Deed> = None;
        let groups = phrase::groups(signs);
        let single = groups.len() == 1;
        for (n, group) in groups.iter().enumerate() {
            let piece = signs.get(group.clone()).unwrap_or_default();
            let deed = match verb {
                Verb::Change | Verb::Supersede => phrase::exchange(piece).or_else(|reason| {
                    let behind = groups.iter().skip(n + 1).map(|one| &signs[one.clone()]);
                    phrase::shared(piece, behind).ok_or(reason)
                }),
                Verb::Remove | Verb::Lapse => phrase::drop(piece),
                Verb::Add => phrase::add(piece, before.as_ref()),
                Verb::Suspend | Verb::Postpone | Verb::Extend | Verb::Move => Err(Reason::Unread),
            };
            before = deed.clone().ok();
            let (start, end) = (from + group.start, from + group.end);
            let what = self.piece(deed.map(Deed::Words), start, end, single);
            out.extend(self.span(start, end).map(|span| Said { span, what }));
        }
        out
    }

    fn piece(&self, deed: Result<Deed, Reason>, from: usize, to: usize, single: bool) -> What {
        let mut aims = self.named(from, to, None, true);
        aims.retain(|aim| aim.place.is_some() || aim.portion.is_small());
        if !aims.is_empty() {
            let known = aims
                .iter()
                .all(|aim| aim.place.as_ref().is_none_or(|place| place.id().is_some()));
            let piece = aims.iter().all(|aim| aim.portion == Portion::Piece);
            let small = aims.iter().any(|aim| aim.portion.is_small());
            return match deed {
                _ if piece || small && self.has_named_piece(from, to) => What::Doubt(Reason::Piece, aims),
                Ok(deed) if known => What::Does(deed, aims),
                Ok(_) => What::Doubt(Reason::NoTarget, aims),
                Err(reason) => What::Doubt(reason, aims),
            };
        }
        if self.has(from, to, &Sign::Follows) && single {
            return What::List(self.scope(from, to), deed);
        }
        let whole = || {
            vec![Aim {
                act: self.act_between(from, to),
                place: None,
                portion: Portion::Whole,
            }]
        };
        if self.has(from, to, &Sign::Piece) {
            return What::Doubt(Reason::Piece, whole());
        }
        let everywhere =
            self.has(from, to, &Sign::All) || self.names_act(from, to) || self.leading_act().is_some();
        match deed {
            Ok(deed) if everywhere => What::Does(deed, whole()),
            Ok(deed) if self.above.scope.place.outer().is_some() => {
                let place = Some(self.above.scope.place.clone());
                What::Does(
                    deed,
                    vec![Aim {
                        act: self.act_behind(from),
                        place,
                        portion: Portion::Whole,
                    }],
                )
            }
            Ok(_) => What::Doubt(Reason::NoTarget, whole()),
            Err(reason) => What::Doubt(reason, whole()),
        }
    }

    /// "Bỏ cụm từ “A” tại Điều 5 và sửa đổi, bổ sung Điều này như sau:": the new text of the place says all.
    pub(super) fn writes_anew(&self, verb: usize, to: usize, before: Option<&mut Said>) -> bool {
        let active = Sign::Verb {
            verb: Verb::Change,
            passive: false,
        };
        let Some(Sign::Chain(this)) = self.sign(verb + 1) else {
            return false;
        };
        let (Some(before), Some(span), [this]) = (before, self.span(verb, to), this.as_slice()) else {
            return false;
        };
        let What::Does(Deed::Words(_), aims) = &before.what else {
            return false;
        };
        let same = |aim: &Aim| {
            aim.portion == Portion::Whole && aim.place.as_ref().and_then(Place::inner) == this.inner()
        };
        let anew = self.sign(verb) == Some(&active)
            && this.says_this()
            && self.has(verb, to, &Sign::Follows)
            && matches!(aims.as_slice(), [aim] if same(aim));
        if anew {
            before.what = What::Does(Deed::Change, aims.clone());
            before.span.end = span.end;
        }
        anew
    }

    /// Whether quoted words name a place in a form (“tại mục “Nơi nhận” Mẫu số 13”).
    fn has_named_piece(&self, from: usize, to: usize) -> bool {
        (from + 1..to).any(|at| {
            let words = matches!(self.sign(at), Some(Sign::Words(_)));
            words && matches!(self.sign(at - 1), Some(Sign::Other | Sign::Piece))
        })
    }

    fn names_act(&self, from: usize, to: usize) -> bool {
        (from..to).any(|at| matches!(self.sign(at), Some(Sign::Act(act)) if *act != ActRef::This))
    }
}
