use db::{Result, Row, Source, Tx, sql};
use jiff::Timestamp;
use policy::AccountId;

use crate::model::Session;

/// A session that has not ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Live {
    /// Whose.
    pub account: AccountId,
    /// When it was last used, in epoch microseconds.
    pub seen: i64,
    /// When it ends in any case.
    pub expires: i64,
    /// Whether a second proof was given.
    pub second_proof: bool,
}

/// Begins a session.
///
/// # Errors
/// What the engine says.
pub async fn session_add(tx: &mut Tx, hash: &str, live: Live, device: &str) -> Result<()> {
    sql(
        "INSERT INTO sessions (hash, account_id, created, seen, expires, second_proof, device) \
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(hash)
    .bind(live.account.0)
    .bind(live.seen)
    .bind(live.seen)
    .bind(live.expires)
    .bind(live.second_proof)
    .bind(device)
    .run(tx)
    .await
    .map(drop)
}

/// A session by the hash of its token, however old.
///
/// # Errors
/// What the engine says.
pub async fn session_find<'a>(on: impl Into<Source<'a>>, hash: &str) -> Result<Option<Live>> {
    let query =
        sql("SELECT account_id, seen, expires, second_proof FROM sessions WHERE hash = $1").bind(hash);
    let row = query.optional(on).await?;
    let live = |row: Row| {
        Ok(Live {
            account: AccountId(row.get("account_id")?),
            seen: row.get("seen")?,
            expires: row.get("expires")?,
            second_proof: row.get("second_proof")?,
        })
    };
    row.map(live).transpose()
}

/// Notes that a session was used.
///
/// # Errors
/// What the engine says.
pub async fn session_seen(tx: &mut Tx, hash: &str, now: i64) -> Result<()> {
    sql("UPDATE sessions SET seen = $1 WHERE hash = $2")
        .bind(now)
        .bind(hash)
        .run(tx)
        .await
        .map(drop)
}

/// Puts a session whose second proof was given under a new token: who knew the old one gains nothing.
///
/// # Errors
/// What the engine says.
pub async fn session_proved(tx: &mut Tx, hash: &str, new: &str, now: i64) -> Result<()> {
    sql("UPDATE sessions SET hash = $1, second_proof = $2, seen = $3 WHERE hash = $4")
        .bind(new)
        .bind(true)
        .bind(now)
        .bind(hash)
        .run(tx)
        .await
        .map(drop)
}

/// The sessions of an account that have not ended, last used first.
///
/// # Errors
/// What the engine says.
pub async fn session_list<'a>(
    on: impl Into<Source<'a>>,
    account: AccountId,
    used_after: i64,
    now: i64,
) -> Result<Vec<Session>> {
    let rows = sql("SELECT hash, created, seen, device FROM sessions \
         WHERE account_id = $1 AND seen > $2 AND expires > $3 ORDER BY seen DESC, hash LIMIT 100")
    .bind(account.0)
    .bind(used_after)
    .bind(now)
    .all(on)
    .await?;
    let session = |row: &Row| {
        Ok(Session {
            hash: row.get("hash")?,
            created: Timestamp::from_microsecond(row.get("created")?)?,
            seen: Timestamp::from_microsecond(row.get("seen")?)?,
            device: row.get("device")?,
        })
    };
    rows.iter().map(session).collect()
}

/// Ends one session of an account.
///
/// # Errors
/// What the engine says.
pub async fn session_end(tx: &mut Tx, account: AccountId, hash: &str) -> Result<u64> {
    sql("DELETE FROM sessions WHERE account_id = $1 AND hash = $2")
        .bind(account.0)
        .bind(hash)
        .run(tx)
        .await
}

/// Ends every session of an account but one (`except` may name none).
///
/// # Errors
/// What the engine says.
pub async fn sessions_end(tx: &mut Tx, account: AccountId, except: &str) -> Result<u64> {
    sql("DELETE FROM sessions WHERE account_id = $1 AND hash <> $2")
        .bind(account.0)
        .bind(except)
        .run(tx)
        .await
}
