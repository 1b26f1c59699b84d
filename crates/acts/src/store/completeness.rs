//! How much of an act an original holds, and how well.

use std::cmp::Reverse;

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
    /// Words that can be no Vietnamese ones: a sign that a machine read a page ([`viet::is_odd_syllable`]).
    pub odd_words: i64,
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
        let (mut letters, mut odd) = (0_usize, 0_usize);
        let mut take = |text: &str| {
            letters += text.chars().count();
            let words = text.split(|c: char| !c.is_alphanumeric());
            odd += words.filter(|word| viet::is_odd_syllable(word)).count();
        };
        for part in &text.parts {
            each(&part.opening, &mut take);
            each(&part.closing, &mut take);
        }
        for one in &text.provisions {
            one.heading.iter().for_each(|heading| take(heading));
            each(&one.blocks, &mut take);
        }
        Self {
            articles: i64::try_from(articles).unwrap_or(i64::MAX),
            characters: i64::try_from(letters).unwrap_or(i64::MAX),
            provisions: i64::try_from(text.provisions.len()).unwrap_or(i64::MAX),
            odd_words: i64::try_from(odd).unwrap_or(i64::MAX),
        }
    }

    /// What decides which original stands: the greatest one. Exact text first, then articles, then
    /// what the format keeps; of texts about equally long the one with fewer words that are none; then
    /// characters and provisions.
    pub(super) fn weight(self, confidence: Option<i64>, format: &str) -> impl Ord + use<> {
        (
            confidence.is_none(),
            self.articles,
            kept_by(format),
            about(self.characters),
            Reverse(self.odd_words),
            self.characters,
            self.provisions,
        )
    }
}

/// A number with its five leading binary digits alone: texts within some 5 % are about equally long. Steps,
/// not a distance, so that the order of originals does not hang on the order in which they came.
fn about(number: i64) -> i64 {
    let rest = (i64::BITS - number.max(0).leading_zeros()).saturating_sub(5);
    number >> rest << rest
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

/// Hands every text of the blocks to `take`.
fn each(blocks: &[Block], take: &mut impl FnMut(&str)) {
    for block in blocks {
        match block {
            Block::Para(para) => take(&para.text),
            Block::Quote(quote) => each(&quote.blocks, take),
            Block::Table(table) => {
                let cells = table.rows.iter().flat_map(|row| &row.cells);
                cells
                    .flat_map(|cell| &cell.paras)
                    .for_each(|para| take(&para.text));
            }
        }
    }
}
