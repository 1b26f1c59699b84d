//! `/tep/{number}/{name}`: files of public posts, from their own host where there is one.

use std::ops::RangeInclusive;

use axum::extract::{Path, State};
use http::header::{
    ACCEPT_RANGES, CONTENT_DISPOSITION, CONTENT_RANGE, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderName,
    RANGE,
};
use http::{HeaderMap, HeaderValue, StatusCode};
use web::headers::CSP_FOREIGN;
use web::{Page, Policy, Problem, Site};

use crate::model::File;
use crate::store;

const ROBOTS: HeaderName = HeaderName::from_static("x-robots-tag");
const CORP: HeaderName = HeaderName::from_static("cross-origin-resource-policy");
/// Bytes up to which a file is kept with the finished pages.
const KEPT: i64 = 1 << 20;

/// `GET /tep/{number}/{name}`
pub(super) async fn page(
    State(site): State<Site>,
    Path((media, name)): Path<(i64, String)>,
    headers: HeaderMap,
) -> Result<Page, Problem> {
    let (db, now) = (site.db(), site.now());
    let file = store::file_shown(db, media, &name, now)
        .await
        .map_err(Problem::internal)?;
    let file = file.ok_or(Problem::NotFound)?;
    let page = answer(&site, &file, &headers).await?;
    let page = if file.size <= KEPT && file.width > 0 {
        page.policy(Policy::Page).dep("posts")
    } else {
        page
    };
    let boundary = store::next_boundary(db, now).await.map_err(Problem::internal)?;
    Ok(match boundary {
        Some(at) => page.fresh_until(at),
        None => page,
    })
}

/// A file as an attachment in which nothing runs; a part of it where a player asks for one.
pub(crate) async fn answer(site: &Site, file: &File, headers: &HeaderMap) -> Result<Page, Problem> {
    let size = u64::try_from(file.size).unwrap_or_default();
    let wanted = headers.get(RANGE).and_then(|range| range.to_str().ok());
    let wanted = wanted
        .filter(|_| file.width == 0)
        .and_then(|range| part(range, size));
    let bytes = match &wanted {
        Some(part) => {
            site.blobs()
                .part(&file.sha256, *part.start()..part.end() + 1)
                .await
        }
        None => site.blobs().get(&file.sha256).await,
    };
    let bytes = bytes.map_err(Problem::internal)?.ok_or(Problem::NotFound)?;
    let disposition = HeaderValue::from_str(&format!("attachment; filename=\"{}\"", file.name));
    let mut page = Page::bytes("application/octet-stream", bytes)
        .policy(Policy::Never)
        .header(CONTENT_SECURITY_POLICY, HeaderValue::from_static(CSP_FOREIGN))
        .header(ROBOTS, HeaderValue::from_static("noindex"))
        .header(CORP, HeaderValue::from_static("cross-origin"))
        .header(ACCEPT_RANGES, HeaderValue::from_static("bytes"))
        .header(
            CONTENT_DISPOSITION,
            disposition.unwrap_or(HeaderValue::from_static("attachment")),
        );
    if let Ok(media_type) = HeaderValue::from_str(&file.media_type) {
        page = page.header(CONTENT_TYPE, media_type);
    }
    if let Some(part) = wanted {
        let range = format!("bytes {}-{}/{size}", part.start(), part.end());
        page = page.status(StatusCode::PARTIAL_CONTENT);
        if let Ok(range) = HeaderValue::from_str(&range) {
            page = page.header(CONTENT_RANGE, range);
        }
    }
    Ok(page)
}

/// One range of bytes (RFC 9110, 14.1.2); anything else is answered with the whole.
fn part(range: &str, size: u64) -> Option<RangeInclusive<u64>> {
    let (from, to) = range.strip_prefix("bytes=")?.split_once('-')?;
    let last = size.checked_sub(1)?;
    let part = match (from, to) {
        ("", tail) => size.saturating_sub(tail.parse().ok()?)..=last,
        (from, "") => from.parse().ok()?..=last,
        (from, to) => from.parse().ok()?..=to.parse::<u64>().ok()?.min(last),
    };
    (!part.is_empty()).then_some(part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_lie_within_the_file() {
        for (range, wanted) in [
            ("bytes=0-9", Some(0..=9)),
            ("bytes=90-", Some(90..=99)),
            ("bytes=-10", Some(90..=99)),
            ("bytes=-1000", Some(0..=99)),
            ("bytes=50-1000", Some(50..=99)),
            ("bytes=100-", None),
            ("bytes=9-3", None),
            ("bytes=0-1,5-6", None),
            ("bytes=-", None),
            ("items=0-1", None),
        ] {
            assert_eq!(part(range, 100), wanted, "{range}");
        }
        assert_eq!(part("bytes=0-", 0), None);
    }
}
