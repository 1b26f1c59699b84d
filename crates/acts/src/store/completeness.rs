//! How much of an act an original holds.

use legal::model::{ActText, Block, ProvisionKind};

/// How much of an act an original holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
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

    /// What decides which original stands: the greatest one. Exact text first, then articles, then
    /// what the format keeps, then characters and provisions.
    pub(super) fn weight(self, confidence: Option<i64>, format: &str) -> (bool, i64, u8, i64, i64) {
        (
            confidence.is_none(),
            self.articles,
            kept_by(format),
            self.characters,
            self.provisions,
        )
    }
}

/// How well a format keeps paragraphs: typed ones, those found again from the places of letters,
/// those of a dump of lines, where running heads and page numbers count as characters.
fn kept_by(format: &str) -> u8 {
    match format {
        "html" | "docx" | "doc" | "rtf" => 2,
        "pdf" => 1,
        _ => 0,
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
