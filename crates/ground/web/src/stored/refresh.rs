//! Kept pages of an older build, and those whose day is over, are made anew, slowly.

use std::sync::Arc;
use std::time::Duration;

use super::{Packed, Stale, put, stale};
use crate::kernel::Kernel;

const BATCH: i64 = 100;

/// Makes every page of another build or of yesterday anew with `pause` between two of them, and
/// drops those that are no pages any more. Returns how many were made.
///
/// # Errors
/// What the database says.
pub async fn refresh_stored(kernel: &Arc<Kernel>, pause: Duration) -> db::Result<usize> {
    let mut made = 0;
    loop {
        let old = stale(kernel.site().db(), kernel.site().build(), now(kernel), BATCH).await?;
        if old.is_empty() {
            return Ok(made);
        }
        for page in &old {
            made += usize::from(renew(kernel, page).await?);
            tokio::time::sleep(pause).await;
        }
    }
}

/// Makes one page anew; false when it was dropped instead.
async fn renew(kernel: &Arc<Kernel>, old: &Stale) -> db::Result<bool> {
    let db = kernel.site().db();
    let seq = db::changes::latest(db).await?;
    let plan = kernel.plan_of(&old.path, old.lang).await;
    let (path, lang) = (old.path.clone(), old.lang);
    let packing = tokio::task::spawn_blocking(move || Packed::of_plan(&path, lang, &plan?));
    let packed = packing.await.unwrap_or_default();
    let mut tx = db.begin().await?;
    // Also clears what `put` would leave when the owner changed meanwhile.
    super::store::drop_old(&mut tx, kernel.site().build(), now(kernel), old).await?;
    if let Some(packed) = &packed {
        put(&mut tx, kernel.site().build(), packed, Some(seq)).await?;
    }
    tx.commit().await?;
    Ok(packed.is_some())
}

fn now(kernel: &Kernel) -> i64 {
    kernel.site().now().as_microsecond()
}
