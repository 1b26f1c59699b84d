//! The door of guarded routes: who asks, whether he may, and whether the form came from our own page.

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use futures::future::BoxFuture;
use http::header::{CACHE_CONTROL, COOKIE, HOST, LOCATION, ORIGIN};
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use policy::Visitor;

use crate::page::{PagePlan, Policy};
use crate::problem::Problem;
use crate::routes::Access;
use crate::site::Site;

const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");
/// Where people sign in.
pub const SIGN_IN: &str = "/dang-nhap";
/// Where a second proof is set up.
pub const SECOND_PROOF: &str = "/tai-khoan/hai-lop";

/// Tells who stands behind the token of a session; `None` where no good session has it.
/// The room of people gives it ([`crate::Routes::recognise`]).
pub type Recognise = fn(Site, String) -> BoxFuture<'static, Result<Option<Visitor>, Problem>>;

/// Name of the cookie that carries the token. Over TLS it has the prefix that ties it to this host.
#[must_use]
pub fn session_cookie(https: bool) -> &'static str {
    if https { "__Host-pl_phien" } else { "pl_phien" }
}

/// The token of a session in a request.
#[must_use]
pub fn session_token(headers: &HeaderMap, https: bool) -> Option<String> {
    let name = session_cookie(https);
    headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .find_map(|pair| pair.trim().strip_prefix(name)?.strip_prefix('='))
        .map(str::to_owned)
}

/// Whether a request that changes something was sent by a page of ours. Browsers say so in
/// `Sec-Fetch-Site`, older ones in `Origin`; what says neither is no browser with a session cookie
/// that we could trust (OWASP, cross-site request forgery: fetch metadata with origin as fallback).
pub(crate) fn from_our_page(headers: &HeaderMap) -> Sender {
    if let Some(site) = headers.get(SEC_FETCH_SITE) {
        return if site == "same-origin" || site == "none" {
            Sender::Ours
        } else {
            Sender::Foreign
        };
    }
    let Some(origin) = headers.get(ORIGIN) else {
        return Sender::Unknown;
    };
    let host = headers.get(HOST).and_then(|host| host.to_str().ok());
    let own = origin
        .to_str()
        .ok()
        .and_then(|origin| origin.split_once("://"))
        .is_some_and(|(_, origin)| host == Some(origin));
    if own { Sender::Ours } else { Sender::Foreign }
}

/// Who sent a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sender {
    /// A page of this host.
    Ours,
    /// A page of another host.
    Foreign,
    /// No browser says.
    Unknown,
}

/// Lets a request through to a guarded handler, with its [`Visitor`] as an extension; the answer
/// is never kept anywhere, whatever the handler says.
pub(crate) async fn pass(
    site: Site,
    recognise: Option<Recognise>,
    access: Access,
    mut request: Request,
    next: Next,
) -> Response {
    let visitor = match visitor(&site, recognise, request.headers()).await {
        Ok(visitor) => visitor,
        Err(problem) => return problem.into_response(),
    };
    let changes = request.method() != Method::GET;
    let refused = match (&visitor, access) {
        (_, Access::Public) => None,
        (None, _) if changes => Some(Problem::SignIn.into_response()),
        (None, _) => Some(to(SIGN_IN, request.uri().path())),
        (Some(_), _) if changes && from_our_page(request.headers()) != Sender::Ours => {
            Some(Problem::Denied.into_response())
        }
        (Some(_), Access::Own) => None,
        (Some(visitor), Access::May(permission)) => {
            if visitor.lacks_second_proof() {
                Some(to(SECOND_PROOF, request.uri().path()))
            } else {
                (!visitor.may(permission)).then(|| Problem::Denied.into_response())
            }
        }
    };
    if let Some(refused) = refused {
        return refused;
    }
    if let Some(visitor) = visitor {
        request.extensions_mut().insert(visitor);
    }
    let mut response = next.run(request).await;
    if let Some(plan) = response.extensions_mut().get_mut::<PagePlan>() {
        plan.policy = Policy::Never;
    }
    response
        .headers_mut()
        .insert(CACHE_CONTROL, Policy::Never.header());
    response
}

async fn visitor(
    site: &Site,
    recognise: Option<Recognise>,
    headers: &HeaderMap,
) -> Result<Option<Visitor>, Problem> {
    match (recognise, session_token(headers, site.is_https())) {
        (Some(recognise), Some(token)) => recognise(site.clone(), token).await,
        _ => Ok(None),
    }
}

/// Elsewhere first, then back to `path`.
fn to(place: &str, path: &str) -> Response {
    let mut response = StatusCode::SEE_OTHER.into_response();
    let headers = response.headers_mut();
    headers.insert(CACHE_CONTROL, Policy::Never.header());
    let address = format!("{place}?ve={path}");
    let address = HeaderValue::from_str(&address).unwrap_or(HeaderValue::from_static(SIGN_IN));
    headers.insert(LOCATION, address);
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        let pairs = pairs
            .iter()
            .map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)));
        pairs.collect()
    }

    #[test]
    fn forms_of_other_hosts_are_told_apart() {
        for (pairs, sender) in [
            (&[("sec-fetch-site", "same-origin")][..], Sender::Ours),
            (&[("sec-fetch-site", "cross-site")], Sender::Foreign),
            (&[("sec-fetch-site", "same-site")], Sender::Foreign),
            (&[("host", "a.vn"), ("origin", "https://a.vn")], Sender::Ours),
            (&[("host", "a.vn"), ("origin", "https://b.vn")], Sender::Foreign),
            (&[("host", "a.vn"), ("origin", "null")], Sender::Foreign),
            (&[("host", "a.vn")], Sender::Unknown),
        ] {
            assert_eq!(from_our_page(&headers(pairs)), sender, "{pairs:?}");
        }
    }

    #[test]
    fn the_token_is_found_among_other_cookies() {
        let cookies = headers(&[("cookie", "pl_look=dark.large; pl_phien=abc; x=y")]);
        assert_eq!(session_token(&cookies, false).as_deref(), Some("abc"));
        assert_eq!(session_token(&cookies, true), None);
    }
}
