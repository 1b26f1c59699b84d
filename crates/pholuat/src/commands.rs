//! The commands, one file each.

use std::io::{self, ErrorKind, Write};

pub mod audit;
pub mod backup;
pub mod check;
pub mod config;
pub mod eval;
pub mod export;
pub mod illustrate;
pub mod import;
pub mod inspect;
pub mod originals;
pub mod people;
pub mod recognise;
pub mod restore;
pub mod search;
pub mod units;

/// Writes what a command answers. Whoever reads it may leave early (`| head`): that is no error.
///
/// # Errors
/// Standard output cannot be written for another reason.
pub fn say(answer: impl AsRef<[u8]>) -> io::Result<()> {
    let mut out = io::stdout().lock();
    match out.write_all(answer.as_ref()).and_then(|()| out.flush()) {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        written => written,
    }
}
