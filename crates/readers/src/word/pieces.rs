//! Pieces of a paragraph, and the text that they make.

use legal::model::{Align, MarkKind, Para};
use viet::Mended;
use viet::legacy::{self, Capitals, Encoding};

use super::font::Font;
use super::look::Look;
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
pub(crate) fn build(pieces: Vec<Piece>, align: Align, log: &mut Mended) -> Vec<Para> {
    let old = old_encodings(&pieces);
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

/// The old encodings in which text of the paragraph is really written: fonts keep their old
/// names when the text has long been converted.
fn old_encodings(pieces: &[Piece]) -> Vec<Encoding> {
    let mut texts: Vec<(Encoding, String)> = Vec::new();
    for piece in pieces {
        let Piece::Text { text, look, .. } = piece else {
            continue;
        };
        let Some(Font::Old(encoding, _)) = look.font else {
            continue;
        };
        match texts.iter_mut().find(|(known, _)| *known == encoding) {
            Some((_, all)) => all.push_str(text),
            None => texts.push((encoding, text.clone())),
        }
    }
    texts.retain(|(encoding, text)| legacy::reads_better(*encoding, text));
    texts.into_iter().map(|(encoding, _)| encoding).collect()
}

/// The characters that a reader sees.
fn shown(text: String, look: Look, old: &[Encoding], log: &mut Mended) -> String {
    let mut text = text;
    match look.font.unwrap_or_default() {
        Font::Old(encoding, capitals) if old.contains(&encoding) => {
            let decoded = legacy::decode(encoding, &text);
            if decoded != text {
                log.add("old-font", 1, || format!("{} → {}", head(&text), head(&decoded)));
            }
            text = if capitals == Capitals::All {
                decoded.to_uppercase()
            } else {
                decoded
            };
        }
        font if font.is_signs() => text = text.chars().map(|c| font.sign(c)).collect(),
        _ => {}
    }
    if look.caps == Some(true) {
        text.to_uppercase()
    } else {
        text
    }
}

fn head(text: &str) -> String {
    text.chars().take(30).collect()
}
