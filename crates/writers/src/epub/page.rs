//! One XHTML file of the book.

use legal::model::{
    Align, Block, Cell, Footnote, Mark, Para, Part, PartKind, Provision, ProvisionKind, Table,
};

use super::open_page;
use super::split::Piece;
use crate::names::{contents_line, printed_number};
use crate::runs::{Run, runs};
use crate::tree::{Tree, unreferred};
use crate::{ExportAct, Xml};

const HEADINGS: [&str; 6] = ["h1", "h2", "h3", "h4", "h5", "h6"];

pub(super) struct Page<'t, 'a> {
    act: &'a ExportAct,
    tree: &'t Tree<'a>,
    xml: Xml,
    /// Footnotes referred to on this page, in order.
    notes: Vec<&'a Footnote>,
    /// 1 within attachments, whose title stands above their provisions.
    base: usize,
}

impl<'t, 'a> Page<'t, 'a> {
    /// Writes file number `at` of the book.
    pub fn write(act: &'a ExportAct, tree: &'t Tree<'a>, at: usize, pieces: &[Piece<'a>]) -> String {
        let title = if at == 0 {
            act.full_title()
        } else {
            title(act, pieces)
        };
        let xml = open_page(act, &title);
        let mut page = Self {
            act,
            tree,
            xml,
            notes: Vec::new(),
            base: 0,
        };
        page.xml.open("body", &[]);
        for piece in pieces {
            page.piece(*piece);
        }
        page.footnotes();
        page.xml.finish()
    }

    fn piece(&mut self, piece: Piece<'a>) {
        match piece {
            Piece::Title => self.xml.leaf("h1", &[], &self.act.full_title()),
            Piece::Opening(part) => self.opening(part),
            Piece::Head(provision, depth) => self.head(provision, depth),
            Piece::Whole(provision, depth) => self.whole(provision, depth),
            Piece::Closing(part) => self.blocks(&part.closing, ""),
        }
    }

    fn opening(&mut self, part: &'a Part) {
        let (heading, title) = match part.kind {
            PartKind::Main => ("h1", self.act.full_title()),
            _ => ("h2", part.title.clone()),
        };
        let title = if title.is_empty() { part.id.clone() } else { title };
        self.xml.leaf(heading, &[("id", &part.id)], &title);
        self.blocks(&part.opening, "");
        let orphans = unreferred(&part.notes, &[&part.opening, &part.closing], &[]);
        self.orphans(&orphans);
    }

    fn whole(&mut self, provision: &'a Provision, depth: usize) {
        self.head(provision, depth);
        for child in self.tree.children(provision) {
            self.whole(child, depth + 1);
        }
    }

    /// The heading and own text of a provision, without its children.
    fn head(&mut self, provision: &'a Provision, depth: usize) {
        let number = printed_number(self.act.text.language, provision.kind, &provision.number);
        self.base = usize::from(!self.is_main(&provision.part));
        if provision.kind > ProvisionKind::Article {
            self.xml.open("div", &[("id", &provision.id)]);
            self.blocks(&provision.blocks, &number);
            self.xml.close();
        } else {
            let name = HEADINGS[(self.base + depth + 1).min(HEADINGS.len() - 1)];
            self.xml.open(name, &[("id", &provision.id)]);
            self.xml.text(&number);
            if let Some(heading) = &provision.heading {
                self.xml.text(" ");
                self.inline(heading, &provision.heading_marks);
            }
            self.xml.close();
            self.blocks(&provision.blocks, "");
        }
        let orphans = unreferred(&provision.notes, &[&provision.blocks], &provision.heading_marks);
        self.orphans(&orphans);
    }

    fn is_main(&self, part: &str) -> bool {
        self.tree.main().is_some_and(|main| main.id == part)
    }

    fn blocks(&mut self, blocks: &'a [Block], number: &str) {
        let mut number = number;
        if !number.is_empty() && !matches!(blocks.first(), Some(Block::Para(_))) {
            self.xml.leaf("p", &[], number);
        }
        for block in blocks {
            match block {
                Block::Para(para) => self.para(para, number),
                Block::Table(table) => self.table(table),
                Block::Quote(quote) => {
                    self.xml.open("blockquote", &[("id", &quote.id)]);
                    if quote.blocks.is_empty() {
                        self.xml.empty("p", &[]);
                    }
                    self.blocks(&quote.blocks, "");
                    self.xml.close();
                }
            }
            number = "";
        }
    }

    fn para(&mut self, para: &'a Para, number: &str) {
        let class = match para.align {
            Align::Start => "",
            Align::Center => "center",
            Align::End => "end",
        };
        self.xml.open("p", &[("class", class)]);
        if !number.is_empty() {
            self.xml.text(number);
            self.xml.text(" ");
        }
        self.inline(&para.text, &para.marks);
        self.xml.close();
    }

    fn table(&mut self, table: &'a Table) {
        let rows = table.rows.iter().filter(|row| !row.cells.is_empty());
        if rows.clone().next().is_none() {
            return;
        }
        self.xml.open("table", &[("id", &table.id)]);
        for row in rows {
            self.xml.open("tr", &[]);
            for cell in &row.cells {
                self.cell(cell);
            }
            self.xml.close();
        }
        self.xml.close();
    }

    fn cell(&mut self, cell: &'a Cell) {
        let span = |n: u16| if n > 1 { n.to_string() } else { String::new() };
        let (columns, rows) = (span(cell.colspan), span(cell.rowspan));
        let name = if cell.header { "th" } else { "td" };
        self.xml.open(name, &[("colspan", &columns), ("rowspan", &rows)]);
        for para in &cell.paras {
            self.para(para, "");
        }
        self.xml.close();
    }

    fn inline(&mut self, text: &'a str, marks: &'a [Mark]) {
        for run in runs(text, marks) {
            self.run(run);
        }
    }

    fn run(&mut self, run: Run<'a>) {
        if let Some(note) = run.note.and_then(|id| self.tree.note(id)) {
            return self.note(note, run.text);
        }
        let wraps = [
            (run.bold, "b"),
            (run.italic, "i"),
            (run.sup, "sup"),
            (run.sub, "sub"),
        ];
        let wraps = wraps.iter().filter(|(on, _)| *on);
        for (_, name) in wraps.clone() {
            self.xml.open(name, &[]);
        }
        self.xml.text(run.text);
        wraps.for_each(|_| self.xml.close());
    }

    fn note(&mut self, note: &'a Footnote, sign: &str) {
        let first = !self.notes.iter().any(|seen| seen.id == note.id);
        if first {
            self.notes.push(note);
        }
        let id = if first {
            format!("ref_{}", note.id)
        } else {
            String::new()
        };
        let href = format!("#{}", note.id);
        self.xml.open("sup", &[]);
        let attributes = [
            ("epub:type", "noteref"),
            ("role", "doc-noteref"),
            ("id", id.as_str()),
            ("href", &href),
        ];
        self.xml.leaf("a", &attributes, sign);
        self.xml.close();
    }

    fn orphans(&mut self, notes: &[&'a Footnote]) {
        if notes.is_empty() {
            return;
        }
        self.xml.open("p", &[]);
        for note in notes {
            self.note(note, &note.sign);
        }
        self.xml.close();
    }

    fn footnotes(&mut self) {
        for note in &self.notes {
            let attributes = [
                ("epub:type", "footnote"),
                ("role", "doc-footnote"),
                ("id", note.id.as_str()),
            ];
            self.xml.open("aside", &attributes);
            self.xml.open("p", &[]);
            self.xml
                .leaf("a", &[("href", &format!("#ref_{}", note.id))], &note.sign);
            self.xml.text(" ");
            self.xml.text(&note.text);
            self.xml.close();
            self.xml.close();
        }
    }
}

fn title(act: &ExportAct, pieces: &[Piece<'_>]) -> String {
    match pieces.first() {
        Some(Piece::Head(provision, _) | Piece::Whole(provision, _)) => {
            let number = printed_number(act.text.language, provision.kind, &provision.number);
            contents_line(&number, provision.heading.as_deref())
        }
        Some(Piece::Opening(part)) if !part.title.is_empty() => part.title.clone(),
        _ => act.full_title(),
    }
}
