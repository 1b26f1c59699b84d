//! Formatting: what runs and paragraphs say of themselves and what their styles say (ISO/IEC 29500-1 §17.7).

use std::collections::HashMap;
use std::io::BufRead;
use std::rc::Rc;

use legal::model::Align;

use super::xml::{Node, Step, Xml};
use crate::word::{Fault, Font, Look, Raise};

/// How far `basedOn` is followed; a circle ends there.
const MAX_CHAIN: usize = 40;
/// Styles that one file may have.
const MAX_STYLES: usize = 20_000;

/// Reads `w:rPr`.
pub(super) fn look(properties: &Node) -> Look {
    Look {
        bold: properties.flag("b"),
        italic: properties.flag("i"),
        caps: properties.flag("caps"),
        hidden: properties.flag("vanish"),
        raise: properties.val("vertAlign").map(|value| match value {
            "superscript" => Raise::Sup,
            "subscript" => Raise::Sub,
            _ => Raise::Base,
        }),
        font: properties.child("rFonts").and_then(font),
    }
}

/// Reads `w:rFonts`; `None` where it names no font for Latin text.
fn font(fonts: &Node) -> Option<Font> {
    let named = |name: &str| fonts.tag.attr(name).map(Font::named);
    let themed = ["asciiTheme", "hAnsiTheme"]
        .iter()
        .any(|name| fonts.tag.attr(name).is_some());
    if themed {
        return Some(Font::Unicode);
    }
    Font::of_pair(named("ascii"), named("hAnsi"))
}

/// Place in a list: number of the list and level, as far as they are said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Listed {
    pub list: Option<i64>,
    pub level: Option<i64>,
}

impl Listed {
    fn over(self, lower: Self) -> Self {
        Self {
            list: self.list.or(lower.list),
            level: self.level.or(lower.level),
        }
    }
}

/// What `w:pPr` says.
#[derive(Clone, Debug, Default)]
pub(super) struct Layout {
    pub style: Option<String>,
    pub listed: Listed,
    pub align: Option<Align>,
    /// Level of a heading, from 0.
    pub outline: Option<i64>,
    /// Formatting of the paragraph mark, which is that of its number too.
    pub mark: Look,
    /// The mark is deleted: the paragraph goes on in the next one.
    pub mark_deleted: bool,
}

impl Layout {
    /// Reads `w:pPr`.
    pub(super) fn of(properties: &Node) -> Self {
        let mark = properties.child("rPr");
        let listed = properties
            .child("numPr")
            .map_or_else(Listed::default, |place| Listed {
                list: place.number("numId"),
                level: place.number("ilvl"),
            });
        Self {
            style: properties.val("pStyle").map(str::to_owned),
            listed,
            align: properties.val("jc").map(align),
            outline: properties.number("outlineLvl"),
            mark: mark.map(look).unwrap_or_default(),
            mark_deleted: mark.is_some_and(|mark| mark.child("del").or(mark.child("moveFrom")).is_some()),
        }
    }
}

fn align(value: &str) -> Align {
    match value {
        "center" => Align::Center,
        "right" | "end" => Align::End,
        _ => Align::Start,
    }
}

/// A style with all that it is based on.
#[derive(Clone, Debug, Default)]
pub(super) struct Resolved {
    pub look: Look,
    pub listed: Listed,
    pub align: Option<Align>,
    /// Level of a heading, from 0.
    pub outline: Option<i64>,
    /// Ids of the style and of those it is based on, nearest first.
    pub chain: Vec<String>,
    /// A style of tables of contents, whose lines repeat headings.
    pub contents: bool,
}

/// One style as written.
#[derive(Default)]
struct Written {
    based_on: Option<String>,
    layout: Layout,
    look: Look,
    contents: bool,
}

/// All styles of a file.
#[derive(Default)]
pub(super) struct Styles {
    written: HashMap<String, Written>,
    resolved: HashMap<String, Rc<Resolved>>,
    paragraph: Option<String>,
    defaults: Look,
    align: Option<Align>,
}

impl Styles {
    /// Reads `styles.xml`.
    pub(super) fn read<R: BufRead>(part: &mut Xml<R>) -> Result<Self, Fault> {
        let mut styles = Self::default();
        loop {
            match part.next()? {
                Step::Open if part.tag().is("style") => {
                    let node = part.node()?;
                    styles.add(&node);
                    if styles.written.len() > MAX_STYLES {
                        return Err(Fault::TooLarge);
                    }
                }
                Step::Open if part.tag().is("docDefaults") => {
                    let node = part.node()?;
                    let within = |outer: &str, inner: &str| {
                        node.child(outer).and_then(|node| node.child(inner)).cloned()
                    };
                    styles.defaults = within("rPrDefault", "rPr")
                        .map(|node| look(&node))
                        .unwrap_or_default();
                    styles.align = within("pPrDefault", "pPr").and_then(|node| node.val("jc").map(align));
                }
                Step::End => return Ok(styles),
                _ => {}
            }
        }
    }

    fn add(&mut self, node: &Node) {
        let Some(id) = node.tag.attr("styleId").map(str::to_owned) else {
            return;
        };
        let paragraph = node.tag.attr("type") == Some("paragraph");
        if paragraph && node.tag.on("default") == Some(true) {
            self.paragraph = Some(id.clone());
        }
        let name = node.val("name").unwrap_or_default().to_ascii_lowercase();
        let written = Written {
            based_on: node.val("basedOn").map(str::to_owned),
            layout: node.child("pPr").map(Layout::of).unwrap_or_default(),
            look: node.child("rPr").map(look).unwrap_or_default(),
            contents: name
                .strip_prefix("toc ")
                .is_some_and(|level| level.parse::<u8>().is_ok()),
        };
        self.written.insert(id, written);
    }

    /// A paragraph style; the default one where none is named or the name is unknown.
    pub(super) fn paragraph(&mut self, id: Option<&str>) -> Rc<Resolved> {
        let known = id.filter(|id| self.written.contains_key(*id)).map(str::to_owned);
        match known.or_else(|| self.paragraph.clone()) {
            Some(id) => self.resolve(&id),
            None => Rc::default(),
        }
    }

    fn resolve(&mut self, id: &str) -> Rc<Resolved> {
        if let Some(done) = self.resolved.get(id) {
            return Rc::clone(done);
        }
        let mut out = Resolved::default();
        let mut next = Some(id);
        while let Some((id, style)) = next.and_then(|id| self.written.get_key_value(id))
            && out.chain.len() < MAX_CHAIN
        {
            out.look = out.look.over(style.look);
            out.listed = out.listed.over(style.layout.listed);
            out.align = out.align.or(style.layout.align);
            out.outline = out.outline.or(style.layout.outline);
            out.contents |= style.contents && out.chain.is_empty();
            out.chain.push(id.clone());
            next = style.based_on.as_deref();
        }
        let done = Rc::new(out);
        self.resolved.insert(id.to_owned(), Rc::clone(&done));
        done
    }

    /// How a run looks: defaults, paragraph style, character style, then what it says itself.
    pub(super) fn run(&mut self, paragraph: &Resolved, character: Option<&str>, direct: Look) -> Look {
        let character = match character.filter(|id| self.written.contains_key(*id)) {
            Some(id) => self.resolve(id).look,
            None => Look::default(),
        };
        direct.over(character.toggled(paragraph.look)).over(self.defaults)
    }

    /// How the lines of a paragraph stand.
    pub(super) fn align(&self, layout: &Layout, style: &Resolved) -> Align {
        layout.align.or(style.align).or(self.align).unwrap_or_default()
    }

    /// The list that a numbering style names.
    pub(super) fn list_of(&mut self, id: &str) -> Option<i64> {
        self.written
            .contains_key(id)
            .then(|| self.resolve(id).listed.list)?
    }
}
