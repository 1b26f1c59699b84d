//! Upright text on pages that lie on their side.

use super::super::fonts::Font;
use super::super::ink::{Ink, Setting};
use super::super::matrix::Matrix;

/// The page as it lies and as it looks turned by 90° either way, for pages whose text stands upright
/// only after turning.
pub(super) struct Sides {
    pub(super) pages: [Ink; 3],
}

impl Sides {
    /// The side with most words, with the rules of the page turned to it.
    pub(super) fn fullest(self) -> Ink {
        let [upright, left, right] = self.pages;
        let (width, height) = (upright.width, upright.height);
        let count = |ink: &Ink| ink.words.len();
        if count(&upright) >= count(&left).max(count(&right)) {
            return upright;
        }
        let (side, by) = if count(&left) >= count(&right) {
            (left, turn(Side::Left, width, height))
        } else {
            (right, turn(Side::Right, width, height))
        };
        let mut page = upright.turned(by, height, width);
        page.words = side.words;
        page.letters = side.letters;
        page
    }
}

/// Which way text runs on a page.
#[derive(Clone, Copy, PartialEq)]
enum Side {
    /// Left to right.
    Upright,
    /// Bottom to top.
    Left,
    /// Top to bottom.
    Right,
}

/// The turn that brings text of a side upright.
fn turn(side: Side, width: f32, height: f32) -> Matrix {
    match side {
        Side::Upright => Matrix::IDENTITY,
        Side::Left => Matrix([0.0, 1.0, -1.0, 0.0, height, 0.0]),
        Side::Right => Matrix([0.0, -1.0, 1.0, 0.0, 0.0, width]),
    }
}

impl Sides {
    /// Sets one letter given by the start and end of its advance and the top of its line.
    pub(super) fn letter(
        &mut self,
        text: Option<&str>,
        [start, end, up]: [(f32, f32); 3],
        font: &Font,
        raised: bool,
        heavy: bool,
    ) {
        let (dx, dy) = (up.0 - start.0, up.1 - start.1);
        let size = dx.hypot(dy);
        // Slanted type has its own letters; text that runs across the page does not read on.
        let side = if dy < 0.0 && dx.abs() < 0.5 * size {
            Side::Upright
        } else if dx < 0.0 && dy.abs() < 0.3 * size {
            Side::Left
        } else if dx > 0.0 && dy.abs() < 0.3 * size {
            Side::Right
        } else {
            return;
        };
        let [upright, ..] = &self.pages;
        let by = turn(side, upright.width, upright.height);
        let Some(page) = self.pages.get_mut(side as usize) else {
            return;
        };
        let Some(text) = text else {
            page.unknown += 1;
            return;
        };
        let set = Setting {
            size,
            bold: font.bold || heavy,
            italic: font.italic,
            raised,
        };
        let (start, end) = (by.apply(start.0, start.1), by.apply(end.0, end.1));
        page.letter(text, (start.0.min(end.0), start.0.max(end.0)), start.1, set);
    }
}
