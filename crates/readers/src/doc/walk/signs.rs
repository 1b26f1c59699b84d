//! Characters into text: letters, and those that stand for something else ([MS-DOC] 2.4.1).

use viet::legacy::{Encoding, as_characters};

use super::{Look, Run, Stretch, Walk};
use crate::word::{Font, Piece};

/// Characters of one run that are still to become text.
struct Letters {
    look: Look,
    units: Vec<u16>,
}

impl Walk<'_, '_> {
    /// Takes in the characters of one run.
    pub(super) fn text(&mut self, run: Run, piece: &Stretch, start: u32, end: u32) {
        if run.deleted {
            self.found.deleted += 1;
            return;
        }
        self.found.inserted += u32::from(run.inserted);
        let bytes = self.source.text.bytes(piece, start, end);
        let mut letters = Letters {
            look: self.look(&run),
            units: Vec::with_capacity(bytes.len()),
        };
        let wide = bytes
            .chunks_exact(2)
            .map(|pair| u16::from_le_bytes([pair[0], pair[1]]));
        let western;
        let units: &mut dyn Iterator<Item = u16> = if piece.wide {
            &mut { wide }
        } else {
            western = as_characters(bytes);
            &mut western.encode_utf16()
        };
        for (at, unit) in (start..end).zip(units) {
            if let Some(range) = self.places.and_then(|places| places.boxes.get(&at)) {
                self.open.boxes.push(*range);
            }
            self.character(&run, &mut letters, at, unit);
        }
        self.flush(&mut letters);
    }

    fn character(&mut self, run: &Run, letters: &mut Letters, at: u32, unit: u16) {
        if unit >= 0x20 && !run.special && self.places.is_none_or(|places| !places.signs.contains_key(&at)) {
            letters.units.push(unit);
            return;
        }
        match unit {
            // Some old encodings put capitals where others have controls.
            2..=0x1f if !run.special && has_letters_below_space(letters.look.font) => {
                letters.units.push(unit)
            }
            0x13..=0x15 => {
                self.flush(letters);
                match unit {
                    0x13 => self.open.fields.begin(),
                    0x14 => self.open.fields.separate(),
                    _ => self.open.fields.end(),
                }
            }
            9 => letters.units.push(u16::from(b' ')),
            0xb | 0xc | 0xe => {
                self.flush(letters);
                if letters.look.hidden != Some(true) {
                    self.open.pieces.push(Piece::Break);
                }
            }
            0x1e => letters.units.push(u16::from(b'-')),
            0x1f => letters.units.push(0xad),
            1 if run.special && !run.data => self.found.pictures += 1,
            2.. => self.sign(run, letters, at, unit),
            _ => {}
        }
    }

    /// A sign of a note, a sign of a font of signs, or nothing that is seen.
    fn sign(&mut self, run: &Run, letters: &mut Letters, at: u32, unit: u16) {
        if self.note(letters, at, unit) {
            return;
        }
        if let Some((font, code)) = run.sign {
            self.flush(letters);
            let font = self.source.fonts.get(font);
            let sign = char::from_u32(u32::from(code)).map(|c| font.sign(c));
            let look = letters.look;
            letters.look = look.set_in(Some(Font::Unicode));
            letters.units.extend(
                sign.into_iter()
                    .flat_map(|sign| sign.encode_utf16(&mut [0; 2]).to_vec()),
            );
            self.flush(letters);
            letters.look = look;
        } else if unit >= 0x20 {
            letters.units.push(unit);
        }
    }

    /// Whether a note hangs on a position; its sign then becomes text.
    fn note(&mut self, letters: &mut Letters, at: u32, unit: u16) -> bool {
        let Some(sign) = self.places.and_then(|places| places.signs.get(&at)) else {
            return false;
        };
        self.flush(letters);
        let Some(notes) = self.notes.as_mut() else {
            return true;
        };
        let Some((note, number)) = notes.refer(sign.series, &sign.note, sign.own) else {
            return false;
        };
        let text = if sign.own {
            let own = char::from_u32(u32::from(unit)).filter(|c| !c.is_control());
            own.map(String::from).unwrap_or_default()
        } else {
            format!("[{number}]")
        };
        if sign.own {
            notes.signed(&note, &text);
        }
        if !self.open.fields.hide(self.keep_contents) {
            self.open.pieces.push(Piece::Text {
                text,
                look: letters.look.set_in(Some(Font::Unicode)),
                note: Some(note),
            });
        }
        true
    }

    /// Turns the characters so far into text where a reader of the page would see it.
    fn flush(&mut self, letters: &mut Letters) {
        if letters.units.is_empty() {
            return;
        }
        let text = String::from_utf16_lossy(&letters.units);
        letters.units.clear();
        if self.open.fields.hide(self.keep_contents) {
            self.open.fields.code(&text);
        } else if letters.look.hidden == Some(true) {
            self.found.hidden += u32::from(!text.trim().is_empty());
        } else {
            Piece::add(&mut self.open.pieces, &text, letters.look);
        }
    }
}

/// Whether a font is of an encoding that has letters below the space.
fn has_letters_below_space(font: Option<Font>) -> bool {
    matches!(font, Some(Font::Old(Encoding::Vps | Encoding::Viscii, _)))
}
