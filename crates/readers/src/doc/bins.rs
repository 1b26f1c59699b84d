//! Formatted disk pages ([MS-DOC] 2.9.33, 2.9.175): the formatting at an offset of the text.

use super::bytes::{Plc, place, u8_at, u16_at, u32_at};
use super::file::{File, Part};
use super::sprm::Dialect;
use crate::word::Fault;

const PAGE: usize = 512;

/// Which formatting the pages hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Chars,
    Paras,
}

/// The formatting of one run of text.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Run<'f> {
    /// List of changes.
    pub list: &'f [u8],
    /// Style of a paragraph.
    pub style: u16,
    /// Offset at which other formatting begins.
    pub end: u32,
}

/// The pages of one kind.
#[derive(Debug)]
pub(super) struct Bins<'f> {
    main: &'f [u8],
    dialect: Dialect,
    kind: Kind,
    /// First offset that each page is about, and its place; in order.
    pages: Vec<(u32, usize)>,
}

impl<'f> Bins<'f> {
    pub(super) fn read(file: &'f File, kind: Kind) -> Result<Self, Fault> {
        let part = match kind {
            Kind::Chars => Part::CharBins,
            Kind::Paras => Part::ParaBins,
        };
        let main = file.streams.main.as_slice();
        let size = match file.dialect {
            Dialect::Word6 => 2,
            Dialect::Word97 => 4,
        };
        let table = Plc::new(file.part(part)?, size);
        if table.len() > main.len() / PAGE + 1 {
            return Err(Fault::Damaged(format!("{part:?}")));
        }
        let mut pages = Vec::with_capacity(table.len());
        for index in 0..table.len() {
            let entry = table.entry(index).unwrap_or_default();
            let number = match file.dialect {
                Dialect::Word6 => u16_at(entry, 0).map(u32::from),
                Dialect::Word97 => u32_at(entry, 0).map(|number| number & 0x3f_ffff),
            };
            let (Some(start), Some(number)) = (table.position(index), number) else {
                continue;
            };
            pages.push((start, place(number) * PAGE));
        }
        if file.dialect == Dialect::Word6 {
            rest_of_pages(main, kind, &mut pages);
        }
        pages.sort_by_key(|page| page.0);
        Ok(Self {
            main,
            dialect: file.dialect,
            kind,
            pages,
        })
    }

    /// The formatting at an offset; none at all, to the end, where no page is about it.
    pub(super) fn at(&self, offset: u32) -> Result<Run<'f>, Fault> {
        let after = self.pages.partition_point(|page| page.0 <= offset);
        let next = self.pages.get(after).map_or(u32::MAX, |page| page.0);
        let nothing = Run {
            end: next,
            ..Run::default()
        };
        let Some((_, start)) = after.checked_sub(1).and_then(|index| self.pages.get(index)) else {
            return Ok(nothing);
        };
        let page = self
            .main
            .get(*start..*start + PAGE)
            .ok_or_else(|| Fault::Damaged(format!("{:?}", self.kind)))?;
        Ok(self.in_page(page, offset).unwrap_or(nothing))
    }

    fn in_page(&self, page: &'f [u8], offset: u32) -> Option<Run<'f>> {
        let count = usize::from(u8_at(page, PAGE - 1)?);
        let mut after = 0;
        while after <= count && u32_at(page, after * 4)? <= offset {
            after += 1;
        }
        let index = after.checked_sub(1).filter(|_| after <= count)?;
        let run = Run {
            end: u32_at(page, after * 4)?,
            ..Run::default()
        };
        let size = match (self.kind, self.dialect) {
            (Kind::Chars, _) => 1,
            (Kind::Paras, Dialect::Word6) => 7,
            (Kind::Paras, Dialect::Word97) => 13,
        };
        let at = usize::from(u8_at(page, (count + 1) * 4 + index * size)?) * 2;
        if at == 0 {
            return Some(run);
        }
        let first = usize::from(u8_at(page, at)?);
        if self.kind == Kind::Chars {
            let list = page.get(at + 1..at + 1 + first).unwrap_or_default();
            return Some(Run { list, ..run });
        }
        let (from, length) = match first {
            0 if self.dialect == Dialect::Word97 => (at + 2, usize::from(u8_at(page, at + 1)?) * 2),
            // Word 97 counts the counting byte too.
            words if self.dialect == Dialect::Word97 => (at + 1, words * 2 - 1),
            words => (at + 1, words * 2),
        };
        let body = page.get(from..(from + length).min(PAGE - 1)).unwrap_or_default();
        Some(Run {
            style: u16_at(body, 0).unwrap_or(0),
            list: body.get(2..).unwrap_or_default(),
            ..run
        })
    }
}

/// Word 6 may leave pages out of its table: they follow each other from the first one on.
fn rest_of_pages(main: &[u8], kind: Kind, pages: &mut Vec<(u32, usize)>) {
    let (first, count) = match kind {
        Kind::Chars => (u16_at(main, 0x18a), u16_at(main, 0x18e)),
        Kind::Paras => (u16_at(main, 0x18c), u16_at(main, 0x190)),
    };
    let (Some(first), Some(count)) = (first, count) else {
        return;
    };
    for number in (usize::from(first)..).take(usize::from(count)).skip(pages.len()) {
        let at = number * PAGE;
        if let Some(start) = u32_at(main, at).filter(|_| main.len() >= at + PAGE) {
            pages.push((start, at));
        }
    }
}
