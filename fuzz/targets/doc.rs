#![no_main]
//! Any bytes as a Word 97–2003 file, and as the streams of one: the first two bytes say how long
//! the document's stream is, the rest is the table's.
use std::io::{Cursor, Result, Write};

fn compound(bytes: &[u8]) -> Result<Vec<u8>> {
    let (length, rest) = bytes.split_at(bytes.len().min(2));
    let length = length
        .iter()
        .rev()
        .fold(0, |sum, byte| sum << 8 | usize::from(*byte));
    let (document, table) = rest.split_at(length.min(rest.len()));
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new()))?;
    file.create_stream("/WordDocument")?.write_all(document)?;
    for name in ["/0Table", "/1Table"] {
        file.create_stream(name)?.write_all(table)?;
    }
    file.flush()?;
    Ok(file.into_inner().into_inner())
}

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let _ = readers::read("tep.doc", bytes);
    if let Ok(file) = compound(bytes) {
        let _ = readers::read("tep.doc", &file);
    }
});
