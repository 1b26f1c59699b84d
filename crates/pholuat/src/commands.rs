//! The commands, one file each.

pub mod backup;
pub mod check;
pub mod config;
pub mod eval;
pub mod export;
pub mod import;
pub mod inspect;
pub mod restore;
pub mod search;
