//! Which build of the program made a page: pages of another one are made anew.

use std::fs::File;
use std::io::{self, Read as _};
use std::sync::OnceLock;

use sha2::{Digest, Sha256};

/// Hash of the running program with its templates and assets (first 16 hex digits). The assets are
/// named apart: a debug build reads them from the disk, where they change without it.
pub fn program() -> &'static str {
    static HASH: OnceLock<String> = OnceLock::new();
    HASH.get_or_init(|| {
        // Without a readable program file every start is a build of its own: slower, never wrong.
        let mut hash =
            program_file().unwrap_or_else(|_| Sha256::new().chain_update(uuid::Uuid::now_v7().as_bytes()));
        for name in crate::assets::names() {
            hash.update(crate::assets::asset(name).as_bytes());
        }
        hex::encode(&hash.finalize()[..8])
    })
}

/// The file is as large as a fifth of what the service may hold: it is read a piece at a time.
fn program_file() -> io::Result<Sha256> {
    let mut file = File::open(std::env::current_exe()?)?;
    let (mut hash, mut piece) = (Sha256::new(), vec![0; 64 << 10]);
    loop {
        match file.read(&mut piece)? {
            0 => return Ok(hash),
            read => hash.update(&piece[..read]),
        }
    }
}

/// The first 16 hex digits of SHA-256.
pub fn short(bytes: &[u8]) -> String {
    hex::encode(&Sha256::digest(bytes)[..8])
}
