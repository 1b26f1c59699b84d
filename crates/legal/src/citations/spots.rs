//! Where a text stands in an act, and the text that stands there.

use serde::{Deserialize, Serialize};

use crate::model::{ActText, Block, Cell};

/// Which text of a provision or part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Field {
    /// Heading of a provision.
    Heading,
    /// Blocks of a provision, or the opening of a part.
    Body,
    /// Closing of a part.
    Closing,
    /// A footnote.
    Note,
}

/// Where a text stands in an act.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Spot {
    /// Id of the provision or part.
    pub at: String,
    /// Which text of it.
    pub field: Field,
    /// Counted from 0: the block; in a table then row, cell, paragraph; in a quoted passage then
    /// the block inside. For a footnote its place among the notes. Empty for a heading.
    pub path: Vec<usize>,
    /// Id of the quoted passage that holds the text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quote: Option<String>,
}

/// The text that a spot names. `None` where the act has no such text.
#[must_use]
pub fn text_at<'a>(act: &'a ActText, spot: &Spot) -> Option<&'a str> {
    let part = act.parts.iter().find(|part| part.id == spot.at);
    let provision = act.provisions.iter().find(|p| p.id == spot.at);
    if spot.field == Field::Note {
        let notes = provision.map(|p| &p.notes).or(part.map(|p| &p.notes))?;
        return notes.get(*spot.path.first()?).map(|note| note.text.as_str());
    }
    if spot.field == Field::Heading {
        return provision?.heading.as_deref();
    }
    let blocks = match (provision, part) {
        (Some(provision), _) => &provision.blocks,
        (None, Some(part)) if spot.field == Field::Closing => &part.closing,
        (None, Some(part)) => &part.opening,
        (None, None) => return None,
    };
    text_in(blocks, &spot.path)
}

fn text_in<'a>(blocks: &'a [Block], path: &[usize]) -> Option<&'a str> {
    let (first, inner) = path.split_first()?;
    match (blocks.get(*first)?, inner) {
        (Block::Para(para), []) => Some(&para.text),
        (Block::Table(table), [row, cell, para]) => {
            let cell = table.rows.get(*row)?.cells.get(*cell)?;
            cell.paras.get(*para).map(|para| para.text.as_str())
        }
        (Block::Quote(quote), inner) => text_in(&quote.blocks, inner),
        _ => None,
    }
}

/// Texts of the paragraphs of a cell.
pub(super) fn cell_texts(cell: &Cell) -> impl Iterator<Item = &str> {
    cell.paras.iter().map(|para| para.text.as_str())
}

/// Texts of a table's cells with row, cell, paragraph.
pub(super) fn cells(table: &crate::model::Table) -> Vec<(Vec<usize>, &str)> {
    let rows = table.rows.iter().enumerate();
    rows.flat_map(|(row, cells)| {
        cells.cells.iter().enumerate().flat_map(move |(cell, content)| {
            let paras = cell_texts(content).enumerate();
            paras.map(move |(para, text)| (vec![row, cell, para], text))
        })
    })
    .collect()
}

/// A spot outside quoted passages.
pub(crate) fn spot(at: &str, field: Field, path: Vec<usize>) -> Spot {
    Spot {
        at: at.to_owned(),
        field,
        path,
        quote: None,
    }
}
