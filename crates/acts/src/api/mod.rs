//! The JSON API under `/api/v1`, described at `/api/openapi.json`.
//!
//! Refusals are `application/problem+json` (RFC 9457), made by the kernel from [`Problem`].

mod asked;
mod links;
mod shapes;
mod versions;

use axum::extract::rejection::{PathRejection, QueryRejection};
use axum::extract::{Path, Query, State};
use legal::cite::Citer;
use legal::model::Language;
use utoipa::OpenApi;
use web::{Access, Page, Policy, Problem, Routes, Site};
use writers::json::ActJson;

use crate::downloads;
use crate::model::Act;
use crate::store;
use asked::{AtAsked, ListAsked};
pub use asked::{number, word};
pub use shapes::ProblemBody;
use shapes::{ActBody, ActListBody, FacetsBody, ProvisionBody};

/// The description of the API.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "API văn bản pháp luật",
        description = "Văn bản pháp luật, điều khoản và hiệu lực. Không cần đăng ký; dữ liệu mở.",
        license(name = "Apache-2.0", identifier = "Apache-2.0")
    ),
    paths(
        acts,
        act,
        text,
        provision,
        facets,
        links::relations,
        links::citations,
        links::definitions,
        links::backlinks,
        versions::versions
    )
)]
struct Description;

/// The description of the API as committed in `docs/openapi.json`.
///
/// # Errors
/// When it has no JSON form, which a test excludes.
pub fn description() -> serde_json::Result<String> {
    let mut text = Description::openapi().to_pretty_json()?;
    text.push('\n');
    Ok(text)
}

/// The routes of this module.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .get("/api/openapi.json", Access::Public, openapi)
        .get("/api/v1/acts", Access::Public, acts)
        .get("/api/v1/acts/{slug}", Access::Public, act)
        .get("/api/v1/acts/{slug}/text", Access::Public, text)
        .get("/api/v1/acts/{slug}/provisions/{id}", Access::Public, provision)
        .get("/api/v1/acts/{slug}/relations", Access::Public, links::relations)
        .get("/api/v1/acts/{slug}/citations", Access::Public, links::citations)
        .get(
            "/api/v1/acts/{slug}/definitions",
            Access::Public,
            links::definitions,
        )
        .get(
            "/api/v1/acts/{slug}/provisions/{id}/backlinks",
            Access::Public,
            links::backlinks,
        )
        .get("/api/v1/acts/{slug}/versions", Access::Public, versions::versions)
        .get("/api/v1/facets", Access::Public, facets)
}

async fn openapi() -> Result<Page, Problem> {
    let text = description().map_err(Problem::internal)?;
    Ok(Page::bytes("application/json", text).policy(Policy::Feed))
}

/// Arguments as axum read them.
///
/// # Errors
/// A sentence where it could not.
pub fn valid<T>(read: Result<Query<T>, QueryRejection>) -> Result<T, Problem> {
    read.map(|Query(asked)| asked)
        .map_err(|_| Problem::Invalid("Tham số của yêu cầu không đọc được.".into()))
}

/// The parts of an address.
///
/// # Errors
/// [`Problem::NotFound`]: what is no UTF-8 names nothing.
pub fn place<T>(read: Result<Path<T>, PathRejection>) -> Result<T, Problem> {
    read.map(|Path(place)| place).map_err(|_| Problem::NotFound)
}

async fn found(site: &Site, slug: &str) -> Result<Act, Problem> {
    store::act_by_slug(site.db(), slug)
        .await
        .map_err(Problem::internal)?
        .ok_or(Problem::NotFound)
}

/// Danh sách văn bản, lọc và phân trang.
#[utoipa::path(
    get, path = "/api/v1/acts", operation_id = "acts", params(ListAsked),
    responses(
        (status = 200, description = "Một trang của danh sách", body = ActListBody),
        (status = 400, description = "Tham số sai", body = ProblemBody, content_type = "application/problem+json")
    )
)]
async fn acts(
    State(site): State<Site>,
    asked: Result<Query<ListAsked>, QueryRejection>,
) -> Result<Page, Problem> {
    let query = valid(asked)?.query(site.today())?;
    let page = store::act_list(site.db(), &query)
        .await
        .map_err(Problem::internal)?;
    let body = ActListBody::new(&site, &page, query.on);
    Ok(Page::json(&body)?.dep("acts").fresh_until(site.next_midnight()))
}

/// Một văn bản: số hiệu, cơ quan ban hành, ngày tháng, hiệu lực.
#[utoipa::path(
    get, path = "/api/v1/acts/{slug}", operation_id = "act",
    params(("slug" = String, Path, description = "Địa chỉ của văn bản, ví dụ 91-2015-qh13")),
    responses(
        (status = 200, description = "Văn bản", body = ActBody),
        (status = 404, description = "Không có văn bản này", body = ProblemBody, content_type = "application/problem+json")
    )
)]
async fn act(State(site): State<Site>, slug: Result<Path<String>, PathRejection>) -> Result<Page, Problem> {
    let act = found(&site, &place(slug)?).await?;
    let page = Page::json(&ActBody::new(&site, &act, site.today()))?;
    Ok(page
        .dep(format!("act:{}", act.slug))
        .fresh_until(site.next_midnight()))
}

/// Toàn văn của một văn bản tại một ngày; dạng như tệp tải về `/van-ban/{slug}.json`.
#[utoipa::path(
    get, path = "/api/v1/acts/{slug}/text", operation_id = "text",
    params(("slug" = String, Path, description = "Địa chỉ của văn bản"), AtAsked),
    responses(
        (status = 200, description = "Toàn văn, xem docs/act-json.md", body = Object),
        (status = 400, description = "Tham số sai", body = ProblemBody, content_type = "application/problem+json"),
        (status = 404, description = "Không có văn bản hoặc toàn văn này", body = ProblemBody, content_type = "application/problem+json")
    )
)]
async fn text(
    State(site): State<Site>,
    slug: Result<Path<String>, PathRejection>,
    asked: Result<Query<AtAsked>, QueryRejection>,
) -> Result<Page, Problem> {
    let at = valid(asked)?.at()?;
    let act = found(&site, &place(slug)?).await?;
    let language = at.language.unwrap_or_else(|| downloads::main_language(&act));
    if !act.languages().contains(&language) {
        return Err(Problem::NotFound);
    }
    let export = downloads::load(&site, &act, language, at.on).await?;
    let page = Page::json(&ActJson::from(&export))?;
    Ok(page
        .dep(format!("act:{}", act.slug))
        .fresh_until(site.next_midnight()))
}

/// Một điều, khoản hoặc điểm với toàn bộ nội dung bên trong và cách dẫn chiếu.
#[utoipa::path(
    get, path = "/api/v1/acts/{slug}/provisions/{id}", operation_id = "provision",
    params(
        ("slug" = String, Path, description = "Địa chỉ của văn bản"),
        ("id" = String, Path, description = "Mã của điều khoản, ví dụ art_7__clause_2"),
        AtAsked
    ),
    responses(
        (status = 200, description = "Điều khoản", body = ProvisionBody),
        (status = 400, description = "Tham số sai", body = ProblemBody, content_type = "application/problem+json"),
        (status = 404, description = "Không có điều khoản này", body = ProblemBody, content_type = "application/problem+json")
    )
)]
async fn provision(
    State(site): State<Site>,
    place_of: Result<Path<(String, String)>, PathRejection>,
    asked: Result<Query<AtAsked>, QueryRejection>,
) -> Result<Page, Problem> {
    let at = valid(asked)?.at()?;
    let (slug, id) = place(place_of)?;
    let act = found(&site, &slug).await?;
    let language = at.language.unwrap_or_else(|| downloads::main_language(&act));
    let on = at.on.unwrap_or_else(|| site.today());
    let view = store::provision_view(site.db(), act.id, language, &id, on).await;
    let view = view.map_err(Problem::internal)?.ok_or(Problem::NotFound)?;
    let citation = citation(&site, &act, language, on, &view, &id).await?;
    let body = ProvisionBody::new(&site, &act, &view, language, citation);
    Ok(Page::json(&body)?
        .dep(format!("act:{}", act.slug))
        .fresh_until(site.next_midnight()))
}

/// "khoản 2 Điều 7 Bộ luật Dân sự số 91/2015/QH13"
async fn citation(
    site: &Site,
    act: &Act,
    language: Language,
    on: jiff::civil::Date,
    view: &crate::model::ProvisionView,
    id: &str,
) -> Result<Option<String>, Problem> {
    let parts = store::act_parts(site.db(), act.id, language, on)
        .await
        .map_err(Problem::internal)?;
    let known: Vec<_> = view.ancestors.iter().chain(&view.subtree).cloned().collect();
    Ok(Citer::new(act.name(), &parts, &known).cite(id))
}

/// Những gì có thể dùng để lọc danh sách: loại, cơ quan, lĩnh vực, năm.
#[utoipa::path(
    get, path = "/api/v1/facets", operation_id = "facets",
    responses((status = 200, description = "Các bộ lọc với số văn bản", body = FacetsBody))
)]
async fn facets(State(site): State<Site>) -> Result<Page, Problem> {
    let facets = store::facets(site.db()).await.map_err(Problem::internal)?;
    Ok(Page::json(&FacetsBody::from(facets))?.dep("acts"))
}
