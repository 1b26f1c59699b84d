//! The name of a kept answer: address, look and coding.

use http::Uri;

use crate::assets;
use crate::encode::Coding;
use crate::look::Look;

/// Longer queries are answered but not kept.
const LONGEST_QUERY: usize = 4_096;

/// Address in canonical form, look and coding in one string.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct CacheKey(String);

impl CacheKey {
    /// The key of a request; none when it is not to be kept. `uri` is without language prefix.
    pub fn of(uri: &Uri, look: Look, coding: Coding) -> Option<Self> {
        let query = uri.query().unwrap_or_default();
        if query.len() > LONGEST_QUERY {
            return None;
        }
        let path = uri.path();
        // An asset looks the same to every reader.
        let variant = if path.starts_with(assets::PREFIX) {
            0
        } else {
            look.variant()
        };
        let mut key = String::with_capacity(path.len() + query.len() + 3);
        key.push(char::from(b'A' + variant));
        key.push(match coding {
            Coding::Br => 'b',
            Coding::Gzip => 'g',
            Coding::Identity => 'i',
        });
        key.push_str(path);
        if !query.is_empty() {
            push_canonical(&mut key, query);
        }
        Some(CacheKey(key))
    }

    /// Bytes of the key.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Never true: a key has at least its look and coding.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The key as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Appends the query with its pairs sorted by name (values of one name keep their order).
fn push_canonical(key: &mut String, query: &str) {
    let mut pairs: Vec<&str> = query.split('&').filter(|pair| !pair.is_empty()).collect();
    pairs.sort_by_key(|pair| pair.split('=').next());
    for (i, pair) in pairs.iter().enumerate() {
        key.push(if i == 0 { '?' } else { '&' });
        key.push_str(pair);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::look::Lang;

    fn key(uri: &str, look: Look) -> Option<CacheKey> {
        CacheKey::of(&uri.parse().expect("an address"), look, Coding::Br)
    }

    #[test]
    fn order_of_names_does_not_matter_order_of_values_does() {
        let look = Look::default();
        assert_eq!(key("/tim?b=2&a=1&", look), key("/tim?a=1&b=2", look));
        assert_ne!(key("/tim?a=1&a=2", look), key("/tim?a=2&a=1", look));
        assert_eq!(key("/tim?", look), key("/tim", look));
    }

    #[test]
    fn looks_are_apart_but_assets_are_shared() {
        let en = Look::plain(Lang::En);
        assert_ne!(key("/", en), key("/", Look::default()));
        assert_eq!(
            key("/tai-nguyen/a.css", en),
            key("/tai-nguyen/a.css", Look::default())
        );
    }

    #[test]
    fn endless_queries_are_not_kept() {
        assert!(key(&format!("/tim?q={}", "a".repeat(5_000)), Look::default()).is_none());
    }
}
