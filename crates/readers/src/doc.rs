//! Word 97–2003 files → drafts.

use crate::{Reading, Refusal, reading::refused};

/// Reads one Word 97–2003 file.
pub(crate) fn read(name: &str, _bytes: &[u8]) -> Reading {
    refused(
        name,
        Refusal::new("word-97", "Tệp Word 97–2003 chưa được hỗ trợ."),
    )
}
