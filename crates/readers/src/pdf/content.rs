//! Operators of a page → words and rules.

mod paths;
mod sides;

use std::collections::HashMap;
use std::rc::Rc;

use hayro_syntax::content::TypedIter;
use hayro_syntax::content::ops::TypedInstruction as Op;
use hayro_syntax::object::{Array, Dict, Name, Number, Object, ObjectIdentifier, Stream};
use hayro_syntax::page::{Page, Resources};

use super::fonts::Font;
use super::ink::Ink;
use super::matrix::Matrix;
use super::source::{Fault, Unpacker};
use sides::Sides;

/// Operators of all pages together; a thousand-page book has two million.
const OPERATORS: usize = 12_000_000;
/// Words of all pages together, and bytes of their letters; a thousand dense pages have 700,000.
const WORDS: usize = 1_000_000;
const LETTERS: usize = 16 << 20;
/// Pairs of a rule across and a rule down on one page, in all pages together.
const CROSSINGS: usize = 500_000_000;
/// Forms drawn in one file, each as often as it is drawn.
const FORMS: usize = 50_000;
/// Fonts of one file.
const FONTS: usize = 4_096;
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
    words: usize,
    letters: usize,
    crossings: usize,
    forms: usize,
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

impl Interpreter {
    pub(super) fn new() -> Self {
        Self {
            fonts: HashMap::new(),
            unpacker: Unpacker::new(),
            operators: OPERATORS,
            words: WORDS,
            letters: LETTERS,
            crossings: CROSSINGS,
            forms: FORMS,
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
        let ink = sides.fullest();
        for (left, used) in [
            (&mut self.words, ink.words.len()),
            (&mut self.letters, ink.letters),
            (&mut self.crossings, ink.across.len() * ink.down.len()),
        ] {
            *left = left.checked_sub(used).ok_or(Fault::Bomb)?;
        }
        Ok(ink)
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
        if self.interpreter.fonts.len() > FONTS {
            return Err(Fault::Bomb);
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
        let left = &mut self.interpreter.forms;
        *left = left.checked_sub(1).ok_or(Fault::Bomb)?;
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
}

fn matrix(numbers: [Number; 6]) -> Matrix {
    Matrix(numbers.map(|number| number.as_f32()))
}
