//! Paragraphs, runs and footnotes.

use legal::model::{Align, Footnote, Mark, Para};

use super::WORD;
use crate::Xml;
use crate::runs::{Run, runs};
use crate::tree::Tree;

/// How a paragraph looks beyond its text.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Look {
    /// Style id; empty = Normal.
    pub style: &'static str,
    /// `center`, `right` …; empty = as the style says.
    pub justify: &'static str,
    /// Everything bold.
    pub bold: bool,
    /// Everything italic.
    pub italic: bool,
}

impl Look {
    pub const NORMAL: Self = Self {
        style: "",
        justify: "",
        bold: false,
        italic: false,
    };

    pub fn style(style: &'static str) -> Self {
        Self {
            style,
            ..Self::NORMAL
        }
    }

    pub fn centered(self) -> Self {
        Self {
            justify: "center",
            ..self
        }
    }

    pub fn bold(self) -> Self {
        Self { bold: true, ..self }
    }

    pub fn italic(self) -> Self {
        Self { italic: true, ..self }
    }

    fn aligned(self, align: Align) -> Self {
        match align {
            Align::Start => self,
            Align::Center => self.centered(),
            Align::End => Self {
                justify: "right",
                ..self
            },
        }
    }
}

/// The document under construction and its footnotes, numbered as they come.
pub(super) struct Paragraphs<'a> {
    pub xml: Xml,
    tree: &'a Tree<'a>,
    notes: Xml,
    count: u32,
}

impl<'a> Paragraphs<'a> {
    pub fn new(xml: Xml, tree: &'a Tree<'a>) -> Self {
        let mut notes = Xml::document();
        notes.open("w:footnotes", &[("xmlns:w", WORD)]);
        for (id, kind, element) in [
            ("-1", "separator", "w:separator"),
            ("0", "continuationSeparator", "w:continuationSeparator"),
        ] {
            notes.open("w:footnote", &[("w:type", kind), ("w:id", id)]);
            notes.open("w:p", &[]);
            notes.open("w:r", &[]);
            notes.empty(element, &[]);
            notes.close();
            notes.close();
            notes.close();
        }
        Self {
            xml,
            tree,
            notes,
            count: 0,
        }
    }

    /// The finished document and its footnotes.
    pub fn finish(self) -> (String, String) {
        (self.xml.finish(), self.notes.finish())
    }

    /// A paragraph of an act, with a printed number in front (may be empty).
    pub fn para(&mut self, look: Look, number: &str, para: &'a Para) {
        let look = look.aligned(para.align);
        self.marked(look, number, &para.text, &para.marks);
    }

    /// Text with marks as a paragraph.
    pub fn marked(&mut self, look: Look, number: &str, text: &'a str, marks: &'a [Mark]) {
        self.open(look);
        if !number.is_empty() {
            let space = if text.is_empty() { "" } else { " " };
            self.run(
                look,
                &Run {
                    text: &format!("{number}{space}"),
                    ..Run::default()
                },
            );
        }
        for run in runs(text, marks) {
            match run.note.and_then(|id| self.tree.note(id)) {
                Some(note) => self.note(note, run.text),
                None => self.run(look, &run),
            }
        }
        self.xml.close();
    }

    /// A paragraph of our own words.
    pub fn words(&mut self, look: Look, text: &str) {
        self.open(look);
        if !text.is_empty() {
            self.run(
                look,
                &Run {
                    text,
                    ..Run::default()
                },
            );
        }
        self.xml.close();
    }

    /// Footnotes to which nothing refers, as a paragraph of signs.
    pub fn orphans(&mut self, notes: &[&'a Footnote]) {
        if notes.is_empty() {
            return;
        }
        self.open(Look::NORMAL);
        for note in notes {
            self.note(note, &note.sign);
        }
        self.xml.close();
    }

    fn open(&mut self, look: Look) {
        self.xml.open("w:p", &[]);
        if look.style.is_empty() && look.justify.is_empty() {
            return;
        }
        self.xml.open("w:pPr", &[]);
        if !look.style.is_empty() {
            self.xml.empty("w:pStyle", &[("w:val", look.style)]);
        }
        if !look.justify.is_empty() {
            self.xml.empty("w:ind", &[("w:firstLine", "0")]);
            self.xml.empty("w:jc", &[("w:val", look.justify)]);
        }
        self.xml.close();
    }

    fn run(&mut self, look: Look, run: &Run<'_>) {
        let xml = &mut self.xml;
        xml.open("w:r", &[]);
        xml.open("w:rPr", &[]);
        if run.bold || look.bold {
            xml.empty("w:b", &[]);
        }
        if run.italic || look.italic {
            xml.empty("w:i", &[]);
        }
        if run.sup || run.sub {
            let value = if run.sup { "superscript" } else { "subscript" };
            xml.empty("w:vertAlign", &[("w:val", value)]);
        }
        xml.close();
        xml.leaf("w:t", &[("xml:space", "preserve")], run.text);
        xml.close();
    }

    /// The sign as the source prints it, here and at the foot of the page.
    fn note(&mut self, note: &Footnote, sign: &str) {
        self.count += 1;
        let id = self.count.to_string();
        self.xml.open("w:r", &[]);
        reference_style(&mut self.xml);
        self.xml.empty(
            "w:footnoteReference",
            &[("w:customMarkFollows", "1"), ("w:id", &id)],
        );
        self.xml.leaf("w:t", &[("xml:space", "preserve")], sign);
        self.xml.close();
        let notes = &mut self.notes;
        notes.open("w:footnote", &[("w:id", &id)]);
        // Words that another text prints at its foot may be several paragraphs.
        for (place, line) in note.text.split('\n').enumerate() {
            notes.open("w:p", &[]);
            notes.open("w:pPr", &[]);
            notes.empty("w:pStyle", &[("w:val", "FootnoteText")]);
            notes.close();
            if place == 0 {
                notes.open("w:r", &[]);
                reference_style(notes);
                notes.leaf("w:t", &[("xml:space", "preserve")], &format!("{} ", sign.trim()));
                notes.close();
            }
            notes.open("w:r", &[]);
            notes.leaf("w:t", &[("xml:space", "preserve")], line);
            notes.close();
            notes.close();
        }
        notes.close();
    }
}

fn reference_style(xml: &mut Xml) {
    xml.open("w:rPr", &[]);
    xml.empty("w:rStyle", &[("w:val", "FootnoteReference")]);
    xml.close();
}
