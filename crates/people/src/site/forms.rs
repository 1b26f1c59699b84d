//! What the pages of this room share: answers with a cookie, sentences for what was refused.

use axum::response::Response;
use http::header::{SET_COOKIE, USER_AGENT};
use http::{HeaderMap, HeaderValue};
pub(super) use web::private::{again, frame, moment, page, see_other};
use web::{Look, Problem, Site, session_cookie};

use crate::account::AccountError;
use crate::session::SignInError;

/// Goes to another page with the token of a session; an empty one takes the cookie away.
pub(super) fn with_session(site: &Site, path: &str, token: &str) -> Response {
    carrying(site, see_other(path), token)
}

/// An answer that carries the cookie of a session.
pub(super) fn carrying(site: &Site, mut response: Response, token: &str) -> Response {
    let https = site.is_https();
    let secure = if https { "; Secure" } else { "" };
    let age = if token.is_empty() { "; Max-Age=0" } else { "" };
    let cookie = format!(
        "{}={token}; Path=/; HttpOnly; SameSite=Lax{secure}{age}",
        session_cookie(https)
    );
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
    response
}

/// Browser and system, in the browser's own words.
pub(super) fn agent(headers: &HeaderMap) -> &str {
    let agent = headers.get(USER_AGENT).and_then(|agent| agent.to_str().ok());
    agent.unwrap_or_default()
}

/// The sentence for the person, or the problem where it is ours.
pub(super) fn sentence(look: Look, error: AccountError) -> Result<String, Problem> {
    match error {
        AccountError::Db(error) => Err(Problem::internal(error)),
        AccountError::Email(text) => Ok(look.fill(
            "“{}” không phải là địa chỉ thư điện tử. Xin nhập dạng ten@donvi.gov.vn.",
            &[&text],
        )),
        other => Ok(look.t(&other.to_string()).to_owned()),
    }
}

/// The same for signing in.
pub(super) fn refusal(look: Look, error: SignInError) -> Result<String, Problem> {
    match error {
        SignInError::Db(error) => Err(Problem::internal(error)),
        other => Ok(look.t(&other.to_string()).to_owned()),
    }
}
