//! What officers type and have not saved yet is kept for them.

use db::DbError;
use policy::{Permission, Visitor};
use web::Site;

use crate::model::PostId;
use crate::store;
use crate::write::{PostError, reached};

/// Keeps what a person types, for him alone, until it is saved as a version. No line of the audit log:
/// nobody else ever sees it, and nothing that others see changes.
///
/// # Errors
/// [`PostError::Unknown`], or what the database says.
pub async fn autosave(
    site: &Site,
    who: &Visitor,
    id: Option<PostId>,
    seen: i64,
    typed: &serde_json::Value,
) -> Result<(), PostError> {
    let mut tx = site.db().begin().await?;
    if let Some(id) = id {
        reached(&mut tx, site, who, Permission::WritePosts, id).await?;
    }
    let post = id.map_or(0, |id| id.0);
    store::autosave_put(&mut tx, who.account, post, seen, typed).await?;
    tx.commit().await?;
    Ok(())
}

/// Drops what was kept while a person typed.
///
/// # Errors
/// What the database says.
pub async fn autosave_drop(site: &Site, who: &Visitor, id: Option<PostId>) -> Result<(), DbError> {
    let mut tx = site.db().begin().await?;
    store::autosave_drop(&mut tx, who.account, id.map_or(0, |id| id.0)).await?;
    tx.commit().await
}
