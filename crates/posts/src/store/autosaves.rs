//! What officers type and have not saved yet.

use db::{Result, Source, Tx, now_micros, sql};
use jiff::Timestamp;
use policy::AccountId;

use super::drafts::moment;

/// A copy that was kept while somebody typed.
#[derive(Clone, Debug, PartialEq)]
pub struct Autosave {
    /// The fields of the form as JSON.
    pub typed: serde_json::Value,
    /// When.
    pub at: Timestamp,
}

/// What officers have typed and not saved, as text.
///
/// # Errors
/// What the engine says.
pub async fn autosave_texts(tx: &mut Tx) -> Result<Vec<String>> {
    let rows = sql("SELECT typed FROM post_autosaves").all(tx).await?;
    rows.iter().map(|row| row.get("typed")).collect()
}

/// Keeps a copy in place of the one before; `post` is 0 for a new post.
///
/// # Errors
/// What the engine says.
pub async fn autosave_put(
    tx: &mut Tx,
    who: AccountId,
    post: i64,
    seen: i64,
    typed: &serde_json::Value,
) -> Result<()> {
    autosave_drop(tx, who, post).await?;
    sql("INSERT INTO post_autosaves (account_id, post_id, seen, typed, at) VALUES ($1, $2, $3, $4, $5)")
        .bind(who.0)
        .bind(post)
        .bind(seen)
        .bind(typed.to_string())
        .bind(now_micros())
        .run(tx)
        .await
        .map(drop)
}

/// The copy of a person for a post.
///
/// # Errors
/// What the engine says.
pub async fn autosave<'a>(on: impl Into<Source<'a>>, who: AccountId, post: i64) -> Result<Option<Autosave>> {
    let query = sql("SELECT typed, at FROM post_autosaves WHERE account_id = $1 AND post_id = $2");
    let row = query.bind(who.0).bind(post).optional(on).await?;
    row.map(|row| {
        Ok(Autosave {
            typed: row.json("typed")?,
            at: moment(&row, "at")?,
        })
    })
    .transpose()
}

/// Drops the copy: what was in it is saved or not wanted.
///
/// # Errors
/// What the engine says.
pub async fn autosave_drop(tx: &mut Tx, who: AccountId, post: i64) -> Result<()> {
    sql("DELETE FROM post_autosaves WHERE account_id = $1 AND post_id = $2")
        .bind(who.0)
        .bind(post)
        .run(tx)
        .await
        .map(drop)
}
