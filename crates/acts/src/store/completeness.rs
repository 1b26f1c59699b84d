//! How much of an act an original holds.

use legal::model::{ActText, Block, ProvisionKind};

/// How much of an act an original holds; the greater one stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Completeness {
    /// Articles of all parts.
    pub articles: i64,
    /// Characters of all text.
    pub characters: i64,
    /// Provisions of every level.
    pub provisions: i64,
}

impl Completeness {
    /// Measures a text.
    #[must_use]
    pub fn of(text: &ActText) -> Self {
        let articles = text
            .provisions
            .iter()
            .filter(|one| one.kind == ProvisionKind::Article)
            .count();
        let in_parts = text
            .parts
            .iter()
            .map(|part| characters(&part.opening) + characters(&part.closing));
        let in_provisions = text.provisions.iter().map(|one| {
            one.heading.as_ref().map_or(0, |heading| heading.chars().count()) + characters(&one.blocks)
        });
        let total = in_parts.chain(in_provisions).sum::<usize>();
        Self {
            articles: i64::try_from(articles).unwrap_or(i64::MAX),
            characters: i64::try_from(total).unwrap_or(i64::MAX),
            provisions: i64::try_from(text.provisions.len()).unwrap_or(i64::MAX),
        }
    }
}

fn characters(blocks: &[Block]) -> usize {
    let count = |block: &Block| match block {
        Block::Para(para) => para.text.chars().count(),
        Block::Quote(quote) => characters(&quote.blocks),
        Block::Table(table) => {
            let cells = table.rows.iter().flat_map(|row| &row.cells);
            cells
                .flat_map(|cell| &cell.paras)
                .map(|para| para.text.chars().count())
                .sum()
        }
    };
    blocks.iter().map(count).sum()
}
