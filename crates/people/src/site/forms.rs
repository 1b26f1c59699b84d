//! What the pages of this room share: answers with a cookie, moments as people read them.

use axum::response::{IntoResponse, Response};
use http::header::{CACHE_CONTROL, LOCATION, SET_COOKIE};
use http::{HeaderValue, StatusCode};
use jiff::Timestamp;
use jiff::tz::{Offset, TimeZone};
use web::{Chrome, Look, Page, Policy, Problem, Site, local_address, session_cookie};

use crate::account::AccountError;
use crate::session::SignInError;

/// Goes to another page of ours.
pub(super) fn see_other(path: &str) -> Response {
    let mut response = StatusCode::SEE_OTHER.into_response();
    let headers = response.headers_mut();
    headers.insert(CACHE_CONTROL, Policy::Never.header());
    headers.insert(LOCATION, local_address(path));
    response
}

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

/// The frame of a page that no search engine lists.
pub(super) fn frame(site: &Site, look: Look, path: &str, title: &str) -> Chrome {
    let mut chrome = Chrome::new(site, look, path, look.t(title));
    chrome.robots = "noindex";
    chrome
}

/// A page that is never kept.
pub(super) fn page<T: askama::Template>(template: &T) -> Result<Response, Problem> {
    Ok(Page::html(template)?.policy(Policy::Never).into_response())
}

/// A page that says what was wrong with the form on it.
pub(super) fn again<T: askama::Template>(template: &T) -> Result<Response, Problem> {
    let page = Page::html(template)?.policy(Policy::Never);
    Ok(page.status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
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

/// 09:14 26/11/2026, in Vietnam.
pub(super) fn moment(at: Timestamp) -> String {
    let there = TimeZone::fixed(Offset::constant(7)).to_datetime(at);
    there.strftime("%H:%M %d/%m/%Y").to_string()
}
