//! Vietnamese legal acts as data: what an act is, how its provisions are
//! numbered and addressed, how it is cited, and how its text is structured.
//!
//! Pure knowledge: no files, no database, no clock, no async.

pub mod address;
pub mod amend;
pub mod citations;
pub mod cite;
pub mod compare;
pub mod consolidate;
pub mod definitions;
pub mod draft;
pub mod inspect;
pub mod kind;
pub mod metadata;
pub mod model;
pub mod number;
pub mod relations;
pub mod structure;
pub mod validity;
