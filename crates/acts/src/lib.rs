//! S5, the legal information system: acts in the database, their import, and
//! everything readers, feeds and programs get of them.

pub mod import;
pub mod model;
pub mod publish;
pub mod site;
pub mod store;
