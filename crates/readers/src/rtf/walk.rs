//! The walk over an RTF file.

use legal::model::{Align, Block};

use super::fonts::Fonts;
use super::formula::Part;
use super::tables::{CELLS, Tables};
use super::tokens::{Token, Tokens};
use crate::word::{EndMark, Fault, Fields, Font, Found, Look, Notes, Piece, Raise, Rule, Series};

/// Groups in groups; Word itself nests some tens.
const MAX_DEPTH: usize = 500;
/// Bytes of text and, weighed, paragraphs and formatting that one file may hold.
const MAX_SPENT: usize = 32 << 20;
const LETTER: usize = 2;
const PARAGRAPH: usize = 128;

/// Where the text of a group goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Place {
    #[default]
    Text,
    /// Nowhere: pictures, styles, headers, what no one knows.
    Nowhere,
    Fonts,
    FieldCode,
}

/// What ends with a group besides its formatting.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Ends {
    #[default]
    Nothing,
    Field,
    Note,
    TextBox,
    Brackets,
}

/// What holds inside one group.
#[derive(Clone, Debug, Default)]
struct State {
    place: Place,
    ends: Ends,
    look: Look,
    font: i32,
    align: Align,
    in_table: bool,
    /// Tables around the paragraph, where there is more than one.
    depth: usize,
    /// What is said of rows is said of one in a cell.
    inner_row: bool,
    deleted: bool,
    /// Characters after `\u` that stand for it where Unicode is not known.
    doubles: Option<i32>,
}

/// A story while it is read: the body, a note, a text box.
#[derive(Debug, Default)]
struct Story {
    tables: Tables,
    pieces: Vec<Piece>,
    /// Text boxes anchored in the open paragraph.
    after: Vec<Block>,
    series: Option<Series>,
}

/// The walk.
#[derive(Default)]
pub(super) struct Walk {
    fonts: Fonts,
    first_font: i32,
    state: State,
    groups: Vec<State>,
    /// The group began with `\*`: who does not know its word passes over it.
    optional: bool,
    stories: Vec<Story>,
    fields: Fields,
    /// Characters that are still to become text.
    units: Vec<u16>,
    /// Characters still to be passed over after `\u`.
    passing: i32,
    spent: usize,
    pub(super) notes: Notes,
    count: usize,
    pub(super) found: Found,
}

impl Walk {
    /// Reads the whole file.
    pub(super) fn read(&mut self, bytes: &[u8]) -> Result<Vec<Block>, Fault> {
        self.stories = vec![Story::default()];
        for series in Series::ALL {
            self.notes.count_by(series, vec![Rule::usual(series)]);
        }
        for token in Tokens::new(bytes) {
            match token {
                Token::Open => self.open()?,
                Token::Close => self.close()?,
                Token::Word(word, number) => {
                    self.passing = 0;
                    self.word(word, number)?;
                    self.optional = false;
                }
                Token::Sign(sign) => self.sign(sign),
                Token::Byte(_) if self.passing > 0 => self.passing -= 1,
                Token::Byte(byte) => self.byte(byte),
            }
        }
        while self.stories.len() > 1 {
            self.end_story()?;
        }
        Ok(self.finish_story())
    }

    fn spend(&mut self, bytes: usize) -> Result<(), Fault> {
        self.spent = self.spent.saturating_add(bytes);
        if self.spent > MAX_SPENT {
            Err(Fault::TooLarge)
        } else {
            Ok(())
        }
    }

    fn open(&mut self) -> Result<(), Fault> {
        self.flush()?;
        self.passing = 0;
        self.optional = false;
        if self.groups.len() >= MAX_DEPTH {
            return Err(Fault::TooDeep);
        }
        self.groups.push(self.state.clone());
        self.state.ends = Ends::Nothing;
        Ok(())
    }

    fn close(&mut self) -> Result<(), Fault> {
        self.flush()?;
        self.passing = 0;
        match self.state.ends {
            Ends::Nothing => {}
            Ends::Field => self.fields.end(),
            Ends::Note | Ends::TextBox => self.end_story()?,
            Ends::Brackets => {
                self.put(")");
                self.flush()?;
            }
        }
        if let Some(outer) = self.groups.pop() {
            self.state = outer;
        }
        Ok(())
    }

    /// The open story. There is always one: only notes and text boxes are ever ended.
    fn story(&mut self) -> &mut Story {
        if self.stories.is_empty() {
            self.stories.push(Story::default());
        }
        let last = self.stories.len() - 1;
        &mut self.stories[last]
    }

    fn byte(&mut self, byte: u8) {
        match self.state.place {
            Place::Nowhere => {}
            Place::Fonts => self.fonts.name(byte),
            Place::Text | Place::FieldCode => {
                let letter = self.fonts.letter(self.state.font, byte);
                self.units.extend_from_slice(letter.encode_utf16(&mut [0; 2]));
            }
        }
    }

    fn put(&mut self, text: &str) {
        if matches!(self.state.place, Place::Text | Place::FieldCode) {
            self.units.extend(text.encode_utf16());
        }
    }

    fn sign(&mut self, sign: u8) {
        match sign {
            b'*' => self.optional = true,
            _ if self.passing > 0 => self.passing -= 1,
            b'~' => self.put("\u{a0}"),
            b'_' => self.put("-"),
            b'-' => self.put("\u{ad}"),
            b'{' | b'}' | b'\\' => self.byte(sign),
            _ => {}
        }
    }

    /// Turns the characters so far into text where a reader of the page would see it.
    fn flush(&mut self) -> Result<(), Fault> {
        if self.units.is_empty() {
            return Ok(());
        }
        let text = String::from_utf16_lossy(&std::mem::take(&mut self.units));
        self.spend(text.len().saturating_mul(LETTER))?;
        if self.state.place == Place::FieldCode {
            self.fields.code(&text);
        } else if self.state.deleted {
            self.found.deleted += 1;
        } else if self.state.look.hidden == Some(true) {
            self.found.hidden += u32::from(!text.trim().is_empty());
        } else if !self.fields.hide(false) {
            let font = self.fonts.get(self.state.font);
            let look = self.state.look.set_in(font);
            Piece::add(&mut self.story().pieces, &text, look);
        }
        Ok(())
    }

    /// Ends a paragraph; the last one of a cell or of a story may be empty.
    fn end_paragraph(&mut self) -> Result<(), Fault> {
        self.flush()?;
        self.spend(PARAGRAPH)?;
        self.fields.end_paragraph();
        let mark = EndMark {
            look: self.state.look.set_in(self.fonts.get(self.state.font)),
            deleted: self.state.deleted,
        };
        let align = self.state.align;
        let depth = self.state.depth.max(usize::from(self.state.in_table));
        self.story();
        let Some(story) = self.stories.last_mut() else {
            return Ok(());
        };
        story.tables.enter(depth, &mut self.found);
        let pieces = std::mem::take(&mut story.pieces);
        let flow = story.tables.flow();
        flow.end(pieces, mark, align, &mut self.found, || None);
        std::mem::take(&mut story.after)
            .into_iter()
            .for_each(|block| flow.emit(block));
        Ok(())
    }

    /// Ends a cell of a table that stands in so many tables, itself among them.
    fn end_cell(&mut self, depth: usize) -> Result<(), Fault> {
        self.state.in_table = true;
        self.state.depth = depth;
        self.end_paragraph()?;
        if let Some(story) = self.stories.last_mut() {
            story.tables.end_cell(&mut self.found);
        }
        Ok(())
    }

    fn end_row(&mut self, inner: bool) -> Result<(), Fault> {
        self.story();
        let found = &mut self.found;
        let weight = self
            .stories
            .last_mut()
            .map_or(0, |story| story.tables.end_row(inner, found));
        self.spend(CELLS + weight)
    }

    fn begin_story(&mut self, ends: Ends, series: Option<Series>) {
        self.state = State {
            ends,
            font: self.state.font,
            doubles: self.state.doubles,
            ..State::default()
        };
        self.stories.push(Story {
            series,
            ..Story::default()
        });
    }

    fn finish_story(&mut self) -> Vec<Block> {
        let Some(mut story) = self.stories.pop() else {
            return Vec::new();
        };
        let pieces = std::mem::take(&mut story.pieces);
        if !pieces.is_empty() {
            let mark = EndMark::default();
            let flow = story.tables.flow();
            flow.end(pieces, mark, self.state.align, &mut self.found, || None);
        }
        let mut blocks = story.tables.finish(&mut self.found);
        blocks.append(&mut story.after);
        blocks
    }

    /// Ends a note or a text box: its text goes to the notes, or after the open paragraph.
    fn end_story(&mut self) -> Result<(), Fault> {
        self.flush()?;
        if self.stories.len() < 2 {
            return Ok(());
        }
        let series = self.story().series;
        let blocks = self.finish_story();
        let Some(series) = series else {
            self.story().after.extend(blocks);
            return Ok(());
        };
        self.count += 1;
        let id = self.count.to_string();
        self.notes.add(series, &id, legal::inspect::text_of(&blocks))?;
        if let Some((note, sign)) = self.notes.refer(series, &id, false) {
            let look = self.state.look.set_in(Some(Font::Unicode));
            self.story().pieces.push(Piece::Text {
                text: format!("[{sign}]"),
                look,
                note: Some(note),
            });
        }
        Ok(())
    }

    fn word(&mut self, word: &[u8], number: Option<i32>) -> Result<(), Fault> {
        let on = number != Some(0);
        if word == b"u" {
            let code = number.unwrap_or(0).rem_euclid(0x1_0000);
            if matches!(self.state.place, Place::Text | Place::FieldCode) {
                self.units.extend(u16::try_from(code));
            }
            self.passing = self.state.doubles.unwrap_or(1);
            return Ok(());
        }
        if let Some(text) = spelled(word) {
            self.put(text);
            return Ok(());
        }
        self.flush()?;
        if self.place(word) || self.state.place == Place::Nowhere {
            return Ok(());
        }
        if let Some(part) = Part::of(word) {
            self.formula(part);
            return self.flush();
        }
        if self.optional {
            self.state.place = Place::Nowhere;
            return Ok(());
        }
        match word {
            b"par" | b"sect" => return self.end_paragraph(),
            b"line" if self.state.look.hidden != Some(true) => self.story().pieces.push(Piece::Break),
            b"nestcell" => return self.end_cell(self.state.depth.max(2)),
            b"cell" => return self.end_cell(1),
            b"nestrow" => return self.end_row(true),
            b"row" => return self.end_row(false),
            b"ansicpg" => self.fonts.page = number.unwrap_or(0),
            b"deff" => self.first_font = number.unwrap_or(0),
            b"uc" => self.state.doubles = number,
            b"f" if self.state.place == Place::Fonts => self.fonts.open(number.unwrap_or(0)),
            b"fcharset" => self.fonts.charset(number.unwrap_or(0)),
            b"f" => self.state.font = number.unwrap_or(0),
            b"plain" => {
                self.state.look = Look::default();
                self.state.font = self.first_font;
            }
            b"deleted" => self.state.deleted = on,
            b"revised" => self.found.inserted += u32::from(on),
            _ if self.look(word, on) => {}
            _ => self.paragraph(word, number),
        }
        Ok(())
    }

    /// Words that say where the text of a group goes.
    fn place(&mut self, word: &[u8]) -> bool {
        let place = match word {
            b"fonttbl" => Place::Fonts,
            b"fldinst" if self.state.place == Place::Text => Place::FieldCode,
            b"colortbl" | b"stylesheet" | b"info" | b"header" | b"headerl" | b"headerr" | b"headerf"
            | b"footer" | b"footerl" | b"footerr" | b"footerf" | b"nonshppict" | b"shprslt" | b"sp"
            | b"xe" | b"tc" | b"rxe" | b"upr" | b"nonesttables" | b"bkmkstart" | b"bkmkend" | b"falt"
            | b"panose" | b"annotation" => Place::Nowhere,
            b"pict" | b"shppict" => {
                self.found.pictures += u32::from(self.state.place == Place::Text);
                Place::Nowhere
            }
            b"ud" => Place::Text,
            b"shpinst" => return true,
            b"nesttableprops" => {
                self.state.inner_row = true;
                return true;
            }
            b"shptxt" if self.state.place == Place::Text => {
                self.begin_story(Ends::TextBox, None);
                return true;
            }
            b"field" if self.state.place == Place::Text => {
                self.state.ends = Ends::Field;
                self.fields.begin();
                return true;
            }
            b"fldrslt" if self.state.place == Place::Text => {
                self.fields.separate();
                return true;
            }
            b"footnote" if self.state.place == Place::Text => {
                self.begin_story(Ends::Note, Some(Series::Foot));
                return true;
            }
            b"ftnalt" => {
                self.story().series = self.story().series.map(|_| Series::End);
                return true;
            }
            _ => return false,
        };
        self.state.place = place;
        true
    }

    fn formula(&mut self, part: Part) {
        match part {
            Part::Whole => self.found.formulas += 1,
            Part::Plain => {}
            Part::Dropped => self.state.place = Place::Nowhere,
            Part::Sign(sign) => self.put(sign),
            Part::Brackets => {
                self.put("(");
                self.state.ends = Ends::Brackets;
            }
            Part::Raised(raise) => self.state.look.raise = Some(raise),
        }
    }

    /// Words that say how text looks.
    fn look(&mut self, word: &[u8], on: bool) -> bool {
        let look = &mut self.state.look;
        match word {
            b"b" => look.bold = Some(on),
            b"i" => look.italic = Some(on),
            b"caps" => look.caps = Some(on),
            b"v" => look.hidden = Some(on),
            b"super" => look.raise = Some(if on { Raise::Sup } else { Raise::Base }),
            b"sub" => look.raise = Some(if on { Raise::Sub } else { Raise::Base }),
            b"nosupersub" => look.raise = None,
            _ => return false,
        }
        true
    }

    /// Words that say how paragraphs and rows stand.
    fn paragraph(&mut self, word: &[u8], number: Option<i32>) {
        match word {
            b"pard" => {
                self.state.align = Align::Start;
                self.state.in_table = false;
                self.state.depth = 0;
            }
            b"ql" | b"qj" => self.state.align = Align::Start,
            b"qc" => self.state.align = Align::Center,
            b"qr" => self.state.align = Align::End,
            b"intbl" => self.state.in_table = true,
            b"itap" => {
                self.state.depth = number.and_then(|depth| usize::try_from(depth).ok()).unwrap_or(0);
            }
            _ => {
                let inner = self.state.inner_row;
                self.story().tables.word(word, number, inner);
            }
        }
    }
}

/// Words that stand for characters.
fn spelled(word: &[u8]) -> Option<&'static str> {
    Some(match word {
        b"tab" | b"emspace" | b"enspace" | b"qmspace" => " ",
        b"emdash" => "—",
        b"endash" => "–",
        b"lquote" => "‘",
        b"rquote" => "’",
        b"ldblquote" => "“",
        b"rdblquote" => "”",
        b"bullet" => "•",
        _ => return None,
    })
}
