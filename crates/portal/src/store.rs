//! The only place of this room that speaks SQL.

use db::{Result, Source, Tx, changes, now_micros, sql};
use jiff::civil::Date;
use policy::{AccountId, Visitor};

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

/// Whether the letters of a day are written.
///
/// # Errors
/// What the engine says.
pub async fn digest_is_done<'a>(on: impl Into<Source<'a>>, day: Date) -> Result<bool> {
    let row = sql("SELECT day FROM digest_days WHERE day = $1").bind(day);
    Ok(row.optional(on).await?.is_some())
}

/// Notes that the letters of a day are written; false where another node was quicker.
///
/// # Errors
/// What the engine says.
pub async fn digest_done(tx: &mut Tx, day: Date) -> Result<bool> {
    let noted = sql("INSERT INTO digest_days (day) VALUES ($1) ON CONFLICT (day) DO NOTHING").bind(day);
    Ok(noted.run(tx).await? == 1)
}

/// Whether an officer wants no letters.
///
/// # Errors
/// What the engine says.
pub async fn digest_is_off<'a>(on: impl Into<Source<'a>>, account: AccountId) -> Result<bool> {
    Ok(!digest_off(on, &[account]).await?.is_empty())
}

/// Those of some officers who want no letters.
///
/// # Errors
/// What the engine says.
pub async fn digest_off<'a>(on: impl Into<Source<'a>>, accounts: &[AccountId]) -> Result<Vec<AccountId>> {
    if accounts.is_empty() {
        return Ok(Vec::new());
    }
    let query = sql("SELECT account_id FROM digest_off WHERE account_id IN (");
    let query = query
        .push_list(accounts.iter().map(|account| account.0))
        .push(")");
    let rows = query.all(on).await?;
    rows.iter()
        .map(|row| Ok(AccountId(row.get("account_id")?)))
        .collect()
}

/// Keeps whether an officer wants letters.
///
/// # Errors
/// What the engine says.
pub async fn digest_want(tx: &mut Tx, account: AccountId, wanted: bool) -> Result<()> {
    let query = match wanted {
        true => sql("DELETE FROM digest_off WHERE account_id = $1"),
        false => sql("INSERT INTO digest_off (account_id) VALUES ($1) ON CONFLICT (account_id) DO NOTHING"),
    };
    query.bind(account.0).run(tx).await.map(drop)
}
