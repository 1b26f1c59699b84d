//! What happens to acts right after they are written: their pages are made and kept compressed,
//! so that the first reader after a change waits for one small read.

use db::{Result, changes};
use legal::model::Language;
use web::stored::{self, Packed};
use web::{Lang, Look, Site};

use crate::site::act::text_page;
use crate::store;

/// Makes and keeps the pages (Vietnamese interface, no cookie) of acts that were just committed;
/// returns how many. Each remembers the number of the change log from before it was made, so a
/// change that comes in between ends it. A page that cannot be made is left to its first reader.
///
/// # Errors
/// The database.
pub async fn pages(site: &Site, slugs: &[String]) -> Result<usize> {
    let seq = changes::latest(site.db()).await?;
    let mut making = tokio::task::JoinSet::new();
    for slug in slugs {
        let (site, slug) = (site.clone(), slug.clone());
        making.spawn(async move { page_of(site, slug).await });
    }
    let mut packed = Vec::with_capacity(slugs.len());
    while let Some(made) = making.join_next().await {
        match made.unwrap_or(Ok(None)) {
            Ok(page) => packed.extend(page),
            Err(error) => tracing::warn!(%error, "the page of an act is left to its first reader"),
        }
    }
    let mut tx = site.db().begin().await?;
    for page in &packed {
        stored::put(&mut tx, site.build(), page, Some(seq)).await?;
    }
    tx.commit().await?;
    Ok(packed.len())
}

async fn page_of(site: Site, slug: String) -> Result<Option<Packed>> {
    let Some(act) = store::act_by_slug(site.db(), &slug).await? else {
        return Ok(None);
    };
    let language = if act.translation_only {
        Language::En
    } else {
        Language::Vi
    };
    let Ok(page) = text_page(&site, Look::plain(Lang::Vi), &act, language).await else {
        return Ok(None);
    };
    let path = format!("/van-ban/{slug}");
    // Compression takes tens of milliseconds for a long act: not on an async thread.
    let packing = tokio::task::spawn_blocking(move || Packed::of(&path, Lang::Vi, &page));
    Ok(packing.await.unwrap_or_default())
}
