//! What the pages of people who are signed in share: answers that are never kept, moments as people
//! read them.

use axum::response::{IntoResponse, Response};
use http::StatusCode;
use http::header::{CACHE_CONTROL, LOCATION};
use jiff::Timestamp;
use jiff::tz::{Offset, TimeZone};

use crate::chrome::Chrome;
use crate::look::Look;
use crate::page::{Page, Policy};
use crate::problem::Problem;
use crate::site::Site;
use crate::switch::local_address;

/// Goes to another page of ours.
#[must_use]
pub fn see_other(path: &str) -> Response {
    let mut response = StatusCode::SEE_OTHER.into_response();
    let headers = response.headers_mut();
    headers.insert(CACHE_CONTROL, Policy::Never.header());
    headers.insert(LOCATION, local_address(path));
    response
}

/// The frame of a page that no search engine lists; `title` is a sentence of the interface.
#[must_use]
pub fn frame(site: &Site, look: Look, path: &str, title: &str) -> Chrome {
    let mut chrome = Chrome::new(site, look, path, look.t(title));
    chrome.robots = "noindex";
    chrome
}

/// A page that is never kept.
///
/// # Errors
/// [`Problem::Internal`] when the template fails.
pub fn page<T: askama::Template>(template: &T) -> Result<Response, Problem> {
    Ok(Page::html(template)?.policy(Policy::Never).into_response())
}

/// A page that says what was wrong with the form on it.
///
/// # Errors
/// [`Problem::Internal`] when the template fails.
pub fn again<T: askama::Template>(template: &T) -> Result<Response, Problem> {
    let page = Page::html(template)?.policy(Policy::Never);
    Ok(page.status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
}

/// 09:14 26/11/2026, in Vietnam.
#[must_use]
pub fn moment(at: Timestamp) -> String {
    let there = TimeZone::fixed(Offset::constant(7)).to_datetime(at);
    there.strftime("%H:%M %d/%m/%Y").to_string()
}
