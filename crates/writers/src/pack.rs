//! Zip archives with the same bytes every time.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::WriteError;

/// Packs members in the given order. A member named `mimetype` is stored, as EPUB asks.
pub(crate) fn pack(members: &[(String, String)]) -> Result<Vec<u8>, WriteError> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    // A fixed time: the archive must not tell when it was asked for.
    let options = SimpleFileOptions::default().last_modified_time(DateTime::default());
    for (name, content) in members {
        let method = match name.as_str() {
            "mimetype" => CompressionMethod::Stored,
            _ => CompressionMethod::Deflated,
        };
        archive.start_file(name.as_str(), options.compression_method(method))?;
        archive.write_all(content.as_bytes())?;
    }
    Ok(archive.finish()?.into_inner())
}
