//! What a reader hands over before the structure of the act is known.

use crate::model::{Block, Claim, Finding, Footnote, Table};

/// The content of one file in reading order, without structure.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    /// Paragraphs and tables; never quotes. Footnote signs are `MarkKind::Note` marks.
    pub blocks: Vec<Block>,
    /// Footnotes that the marks refer to.
    pub notes: Vec<Footnote>,
    /// Title of the page or file, where it has one.
    pub page_title: Option<String>,
    /// What the source says of the act.
    pub claims: Vec<Claim>,
    /// What the reader of the file found doubtful in it.
    pub warnings: Vec<Finding>,
    /// What was mended in the characters.
    pub mended: viet::Mended,
}

impl Draft {
    /// Length of all text in bytes, tables included.
    #[must_use]
    pub fn text_len(&self) -> usize {
        self.blocks.iter().map(block_len).sum()
    }
}

fn block_len(block: &Block) -> usize {
    match block {
        Block::Para(para) => para.text.len(),
        Block::Table(table) => table_paras(table).map(|para| para.text.len()).sum(),
        Block::Quote(quote) => quote.blocks.iter().map(block_len).sum(),
    }
}

/// Every paragraph of a table in reading order.
pub fn table_paras(table: &Table) -> impl Iterator<Item = &crate::model::Para> {
    table
        .rows
        .iter()
        .flat_map(|row| &row.cells)
        .flat_map(|cell| &cell.paras)
}
