//! From a handler's answer to what goes over the wire: refusals, headers, compression, entry.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::MatchedPath;
use axum::response::Response;
use bytes::Bytes;
use http::header::{ALLOW, CACHE_CONTROL, CONTENT_TYPE};
use http::{HeaderMap, HeaderValue, StatusCode};

use crate::ask::Ask;
use crate::cache::versions::Versions;
use crate::cache::{Entry, Freshness};
use crate::encode::{Coding, Effort, compress, worth_it};
use crate::headers::secure;
use crate::page::{PagePlan, Policy};
use crate::problem::Problem;
use crate::refusal;
use crate::site::Site;

/// Bodies above this are compressed on a thread of their own.
const LARGE: usize = 16 << 10;
/// The same where little effort is made, which takes a tenth of the time.
const LARGE_ONCE: usize = 128 << 10;

/// An answer ready to go.
pub enum Finished {
    /// Send as it is.
    Whole(Response),
    /// Keep, and send what the request's conditions allow. The extensions name the route.
    Kept(Arc<Entry>, http::Extensions),
}

/// Finishes the answer of a handler that began to work at number `seen` of the change log.
pub async fn of(
    site: &Site,
    versions: &Versions,
    ask: &Ask,
    seen: i64,
    mut response: Response,
    id: &HeaderValue,
) -> Finished {
    let plan: Option<PagePlan> = response.extensions_mut().remove();
    let problem: Option<Problem> = response.extensions_mut().remove();
    let status = response.status();
    let problem = problem.or_else(|| {
        if plan.is_none() {
            refusal::of_status(status)
        } else {
            None
        }
    });
    if let Some(problem) = problem {
        return Finished::Whole(refused(site, ask, &problem, id, &response));
    }
    let Some(plan) = plan else {
        return Finished::Whole(plain(site, response));
    };
    let mut route = http::Extensions::new();
    if let Some(matched) = response.extensions_mut().remove::<MatchedPath>() {
        route.insert(matched);
    }
    let mut headers = std::mem::take(response.headers_mut());
    secure(&mut headers, site);
    let coding = coding_for(&headers, plan.body.len(), ask.coding);
    let effort = match plan.policy {
        // Most searches are asked once.
        Policy::Here | Policy::Never => Effort::Once,
        _ => Effort::Now,
    };
    let body = packed(plan.body.clone(), coding, effort).await;
    let until = plan.fresh_until.map(jiff::Timestamp::as_microsecond);
    let entry = Entry::new(
        headers,
        coding,
        body,
        None,
        Freshness::new(versions, &plan.deps, seen, until).of_edition(plan.edition),
    );
    if status == StatusCode::OK && plan.policy.kept() && ask.key.is_some() {
        return Finished::Kept(Arc::new(entry), route);
    }
    let mut response = entry.response(&HeaderMap::new(), ask.head).map(Body::from);
    *response.status_mut() = status;
    response.extensions_mut().extend(route);
    Finished::Whole(response)
}

fn coding_for(headers: &HeaderMap, len: usize, wanted: Coding) -> Coding {
    let kind = headers
        .get(CONTENT_TYPE)
        .and_then(|v| v.to_str().ok())
        .unwrap_or_default();
    if worth_it(kind, len) {
        wanted
    } else {
        Coding::Identity
    }
}

/// Compression of a long page takes tens of milliseconds: other readers must not wait for it.
async fn packed(body: Bytes, coding: Coding, effort: Effort) -> Bytes {
    let large = if effort == Effort::Once { LARGE_ONCE } else { LARGE };
    if coding == Coding::Identity || body.len() <= large {
        return compress(&body, coding, effort);
    }
    let work = body.clone();
    let done = tokio::task::spawn_blocking(move || compress(&work, coding, effort)).await;
    done.unwrap_or(body)
}

fn refused(site: &Site, ask: &Ask, problem: &Problem, id: &HeaderValue, original: &Response) -> Response {
    let mut response = refusal(site, ask, problem, id);
    if let Some(allow) = original.headers().get(ALLOW) {
        response.headers_mut().insert(ALLOW, allow.clone());
    }
    if let Some(route) = original.extensions().get::<MatchedPath>() {
        response.extensions_mut().insert(route.clone());
    }
    response
}

/// The page of a refusal with all headers.
pub fn refusal(site: &Site, ask: &Ask, problem: &Problem, id: &HeaderValue) -> Response {
    let id = id.to_str().unwrap_or_default();
    plain(
        site,
        refusal::response(site, ask.look, problem, id, ask.wants_json()),
    )
}

/// An answer that is not kept: headers completed, `no-store` unless it says otherwise.
pub fn plain(site: &Site, mut response: Response) -> Response {
    let headers = response.headers_mut();
    secure(headers, site);
    headers.entry(CACHE_CONTROL).or_insert(Policy::Never.header());
    response
}

/// The headers of a page kept in the database.
pub fn html_headers(site: &Site) -> HeaderMap {
    let mut headers = HeaderMap::with_capacity(16);
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    headers.insert(CACHE_CONTROL, Policy::Page.header());
    secure(&mut headers, site);
    headers
}
