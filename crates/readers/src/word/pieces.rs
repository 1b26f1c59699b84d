//! Pieces of a paragraph, and the text that they make.

use legal::model::{Align, MarkKind, Para};
use viet::Mended;
use viet::legacy::{self, Capitals, Encoding};

use super::font::Font;
use super::look::Look;
use super::remarks::Found;
use crate::inline::Inline;

/// A piece of a paragraph.
#[derive(Clone, Debug)]
pub(crate) enum Piece {
    Text {
        text: String,
        look: Look,
        /// The note whose own sign this text is.
        note: Option<String>,
    },
    /// A new line inside the paragraph.
    Break,
}

impl Piece {
    /// Adds text to the pieces of a paragraph, joined to the last one where that looks alike.
    pub(crate) fn add(pieces: &mut Vec<Self>, text: &str, look: Look) {
        match pieces.last_mut() {
            Some(Self::Text {
                text: last,
                look: known,
                note: None,
            }) if *known == look => last.push_str(text),
            _ => pieces.push(Self::Text {
                text: text.to_owned(),
                look,
                note: None,
            }),
        }
    }
}

/// Whether anything of the pieces is seen.
pub(crate) fn is_seen(pieces: &[Piece]) -> bool {
    pieces
        .iter()
        .any(|piece| matches!(piece, Piece::Text { text, .. } if !text.trim().is_empty()))
}

/// The lines of a paragraph with their marks.
pub(crate) fn build(pieces: Vec<Piece>, align: Align, found: &mut Found) -> Vec<Para> {
    let old = Old::of(&pieces, found);
    let log = &mut found.mended;
    let mut lines = Vec::new();
    let mut inline = Inline::default();
    for piece in pieces {
        match piece {
            Piece::Break => lines.extend(inline.take(log)),
            Piece::Text { text, look, note } => {
                let start = inline.here();
                let style = look.style(align);
                inline.push(&shown(text, look, &old, log), &style, log);
                if let Some(id) = note.filter(|_| inline.here() > start) {
                    inline.add(MarkKind::Note(id), start);
                }
            }
        }
    }
    lines.extend(inline.take(log));
    lines
}

/// Letters from which on a paragraph alone tells its encoding.
const ENOUGH: usize = 40;
/// Encodings whose letters do not look like plain text.
const MARKED: [Encoding; 5] = [
    Encoding::Tcvn3,
    Encoding::Vni,
    Encoding::Vps,
    Encoding::Viscii,
    Encoding::Cp1258,
];

/// The old encodings in which text of a paragraph is really written.
struct Old {
    /// Of those that fonts name: fonts keep their names when the text has long been converted.
    named: Vec<Encoding>,
    /// Of text whose fonts promise Unicode.
    unnamed: Option<Encoding>,
}

impl Old {
    fn of(pieces: &[Piece], found: &mut Found) -> Self {
        let mut texts: Vec<(Encoding, String)> = Vec::new();
        let mut unnamed = String::new();
        for piece in pieces {
            let Piece::Text { text, look, .. } = piece else {
                continue;
            };
            match look.font.unwrap_or_default() {
                Font::Old(encoding, _) => match texts.iter_mut().find(|(known, _)| *known == encoding) {
                    Some((_, all)) => all.push_str(text),
                    None => texts.push((encoding, text.clone())),
                },
                Font::Unicode => unnamed.push_str(text),
                _ => {}
            }
        }
        texts.retain(|(encoding, text)| legacy::reads_better(*encoding, text));
        let told = encoding_of(&unnamed);
        if let Some(encoding) = told {
            *found.told.entry(encoding).or_default() += 1;
        }
        let assumed = found.assumed;
        Self {
            named: texts.into_iter().map(|(encoding, _)| encoding).collect(),
            unnamed: told.or(assumed.filter(|encoding| legacy::reads_better(*encoding, &unnamed))),
        }
    }
}

/// The old encoding of a text long enough to tell.
fn encoding_of(text: &str) -> Option<Encoding> {
    let enough = !text.is_ascii() && text.chars().filter(|c| c.is_alphabetic()).count() >= ENOUGH;
    enough.then(|| legacy::detect_in(&MARKED, text))?
}

/// The characters that a reader sees.
fn shown(text: String, look: Look, old: &Old, log: &mut Mended) -> String {
    let font = look.font.unwrap_or_default();
    let written = match font {
        Font::Old(encoding, capitals) if old.named.contains(&encoding) => Some((encoding, capitals)),
        Font::Unicode => old.unnamed.map(|encoding| (encoding, Capitals::AsTyped)),
        _ => None,
    };
    let text = match written {
        Some((encoding, capitals)) => decoded(encoding, capitals, &text, log),
        None if font.is_signs() => text.chars().map(|c| font.sign(c)).collect(),
        None => text,
    };
    if look.caps == Some(true) {
        text.to_uppercase()
    } else {
        text
    }
}

fn decoded(encoding: Encoding, capitals: Capitals, text: &str, log: &mut Mended) -> String {
    let decoded = legacy::decode(encoding, text);
    if decoded != text {
        log.add("old-font", 1, || format!("{} → {}", head(text), head(&decoded)));
    }
    match capitals {
        Capitals::All => decoded.to_uppercase(),
        Capitals::AsTyped => decoded,
    }
}

fn head(text: &str) -> String {
    text.chars().take(30).collect()
}
