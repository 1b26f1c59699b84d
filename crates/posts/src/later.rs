//! What happens to public posts on a later day: a scheduled version appears, somebody looks again.

use audit::{Actor, Entry};
use db::DbError;
use jiff::civil::Date;
use policy::{Permission, Visitor};
use serde_json::json;
use web::Site;

use crate::model::PostId;
use crate::store;
use crate::write::{PostError, entry, reached};

/// Puts versions whose day has come into the place of public ones; how many.
///
/// # Errors
/// What the database says.
pub async fn appear(site: &Site) -> Result<usize, DbError> {
    let mut done = 0;
    loop {
        let Some(id) = store::due_first(site.db(), site.now()).await? else {
            return Ok(done);
        };
        // Another node may have been faster.
        let mut tx = site.db().begin().await?;
        let (Some(mut post), Some((version, showing))) = (
            store::post(&mut tx, id).await?,
            store::due_of_post(&mut tx, id).await?,
        ) else {
            return Ok(done);
        };
        post.version = version;
        let Some(written) = store::version(&mut tx, id, version).await? else {
            return Ok(done);
        };
        let slug = store::show(&mut tx, &post, &written.draft, showing, site.now()).await?;
        let line = Entry::new(Actor::System, "post.appear", format!("post:{}", id.0)).unit(post.unit);
        let line = line.detail(json!({ "version": version, "slug": slug }));
        audit::append(&mut tx, &line).await?;
        tx.commit().await?;
        done += 1;
    }
}

/// Notes that a public post was looked at and is to be looked at again on a day.
///
/// # Errors
/// No reach, a post that is not public, a day that is over, or what the database says.
pub async fn review(site: &Site, who: &Visitor, id: PostId, day: Option<Date>) -> Result<(), PostError> {
    if day.is_some_and(|day| day <= site.today()) {
        return Err(PostError::Input("Ngày xem lại phải sau hôm nay."));
    }
    let mut tx = site.db().begin().await?;
    let opened = reached(&mut tx, site, who, Permission::PublishPosts, id).await?;
    if !store::review_put(&mut tx, id, day).await? {
        return Err(PostError::Elsewhere);
    }
    let line = entry(who, "post.review", id, opened.post.unit);
    let line = line.detail(json!({ "next": day.map(|day| day.to_string()) }));
    audit::append(&mut tx, &line).await?;
    tx.commit().await?;
    Ok(())
}
