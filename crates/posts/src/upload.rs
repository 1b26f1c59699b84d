//! What officers upload: looked at where it can do no harm, kept, and given out.

use audit::{Actor, Entry};
use bytes::Bytes;
use futures::future::BoxFuture;
use media::{Kind, Taken};
use policy::{Permission, UnitId, Visitor};
use readers::Refusal;
use serde_json::json;
use web::Site;

use crate::body::Block;
use crate::model::{File, Media};
use crate::write::{PostError, reaches};
use crate::{clean, store};

/// Looks at files that strangers made, somewhere where they can do no harm.
pub trait Workshop: Send + Sync {
    /// [`media::take`].
    fn take(&self, name: String, bytes: Bytes) -> BoxFuture<'_, Result<Taken, Refusal>>;

    /// [`media::word`].
    fn word(&self, bytes: Bytes) -> BoxFuture<'_, Result<media::Page, Refusal>>;
}

/// What a Word file gave.
#[derive(Debug)]
pub struct FromWord {
    /// Its text with its pictures, which are kept.
    pub body: Vec<Block>,
    /// Why pictures of it were left out, in sentences.
    pub left_out: Vec<String>,
}

/// Takes over a Word file with its pictures.
///
/// # Errors
/// No reach, a file that is refused, or what database and storage say.
pub async fn word(
    site: &Site,
    workshop: &dyn Workshop,
    who: &Visitor,
    unit: UnitId,
    bytes: Bytes,
) -> Result<FromWord, PostError> {
    may(site, who, unit).await?;
    let page = workshop
        .word(bytes)
        .await
        .map_err(|why| PostError::File(why.message))?;
    let (mut html, mut left_out) = (page.html, Vec::new());
    for (number, picture) in page.pictures.into_iter().enumerate() {
        let place = format!("src=\"hinh:{number}\"");
        match picture {
            Ok(taken) => {
                let media = keep(site, who, unit, taken).await?;
                html = html.replace(&place, &format!("src=\"tep:{}\"", media.id));
            }
            Err(why) => left_out.push(format!("Hình {}: {}", number + 1, why.message)),
        }
    }
    Ok(FromWord {
        body: clean::read(&html),
        left_out,
    })
}

async fn may(site: &Site, who: &Visitor, unit: UnitId) -> Result<(), PostError> {
    let mut tx = site.db().snapshot().await?;
    let may = reaches(&mut tx, site, who, Permission::WritePosts, unit).await?;
    may.then_some(()).ok_or(PostError::Reach)
}

/// Keeps a file of a unit.
///
/// # Errors
/// No reach, a file that is refused, or what database and storage say.
pub async fn upload(
    site: &Site,
    workshop: &dyn Workshop,
    who: &Visitor,
    unit: UnitId,
    name: String,
    bytes: Bytes,
) -> Result<Media, PostError> {
    may(site, who, unit).await?;
    if bytes.is_empty() {
        return Err(PostError::Input("Xin chọn tệp để tải lên."));
    }
    let taken = workshop
        .take(name, bytes)
        .await
        .map_err(|why| PostError::File(why.message))?;
    if taken.kind != Kind::Picture && site.files_url().is_empty() {
        return Err(PostError::Input(
            "Cổng chưa có địa chỉ riêng cho tệp nên chỉ nhận hình ảnh. Xin đề nghị người vận hành đặt site.files_url.",
        ));
    }
    keep(site, who, unit, taken).await
}

async fn keep(site: &Site, who: &Visitor, unit: UnitId, taken: Taken) -> Result<Media, PostError> {
    let mut files = Vec::new();
    let mut kept = Vec::new();
    for one in taken.files {
        let bytes = Bytes::from(one.bytes);
        let size = i64::try_from(bytes.len()).unwrap_or(i64::MAX);
        files.push(File {
            name: one.name,
            media_type: one.media_type,
            width: one.width,
            height: one.height,
            size,
            sha256: site.blobs().put(bytes.clone()).await?,
        });
        kept.push(bytes);
    }
    let mut tx = site.db().begin().await?;
    let id = store::media_insert(
        &mut tx,
        unit,
        taken.kind,
        &taken.name,
        taken.has_text,
        &files,
        who,
    )
    .await?;
    let detail = json!({ "name": taken.name, "kind": taken.kind.code(), "sha256": files.last().map(|file| &file.sha256) });
    let actor = Actor::Person(who.account, who.name.clone());
    let entry = Entry::new(actor, "media.add", format!("media:{id}"))
        .unit(unit)
        .detail(detail);
    audit::append(&mut tx, &entry).await?;
    tx.commit().await?;
    // The sweep of unused files may have taken the same bytes away meanwhile.
    for bytes in kept {
        site.blobs().put(bytes).await?;
    }
    Ok(Media {
        id,
        unit,
        kind: taken.kind,
        name: taken.name,
        has_text: taken.has_text,
        files,
    })
}
