//! The JSON API of units under `/api/v1/units`, described at `/api/units/openapi.json`.

mod shapes;

use axum::extract::rejection::{PathRejection, QueryRejection};
use axum::extract::{Path, Query, State};
use jiff::civil::Date;
use serde::Deserialize;
use utoipa::{IntoParams, OpenApi};
use web::{Access, Page, Policy, Problem, Routes, Site};

use crate::model::UnitId;
use crate::store::{self, Place};
use shapes::{KindBody, ListBody, ProblemBody, UnitBody, UnitLine};

/// The description of the API.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "API đơn vị",
        description = "Đơn vị hành chính và cơ quan theo thời gian: tên, loại, cấp trên, kế thừa. Không cần đăng ký; dữ liệu mở.",
        license(name = "Apache-2.0", identifier = "Apache-2.0")
    ),
    paths(units, unit, kinds)
)]
struct Description;

/// The description of the API as committed in `docs/openapi-units.json`.
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
        .get("/api/units/openapi.json", Access::Public, openapi)
        .get("/api/v1/units", Access::Public, units)
        .get("/api/v1/units/{slug}", Access::Public, unit)
        .get("/api/v1/unit-kinds", Access::Public, kinds)
}

async fn openapi() -> Result<Page, Problem> {
    let text = description().map_err(Problem::internal)?;
    Ok(Page::bytes("application/json", text).policy(Policy::Feed))
}

/// Which units; values arrive as text, so that each wrong one gets a sentence of its own.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
struct ListAsked {
    /// Tên hoặc một phần của tên, cũ hoặc mới, có dấu hoặc không dấu. Khi có tên thì không dùng `parent`.
    #[param(required = false)]
    q: String,
    /// Địa chỉ của đơn vị cấp trên; để trống là cấp cao nhất.
    #[param(required = false)]
    parent: String,
    /// Cơ cấu tại ngày này; mặc định là hôm nay.
    #[param(required = false, value_type = String, format = Date)]
    on: String,
    /// Trang, từ 1.
    #[param(required = false, value_type = u32, minimum = 1)]
    page: String,
    /// Số đơn vị mỗi trang, từ 1 đến 500, mặc định 100.
    #[param(required = false, value_type = u32, minimum = 1, maximum = 500)]
    per_page: String,
}

/// Ngày xét.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
struct OnAsked {
    /// Đơn vị tại ngày này; mặc định là hôm nay.
    #[param(required = false, value_type = String, format = Date)]
    on: String,
}

fn wrong(name: &str, rule: &str) -> Problem {
    Problem::Invalid(format!("Tham số {name} {rule}."))
}

fn day(text: &str, today: Date) -> Result<Date, Problem> {
    if text.is_empty() {
        return Ok(today);
    }
    let read = (text.len() == 10).then(|| text.parse().ok()).flatten();
    read.ok_or_else(|| wrong("on", "là ngày dạng 2026-11-23"))
}

fn number(name: &str, text: &str, most: u32, default: u32) -> Result<u32, Problem> {
    if text.is_empty() {
        return Ok(default);
    }
    let read = text.parse().ok().filter(|number| (1..=most).contains(number));
    read.ok_or_else(|| wrong(name, &format!("là số nguyên từ 1 đến {most}")))
}

fn asked<T>(read: Result<Query<T>, QueryRejection>) -> Result<T, Problem> {
    read.map(|Query(asked)| asked)
        .map_err(|_| Problem::Invalid("Tham số của yêu cầu không đọc được.".into()))
}

/// Danh sách đơn vị: theo tên, hoặc trực thuộc một đơn vị tại một ngày.
#[utoipa::path(
    get, path = "/api/v1/units", operation_id = "units", params(ListAsked),
    responses(
        (status = 200, description = "Một trang của danh sách", body = ListBody),
        (status = 400, description = "Tham số sai", body = ProblemBody, content_type = "application/problem+json"),
        (status = 404, description = "Không có đơn vị cấp trên này", body = ProblemBody, content_type = "application/problem+json")
    )
)]
async fn units(
    State(site): State<Site>,
    read: Result<Query<ListAsked>, QueryRejection>,
) -> Result<Page, Problem> {
    let list = asked(read)?;
    let on = day(&list.on, site.today())?;
    let page = number("page", &list.page, 100_000, 1)?;
    let per_page = number("per_page", &list.per_page, 500, 100)?;
    let offset = (page - 1).saturating_mul(per_page);
    let (lines, total) = match list.q.is_empty() {
        false => named(&site, &list.q, on, per_page, offset).await?,
        true => below(&site, &list.parent, on, per_page, offset).await?,
    };
    let body = ListBody::new(on, total, page, per_page, lines);
    Ok(Page::json(&body)?.dep("units").fresh_until(site.next_midnight()))
}

type Lines = (Vec<UnitLine>, u64);

async fn named(site: &Site, words: &str, on: Date, limit: u32, offset: u32) -> Result<Lines, Problem> {
    let words: String = words.chars().take(80).collect();
    let found = store::unit_search(site.db(), &words, on, limit, offset).await;
    let (found, total) = found.map_err(Problem::internal)?;
    let line = |one: &store::Found| UnitLine::new(site, &one.slug, &one.state);
    Ok((found.iter().map(line).collect(), total))
}

async fn below(site: &Site, parent: &str, on: Date, limit: u32, offset: u32) -> Result<Lines, Problem> {
    let parent = match parent {
        "" => None,
        slug => Some(here(site, slug).await?.id),
    };
    let found = store::children(site.db(), parent, on).await;
    let mut found = found.map_err(Problem::internal)?;
    found.sort_by(|one, two| viet::compare(&one.state.name.full, &two.state.name.full));
    let total = found.len() as u64;
    let shown = found.iter().skip(offset as usize).take(limit as usize);
    let line = |child: &store::Child| UnitLine::new(site, &child.slug, &child.state);
    Ok((shown.map(line).collect(), total))
}

async fn here(site: &Site, slug: &str) -> Result<crate::model::Unit, Problem> {
    let mut found = store::unit_at(site.db(), slug).await.map_err(Problem::internal)?;
    // A program that kept an old address gets the unit that it means.
    if let Some(Place::Moved(to)) = found {
        found = store::unit_at(site.db(), &to).await.map_err(Problem::internal)?;
    }
    match found {
        Some(Place::Here(unit)) => Ok(unit),
        _ => Err(Problem::NotFound),
    }
}

/// Một đơn vị: các giai đoạn tồn tại, đơn vị cấp trên, các lần sắp xếp, đơn vị kế thừa tại ngày xét.
#[utoipa::path(
    get, path = "/api/v1/units/{slug}", operation_id = "unit",
    params(("slug" = String, Path, description = "Địa chỉ của đơn vị, ví dụ ha-noi"), OnAsked),
    responses(
        (status = 200, description = "Đơn vị", body = UnitBody),
        (status = 400, description = "Tham số sai", body = ProblemBody, content_type = "application/problem+json"),
        (status = 404, description = "Không có đơn vị này", body = ProblemBody, content_type = "application/problem+json")
    )
)]
async fn unit(
    State(site): State<Site>,
    slug: Result<Path<String>, PathRejection>,
    read: Result<Query<OnAsked>, QueryRejection>,
) -> Result<Page, Problem> {
    let on = day(&asked(read)?.on, site.today())?;
    let Path(slug) = slug.map_err(|_| Problem::NotFound)?;
    let unit = here(&site, &slug).await?;
    let db = site.db();
    let told = store::successions_of(db, unit.id)
        .await
        .map_err(Problem::internal)?;
    let current = store::current(db, unit.id, on).await.map_err(Problem::internal)?;
    let passes = told.iter().flat_map(|one| &one.passes);
    let passed = passes.flat_map(|pass| [Some(pass.from), pass.to]).flatten();
    let parents = unit.life.pieces().filter_map(|piece| piece.1.parent);
    let named: Vec<UnitId> = passed.chain(parents).collect();
    let named = store::units(db, &named).await.map_err(Problem::internal)?;
    let body = UnitBody::new(&site, &unit, on, &told, &current, &named);
    Ok(Page::json(&body)?.dep("units").fresh_until(site.next_midnight()))
}

/// Các loại đơn vị.
#[utoipa::path(
    get, path = "/api/v1/unit-kinds", operation_id = "unit_kinds",
    responses((status = 200, description = "Các loại theo thứ tự", body = Vec<KindBody>))
)]
async fn kinds(State(site): State<Site>) -> Result<Page, Problem> {
    let kinds = store::kinds(site.db()).await.map_err(Problem::internal)?;
    let body: Vec<KindBody> = kinds.into_iter().map(KindBody::from).collect();
    Ok(Page::json(&body)?.dep("unit_kinds"))
}
