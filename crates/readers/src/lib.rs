//! Files that strangers made → acts: HTML pages, plain text, law packages, JSON lines, archives.
//!
//! Nothing here touches disk, network or clock, and nothing panics on any input.
//! The binary runs it in a child process with limits all the same.

pub mod archive;
mod doc;
mod docx;
mod html;
mod inline;
mod json;
mod known;
mod old_text;
mod pdf;
mod plain;
mod reading;
mod rtf;
mod sidecar;
mod sniff;
mod table;
mod word;

pub use docx::{WordPage, word_page};
pub use pdf::{PdfLook, look_at_pdf};
pub use reading::{Item, MAX_BYTES, Outcome, Reading, Refusal, read, read_described};
pub use sidecar::{Sidecar, looks_like_list};
