//! The JSON API of posts under `/api/v1/posts`, described at `/api/posts/openapi.json`.

mod shapes;

use acts::api::{ProblemBody, number, place, valid, word};
use acts::store::Pin;
use axum::extract::rejection::{PathRejection, QueryRejection};
use axum::extract::{Path, Query, State};
use jiff::Timestamp;
use policy::UnitId;
use serde::Deserialize;
use units::model::Unit;
use utoipa::{IntoParams, OpenApi};
use web::{Access, FILES, Page, Policy, Problem, Routes, Site};

use crate::model::{Shown, Wanted};
use crate::site::unit_at;
use crate::store;
use shapes::{CitationBody, KindBody, ListBody, PostBody, PostLine};

/// The description of the API.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "API bài viết",
        description = "Bài giải thích pháp luật đã đăng của các cơ quan: nội dung theo từng khối, ngôn ngữ, điều khoản được dẫn. Không cần đăng ký; dữ liệu mở.",
        license(name = "Apache-2.0", identifier = "Apache-2.0")
    ),
    paths(posts, post, kinds, topics)
)]
struct Description;

/// The description of the API as committed in `docs/openapi-posts.json`.
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
        .get("/api/posts/openapi.json", Access::Public, openapi)
        .get("/api/v1/posts", Access::Public, posts)
        .get("/api/v1/posts/{slug}", Access::Public, post)
        .get("/api/v1/post-kinds", Access::Public, kinds)
        .get("/api/v1/topics", Access::Public, topics)
}

async fn openapi() -> Result<Page, Problem> {
    let text = description().map_err(Problem::internal)?;
    Ok(Page::bytes("application/json", text).policy(Policy::Feed))
}

/// Which posts; values arrive as text, so that each wrong one gets a sentence of its own.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
struct ListAsked {
    /// Loại bài, theo `/api/v1/post-kinds`.
    #[param(required = false)]
    kind: String,
    /// Nhóm thông tin, theo `/api/v1/topics`.
    #[param(required = false)]
    topic: String,
    /// Địa chỉ của đơn vị; gồm cả bài của các đơn vị mà đơn vị này kế thừa.
    #[param(required = false)]
    unit: String,
    /// Địa chỉ của văn bản mà bài dẫn, ví dụ `91-2015-qh13`.
    #[param(required = false)]
    act: String,
    /// Mã của điều khoản trong văn bản ấy, ví dụ `art_20`; chỉ dùng cùng `act`.
    #[param(required = false)]
    provision: String,
    /// Trang, từ 1.
    #[param(required = false, value_type = u32, minimum = 1)]
    page: String,
    /// Số bài mỗi trang, từ 1 đến 200, mặc định 20.
    #[param(required = false, value_type = u32, minimum = 1, maximum = 200)]
    per_page: String,
}

impl ListAsked {
    /// What is asked for, and the page; a sentence for the first argument that is wrong.
    async fn wanted(self, site: &Site) -> Result<(Wanted, u32, u32), Problem> {
        let db = site.db();
        let kinds = store::kinds(db).await.map_err(Problem::internal)?;
        let topics = store::topics(db).await.map_err(Problem::internal)?;
        let page = number("page", &self.page, 1, 100_000)?.unwrap_or(1);
        let per_page = number("per_page", &self.per_page, 1, 200)?.unwrap_or(20);
        let mut wanted = Wanted {
            kind: word("kind", &self.kind, |code| {
                kinds
                    .iter()
                    .find(|kind| kind.code == code)
                    .map(|kind| kind.code.clone())
            })?,
            topic: word("topic", &self.topic, |code| {
                topics
                    .iter()
                    .find(|topic| topic.code == code)
                    .map(|topic| topic.code.clone())
            })?,
            limit: i64::from(per_page),
            offset: i64::from(page - 1) * i64::from(per_page),
            ..Wanted::default()
        };
        if !self.unit.is_empty() {
            let unit = unit_at(site, &self.unit).await.map_err(Problem::internal)?;
            let unit = unit.ok_or(Problem::NotFound)?;
            let with_past = units::store::with_past(db, &[unit.id], site.today()).await;
            wanted.units = with_past.map_err(Problem::internal)?;
        }
        if !self.act.is_empty() {
            let act = acts::store::act_by_slug(db, &self.act)
                .await
                .map_err(Problem::internal)?;
            let act = act.ok_or(Problem::NotFound)?;
            wanted.law = Some((act.slug, (!self.provision.is_empty()).then_some(self.provision)));
        }
        Ok((wanted, page, per_page))
    }
}

/// The units that answer for posts.
async fn publishers(site: &Site, shown: &[Shown]) -> Result<Vec<Unit>, Problem> {
    let mut ids: Vec<UnitId> = shown.iter().map(|one| one.unit).collect();
    ids.sort_unstable();
    ids.dedup();
    units::store::units(site.db(), &ids)
        .await
        .map_err(Problem::internal)
}

/// Danh sách bài đã đăng, mới nhất trước; lọc và phân trang như `/bai`.
#[utoipa::path(
    get, path = "/api/v1/posts", operation_id = "posts", params(ListAsked),
    responses(
        (status = 200, description = "Một trang của danh sách", body = ListBody),
        (status = 400, description = "Tham số sai", body = ProblemBody, content_type = "application/problem+json"),
        (status = 404, description = "Không có đơn vị hoặc văn bản này", body = ProblemBody, content_type = "application/problem+json")
    )
)]
async fn posts(
    State(site): State<Site>,
    read: Result<Query<ListAsked>, QueryRejection>,
) -> Result<Page, Problem> {
    let (wanted, page, per_page) = valid(read)?.wanted(&site).await?;
    let now = site.now();
    let boundary = store::next_boundary(site.db(), now)
        .await
        .map_err(Problem::internal)?;
    let listed = store::shown_list(site.db(), &wanted, now).await;
    let (shown, total) = listed.map_err(Problem::internal)?;
    let units = publishers(&site, &shown).await?;
    let lines = shown
        .iter()
        .map(|one| PostLine::new(&site, one, &units))
        .collect();
    let body = ListBody::new(total, page, per_page, lines);
    Ok(until(
        Page::json(&body)?.dep("posts").dep("units").dep("topics"),
        &site,
        boundary,
    ))
}

fn until(page: Page, site: &Site, boundary: Option<Timestamp>) -> Page {
    let page = page.fresh_until(site.next_midnight());
    match boundary {
        Some(at) => page.fresh_until(at),
        None => page,
    }
}

/// Một bài: nội dung theo từng khối, các ngôn ngữ, tệp kèm theo, điều khoản được dẫn (ghim theo nội dung lúc viết).
#[utoipa::path(
    get, path = "/api/v1/posts/{slug}", operation_id = "post",
    params(("slug" = String, Path, description = "Địa chỉ của bài")),
    responses(
        (status = 200, description = "Bài", body = PostBody),
        (status = 404, description = "Không có bài này, hoặc bài đã gỡ", body = ProblemBody, content_type = "application/problem+json")
    )
)]
async fn post(State(site): State<Site>, slug: Result<Path<String>, PathRejection>) -> Result<Page, Problem> {
    let slug: String = place(slug)?;
    let db = site.db();
    let shown = store::shown_at(db, &slug, site.now())
        .await
        .map_err(Problem::internal)?;
    let shown = shown.ok_or(Problem::NotFound)?;
    let version = store::version(db, shown.id, shown.version).await;
    let version = version.map_err(Problem::internal)?.ok_or(Problem::NotFound)?;
    let files = store::post_media(db, shown.id, shown.version).await;
    let files = files.map_err(Problem::internal)?;
    let cited = store::pins(db, shown.id, shown.version).await;
    let cited = cited.map_err(Problem::internal)?;
    let pins: Vec<Pin<'_>> = cited
        .iter()
        .map(|one| Pin {
            act: &one.act,
            provision: &one.provision,
            hash: &one.hash,
        })
        .collect();
    let touched = acts::store::touched(db, &pins, site.today()).await;
    let touched = touched.map_err(Problem::internal)?;
    let citation = |(at, one)| CitationBody::new(&site, one, touched.iter().find(|change| change.pin == at));
    let citations = cited.iter().enumerate().map(citation).collect();
    let units = publishers(&site, std::slice::from_ref(&shown)).await?;
    let base = match site.files_url() {
        "" => site.base_url(),
        there => there,
    };
    let base = format!("{base}{}", FILES.trim_end_matches('/'));
    let line = PostLine::new(&site, &shown, &units);
    let body = PostBody::new(line, &version.draft, citations, &files, &base);
    let page = Page::json(&body)?
        .dep(format!("post:{slug}"))
        .dep("units")
        .dep("topics");
    let page = cited
        .iter()
        .fold(page, |page, one| page.dep(format!("act:{}", one.act)));
    Ok(until(page, &site, shown.showing.until))
}

/// Các loại bài.
#[utoipa::path(
    get, path = "/api/v1/post-kinds", operation_id = "post_kinds",
    responses((status = 200, description = "Các loại theo thứ tự", body = Vec<KindBody>))
)]
async fn kinds(State(site): State<Site>) -> Result<Page, Problem> {
    let kinds = store::kinds(site.db()).await.map_err(Problem::internal)?;
    let body: Vec<KindBody> = kinds.into_iter().map(KindBody::from).collect();
    Ok(Page::json(&body)?.dep("posts"))
}

/// Các nhóm thông tin đang dùng.
#[utoipa::path(
    get, path = "/api/v1/topics", operation_id = "topics",
    responses((status = 200, description = "Các nhóm theo thứ tự", body = Vec<KindBody>))
)]
async fn topics(State(site): State<Site>) -> Result<Page, Problem> {
    let topics = store::topics_on(site.db(), site.today())
        .await
        .map_err(Problem::internal)?;
    let body: Vec<KindBody> = topics.into_iter().map(KindBody::from).collect();
    Ok(Page::json(&body)?.dep("topics").fresh_until(site.next_midnight()))
}
