//! PDF files with a text layer → drafts.
//!
//! Operators give words with their places; running heads, tables and footnotes are taken off
//! the pages; what is left is read in order and joined to paragraphs.

mod acts;
mod columns;
mod content;
mod flow;
mod fonts;
mod furniture;
mod grid;
mod ink;
mod lines;
mod look;
mod matrix;
mod notes;
mod page;
mod para;
mod rubric;
mod source;

use legal::draft::Draft;
use viet::Mended;

use crate::reading::{from_draft, refused};
use crate::{Item, Reading};
use content::Interpreter;
use flow::Flow;
pub use look::{PdfLook, look_at_pdf};
use page::{Leaf, Measure};
use source::Fault;

/// Letters below which a file has no text layer to speak of.
const LETTERS: usize = 40;

/// Reads one PDF file: an item for each act in it.
pub(crate) fn read(name: &str, bytes: &[u8]) -> Reading {
    let drafts = match draft(bytes) {
        Ok(draft) => acts::split(draft),
        Err(fault) => return refused(name, fault.into()),
    };
    let several = drafts.len() > 1;
    let items = drafts.into_iter().enumerate().map(|(place, draft)| Item {
        name: if several {
            format!("{name}:{}", place + 1)
        } else {
            name.to_owned()
        },
        outcome: from_draft(draft),
    });
    Reading {
        items: items.collect(),
    }
}

/// The content of a file in reading order.
fn draft(bytes: &[u8]) -> Result<Draft, Fault> {
    let mut leaves = leaves(bytes)?;
    furniture::clear(&mut leaves);
    let grids = grid::take(&mut leaves)?;
    let body = page::body_size(&leaves);
    let mut mended = Mended::default();
    let foot = notes::take(&mut leaves, body, &mut mended);
    let whole = Measure::of(leaves.iter().flat_map(|leaf| &leaf.lines));
    let mut flow = Flow::new(&foot, whole, &mut mended);
    for (number, (leaf, grids)) in leaves.into_iter().zip(grids).enumerate() {
        flow.page(number, leaf, grids);
    }
    let mut blocks = flow.finish();
    rubric::clear(&mut blocks);
    Ok(Draft {
        blocks,
        notes: foot.notes,
        mended,
        ..Draft::default()
    })
}

/// The pages as lines.
fn leaves(bytes: &[u8]) -> Result<Vec<Leaf>, Fault> {
    let pdf = source::open(bytes)?;
    let mut interpreter = Interpreter::new();
    let (mut letters, mut unknown) = (0, 0);
    let mut leaves = Vec::new();
    for page in pdf.pages().iter() {
        let ink = interpreter.page(page)?;
        letters += ink.words.iter().map(|word| word.text.len()).sum::<usize>();
        unknown += ink.unknown;
        leaves.push(Leaf::new(ink));
    }
    if unknown > letters {
        return Err(Fault::Codes);
    }
    if letters < LETTERS {
        return Err(Fault::Scan);
    }
    Ok(leaves)
}
