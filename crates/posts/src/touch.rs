//! Posts whose law has changed: their owner confirms that they are still right, or writes them anew.

use std::collections::BTreeMap;

use acts::store::{Pin, Touched};
use acts::touch::Citer;
use policy::{Permission, Visitor};
use serde_json::json;
use sha2::{Digest, Sha256};
use web::Site;

use crate::model::{Pinned, PostId, Shown};
use crate::store;
use crate::write::{PostError, entry, reached};

/// Posts as a room whose content cites the law.
pub const CITER: Citer = Citer {
    kind: "post",
    citing: |db, act| Box::pin(async move { store::citing(&db, &act).await }),
    told: |db, items| Box::pin(async move { store::told(&db, &items).await }),
    may: &[Permission::WritePosts, Permission::PublishPosts],
};

/// A citation that the law has changed since it was written or confirmed.
#[derive(Clone, Debug)]
pub struct Changed {
    /// The citation.
    pub pinned: Pinned,
    /// Since when, by whom, and what it says now.
    pub touched: Touched,
}

/// What the law has changed of what a version cites, each place once.
///
/// # Errors
/// What the database says.
pub async fn changed(site: &Site, id: PostId, version: i64) -> db::Result<Vec<Changed>> {
    let cited = store::pins(site.db(), id, version).await?;
    let pins: Vec<Pin<'_>> = cited
        .iter()
        .map(|one| Pin {
            act: &one.act,
            provision: &one.provision,
            hash: &one.hash,
        })
        .collect();
    let mut all: Vec<Changed> = Vec::new();
    for touched in acts::store::touched(site.db(), &pins, site.today()).await? {
        let Some(pinned) = cited.get(touched.pin).filter(|one| !one.missing) else {
            continue;
        };
        let same = |one: &Changed| one.pinned.act == pinned.act && one.pinned.provision == pinned.provision;
        if !all.iter().any(same) {
            let pinned = pinned.clone();
            all.push(Changed { pinned, touched });
        }
    }
    Ok(all)
}

/// The name of what was seen: another law by now, another name.
#[must_use]
pub fn seen(changed: &[Changed]) -> String {
    let mut hash = Sha256::new();
    for one in changed {
        for word in [&one.pinned.act, &one.pinned.provision, &one.touched.hash] {
            hash.update(word.as_bytes());
            hash.update([0]);
        }
    }
    hex::encode(hash.finalize())
}

/// The public version of a post that a person may look at.
///
/// # Errors
/// [`PostError::Unknown`] where it is not his or not public, or what the database says.
pub async fn open(site: &Site, who: &Visitor, what: Permission, id: PostId) -> Result<Shown, PostError> {
    let mut tx = site.db().snapshot().await?;
    reached(&mut tx, site, who, what, id).await?;
    store::shown_of_post(&mut tx, id).await?.ok_or(PostError::Unknown)
}

/// Whether a person wrote a version.
///
/// # Errors
/// What the database says.
pub async fn is_author<'a>(
    on: impl Into<db::Source<'a>>,
    who: &Visitor,
    id: PostId,
    version: i64,
) -> db::Result<bool> {
    let written = store::version(on, id, version).await?;
    Ok(written.is_some_and(|one| one.author == who.account))
}

/// Notes that the public version still is right: what the law changed is pinned to what it says now.
///
/// # Errors
/// No reach, [`PostError::Oneself`] for what one wrote, [`PostError::Elsewhere`] where the version or the law is another one than was seen, or what
/// the database says.
pub async fn confirm(
    site: &Site,
    who: &Visitor,
    id: PostId,
    version: i64,
    law: &str,
) -> Result<(), PostError> {
    let shown = open(site, who, Permission::PublishPosts, id).await?;
    let changed = changed(site, id, shown.version).await?;
    if shown.version != version || changed.is_empty() || seen(&changed) != law {
        return Err(PostError::Elsewhere);
    }
    let pins: BTreeMap<(String, String), String> = changed
        .into_iter()
        .map(|one| ((one.pinned.act, one.pinned.provision), one.touched.hash))
        .collect();
    let mut tx = site.db().begin().await?;
    let opened = reached(&mut tx, site, who, Permission::PublishPosts, id).await?;
    let still = store::shown_of_post(&mut tx, id).await?;
    if still.is_none_or(|one| one.version != version) {
        return Err(PostError::Elsewhere);
    }
    // As when it was approved, a second person looks.
    if is_author(&mut tx, who, id, version).await? {
        return Err(PostError::Oneself);
    }
    let unit = opened.post.unit;
    store::confirmation_put(&mut tx, id, (version, unit), &pins, site.today(), who).await?;
    acts::store::touched_clear(&mut tx, CITER.kind, id.0).await?;
    let places: Vec<String> = pins
        .keys()
        .map(|(act, provision)| format!("{act} {provision}"))
        .collect();
    let line = entry(who, "post.confirm", id, unit);
    let line = line.detail(json!({ "version": version, "law": places }));
    audit::append(&mut tx, &line).await?;
    tx.commit().await?;
    Ok(())
}
