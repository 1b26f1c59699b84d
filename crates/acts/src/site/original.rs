//! The original file of an act, exactly as it came: shown in a sandbox or downloaded.

use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Response};
use http::HeaderValue;
use http::header::{CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, HeaderName};
use serde::Deserialize;
use web::headers::CSP_FOREIGN;
use web::{Page, Policy, Problem, Site};

use super::act::found;
use crate::model::Original;
use crate::store;

const ROBOTS: HeaderName = HeaderName::from_static("x-robots-tag");

/// How the file is wanted.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Wanted {
    #[serde(rename = "tai-ve")]
    tai_ve: String,
}

/// `GET /van-ban/{slug}/ban-goc/{sha256}`; `?tai-ve=1` downloads.
pub async fn file(
    State(site): State<Site>,
    Path((slug, sha256)): Path<(String, String)>,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Problem> {
    let act = found(&site, &slug).await?;
    let original = store::original(site.db(), act.id, &sha256)
        .await
        .map_err(Problem::internal)?;
    let original = original.ok_or(Problem::NotFound)?;
    let bytes = site
        .blobs()
        .get(&original.sha256)
        .await
        .map_err(Problem::internal)?
        .ok_or(Problem::NotFound)?;
    let shown = shown_type(&original.media_type).filter(|_| wanted.tai_ve.is_empty());
    let page = Page::bytes(shown.unwrap_or("application/octet-stream"), bytes)
        .policy(Policy::Page)
        .dep(format!("act:{slug}"))
        .header(CONTENT_SECURITY_POLICY, HeaderValue::from_static(CSP_FOREIGN))
        .header(ROBOTS, HeaderValue::from_static("noindex"))
        .header(CONTENT_DISPOSITION, disposition(&original, shown.is_none()));
    Ok(page.into_response())
}

/// The type under which a browser may show a file in the sandbox; `None` = download only.
#[must_use]
pub fn shown_type(media_type: &str) -> Option<&'static str> {
    match media_type.split(';').next().unwrap_or_default().trim() {
        "text/html" => Some("text/html"),
        "text/plain" => Some("text/plain; charset=utf-8"),
        _ => None,
    }
}

/// `attachment` or `inline` with the file's name, in ASCII and in UTF-8 (RFC 6266).
fn disposition(original: &Original, attached: bool) -> HeaderValue {
    let word = if attached { "attachment" } else { "inline" };
    let name = original.file_name.rsplit(['/', '\\']).next().unwrap_or_default();
    let plain: String = name.chars().map(|c| if is_plain(c) { c } else { '_' }).collect();
    let full: String = name.bytes().map(encoded).collect();
    HeaderValue::from_str(&format!("{word}; filename=\"{plain}\"; filename*=UTF-8''{full}"))
        .unwrap_or(HeaderValue::from_static("attachment"))
}

fn is_plain(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || matches!(letter, '.' | '-' | '_' | ' ')
}

fn encoded(byte: u8) -> String {
    match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'.' | b'-' | b'_' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_text_is_ever_shown() {
        assert_eq!(shown_type("text/html; charset=utf-8"), Some("text/html"));
        for media_type in [
            "image/svg+xml",
            "application/pdf",
            "application/xhtml+xml",
            "application/json",
            "",
        ] {
            assert_eq!(shown_type(media_type), None);
        }
    }

    #[test]
    fn names_of_files_cannot_break_the_header() {
        let mut original = Original {
            sha256: String::new(),
            item: 0,
            language: legal::model::Language::Vi,
            format: "html".into(),
            file_name: "a/Luật \"Đất đai\"\r\n.html".into(),
            media_type: "text/html".into(),
            size: 1,
            source: None,
            received: 0,
            parser: String::new(),
            has_text: true,
            stands: true,
            confidence: None,
            mendings: vec![],
            warnings: vec![],
        };
        let value = disposition(&original, true);
        let value = value.to_str().expect("ASCII");
        assert!(
            value
                .starts_with("attachment; filename=\"Lu_t ___t _ai___.html\"; filename*=UTF-8''Lu%E1%BA%ADt"),
            "{value}"
        );
        original.file_name = String::new();
        assert_eq!(
            disposition(&original, false),
            "inline; filename=\"\"; filename*=UTF-8''"
        );
    }
}
