//! The only place of this room that speaks SQL.

use db::{Result, Source, Tx, changes, now_micros, sql};
use policy::Visitor;

use crate::lists;
use crate::model::{Arrangement, Version};

/// The arrangement that holds.
///
/// # Errors
/// What the engine says.
pub async fn home<'a>(on: impl Into<Source<'a>>) -> Result<Version> {
    let newest = sql("SELECT version, content FROM home_versions ORDER BY version DESC LIMIT 1");
    Ok(match newest.optional(on).await? {
        Some(row) => Version {
            number: row.get("version")?,
            arrangement: row.json("content")?,
        },
        None => Version {
            number: 0,
            arrangement: lists::arrangement(),
        },
    })
}

/// Writes the arrangement that follows the one with the number `seen`.
///
/// # Errors
/// What the engine says.
pub async fn home_add(tx: &mut Tx, seen: i64, arrangement: &Arrangement, who: &Visitor) -> Result<i64> {
    let content =
        serde_json::to_string(arrangement).map_err(|error| db::DbError::Shape(error.to_string()))?;
    sql("INSERT INTO home_versions (version, content, author_id, author, at) VALUES ($1, $2, $3, $4, $5)")
        .bind(seen + 1)
        .bind(content)
        .bind(who.account.0)
        .bind(&who.name)
        .bind(now_micros())
        .run(tx)
        .await?;
    changes::append(tx, "home", "arrangement").await?;
    Ok(seen + 1)
}

/// Whether the portal shows the invented province.
///
/// # Errors
/// What the engine says.
pub async fn is_illustrated<'a>(on: impl Into<Source<'a>>) -> Result<bool> {
    let row = sql("SELECT loaded FROM illustration").optional(on).await?;
    Ok(row.is_some())
}

/// Notes that the portal shows the invented province.
///
/// # Errors
/// What the engine says.
pub async fn illustrate(tx: &mut Tx) -> Result<()> {
    sql("INSERT INTO illustration (loaded) VALUES ($1)")
        .bind(now_micros())
        .run(tx)
        .await
        .map(drop)
}
