//! Relations between acts, read from titles, legal bases, closing articles and the text.
//!
//! The kinds are those of the national database of legal acts (vbpl.vn), each with the words
//! that the acting and the suffering act show.

mod kinds;
mod read;

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::citations::{ActRef, Spot};

pub use read::relations;

/// What one act does to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum RelationKind {
    Bases,
    Applies,
    Details,
    Guides,
    Amends,
    Supplements,
    AmendsPartly,
    Replaces,
    ReplacesPartly,
    Repeals,
    RepealsPartly,
    Ends,
    EndsPartly,
    Corrects,
    Consolidates,
    Cites,
    Explains,
    Suspends,
    SuspendsPartly,
    Pauses,
    PausesPartly,
    Resumes,
    Extends,
    Announces,
    Approves,
    Issues,
    Relates,
}

/// What of an act a relation rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// The text; `None` for the title of the act.
    pub spot: Option<Spot>,
    /// Bytes of the words in it.
    pub span: Range<usize>,
}

/// One relation of an act to another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Relation {
    /// What this act does.
    pub kind: RelationKind,
    /// The other act; it may be unknown to the store for ever.
    pub target: ActRef,
    /// Provisions of the other act that are meant; empty: all of it.
    pub provisions: Vec<String>,
    /// Where this act says so first.
    pub evidence: Evidence,
}
