//! The walk over one story of a Word file: body, note, header.

mod lines;

use std::io::BufRead;

use legal::model::Block;

use super::element::Element;
use super::numbering::Numbering;
use super::paragraph::Paragraph;
use super::styles::{self, Layout, Styles};
use super::xml::{Node, Step, Xml};
use crate::word::{CellForm, Fault, Fields, Flow, Font, Found, Grid, Look, Merge, Notes, RowForm, Series};

/// Bytes of text and numbers and, weighed, paragraphs and cells that one file may hold.
const MAX_SPENT: usize = 32 << 20;
/// What a byte of text weighs, and what a paragraph or a cell weighs beside its text.
const LETTER: usize = 2;
const WEIGHT: usize = 128;

/// What the walk saw besides text.
#[derive(Debug, Default)]
pub(super) struct Seen {
    pub found: Found,
    /// A table of contents that never ends: what follows would be lost with it.
    pub endless_contents: bool,
    /// Relation of the header of the first page.
    pub header: Option<String>,
    section: bool,
}

/// A flow of paragraphs and tables: the body, or a text box in it.
#[derive(Debug, Default)]
struct Story {
    flow: Flow,
    paragraph: Option<Paragraph>,
    fields: Fields,
}

/// What the walk reads with: formatting and lists of the file, and its notes where it may have some.
pub(super) struct Context<'c> {
    pub styles: &'c mut Styles,
    pub lists: Numbering,
    pub notes: Option<&'c mut Notes>,
    /// Tables of contents are text like any other.
    pub keep_contents: bool,
}

/// The walk.
pub(super) struct Walk<'c> {
    context: Context<'c>,
    stories: Vec<Story>,
    open: Vec<Element>,
    spent: usize,
    pub(super) seen: Seen,
}

impl<'c> Walk<'c> {
    pub(super) fn new(context: Context<'c>) -> Self {
        Self {
            context,
            stories: vec![Story::default()],
            open: Vec::new(),
            spent: 0,
            seen: Seen::default(),
        }
    }

    /// Reads to the end of the element that opened last, or of the part.
    pub(super) fn read<R: BufRead>(mut self, part: &mut Xml<R>) -> Result<(Vec<Block>, Seen), Fault> {
        loop {
            match part.next()? {
                Step::Open => self.enter(Element::of(part.tag()), part)?,
                Step::Close => match self.open.pop() {
                    Some(element) => self.leave(element),
                    None => break,
                },
                Step::Text => {}
                Step::End => break,
            }
        }
        while self.stories.len() > 1 {
            self.close_box();
        }
        self.seen.endless_contents = self.story().fields.hold_contents();
        self.finish();
        let blocks = std::mem::take(&mut self.story().flow.blocks);
        Ok((blocks, self.seen))
    }

    /// The innermost story. There is always one: only text boxes are ever closed.
    fn story(&mut self) -> &mut Story {
        if self.stories.is_empty() {
            self.stories.push(Story::default());
        }
        let last = self.stories.len() - 1;
        &mut self.stories[last]
    }

    fn spend(&mut self, bytes: usize) -> Result<(), Fault> {
        self.spent = self.spent.saturating_add(bytes);
        if self.spent > MAX_SPENT {
            Err(Fault::TooLarge)
        } else {
            Ok(())
        }
    }

    fn enter<R: BufRead>(&mut self, element: Element, part: &mut Xml<R>) -> Result<(), Fault> {
        match element {
            Element::Dropped => return part.skip(),
            Element::Deleted => {
                self.seen.found.deleted += 1;
                return part.skip();
            }
            Element::ParagraphProperties => return self.paragraph_properties(&part.node()?),
            Element::RunProperties => {
                self.run_properties(&part.node()?);
                return Ok(());
            }
            Element::RowProperties | Element::CellProperties => {
                let node = part.node()?;
                self.table_properties(element, &node);
                return Ok(());
            }
            Element::Section => {
                self.section(&part.node()?);
                return Ok(());
            }
            Element::Text => {
                let keep = part.tag().attr("space") == Some("preserve")
                    || part.tag().space == super::xml::Space::Math;
                let text = part.content()?;
                return self.text(if keep {
                    &text
                } else {
                    text.trim_matches([' ', '\t', '\r', '\n'])
                });
            }
            Element::FieldCode => {
                let code = part.content()?;
                self.story().fields.code(&code);
                return Ok(());
            }
            _ => {}
        }
        self.spend(1)?;
        self.open_element(element, part)?;
        self.open.push(element);
        Ok(())
    }

    fn open_element<R: BufRead>(&mut self, element: Element, part: &Xml<R>) -> Result<(), Fault> {
        let tag = part.tag();
        match element {
            Element::Paragraph => self.open_paragraph()?,
            Element::Run => self.open_run(Look::default(), None),
            Element::Tab => self.text(" ")?,
            Element::Break => self.line_break(),
            Element::Hyphen => self.text("-")?,
            Element::SoftHyphen => self.text("\u{ad}")?,
            Element::Denominator => self.text("/")?,
            Element::Brackets => self.text("(")?,
            Element::Root => self.text("√")?,
            Element::Sign => {
                let code = tag
                    .attr("char")
                    .and_then(|code| u32::from_str_radix(code, 16).ok());
                let font = tag.attr("font").map(Font::named).unwrap_or_default();
                if let Some(c) = code.and_then(char::from_u32) {
                    self.text(font.sign(c).encode_utf8(&mut [0; 4]))?;
                }
            }
            Element::FieldSign => self.field_sign(tag.attr("fldCharType").unwrap_or_default()),
            Element::SimpleField => {
                let fields = &mut self.story().fields;
                fields.begin();
                fields.code(tag.attr("instr").unwrap_or_default());
                fields.separate();
            }
            Element::Note(series) => {
                let own_sign = tag.on("customMarkFollows") == Some(true);
                self.note(series, tag.attr("id").unwrap_or_default(), own_sign);
            }
            Element::Table => {
                self.close_paragraph();
                self.story().flow.grids.push(Grid::default());
            }
            Element::Row => self.grid(Grid::open_row),
            Element::Cell => {
                self.spend(WEIGHT)?;
                self.grid(Grid::open_cell);
            }
            Element::TextBox => self.stories.push(Story::default()),
            Element::Inserted => self.seen.found.inserted += 1,
            Element::Picture => self.seen.found.pictures += 1,
            Element::Formula => self.seen.found.formulas += 1,
            Element::Foreign => self.seen.found.foreign += 1,
            _ => {}
        }
        Ok(())
    }

    fn leave(&mut self, element: Element) {
        match element {
            Element::Paragraph => self.close_paragraph(),
            Element::SimpleField => {
                self.story().fields.end();
            }
            Element::Brackets => {
                // One byte more never breaks the limit.
                let _ = self.text(")");
            }
            Element::Cell => {
                self.close_paragraph();
                self.flush();
                self.grid(Grid::close_cell);
            }
            Element::Row => self.grid(Grid::close_row),
            Element::Table => self.close_table(),
            Element::TextBox => self.close_box(),
            _ => {}
        }
    }

    fn grid(&mut self, act: impl FnOnce(&mut Grid)) {
        if let Some(grid) = self.story().flow.grids.last_mut() {
            act(grid);
        }
    }

    fn table_properties(&mut self, element: Element, node: &Node) {
        self.grid(|grid| match element {
            Element::RowProperties => grid.form_row(RowForm {
                header: node.flag("tblHeader").unwrap_or(false),
                dropped: node.child("del").is_some(),
                before: node.number("gridBefore").unwrap_or(0),
            }),
            _ => grid.form_cell(CellForm {
                span: node.number("gridSpan").unwrap_or(1),
                vertical: merge(node, "vMerge"),
                horizontal: merge(node, "hMerge"),
                deleted: node.child("cellDel").is_some(),
            }),
        });
    }

    fn open_paragraph(&mut self) -> Result<(), Fault> {
        self.spend(WEIGHT)?;
        self.close_paragraph();
        let style = self.context.styles.paragraph(None);
        self.story().paragraph = Some(Paragraph {
            style,
            ..Paragraph::default()
        });
        Ok(())
    }

    fn paragraph_properties(&mut self, node: &Node) -> Result<(), Fault> {
        if let Some(section) = node.child("sectPr") {
            self.section(section);
        }
        let ends_section = node.child("sectPr").is_some();
        let layout = Layout::of(node);
        let style = self.context.styles.paragraph(layout.style.as_deref());
        if let Some(paragraph) = self.story().paragraph.as_mut() {
            paragraph.style = style;
            paragraph.layout = layout;
            paragraph.ends_section = ends_section;
        }
        Ok(())
    }

    fn run_properties(&mut self, node: &Node) {
        self.open_run(styles::look(node), node.val("rStyle"));
    }

    /// Sets how the text of the open run looks.
    fn open_run(&mut self, direct: Look, character: Option<&str>) {
        let Some(style) = self
            .story()
            .paragraph
            .as_ref()
            .map(|paragraph| paragraph.style.clone())
        else {
            return;
        };
        let mut look = self.context.styles.run(&style, character, direct);
        let raised = self
            .open
            .iter()
            .rev()
            .find(|element| matches!(element, Element::Raised | Element::Lowered));
        if let Some(raised) = raised {
            look = look.raised(*raised == Element::Raised);
        }
        if let Some(paragraph) = self.story().paragraph.as_mut() {
            paragraph.look = look;
        }
    }

    /// Remembers the header of the first page of the first section.
    fn section(&mut self, node: &Node) {
        if std::mem::replace(&mut self.seen.section, true) {
            return;
        }
        let header = |kind: &str| {
            let mut headers = node.all("headerReference");
            headers.find(|header| header.tag.attr("type") == Some(kind))
        };
        let first = node.flag("titlePg").unwrap_or(false);
        let header = if first { header("first") } else { header("default") };
        self.seen.header = header.and_then(|header| header.tag.attr("id")).map(str::to_owned);
    }

    fn field_sign(&mut self, kind: &str) {
        let fields = &mut self.story().fields;
        match kind {
            "begin" => fields.begin(),
            "separate" => fields.separate(),
            _ => fields.end(),
        }
    }

    fn note(&mut self, series: Series, id: &str, own_sign: bool) {
        let noted = self
            .context
            .notes
            .as_mut()
            .and_then(|notes| notes.refer(series, id, own_sign));
        let Some((note, sign)) = noted else { return };
        if let Some(paragraph) = self.story().paragraph.as_mut() {
            if own_sign {
                paragraph.own_sign = Some(note);
            } else {
                paragraph.note(note, &sign);
            }
        }
    }
}

/// Reads `w:vMerge` or `w:hMerge`, whose bare element continues.
fn merge(properties: &Node, name: &str) -> Merge {
    match properties.child(name).map(|node| node.tag.attr("val")) {
        None => Merge::No,
        Some(Some("restart")) => Merge::Start,
        Some(_) => Merge::Continue,
    }
}
