use db::{Result, Row, Source, Tx, sql};
use jiff::Timestamp;
use policy::AccountId;

use crate::model::Key;

const SELECT: &str = "SELECT credential, account_id, name, key, created, used FROM passkeys WHERE ";

fn key_of(row: &Row) -> Result<Key> {
    let used: Option<i64> = row.get("used")?;
    Ok(Key {
        credential: row.get("credential")?,
        account: AccountId(row.get("account_id")?),
        name: row.get("name")?,
        key: row.get("key")?,
        created: Timestamp::from_microsecond(row.get("created")?)?,
        used: used.map(Timestamp::from_microsecond).transpose()?,
    })
}

/// Keeps a new key.
///
/// # Errors
/// What the engine says; a duplicate where some account has the key.
pub async fn passkey_add(tx: &mut Tx, key: &Key) -> Result<()> {
    sql("INSERT INTO passkeys (credential, account_id, name, key, created, used) VALUES ($1, $2, $3, $4, $5, NULL)")
        .bind(&key.credential)
        .bind(key.account.0)
        .bind(&key.name)
        .bind(&key.key)
        .bind(key.created.as_microsecond())
        .run(tx)
        .await
        .map(drop)
}

/// The keys of an account, in the order in which they came.
///
/// # Errors
/// What the engine says.
pub async fn passkey_list<'a>(on: impl Into<Source<'a>>, account: AccountId) -> Result<Vec<Key>> {
    let query = sql(SELECT).push("account_id = ").push_bind(account.0);
    let rows = query.push(" ORDER BY created, credential").all(on).await?;
    rows.iter().map(key_of).collect()
}

/// The key of a name.
///
/// # Errors
/// What the engine says.
pub async fn passkey_find<'a>(on: impl Into<Source<'a>>, credential: &str) -> Result<Option<Key>> {
    let query = sql(SELECT).push("credential = ").push_bind(credential);
    query.optional(on).await?.as_ref().map(key_of).transpose()
}

/// Notes that a key was used, with its counters as they are now.
///
/// # Errors
/// What the engine says.
pub async fn passkey_used(tx: &mut Tx, credential: &str, key: &str, now: i64) -> Result<()> {
    sql("UPDATE passkeys SET key = $1, used = $2 WHERE credential = $3")
        .bind(key)
        .bind(now)
        .bind(credential)
        .run(tx)
        .await
        .map(drop)
}

/// Forgets one key of an account, or all of them; returns how many.
///
/// # Errors
/// What the engine says.
pub async fn passkey_drop(tx: &mut Tx, account: AccountId, credential: Option<&str>) -> Result<u64> {
    let mut query = sql("DELETE FROM passkeys WHERE account_id = ").push_bind(account.0);
    if let Some(credential) = credential {
        query = query.push(" AND credential = ").push_bind(credential);
    }
    query.run(tx).await
}

/// Keeps what waits for an answer until `expires`; forgets what has waited too long.
///
/// # Errors
/// What the engine says.
pub async fn challenge_add(tx: &mut Tx, hash: &str, state: &str, now: i64, expires: i64) -> Result<()> {
    sql("DELETE FROM challenges WHERE expires <= $1")
        .bind(now)
        .run(&mut *tx)
        .await?;
    sql("INSERT INTO challenges (hash, state, expires) VALUES ($1, $2, $3)")
        .bind(hash)
        .bind(state)
        .bind(expires)
        .run(tx)
        .await
        .map(drop)
}

/// Takes away what waits under a hash: it is answered once, by one.
///
/// # Errors
/// What the engine says.
pub async fn challenge_take(tx: &mut Tx, hash: &str, now: i64) -> Result<Option<String>> {
    let query = sql("SELECT state FROM challenges WHERE hash = $1 AND expires > $2");
    let row = query.bind(hash).bind(now).optional(&mut *tx).await?;
    let taken = sql("DELETE FROM challenges WHERE hash = $1")
        .bind(hash)
        .run(tx)
        .await?;
    row.filter(|_| taken == 1).map(|row| row.get("state")).transpose()
}
