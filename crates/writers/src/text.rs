//! Blocks as plain text.

use legal::model::{Block, Table};

/// The text of blocks without marks: a line for each paragraph and table row,
/// cells separated by tabs, quoted passages inside “ ”.
#[must_use]
pub fn plain(blocks: &[Block]) -> String {
    let lines: Vec<String> = blocks.iter().map(block_text).collect();
    lines.join("\n")
}

fn block_text(block: &Block) -> String {
    match block {
        Block::Para(para) => para.text.clone(),
        Block::Table(table) => table_text(table),
        Block::Quote(quote) => format!("“{}{}", plain(&quote.blocks), if quote.closed { "”" } else { "" }),
    }
}

fn table_text(table: &Table) -> String {
    let rows = table.rows.iter().map(|row| {
        let cells = row.cells.iter().map(|cell| {
            let paras: Vec<&str> = cell.paras.iter().map(|para| para.text.as_str()).collect();
            paras.join(" ")
        });
        cells.collect::<Vec<_>>().join("\t")
    });
    rows.collect::<Vec<_>>().join("\n")
}
