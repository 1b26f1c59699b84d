//! `/ban-lam-viec/bai`: the posts of one's units.

use askama::Template;
use axum::extract::{Extension, Query, State};
use axum::response::Response;
use policy::{Permission, UnitId, Visitor};
use serde::Deserialize;
use web::private::{frame, moment, page as answer};
use web::{Chrome, Look, Problem, Site};

use crate::model::State as Stand;
use crate::store;

const PAGE: i64 = 50;
/// Word in the address for public posts whose day of review has come.
const REVIEW: &str = "xem-lai";

struct Row {
    id: i64,
    title: String,
    unit: String,
    state: &'static str,
    updated: String,
}

#[derive(Template)]
#[template(path = "drafts.html")]
struct Drafts {
    chrome: Chrome,
    may_write: bool,
    /// Code, name, whether chosen.
    states: Vec<(&'static str, &'static str, bool)>,
    rows: Vec<Row>,
    next: Option<i64>,
    chosen: &'static str,
}

/// Which posts.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    #[serde(rename = "trang-thai")]
    state: String,
    trang: String,
}

pub(super) async fn page(
    State(site): State<Site>,
    look: Look,
    Extension(who): Extension<Visitor>,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let (db, today) = (site.db(), site.today());
    let units = units::scope::spread(db, who.roots(Permission::ReadDrafts), today);
    let units = units.await.map_err(Problem::internal)?;
    let state = Stand::from_code(&asked.state);
    let number: i64 = asked.trang.parse().unwrap_or(1).clamp(1, 5_000);
    let review = (asked.state == REVIEW).then_some(today);
    let listed = store::post_list(db, &units, state, review, PAGE + 1, (number - 1) * PAGE);
    let mut posts = listed.await.map_err(Problem::internal)?;
    let more = posts.len() > PAGE as usize;
    posts.truncate(PAGE as usize);
    let ids: Vec<UnitId> = posts.iter().map(|(post, _)| post.unit).collect();
    let names = units::scope::names(db, &ids, today)
        .await
        .map_err(Problem::internal)?;
    let row = |((post, title), unit): ((crate::model::Post, String), String)| Row {
        id: post.id.0,
        title,
        unit,
        state: post.state.label(),
        updated: moment(post.updated),
    };
    answer(&Drafts {
        chrome: frame(&site, look, "/ban-lam-viec/bai", "Bài viết của đơn vị"),
        may_write: who.may(Permission::WritePosts),
        states: Stand::ALL
            .map(|one| (one.code(), one.label(), Some(one) == state))
            .into_iter()
            .chain([(REVIEW, "Đến ngày xem lại", review.is_some())])
            .collect(),
        rows: posts.into_iter().zip(names).map(row).collect(),
        next: more.then_some(number + 1),
        chosen: state.map_or(review.map_or("", |_| REVIEW), Stand::code),
    })
}
