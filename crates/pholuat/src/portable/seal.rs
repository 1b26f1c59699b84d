//! The seal behind an archive: a zstd skippable frame (RFC 8878 §3.1.2), which other
//! programs pass over, with the SHA-256 of all bytes before it.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};

use sha2::{Digest, Sha256};

use super::PortableError;

const MAGIC: [u8; 4] = 0x184D_2A5E_u32.to_le_bytes();
const HASH: usize = 64;
const LENGTH: usize = 8 + HASH;

/// Passes bytes on and hashes them.
pub(super) struct Hashing<T> {
    inner: T,
    hash: Sha256,
    count: u64,
}

impl<T> Hashing<T> {
    pub(super) fn new(inner: T) -> Self {
        Self {
            inner,
            hash: Sha256::new(),
            count: 0,
        }
    }

    /// What is below, with the SHA-256 and the number of the bytes that passed.
    pub(super) fn finish(self) -> (T, String, u64) {
        (self.inner, hex::encode(self.hash.finalize()), self.count)
    }

    fn note(&mut self, bytes: &[u8]) {
        self.hash.update(bytes);
        self.count += bytes.len() as u64;
    }
}

impl<T: Write> Write for Hashing<T> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.inner.write(bytes)?;
        self.note(&bytes[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

impl<T: Read> Read for Hashing<T> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.note(&buffer[..read]);
        Ok(read)
    }
}

/// The frame that seals bytes with this hash.
pub(super) fn frame(hash: &str) -> Vec<u8> {
    let mut frame = Vec::with_capacity(LENGTH);
    frame.extend(MAGIC);
    frame.extend((HASH as u32).to_le_bytes());
    frame.extend(hash.as_bytes());
    frame
}

/// Checks the seal of a file; the file then stands at its start. Returns the length of the archive
/// without the seal.
///
/// # Errors
/// `Damaged` where the seal is missing or does not fit.
pub(super) fn verify(file: &mut File) -> Result<u64, PortableError> {
    let broken = |why: &str| PortableError::Damaged(why.to_owned());
    let length = file.seek(SeekFrom::End(0))?;
    let body = length
        .checked_sub(LENGTH as u64)
        .ok_or_else(|| broken("tệp quá ngắn"))?;
    file.rewind()?;
    let mut hashing = Hashing::new(io::sink());
    io::copy(&mut Read::by_ref(file).take(body), &mut hashing)?;
    let (_, hash, _) = hashing.finish();
    let mut seal = Vec::with_capacity(LENGTH);
    file.read_to_end(&mut seal)?;
    if seal != frame(&hash) {
        return Err(broken("mã kiểm tra của cả tệp không khớp"));
    }
    file.rewind()?;
    Ok(body)
}
