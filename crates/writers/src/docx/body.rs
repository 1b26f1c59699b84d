//! The text of an act as the body of a DOCX.

use legal::model::{Block, Part, PartKind, Provision, ProvisionKind, Quote};

use super::paragraphs::{Look, Paragraphs};
use super::{RELATIONS, WORD, head, tables};
use crate::names::printed_number;
use crate::tree::{Tree, unreferred};
use crate::{ExportAct, Xml};

const HEADINGS: [&str; 6] = [
    "Heading1", "Heading2", "Heading3", "Heading4", "Heading5", "Heading6",
];

/// `word/document.xml` and `word/footnotes.xml`.
pub(super) fn write(act: &ExportAct) -> (String, String) {
    let tree = Tree::new(&act.text);
    let mut xml = Xml::document();
    xml.open("w:document", &[("xmlns:w", WORD), ("xmlns:r", RELATIONS)]);
    xml.open("w:body", &[]);
    let mut body = Body {
        paragraphs: Paragraphs::new(xml, &tree),
        tree: &tree,
        act,
    };
    head::write(&mut body.paragraphs, act);
    for part in &act.text.parts {
        body.part(part);
    }
    if tree.main().is_none_or(|part| part.closing.is_empty()) {
        head::signatures(&mut body.paragraphs, &act.text.metadata);
    }
    page(&mut body.paragraphs.xml);
    body.paragraphs.finish()
}

struct Body<'a> {
    act: &'a ExportAct,
    tree: &'a Tree<'a>,
    paragraphs: Paragraphs<'a>,
}

impl<'a> Body<'a> {
    fn part(&mut self, part: &'a Part) {
        let depth = usize::from(part.kind != PartKind::Main);
        if depth == 1 {
            self.paragraphs
                .words(Look::style(HEADINGS[0]).centered(), &part.title);
        }
        self.blocks(&part.opening, "", Look::NORMAL);
        for provision in self.tree.roots(part) {
            self.provision(provision, depth);
        }
        self.blocks(&part.closing, "", Look::NORMAL);
        self.paragraphs
            .orphans(&unreferred(&part.notes, &[&part.opening, &part.closing], &[]));
    }

    /// `depth` counts the headings above.
    fn provision(&mut self, provision: &'a Provision, depth: usize) {
        let number = printed_number(self.act.text.language, provision.kind, &provision.number);
        let titled = !matches!(provision.kind, ProvisionKind::Clause | ProvisionKind::Point);
        if titled {
            self.heading(provision, &number, depth);
            self.blocks(&provision.blocks, "", Look::NORMAL);
        } else {
            self.blocks(&provision.blocks, &number, Look::NORMAL);
        }
        let notes = unreferred(&provision.notes, &[&provision.blocks], &provision.heading_marks);
        self.paragraphs.orphans(&notes);
        for child in self.tree.children(provision) {
            self.provision(child, depth + usize::from(titled));
        }
    }

    fn heading(&mut self, provision: &'a Provision, number: &str, depth: usize) {
        let look = Look::style(HEADINGS[depth.min(HEADINGS.len() - 1)]);
        let heading = provision.heading.as_deref().unwrap_or_default();
        let look = if provision.kind == ProvisionKind::Article {
            look
        } else {
            look.centered()
        };
        self.paragraphs
            .marked(look, number, heading, &provision.heading_marks);
    }

    /// Blocks; `number` stands before the first paragraph, or alone where there is none.
    fn blocks(&mut self, blocks: &'a [Block], number: &str, look: Look) {
        let mut number = number;
        if !number.is_empty() && !matches!(blocks.first(), Some(Block::Para(_))) {
            self.paragraphs.words(look, number);
            number = "";
        }
        for block in blocks {
            match block {
                Block::Para(para) => self.paragraphs.para(look, number, para),
                Block::Table(table) => tables::write(&mut self.paragraphs, table),
                Block::Quote(quote) => self.quote(quote),
            }
            number = "";
        }
    }

    fn quote(&mut self, quote: &'a Quote) {
        self.paragraphs.words(Look::style("Quote"), "“");
        self.blocks(&quote.blocks, "", Look::style("Quote"));
        if quote.closed {
            self.paragraphs.words(Look::style("Quote"), "”");
        }
    }
}

/// A4, margins in twentieths of a point: 20, 15, 20, 30 mm; no number on the first page.
fn page(xml: &mut Xml) {
    xml.open("w:sectPr", &[]);
    xml.empty("w:headerReference", &[("w:type", "default"), ("r:id", "rId4")]);
    xml.empty("w:pgSz", &[("w:w", "11906"), ("w:h", "16838")]);
    xml.empty(
        "w:pgMar",
        &[
            ("w:top", "1134"),
            ("w:right", "851"),
            ("w:bottom", "1134"),
            ("w:left", "1701"),
            ("w:header", "567"),
            ("w:footer", "567"),
            ("w:gutter", "0"),
        ],
    );
    xml.empty("w:titlePg", &[]);
    xml.close();
}
