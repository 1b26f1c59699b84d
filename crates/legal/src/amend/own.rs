//! New text that stands in the amending act's own appendices, or that a passage brings for a form or a row.

use crate::citations::places::{Place, group_number};
use crate::model::{Block, Part, PartKind};

use super::passage::Passage;
use super::pieces::{Own, row_of};
use super::walk::Walk;
use super::{Portion, Reason, forms};

impl Walk<'_> {
    /// The text of an appendix of the amending act itself.
    pub(super) fn appendix(&self, place: &Place) -> Option<Vec<Block>> {
        let part = self.appendix_part(place)?;
        let bare = self.act.provisions.iter().all(|one| one.part != part.id);
        bare.then(|| part.opening.clone())
    }

    /// The appendix of the amending act itself.
    fn appendix_part(&self, place: &Place) -> Option<&Part> {
        let id = place.id()?;
        let number = id.strip_prefix("app_")?;
        let parts = || {
            self.act
                .parts
                .iter()
                .filter(|part| part.kind == PartKind::Appendix)
        };
        let only = parts().count() == 1;
        let mut fitting = parts().filter(|part| match part.number.as_deref() {
            Some(printed) => group_number(printed).as_deref() == Some(number),
            None => only,
        });
        let part = fitting.next()?;
        fitting.next().is_none().then_some(part)
    }

    /// The new text of a form or a row.
    pub(super) fn piece_text(
        &self,
        own: Option<&Own>,
        portion: &Portion,
        passage: &Passage,
        rows: &[String],
    ) -> Result<Vec<Block>, Reason> {
        if let Some(own) = own {
            return self.own_form(own);
        }
        let all: Vec<Block> = passage.iter().flatten().cloned().collect();
        match portion {
            _ if all.is_empty() => Err(Reason::NoText),
            Portion::Row(number) => row_of(&all, number, rows).ok_or(Reason::OtherNumber),
            Portion::Form(form) => match forms::first(&all) {
                Some(first) if first.same(form) => Ok(all),
                _ => Err(Reason::OtherNumber),
            },
            _ => Err(Reason::Piece),
        }
    }

    /// The text of a form in the appendices of the amending act itself.
    fn own_form(&self, own: &Own) -> Result<Vec<Block>, Reason> {
        let appendices = self
            .act
            .parts
            .iter()
            .filter(|part| part.kind == PartKind::Appendix);
        let searched: Vec<&[Block]> = match &own.place {
            Some(place) => self
                .appendix_part(place)
                .into_iter()
                .map(|part| part.opening.as_slice())
                .collect(),
            None => appendices.map(|part| part.opening.as_slice()).collect(),
        };
        let mut found = Vec::new();
        for blocks in searched {
            match forms::find(blocks, &own.form) {
                Ok(range) => found.push(blocks.get(range).unwrap_or_default().to_vec()),
                Err(Reason::NoForm) => {}
                Err(reason) => return Err(reason),
            }
        }
        match (found.pop(), found.len()) {
            (Some(text), 0) => Ok(text),
            (Some(_), _) => Err(Reason::Repeated),
            (None, _) => Err(Reason::NoNewForm),
        }
    }
}
