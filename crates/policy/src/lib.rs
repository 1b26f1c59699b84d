//! Who may do what, as a table: roles, permissions, and how far each reaches in the tree of units.
//! Pure knowledge without I/O, so that it is tested apart from the code that asks it.

mod role;
mod table;
mod visitor;

pub use role::Role;
pub use table::{Permission, Reach, reach};
pub use visitor::{AccountId, Grant, Roots, UnitId, Visitor};
