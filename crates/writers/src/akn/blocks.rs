//! Blocks of content in Akoma Ntoso: paragraphs, tables, quoted provisions, footnotes.

use std::collections::HashSet;
use std::ops::Range;

use legal::model::{Align, Block, Cell, Footnote, Mark, Para, Quote, Signer, Table};

use super::references::{Pointer, References};
use crate::runs::{Run, runs};
use crate::tree::Tree;
use crate::{NamedAct, Xml};

/// Writes blocks; remembers which footnotes stand in the document already.
pub(super) struct Blocks<'a> {
    tree: &'a Tree<'a>,
    references: References<'a>,
    noted: HashSet<&'a str>,
}

impl<'a> Blocks<'a> {
    pub fn new(tree: &'a Tree<'a>, named: &[NamedAct]) -> Self {
        Self {
            tree,
            references: References::of(tree.act, named),
            noted: HashSet::new(),
        }
    }

    pub fn write(&mut self, xml: &mut Xml, blocks: &'a [Block]) {
        for block in blocks {
            match block {
                Block::Para(para) => self.para(xml, para),
                Block::Table(table) => self.table(xml, table),
                Block::Quote(quote) => self.quote(xml, quote),
            }
        }
    }

    /// As [`Self::write`], for places that may not be empty.
    pub fn write_some(&mut self, xml: &mut Xml, blocks: &'a [Block]) {
        if !blocks.iter().any(is_visible) {
            xml.empty("p", &[]);
        }
        self.write(xml, blocks);
    }

    /// Blocks of which the paragraphs that are a signer's name become signatures;
    /// signers whose name the text does not repeat follow.
    pub fn signed(&mut self, xml: &mut Xml, blocks: &'a [Block], signers: &'a [Signer]) {
        let mut found = HashSet::new();
        for block in blocks {
            let signer = match block {
                Block::Para(para) => signers.iter().position(|signer| signer.name == para.text),
                _ => None,
            };
            match (signer, block) {
                (Some(at), Block::Para(_)) => {
                    found.insert(at);
                    signature(xml, at, &signers[at].name);
                }
                _ => self.write(xml, std::slice::from_ref(block)),
            }
        }
        let rest = signers.iter().enumerate().filter(|(at, _)| !found.contains(at));
        let mut rest = rest.peekable();
        if rest.peek().is_none() && !blocks.iter().any(is_visible) {
            xml.empty("p", &[]);
        }
        for (at, signer) in rest.filter(|(_, signer)| !mentions(blocks, &signer.name)) {
            signature(xml, at, &signer.name);
        }
    }

    /// Footnotes that nothing in the text refers to.
    pub fn orphans(&mut self, xml: &mut Xml, notes: &[&'a Footnote]) {
        for note in notes {
            xml.open("p", &[("class", "notes")]);
            self.note(xml, note, &note.sign);
            xml.close();
        }
    }

    /// Text with its marks and citations. A citation is one element for each run that it covers.
    pub fn inline(&mut self, xml: &mut Xml, text: &'a str, marks: &'a [Mark]) {
        let pointers = self.references.in_text(text).to_vec();
        let mut at = 0;
        for run in runs(text, marks) {
            let here = at..at + run.text.len();
            at = here.end;
            if run.note.is_some() || pointers.is_empty() {
                self.run(xml, run);
                continue;
            }
            for (part, href) in divided(&here, &pointers) {
                let text = &run.text[part.start - here.start..part.end - here.start];
                if let Some(href) = href {
                    xml.open("ref", &[("href", href)]);
                }
                self.run(xml, Run { text, ..run });
                if href.is_some() {
                    xml.close();
                }
            }
        }
    }

    fn run(&mut self, xml: &mut Xml, run: Run<'a>) {
        if let Some(note) = run.note.and_then(|id| self.tree.note(id)) {
            return self.note(xml, note, run.text);
        }
        let wraps = [
            (run.bold, "b"),
            (run.italic, "i"),
            (run.sup, "sup"),
            (run.sub, "sub"),
        ];
        let wraps = wraps.iter().filter(|(on, _)| *on);
        for (_, name) in wraps.clone() {
            xml.open(name, &[]);
        }
        xml.text(run.text);
        wraps.for_each(|_| xml.close());
    }

    /// The note itself where it is first referred to, later a reference to it.
    fn note(&mut self, xml: &mut Xml, note: &'a Footnote, sign: &str) {
        if !self.noted.insert(&note.id) {
            let href = format!("#{}", note.id);
            return xml.empty("noteRef", &[("href", &href), ("marker", sign)]);
        }
        let attributes = [
            ("eId", note.id.as_str()),
            ("marker", sign),
            ("placement", "bottom"),
        ];
        xml.open("authorialNote", &attributes);
        xml.leaf("p", &[], &note.text);
        xml.close();
    }

    fn para(&mut self, xml: &mut Xml, para: &'a Para) {
        let class = match para.align {
            Align::Start => "",
            Align::Center => "center",
            Align::End => "right",
        };
        xml.open("p", &[("class", class)]);
        self.inline(xml, &para.text, &para.marks);
        xml.close();
    }

    fn table(&mut self, xml: &mut Xml, table: &'a Table) {
        let rows = table.rows.iter().filter(|row| !row.cells.is_empty());
        if rows.clone().next().is_none() {
            return;
        }
        xml.open("table", &[("eId", &table.id)]);
        for row in rows {
            xml.open("tr", &[]);
            for cell in &row.cells {
                self.cell(xml, cell);
            }
            xml.close();
        }
        xml.close();
    }

    fn cell(&mut self, xml: &mut Xml, cell: &'a Cell) {
        let span = |n: u16| if n > 1 { n.to_string() } else { String::new() };
        let (columns, rows) = (span(cell.colspan), span(cell.rowspan));
        let name = if cell.header { "th" } else { "td" };
        xml.open(name, &[("colspan", &columns), ("rowspan", &rows)]);
        for para in &cell.paras {
            self.para(xml, para);
        }
        xml.close();
    }

    fn quote(&mut self, xml: &mut Xml, quote: &'a Quote) {
        let end = if quote.closed { "”" } else { "" };
        xml.open("p", &[]);
        xml.open("mod", &[]);
        xml.open(
            "quotedStructure",
            &[("eId", &quote.id), ("startQuote", "“"), ("endQuote", end)],
        );
        self.write_some(xml, &quote.blocks);
        xml.close();
        xml.close();
        xml.close();
    }
}

/// A run cut where pointers begin and end.
fn divided<'p>(run: &Range<usize>, pointers: &'p [Pointer]) -> Vec<(Range<usize>, Option<&'p str>)> {
    let mut parts = Vec::new();
    let mut at = run.start;
    for pointer in pointers {
        let (start, end) = (pointer.span.start.max(at), pointer.span.end.min(run.end));
        if start < end {
            parts.push((at..start, None));
            parts.push((start..end, Some(pointer.href.as_str())));
            at = end;
        }
    }
    parts.push((at..run.end, None));
    parts.retain(|(part, _)| !part.is_empty());
    parts
}

fn signature(xml: &mut Xml, at: usize, name: &str) {
    let signer = format!("#signer_{}", at + 1);
    xml.open("p", &[]);
    xml.leaf("signature", &[("refersTo", &signer)], name);
    xml.close();
}

/// False for the one block that writes nothing: a table without cells.
fn is_visible(block: &Block) -> bool {
    match block {
        Block::Table(table) => table.rows.iter().any(|row| !row.cells.is_empty()),
        _ => true,
    }
}

fn mentions(blocks: &[Block], name: &str) -> bool {
    blocks.iter().any(|block| match block {
        Block::Para(para) => para.text.contains(name),
        Block::Quote(_) => false,
        Block::Table(table) => {
            let cells = table.rows.iter().flat_map(|row| &row.cells);
            cells
                .flat_map(|cell| &cell.paras)
                .any(|para| para.text.contains(name))
        }
    })
}
