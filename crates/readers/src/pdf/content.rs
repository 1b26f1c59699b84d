//! Operators of a page → words and rules.

use std::collections::HashMap;
use std::rc::Rc;

use hayro_syntax::content::TypedIter;
use hayro_syntax::content::ops::TypedInstruction as Op;
use hayro_syntax::object::{Array, Dict, Name, Number, Object, ObjectIdentifier, Stream};
use hayro_syntax::page::{Page, Resources};

use super::fonts::Font;
use super::ink::{Ink, Setting};
use super::matrix::Matrix;
use super::source::{Fault, Unpacker};

/// Operators of all pages together; a thousand-page book has two million.
const OPERATORS: usize = 12_000_000;
/// Forms inside forms.
const DEPTH: usize = 8;
/// States saved and not restored.
const STATES: usize = 256;
/// Points of one path that are kept.
const POINTS: usize = 4_000;

/// Reads the pages of one file; fonts are read once.
pub(super) struct Interpreter {
    fonts: HashMap<ObjectIdentifier, Rc<Font>>,
    /// What streams may still cost.
    pub unpacker: Unpacker,
    operators: usize,
}

#[derive(Clone)]
struct State {
    place: Matrix,
    font: Option<Rc<Font>>,
    size: f32,
    letter_space: f32,
    word_space: f32,
    stretch: f32,
    leading: f32,
    rise: f32,
    mode: i64,
}

/// One run of operators: a page or a form on it.
struct Run<'i, 'p> {
    interpreter: &'i mut Interpreter,
    resources: &'p Resources<'p>,
    named: HashMap<Vec<u8>, Rc<Font>>,
    ink: &'i mut Sides,
    state: State,
    saved: Vec<State>,
    text: Matrix,
    line: Matrix,
    path: Vec<Vec<(f32, f32)>>,
    depth: usize,
}

/// The page as it lies and as it looks turned by 90° either way, for pages whose text stands upright
/// only after turning.
struct Sides {
    pages: [Ink; 3],
}

impl Interpreter {
    pub(super) fn new() -> Self {
        Self {
            fonts: HashMap::new(),
            unpacker: Unpacker::new(),
            operators: OPERATORS,
        }
    }

    /// What stands on a page.
    pub(super) fn page(&mut self, page: &Page<'_>) -> Result<Ink, Fault> {
        let data = self.unpacker.page(page)?;
        let (width, height) = page.render_dimensions();
        let place = Matrix(
            page.initial_transform(true)
                .as_coeffs()
                .map(|number| number as f32),
        );
        let mut sides = Sides {
            pages: [
                Ink::new(width, height),
                Ink::new(height, width),
                Ink::new(height, width),
            ],
        };
        Run {
            interpreter: self,
            resources: page.resources(),
            named: HashMap::new(),
            ink: &mut sides,
            state: State::new(place),
            saved: Vec::new(),
            text: Matrix::IDENTITY,
            line: Matrix::IDENTITY,
            path: Vec::new(),
            depth: 0,
        }
        .run(&data)?;
        Ok(sides.fullest())
    }
}

impl State {
    fn new(place: Matrix) -> Self {
        Self {
            place,
            font: None,
            size: 0.0,
            letter_space: 0.0,
            word_space: 0.0,
            stretch: 1.0,
            leading: 0.0,
            rise: 0.0,
            mode: 0,
        }
    }
}

impl Sides {
    /// The side with most words, with the rules of the page turned to it.
    fn fullest(self) -> Ink {
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

impl Run<'_, '_> {
    fn run(&mut self, data: &[u8]) -> Result<(), Fault> {
        let mut operators = TypedIter::new(data);
        while let Some(operator) = operators.next() {
            self.interpreter.operators = self.interpreter.operators.checked_sub(1).ok_or(Fault::Bomb)?;
            self.step(&operator)?;
        }
        Ok(())
    }

    fn step(&mut self, operator: &Op<'_, '_>) -> Result<(), Fault> {
        match operator {
            Op::SaveState(_) if self.saved.len() < STATES => self.saved.push(self.state.clone()),
            Op::RestoreState(_) => {
                if let Some(state) = self.saved.pop() {
                    self.state = state;
                }
            }
            Op::Transform(m) => {
                let by = matrix([m.0, m.1, m.2, m.3, m.4, m.5]);
                self.state.place = by.then(self.state.place);
            }
            Op::XObject(form) => self.form(form.0)?,
            _ if self.is_path(operator) || self.is_state(operator)? => {}
            _ => self.show(operator),
        }
        Ok(())
    }

    /// Operators that set the state of text.
    fn is_state(&mut self, operator: &Op<'_, '_>) -> Result<bool, Fault> {
        match operator {
            Op::TextFont(font) => {
                self.state.size = font.1.as_f32();
                self.state.font = self.font(font.0)?;
            }
            Op::CharacterSpacing(n) => self.state.letter_space = n.0.as_f32(),
            Op::WordSpacing(n) => self.state.word_space = n.0.as_f32(),
            Op::HorizontalScaling(n) => self.state.stretch = n.0.as_f32() / 100.0,
            Op::TextLeading(n) => self.state.leading = n.0.as_f32(),
            Op::TextRise(n) => self.state.rise = n.0.as_f32(),
            Op::TextRenderingMode(n) => self.state.mode = n.0.as_i64(),
            Op::BeginText(_) => self.set_line(Matrix::IDENTITY),
            Op::SetTextMatrix(m) => self.set_line(matrix([m.0, m.1, m.2, m.3, m.4, m.5])),
            Op::NextLine(by) => self.next_line(by.0.as_f32(), by.1.as_f32()),
            Op::NextLineAndSetLeading(by) => {
                self.state.leading = -by.1.as_f32();
                self.next_line(by.0.as_f32(), by.1.as_f32());
            }
            Op::NextLineUsingLeading(_) => self.next_line(0.0, -self.state.leading),
            _ => return Ok(false),
        }
        Ok(true)
    }

    fn show(&mut self, operator: &Op<'_, '_>) {
        match operator {
            Op::ShowText(text) => self.string(text.0.as_bytes()),
            Op::NextLineAndShowText(text) => {
                self.next_line(0.0, -self.state.leading);
                self.string(text.0.as_bytes());
            }
            Op::ShowTextWithParameters(text) => {
                self.state.word_space = text.0.as_f32();
                self.state.letter_space = text.1.as_f32();
                self.next_line(0.0, -self.state.leading);
                self.string(text.2.as_bytes());
            }
            Op::ShowTexts(items) => self.strings(items.0),
            _ => {}
        }
    }

    fn strings(&mut self, items: &Array<'_>) {
        for item in items.iter::<Object<'_>>() {
            match item {
                Object::String(text) => self.string(text.as_bytes()),
                Object::Number(back) => {
                    let by = -back.as_f32() / 1_000.0 * self.state.size * self.state.stretch;
                    self.text = Matrix::shift(by, 0.0).then(self.text);
                }
                _ => {}
            }
        }
    }

    fn string(&mut self, bytes: &[u8]) {
        let Some(font) = self.state.font.clone() else {
            return;
        };
        let state = &self.state;
        // Mode 3 is invisible: the guess that a scanner laid under its picture, no text of the act.
        let hidden = state.mode == 3 || state.mode == 7;
        let mut text = self.text;
        font.split(bytes, |code| {
            let mut advance = code.width / 1_000.0 * state.size + state.letter_space;
            if code.is_space {
                advance += state.word_space;
            }
            let advance = advance * state.stretch;
            if !hidden {
                let whole = text.then(state.place);
                let start = whole.apply(0.0, state.rise);
                let end = whole.apply(advance, state.rise);
                let up = whole.apply(0.0, state.rise + state.size);
                self.ink.letter(
                    code.text.as_deref(),
                    [start, end, up],
                    &font,
                    state.rise.abs() > 0.1,
                    state.mode == 2,
                );
            }
            text = Matrix::shift(advance, 0.0).then(text);
        });
        self.text = text;
    }

    fn set_line(&mut self, to: Matrix) {
        self.line = to;
        self.text = to;
    }

    fn next_line(&mut self, x: f32, y: f32) {
        self.set_line(Matrix::shift(x, y).then(self.line));
    }

    fn font(&mut self, name: &Name<'_>) -> Result<Option<Rc<Font>>, Fault> {
        if let Some(font) = self.named.get(name.as_ref()) {
            return Ok(Some(font.clone()));
        }
        let Some(dict) = self.resources.get_font(name) else {
            return Ok(None);
        };
        let id = self.resources.fonts.get_ref(name).and_then(|_| dict.obj_id());
        let known = id.and_then(|id| self.interpreter.fonts.get(&id).cloned());
        let font = match known {
            Some(font) => font,
            None => Rc::new(Font::read(&dict, &mut self.interpreter.unpacker)?),
        };
        if let Some(id) = id {
            self.interpreter.fonts.insert(id, font.clone());
        }
        self.named.insert(name.as_ref().to_vec(), font.clone());
        Ok(Some(font))
    }

    /// Draws a form: operators kept apart from the page.
    fn form(&mut self, name: &Name<'_>) -> Result<(), Fault> {
        let Some(stream) = self.resources.get_x_object(name) else {
            return Ok(());
        };
        let dict = stream.dict();
        let is_form = dict
            .get::<Name<'_>>("Subtype")
            .is_some_and(|kind| kind.as_str() == "Form");
        if !is_form || self.depth >= DEPTH {
            return Ok(());
        }
        self.enter(&stream, dict)
    }

    fn enter(&mut self, stream: &Stream<'_>, dict: &Dict<'_>) -> Result<(), Fault> {
        let data = self.interpreter.unpacker.stream(stream)?;
        let own = dict.get::<Dict<'_>>("Resources").map(Resources::new);
        let by = dict.get::<[f32; 6]>("Matrix").map_or(Matrix::IDENTITY, Matrix);
        let mut state = self.state.clone();
        state.place = by.then(state.place);
        Run {
            interpreter: self.interpreter,
            resources: own.as_ref().unwrap_or(self.resources),
            named: HashMap::new(),
            ink: self.ink,
            state,
            saved: Vec::new(),
            text: Matrix::IDENTITY,
            line: Matrix::IDENTITY,
            path: Vec::new(),
            depth: self.depth + 1,
        }
        .run(&data)
    }

    /// Operators that build and paint paths.
    fn is_path(&mut self, operator: &Op<'_, '_>) -> bool {
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

fn matrix(numbers: [Number; 6]) -> Matrix {
    Matrix(numbers.map(|number| number.as_f32()))
}

impl Sides {
    /// Sets one letter given by the start and end of its advance and the top of its line.
    fn letter(
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
