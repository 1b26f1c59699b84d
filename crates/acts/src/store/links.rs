//! What acts say of other acts and provisions, derived from their standing Vietnamese texts.
//!
//! An act that is named may not be here yet: its mention is kept and finds it when it arrives.
//! Whose links that changes is written to the change log (`links` + slug), and whose backlinks
//! changed as well (`cited` + slug), so that exactly those pages are made anew.

mod changed;
mod choose;
mod find;
mod glossary;
mod mention;
mod outside;
mod read;
mod relate;
mod tables;
mod write;

pub use changed::{definitions_on, links_on};
pub(crate) use find::Found;
pub use glossary::{Defined, Term, definitions, glossary_letters, glossary_terms, meanings};
pub use outside::{CitedLaw, cited_law};
pub use read::{Backlink, Backlinks, Goal, Link, backlinks, links};
pub use relate::{Related, Side, relations};
pub use write::links_catch_up;
pub(super) use write::{Wrote, follow};

/// Kind of change: what the pages of an act link to.
const LINKS: &str = "links";
/// Kind of change: what cites an act.
const CITED: &str = "cited";
