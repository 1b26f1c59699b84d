//! Sections ([MS-DOC] 2.8.26 `PlcfSed`): where each ends, how its notes are counted, which
//! headers it has.

use super::bytes::{Plc, place, u8_at, u16_at, u32_at};
use super::file::{File, Part};
use super::sprm::{Dialect, HEADERS, prls};
use crate::word::{Fault, Format, Rule, Series};

/// Sections that one document may have, and bytes that their lists of changes may be long.
const MAX_SECTIONS: usize = 10_000;
const MAX_CHANGES: usize = 8 << 20;

/// One section.
#[derive(Clone, Debug)]
pub(super) struct Section {
    /// Position after its last character.
    pub end: u32,
    /// Its first page has a header of its own.
    pub title_page: bool,
    /// Which headers and footers Word 6 keeps for it, as bits.
    pub headers: u8,
    pub foot: Rule,
    pub end_notes: Rule,
}

/// The sections of a document, in order.
pub(super) fn read(file: &File) -> Result<Vec<Section>, Fault> {
    let table = Plc::new(file.part(Part::Sections)?, 12);
    if table.len() > MAX_SECTIONS {
        return Err(Fault::TooLarge);
    }
    let settings = file.part(Part::Settings)?;
    let usual = Section {
        end: 0,
        title_page: false,
        headers: 0,
        foot: rule(Series::Foot, file.dialect, settings),
        end_notes: rule(Series::End, file.dialect, settings),
    };
    let mut out = Vec::with_capacity(table.len());
    let mut left = MAX_CHANGES;
    for index in 0..table.len() {
        let (Some(end), Some(entry)) = (table.position(index + 1), table.entry(index)) else {
            break;
        };
        let mut section = Section { end, ..usual.clone() };
        let at = u32_at(entry, 2).filter(|at| *at != u32::MAX).map(place);
        if let Some(list) = at.and_then(|at| counted(&file.streams.main, at)) {
            left = left.checked_sub(list.len()).ok_or(Fault::TooLarge)?;
            change(&mut section, file.dialect, list);
        }
        out.push(section);
    }
    Ok(out)
}

/// A list of changes with its length before it.
fn counted(main: &[u8], at: usize) -> Option<&[u8]> {
    let length = usize::from(u16_at(main, at)?);
    main.get(at + 2..at + 2 + length)
}

fn change(section: &mut Section, dialect: Dialect, list: &[u8]) {
    for prl in prls(dialect, list) {
        match prl.code {
            0x300a => section.title_page = prl.on(),
            HEADERS => section.headers = prl.byte(),
            0x303c => section.foot.restarts = prl.byte() == 1,
            0x303e => section.end_notes.restarts = prl.byte() == 1,
            0x503f => section.foot.start = i64::from(prl.short()),
            0x5041 => section.end_notes.start = i64::from(prl.short()),
            0x5040 => section.foot.format = format(prl.short()),
            0x5042 => section.end_notes.format = format(prl.short()),
            _ => {}
        }
    }
}

fn format(code: u16) -> Format {
    Format::coded(u8::try_from(code).unwrap_or(0))
}

/// How the settings of the document (`DOP`) count a series.
fn rule(series: Series, dialect: Dialect, settings: &[u8]) -> Rule {
    let (count, code) = match series {
        Series::Foot => (2, 492),
        Series::End => (52, 494),
    };
    let mut rule = Rule::usual(series);
    if let Some(said) = u16_at(settings, count) {
        rule.restarts = said & 3 == 1;
        rule.start = i64::from(said >> 2).max(1);
    }
    if let Some(code) = u16_at(settings, code).filter(|_| dialect == Dialect::Word97) {
        rule.format = format(code);
    }
    rule
}

/// First and last position of the header of the first page, counted from the first header.
pub(super) fn first_header(file: &File, sections: &[Section]) -> Result<Option<(u32, u32)>, Fault> {
    let Some(first) = sections.first() else {
        return Ok(None);
    };
    let wanted = if first.title_page { 4 } else { 1 };
    let index = match file.dialect {
        // Six separators of notes, then six headers and footers a section.
        Dialect::Word97 => 6 + wanted,
        // Only what there is, each with its bit: separators in the settings, headers in the section.
        Dialect::Word6 => {
            let separators = u8_at(file.part(Part::Settings)?, 1).unwrap_or(0);
            let before = first.headers & ((1 << wanted) - 1);
            if first.headers >> wanted & 1 == 0 {
                return Ok(None);
            }
            (separators.count_ones() + before.count_ones()) as usize
        }
    };
    let table = Plc::new(file.part(Part::Headers)?, 0);
    Ok(table.position(index).zip(table.position(index + 1)))
}
