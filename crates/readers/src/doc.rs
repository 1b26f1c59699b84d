//! Word 97–2003 files: recognised, and refused with a way out.

use crate::{Reading, Refusal, reading::refused};

/// Refuses one Word 97–2003 file.
pub(crate) fn read(name: &str) -> Reading {
    let message = "Tệp Word 97–2003 (.doc) chưa đọc được. Hãy mở bằng Word hoặc LibreOffice, lưu thành .docx rồi nhập lại.";
    refused(name, Refusal::new("word-97", message))
}
