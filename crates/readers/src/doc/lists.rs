//! Lists ([MS-DOC] 2.9.150 `LVL`, 2.9.131 `LFO`): definitions with their levels, and the uses of
//! them that paragraphs name.

use super::bytes::{place, u8_at, u16_at, u32_at};
use super::file::{File, Part};
use super::old_lists::{OldCount, OldList};
use super::props::Run;
use super::sprm::{Dialect, prls};
use crate::word::{Fault, Format, LEVELS, Level, List, Lists, Look, Printed};

/// Use numbers from here on say that the paragraph has no number.
const NOT_NUMBERED: u16 = 2_047;
/// A level without a style of its own.
const NO_STYLE: u16 = 0xfff;

/// All lists of a document.
#[derive(Clone, Debug, Default)]
pub(super) struct Numbering {
    lists: Lists,
    old: OldCount,
}

impl Numbering {
    pub(super) fn read(file: &File) -> Result<Self, Fault> {
        let mut out = Self::default();
        if file.dialect == Dialect::Word97 {
            out.define(file.part_on(Part::Lists)?)?;
            out.uses(file.part(Part::ListUses)?)?;
        }
        Ok(out)
    }

    fn define(&mut self, table: &[u8]) -> Result<(), Fault> {
        let count = usize::from(u16_at(table, 0).unwrap_or(0));
        let mut at = 2 + count * 28;
        for index in 0..count {
            let entry = 2 + index * 28;
            let Some(id) = u32_at(table, entry) else { break };
            let simple = u8_at(table, entry + 26).unwrap_or(0) & 1 != 0;
            let mut levels = [const { None }; LEVELS];
            for (place, level) in levels
                .iter_mut()
                .take(if simple { 1 } else { LEVELS })
                .enumerate()
            {
                let Some((mut own, length)) = level_at(table.get(at..).unwrap_or_default()) else {
                    break;
                };
                let style = u16_at(table, entry + 8 + place * 2).filter(|style| *style != NO_STYLE);
                own.style = style.map(|style| style.to_string());
                *level = Some(own);
                at += length;
            }
            self.lists.define(i64::from(id), levels)?;
        }
        Ok(())
    }

    fn uses(&mut self, table: &[u8]) -> Result<(), Fault> {
        let count = place(u32_at(table, 0).unwrap_or(0)).min(table.len() / 16);
        let mut at = 4 + count * 16;
        for index in 0..count {
            let entry = 4 + index * 16;
            let Some(id) = u32_at(table, entry) else { break };
            let changes = usize::from(u8_at(table, entry + 12).unwrap_or(0));
            let mut list = List {
                definition: i64::from(id),
                ..List::default()
            };
            at += 4;
            for _ in 0..changes {
                let Some(length) = change(table.get(at..).unwrap_or_default(), &mut list) else {
                    break;
                };
                at += length;
            }
            self.lists.add(i64::try_from(index + 1).unwrap_or(0), list)?;
        }
        Ok(())
    }

    /// Counts a paragraph of a list. `chain` are its style and those below it, by which the
    /// level is known where none is said.
    pub(super) fn next(&mut self, list: u16, level: Option<u8>, chain: &[u16]) -> Option<Printed> {
        if list == 0 || list >= NOT_NUMBERED {
            return None;
        }
        let list = i64::from(list);
        let definition = self.lists.definition(list)?;
        let tied = || {
            let mut styles = chain.iter();
            styles.find_map(|style| self.lists.tied(list, definition, &style.to_string()))
        };
        let level = level.map(usize::from).or_else(tied).unwrap_or(0);
        self.lists.next(list, definition, level.min(LEVELS - 1))
    }

    /// Counts a paragraph as Word 6 does.
    pub(super) fn next_old(&mut self, list: &OldList) -> Option<Printed> {
        if list.level == 0 {
            self.old.rest();
        }
        self.old.next(list)
    }
}

/// Reads a level; gives its length too.
fn level_at(bytes: &[u8]) -> Option<(Level, usize)> {
    let flags = u8_at(bytes, 5)?;
    let run = usize::from(u8_at(bytes, 24)?);
    let paragraph = usize::from(u8_at(bytes, 25)?);
    let text = 28 + paragraph + run;
    let count = usize::from(u16_at(bytes, text)?);
    let units = bytes.get(text + 2..text + 2 + count * 2)?;
    let mut look = Run::default();
    let list = bytes.get(28 + paragraph..text)?;
    prls(Dialect::Word97, list).for_each(|prl| look.change(&prl, &Look::default()));
    let level = Level {
        start: i64::from(u32_at(bytes, 0)?.cast_signed()),
        format: Format::coded(u8_at(bytes, 4)?),
        restart: (flags & 8 != 0).then_some(i64::from(u8_at(bytes, 26)?)),
        text: text_of(units),
        gap: if u8_at(bytes, 15)? == 2 { "" } else { " " },
        legal: flags & 4 != 0,
        style: None,
        look: look.look,
    };
    Some((level, text + 2 + count * 2))
}

/// The text of a level, the numbers of levels in it as `%1` to `%9`.
fn text_of(units: &[u8]) -> String {
    let units = units
        .chunks_exact(2)
        .map(|pair| u16::from_le_bytes([pair[0], pair[1]]));
    let mut out = String::new();
    for c in char::decode_utf16(units) {
        match c.map(u32::from) {
            Ok(level @ 0..=8) => {
                out.push('%');
                out.extend(char::from_digit(level + 1, 10));
            }
            Ok(code) => out.extend(char::from_u32(code)),
            Err(_) => {}
        }
    }
    out
}

/// Reads what a use changes of one level; gives its length.
fn change(bytes: &[u8], list: &mut List) -> Option<usize> {
    let start = u32_at(bytes, 0)?.cast_signed();
    let flags = u32_at(bytes, 4)?;
    let level = place(flags & 0xf);
    let mut length = 8;
    if flags & 0x20 != 0 {
        let (own, more) = level_at(bytes.get(8..)?)?;
        length += more;
        if flags & 0x10 != 0 {
            *list.starts.get_mut(level)? = Some(own.start);
        }
        *list.levels.get_mut(level)? = Some(own);
    } else if flags & 0x10 != 0 {
        *list.starts.get_mut(level)? = Some(i64::from(start));
    }
    Some(length)
}
