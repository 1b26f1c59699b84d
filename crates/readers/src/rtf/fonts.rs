//! The fonts of an RTF file: which letters their bytes stand for.

use std::collections::HashMap;

use viet::legacy::{self, Encoding};

use crate::word::Font;

/// Character sets of fonts (`\fcharset`): signs, Vietnamese.
const SIGNS: i32 = 2;
const VIETNAMESE: i32 = 163;
/// The code page of Vietnamese Windows (`\ansicpg`).
const PAGE_VIETNAMESE: i32 = 1258;
/// Fonts that one file may have.
const MAX_FONTS: usize = 4_096;

/// One font.
#[derive(Clone, Debug, Default)]
struct Entry {
    name: String,
    charset: Option<i32>,
}

/// All fonts by number.
#[derive(Debug, Default)]
pub(super) struct Fonts {
    fonts: HashMap<i32, Entry>,
    /// The font that the table is telling of.
    open: i32,
    /// Code page of the file.
    pub page: i32,
}

impl Fonts {
    /// Goes on to a font of the table.
    pub(super) fn open(&mut self, number: i32) {
        if self.fonts.len() < MAX_FONTS {
            self.fonts.entry(number).or_default();
        }
        self.open = number;
    }

    pub(super) fn charset(&mut self, charset: i32) {
        if let Some(font) = self.fonts.get_mut(&self.open) {
            font.charset = Some(charset);
        }
    }

    /// A letter of the name of the font that the table is telling of.
    pub(super) fn name(&mut self, letter: u8) {
        let font = self.fonts.get_mut(&self.open);
        if let Some(font) = font.filter(|font| font.name.len() < 100 && letter != b';') {
            font.name.push(char::from(letter));
        }
    }

    /// What a font makes of characters.
    pub(super) fn get(&self, number: i32) -> Option<Font> {
        self.fonts.get(&number).map(|font| Font::named(&font.name))
    }

    /// The character that a byte stands for in a font.
    pub(super) fn letter(&self, number: i32, byte: u8) -> char {
        if byte.is_ascii() {
            return char::from(byte);
        }
        let charset = self.fonts.get(&number).and_then(|font| font.charset);
        let vietnamese = match charset {
            Some(SIGNS) => return char::from(byte),
            Some(VIETNAMESE) => true,
            // Neither the font nor "default" says: the page of the file.
            None | Some(1) => self.page == PAGE_VIETNAMESE,
            Some(_) => false,
        };
        let text = if vietnamese {
            legacy::decode_bytes(Encoding::Cp1258, &[byte])
        } else {
            legacy::as_characters(&[byte]).into_owned()
        };
        text.chars().next().unwrap_or(char::REPLACEMENT_CHARACTER)
    }
}
