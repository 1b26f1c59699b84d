//! How a row is made, as changes spell it out at its end ([MS-DOC] 2.4.3, 2.6.3).

use super::bytes::{i16_at, u8_at, u16_at};
use super::sprm::{Dialect, Prl};
use crate::word::{Merge, RowMake};

/// Applies a change.
pub(super) fn change(make: &mut RowMake, prl: &Prl<'_>, dialect: Dialect) {
    let pair = || Some((usize::from(u8_at(prl.operand, 0)?), u8_at(prl.operand, 1)?));
    match prl.code {
        0x3404 => make.header = prl.on(),
        0xd608 => define(make, prl.operand, dialect),
        0xd62b => {
            if let Some((cell, how)) = pair()
                && let Some((vertical, _)) = make.merges.get_mut(cell)
            {
                *vertical = match how & 3 {
                    0 => Merge::No,
                    1 => Merge::Continue,
                    _ => Merge::Start,
                };
            }
        }
        0x5624 | 0x5625 => {
            let Some((first, limit)) = pair() else { return };
            let cells = make.merges.iter_mut().take(usize::from(limit)).skip(first);
            for (place, (_, horizontal)) in cells.enumerate() {
                *horizontal = match (prl.code, place) {
                    (0x5625, _) => Merge::No,
                    (_, 0) => Merge::Start,
                    _ => Merge::Continue,
                };
            }
        }
        _ => {}
    }
}

fn define(make: &mut RowMake, operand: &[u8], dialect: Dialect) {
    let count = usize::from(u8_at(operand, 0).unwrap_or(0));
    let edges = (0..=count).map_while(|edge| i16_at(operand, 1 + edge * 2).map(i32::from));
    make.edges = edges.collect();
    let size = match dialect {
        Dialect::Word6 => 10,
        Dialect::Word97 => 20,
    };
    let cells = 1 + (count + 1) * 2;
    make.merges = (0..count)
        .map(|cell| {
            let flags = u16_at(operand, cells + cell * size).unwrap_or(0);
            let horizontal = match flags & 3 {
                0 => Merge::No,
                1 => Merge::Start,
                _ => Merge::Continue,
            };
            let vertical = match flags >> 5 & 3 {
                _ if dialect == Dialect::Word6 => Merge::No,
                0 => Merge::No,
                1 => Merge::Continue,
                _ => Merge::Start,
            };
            (vertical, horizontal)
        })
        .collect();
}
