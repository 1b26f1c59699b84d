//! One finished answer in one coding.

use std::sync::atomic::Ordering;

use bytes::Bytes;
use http::header::{CACHE_CONTROL, CONTENT_ENCODING, CONTENT_LENGTH, ETAG, IF_NONE_MATCH, VARY};
use http::{HeaderMap, HeaderValue, Response, StatusCode};
use sha2::{Digest, Sha256};

use super::Edition;
use super::versions::{Slot, Versions};
use crate::encode::Coding;

/// How long an entry holds.
#[derive(Debug, Clone)]
pub struct Freshness {
    slots: Box<[Slot]>,
    seen: i64,
    until: i64,
    edition: Option<(Edition, u64)>,
}

impl Freshness {
    /// `seen` is the number of the change log when the work on the page began; `until` an
    /// instant in epoch microseconds.
    pub fn new(versions: &Versions, deps: &[String], seen: i64, until: Option<i64>) -> Self {
        let slots = deps.iter().map(|key| versions.slot(key)).collect();
        Freshness {
            slots,
            seen,
            until: until.unwrap_or(i64::MAX),
            edition: None,
        }
    }

    /// Only as long as the edition has this number.
    pub fn of_edition(self, edition: Option<(Edition, u64)>) -> Self {
        Freshness { edition, ..self }
    }

    fn holds(&self, now: impl FnOnce() -> i64) -> bool {
        self.slots
            .iter()
            .all(|slot| slot.load(Ordering::Acquire) <= self.seen)
            && self
                .edition
                .as_ref()
                .is_none_or(|(edition, number)| edition.number() == *number)
            && (self.until == i64::MAX || now() < self.until)
    }
}

/// Headers ready to send, body as it goes over the wire.
#[derive(Debug)]
pub struct Entry {
    headers: HeaderMap,
    etag: HeaderValue,
    body: Bytes,
    freshness: Freshness,
}

impl Entry {
    /// Builds an entry: `headers` are the final ones but for coding, length, ETag and Vary.
    /// `etag` is the tag of exactly these bytes, made when not given.
    pub fn new(
        mut headers: HeaderMap,
        coding: Coding,
        body: Bytes,
        etag: Option<HeaderValue>,
        freshness: Freshness,
    ) -> Self {
        let etag = etag.unwrap_or_else(|| etag_of(&body));
        headers.insert(ETAG, etag.clone());
        headers.insert(CONTENT_LENGTH, HeaderValue::from(body.len()));
        headers
            .entry(VARY)
            .or_insert(HeaderValue::from_static("accept-encoding, cookie"));
        if let Some(value) = coding.header() {
            headers.insert(CONTENT_ENCODING, value);
        }
        Entry {
            headers,
            etag,
            body,
            freshness,
        }
    }

    /// Whether the entry still holds.
    pub fn holds(&self, now: impl FnOnce() -> i64) -> bool {
        self.freshness.holds(now)
    }

    /// Bytes it takes (roughly; headers are counted flat).
    pub fn weight(&self) -> usize {
        self.body.len() + 1_500
    }

    /// The answer to a GET or HEAD with these request headers: 304 when the client has it.
    pub fn response(&self, request: &HeaderMap, head: bool) -> Response<Bytes> {
        if self.is_known(request) {
            return self.not_modified();
        }
        let mut response = Response::new(if head { Bytes::new() } else { self.body.clone() });
        *response.headers_mut() = self.headers.clone();
        response
    }

    fn is_known(&self, request: &HeaderMap) -> bool {
        let ours = self.etag.as_bytes();
        request.get_all(IF_NONE_MATCH).iter().any(|line| {
            line.as_bytes().split(|byte| *byte == b',').any(|tag| {
                let tag = tag.trim_ascii();
                tag == b"*" || tag.strip_prefix(b"W/").unwrap_or(tag) == ours
            })
        })
    }

    fn not_modified(&self) -> Response<Bytes> {
        let mut response = Response::new(Bytes::new());
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        let headers = response.headers_mut();
        for (name, value) in &self.headers {
            if *name != CONTENT_LENGTH && *name != CONTENT_ENCODING {
                headers.append(name.clone(), value.clone());
            }
        }
        debug_assert!(headers.contains_key(CACHE_CONTROL));
        response
    }
}

/// A strong ETag: of exactly these bytes.
pub fn etag_of(body: &[u8]) -> HeaderValue {
    let tag = format!("\"{}\"", hex::encode(&Sha256::digest(body)[..12]));
    HeaderValue::from_str(&tag).unwrap_or(HeaderValue::from_static("\"0\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(versions: &Versions, until: Option<i64>) -> Entry {
        let freshness = Freshness::new(versions, &["act:a".to_owned()], versions.seq(), until);
        let mut headers = HeaderMap::new();
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
        Entry::new(headers, Coding::Br, Bytes::from_static(b"x"), None, freshness)
    }

    #[test]
    fn a_change_of_its_key_or_midnight_ends_it() {
        let versions = Versions::new(1);
        let entry = entry(&versions, Some(100));
        assert!(entry.holds(|| 99));
        assert!(!entry.holds(|| 100));
        versions.advance(2, "act", "b");
        assert!(entry.holds(|| 1));
        versions.advance(3, "act", "a");
        assert!(!entry.holds(|| 1));
    }

    #[test]
    fn another_edition_ends_it() {
        let (versions, edition) = (Versions::new(1), Edition::default());
        let began = Some((edition.clone(), edition.number()));
        let freshness = Freshness::new(&versions, &[], 1, None).of_edition(began.clone());
        assert!(freshness.holds(|| 1));
        edition.advance();
        assert!(!freshness.holds(|| 1));
        let late = Freshness::new(&versions, &[], 1, None).of_edition(began);
        assert!(!late.holds(|| 1), "work that began before the change");
    }

    #[test]
    fn the_client_that_has_it_gets_304() {
        let entry = entry(&Versions::new(1), None);
        let mut request = HeaderMap::new();
        assert_eq!(entry.response(&request, false).status(), StatusCode::OK);
        let tag = entry.etag.to_str().expect("ascii").to_owned();
        for value in [tag.clone(), format!("\"zz\", W/{tag}"), "*".to_owned()] {
            request.insert(IF_NONE_MATCH, HeaderValue::from_str(&value).expect("a header"));
            let response = entry.response(&request, false);
            assert_eq!(response.status(), StatusCode::NOT_MODIFIED, "{value}");
            assert!(response.body().is_empty() && response.headers().contains_key(ETAG));
        }
        request.insert(IF_NONE_MATCH, HeaderValue::from_static("\"zz\""));
        assert_eq!(entry.response(&request, false).status(), StatusCode::OK);
    }
}
