//! RTF files, which are often named .doc → drafts, as `docx` reads theirs.
//!
//! An own reader: no living library reads tables, notes and the old Vietnamese fonts of such files.

mod fonts;
mod formula;
mod tables;
#[cfg(test)]
mod tests;
mod tokens;
mod walk;

use legal::draft::Draft;
use viet::legacy::Encoding;

use crate::reading::{from_draft, one, refused};
use crate::word::{Fault, remarks};
use crate::{Reading, Refusal};
use walk::Walk;

/// Reads one file; refuses what is out of all measure.
pub(crate) fn read(name: &str, bytes: &[u8]) -> Reading {
    match draft(bytes) {
        Ok(draft) => one(name, from_draft(draft)),
        Err(fault) => refused(name, Refusal::from(fault)),
    }
}

fn draft(bytes: &[u8]) -> Result<Draft, Fault> {
    let (draft, old) = read_as(bytes, None)?;
    match old {
        Some(old) => Ok(read_as(bytes, Some(old))?.0),
        None => Ok(draft),
    }
}

/// Reads with an old encoding assumed of short paragraphs, and says which one long paragraphs tell.
fn read_as(bytes: &[u8], assumed: Option<Encoding>) -> Result<(Draft, Option<Encoding>), Fault> {
    let mut walk = Walk::default();
    walk.found.assumed = assumed;
    let blocks = walk.read(bytes)?;
    let old = walk.found.to_assume();
    let draft = Draft {
        warnings: remarks::warnings(&walk.found),
        blocks,
        notes: walk.notes.into_met(),
        mended: walk.found.mended,
        ..Draft::default()
    };
    Ok((draft, old))
}
