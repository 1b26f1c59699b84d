//! Uploaded files that no version ever showed are collected after a while, with their bytes.

use std::collections::HashSet;

use audit::{Actor, Entry};
use jiff::{SignedDuration, Timestamp};
use web::Site;

use crate::store;
use crate::write::PostError;

/// How long a file may wait for the post that is to show it.
pub const PATIENCE: SignedDuration = SignedDuration::from_hours(30 * 24);
/// Files looked at in one turn.
const AT_ONCE: i64 = 200;

/// Collects files that wait for longer than [`PATIENCE`], are in no version and in nothing that an
/// officer has typed and not saved; how many.
///
/// # Errors
/// What database and storage say; the rest is collected the next time.
pub async fn unused(site: &Site) -> Result<usize, PostError> {
    let before: Timestamp = site.now() - PATIENCE;
    let mut tx = site.db().begin().await?;
    let typed = numbers(&store::autosave_texts(&mut tx).await?);
    let waiting = store::media_unused(&mut tx, before, AT_ONCE).await?;
    let mut bytes = HashSet::new();
    let mut done = 0;
    for media in waiting.iter().filter(|media| !typed.contains(&media.id)) {
        store::media_drop(&mut tx, media.id).await?;
        bytes.extend(media.files.iter().map(|file| file.sha256.clone()));
        let line = Entry::new(Actor::System, "media.drop", format!("media:{}", media.id));
        audit::append(&mut tx, &line.unit(media.unit)).await?;
        done += 1;
    }
    tx.commit().await?;
    for sha256 in bytes {
        forget(site, &sha256).await?;
    }
    Ok(done)
}

/// Takes bytes away that nothing names any more. Whoever uploads the same bytes at this very moment
/// finds them again: he looks for them after his row is written, and so do we after they are gone.
async fn forget(site: &Site, sha256: &str) -> Result<(), PostError> {
    if store::bytes_are_used(site.db(), sha256).await? {
        return Ok(());
    }
    let kept = site.blobs().get(sha256).await?;
    site.blobs().remove(sha256).await?;
    if let Some(kept) = kept
        && store::bytes_are_used(site.db(), sha256).await?
    {
        site.blobs().put(kept).await?;
    }
    Ok(())
}

/// Every whole number in texts: one of them may name a file.
fn numbers(texts: &[String]) -> HashSet<i64> {
    let digits = |text: &String| -> Vec<i64> {
        let parts = text.split(|c: char| !c.is_ascii_digit());
        parts.filter_map(|part| part.parse().ok()).collect()
    };
    texts.iter().flat_map(digits).collect()
}
