//! The flow of paragraphs and tables in one story: the body, a note, a header, a text box.

use legal::model::{Align, Block};

use super::grid::Grid;
use super::lists::Printed;
use super::look::Look;
use super::pieces::{Piece, build, is_seen};
use super::remarks::Found;

/// Text that goes on in the next paragraph, because the mark between them is deleted or hidden.
#[derive(Debug, Default)]
struct Carried {
    pieces: Vec<Piece>,
    /// It has its number already.
    numbered: bool,
}

/// The mark that ends a paragraph.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct EndMark {
    /// How it looks, and with it the number of the paragraph.
    pub look: Look,
    /// A tracked change took it away: the paragraph goes on in the next one.
    pub deleted: bool,
}

/// The flow so far.
#[derive(Debug, Default)]
pub(crate) struct Flow {
    pub blocks: Vec<Block>,
    /// Tables that are open, the innermost last.
    pub grids: Vec<Grid>,
    carried: Option<Carried>,
}

impl Flow {
    /// Ends a paragraph: gives it its number and its place, or joins it to the next one.
    /// `number` counts it and is asked once at most. Gives the bytes of the number.
    pub(crate) fn end(
        &mut self,
        own: Vec<Piece>,
        mark: EndMark,
        align: Align,
        found: &mut Found,
        number: impl FnOnce() -> Option<Printed>,
    ) -> usize {
        let mut carried = self.carried.take().unwrap_or_default();
        if mark.deleted {
            carried.pieces.extend(own);
            self.carried = Some(carried);
            return 0;
        }
        let hidden_mark = mark.look.hidden == Some(true);
        if hidden_mark && carried.pieces.is_empty() && !is_seen(&own) {
            return 0;
        }
        let number = if carried.numbered { None } else { number() };
        let seen = number.as_ref().is_some_and(|number| number.bullet)
            && (is_seen(&carried.pieces) || is_seen(&own));
        let numbered = carried.numbered || number.is_some();
        let number = number.filter(|number| seen || !number.bullet);
        let weight = number.as_ref().map_or(0, |number| number.text.len());
        let mut pieces = carried.pieces;
        if let Some(number) = number.and_then(|number| printed(number, mark.look)) {
            pieces.insert(0, number);
        }
        pieces.extend(own);
        if hidden_mark {
            self.carried = Some(Carried { pieces, numbered });
            return weight;
        }
        for para in build(pieces, align, found) {
            self.emit(Block::Para(para));
        }
        weight
    }

    /// Ends text whose next paragraph never comes.
    pub(crate) fn flush(&mut self, found: &mut Found) {
        let Some(carried) = self.carried.take() else {
            return;
        };
        for para in build(carried.pieces, Align::Start, found) {
            self.emit(Block::Para(para));
        }
    }

    /// Ends the innermost table.
    pub(crate) fn close_table(&mut self, found: &mut Found) {
        self.flush(found);
        let Some(grid) = self.grids.pop() else {
            return;
        };
        for block in grid.into_blocks(self.grids.len()) {
            self.emit(block);
        }
    }

    /// Puts a block where the flow stands: into the open cell, or after what came before.
    pub(crate) fn emit(&mut self, block: Block) {
        match (self.grids.last_mut(), block) {
            (None, Block::Para(para)) if is_rule(&para.text) => {}
            (None, block) => self.blocks.push(block),
            (Some(grid), block) => grid.block(block),
        }
    }
}

/// A line drawn with signs: furniture of the page, no text.
fn is_rule(text: &str) -> bool {
    let sign = |c: char| matches!(c, '-' | '–' | '—' | '=' | '*' | '_');
    text.len() >= 5 && text.chars().all(sign)
}

/// A number as the first piece of its paragraph; `None` where it is hidden.
fn printed(number: Printed, mark: Look) -> Option<Piece> {
    let look = number.look.over(mark);
    // Signs of a font of signs are read already.
    let font = look.font.filter(|font| !font.is_signs());
    (look.hidden != Some(true)).then_some(Piece::Text {
        text: number.text,
        look: look.set_in(font),
        note: None,
    })
}
