//! The security headers of every answer (policy of trust.md §4).

use http::header::{
    CONTENT_SECURITY_POLICY, HeaderName, REFERRER_POLICY, STRICT_TRANSPORT_SECURITY, X_CONTENT_TYPE_OPTIONS,
    X_FRAME_OPTIONS,
};
use http::{HeaderMap, HeaderValue};

/// The content security policy of our own pages.
pub const CSP: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; \
font-src 'self'; connect-src 'self'; manifest-src 'self'; media-src 'self'; \
form-action 'self'; base-uri 'none'; frame-ancestors 'self'; require-trusted-types-for 'script'";

/// Policy for foreign bytes shown on our host (original files): nothing runs, nothing loads.
pub const CSP_FOREIGN: &str = "default-src 'none'; style-src 'unsafe-inline'; sandbox; \
base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

const COOP: HeaderName = HeaderName::from_static("cross-origin-opener-policy");
const CORP: HeaderName = HeaderName::from_static("cross-origin-resource-policy");
const PERMISSIONS: HeaderName = HeaderName::from_static("permissions-policy");

/// What goes on every answer unless the handler set its own value.
fn common() -> [(HeaderName, &'static str); 7] {
    [
        (CONTENT_SECURITY_POLICY, CSP),
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
pub fn secure(headers: &mut HeaderMap, https: bool) {
    for (name, value) in common() {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    if https {
        headers
            .entry(STRICT_TRANSPORT_SECURITY)
            .or_insert(HeaderValue::from_static("max-age=63072000; includeSubDomains"));
    }
}
