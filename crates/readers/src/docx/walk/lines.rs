//! Text into paragraphs, paragraphs into their story.

use legal::model::{Align, Block, Para};

use super::{Carried, Field, Walk};
use crate::docx::fault::Fault;
use crate::docx::numbering::Printed;
use crate::docx::paragraph::{Paragraph, Piece, build, is_seen};
use crate::docx::styles::Look;

impl Walk<'_> {
    /// Adds text to the open paragraph where a reader of the page would see it.
    pub(super) fn text(&mut self, text: &str) -> Result<(), Fault> {
        self.spend(text.len())?;
        let keep = self.context.keep_contents;
        let story = self.story();
        let hidden_field = |field: &Field| !field.shown || (field.is_contents() && !keep);
        if story.fields.iter().any(hidden_field) {
            return Ok(());
        }
        let Some(paragraph) = story.paragraph.as_mut() else {
            return Ok(());
        };
        if paragraph.look.hidden == Some(true) {
            self.found.hidden += u32::from(!text.trim().is_empty());
            return Ok(());
        }
        let note = paragraph.own_sign.clone();
        paragraph.text(text);
        if let (Some(note), Some(notes)) = (note, self.context.notes.as_mut()) {
            notes.signed(&note, text);
        }
        Ok(())
    }

    pub(super) fn line_break(&mut self) {
        if let Some(paragraph) = self.story().paragraph.as_mut()
            && paragraph.look.hidden != Some(true)
        {
            paragraph.pieces.push(Piece::Break);
        }
    }

    pub(super) fn close_paragraph(&mut self) {
        let story = self.story();
        let Some(mut paragraph) = story.paragraph.take() else {
            return;
        };
        // A field whose code runs out of its paragraph is broken: what follows is text again.
        story.fields.retain(|field| field.shown);
        if paragraph.style.contents && !self.context.keep_contents {
            paragraph.pieces.clear();
        } else {
            self.end(&mut paragraph);
        }
        for block in paragraph.after {
            self.emit(block);
        }
        if let Some(notes) = self.context.notes.as_mut().filter(|_| paragraph.ends_section) {
            notes.turn_section();
        }
    }

    /// Gives a paragraph its number and its place, or joins it to the next one.
    fn end(&mut self, paragraph: &mut Paragraph) {
        let own = std::mem::take(&mut paragraph.pieces);
        let mut carried = self.story().carried.take().unwrap_or_default();
        if paragraph.layout.mark_deleted {
            carried.pieces.extend(own);
            self.story().carried = Some(carried);
            return;
        }
        let mark = self
            .context
            .styles
            .run(&paragraph.style, None, paragraph.layout.mark);
        let hidden_mark = mark.hidden == Some(true);
        if hidden_mark && carried.pieces.is_empty() && !is_seen(&own) {
            return;
        }
        let number = if carried.numbered {
            None
        } else {
            self.number(paragraph)
        };
        let seen = is_seen(&carried.pieces) || is_seen(&own);
        let numbered = carried.numbered || number.is_some();
        let number = number.filter(|number| seen || !number.bullet);
        let mut pieces: Vec<Piece> = number
            .and_then(|number| printed(number, mark))
            .into_iter()
            .collect();
        pieces.extend(carried.pieces);
        pieces.extend(own);
        if hidden_mark {
            self.story().carried = Some(Carried { pieces, numbered });
            return;
        }
        let align = self.context.styles.align(&paragraph.layout, &paragraph.style);
        for para in build(pieces, align, &mut self.found.mended) {
            self.emit(Block::Para(para));
        }
    }

    fn number(&mut self, paragraph: &Paragraph) -> Option<Printed> {
        let context = &mut self.context;
        context
            .lists
            .next(&paragraph.layout, &paragraph.style, context.styles)
    }

    /// Ends text whose next paragraph never comes.
    pub(super) fn flush_carried(&mut self) {
        let Some(carried) = self.story().carried.take() else {
            return;
        };
        for para in build(carried.pieces, Align::Start, &mut self.found.mended) {
            self.emit(Block::Para(para));
        }
    }

    pub(super) fn close_table(&mut self) {
        self.close_paragraph();
        self.flush_carried();
        let Some(grid) = self.story().grids.pop() else {
            return;
        };
        let nested = !self.story().grids.is_empty();
        for block in grid.into_blocks(nested) {
            self.emit(block);
        }
    }

    /// Ends a text box: what it holds follows the paragraph that it hangs on.
    pub(super) fn close_box(&mut self) {
        if self.stories.len() < 2 {
            return;
        }
        self.finish();
        let blocks = self.stories.pop().map(|story| story.blocks).unwrap_or_default();
        match self.story().paragraph.as_mut() {
            Some(paragraph) => paragraph.after.extend(blocks),
            None => blocks.into_iter().for_each(|block| self.emit(block)),
        }
    }

    /// Ends what a story left open.
    pub(super) fn finish(&mut self) {
        self.close_paragraph();
        while !self.story().grids.is_empty() {
            self.close_table();
        }
        self.flush_carried();
    }

    /// Puts a block where the story stands: into the open cell, or after what came before.
    fn emit(&mut self, block: Block) {
        let story = self.story();
        match (story.grids.last_mut(), block) {
            (None, Block::Para(para)) if is_rule(&para.text) => {}
            (None, block) => story.blocks.push(block),
            (Some(grid), Block::Para(para)) => grid.para(para),
            (Some(grid), Block::Table(table)) => {
                let cells = table.rows.into_iter().flat_map(|row| row.cells);
                let paras: Vec<Para> = cells.flat_map(|cell| cell.paras).collect();
                paras.into_iter().for_each(|para| grid.para(para));
            }
            // A draft has no quotes yet.
            (Some(_), Block::Quote(_)) => {}
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
