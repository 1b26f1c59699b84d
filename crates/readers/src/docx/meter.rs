//! How much may be unfolded from one Word file.

use std::cell::Cell;
use std::io::{self, BufRead, BufReader, ErrorKind, Read};

/// Bytes without any markup that one part may hold: a longer run is no text that a person wrote.
const MAX_RUN: usize = 8 << 20;

/// A part being unfolded, counted against what the whole file may unfold to.
pub(super) struct Metered<'a, R> {
    inner: BufReader<R>,
    left: &'a Cell<u64>,
    run: usize,
}

impl<'a, R: Read> Metered<'a, R> {
    pub(super) fn new(inner: R, left: &'a Cell<u64>) -> Self {
        Self {
            inner: BufReader::with_capacity(64 << 10, inner),
            left,
            run: 0,
        }
    }
}

impl<R: Read> BufRead for Metered<'_, R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.left.get() == 0 || self.run > MAX_RUN {
            return Err(ErrorKind::FileTooLarge.into());
        }
        self.inner.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        let used = self.inner.buffer().get(..amount).unwrap_or_default();
        let markup = used.iter().rposition(|byte| matches!(byte, b'<' | b'>'));
        self.run = match markup {
            Some(place) => used.len() - place,
            None => self.run + used.len(),
        };
        self.left.set(
            self.left
                .get()
                .saturating_sub(u64::try_from(amount).unwrap_or(u64::MAX)),
        );
        self.inner.consume(amount);
    }
}

impl<R: Read> Read for Metered<'_, R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let available = self.fill_buf()?;
        let amount = available.len().min(out.len());
        if let (Some(to), Some(from)) = (out.get_mut(..amount), available.get(..amount)) {
            to.copy_from_slice(from);
        }
        self.consume(amount);
        Ok(amount)
    }
}
