//! The versions of an act and what each amendment did, in the API.

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use jiff::civil::Date;
use legal::amend::Portion;
use serde::Serialize;
use utoipa::ToSchema;
use web::{Page, Problem, Site};

use super::shapes::ProblemBody;
use super::{found, place};
use crate::places;
use crate::store::{self, ChangeRow, Version};

/// Các phiên bản nội dung của một văn bản.
#[derive(Serialize, ToSchema)]
pub struct VersionsBody {
    /// Phiên bản theo ngày, cũ trước; rỗng khi chưa có văn bản nào sửa đổi. Nội dung khi ban hành
    /// là nội dung trước phiên bản đầu tiên.
    versions: Vec<VersionBody>,
    /// Mọi sửa đổi theo thứ tự áp dụng, kể cả sửa đổi chưa áp dụng được.
    changes: Vec<ChangeBody>,
}

/// Một phiên bản.
#[derive(Serialize, ToSchema)]
struct VersionBody {
    /// Ngày đầu tiên nội dung này có hiệu lực, đến phiên bản sau.
    #[schema(value_type = String, format = Date)]
    valid_from: Date,
    /// SHA-256 của nội dung.
    hash: String,
    /// Thời điểm hệ thống biết nội dung này, micro giây từ 1970.
    known_from: i64,
    /// Địa chỉ của toàn văn tại ngày đó.
    text: String,
}

/// Một sửa đổi đối với một điều khoản.
#[derive(Serialize, ToSchema)]
struct ChangeBody {
    /// Điều khoản của văn bản này, ví dụ art_7__clause_2; rỗng: cả văn bản.
    provision: String,
    /// Mẫu, biểu hoặc số thứ tự của bảng trong phụ lục, ví dụ Mẫu số 01; rỗng: cả phụ lục, điều khoản.
    piece: String,
    /// Ngày sửa đổi có hiệu lực.
    #[schema(value_type = Option<String>, format = Date)]
    valid_from: Option<Date>,
    /// amended, inserted, repealed, lapsed, suspended, resumed, postponed, extended, renumbered, doubted, refused.
    #[schema(value_type = String)]
    how: store::How,
    /// Vì sao chưa áp dụng được hoặc còn nghi ngờ.
    reason: Option<&'static str>,
    /// Địa chỉ của văn bản sửa đổi.
    by: String,
    /// Địa chỉ của quy định sửa đổi.
    place: String,
    /// Câu sửa đổi.
    sentence: String,
    /// Quyết định của cán bộ về câu này, nếu có.
    decision: Option<DecisionBody>,
}

/// Quyết định của cán bộ về một câu sửa đổi.
#[derive(Serialize, ToSchema)]
struct DecisionBody {
    /// Ngày quyết định.
    #[schema(value_type = String, format = Date)]
    day: Date,
    /// accept: áp dụng như đã đọc; correct: áp dụng theo cách hiểu của cán bộ; refuse: không áp dụng.
    #[schema(value_type = String)]
    ruling: store::Ruling,
}

impl VersionsBody {
    fn new(site: &Site, slug: &str, versions: Vec<Version>, changes: Vec<ChangeRow>) -> Self {
        let base = site.base_url();
        let version = |one: Version| VersionBody {
            text: format!("{base}/api/v1/acts/{slug}/text?on={}", one.valid_from),
            valid_from: one.valid_from,
            hash: one.hash,
            known_from: one.known_from,
        };
        let change = |one: ChangeRow| ChangeBody {
            place: places::address(&format!("{base}/van-ban/{}", one.by.slug), &one.place),
            piece: one.piece.as_ref().map(Portion::words).unwrap_or_default(),
            provision: one.provision,
            valid_from: one.valid_from,
            how: one.how,
            reason: one.reason.map(legal::amend::Reason::sentence),
            by: one.by.slug,
            sentence: one.sentence,
            decision: one
                .decided
                .zip(one.ruling)
                .map(|(day, ruling)| DecisionBody { day, ruling }),
        };
        Self {
            versions: versions.into_iter().map(version).collect(),
            changes: changes.into_iter().map(change).collect(),
        }
    }
}

/// Các phiên bản nội dung của một văn bản và từng sửa đổi.
#[utoipa::path(
    get, path = "/api/v1/acts/{slug}/versions", operation_id = "versions",
    params(("slug" = String, Path, description = "Địa chỉ của văn bản")),
    responses(
        (status = 200, description = "Các phiên bản", body = VersionsBody),
        (status = 404, description = "Không có văn bản này", body = ProblemBody, content_type = "application/problem+json")
    )
)]
pub async fn versions(
    State(site): State<Site>,
    slug: Result<Path<String>, PathRejection>,
) -> Result<Page, Problem> {
    let act = found(&site, &place(slug)?).await?;
    let versions = store::versions(site.db(), act.id)
        .await
        .map_err(Problem::internal)?;
    let changes = store::changes_of(site.db(), act.id)
        .await
        .map_err(Problem::internal)?;
    let body = VersionsBody::new(&site, &act.slug, versions, changes);
    Ok(Page::json(&body)?.dep(format!("act:{}", act.slug)))
}
