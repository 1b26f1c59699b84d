//! One paragraph while it is read.

use std::rc::Rc;

use legal::model::Block;

use super::styles::{Layout, Resolved};
use crate::word::{Font, Look, Piece};

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
        if note.is_none() {
            return Piece::add(&mut self.pieces, text, self.look);
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
