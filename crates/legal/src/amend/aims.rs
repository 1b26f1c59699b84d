//! What a sentence names: provisions with their acts, completed from what stands around.

use crate::citations::ActRef;
use crate::citations::places::{Level, Place};

use super::Portion;
use super::interpret::{Aim, Reader};
use super::sentence::{Placed, Sign};
use super::targets::{complete, up_to};

impl Reader<'_> {
    /// The act named between two signs, else the one above.
    pub(super) fn act_between(&self, from: usize, to: usize) -> Option<ActRef> {
        let own = (from..to).find_map(|at| match self.sign(at) {
            Some(Sign::Act(act)) if *act != ActRef::This => Some(act.clone()),
            _ => None,
        });
        own.or_else(|| self.leading_act())
            .or_else(|| self.above.scope.act.clone())
    }

    /// "Trong Luật X số …, cụm từ “A” được thay bằng …; cụm từ “C” …": the act that the sentence begins
    /// with is that of all its pieces.
    pub(super) fn leading_act(&self) -> Option<ActRef> {
        match self.signs {
            [all, act, ..] if all.sign == Sign::All && all.span.start == 0 => match &act.sign {
                Sign::Act(act) if *act != ActRef::This => Some(act.clone()),
                _ => None,
            },
            _ => None,
        }
    }

    /// The act that provisions at `at` belong to: the next one named in the sentence, else the one above.
    pub(super) fn act_behind(&self, at: usize) -> Option<ActRef> {
        let end = (at..self.signs.len())
            .find(|place| self.sign(*place) == Some(&Sign::End))
            .unwrap_or(self.signs.len());
        self.act_between(at, end)
    }

    pub(super) fn aims(&self, from: usize, to: usize) -> Vec<Aim> {
        self.aims_within(from, to, None)
    }

    /// What is named between two signs, an anchor left out.
    pub(super) fn aims_within(&self, from: usize, to: usize, within: Option<&Place>) -> Vec<Aim> {
        self.named(from, to, within, false)
    }

    /// What is named between two signs; with `anchors` also what stands behind "sau" and "vào".
    pub(super) fn named(&self, from: usize, to: usize, within: Option<&Place>, anchors: bool) -> Vec<Aim> {
        let mut out = Vec::new();
        let mut portion = Portion::Whole;
        let mut title = None;
        for at in from..to {
            match self.sign(at) {
                Some(Sign::Title(None)) => portion = Portion::Title,
                Some(Sign::Title(Some(level))) => title = Some(*level),
                Some(Sign::Opening) => portion = Portion::Opening,
                Some(Sign::Paragraph(n)) => portion = Portion::Paragraph(*n),
                Some(Sign::Piece) if out.is_empty() || self.is_item(at) => portion = Portion::Piece,
                Some(Sign::Stop) if !out.is_empty() => portion = Portion::Whole,
                Some(Sign::After | Sign::Before | Sign::By) if !anchors => break,
                Some(Sign::Into) if !anchors && !out.is_empty() => break,
                Some(Sign::Chain(_)) if self.is_titled(from, at) => {}
                Some(Sign::Chain(places)) => {
                    let act = self.act_behind(at);
                    let places: Vec<Place> = self.completed(at, places, within);
                    if let Some(level) = title.take()
                        && let Some(place) = places.first().and_then(|place| up_to(place, level))
                    {
                        out.push(Aim {
                            act: act.clone(),
                            place: Some(place),
                            portion: Portion::Title,
                        });
                    }
                    for (n, place) in places.into_iter().enumerate() {
                        let portion = match portion {
                            Portion::Title if n > 0 => Portion::Whole,
                            // "tên khoản 8": its first paragraph.
                            Portion::Title if place.inner().is_some_and(|level| level < Level::Article) => {
                                Portion::Paragraph(1)
                            }
                            other => other,
                        };
                        out.push(Aim {
                            act: act.clone(),
                            place: Some(place),
                            portion,
                        });
                    }
                    portion = Portion::Whole;
                }
                _ => {}
            }
        }
        if let Some(place) = title.and_then(|level| up_to(&self.above.scope.place, level)) {
            out.push(Aim {
                act: self.above.scope.act.clone(),
                place: Some(place),
                portion: Portion::Title,
            });
        }
        if out.is_empty() {
            out = self.acts_alone(from, to, portion == Portion::Piece);
        }
        out
    }

    /// Whether a piece begins an item and its provision follows: "Điều 5 và đoạn cuối khoản 2 Điều 6",
    /// "Điều 1 và Mẫu số 1 Phụ lục II".
    fn is_item(&self, at: usize) -> bool {
        let led = self.signs.get(at).is_some_and(|placed| placed.led);
        let near = |placed: &&Placed| {
            matches!(
                placed.sign,
                Sign::Filler | Sign::Other | Sign::Piece | Sign::AtEnd
            )
        };
        let next = self.signs.iter().skip(at + 1).find(|placed| !near(placed));
        led && next.is_some_and(|placed| matches!(placed.sign, Sign::Chain(_)) && !placed.led)
    }

    /// Whether provisions stand in the title of an act ("Thông tư số 1 hướng dẫn Điều 5 của Luật X").
    fn is_titled(&self, from: usize, at: usize) -> bool {
        let led = self.signs.get(at).is_none_or(|placed| placed.led);
        let before = (from..at).rev().map_while(|place| self.sign(place));
        let words = before.take_while(|sign| !matches!(sign, Sign::Act(_)));
        let other = words
            .filter(|sign| matches!(sign, Sign::Other | Sign::About))
            .count();
        let act =
            (from..at).any(|place| matches!(self.sign(place), Some(Sign::Act(act)) if *act != ActRef::This));
        !led && act && other > 0
    }

    /// Acts named without provisions, or a piece of the act above.
    fn acts_alone(&self, from: usize, to: usize, piece: bool) -> Vec<Aim> {
        let portion = if piece { Portion::Piece } else { Portion::Whole };
        let acts = (from..to).filter_map(|at| match self.sign(at) {
            Some(Sign::Act(act)) if *act != ActRef::This => Some(act.clone()),
            _ => None,
        });
        let mut out: Vec<Aim> = acts
            .map(|act| Aim {
                act: Some(act),
                place: None,
                portion,
            })
            .collect();
        if out.is_empty() && piece {
            out.push(Aim {
                act: self.above.scope.act.clone(),
                place: None,
                portion,
            });
        }
        out
    }

    fn completed(&self, at: usize, places: &[Place], within: Option<&Place>) -> Vec<Place> {
        let behind: Vec<&Place> = self.signs[at + 1..]
            .iter()
            .filter_map(|placed| match &placed.sign {
                Sign::Chain(places) => places.first(),
                _ => None,
            })
            .collect();
        let mut above = within.unwrap_or(&self.above.scope.place).clone();
        // "Điều 2 của Thông tư số …": of the act itself, not of the regulation issued with it.
        let next = (at + 1..self.signs.len())
            .filter_map(|place| self.sign(place))
            .find(|sign| !matches!(sign, Sign::Filler | Sign::Chain(_)));
        if matches!(next, Some(Sign::Act(act)) if *act != ActRef::This) {
            above.attached = None;
        }
        let above = &above;
        let mut out = Vec::with_capacity(places.len());
        for (n, place) in places.iter().enumerate() {
            let mut place = place.clone();
            let here = places[n + 1..].iter();
            let known = if within.is_some() {
                complete(&mut place, here, above)
            } else {
                complete(&mut place, here.chain(behind.iter().copied()), above)
            };
            // What has no article has no address.
            out.push(if known { place } else { Place::default() });
        }
        out
    }

    pub(super) fn anchor(&self, from: usize, to: usize) -> Option<(bool, Place)> {
        let at = (from..to).find(|at| matches!(self.sign(*at), Some(Sign::After | Sign::Before)))?;
        let after = self.sign(at) == Some(&Sign::After);
        let chain = (at..to).find_map(|place| match self.sign(place) {
            Some(Sign::Chain(places)) => self.completed(place, places, None).into_iter().next_back(),
            _ => None,
        });
        chain.map(|place| (after, place))
    }
}
