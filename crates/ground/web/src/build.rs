//! Which build of the program made a page: pages of another one are made anew.

use std::sync::OnceLock;

use sha2::{Digest, Sha256};

/// Hash of the running program with all templates and assets in it (first 16 hex digits).
pub fn program() -> &'static str {
    static HASH: OnceLock<String> = OnceLock::new();
    HASH.get_or_init(|| {
        let bytes = std::env::current_exe().and_then(std::fs::read);
        // Without a readable program file every start is a build of its own: slower, never wrong.
        let bytes = bytes.unwrap_or_else(|_| uuid::Uuid::now_v7().as_bytes().to_vec());
        short(&bytes)
    })
}

/// The first 16 hex digits of SHA-256.
pub fn short(bytes: &[u8]) -> String {
    hex::encode(&Sha256::digest(bytes)[..8])
}
