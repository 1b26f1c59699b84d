//! What happens to acts right after they are written: their pages are made and kept compressed,
//! so that the first reader after a change waits for one small read.

use db::{Result, Tx, changes};
use futures::StreamExt;
use legal::model::Language;
use web::stored::{self, Packed};
use web::{Lang, Look, Site};

use crate::site::act::text_page;
use crate::store;

/// Pages made at once: as many as leave the readers of the next files their share.
const AT_ONCE: usize = 2;

/// Pages that are made and wait to be kept.
#[derive(Debug, Default)]
pub struct Finished {
    /// The number of the change log from before they were made: a change that came in between ends them.
    seq: i64,
    pages: Vec<Packed>,
}

impl Finished {
    /// True where there is nothing to keep.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.pages.is_empty()
    }

    /// Keeps the pages.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn keep(&self, tx: &mut Tx, site: &Site) -> Result<()> {
        for page in &self.pages {
            stored::put(tx, site.build(), page, Some(self.seq)).await?;
        }
        Ok(())
    }
}

/// Makes the pages (Vietnamese interface, no cookie) of acts that were just committed. A page
/// that cannot be made is left to its first reader: that is no reason to stop an import.
pub async fn finish(site: Site, slugs: Vec<String>) -> Finished {
    let seq = match changes::latest(site.db()).await {
        Ok(seq) => seq,
        Err(error) => {
            tracing::warn!(%error, "pages are left to their first readers");
            return Finished::default();
        }
    };
    let mut pages = Vec::with_capacity(slugs.len());
    let making = slugs.into_iter().map(|slug| page_of(site.clone(), slug));
    let mut made = futures::stream::iter(making).buffer_unordered(AT_ONCE);
    while let Some(page) = made.next().await {
        match page {
            Ok(page) => pages.extend(page),
            Err(error) => tracing::warn!(%error, "the page of an act is left to its first reader"),
        }
    }
    Finished { seq, pages }
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
    let Ok(page) = text_page(&site, Look::plain(Lang::Vi), &act, language, None).await else {
        return Ok(None);
    };
    let path = format!("/van-ban/{slug}");
    // Compression takes milliseconds for a long act: not on an async thread.
    let packing = tokio::task::spawn_blocking(move || Packed::of(&path, Lang::Vi, &page));
    Ok(packing.await.unwrap_or_default())
}
