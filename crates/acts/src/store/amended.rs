//! What acts do to each other's texts: which versions an amended act has, from which days.
//!
//! The transaction that writes an act keeps its amending sentences (`amendments`, beside the other
//! links) and marks the acts that they change (`versions_due`); [`versions_catch_up`] derives the
//! marked ones. Versions are a pure function of the text as imported and of the amending sentences,
//! whatever the order in which they came; the text as imported is never changed.

mod derive;
mod due;
mod ended;
mod read;
mod touched;
mod write;

pub(super) use due::{is_target, mark, targets};
pub(super) use ended::settle;
pub use read::{ChangeRow, How, Transition, Version, changes_of, provision_days, transitions_of, versions};
pub(super) use read::{Stored, stored};
pub use touched::{Pin, Touched, touched};
pub use write::{versions_begin, versions_catch_up};
