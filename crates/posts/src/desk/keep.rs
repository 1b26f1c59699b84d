//! Copies of what is typed, every few seconds, for its officer alone.

use axum::extract::{Extension, Form, Path, State};
use axum::response::Response;
use policy::Visitor;
use serde_json::json;
use web::private::{moment, see_other};
use web::{Page, Policy, Problem, Site};

use super::edit::{Pairs, Typed, place};
use crate::model::PostId;
use crate::write::PostError;

/// `POST …/moi/tu-luu`
pub(super) async fn keep_new(
    State(site): State<Site>,
    Extension(who): Extension<Visitor>,
    Form(pairs): Form<Pairs>,
) -> Result<Page, Problem> {
    keep(&site, &who, None, pairs).await
}

/// `POST …/{id}/tu-luu`
pub(super) async fn keep_old(
    State(site): State<Site>,
    Extension(who): Extension<Visitor>,
    Path(id): Path<i64>,
    Form(pairs): Form<Pairs>,
) -> Result<Page, Problem> {
    keep(&site, &who, Some(id), pairs).await
}

/// Keeps what was typed so far for its officer alone; says when.
async fn keep(site: &Site, who: &Visitor, id: Option<i64>, pairs: Pairs) -> Result<Page, Problem> {
    let typed = Typed::of(pairs);
    let kept = crate::keep::autosave(site, who, id.map(PostId), typed.seen, &typed.kept()).await;
    match kept {
        Ok(()) => Ok(Page::json(&json!({ "at": moment(site.now()) }))?.policy(Policy::Never)),
        Err(PostError::Db(error)) => Err(Problem::internal(error)),
        Err(_) => Err(Problem::NotFound),
    }
}

/// Drops the copy that was kept while typing and begins anew with what is saved.
pub(super) async fn forget(site: &Site, who: &Visitor, id: Option<i64>) -> Result<Response, Problem> {
    crate::keep::autosave_drop(site, who, id.map(PostId))
        .await
        .map_err(Problem::internal)?;
    let end = if id.is_some() { "/sua" } else { "" };
    Ok(see_other(&format!("{}{end}", place(id))))
}
