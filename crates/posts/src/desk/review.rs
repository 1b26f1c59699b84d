//! `/ban-lam-viec/bai/{id}/ra-soat`: what the law has changed of what a public post cites, then and now.

use acts::compare::{Words, word_by_word};
use acts::store::Pin;
use askama::Template;
use axum::extract::{Extension, Form, Path, State};
use axum::response::Response;
use policy::{Permission, Visitor};
use serde::Deserialize;
use web::private::{again, frame, page as answer, see_other};
use web::{Chrome, Look, Problem, Site};

use super::sentence;
use crate::model::PostId;
use crate::touch::{self, Changed};
use crate::write::PostError;

/// A provision then and now.
struct Row {
    words: String,
    path: String,
    since: String,
    /// The act that changed it: name and address.
    by: Option<(String, String)>,
    heading: String,
    /// Then and now; `None` where the text of then is not kept.
    texts: Option<Words>,
    now: Vec<String>,
    /// The words are the same: the provision no longer holds.
    same: bool,
}

#[derive(Template)]
#[template(path = "review.html")]
struct Review {
    chrome: Chrome,
    error: String,
    id: i64,
    version: i64,
    title: String,
    public: String,
    seen: String,
    rows: Vec<Row>,
    may_confirm: bool,
    may_write: bool,
}

async fn row(site: &Site, one: Changed) -> db::Result<Row> {
    let pin = Pin {
        act: &one.pinned.act,
        provision: &one.pinned.provision,
        hash: &one.pinned.hash,
    };
    let (then, now) = acts::store::pin_texts(site.db(), &pin, site.today()).await?;
    let texts = then.as_ref().map(|then| word_by_word(then, &now));
    Ok(Row {
        path: one.pinned.path(),
        since: viet::date_numeric(one.touched.since),
        by: one
            .touched
            .by
            .map(|by| (by.name().short(), format!("/van-ban/{}", by.slug))),
        heading: now.heading.clone(),
        same: texts.as_ref().is_some_and(|texts| texts.places == 0),
        texts,
        now: now.text.lines().map(str::to_owned).collect(),
        words: one.pinned.words,
    })
}

async fn view(site: &Site, look: Look, who: &Visitor, id: PostId) -> Result<Review, PostError> {
    let shown = touch::open(site, who, Permission::ReadDrafts, id).await?;
    let (db, today) = (site.db(), site.today());
    let changed = touch::changed(site, id, shown.version).await?;
    let seen = touch::seen(&changed);
    let mut rows = Vec::with_capacity(changed.len());
    for one in changed {
        rows.push(row(site, one).await?);
    }
    let (publishes, writes) = (
        who.roots(Permission::PublishPosts),
        who.roots(Permission::WritePosts),
    );
    Ok(Review {
        chrome: frame(
            site,
            look,
            &format!("/ban-lam-viec/bai/{}/ra-soat", id.0),
            "Rà soát bài theo quy định mới",
        ),
        error: String::new(),
        id: id.0,
        version: shown.version,
        title: shown.title,
        public: format!("/bai/{}", shown.slug),
        seen,
        rows,
        may_confirm: units::scope::reaches(db, &publishes, shown.unit, today).await?
            && !touch::is_author(db, who, id, shown.version).await?,
        may_write: units::scope::reaches(db, &writes, shown.unit, today).await?,
    })
}

/// `GET …/{id}/ra-soat`
pub(super) async fn page(
    State(site): State<Site>,
    look: Look,
    Extension(who): Extension<Visitor>,
    Path(id): Path<i64>,
) -> Result<Response, Problem> {
    match view(&site, look, &who, PostId(id)).await {
        Ok(view) => answer(&view),
        Err(error) => Err(sentence(look, &error).err().unwrap_or(Problem::NotFound)),
    }
}

/// What the officer saw.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Saw {
    phien_ban: i64,
    luat: String,
}

/// `POST …/{id}/ra-soat`
pub(super) async fn confirm(
    State(site): State<Site>,
    look: Look,
    Extension(who): Extension<Visitor>,
    Path(id): Path<i64>,
    Form(saw): Form<Saw>,
) -> Result<Response, Problem> {
    let id = PostId(id);
    let error = match touch::confirm(&site, &who, id, saw.phien_ban, &saw.luat).await {
        Ok(()) => return Ok(see_other(&format!("/ban-lam-viec/bai/{}/ra-soat", id.0))),
        Err(PostError::Elsewhere) => look
            .t("Bài hoặc quy định đã thay đổi sau khi bạn mở trang. Chưa có gì được ghi. Xin xem lại.")
            .to_owned(),
        Err(error) => sentence(look, &error)?,
    };
    match view(&site, look, &who, id).await {
        Ok(mut view) => {
            view.error = error;
            again(&view)
        }
        Err(error) => Err(sentence(look, &error).err().unwrap_or(Problem::NotFound)),
    }
}
