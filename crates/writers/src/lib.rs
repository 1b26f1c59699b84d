//! Acts → files: Akoma Ntoso 3.0, JSON, DOCX in the layout of Nghị định 30/2020, EPUB 3.3.
//!
//! Every writer is a pure function of an [`ExportAct`]: no clock, no disk, no network,
//! so the same act always gives the same bytes and their hash can serve as an ETag.

pub mod akn;
pub mod docx;
pub mod epub;
mod error;
mod export;
pub mod json;
mod names;
mod pack;
mod runs;
mod text;
mod tree;
mod xml;

pub use error::WriteError;
pub use export::{ExportAct, Format, Modification, NamedAct, OtherAct};
pub use names::printed_number;
pub use text::plain;
pub use xml::Xml;
