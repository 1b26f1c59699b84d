//! The piece table ([MS-DOC] 2.8.35, 2.9.38): where in the file each stretch of text stands.

use super::bytes::{Plc, place, u8_at, u16_at, u32_at};
use super::file::{File, Part};
use super::sprm::{Dialect, Prl, prls, short_form};
use crate::word::Fault;

/// Pieces that one document may have.
const MAX_PIECES: usize = 1 << 20;

/// A stretch of text that stands in one place.
#[derive(Clone, Copy, Debug)]
pub(super) struct Piece {
    /// Position of the first character, and the one after the last.
    pub start: u32,
    pub end: u32,
    /// Offset of the first character in the main stream.
    pub offset: u32,
    /// Two bytes a character.
    pub wide: bool,
    /// What it changes of the formatting.
    pub prm: u16,
}

impl Piece {
    /// Bytes of one character.
    pub(super) fn width(&self) -> u32 {
        if self.wide { 2 } else { 1 }
    }

    /// Offset of a character of the piece.
    pub(super) fn offset_of(&self, position: u32) -> u32 {
        let into = position.saturating_sub(self.start).saturating_mul(self.width());
        self.offset.saturating_add(into)
    }
}

/// All pieces of a document in the order of the text.
#[derive(Debug)]
pub(super) struct Text<'f> {
    file: &'f File,
    pieces: Vec<Piece>,
    /// How long all pieces are.
    bytes: usize,
    /// Lists of changes that pieces name by number.
    changes: Vec<&'f [u8]>,
}

impl<'f> Text<'f> {
    pub(super) fn read(file: &'f File) -> Result<Self, Fault> {
        let damaged = || Fault::Damaged("Clx".to_owned());
        let clx = file.part(Part::Clx)?;
        let mut text = Self {
            file,
            pieces: Vec::new(),
            bytes: 0,
            changes: Vec::new(),
        };
        if clx.is_empty() && file.dialect == Dialect::Word6 {
            let offset = u32_at(&file.streams.main, 0x18).ok_or_else(damaged)?;
            let end = file.text_length().ok_or_else(damaged)?;
            text.add(Piece {
                start: 0,
                end,
                offset,
                wide: false,
                prm: 0,
            })?;
            return Ok(text);
        }
        let mut at = 0;
        while u8_at(clx, at) == Some(1) {
            let length = usize::from(u16_at(clx, at + 1).ok_or_else(damaged)?);
            text.changes
                .push(clx.get(at + 3..at + 3 + length).ok_or_else(damaged)?);
            at += 3 + length;
        }
        if u8_at(clx, at) != Some(2) {
            return Err(damaged());
        }
        let length = place(u32_at(clx, at + 1).ok_or_else(damaged)?);
        let end = (at + 5).checked_add(length).ok_or_else(damaged)?;
        text.pieces(&Plc::new(clx.get(at + 5..end).ok_or_else(damaged)?, 8))?;
        Ok(text)
    }

    fn pieces(&mut self, table: &Plc<'_>) -> Result<(), Fault> {
        if table.len() > MAX_PIECES {
            return Err(Fault::TooLarge);
        }
        for index in 0..table.len() {
            let (Some(start), Some(end), Some(entry)) = (
                table.position(index),
                table.position(index + 1),
                table.entry(index),
            ) else {
                return Err(Fault::Damaged("PlcPcd".to_owned()));
            };
            let named = u32_at(entry, 2).unwrap_or(0);
            let compressed = named & 0x4000_0000 != 0;
            let offset = named & 0x3fff_ffff;
            let (wide, offset) = match self.file.dialect {
                Dialect::Word6 => (false, offset),
                Dialect::Word97 if compressed => (false, offset / 2),
                Dialect::Word97 => (true, offset),
            };
            self.add(Piece {
                start,
                end,
                offset,
                wide,
                prm: u16_at(entry, 6).unwrap_or(0),
            })?;
        }
        Ok(())
    }

    /// Adds a piece that must follow the last one and stand within the file.
    fn add(&mut self, piece: Piece) -> Result<(), Fault> {
        let follows = self
            .pieces
            .last()
            .map_or(piece.start == 0, |last| last.end == piece.start);
        let length = self.file.streams.main.len();
        let last = place(piece.offset_of(piece.end));
        let bytes = place(piece.end.saturating_sub(piece.start)).saturating_mul(place(piece.width()));
        self.bytes = self.bytes.saturating_add(bytes);
        // No two pieces are of one text: together they are never longer than the file.
        if !follows || piece.end < piece.start || last > length || self.bytes > length {
            return Err(Fault::Damaged("PlcPcd".to_owned()));
        }
        self.pieces.push(piece);
        Ok(())
    }

    /// The length of all pieces.
    pub(super) fn len(&self) -> u32 {
        self.pieces.last().map_or(0, |piece| piece.end)
    }

    /// The piece of a position.
    pub(super) fn piece(&self, position: u32) -> Option<&Piece> {
        let index = self.pieces.partition_point(|piece| piece.end <= position);
        self.pieces.get(index).filter(|piece| piece.start <= position)
    }

    /// The bytes of some characters of one piece.
    pub(super) fn bytes(&self, piece: &Piece, start: u32, end: u32) -> &'f [u8] {
        let range = place(piece.offset_of(start))..place(piece.offset_of(end));
        self.file.streams.main.get(range).unwrap_or_default()
    }

    /// What a piece changes of the formatting of its text.
    pub(super) fn changes(&self, prm: u16, visit: &mut dyn FnMut(Prl<'_>)) {
        if prm & 1 == 0 {
            let code = u8::try_from(prm >> 1 & 0x7f).unwrap_or(0);
            let operand = [prm.to_le_bytes()[1]];
            if let Some(code) = short_form(code) {
                visit(Prl {
                    code,
                    operand: &operand,
                });
            }
        } else if let Some(list) = self.changes.get(usize::from(prm >> 1)) {
            prls(self.file.dialect, list).for_each(visit);
        }
    }

    /// Bytes that a piece's changes are long.
    pub(super) fn weight(&self, prm: u16) -> usize {
        let named = self.changes.get(usize::from(prm >> 1)).filter(|_| prm & 1 != 0);
        named.map_or(0, |list| list.len())
    }
}
