//! What a sentence names: provisions with their acts, completed from what stands around.

use crate::citations::ActRef;
use crate::citations::places::{Level, Place};

use super::Portion;
use super::interpret::{Aim, Reader};
use super::pieces::holder;
use super::sentence::{Placed, Sign};
use super::targets::{complete, up_to};

/// Forms and rows named whose appendix was not met yet.
#[derive(Default)]
pub(super) struct Small {
    pieces: Vec<Portion>,
    /// Sign of the last ones.
    at: usize,
    /// Sign of the appendix that "mục II" before it belongs to.
    lent: Option<usize>,
}

impl Reader<'_> {
    /// Forms or rows: of the appendix that follows, or of one right before them, which is refused.
    fn take_pieces(&self, at: usize, pieces: &[Portion], small: &mut Small, out: &mut [Aim]) {
        let behind = at.checked_sub(1).and_then(|before| self.sign(before));
        let led = self.signs.get(at).is_some_and(|placed| placed.led);
        if let (Some(Sign::Chain(_)), false, Some(last)) = (behind, led, out.last_mut()) {
            // "Phụ lục II Mẫu số 03": not the appendix.
            last.portion = Portion::Piece;
            return;
        }
        small.pieces.extend(pieces.iter().cloned());
        small.at = at;
    }

    /// Gives forms and rows the place behind them. False where the place is an item of its own.
    fn put_pieces(&self, at: usize, places: &[Place], small: &mut Small, out: &mut Vec<Aim>) -> bool {
        if small.pieces.is_empty() {
            return false;
        }
        let led = self.signs.get(at).is_some_and(|placed| placed.led);
        let between = small.at + 1..at;
        let apart = led && !between.is_empty();
        if apart {
            let above = Some(&self.above.scope.place).filter(|place| place.get(Level::Annex).is_some());
            self.end_pieces(above.cloned(), small, out);
            return false;
        }
        let act = self.act_behind(at);
        let sure = !led && places.len() == 1;
        let place = places.first().map(|place| self.with_annex(at, place, small));
        for piece in small.pieces.drain(..) {
            let place = place.clone();
            let held = place
                .as_ref()
                .and_then(|place| holder(&piece, place))
                .filter(|_| sure);
            out.push(Aim {
                act: act.clone(),
                portion: if held.is_some() { piece } else { Portion::Piece },
                place: held.or(place),
            });
        }
        true
    }

    /// "mục II của Phụ lục số 01", "mục V phần B" below a heading about an appendix.
    fn with_annex(&self, at: usize, place: &Place, small: &mut Small) -> Place {
        let mut place = place.clone();
        let group = place.inner().is_some_and(|inner| inner > Level::Article);
        if group
            && place.get(Level::Annex).is_none()
            && let Some((lent, annex)) = self.annex_behind(at)
        {
            small.lent = lent;
            place.copy_or_clear(&annex, Level::Annex);
        }
        place
    }

    /// Forms and rows without a place behind them.
    fn end_pieces(&self, annex: Option<Place>, small: &mut Small, out: &mut Vec<Aim>) {
        for piece in small.pieces.drain(..) {
            let held = annex.as_ref().and_then(|place| holder(&piece, place));
            let lost = annex.is_some() && held.is_none();
            out.push(Aim {
                act: self.act_behind(small.at),
                place: held.or(annex.clone()),
                portion: if lost { Portion::Piece } else { piece },
            });
        }
    }

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
        let mut small = Small::default();
        for at in from..to {
            match self.sign(at) {
                Some(Sign::Title(None)) => portion = Portion::Title,
                Some(Sign::Title(Some(level))) => title = Some(*level),
                Some(Sign::Opening) => portion = Portion::Opening,
                Some(Sign::Paragraph(n)) => portion = Portion::Paragraph(*n),
                Some(Sign::Piece) if out.is_empty() || self.is_item(at) => portion = Portion::Piece,
                Some(Sign::Pieces(_)) if portion == Portion::Piece => {}
                Some(Sign::Pieces(pieces)) => self.take_pieces(at, pieces, &mut small, &mut out),
                Some(Sign::Stop) if !out.is_empty() => portion = Portion::Whole,
                Some(Sign::After | Sign::Before | Sign::By) if !anchors => break,
                Some(Sign::Into) if !anchors && !out.is_empty() => break,
                Some(Sign::Chain(_)) if self.is_titled(from, at) || small.lent == Some(at) => {}
                Some(Sign::Chain(places)) => {
                    let act = self.act_behind(at);
                    let places: Vec<Place> = self.completed(at, places, within);
                    if self.put_pieces(at, &places, &mut small, &mut out) {
                        continue;
                    }
                    if let Some(level) = title.take()
                        && let Some(place) = places.first().and_then(|place| up_to(place, level))
                    {
                        out.push(Aim {
                            act: act.clone(),
                            place: Some(place),
                            portion: Portion::Title,
                        });
                    }
                    out.extend(each(places, act, &portion));
                    portion = Portion::Whole;
                }
                _ => {}
            }
        }
        let annex = self.annex_behind(small.at).map(|(_, place)| place);
        self.end_pieces(annex, &mut small, &mut out);
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
                Sign::Filler | Sign::Other | Sign::Piece | Sign::Pieces(_) | Sign::AtEnd
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
                portion: portion.clone(),
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

/// An aim for each place; a title is meant of the first alone.
fn each(places: Vec<Place>, act: Option<ActRef>, portion: &Portion) -> impl Iterator<Item = Aim> {
    places.into_iter().enumerate().map(move |(n, place)| Aim {
        act: act.clone(),
        portion: match portion {
            Portion::Title if n > 0 => Portion::Whole,
            // "tên khoản 8": its first paragraph.
            Portion::Title if place.inner().is_some_and(|level| level < Level::Article) => {
                Portion::Paragraph(1)
            }
            other => other.clone(),
        },
        place: Some(place),
    })
}
