//! PDF files → drafts.

use crate::{Reading, Refusal, reading::refused};

/// Reads one PDF file.
pub(crate) fn read(name: &str, _bytes: &[u8]) -> Reading {
    refused(name, Refusal::new("pdf", "Tệp PDF chưa được hỗ trợ."))
}
