#![no_main]
//! Any bytes as a Word file, and as the parts of one. Parts are stored, so that a changed byte
//! reaches the parser and not only the checksum of the zip file.
use std::io::{Cursor, Write};

const PARTS: [&str; 4] = [
    "word/document.xml",
    "word/numbering.xml",
    "word/styles.xml",
    "word/footnotes.xml",
];

fn package(bytes: &[u8]) -> zip::result::ZipResult<Vec<u8>> {
    let mut file = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    // The record separator, which XML never holds, parts the parts.
    for (name, part) in PARTS.iter().zip(bytes.split(|byte| *byte == 0x1e)) {
        file.start_file(*name, stored)?;
        file.write_all(part)?;
    }
    Ok(file.finish()?.into_inner())
}

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let _ = readers::read("tep.docx", bytes);
    if let Ok(file) = package(bytes) {
        let _ = readers::read("tep.docx", &file);
    }
});
