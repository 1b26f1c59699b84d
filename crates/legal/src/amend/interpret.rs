//! The signs of a sentence → what it does and to what.

use std::ops::Range;

use crate::citations::ActRef;
use crate::citations::places::Place;

use super::ends::Ends;
use super::phrase;
use super::pieces::Own;
use super::sentence::{Placed, Sign};
use super::targets::Scope;
use super::term::Term;
use super::verbs::Verb;
use super::{Anchor, Portion, Reason};

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
    Postpone,
    Extend,
    Move(Place),
    /// What is issued with the amending act stands for the targets, one for each.
    Issue(Vec<Place>),
    /// Forms or rows: new ones there, or in place of the old; `own`: the forms of the amending act,
    /// one for each, where their text does not follow.
    Piece {
        adds: Option<Anchor>,
        own: Vec<Own>,
    },
    Words(phrase::Deed),
}

impl Deed {
    /// Whether it changes the time for which something holds, and not its words.
    pub(super) fn is_of_time(&self) -> bool {
        matches!(self, Self::Suspend | Self::Postpone | Self::Extend)
    }

    /// Whether it needs no new text and no other provision.
    fn is_bare(&self) -> bool {
        matches!(self, Self::Remove | Self::Lapse) || self.is_of_time()
    }
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
    /// Whole acts end.
    Ends(Ends),
    /// An instruction that cannot be told with certainty.
    Doubt(Reason, Vec<Aim>),
}

/// What stands above a sentence.
#[derive(Clone, Debug, Default)]
pub(super) struct Above {
    pub scope: Scope,
    /// What the list does that the sentence is an item of.
    pub list: Option<Result<Deed, Reason>>,
    /// For which time, where the list changes that.
    pub term: Option<Term>,
}

/// Reads a sentence.
pub(super) fn interpret(signs: &[Placed], above: &Above) -> Vec<Said> {
    let reader = Reader { signs, above };
    let verbs: Vec<usize> = (0..signs.len())
        .filter(|at| reader.is_verb(*at) && !reader.is_told(*at))
        .collect();
    if verbs.is_empty() {
        return reader.item().into_iter().collect();
    }
    let mut out: Vec<Said> = Vec::new();
    let mut done = 0;
    for (n, verb) in verbs.iter().enumerate() {
        let end = verbs.get(n + 1).copied().unwrap_or(signs.len());
        let end = reader.end_before(*verb, end);
        if !reader.writes_anew(*verb, end, out.last_mut()) {
            out.extend(reader.clause(done, *verb, end, verbs.first() == Some(&0)));
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

    /// A verb behind other words is part of a title ("… về phí, sửa đổi …"), not of the sentence.
    fn is_told(&self, at: usize) -> bool {
        let active = matches!(self.sign(at), Some(Sign::Verb { passive: false, .. }));
        let before = (0..at)
            .rev()
            .filter_map(|at| self.sign(at))
            .find(|sign| **sign != Sign::Filler);
        active && matches!(before, Some(Sign::Other | Sign::About)) && !self.goes_on(at)
    }

    /// "Thông tư này có hiệu lực từ ngày … và thay thế …": the act itself is the subject.
    fn goes_on(&self, at: usize) -> bool {
        matches!(self.sign(at), Some(Sign::Verb { verb, passive: false }) if verb.ends()) && self.subject(at)
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
        let span = self.span(0, self.signs.len())?;
        if let Some(deed) = deed.as_ref().ok().filter(|deed| deed.is_bare())
            && !self
                .signs
                .iter()
                .any(|placed| matches!(placed.sign, Sign::Chain(_)) && placed.led)
            && let Some(what) = self.ended_item(deed)
        {
            return Some(Said { span, what });
        }
        let aims = self.aims(0, self.signs.len());
        if aims.is_empty() {
            return None;
        }
        let what = match deed {
            // Words of an act, not the act: "Quy chuẩn … ban hành kèm theo Thông tư số …".
            Ok(deed)
                if deed.is_bare()
                    && aims
                        .iter()
                        .all(|aim| aim.place.is_none() && !aim.portion.is_small()) =>
            {
                What::Doubt(Reason::PartOfContent, aims)
            }
            Ok(deed) if deed.is_of_time() && self.is_other(0, self.signs.len()) => {
                What::Doubt(Reason::PartOfContent, aims)
            }
            Ok(deed) => What::Does(deed, aims),
            Err(reason) => What::Doubt(reason, aims),
        };
        Some(Said { span, what })
    }

    pub(super) fn span(&self, from: usize, to: usize) -> Option<Range<usize>> {
        let first = self.signs.get(from)?;
        let last = self.signs.get(to.checked_sub(1)?)?;
        Some(first.span.start..last.span.end)
    }

    fn clause(&self, from: usize, verb: usize, end: usize, opened: bool) -> Vec<Said> {
        let Some(Sign::Verb { verb: kind, passive }) = self.sign(verb).cloned() else {
            return Vec::new();
        };
        let begins = if passive { from } else { verb };
        let opens = verb == 0
            || opened
            || matches!(self.sign(verb - 1), Some(Sign::Stop | Sign::End))
            || self.goes_on(verb);
        if !passive && !opens {
            return Vec::new();
        }
        let object = if passive { from } else { verb + 1 };
        let subject_end = if passive { verb } else { end };
        if !self.is_heading(object, subject_end) && self.has_words(object, subject_end) {
            return self.worded(kind.to_provisions(), object, end);
        }
        let ends = (kind.ends() && !self.is_heading(object, subject_end))
            .then(|| self.endings(kind, verb, object..subject_end, passive))
            .flatten();
        if let (Some(what), Some(span)) = (ends, self.span(begins, end)) {
            let mut said = vec![Said {
                span: span.clone(),
                what,
            }];
            // Beside whole acts, provisions of others may be named.
            let aims = self.named(object, subject_end, None, false);
            let kept = |aim: &Aim| aim.place.is_some() || aim.portion.is_small();
            let aims: Vec<Aim> = aims.into_iter().filter(kept).collect();
            let what = self.provisions(kind.to_provisions(), object, subject_end, aims);
            said.extend(what.map(|what| Said { span, what }));
            return said;
        }
        let kind = kind.to_provisions();
        let what = if passive {
            self.passive(kind, from, verb, end)
        } else {
            self.active(kind, object, end)
        };
        let said = what.and_then(|what| {
            Some(Said {
                span: self.span(begins, end)?,
                what,
            })
        });
        said.into_iter().collect()
    }

    fn active(&self, verb: Verb, object: usize, end: usize) -> Option<What> {
        if verb.is_of_time()
            && let Some(list) = self.list_of_time(verb, object, end)
        {
            return Some(list);
        }
        if self.is_heading(object, end) {
            return Some(What::Heading(self.scope(object, end)));
        }
        if verb == Verb::Add && self.has(object, end, &Sign::Opening) {
            return self.new_opening(object, end);
        }
        let aims = self.aims(object, end);
        // "Bãi bỏ các nội dung quy định về … tại:", each place an item.
        let opens = self.has(object, end, &Sign::Follows)
            || (self.sign(end - 1) == Some(&Sign::Stop) && self.is_part(object, end));
        let listed = aims.is_empty() && opens;
        if listed && (matches!(verb, Verb::Remove | Verb::Lapse) || verb.is_of_time()) {
            let deed = plain(verb)
                .filter(|_| !self.is_part(object, end))
                .ok_or(Reason::PartOfContent);
            return Some(What::List(self.scope(object, end), deed));
        }
        self.provisions(verb, object, end, aims)
    }

    /// "Tạm ngưng hiệu lực cho đến khi Luật X có hiệu lực đối với các văn bản sau đây:": acts named
    /// on the way are not meant; "Ngưng hiệu lực một phần Thông tư X": which part is told below.
    fn list_of_time(&self, verb: Verb, object: usize, end: usize) -> Option<What> {
        let stops = end > object && self.sign(end - 1) == Some(&Sign::Stop);
        let listed = stops && (self.has(object, end, &Sign::Follows) || self.has(object, end, &Sign::After));
        let led = (object..end).any(|at| {
            let named = matches!(self.sign(at), Some(Sign::Act(_) | Sign::Chain(_)));
            named && self.signs.get(at).is_some_and(|placed| placed.led)
        });
        let part = self.is_heading(object, end);
        if !listed {
            // Powers are told so as well: "Đình chỉ thi hành một phần văn bản trái với Hiến pháp".
            let aims = self.aims(object, end);
            let numbered = |aim: &Aim| matches!(aim.act, Some(ActRef::Number { .. }));
            return (part && aims.iter().any(numbered)).then_some(What::Doubt(Reason::PartOfContent, aims));
        }
        let first = (object..end).find(|at| {
            !matches!(
                self.sign(*at),
                Some(Sign::Filler | Sign::After | Sign::Follows | Sign::Some)
            )
        });
        let scope = match first.and_then(|at| self.sign(at)) {
            Some(Sign::Act(_)) => self.scope(object, end),
            _ => self.above.scope.clone(),
        };
        let deed = plain(verb).filter(|_| !self.is_part(object, end));
        (part || !led || first.is_some_and(|at| matches!(self.sign(at), Some(Sign::Act(_)))))
            .then(|| What::List(scope, deed.ok_or(Reason::PartOfContent)))
    }

    fn passive(&self, verb: Verb, from: usize, at: usize, end: usize) -> Option<What> {
        if self.is_heading(from, at) {
            return Some(What::Heading(self.scope(from, at)));
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
            // "các Thông tư sau hết hiệu lực:"
            let after = at > from && self.sign(at - 1) == Some(&Sign::After);
            let stops = end > at && self.sign(end - 1) == Some(&Sign::Stop);
            let listed = verb.ends() && (self.has(from, at, &Sign::Follows) || after && stops);
            return listed.then(|| What::List(self.scope(from, at), plain(verb).ok_or(Reason::Unread)));
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
            Verb::Change if !self.has(at, end, &Sign::Follows) => {
                let opens = matches!(self.sign(from), Some(Sign::Chain(_)));
                opens.then_some(What::Doubt(Reason::Unread, aims))
            }
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
                _ if self.is_other(from, to) => return None,
                // What ends as a whole was read before; this is something said in these acts.
                _ => What::Doubt(Reason::PartOfContent, aims),
            });
        }
        // Where no new text is to be shared out, the pieces alone are left undone.
        let bare = matches!(verb, Verb::Remove | Verb::Lapse) || verb.is_of_time();
        let is_piece = |aim: &Aim| aim.portion == Portion::Piece;
        if aims.iter().any(is_piece) && (!bare || aims.iter().all(is_piece)) {
            return Some(What::Doubt(Reason::Piece, aims));
        }
        if aims
            .iter()
            .any(|aim| aim.place.as_ref().is_some_and(|place| place.id().is_none()))
        {
            return Some(What::Doubt(Reason::NoTarget, aims));
        }
        if aims.iter().any(|aim| aim.portion.is_small()) {
            return self.pieced(verb, from, to, aims);
        }
        if let Some(own) = self.issued(verb, from, to, &aims) {
            return Some(What::Does(Deed::Issue(own), aims));
        }
        match verb {
            Verb::Add => Some(What::Does(Deed::Add(self.anchor(from, to)), aims)),
            Verb::Change => Some(What::Does(Deed::Change, aims)),
            Verb::Move => Some(self.moved(from, to, aims)),
            _ if self.is_other(from, to) => Some(What::Doubt(Reason::PartOfContent, aims)),
            _ => Some(What::Does(plain(verb)?, aims)),
        }
    }

    pub(super) fn scope(&self, from: usize, to: usize) -> Scope {
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

    /// "một số điều của …" right behind the verb.
    fn is_heading(&self, from: usize, to: usize) -> bool {
        (from..to)
            .take_while(|at| {
                !matches!(
                    self.sign(*at),
                    Some(Sign::Chain(_) | Sign::Act(_) | Sign::Words(_))
                )
            })
            .any(|at| self.sign(at) == Some(&Sign::Some))
    }

    pub(super) fn first_place(&self, from: usize, to: usize) -> Option<Place> {
        self.aims(from, to).into_iter().find_map(|aim| aim.place)
    }

    pub(super) fn has(&self, from: usize, to: usize, wanted: &Sign) -> bool {
        (from..to).any(|at| self.sign(at) == Some(wanted))
    }

    fn has_words(&self, from: usize, to: usize) -> bool {
        (from..to).any(|at| matches!(self.sign(at), Some(Sign::Words(_))))
    }

    /// Whether words before the provisions say that a part of the content is meant ("quy định về …").
    fn is_part(&self, from: usize, to: usize) -> bool {
        self.unnamed(from, to).any(|sign| *sign == Sign::About)
    }

    /// Whether words of another sense stand before what is named ("văn bản trái với Luật …").
    pub(super) fn is_other(&self, from: usize, to: usize) -> bool {
        self.unnamed(from, to)
            .any(|sign| matches!(sign, Sign::Other | Sign::About))
    }

    fn unnamed(&self, from: usize, to: usize) -> impl Iterator<Item = &Sign> {
        (from..to)
            .filter_map(|at| self.sign(at))
            .take_while(|sign| !matches!(sign, Sign::Chain(_) | Sign::Act(_) | Sign::Pieces(_)))
    }
}

/// The deed of a verb that needs nothing more.
pub(super) fn plain(verb: Verb) -> Option<Deed> {
    match verb {
        Verb::Supersede => Some(Deed::Lapse),
        Verb::Remove => Some(Deed::Remove),
        Verb::Lapse => Some(Deed::Lapse),
        Verb::Suspend => Some(Deed::Suspend),
        Verb::Postpone => Some(Deed::Postpone),
        Verb::Extend => Some(Deed::Extend),
        Verb::Change => Some(Deed::Change),
        Verb::Add => Some(Deed::Add(None)),
        Verb::Move => None,
    }
}
