//! The only place of this room that speaks SQL.

mod contacts;
mod current;
mod find;
mod kinds;
mod passages;
mod reach;
mod read;
mod rows;
mod write;

pub use contacts::{contact_on, contact_put};
pub use current::{Successor, Via, current};
pub use find::{Found, unit_search};
pub use kinds::{kind_put, kinds, kinds_ensure};
pub(crate) use passages::gave_on;
pub use passages::{Recorded, passages, structure_break, successions_of};
pub use reach::{above, below, heir, with_past};
pub use read::{
    Child, Place, children, counts_on, leads_to, slugs, tree, unit, unit_at, units, units_by_source,
};
pub use write::{
    NewSuccession, NewUnit, slug_change, slug_is_taken, successions_insert, unit_put, units_insert,
};
pub(crate) use write::{next_unit, slugs_taken, succession_keys};
