//! Single property modifiers ([MS-DOC] 2.2.5): the lists of changes that formatting is stored as.

use super::bytes::{u8_at, u16_at, u32_at};

/// The two families of the format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Dialect {
    /// Word 6.0 and 95: one byte a character, codes of one byte.
    Word6,
    Word97,
}

/// One change.
#[derive(Clone, Copy, Debug)]
pub(super) struct Prl<'f> {
    /// Code as Word 97 numbers it.
    pub code: u16,
    pub operand: &'f [u8],
}

impl Prl<'_> {
    pub(super) fn byte(&self) -> u8 {
        u8_at(self.operand, 0).unwrap_or(0)
    }

    pub(super) fn on(&self) -> bool {
        self.byte() != 0
    }

    pub(super) fn short(&self) -> u16 {
        u16_at(self.operand, 0).unwrap_or(0)
    }

    pub(super) fn long(&self) -> u32 {
        u32_at(self.operand, 0).unwrap_or(0)
    }
}

/// Codes that only Word 6 has, under numbers that Word 97 never uses: the font of all letters
/// alike, kind and text of the number of a paragraph, which headers a section has.
pub(super) const FONT_OF_ALL: u16 = 0x0001;
pub(super) const OLD_LEVEL: u16 = 0x0002;
pub(super) const HEADERS: u16 = 0x0003;
pub(super) const OLD_NUMBER: u16 = 0x0004;
const DEF_TABLE: u16 = 0xd608;
const CHG_TABS: u16 = 0xc615;

/// The changes of a list, in order. It ends where the list is cut off or of unknown make.
pub(super) fn prls(dialect: Dialect, list: &[u8]) -> impl Iterator<Item = Prl<'_>> {
    let mut rest = list;
    std::iter::from_fn(move || {
        loop {
            let (code, skip, length) = match dialect {
                Dialect::Word6 => word6(rest)?,
                Dialect::Word97 => word97(rest)?,
            };
            let operand = rest.get(skip..skip.checked_add(length)?)?;
            rest = rest.get(skip + length..)?;
            if code != 0 {
                return Some(Prl { code, operand });
            }
        }
    })
}

/// Code, bytes before the operand, length of the operand.
fn word97(list: &[u8]) -> Option<(u16, usize, usize)> {
    let code = u16_at(list, 0)?;
    let length = match code >> 13 {
        0 | 1 => 1,
        2 | 4 | 5 => 2,
        3 => 4,
        7 => 3,
        _ if code == DEF_TABLE => return Some((code, 4, usize::from(u16_at(list, 2)?).checked_sub(1)?)),
        _ => {
            let length = usize::from(u8_at(list, 2)?);
            if code == CHG_TABS && length == 255 {
                let deleted = usize::from(u8_at(list, 3)?);
                let added = usize::from(u8_at(list, 4 + deleted * 4)?);
                return Some((code, 3, 2 + deleted * 4 + added * 3));
            }
            return Some((code, 3, length));
        }
    };
    Some((code, 2, length))
}

/// The same for Word 6, its code put into that of Word 97; 0 for changes that no one asks for.
fn word6(list: &[u8]) -> Option<(u16, usize, usize)> {
    let own = u8_at(list, 0)?;
    let counted = |more: usize| Some((1 + 1, usize::from(u8_at(list, 1)?) + more));
    let (skip, length) = match own {
        3 | 12 | 15 | 23 | 68 | 74 | 81 | 82 | 103 | 105 | 106 | 108 | 133 => counted(0)?,
        120 => counted(12)?,
        191 => counted(1)?,
        188 | 190 => (3, usize::from(u16_at(list, 1)?).checked_sub(1)?),
        0 | 52 | 83 | 163 => (1, 0),
        73 | 95 | 136 | 137 => (1, 3),
        20 | 70 | 192 | 194 | 196 | 200 => (1, 4),
        193 | 199 => (1, 5),
        187 => (1, 12),
        2 | 16..=19 | 21 | 22 | 26..=28 | 30..=36 | 38..=43 | 45..=49 => (1, 2),
        69 | 72 | 80 | 93 | 96 | 97 | 99 | 101 | 107 | 109 | 110 | 121..=124 => (1, 2),
        140 | 141 | 144 | 145 | 148 | 149 | 154..=157 | 160 | 161 | 164..=171 => (1, 2),
        182..=184 | 189 | 195 | 197 | 198 => (1, 2),
        4..=11 | 13 | 14 | 24 | 25 | 29 | 37 | 44 | 50 | 51 | 65..=67 | 71 | 75 => (1, 1),
        85..=92 | 94 | 98 | 100 | 102 | 104 | 117..=119 | 131 | 132 | 138 | 139 => (1, 1),
        142 | 143 | 146 | 147 | 150..=153 | 158 | 159 | 162 | 185 | 186 => (1, 1),
        _ => return None,
    };
    let code = match own {
        2 => 0x4600,
        5 => 0x2403,
        12 => OLD_NUMBER,
        13 => OLD_LEVEL,
        24 => 0x2416,
        25 => 0x2417,
        65 => 0x0800,
        66 => 0x0801,
        68 => 0x6a03,
        71 => 0x0806,
        74 => 0x6a09,
        75 => 0x080a,
        80 => 0x4a30,
        83 => 0x2a33,
        85..=92 => 0x0835 + u16::from(own - 85),
        93 => FONT_OF_ALL,
        104 => 0x2a48,
        117 => 0x0855,
        118 => 0x0856,
        143 => 0x300a,
        153 => HEADERS,
        186 => 0x3404,
        190 => DEF_TABLE,
        197 => 0x5624,
        _ => 0,
    };
    Some((code, skip, length))
}

/// The change that a short property modifier of a piece stands for ([MS-DOC] 2.9.215 `Prm0`).
pub(super) fn short_form(code: u8) -> Option<u16> {
    Some(match code {
        0x05 => 0x2403,
        0x0c => 0x260a,
        0x18 => 0x2416,
        0x19 => 0x2417,
        0x41 => 0x0800,
        0x42 => 0x0801,
        0x47 => 0x0806,
        0x55..=0x5c => 0x0835 + u16::from(code - 0x55),
        0x68 => 0x2a48,
        0x75 => 0x0855,
        0x76 => 0x0856,
        _ => return None,
    })
}
