//! What `pholuat inspect FILE --json` prints of one act. Schema: `docs/inspect.md`.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::amend::{Reading, read};
use crate::citations::{PlacedCitation, Spot, Status, Target, citations, text_at};
use crate::definitions::{Definition, definitions};
use crate::model::{
    ActText, Block, Finding, Footnote, Language, Mending, Metadata, Part, PartKind, Provision, ProvisionKind,
    Quote, Table,
};
use crate::relations::{Relation, relations};

/// Everything read from one file about one act, flat and named for programs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Inspection {
    /// Language of the text.
    pub language: Language,
    /// What the text says of itself, and what sources claim.
    pub metadata: Metadata,
    /// The act, attached regulations, appendices.
    pub parts: Vec<PartView>,
    /// Provisions in document order.
    pub provisions: Vec<ProvisionView>,
    /// Tables in document order.
    pub tables: Vec<TableView>,
    /// Footnotes in the order of their signs.
    pub footnotes: Vec<FootnoteView>,
    /// Quoted passages of amending acts.
    pub quotes: Vec<QuoteView>,
    /// What the text cites, in document order.
    #[serde(default)]
    pub citations: Vec<CitationView>,
    /// What the act does to other acts.
    #[serde(default)]
    pub relations: Vec<Relation>,
    /// Words that the act defines.
    #[serde(default)]
    pub definitions: Vec<Definition>,
    /// What the act does to the text of others, sentence by sentence.
    #[serde(default)]
    pub amendments: Reading,
    /// What a person should look at.
    pub warnings: Vec<Finding>,
    /// Repairs made to characters.
    pub mendings: Vec<Mending>,
}

/// A citation, with its words.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CitationView {
    /// Where the text stands.
    #[serde(flatten)]
    pub spot: Spot,
    /// Bytes of that text.
    pub span: Range<usize>,
    /// The words.
    pub text: String,
    /// What is cited.
    pub targets: Vec<Target>,
    /// The worst status of the targets: `resolved`, `pending`, `dangling`, `ambiguous`.
    pub resolved: Status,
}

/// A part of the document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PartView {
    /// `main`, `att_1`, `app_1` …
    pub id: String,
    /// `main`, `attached` or `appendix`.
    pub kind: PartKind,
    /// Number of the heading.
    pub number: Option<String>,
    /// Title.
    pub title: String,
    /// Text before the first provision, or all of it in a part without provisions.
    pub opening: String,
    /// Text of the head that the metadata say again (quốc hiệu, number, title).
    pub head: String,
    /// Text after the last provision.
    pub closing: String,
}

/// A provision.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ProvisionView {
    /// Id, unique in the act.
    pub id: String,
    /// Id of its part.
    pub part: String,
    /// Level: `part`, `chapter`, `section`, `subsection`, `article`, `clause`, `point`.
    pub kind: ProvisionKind,
    /// Number as printed.
    pub number: String,
    /// Heading.
    pub heading: Option<String>,
    /// Own text, without that of its children.
    pub text: String,
    /// Articles only: text with all khoản and điểm, each on its line as printed.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub full_text: Option<String>,
    /// Id of the enclosing provision.
    pub parent: Option<String>,
}

/// A table and where it stands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TableView {
    /// The table, cells with spans.
    #[serde(flatten)]
    pub table: Table,
    /// Id of the provision or part that holds it.
    pub at: String,
}

/// A footnote and where its sign stands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FootnoteView {
    /// The footnote.
    #[serde(flatten)]
    pub footnote: Footnote,
    /// Id of the provision or part.
    pub at: String,
}

/// A quoted passage and where it stands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct QuoteView {
    /// Id.
    pub id: String,
    /// Id of the provision or part that brings it.
    pub at: String,
    /// Text without the quotation marks, paragraphs on lines.
    pub text: String,
    /// False where the closing mark is missing.
    pub closed: bool,
}

impl Inspection {
    /// The view of one act.
    #[must_use]
    pub fn of(act: &ActText) -> Self {
        let mut view = Self {
            language: act.language,
            metadata: act.metadata.clone(),
            parts: act.parts.iter().map(part_view).collect(),
            provisions: Vec::with_capacity(act.provisions.len()),
            tables: Vec::new(),
            footnotes: Vec::new(),
            quotes: Vec::new(),
            citations: citations(act)
                .into_iter()
                .map(|placed| citation_view(act, placed))
                .collect(),
            relations: relations(act),
            definitions: definitions(act),
            amendments: read(act),
            warnings: act.warnings.clone(),
            mendings: act.mendings.clone(),
        };
        for part in &act.parts {
            view.content(&part.id, &part.opening);
            view.notes(&part.id, &part.notes);
        }
        for (place, provision) in act.provisions.iter().enumerate() {
            view.content(&provision.id, &provision.blocks);
            view.notes(&provision.id, &provision.notes);
            view.provisions.push(provision_view(act, place, provision));
        }
        for part in &act.parts {
            view.content(&part.id, &part.closing);
        }
        view
    }

    fn content(&mut self, at: &str, blocks: &[Block]) {
        for block in blocks {
            match block {
                Block::Para(_) => {}
                Block::Table(table) => self.tables.push(TableView {
                    table: table.clone(),
                    at: at.to_owned(),
                }),
                Block::Quote(quote) => self.quote(at, quote),
            }
        }
    }

    fn quote(&mut self, at: &str, quote: &Quote) {
        let text = text_of(&quote.blocks);
        self.quotes.push(QuoteView {
            id: quote.id.clone(),
            at: at.to_owned(),
            text,
            closed: quote.closed,
        });
        self.content(at, &quote.blocks);
    }

    fn notes(&mut self, at: &str, notes: &[Footnote]) {
        let views = notes.iter().map(|footnote| FootnoteView {
            footnote: footnote.clone(),
            at: at.to_owned(),
        });
        self.footnotes.extend(views);
    }
}

fn citation_view(act: &ActText, placed: PlacedCitation) -> CitationView {
    let text = text_at(act, &placed.spot).unwrap_or_default();
    let text = text.get(placed.citation.span.clone()).unwrap_or_default();
    CitationView {
        text: text.to_owned(),
        resolved: placed.citation.status(),
        spot: placed.spot,
        span: placed.citation.span,
        targets: placed.citation.targets,
    }
}

fn part_view(part: &Part) -> PartView {
    PartView {
        id: part.id.clone(),
        kind: part.kind,
        number: part.number.clone(),
        title: part.title.clone(),
        opening: text_of(&part.opening),
        head: text_of(&part.head),
        closing: text_of(&part.closing),
    }
}

fn provision_view(act: &ActText, place: usize, provision: &Provision) -> ProvisionView {
    ProvisionView {
        id: provision.id.clone(),
        part: provision.part.clone(),
        kind: provision.kind,
        number: provision.number.clone(),
        heading: provision.heading.clone(),
        text: text_of(&provision.blocks),
        full_text: (provision.kind == ProvisionKind::Article).then(|| full_text(act, place)),
        parent: provision.parent.clone(),
    }
}

/// The text of the article at `place` in `act.provisions`, heading left out, khoản and điểm
/// on lines of their own with their numbers ("1. …", "a) …"). Empty for a place out of range.
#[must_use]
pub fn full_text(act: &ActText, place: usize) -> String {
    let mut lines = String::new();
    for (step, provision) in act.provisions.iter().skip(place).enumerate() {
        if step > 0 && provision.kind <= ProvisionKind::Article {
            break;
        }
        if !lines.is_empty() {
            lines.push('\n');
        }
        match provision.kind {
            ProvisionKind::Clause => lines.push_str(&format!("{}. ", provision.number)),
            ProvisionKind::Point => lines.push_str(&format!("{}) ", provision.number)),
            _ => {}
        }
        lines.push_str(&text_of(&provision.blocks));
    }
    lines
}

/// Plain text of blocks, one paragraph a line; cells of a table row are parted by tabs,
/// quoted passages stand in “ ”.
#[must_use]
pub fn text_of(blocks: &[Block]) -> String {
    let lines: Vec<String> = blocks
        .iter()
        .map(|block| match block {
            Block::Para(para) => para.text.clone(),
            Block::Table(table) => table_text(table),
            Block::Quote(quote) => format!("“{}”", text_of(&quote.blocks)),
        })
        .collect();
    lines.join("\n")
}

fn table_text(table: &Table) -> String {
    let rows = table.rows.iter().map(|row| {
        let cells = row.cells.iter().map(|cell| {
            cell.paras
                .iter()
                .map(|para| para.text.as_str())
                .collect::<Vec<_>>()
                .join(" ")
        });
        cells.collect::<Vec<_>>().join("\t")
    });
    rows.collect::<Vec<_>>().join("\n")
}

/// Articles of the main text and of each attached regulation: "16" or "3+22".
#[must_use]
pub fn article_counts(act: &ActText) -> String {
    let parts = act.parts.iter().filter(|part| part.kind != PartKind::Appendix);
    let counts: Vec<String> = parts
        .map(|part| {
            let articles = act
                .provisions
                .iter()
                .filter(|p| p.part == part.id && p.kind == ProvisionKind::Article);
            articles.count().to_string()
        })
        .collect();
    counts.join("+")
}
