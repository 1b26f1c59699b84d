//! `POST /giao-dien`: choice of theme and text size without script.

use axum::extract::{Form, State};
use axum::response::{IntoResponse, Response};
use http::header::{CACHE_CONTROL, LOCATION, SET_COOKIE};
use http::{HeaderValue, StatusCode};
use serde::Deserialize;

use crate::look::{LOOK_COOKIE, Lang, Look, Size, Theme};
use crate::page::Policy;
use crate::site::Site;

const YEAR: u32 = 365 * 24 * 3600;

/// The form: words of [`Theme`] and [`Size`], and the local address to return to.
#[derive(Debug, Deserialize)]
pub struct Choice {
    #[serde(default)]
    theme: Option<String>,
    #[serde(default)]
    size: Option<String>,
    #[serde(default)]
    ve: String,
}

/// Sets the cookie and returns to the page. A field that is missing keeps its present value.
pub async fn choose(State(site): State<Site>, look: Look, Form(choice): Form<Choice>) -> Response {
    let look = Look {
        lang: Lang::Vi,
        theme: choice.theme.map_or(look.theme, |word| Theme::from_word(&word)),
        size: choice.size.map_or(look.size, |word| Size::from_word(&word)),
    };
    let secure = if site.is_https() { "; Secure" } else { "" };
    let cookie = format!(
        "{LOOK_COOKIE}={}; Path=/; Max-Age={YEAR}; SameSite=Lax; HttpOnly{secure}",
        look.cookie_value()
    );
    let mut response = StatusCode::SEE_OTHER.into_response();
    let headers = response.headers_mut();
    headers.insert(CACHE_CONTROL, Policy::Never.header());
    headers.insert(LOCATION, local_address(&choice.ve));
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        headers.insert(SET_COOKIE, cookie);
    }
    response
}

/// The address if it is a path on this site, otherwise the home page.
pub fn local_address(address: &str) -> HeaderValue {
    let is_path = address.starts_with('/')
        && !address.starts_with("//")
        && address.bytes().all(|b| b.is_ascii_graphic() && b != b'\\');
    let address = if is_path { address } else { "/" };
    HeaderValue::from_str(address).unwrap_or(HeaderValue::from_static("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_local_addresses_are_returned_to() {
        for good in ["/", "/van-ban/91-2015-qh13?x=1#art_1", "/en/tim?q=%C4%91"] {
            assert_eq!(local_address(good), good);
        }
        for evil in [
            "",
            "//evil.example",
            "/\\evil.example",
            "https://evil.example",
            "/a\r\nX: y",
            "/đ",
        ] {
            assert_eq!(local_address(evil), "/", "{evil:?}");
        }
    }
}
