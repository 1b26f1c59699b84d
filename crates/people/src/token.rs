//! Secrets that are handed out once and kept as hashes only.

use data_encoding::{BASE32_NOPAD, BASE64URL_NOPAD};
use sha2::{Digest, Sha256};

/// A token of 256 random bits, as it stands in a cookie or a link.
pub(crate) fn fresh() -> Result<String, getrandom::Error> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes)?;
    Ok(BASE64URL_NOPAD.encode(&bytes))
}

/// A code that a person can copy by hand: four groups of four signs, 80 random bits.
pub(crate) fn fresh_code() -> Result<String, getrandom::Error> {
    let mut bytes = [0; 10];
    getrandom::fill(&mut bytes)?;
    let signs = BASE32_NOPAD.encode(&bytes);
    let groups: Vec<&str> = (0..4).map(|group| &signs[group * 4..group * 4 + 4]).collect();
    Ok(groups.join("-"))
}

/// What is kept of a token. It is random, so that a plain hash is enough.
#[must_use]
pub fn hash(token: &str) -> String {
    hex::encode(Sha256::digest(token.as_bytes()))
}

/// A code as typed: capitals, no spaces, no dashes.
pub(crate) fn typed_code(code: &str) -> String {
    let signs = code.chars().filter(char::is_ascii_alphanumeric);
    signs.map(|sign| sign.to_ascii_uppercase()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_read_however_they_are_typed() {
        let code = fresh_code().expect("random bytes");
        assert_eq!(code.len(), 19);
        assert_eq!(
            typed_code(&code),
            typed_code(&code.to_lowercase().replace('-', " "))
        );
    }

    #[test]
    fn tokens_differ() {
        assert_ne!(fresh().expect("bytes"), fresh().expect("bytes"));
        assert_eq!(hash("a").len(), 64);
    }
}
