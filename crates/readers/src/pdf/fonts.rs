//! Fonts of a PDF as far as a reader needs them: which text a code stands for, how far it moves.

use std::collections::HashMap;

use hayro_cmap::{BfString, CMap, CMapName, load_embedded};
use hayro_syntax::object::{Array, Dict, Name, Number, Object, Stream};

use super::source::{Fault, Unpacker};

/// Width of a glyph whose font does not tell, in thousandths of the type size.
const WIDTH: f32 = 500.0;
/// Entries of a table of widths that are kept; real fonts have no more glyphs.
const GLYPHS: usize = 70_000;

/// One font as used by text operators.
pub(super) struct Font {
    /// Bold by name or by flags.
    pub bold: bool,
    /// Italic by name or by flags.
    pub italic: bool,
    codes: Codes,
    to_unicode: Option<CMap>,
}

enum Codes {
    /// One byte a code.
    Simple {
        texts: Vec<Option<String>>,
        widths: Vec<f32>,
    },
    /// Several bytes a code, through a CMap.
    Composite {
        cmap: Box<CMap>,
        widths: HashMap<u32, f32>,
        default: f32,
    },
}

/// One code of a string.
pub(super) struct Code {
    /// Its text; `None` where the font does not tell.
    pub text: Option<String>,
    /// Advance in thousandths of the type size.
    pub width: f32,
    /// The single-byte code 32, to which word spacing applies.
    pub is_space: bool,
}

impl Font {
    /// Reads a font dictionary.
    pub(super) fn read(dict: &Dict<'_>, unpacker: &mut Unpacker) -> Result<Self, Fault> {
        let to_unicode = match dict.get::<Stream<'_>>("ToUnicode") {
            Some(stream) => CMap::parse(&unpacker.map(&stream)?, load_embedded),
            None => None,
        };
        let subtype = dict.get::<Name<'_>>("Subtype");
        let below = dict
            .get::<Array<'_>>("DescendantFonts")
            .and_then(|fonts| fonts.iter::<Dict<'_>>().next());
        let descriptor = below
            .as_ref()
            .unwrap_or(dict)
            .get::<Dict<'_>>("FontDescriptor")
            .unwrap_or_default();
        let name = dict
            .get::<Name<'_>>("BaseFont")
            .map(|name| name.as_str().to_lowercase())
            .unwrap_or_default();
        let flags = descriptor.get::<i32>("Flags").unwrap_or(0);
        let weight = descriptor.get::<f32>("FontWeight").unwrap_or(0.0);
        let codes = match below {
            Some(below) if subtype.is_some_and(|subtype| subtype.as_str() == "Type0") => {
                composite(dict, &below, unpacker)?
            }
            _ => simple(dict, &descriptor),
        };
        Ok(Self {
            bold: name.contains("bold") || name.contains("black") || flags & (1 << 18) != 0 || weight > 600.0,
            italic: name.contains("italic") || name.contains("oblique") || flags & (1 << 6) != 0,
            codes,
            to_unicode,
        })
    }

    /// Splits a string into its codes.
    pub(super) fn split(&self, bytes: &[u8], mut each: impl FnMut(Code)) {
        let mut rest = bytes;
        while let Some(first) = rest.first() {
            let length = match &self.codes {
                Codes::Simple { .. } => 1,
                Codes::Composite { cmap, .. } => code_length(cmap, rest),
            };
            let (code, after) = rest.split_at(length.min(rest.len()).max(1));
            let value = code.iter().fold(0, |value, byte| value << 8 | u32::from(*byte));
            each(Code {
                text: self.text(value, *first, length),
                width: self.width(value, length),
                is_space: length == 1 && *first == b' ',
            });
            rest = after;
        }
    }

    fn text(&self, value: u32, byte: u8, length: usize) -> Option<String> {
        let told = self
            .to_unicode
            .as_ref()
            .and_then(|map| map.lookup_bf_string(value))
            .map(|text| match text {
                BfString::Char(c) => c.to_string(),
                BfString::String(text) => text,
            })
            .filter(|text| !text.chars().any(|c| c == '\0' || c == '\u{fffd}'));
        match &self.codes {
            Codes::Simple { texts, .. } => told.or_else(|| texts.get(usize::from(byte)).cloned().flatten()),
            Codes::Composite { cmap, .. } => told.or_else(|| {
                let unicode = cmap.metadata().name.as_ref().is_some_and(|name| {
                    name.starts_with(b"Uni") && name.windows(3).any(|part| part == b"UCS" || part == b"UTF")
                });
                char::from_u32(value)
                    .filter(|_| unicode && length == 2)
                    .map(String::from)
            }),
        }
    }

    fn width(&self, value: u32, length: usize) -> f32 {
        match &self.codes {
            Codes::Simple { widths, .. } => widths.get(value as usize).copied().unwrap_or(WIDTH),
            Codes::Composite {
                cmap,
                widths,
                default,
            } => {
                let cid = u8::try_from(length)
                    .ok()
                    .and_then(|length| cmap.lookup_cid_code(value, length));
                cid.and_then(|cid| widths.get(&cid)).copied().unwrap_or(*default)
            }
        }
    }
}

/// Bytes of the next code: the shortest that the CMap knows, two where it knows none.
fn code_length(cmap: &CMap, bytes: &[u8]) -> usize {
    let mut value = 0;
    for (length, byte) in (1..=4u8).zip(bytes) {
        value = value << 8 | u32::from(*byte);
        if cmap.lookup_cid_code(value, length).is_some() {
            return usize::from(length);
        }
    }
    2
}

fn composite(dict: &Dict<'_>, below: &Dict<'_>, unpacker: &mut Unpacker) -> Result<Codes, Fault> {
    let cmap = if let Some(stream) = dict.get::<Stream<'_>>("Encoding") {
        CMap::parse(&unpacker.map(&stream)?, load_embedded)
    } else {
        dict.get::<Name<'_>>("Encoding").and_then(|name| {
            let data = load_embedded(CMapName::from_bytes(name.as_ref()))?;
            CMap::parse(data, load_embedded)
        })
    };
    let table = below.get::<Array<'_>>("W");
    let widths = table.map(|table| cid_widths(&table)).unwrap_or_default();
    unpacker.keep_widths(widths.len())?;
    Ok(Codes::Composite {
        cmap: Box::new(cmap.unwrap_or_else(CMap::identity_h)),
        widths,
        default: below.get::<f32>("DW").unwrap_or(1_000.0),
    })
}

/// The table "first [w w w] first last w" of a composite font.
fn cid_widths(table: &Array<'_>) -> HashMap<u32, f32> {
    let mut out = HashMap::new();
    let mut pending: Vec<f32> = Vec::new();
    let mut left = GLYPHS;
    for item in table.iter::<Object<'_>>() {
        match item {
            Object::Number(number) => pending.push(number.as_f32()),
            Object::Array(list) => {
                let first = pending.last().copied().unwrap_or(0.0) as u32;
                for (cid, width) in (first..).zip(list.iter::<Number>().take(left)) {
                    out.insert(cid, width.as_f32());
                    left -= 1;
                }
                pending.clear();
            }
            _ => {}
        }
        if let [first, last, width] = pending[..] {
            for cid in (first as u32..=last as u32).take(left) {
                out.insert(cid, width);
                left -= 1;
            }
            pending.clear();
        }
        if left == 0 {
            break;
        }
    }
    out
}

fn simple(dict: &Dict<'_>, descriptor: &Dict<'_>) -> Codes {
    let missing = descriptor.get::<f32>("MissingWidth").unwrap_or(WIDTH);
    let mut widths = vec![missing; 256];
    let first = dict.get::<i32>("FirstChar").unwrap_or(0).clamp(0, 255);
    if let Some(given) = dict.get::<Array<'_>>("Widths") {
        let places = widths.iter_mut().skip(usize::try_from(first).unwrap_or(0));
        for (place, width) in places.zip(given.iter::<Number>()) {
            *place = width.as_f32();
        }
    }
    Codes::Simple {
        texts: encoding(dict),
        widths,
    }
}

/// The text of each of 256 codes by base encoding and differences.
fn encoding(dict: &Dict<'_>) -> Vec<Option<String>> {
    let given = dict.get::<Dict<'_>>("Encoding");
    let base = match &given {
        Some(given) => given.get::<Name<'_>>("BaseEncoding"),
        None => dict.get::<Name<'_>>("Encoding"),
    };
    let map = match base.as_ref().map(Name::as_str) {
        Some("MacRomanEncoding") => &pdf_encoding::MACROMAN,
        Some("StandardEncoding") => &pdf_encoding::STANDARD,
        _ => &pdf_encoding::WINANSI,
    };
    let mut texts: Vec<Option<String>> = (0..=255u8).map(|code| map.get(code).map(String::from)).collect();
    let differences = given.and_then(|given| given.get::<Array<'_>>("Differences"));
    let mut at = 0;
    for item in differences.iter().flat_map(Array::iter::<Object<'_>>) {
        match item {
            Object::Number(code) => at = usize::try_from(code.as_i64()).unwrap_or(usize::MAX),
            Object::Name(name) => {
                if let Some(place) = texts.get_mut(at) {
                    *place = glyph_text(name.as_str());
                }
                at = at.saturating_add(1);
            }
            _ => {}
        }
    }
    texts
}

/// The text of a glyph name by the Adobe list and the "uni" rule.
fn glyph_text(name: &str) -> Option<String> {
    let name = name.split('.').next().filter(|name| !name.is_empty())?;
    if let Some(text) = pdf_encoding::glyphname_to_unicode(name) {
        return Some(text.to_owned());
    }
    let digits = name.strip_prefix("uni").or_else(|| name.strip_prefix('u'))?;
    let value = u32::from_str_radix(digits.get(..4.max(digits.len().min(6)))?, 16).ok()?;
    char::from_u32(value).map(String::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_glyphs_become_letters() {
        assert_eq!(glyph_text("dcroat").as_deref(), Some("đ"));
        assert_eq!(glyph_text("uni1EA1").as_deref(), Some("ạ"));
        assert_eq!(glyph_text("u01B0.alt").as_deref(), Some("ư"));
        assert_eq!(glyph_text("g123"), None);
        assert_eq!(glyph_text(".notdef"), None);
    }
}
