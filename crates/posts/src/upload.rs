//! What officers upload: looked at where it can do no harm, kept, and given out.

use audit::{Actor, Entry};
use bytes::Bytes;
use futures::future::BoxFuture;
use media::{Kind, Taken};
use policy::{Permission, UnitId, Visitor};
use readers::Refusal;
use serde_json::json;
use web::Site;

use crate::model::{File, Media};
use crate::store;
use crate::write::{PostError, reaches};

/// Looks at files that strangers made, somewhere where they can do no harm.
pub trait Workshop: Send + Sync {
    /// [`media::take`].
    fn take(&self, name: String, bytes: Bytes) -> BoxFuture<'_, Result<Taken, Refusal>>;
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
    let may = {
        let mut tx = site.db().snapshot().await?;
        reaches(&mut tx, site, who, Permission::WritePosts, unit).await?
    };
    if !may {
        return Err(PostError::Reach);
    }
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
    for one in taken.files {
        let size = i64::try_from(one.bytes.len()).unwrap_or(i64::MAX);
        files.push(File {
            name: one.name,
            media_type: one.media_type,
            width: one.width,
            height: one.height,
            size,
            sha256: site.blobs().put(one.bytes).await?,
        });
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
    Ok(Media {
        id,
        unit,
        kind: taken.kind,
        name: taken.name,
        has_text: taken.has_text,
        files,
    })
}
