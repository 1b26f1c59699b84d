//! The style sheet ([MS-DOC] 2.9.271): what runs and paragraphs look like before they say anything.

use std::collections::HashMap;
use std::rc::Rc;

use super::bytes::{u8_at, u16_at};
use super::file::{File, Part};
use super::props::{Layout, Run};
use super::sprm::{Dialect, prls};
use crate::word::Fault;

/// How far styles are followed to those they are based on; a circle ends there.
const MAX_CHAIN: usize = 40;
/// Styles of the lines of tables of contents.
const CONTENTS: std::ops::RangeInclusive<u16> = 19..=27;
const NO_STYLE: u16 = 0xfff;

/// One style as written.
#[derive(Debug, Default)]
struct Written<'f> {
    sti: u16,
    based_on: u16,
    paragraph: &'f [u8],
    run: &'f [u8],
}

/// A style with all that it is based on.
#[derive(Debug, Default)]
pub(super) struct Resolved {
    pub run: Run,
    pub layout: Layout,
    /// Numbers of the style and of those it is based on, nearest first.
    pub chain: Vec<u16>,
    /// A style of tables of contents, whose lines repeat headings.
    pub contents: bool,
}

/// All styles of a document.
#[derive(Debug)]
pub(super) struct Styles<'f> {
    dialect: Dialect,
    written: Vec<Written<'f>>,
    defaults: Run,
    resolved: HashMap<u16, Rc<Resolved>>,
    characters: HashMap<u16, Run>,
}

impl<'f> Styles<'f> {
    pub(super) fn read(file: &'f File) -> Result<Self, Fault> {
        let sheet = file.part(Part::Styles)?;
        let number = |at: usize| u16_at(sheet, at).unwrap_or(0);
        let mut styles = Self {
            dialect: file.dialect,
            written: Vec::new(),
            defaults: Run::default(),
            resolved: HashMap::new(),
            characters: HashMap::new(),
        };
        let info = usize::from(number(0));
        if info >= 14 {
            let other = if info >= 18 { number(18) } else { number(14) };
            styles.defaults.fonts = [Some(number(14)), Some(other)];
        }
        let base = usize::from(number(4));
        let mut at = 2 + info;
        for _ in 0..number(2) {
            let Some(length) = u16_at(sheet, at) else { break };
            let end = at + 2 + usize::from(length);
            let Some(entry) = sheet.get(at + 2..end) else {
                break;
            };
            styles
                .written
                .push(written(file.dialect, base, entry).unwrap_or_default());
            at = end;
        }
        Ok(styles)
    }

    /// A style; what the document itself says where there is no such style.
    pub(super) fn get(&mut self, number: u16) -> Rc<Resolved> {
        if let Some(done) = self.resolved.get(&number) {
            return Rc::clone(done);
        }
        let mut chain = Vec::new();
        let mut next = number;
        while let Some(style) = self.written.get(usize::from(next))
            && chain.len() < MAX_CHAIN
        {
            chain.push(next);
            next = style.based_on;
            if next == NO_STYLE {
                break;
            }
        }
        let mut out = Resolved {
            run: self.defaults,
            ..Resolved::default()
        };
        for style in chain
            .iter()
            .rev()
            .filter_map(|number| self.written.get(usize::from(*number)))
        {
            let below = out.run.look;
            prls(self.dialect, style.paragraph).for_each(|prl| out.layout.change(&prl));
            prls(self.dialect, style.run).for_each(|prl| out.run.change(&prl, &below));
        }
        let own = chain
            .first()
            .and_then(|number| self.written.get(usize::from(*number)));
        out.contents = own.is_some_and(|style| CONTENTS.contains(&style.sti));
        out.chain = chain;
        // What styles say of characters is how they look, never what they are.
        out.run = Run {
            look: out.run.look,
            fonts: out.run.fonts,
            ..Run::default()
        };
        let done = Rc::new(out);
        self.resolved.insert(number, Rc::clone(&done));
        done
    }

    /// What a character style says of itself, paragraph styles and defaults apart.
    pub(super) fn character(&mut self, number: u16) -> Run {
        if let Some(done) = self.characters.get(&number) {
            return *done;
        }
        let mut out = Run::default();
        let mut chain = Vec::new();
        let mut next = number;
        while let Some(style) = self.written.get(usize::from(next))
            && chain.len() < MAX_CHAIN
        {
            chain.push(style);
            next = style.based_on;
        }
        for style in chain.into_iter().rev() {
            let below = out.look;
            prls(self.dialect, style.run).for_each(|prl| out.change(&prl, &below));
        }
        self.characters.insert(number, out);
        out
    }
}

/// Reads one style: its base, its name, which is passed over, and its lists of changes.
fn written(dialect: Dialect, base: usize, entry: &[u8]) -> Option<Written<'_>> {
    let sti = u16_at(entry, 0)? & 0xfff;
    let second = u16_at(entry, 2)?;
    let kind = second & 0xf;
    let lists = u16_at(entry, 4)? & 0xf;
    let mut at = match dialect {
        Dialect::Word97 => base + 2 + usize::from(u16_at(entry, base)?) * 2 + 2,
        Dialect::Word6 => base + 1 + usize::from(u8_at(entry, base)?) + 1,
    };
    let mut out = Written {
        sti,
        based_on: second >> 4,
        ..Written::default()
    };
    for index in 0..lists {
        at += at % 2;
        let Some(length) = u16_at(entry, at).map(usize::from) else {
            break;
        };
        let list = entry.get(at + 2..at + 2 + length).unwrap_or_default();
        at += 2 + length;
        match (kind, index) {
            // The number of the style stands before the changes of a paragraph.
            (1, 0) => out.paragraph = list.get(2..).unwrap_or_default(),
            (1, 1) | (2, 0) => out.run = list,
            (3, 1) => out.paragraph = list.get(2..).unwrap_or_default(),
            (3, 2) => out.run = list,
            _ => {}
        }
    }
    Some(out)
}
