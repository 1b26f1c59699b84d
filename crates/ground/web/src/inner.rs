//! The routes and layers that the kernel itself adds around the rooms' handlers.

use std::any::Any;

use axum::Router;
use axum::extract::{DefaultBodyLimit, MatchedPath, Path, Request};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use http::header::{ACCESS_CONTROL_ALLOW_ORIGIN, CONTENT_SECURITY_POLICY, HeaderName, VARY};
use http::{HeaderValue, StatusCode};
use tower_http::catch_panic::CatchPanicLayer;

use crate::assets;
use crate::headers::CSP_ASSET;
use crate::page::{Page, Policy};
use crate::problem::Problem;
use crate::routes::{Access, Routes};
use crate::switch;

const CORP: HeaderName = HeaderName::from_static("cross-origin-resource-policy");

/// Assets, the choice of look, health.
pub fn routes() -> Routes {
    Routes::new()
        .get("/tai-nguyen/{*name}", Access::Public, serve_asset)
        .post("/giao-dien", Access::Public, switch::choose)
        .get("/healthz", Access::Public, answered_before)
        .get("/readyz", Access::Public, answered_before)
}

/// Health is answered before routing; the routes stand in the table all the same.
async fn answered_before() -> StatusCode {
    StatusCode::NO_CONTENT
}

/// Puts limits and the catching of panics around the rooms' router.
pub fn layered(router: Router, body_limit: usize) -> Router {
    router
        .route_layer(from_fn(name_route))
        .fallback(|| async { Problem::NotFound })
        .layer(DefaultBodyLimit::max(body_limit))
        .layer(CatchPanicLayer::custom(|cause: Box<dyn Any + Send>| {
            let cause = cause
                .downcast_ref::<&str>()
                .copied()
                .unwrap_or("panic")
                .to_owned();
            Problem::internal(cause).into_response()
        }))
}

/// Hands the matched pattern back with the answer, for metrics.
async fn name_route(request: Request, next: Next) -> Response {
    let route = request.extensions().get::<MatchedPath>().cloned();
    let mut response = next.run(request).await;
    if let Some(route) = route {
        response.extensions_mut().insert(route);
    }
    response
}

async fn serve_asset(Path(name): Path<String>) -> Result<Page, Problem> {
    let asset = assets::at(&format!("{}{name}", assets::PREFIX)).ok_or(Problem::NotFound)?;
    let page = Page::bytes(asset.content_type, asset.body.clone())
        .policy(Policy::Immutable)
        .header(CONTENT_SECURITY_POLICY, HeaderValue::from_static(CSP_ASSET))
        .header(VARY, HeaderValue::from_static("accept-encoding"));
    // A page under another host (embeds, the static copy) loads the fonts too.
    let is_font = asset.content_type.starts_with("font/");
    Ok(if is_font {
        page.header(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"))
            .header(CORP, HeaderValue::from_static("cross-origin"))
    } else {
        page
    })
}

/// Whether pages below this path are ever kept in the database.
pub fn may_be_stored(path: &str) -> bool {
    !path.starts_with(assets::PREFIX) && !path.starts_with("/api/")
}
