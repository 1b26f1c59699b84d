//! Little-endian numbers at places that a file names.

pub(super) fn u8_at(bytes: &[u8], at: usize) -> Option<u8> {
    bytes.get(at).copied()
}

pub(super) fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    let pair = bytes.get(at..at.checked_add(2)?)?;
    Some(u16::from_le_bytes(pair.try_into().ok()?))
}

pub(super) fn i16_at(bytes: &[u8], at: usize) -> Option<i16> {
    Some(u16_at(bytes, at)?.cast_signed())
}

pub(super) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    let four = bytes.get(at..at.checked_add(4)?)?;
    Some(u32::from_le_bytes(four.try_into().ok()?))
}

/// A place as an offset. No file here is longer than what `usize` counts.
pub(super) fn place(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

/// Positions of a PLC ([MS-DOC] 2.2.2): n + 1 numbers, then n entries of `size` bytes.
pub(super) struct Plc<'f> {
    bytes: &'f [u8],
    size: usize,
    count: usize,
}

impl<'f> Plc<'f> {
    pub(super) fn new(bytes: &'f [u8], size: usize) -> Self {
        let count = bytes.len().saturating_sub(4) / (4 + size);
        Self { bytes, size, count }
    }

    pub(super) fn len(&self) -> usize {
        self.count
    }

    /// Position `index`, 0 to `len()` inclusive.
    pub(super) fn position(&self, index: usize) -> Option<u32> {
        (index <= self.count).then(|| u32_at(self.bytes, index * 4))?
    }

    pub(super) fn entry(&self, index: usize) -> Option<&'f [u8]> {
        let at = (self.count + 1) * 4 + index.checked_mul(self.size)?;
        (index < self.count).then(|| self.bytes.get(at..at + self.size))?
    }
}
