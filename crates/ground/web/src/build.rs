//! Which build of the program made a page: pages of another one are made anew.

use std::sync::OnceLock;

use sha2::{Digest, Sha256};

/// Hash of the running program with its templates and assets (first 16 hex digits). The assets are
/// named apart: a debug build reads them from the disk, where they change without it.
pub fn program() -> &'static str {
    static HASH: OnceLock<String> = OnceLock::new();
    HASH.get_or_init(|| {
        let bytes = std::env::current_exe().and_then(std::fs::read);
        // Without a readable program file every start is a build of its own: slower, never wrong.
        let mut bytes = bytes.unwrap_or_else(|_| uuid::Uuid::now_v7().as_bytes().to_vec());
        for name in crate::assets::names() {
            bytes.extend_from_slice(crate::assets::asset(name).as_bytes());
        }
        short(&bytes)
    })
}

/// The first 16 hex digits of SHA-256.
pub fn short(bytes: &[u8]) -> String {
    hex::encode(&Sha256::digest(bytes)[..8])
}
