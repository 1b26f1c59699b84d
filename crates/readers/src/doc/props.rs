//! Formatting of runs and paragraphs as changes spell it out ([MS-DOC] 2.6.1, 2.6.2).

use legal::model::Align;

use super::bytes::{u8_at, u16_at};
use super::old_lists::OldList;
use super::sprm::{FONT_OF_ALL, OLD_LEVEL, OLD_NUMBER, Prl};
use crate::word::{Look, Raise};

/// How a run looks, and what its characters are besides letters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Run {
    /// All but the font, which stands in `fonts`.
    pub look: Look,
    /// Fonts by number: of plain letters, of other Latin letters.
    pub fonts: [Option<u16>; 2],
    /// Character style.
    pub style: Option<u16>,
    pub deleted: bool,
    pub inserted: bool,
    /// Its characters stand for something else: signs of notes and fields, pictures.
    pub special: bool,
    /// Font and character of a sign.
    pub sign: Option<(u16, u16)>,
    /// Its special character stands for data of a form, not for a picture.
    pub data: bool,
}

impl Run {
    /// Applies a change; `base` is what styles say, which switches are measured by.
    pub(super) fn change(&mut self, prl: &Prl<'_>, base: &Look) {
        match prl.code {
            0x0800 => self.deleted = prl.on(),
            0x0801 => self.inserted = prl.on(),
            0x0806 => self.data = prl.on(),
            0x0855 => self.special = prl.on(),
            0x0835 => self.look.bold = toggled(prl, base.bold),
            0x0836 => self.look.italic = toggled(prl, base.italic),
            0x083b => self.look.caps = toggled(prl, base.caps),
            0x083c => self.look.hidden = toggled(prl, base.hidden),
            0x2a48 => {
                self.look.raise = Some(match prl.byte() {
                    1 => Raise::Sup,
                    2 => Raise::Sub,
                    _ => Raise::Base,
                });
            }
            0x4a30 => self.style = Some(prl.short()),
            0x4a4f => self.fonts[0] = Some(prl.short()),
            0x4a51 => self.fonts[1] = Some(prl.short()),
            FONT_OF_ALL => self.fonts = [Some(prl.short()); 2],
            0x6a09 => {
                let code = u16_at(prl.operand, 2).or_else(|| u8_at(prl.operand, 2).map(u16::from));
                self.sign = code.map(|code| (prl.short(), code));
                self.special = true;
            }
            // Back to what the style says, save what the characters are.
            0x2a33 => {
                self.look = *base;
            }
            _ => {}
        }
    }
}

/// A switch: off, on, as the style has it, or the other way round.
fn toggled(prl: &Prl<'_>, base: Option<bool>) -> Option<bool> {
    match prl.byte() {
        0 => Some(false),
        1 => Some(true),
        0x80 => base,
        0x81 => Some(base != Some(true)),
        _ => None,
    }
}

/// How a paragraph stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Layout {
    pub align: Option<Align>,
    /// Number of the list use, from 1.
    pub list: Option<u16>,
    pub level: Option<u8>,
    pub in_table: bool,
    /// Ends a row of the outermost table.
    pub row_end: bool,
    /// Ends a cell, or a row, of a table in a cell.
    pub inner_cell: bool,
    pub inner_row_end: bool,
    /// How many tables it stands in.
    pub depth: Option<u32>,
    /// Numbering as Word 6 keeps it.
    pub old_list: OldList,
}

impl Layout {
    pub(super) fn change(&mut self, prl: &Prl<'_>) {
        match prl.code {
            0x2403 | 0x2461 => {
                self.align = Some(match prl.byte() {
                    1 => Align::Center,
                    2 => Align::End,
                    _ => Align::Start,
                });
            }
            0x260a => self.level = Some(prl.byte()),
            0x460b => self.list = Some(prl.short()),
            0x2416 => self.in_table = prl.on(),
            0x2417 => self.row_end = prl.on(),
            0x244b => self.inner_cell = prl.on(),
            0x244c => self.inner_row_end = prl.on(),
            OLD_LEVEL => self.old_list.level = prl.byte(),
            OLD_NUMBER => self.old_list.describe(prl.operand),
            0x6649 => self.depth = Some(prl.long()),
            _ => {}
        }
    }

    /// How many tables the paragraph stands in.
    pub(super) fn depth(&self) -> u32 {
        match self.depth {
            Some(depth) => depth,
            None => u32::from(self.in_table),
        }
    }
}
