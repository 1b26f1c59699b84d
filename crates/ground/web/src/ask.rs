//! What a request asks for, read once before anything else.

use axum::body::Body;
use http::header::HeaderName;
use http::uri::PathAndQuery;
use http::{HeaderMap, HeaderValue, Method, Request, Uri};

use crate::cache::CacheKey;
use crate::encode::Coding;
use crate::look::{Lang, Look};

/// The header that carries the id of a request.
pub const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// A request, understood.
#[derive(Debug)]
pub struct Ask {
    /// Address without language prefix.
    pub uri: Uri,
    /// How the reader sees the site.
    pub look: Look,
    /// Coding the reader prefers.
    pub coding: Coding,
    /// True for HEAD.
    pub head: bool,
    /// Where the answer is kept; none = nowhere.
    pub key: Option<CacheKey>,
}

impl Ask {
    /// Reads method, address, cookie and `Accept-Encoding`.
    pub fn of<B>(request: &Request<B>) -> Self {
        let (lang, uri) = split_language(request.uri());
        let look = Look::of(lang, request.headers());
        let coding = Coding::wanted(request.headers());
        let head = request.method() == Method::HEAD;
        let kept = head || request.method() == Method::GET;
        let key = if kept {
            CacheKey::of(&uri, look, coding)
        } else {
            None
        };
        Ask {
            uri,
            look,
            coding,
            head,
            key,
        }
    }

    /// The same request as the router is to see it: inner address, look, GET for HEAD.
    pub fn inner(&self, mut request: Request<Body>) -> Request<Body> {
        *request.uri_mut() = self.uri.clone();
        if self.head {
            *request.method_mut() = Method::GET;
        }
        request.extensions_mut().insert(self.look);
        request
    }

    /// True below `/api/` and the like, where refusals are JSON.
    pub fn wants_json(&self) -> bool {
        self.uri.path().starts_with("/api/")
    }
}

/// `/en/van-ban?x` → English and `/van-ban?x`.
fn split_language(uri: &Uri) -> (Lang, Uri) {
    let Some(rest) = uri
        .path_and_query()
        .and_then(|pq| pq.as_str().strip_prefix("/en"))
    else {
        return (Lang::Vi, uri.clone());
    };
    let inner = match rest.as_bytes().first() {
        None => PathAndQuery::from_static("/"),
        Some(b'/') => match rest.parse() {
            Ok(inner) => inner,
            Err(_) => return (Lang::Vi, uri.clone()),
        },
        Some(b'?') => match format!("/{rest}").parse() {
            Ok(inner) => inner,
            Err(_) => return (Lang::Vi, uri.clone()),
        },
        Some(_) => return (Lang::Vi, uri.clone()),
    };
    (Lang::En, Uri::from(inner))
}

/// Takes over the id a proxy gave, or makes one.
pub fn request_id(headers: &HeaderMap, next: impl FnOnce() -> String) -> HeaderValue {
    let given = headers.get(REQUEST_ID).filter(|value| {
        let bytes = value.as_bytes();
        (1..=64).contains(&bytes.len())
            && bytes
                .iter()
                .all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(b))
    });
    given
        .cloned()
        .unwrap_or_else(|| HeaderValue::from_str(&next()).unwrap_or(HeaderValue::from_static("0")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(uri: &str) -> (Lang, String) {
        let (lang, uri) = split_language(&uri.parse().expect("an address"));
        (lang, uri.to_string())
    }

    #[test]
    fn english_is_a_prefix() {
        assert_eq!(split("/en"), (Lang::En, "/".into()));
        assert_eq!(split("/en/"), (Lang::En, "/".into()));
        assert_eq!(split("/en?x=1"), (Lang::En, "/?x=1".into()));
        assert_eq!(split("/en/tim?q=a"), (Lang::En, "/tim?q=a".into()));
        assert_eq!(split("/energy"), (Lang::Vi, "/energy".into()));
        assert_eq!(split("/tim?q=/en"), (Lang::Vi, "/tim?q=/en".into()));
    }

    #[test]
    fn ids_from_outside_are_checked() {
        let mut headers = HeaderMap::new();
        assert_eq!(request_id(&headers, || "new".into()), "new");
        headers.insert(REQUEST_ID, HeaderValue::from_static("abc-1.2_3"));
        assert_eq!(request_id(&headers, || "new".into()), "abc-1.2_3");
        headers.insert(REQUEST_ID, HeaderValue::from_static("a b"));
        assert_eq!(request_id(&headers, || "new".into()), "new");
    }
}
