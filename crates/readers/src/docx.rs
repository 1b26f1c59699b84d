//! DOCX files → drafts.

use crate::{Reading, Refusal, reading::refused};

/// Reads one DOCX file.
pub(crate) fn read(name: &str, _bytes: &[u8]) -> Reading {
    refused(name, Refusal::new("office", "Tệp DOCX chưa được hỗ trợ."))
}
