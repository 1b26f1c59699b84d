//! Text into paragraphs, paragraphs into their story.

use super::{LETTER, Walk};
use crate::docx::paragraph::Paragraph;
use crate::word::{EndMark, Fault, Piece};

impl Walk<'_> {
    /// Adds text to the open paragraph where a reader of the page would see it.
    pub(super) fn text(&mut self, text: &str) -> Result<(), Fault> {
        self.spend(text.len().saturating_mul(LETTER))?;
        let keep = self.context.keep_contents;
        let story = self.story();
        if story.fields.hide(keep) {
            return Ok(());
        }
        let Some(paragraph) = story.paragraph.as_mut() else {
            return Ok(());
        };
        if paragraph.look.hidden == Some(true) {
            self.seen.found.hidden += u32::from(!text.trim().is_empty());
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
        story.fields.end_paragraph();
        if paragraph.style.contents && !self.context.keep_contents {
            paragraph.pieces.clear();
        } else {
            self.end(&mut paragraph);
        }
        for block in paragraph.after {
            self.story().flow.emit(block);
        }
        if let Some(notes) = self.context.notes.as_mut().filter(|_| paragraph.ends_section) {
            notes.turn_section();
        }
    }

    /// Ends a paragraph, numbered where it stands in a list.
    fn end(&mut self, paragraph: &mut Paragraph) {
        let pieces = std::mem::take(&mut paragraph.pieces);
        let context = &mut self.context;
        let look = context.styles.run(&paragraph.style, None, paragraph.layout.mark);
        let mark = EndMark {
            look,
            deleted: paragraph.layout.mark_deleted,
        };
        let align = context.styles.align(&paragraph.layout, &paragraph.style);
        let Some(story) = self.stories.last_mut() else {
            return;
        };
        let found = &mut self.seen.found;
        let number = story.flow.end(pieces, mark, align, found, || {
            context
                .lists
                .next(&paragraph.layout, &paragraph.style, context.styles)
        });
        // Too much of it is refused at the next paragraph.
        self.spent = self.spent.saturating_add(number);
    }

    /// Ends text whose next paragraph never comes.
    pub(super) fn flush(&mut self) {
        if let Some(story) = self.stories.last_mut() {
            story.flow.flush(&mut self.seen.found);
        }
    }

    pub(super) fn close_table(&mut self) {
        self.close_paragraph();
        if let Some(story) = self.stories.last_mut() {
            story.flow.close_table(&mut self.seen.found);
        }
    }

    /// Ends a text box: what it holds follows the paragraph that it hangs on.
    pub(super) fn close_box(&mut self) {
        if self.stories.len() < 2 {
            return;
        }
        self.finish();
        let blocks = self
            .stories
            .pop()
            .map(|story| story.flow.blocks)
            .unwrap_or_default();
        match self.story().paragraph.as_mut() {
            Some(paragraph) => paragraph.after.extend(blocks),
            None => blocks.into_iter().for_each(|block| self.story().flow.emit(block)),
        }
    }

    /// Ends what a story left open.
    pub(super) fn finish(&mut self) {
        self.close_paragraph();
        while !self.story().flow.grids.is_empty() {
            self.close_table();
        }
        self.flush();
    }
}
