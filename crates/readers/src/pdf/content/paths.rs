//! Paths: what is filled or stroked may be the rule of a table or above footnotes.

use hayro_syntax::content::ops::TypedInstruction as Op;
use hayro_syntax::object::Number;

use super::{POINTS, Run};

impl Run<'_, '_> {
    /// Operators that build and paint paths.
    pub(super) fn is_path(&mut self, operator: &Op<'_, '_>) -> bool {
        match operator {
            Op::MoveTo(to) => self.begin(to.0, to.1),
            Op::LineTo(to) => self.go_on(to.0, to.1),
            Op::CubicTo(to) => self.go_on(to.4, to.5),
            Op::CubicStartTo(to) => self.go_on(to.2, to.3),
            Op::CubicEndTo(to) => self.go_on(to.2, to.3),
            Op::RectPath(r) => self.rectangle([r.0, r.1, r.2, r.3].map(|number| number.as_f32())),
            Op::ClosePath(_) => self.close(),
            Op::StrokePath(_) => self.paint(true),
            Op::CloseAndStrokePath(_) => {
                self.close();
                self.paint(true);
            }
            Op::FillPathNonZero(_) | Op::FillPathNonZeroCompatibility(_) | Op::FillPathEvenOdd(_) => {
                self.paint(false);
            }
            Op::FillAndStrokeNonZero(_)
            | Op::FillAndStrokeEvenOdd(_)
            | Op::CloseFillAndStrokeNonZero(_)
            | Op::CloseFillAndStrokeEvenOdd(_) => self.paint(true),
            Op::EndPath(_) => self.path.clear(),
            _ => return false,
        }
        true
    }

    fn begin(&mut self, x: Number, y: Number) {
        let at = self.state.place.apply(x.as_f32(), y.as_f32());
        if self.path.len() < POINTS {
            self.path.push(vec![at]);
        }
    }

    fn go_on(&mut self, x: Number, y: Number) {
        let at = self.state.place.apply(x.as_f32(), y.as_f32());
        if let Some(part) = self.path.last_mut().filter(|part| part.len() < POINTS) {
            part.push(at);
        }
    }

    fn close(&mut self) {
        if let Some(part) = self.path.last_mut()
            && let Some(first) = part.first().copied()
        {
            part.push(first);
        }
    }

    fn rectangle(&mut self, [x, y, width, height]: [f32; 4]) {
        let corners = [
            (x, y),
            (x + width, y),
            (x + width, y + height),
            (x, y + height),
            (x, y),
        ];
        if self.path.len() < POINTS {
            let place = self.state.place;
            self.path.push(corners.map(|(x, y)| place.apply(x, y)).to_vec());
        }
    }

    /// Filled parts count as a whole, stroked ones side by side.
    fn paint(&mut self, stroked: bool) {
        let Some(page) = self.ink.pages.first_mut() else {
            return;
        };
        for part in self.path.drain(..) {
            page.shape(&part);
            if stroked && part.len() > 2 {
                part.windows(2).for_each(|side| page.shape(side));
            }
        }
    }
}
