//! Vietnamese text of the years before Unicode: six encodings and the fonts that name them.
//!
//! Old bytes mostly arrive read as Windows-1252 ("§iÒu 1" for "Điều 1"), so a `&str` of such
//! characters is the main input here; characters that stand for no byte pass unchanged.

use std::borrow::Cow;

mod capitals;
mod detect;
mod fonts;
mod letter;
mod syllable;
mod tables;
#[cfg(test)]
mod tests;
mod viqr;
mod vni;

pub use detect::{Reading, detect, detect_in, reads_better};
pub use fonts::{Capitals, by_font};
pub(crate) use syllable::is_possible;

/// An encoding of Vietnamese older than Unicode.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Encoding {
    /// TCVN 5712:1993 as the fonts `.VnTime` … use it: marked capitals live in the fonts `…H`.
    Tcvn3,
    /// VNI for Windows: a base letter and one byte for its marks.
    Vni,
    /// Vietnamese Professionals Society.
    Vps,
    /// VISCII 1.1 (RFC 1456).
    Viscii,
    /// VIQR (RFC 1456): marks typed as ASCII signs after the letter, `Vie^.t Nam`.
    Viqr,
    /// Windows-1258: base letters and combining tones.
    Cp1258,
}

impl Encoding {
    /// Every encoding.
    pub const ALL: [Self; 6] = [
        Self::Tcvn3,
        Self::Vni,
        Self::Vps,
        Self::Viscii,
        Self::Viqr,
        Self::Cp1258,
    ];

    /// Name as officers know it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Tcvn3 => "TCVN3 (ABC)",
            Self::Vni => "VNI",
            Self::Vps => "VPS",
            Self::Viscii => "VISCII",
            Self::Viqr => "VIQR",
            Self::Cp1258 => "Windows-1258",
        }
    }
}

/// Text whose characters stand for old bytes → composed Unicode.
///
/// TCVN3 has no marked capitals but ĂÂÊÔƠƯĐ: lines and words typed in capitals get theirs
/// back; a lone "bộ" of a font `…H` needs [`decode_font`].
#[must_use]
pub fn decode(encoding: Encoding, text: &str) -> String {
    match encoding {
        Encoding::Tcvn3 => capitals::restore(&tables::decode(&tables::TCVN3, text)),
        Encoding::Vps => tables::decode(&tables::VPS, text),
        Encoding::Viscii => tables::decode(&tables::VISCII, text),
        Encoding::Cp1258 => crate::nfc(&tables::decode(&tables::CP1258, text)),
        Encoding::Vni => vni::decode(text),
        Encoding::Viqr => viqr::decode(text),
    }
}

/// Text set in a font of one of the encodings; `None` for fonts of Unicode.
#[must_use]
pub fn decode_font(font: &str, text: &str) -> Option<String> {
    let (encoding, capitals) = by_font(font)?;
    let decoded = decode(encoding, text);
    Some(match capitals {
        Capitals::AsTyped => decoded,
        Capitals::All => decoded.to_uppercase(),
    })
}

/// Old bytes → composed Unicode.
#[must_use]
pub fn decode_bytes(encoding: Encoding, bytes: &[u8]) -> String {
    decode(encoding, &as_characters(bytes))
}

/// Bytes read as Windows-1252, the five that it leaves open as C1 controls.
#[must_use]
pub fn as_characters(bytes: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(bytes) {
        Ok(text) if text.is_ascii() => Cow::Borrowed(text),
        _ => Cow::Owned(bytes.iter().map(|byte| tables::character(*byte)).collect()),
    }
}

/// Unicode → old bytes; what the encoding lacks becomes `?`, a marked capital of TCVN3 its small letter.
#[must_use]
pub fn encode(encoding: Encoding, text: &str) -> Vec<u8> {
    let text = crate::nfc(text);
    match encoding {
        Encoding::Tcvn3 => tables::encode(&tables::TCVN3, &text),
        Encoding::Vps => tables::encode(&tables::VPS, &text),
        Encoding::Viscii => tables::encode(&tables::VISCII, &text),
        Encoding::Cp1258 => tables::encode(&tables::CP1258, &letter::tones_apart(&text)),
        Encoding::Vni => vni::encode(&text),
        Encoding::Viqr => viqr::encode(&text).into_bytes(),
    }
}
