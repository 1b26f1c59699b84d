//! The table of fonts ([MS-DOC] 2.9.286): names decide what characters mean.

use viet::legacy::{Capitals, Encoding, as_characters};

use super::bytes::{u8_at, u16_at};
use super::file::{File, Part};
use super::sprm::Dialect;
use crate::word::{Fault, Font};

/// Character set of fonts for Vietnamese in Windows-1258.
const VIETNAMESE: u8 = 163;

/// All fonts of a document in the order in which formatting names them.
#[derive(Debug, Default)]
pub(super) struct Fonts(Vec<Font>);

impl Fonts {
    pub(super) fn read(file: &File) -> Result<Self, Fault> {
        let table = file.part(Part::Fonts)?;
        let mut fonts = Vec::new();
        let mut at = match file.dialect {
            Dialect::Word6 => 2,
            Dialect::Word97 => 4,
        };
        while let Some(length) = u8_at(table, at) {
            let end = at + 1 + usize::from(length);
            let Some(entry) = table.get(at..end) else { break };
            fonts.push(font(file.dialect, entry));
            at = end;
        }
        Ok(Self(fonts))
    }

    /// The font of a number; Unicode where the table does not reach.
    pub(super) fn get(&self, number: u16) -> Font {
        self.0.get(usize::from(number)).copied().unwrap_or_default()
    }
}

fn font(dialect: Dialect, entry: &[u8]) -> Font {
    match dialect {
        Dialect::Word97 => {
            let name = entry.get(40..).unwrap_or_default();
            let units =
                (0..name.len() / 2).map_while(|unit| u16_at(name, unit * 2).filter(|unit| *unit != 0));
            let name: String = char::decode_utf16(units).map(|c| c.unwrap_or(' ')).collect();
            Font::named(&name)
        }
        Dialect::Word6 => {
            let name = entry.get(6..).unwrap_or_default();
            let end = name.iter().position(|byte| *byte == 0).unwrap_or(name.len());
            let font = Font::named(&as_characters(name.get(..end).unwrap_or_default()));
            // The text of Word 6 has no encoding but that of its fonts.
            if font == Font::Unicode && u8_at(entry, 4) == Some(VIETNAMESE) {
                Font::Old(Encoding::Cp1258, Capitals::AsTyped)
            } else {
                font
            }
        }
    }
}
