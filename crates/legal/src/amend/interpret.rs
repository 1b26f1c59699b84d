//! The signs of a sentence → what it does and to what.

use std::ops::Range;

use crate::citations::ActRef;
use crate::citations::places::Place;

use super::phrase;
use super::sentence::{Placed, Sign};
use super::targets::Scope;
use super::verbs::Verb;
use super::{Portion, Reason};

/// A target before its act is looked up.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Aim {
    pub act: Option<ActRef>,
    /// `None`: the act as a whole.
    pub place: Option<Place>,
    pub portion: Portion,
}

/// What is done.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Deed {
    Change,
    /// New provisions, behind or before one that is named.
    Add(Option<(bool, Place)>),
    Remove,
    Lapse,
    Suspend,
    Move(Place),
    Words(phrase::Deed),
}

/// One thing that a sentence says.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Said {
    pub span: Range<usize>,
    pub what: What,
}

#[derive(Clone, Debug, PartialEq)]
#[allow(clippy::large_enum_variant, reason = "a sentence says a handful of things")]
pub(super) enum What {
    /// A heading over instructions: where they work.
    Heading(Scope),
    /// A heading over a list of targets: what is done to each of them.
    List(Scope, Result<Deed, Reason>),
    /// An instruction.
    Does(Deed, Vec<Aim>),
    /// An instruction that cannot be told with certainty.
    Doubt(Reason, Vec<Aim>),
}

/// What stands above a sentence.
#[derive(Clone, Debug, Default)]
pub(super) struct Above {
    pub scope: Scope,
    /// What the list does that the sentence is an item of.
    pub list: Option<Result<Deed, Reason>>,
}

/// Reads a sentence.
pub(super) fn interpret(signs: &[Placed], above: &Above) -> Vec<Said> {
    let reader = Reader { signs, above };
    let verbs: Vec<usize> = (0..signs.len()).filter(|at| reader.is_verb(*at)).collect();
    if verbs.is_empty() {
        return reader.item().into_iter().collect();
    }
    let mut out: Vec<Said> = Vec::new();
    let mut done = 0;
    for (n, verb) in verbs.iter().enumerate() {
        let end = verbs.get(n + 1).copied().unwrap_or(signs.len());
        let end = reader.end_before(*verb, end);
        if let Some(said) = reader.clause(done, *verb, end, out.is_empty()) {
            out.push(said);
        }
        done = end;
    }
    out
}

pub(super) struct Reader<'a> {
    pub(super) signs: &'a [Placed],
    pub(super) above: &'a Above,
}

impl Reader<'_> {
    pub(super) fn sign(&self, at: usize) -> Option<&Sign> {
        self.signs.get(at).map(|placed| &placed.sign)
    }

    fn is_verb(&self, at: usize) -> bool {
        matches!(self.sign(at), Some(Sign::Verb { .. }))
    }

    /// Where the object of a verb ends: at the end of its sentence, or where the subject of a
    /// passive verb behind it begins.
    fn end_before(&self, verb: usize, next: usize) -> usize {
        let stop = (verb + 1..next).find(|at| self.sign(*at) == Some(&Sign::End));
        let end = stop.map_or(next, |at| at + 1);
        if matches!(self.sign(next), Some(Sign::Verb { passive: true, .. })) {
            let begins = (verb + 1..next)
                .rev()
                .find(|at| self.sign(*at) == Some(&Sign::Stop));
            return begins.map_or(end, |at| end.min(at + 1));
        }
        end
    }

    /// An item of a list whose heading says what is done.
    fn item(&self) -> Option<Said> {
        let deed = self.above.list.clone()?;
        let aims = self.aims(0, self.signs.len());
        let span = self.span(0, self.signs.len())?;
        if aims.is_empty() {
            return None;
        }
        let what = match deed {
            Ok(deed) => What::Does(deed, aims),
            Err(reason) => What::Doubt(reason, aims),
        };
        Some(Said { span, what })
    }

    fn span(&self, from: usize, to: usize) -> Option<Range<usize>> {
        let first = self.signs.get(from)?;
        let last = self.signs.get(to.checked_sub(1)?)?;
        Some(first.span.start..last.span.end)
    }

    fn clause(&self, from: usize, verb: usize, end: usize, first: bool) -> Option<Said> {
        let Some(Sign::Verb { verb: kind, passive }) = self.sign(verb).cloned() else {
            return None;
        };
        let begins = if passive { from } else { verb };
        let opens =
            verb == 0 || (!first && !passive) || matches!(self.sign(verb - 1), Some(Sign::Stop | Sign::End));
        if !passive && !opens {
            return None;
        }
        let what = if passive {
            self.passive(kind, from, verb, end)?
        } else {
            self.active(kind, verb, end)?
        };
        Some(Said {
            span: self.span(begins, end)?,
            what,
        })
    }

    fn active(&self, verb: Verb, at: usize, end: usize) -> Option<What> {
        let object = at + 1;
        if self.has(object, end, &Sign::Some) {
            return Some(self.heading(object, end));
        }
        let worded = self.words_first(object, end);
        if worded {
            return Some(self.worded(verb, object, end));
        }
        let aims = self.aims(object, end);
        let listed = aims.is_empty() && self.has(object, end, &Sign::Follows);
        if listed && matches!(verb, Verb::Remove | Verb::Lapse | Verb::Suspend) {
            let deed = plain(verb)
                .filter(|_| !self.is_part(object, end))
                .ok_or(Reason::PartOfContent);
            return Some(What::List(self.scope(object, end), deed));
        }
        self.provisions(verb, object, end, aims)
    }

    fn passive(&self, verb: Verb, from: usize, at: usize, end: usize) -> Option<What> {
        if self.has(from, at, &Sign::Some) {
            return Some(self.heading(from, at));
        }
        if self.words_first(from, at) {
            return Some(self.worded(verb, from, end));
        }
        if verb == Verb::Add {
            let above = self.first_place(from, at);
            let added = self.aims_within(at + 1, end, above.as_ref());
            if !added.is_empty() && above.is_some() {
                return self.provisions(verb, at + 1, end, added);
            }
        }
        let aims = self.aims(from, at);
        if aims.is_empty() {
            return None;
        }
        match verb {
            Verb::Move => {
                let to = self.aims_within(at + 1, end, aims.first().and_then(|aim| aim.place.as_ref()));
                let to = to.into_iter().find_map(|aim| aim.place);
                Some(to.map_or_else(
                    || What::Doubt(Reason::Unread, aims.clone()),
                    |to| What::Does(Deed::Move(to), aims.clone()),
                ))
            }
            Verb::Change if !self.has(at, end, &Sign::Follows) => Some(What::Doubt(Reason::Unread, aims)),
            _ => self.provisions(verb, from, at, aims),
        }
    }

    /// An instruction about provisions.
    fn provisions(&self, verb: Verb, from: usize, to: usize, aims: Vec<Aim>) -> Option<What> {
        if aims.is_empty() {
            let speaks = self.has(from, to, &Sign::Follows) || self.has(from, to, &Sign::Piece);
            return speaks.then_some(What::Doubt(
                if self.has(from, to, &Sign::Piece) {
                    Reason::Piece
                } else {
                    Reason::Unread
                },
                Vec::new(),
            ));
        }
        if aims
            .iter()
            .all(|aim| aim.place.is_none() && aim.portion == Portion::Whole)
        {
            return Some(match verb {
                Verb::Change | Verb::Add => What::Heading(self.scope(from, to)),
                Verb::Move => return None,
                _ if self.is_part(from, to) => What::Doubt(Reason::PartOfContent, aims),
                _ => What::Does(plain(verb)?, aims),
            });
        }
        if aims.iter().any(|aim| aim.portion == Portion::Piece) {
            return Some(What::Doubt(Reason::Piece, aims));
        }
        if aims
            .iter()
            .any(|aim| aim.place.as_ref().is_some_and(|place| place.id().is_none()))
        {
            return Some(What::Doubt(Reason::NoTarget, aims));
        }
        match verb {
            Verb::Add => Some(What::Does(Deed::Add(self.anchor(from, to)), aims)),
            Verb::Change => Some(What::Does(Deed::Change, aims)),
            Verb::Move => Some(self.moved(from, to, aims)),
            _ if self.is_part(from, to) => Some(What::Doubt(Reason::PartOfContent, aims)),
            _ => Some(What::Does(plain(verb)?, aims)),
        }
    }

    /// "Chuyển khoản 3 Điều 5 thành khoản 4 Điều 5".
    fn moved(&self, from: usize, to: usize, aims: Vec<Aim>) -> What {
        let by = (from..to).find(|at| self.sign(*at) == Some(&Sign::By));
        let Some(by) = by else {
            return What::Doubt(Reason::Unread, aims);
        };
        let olds = self.aims(from, by);
        let news = self.aims_within(by, to, olds.first().and_then(|aim| aim.place.as_ref()));
        match (olds.as_slice(), news.as_slice()) {
            ([old], [Aim { place: Some(new), .. }]) => What::Does(Deed::Move(new.clone()), vec![old.clone()]),
            _ => What::Doubt(Reason::Unread, olds),
        }
    }

    /// An instruction about words in quotation marks.
    fn worded(&self, verb: Verb, from: usize, to: usize) -> What {
        let signs = self.signs.get(from..to).unwrap_or_default();
        let deed = match verb {
            Verb::Change => phrase::exchange(signs),
            Verb::Remove | Verb::Lapse => phrase::drop(signs),
            Verb::Add => phrase::add(signs),
            Verb::Suspend | Verb::Move => Err(Reason::Unread),
        };
        let deed = deed.map(Deed::Words);
        let mut aims = self.aims(from, to);
        aims.retain(|aim| aim.place.is_some());
        if !aims.is_empty() {
            return match deed {
                Ok(deed)
                    if aims
                        .iter()
                        .all(|aim| aim.place.as_ref().is_none_or(|place| place.id().is_some())) =>
                {
                    What::Does(deed, aims)
                }
                Ok(_) => What::Doubt(Reason::NoTarget, aims),
                Err(reason) => What::Doubt(reason, aims),
            };
        }
        if self.has(from, to, &Sign::Follows) {
            return What::List(self.scope(from, to), deed);
        }
        if self.has(from, to, &Sign::Piece) {
            return What::Doubt(Reason::Piece, self.whole(from, to));
        }
        let everywhere = self.has(from, to, &Sign::All) || self.names_act(from, to);
        match deed {
            Ok(deed) if everywhere => What::Does(deed, self.whole(from, to)),
            Ok(deed) if self.above.scope.place.outer().is_some() => {
                What::Does(deed, vec![self.aim(Some(self.above.scope.place.clone()), from)])
            }
            Ok(_) => What::Doubt(Reason::NoTarget, Vec::new()),
            Err(reason) => What::Doubt(reason, Vec::new()),
        }
    }

    fn whole(&self, from: usize, to: usize) -> Vec<Aim> {
        vec![Aim {
            act: self.act_between(from, to),
            place: None,
            portion: Portion::Whole,
        }]
    }

    fn aim(&self, place: Option<Place>, at: usize) -> Aim {
        Aim {
            act: self.act_behind(at),
            place,
            portion: Portion::Whole,
        }
    }

    fn names_act(&self, from: usize, to: usize) -> bool {
        (from..to).any(|at| matches!(self.sign(at), Some(Sign::Act(act)) if *act != ActRef::This))
    }

    fn heading(&self, from: usize, to: usize) -> What {
        What::Heading(self.scope(from, to))
    }

    fn scope(&self, from: usize, to: usize) -> Scope {
        let mut place = self
            .first_place(from, to)
            .unwrap_or_else(|| self.above.scope.place.clone());
        if self.has(from, to, &Sign::Attached) {
            place.attached = Some(1);
        }
        Scope {
            act: self.act_between(from, to),
            place,
        }
    }

    fn first_place(&self, from: usize, to: usize) -> Option<Place> {
        self.aims(from, to).into_iter().find_map(|aim| aim.place)
    }

    fn has(&self, from: usize, to: usize, wanted: &Sign) -> bool {
        (from..to).any(|at| self.sign(at) == Some(wanted))
    }

    /// Whether quoted words come before any provision, or provisions only say where they stand.
    fn words_first(&self, from: usize, to: usize) -> bool {
        (from..to).any(|at| matches!(self.sign(at), Some(Sign::Words(_))))
    }

    /// Whether words between the verb and the provisions say that only a part of the content is meant.
    fn is_part(&self, from: usize, to: usize) -> bool {
        (from..to)
            .take_while(|at| !matches!(self.sign(*at), Some(Sign::Chain(_) | Sign::Act(_))))
            .any(|at| self.sign(at) == Some(&Sign::Other))
    }
}

/// The deed of a verb that needs nothing more.
fn plain(verb: Verb) -> Option<Deed> {
    match verb {
        Verb::Remove => Some(Deed::Remove),
        Verb::Lapse => Some(Deed::Lapse),
        Verb::Suspend => Some(Deed::Suspend),
        Verb::Change => Some(Deed::Change),
        Verb::Add => Some(Deed::Add(None)),
        Verb::Move => None,
    }
}
