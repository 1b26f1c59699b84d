//! The walk over one story of a document: body, note, header, text box.

mod signs;

use std::cell::Cell;
use std::rc::Rc;

use legal::model::Block;

use super::bins::{Bins, Kind};
use super::bytes::{place, u16_at};
use super::file::File;
use super::fonts::Fonts;
use super::lists::Numbering;
use super::props::{Layout, Run};
use super::sprm::{Prl, prls};
use super::stories::{Places, Range};
use super::styles::{Resolved, Styles};
use super::table;
use super::text::{Piece as Stretch, Text};
use crate::word::{EndMark, Fault, Fields, Flow, Font, Found, Look, Notes, OpenTable, Piece, RowMake};

/// Bytes of text and numbers and, weighed, paragraphs, runs and their formatting that one file may hold.
const MAX_SPENT: usize = 32 << 20;
/// What a character weighs, what a paragraph weighs beside its text, and what a run weighs.
const CHARACTER: usize = 2;
const PARAGRAPH: usize = 128;
const RUN: usize = 16;
/// Tables in cells of tables beyond this depth are read as if they stood at it.
const MAX_DEPTH: u32 = 16;

/// What every story of a document is read with.
pub(super) struct Source<'f> {
    file: &'f File,
    text: Text<'f>,
    chars: Bins<'f>,
    paras: Bins<'f>,
    fonts: Fonts,
    /// Positions after the last characters of sections.
    sections: Vec<u32>,
    /// What all walks together have cost.
    spent: Cell<usize>,
}

impl<'f> Source<'f> {
    pub(super) fn read(file: &'f File, sections: Vec<u32>) -> Result<Self, Fault> {
        Ok(Self {
            file,
            text: Text::read(file)?,
            chars: Bins::read(file, Kind::Chars)?,
            paras: Bins::read(file, Kind::Paras)?,
            fonts: Fonts::read(file)?,
            sections,
            spent: Cell::new(0),
        })
    }

    /// Begins anew to count what walks cost.
    pub(super) fn reset(&self) {
        self.spent.set(0);
    }

    fn spend(&self, bytes: usize) -> Result<(), Fault> {
        self.spent.set(self.spent.get().saturating_add(bytes));
        if self.spent.get() > MAX_SPENT {
            Err(Fault::TooLarge)
        } else {
            Ok(())
        }
    }

    /// Position after the mark that ends the paragraph of `start`.
    fn paragraph_end(&self, start: u32, end: u32) -> u32 {
        let mut at = start;
        while let Some(piece) = self.text.piece(at).filter(|_| at < end) {
            let stop = piece.end.min(end);
            let bytes = self.text.bytes(piece, at, stop);
            let ends = |place: usize, unit: u16| {
                let after = at.saturating_add(u32::try_from(place).unwrap_or(u32::MAX)) + 1;
                matches!(unit, 7 | 13) || (unit == 12 && self.sections.binary_search(&after).is_ok())
            };
            let found = match piece.wide {
                false => bytes
                    .iter()
                    .enumerate()
                    .position(|(n, byte)| ends(n, u16::from(*byte))),
                true => (bytes.chunks_exact(2).enumerate())
                    .position(|(n, pair)| ends(n, u16::from_le_bytes([pair[0], pair[1]]))),
            };
            match found.and_then(|found| u32::try_from(found).ok()) {
                Some(found) => return at + found + 1,
                None => at = stop,
            }
        }
        end
    }

    /// The character at a position, as its file writes it.
    fn unit(&self, at: u32) -> Option<u16> {
        let piece = self.text.piece(at)?;
        let bytes = self.text.bytes(piece, at, at + 1);
        if piece.wide {
            u16_at(bytes, 0)
        } else {
            bytes.first().map(|byte| u16::from(*byte))
        }
    }
}

/// A story while it is read.
#[derive(Default)]
struct Open {
    flow: Flow,
    tables: Vec<OpenTable>,
    fields: Fields,
    pieces: Vec<Piece>,
    /// Text boxes that hang on the open paragraph.
    boxes: Vec<Range>,
}

impl Open {
    /// Where blocks go: into the open cell, or after what came before.
    fn flow(&mut self) -> &mut Flow {
        match self.tables.last_mut() {
            Some(table) => &mut table.cell,
            None => &mut self.flow,
        }
    }
}

/// The walk.
pub(super) struct Walk<'w, 'f> {
    source: &'w Source<'f>,
    styles: &'w mut Styles<'f>,
    lists: Numbering,
    notes: Option<&'w mut Notes>,
    places: Option<&'w Places>,
    keep_contents: bool,
    open: Open,
    pub(super) found: Found,
    /// A table of contents never ended: what followed was lost with it.
    pub(super) endless_contents: bool,
}

impl<'w, 'f> Walk<'w, 'f> {
    /// A walk over stories without notes and text boxes of their own.
    pub(super) fn new(source: &'w Source<'f>, styles: &'w mut Styles<'f>, lists: Numbering) -> Self {
        Self {
            source,
            styles,
            lists,
            notes: None,
            places: None,
            keep_contents: true,
            open: Open::default(),
            found: Found::default(),
            endless_contents: false,
        }
    }

    /// The walk over the body.
    pub(super) fn body(self, notes: &'w mut Notes, places: &'w Places, keep_contents: bool) -> Self {
        Self {
            notes: Some(notes),
            places: Some(places),
            keep_contents,
            ..self
        }
    }

    /// Reads a story.
    pub(super) fn story(&mut self, (start, end): Range) -> Result<Vec<Block>, Fault> {
        let outer = std::mem::take(&mut self.open);
        let end = end.min(self.source.text.len());
        let mut at = start;
        while at < end {
            let stop = self.source.paragraph_end(at, end).max(at + 1);
            self.paragraph(at, stop)?;
            at = stop;
        }
        self.close_tables(0);
        self.open.flow.flush(&mut self.found);
        self.endless_contents |= self.open.fields.hold_contents();
        let inner = std::mem::replace(&mut self.open, outer);
        Ok(inner.flow.blocks)
    }

    fn paragraph(&mut self, start: u32, end: u32) -> Result<(), Fault> {
        self.source.spend(PARAGRAPH)?;
        let (layout, style, make) = self.layout(end - 1)?;
        let ended = matches!(self.source.unit(end - 1), Some(7 | 12 | 13));
        let text_end = if ended { end - 1 } else { end };
        let mut at = start;
        while at < text_end {
            let Some(piece) = self.source.text.piece(at).copied() else {
                break;
            };
            let (run, stop) = self.run(&style, &piece, at, text_end)?;
            self.source.spend(place(stop - at).saturating_mul(CHARACTER))?;
            self.text(run, &piece, at, stop);
            at = stop;
        }
        let mark = match self.source.text.piece(end - 1).copied() {
            Some(piece) => self.run(&style, &piece, end - 1, end)?.0,
            None => style.run,
        };
        self.end(&layout, &style, mark, make, self.source.unit(end - 1))?;
        if self.source.sections.binary_search(&end).is_ok()
            && let Some(notes) = self.notes.as_mut()
        {
            notes.turn_section();
        }
        Ok(())
    }

    /// What the mark at a position says of its paragraph: how it stands beyond its style, its
    /// style, and how a row that ends there is made.
    fn layout(&mut self, mark: u32) -> Result<(Layout, Rc<Resolved>, RowMake), Fault> {
        let dialect = self.source.file.dialect;
        let mut layout = Layout::default();
        let mut make = RowMake::default();
        let Some(piece) = self.source.text.piece(mark).copied() else {
            return Ok((layout, Rc::default(), make));
        };
        let run = self.source.paras.at(piece.offset_of(mark))?;
        let data = self.source.file.streams.data.as_slice();
        let mut long = 0;
        let mut change = |prl: Prl<'_>| {
            layout.change(&prl);
            table::change(&mut make, &prl, dialect);
        };
        for prl in prls(dialect, run.list) {
            // Formatting that is too long for its page stands elsewhere.
            if matches!(prl.code, 0x6645 | 0x6646 | 0x646b) {
                let at = place(prl.long());
                let length = u16_at(data, at).map_or(0, usize::from);
                let list = data.get(at + 2..at + 2 + length).unwrap_or_default();
                long += list.len();
                prls(dialect, list).for_each(&mut change);
            } else {
                change(prl);
            }
        }
        self.source.text.changes(piece.prm, &mut change);
        self.source
            .spend(long + make.weight() + self.source.text.weight(piece.prm))?;
        let style = self.styles.get(run.style);
        Ok((layout, style, make))
    }

    /// How the characters from a position on look, and where others begin.
    fn run(&mut self, style: &Resolved, piece: &Stretch, at: u32, end: u32) -> Result<(Run, u32), Fault> {
        let offset = piece.offset_of(at);
        let found = self.source.chars.at(offset)?;
        let length = found.end.saturating_sub(offset).div_ceil(piece.width()).max(1);
        let stop = at.saturating_add(length).min(piece.end).min(end);
        self.source
            .spend(RUN + found.list.len() / 4 + self.source.text.weight(piece.prm))?;
        let dialect = self.source.file.dialect;
        let named = prls(dialect, found.list).filter(|prl| prl.code == 0x4a30).last();
        let mut run = style.run;
        if let Some(prl) = named {
            let character = self.styles.character(prl.short());
            run.look = character.look.toggled(run.look);
            run.fonts = [0, 1].map(|kind| character.fonts[kind].or(run.fonts[kind]));
        }
        let base = run.look;
        prls(dialect, found.list).for_each(|prl| run.change(&prl, &base));
        self.source
            .text
            .changes(piece.prm, &mut |prl| run.change(&prl, &base));
        Ok((run, stop.max(at + 1)))
    }

    /// How a run looks, its font included.
    fn look(&self, run: &Run) -> Look {
        let [ascii, other] = run
            .fonts
            .map(|number| number.map(|number| self.source.fonts.get(number)));
        run.look.set_in(Font::of_pair(ascii, other))
    }

    /// Ends a paragraph: puts it into its table or after what came before.
    fn end(
        &mut self,
        layout: &Layout,
        style: &Resolved,
        mark: Run,
        make: RowMake,
        sign: Option<u16>,
    ) -> Result<(), Fault> {
        self.open.fields.end_paragraph();
        let mut pieces = std::mem::take(&mut self.open.pieces);
        let depth = layout.depth().min(MAX_DEPTH);
        self.close_tables(depth);
        while self.open.tables.len() < place(depth) {
            self.open.tables.push(OpenTable::default());
        }
        if depth > 0 && (layout.row_end || layout.inner_row_end) {
            let mut make = make;
            make.dropped = mark.deleted;
            if let Some(table) = self.open.tables.last_mut() {
                table.close_row(make);
            }
            return Ok(());
        }
        let closes_cell = depth > 0 && (layout.inner_cell || (depth == 1 && sign == Some(7)));
        if style.contents && !self.keep_contents {
            pieces.clear();
        } else {
            let number = self.put(pieces, layout, style, mark, closes_cell);
            self.source.spend(number)?;
        }
        for range in std::mem::take(&mut self.open.boxes) {
            let blocks = self.story(range)?;
            blocks.into_iter().for_each(|block| self.open.flow().emit(block));
        }
        if let Some(table) = self.open.tables.last_mut().filter(|_| closes_cell) {
            table.cell.flush(&mut self.found);
            table.close_cell();
        }
        Ok(())
    }

    /// Puts a paragraph where it stands; gives the bytes of its number.
    fn put(
        &mut self,
        pieces: Vec<Piece>,
        layout: &Layout,
        style: &Resolved,
        mark: Run,
        closes_cell: bool,
    ) -> usize {
        let mark = EndMark {
            look: self.look(&mark),
            deleted: mark.deleted && !closes_cell,
        };
        let align = layout.align.or(style.layout.align).unwrap_or_default();
        let lists = &mut self.lists;
        let number = || match layout.list.or(style.layout.list) {
            Some(list) => {
                let level = layout.level.or(style.layout.level);
                let tied = if layout.list.is_none() {
                    style.chain.as_slice()
                } else {
                    &[]
                };
                lists.next(list, level, tied)
            }
            None => lists.next_old(&layout.old_list),
        };
        let found = &mut self.found;
        self.open.flow().end(pieces, mark, align, found, number)
    }

    /// Ends the tables that stand deeper than a paragraph.
    fn close_tables(&mut self, depth: u32) {
        while self.open.tables.len() > place(depth) {
            let Some(mut table) = self.open.tables.pop() else {
                break;
            };
            table.cell.flush(&mut self.found);
            let depth = self.open.tables.len();
            table.put(self.open.flow(), depth);
        }
    }
}
