//! Files on the desk: taken with the form of the editor, shown to officers before the public sees them.

use std::sync::Arc;

use axum::extract::{Extension, Multipart, Path, State};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use policy::{Permission, UnitId, Visitor};
use serde_json::{Value, json};
use web::{Look, Page, Policy, Problem, Site};

use super::edit::{Typed, refused, shown_again};
use super::sentence;
use crate::Workshop;
use crate::model::{Media, PostId};
use crate::site::file::answer;
use crate::write::{self, PostError};
use crate::{store, upload};

/// `POST …/moi/tep`: keeps the file and gives the form back with the file at the end of the text. A script
/// that asks for JSON gets what it is.
pub(super) async fn take_first(
    workshop: Arc<dyn Workshop>,
    State(site): State<Site>,
    look: Look,
    Extension(who): Extension<Visitor>,
    headers: HeaderMap,
    form: Multipart,
) -> Result<Response, Problem> {
    take(&site, look, &who, None, &*workshop, wants_json(&headers), form).await
}

/// `POST …/{id}/tep`: the same for a post that is there.
pub(super) async fn take_later(
    workshop: Arc<dyn Workshop>,
    State(site): State<Site>,
    look: Look,
    Extension(who): Extension<Visitor>,
    Path(id): Path<i64>,
    headers: HeaderMap,
    form: Multipart,
) -> Result<Response, Problem> {
    take(
        &site,
        look,
        &who,
        Some(id),
        &*workshop,
        wants_json(&headers),
        form,
    )
    .await
}

pub(super) fn wants_json(headers: &HeaderMap) -> bool {
    let accept = headers
        .get(http::header::ACCEPT)
        .and_then(|accept| accept.to_str().ok());
    accept.is_some_and(|accept| accept.starts_with("application/json"))
}

/// What a form with a file holds.
#[derive(Default)]
struct Sent {
    typed: Typed,
    name: String,
    bytes: Bytes,
    /// What the picture shows, or what the file is called.
    about: String,
    /// What is said in it.
    said: String,
    /// A Word file to be taken over.
    word: Bytes,
}

async fn read(mut form: Multipart) -> Result<Sent, Problem> {
    let broken = |_| Problem::Invalid("Tệp chưa được gửi trọn vẹn hoặc lớn hơn 64 MB. Xin thử lại.".into());
    let mut pairs = Vec::new();
    let mut sent = Sent::default();
    while let Some(field) = form.next_field().await.map_err(broken)? {
        let name = field.name().unwrap_or_default().to_owned();
        if name == "tep" {
            sent.name = field.file_name().unwrap_or_default().to_owned();
            sent.bytes = field.bytes().await.map_err(broken)?;
            continue;
        }
        if name == "word" {
            sent.word = field.bytes().await.map_err(broken)?;
            continue;
        }
        let value = field.text().await.map_err(broken)?;
        match name.as_str() {
            "mo_ta" => sent.about = value,
            "loi" => sent.said = value,
            _ => pairs.push((name, value)),
        }
    }
    sent.typed = Typed::of(pairs);
    Ok(sent)
}

async fn take(
    site: &Site,
    look: Look,
    who: &Visitor,
    id: Option<i64>,
    workshop: &dyn Workshop,
    json: bool,
    form: Multipart,
) -> Result<Response, Problem> {
    let sent = read(form).await?;
    let mut typed = sent.typed;
    let unit = match id {
        Some(id) => write::open(site, who, Permission::WritePosts, PostId(id))
            .await
            .map(|opened| opened.post.unit),
        None => Ok(UnitId::of(typed.unit)),
    };
    let unit = match unit {
        Ok(unit) => unit,
        Err(error) => return failed(site, look, who, id, typed, error, json).await,
    };
    if !sent.word.is_empty() {
        let taken = upload::word(site, workshop, who, unit, sent.word).await;
        return match taken {
            Ok(taken) => {
                typed.take_word(taken);
                shown_again(site, look, who, id, typed).await
            }
            Err(error) => failed(site, look, who, id, typed, error, json).await,
        };
    }
    match upload::upload(site, workshop, who, unit, sent.name, sent.bytes).await {
        Ok(media) if json => {
            let mut made = described(&media);
            made["line"] = json!(lines(&media, &sent.about, &sent.said));
            Ok(Page::json(&made)?.policy(Policy::Never).into_response())
        }
        Ok(media) => {
            typed.append(&lines(&media, &sent.about, &sent.said));
            shown_again(site, look, who, id, typed).await
        }
        Err(error) => failed(site, look, who, id, typed, error, json).await,
    }
}

async fn failed(
    site: &Site,
    look: Look,
    who: &Visitor,
    id: Option<i64>,
    typed: Typed,
    error: PostError,
    json: bool,
) -> Result<Response, Problem> {
    if !json {
        return refused(site, look, who, id, typed, error).await;
    }
    let said = sentence(look, &error)?;
    Ok(Page::json(&json!({ "error": said }))?
        .policy(Policy::Never)
        .status(StatusCode::UNPROCESSABLE_ENTITY)
        .into_response())
}

/// A file as the formatted editor knows it.
pub(super) fn described(media: &Media) -> Value {
    let shown = media
        .files
        .iter()
        .rev()
        .find(|file| file.width <= 960)
        .or(media.files.last());
    json!({
        "id": media.id,
        "kind": media.kind.code(),
        "name": media.name,
        "src": shown.map(|file| format!("{}/{}/{}", super::FILES, media.id, file.name)),
        "width": shown.map(|file| file.width),
        "height": shown.map(|file| file.height),
    })
}

/// The file as lines of the text.
fn lines(media: &Media, about: &str, said: &str) -> String {
    let about = viet::nfc(about).split_whitespace().collect::<Vec<_>>().join(" ");
    let mut out = format!("![{about}](tep:{})\n", media.id);
    if media.kind.plays() {
        for line in said.lines().map(str::trim).filter(|line| !line.is_empty()) {
            out.push_str(&format!("~ {line}\n"));
        }
    }
    out
}

/// `GET …/tep/{id}/{name}`: a file of one's units, whether a public post shows it or not.
pub(super) async fn page(
    State(site): State<Site>,
    Extension(who): Extension<Visitor>,
    Path((media, name)): Path<(i64, String)>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let found = reached(&site, &who, media).await.map_err(Problem::internal)?;
    let file = found.and_then(|media| media.files.into_iter().find(|file| file.name == name));
    let file = file.ok_or(Problem::NotFound)?;
    Ok(answer(&site, &file, &headers).await?.into_response())
}

async fn reached(site: &Site, who: &Visitor, media: i64) -> Result<Option<Media>, PostError> {
    let mut tx = site.db().snapshot().await?;
    let Some(media) = store::media_by_ids(&mut tx, &[media]).await?.remove(&media) else {
        return Ok(None);
    };
    let may = write::reaches(&mut tx, site, who, Permission::ReadDrafts, media.unit).await?;
    Ok(may.then_some(media))
}
