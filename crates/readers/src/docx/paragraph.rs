//! One paragraph: its pieces while it is read, its text when it ends.

use std::rc::Rc;

use legal::model::{Align, Block, MarkKind, Para};
use viet::Mended;
use viet::legacy::{self, Capitals, Encoding};

use super::font::Font;
use super::styles::{Layout, Look, Resolved};
use crate::inline::Inline;

/// A piece of a paragraph.
#[derive(Clone, Debug)]
pub(super) enum Piece {
    Text {
        text: String,
        look: Look,
        /// The note whose own sign this text is.
        note: Option<String>,
    },
    /// A new line inside the paragraph.
    Break,
}

/// A paragraph being read.
#[derive(Debug, Default)]
pub(super) struct Paragraph {
    pub layout: Layout,
    pub style: Rc<Resolved>,
    pub pieces: Vec<Piece>,
    /// Formatting of the open run.
    pub look: Look,
    /// The note whose sign the next text of the run is.
    pub own_sign: Option<String>,
    /// The last paragraph of its section.
    pub ends_section: bool,
    /// Text boxes anchored here: they follow the paragraph.
    pub after: Vec<Block>,
}

impl Paragraph {
    pub(super) fn text(&mut self, text: &str) {
        let note = self.own_sign.take();
        if let (
            None,
            Some(Piece::Text {
                text: last,
                look,
                note: None,
            }),
        ) = (&note, self.pieces.last_mut())
            && *look == self.look
        {
            last.push_str(text);
            return;
        }
        self.pieces.push(Piece::Text {
            text: text.to_owned(),
            look: self.look,
            note,
        });
    }

    /// A sign of a note that Word numbers.
    pub(super) fn note(&mut self, id: String, sign: &str) {
        self.pieces.push(Piece::Text {
            text: format!("[{sign}]"),
            look: self.look.set_in(Some(Font::Unicode)),
            note: Some(id),
        });
    }
}

/// Whether anything of the pieces is seen.
pub(super) fn is_seen(pieces: &[Piece]) -> bool {
    pieces
        .iter()
        .any(|piece| matches!(piece, Piece::Text { text, .. } if !text.trim().is_empty()))
}

/// The lines of a paragraph with their marks.
pub(super) fn build(pieces: Vec<Piece>, align: Align, log: &mut Mended) -> Vec<Para> {
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
