//! The security headers of every answer (policy of trust.md §4).

use http::header::{
    CONTENT_SECURITY_POLICY, HeaderName, REFERRER_POLICY, STRICT_TRANSPORT_SECURITY, X_CONTENT_TYPE_OPTIONS,
    X_FRAME_OPTIONS,
};
use http::{HeaderMap, HeaderValue};

use crate::site::Site;

/// The content security policy of our own pages; pictures and sound may also come from `files`, the
/// host of uploaded files, where there is one.
pub fn policy_of_pages(files: &str) -> HeaderValue {
    let from = format!("'self' {files}");
    let from = from.trim_end();
    let policy = format!(
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src {from}; font-src 'self'; \
         connect-src 'self'; manifest-src 'self'; media-src {from}; form-action 'self'; base-uri 'none'; \
         frame-ancestors 'self'; require-trusted-types-for 'script'"
    );
    // An address that is no text of a header stands in no configuration that was checked.
    HeaderValue::from_str(&policy).unwrap_or(HeaderValue::from_static("default-src 'none'"))
}

/// Policy for foreign bytes shown on our host (original files): nothing runs, nothing loads.
pub const CSP_FOREIGN: &str = "default-src 'none'; style-src 'unsafe-inline'; sandbox; \
base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

/// Policy for our style sheets, scripts, fonts and pictures. The page that loads them has its own; opened
/// by themselves they load nothing. Short, because a first visit carries it once for each of them.
pub(crate) const CSP_ASSET: &str = "default-src 'none'; frame-ancestors 'self'";

const COOP: HeaderName = HeaderName::from_static("cross-origin-opener-policy");
const CORP: HeaderName = HeaderName::from_static("cross-origin-resource-policy");
const PERMISSIONS: HeaderName = HeaderName::from_static("permissions-policy");

/// What goes on every answer unless the handler set its own value.
fn common() -> [(HeaderName, &'static str); 6] {
    [
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (COOP, "same-origin"),
        (CORP, "same-origin"),
        (REFERRER_POLICY, "strict-origin-when-cross-origin"),
        (
            PERMISSIONS,
            "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
        ),
        (X_FRAME_OPTIONS, "SAMEORIGIN"),
    ]
}

/// Completes the headers of an answer; values that are there stay.
pub fn secure(headers: &mut HeaderMap, site: &Site) {
    let policy = headers.entry(CONTENT_SECURITY_POLICY);
    policy.or_insert_with(|| site.csp().clone());
    for (name, value) in common() {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    if site.is_https() {
        headers
            .entry(STRICT_TRANSPORT_SECURITY)
            .or_insert(HeaderValue::from_static("max-age=63072000; includeSubDomains"));
    }
}
