use db::{DbError, Result, Row, Source, Tx, Value, now_micros, sql};
use policy::{AccountId, Roots};

use super::next_id;
use crate::model::{Account, Email};

const SELECT: &str = "SELECT a.id, a.email, a.name, a.password, a.totp_secret, a.totp_step, a.suspended, \
                      a.expires, a.failures, a.locked_until, \
                      (SELECT count(*) FROM passkeys k WHERE k.account_id = a.id) AS keys FROM accounts a";

fn account_of(row: &Row) -> Result<Account> {
    Ok(Account {
        id: AccountId(row.get("id")?),
        email: email_of(row)?,
        name: row.get("name")?,
        password: row.get("password")?,
        totp_secret: row.get("totp_secret")?,
        keys: row.get("keys")?,
        totp_step: row.get("totp_step")?,
        suspended: row.get("suspended")?,
        expires: row.date("expires")?,
        failures: row.get("failures")?,
        locked_until: row.get("locked_until")?,
    })
}

pub(super) fn email_of(row: &Row) -> Result<Email> {
    let email: String = row.get("email")?;
    Email::read(&email).ok_or(DbError::Shape(format!("e-mail “{email}”")))
}

/// How many accounts there are.
///
/// # Errors
/// What the engine says.
pub async fn account_count<'a>(on: impl Into<Source<'a>>) -> Result<i64> {
    sql("SELECT count(*) AS n FROM accounts").one(on).await?.get("n")
}

/// The account of an address.
///
/// # Errors
/// What the engine says.
pub async fn account_by_email<'a>(on: impl Into<Source<'a>>, email: &Email) -> Result<Option<Account>> {
    let query = sql(SELECT).push(" WHERE a.email = ").push_bind(email.as_str());
    query.optional(on).await?.as_ref().map(account_of).transpose()
}

/// The account of a number.
///
/// # Errors
/// What the engine says.
pub async fn account_by_id<'a>(on: impl Into<Source<'a>>, id: AccountId) -> Result<Option<Account>> {
    let query = sql(SELECT).push(" WHERE a.id = ").push_bind(id.0);
    query.optional(on).await?.as_ref().map(account_of).transpose()
}

/// Accounts that hold or held a role in one of the units, by name; `after` is the last one of the
/// page before.
///
/// # Errors
/// What the engine says.
pub async fn account_list<'a>(
    on: impl Into<Source<'a>>,
    units: &Roots,
    after: Option<&Account>,
    limit: i64,
) -> Result<Vec<Account>> {
    let mut query = sql(SELECT).push(" WHERE 1 = 1");
    if let Roots::Below(units) = units {
        if units.is_empty() {
            return Ok(Vec::new());
        }
        query =
            query.push(" AND EXISTS (SELECT 1 FROM grants g WHERE g.account_id = a.id AND g.unit_id IN (");
        query = query.push_list(units.iter().map(|unit| unit.get()));
        query = query.push("))");
    }
    if let Some(after) = after {
        query = query
            .push(" AND (a.name, a.id) > (")
            .push_bind(&after.name)
            .push(", ");
        query = query.push_bind(after.id.0).push(")");
    }
    let rows = query
        .push(" ORDER BY a.name, a.id LIMIT ")
        .push_bind(limit)
        .all(on)
        .await?;
    rows.iter().map(account_of).collect()
}

/// Writes a new account.
///
/// # Errors
/// What the engine says; a duplicate where the address has one.
pub async fn account_insert(tx: &mut Tx, email: &Email, name: &str, password: &str) -> Result<AccountId> {
    let id = next_id(tx, "accounts").await?;
    sql(
        "INSERT INTO accounts (id, email, name, password, totp_secret, totp_step, suspended, expires, \
         failures, locked_until, created, updated) \
         VALUES ($1, $2, $3, $4, NULL, 0, $5, NULL, 0, 0, $6, $7)",
    )
    .bind(id)
    .bind(email.as_str())
    .bind(name)
    .bind(password)
    .bind(false)
    .bind(now_micros())
    .bind(now_micros())
    .run(tx)
    .await?;
    Ok(AccountId(id))
}

/// Keeps another password, and forgets failures.
///
/// # Errors
/// What the engine says.
pub async fn account_password(tx: &mut Tx, id: AccountId, password: &str) -> Result<()> {
    sql("UPDATE accounts SET password = $1, failures = 0, locked_until = 0, updated = $2 WHERE id = $3")
        .bind(password)
        .bind(now_micros())
        .bind(id.0)
        .run(tx)
        .await
        .map(drop)
}

/// Counts a wrong password, or forgets the count (`failures` 0).
///
/// # Errors
/// What the engine says.
pub async fn account_lock(tx: &mut Tx, id: AccountId, failures: i64, locked_until: i64) -> Result<()> {
    sql("UPDATE accounts SET failures = $1, locked_until = $2 WHERE id = $3")
        .bind(failures)
        .bind(locked_until)
        .bind(id.0)
        .run(tx)
        .await
        .map(drop)
}

/// Stops an account, or lets it go on.
///
/// # Errors
/// What the engine says.
pub async fn account_suspend(tx: &mut Tx, id: AccountId, suspended: bool) -> Result<()> {
    sql("UPDATE accounts SET suspended = $1, updated = $2 WHERE id = $3")
        .bind(suspended)
        .bind(now_micros())
        .bind(id.0)
        .run(tx)
        .await
        .map(drop)
}

/// Sets the secret of the authenticator app, with the step of the code that proved it.
///
/// # Errors
/// What the engine says.
pub async fn account_totp(tx: &mut Tx, id: AccountId, secret: Option<&str>, step: i64) -> Result<()> {
    sql("UPDATE accounts SET totp_secret = $1, totp_step = $2, updated = $3 WHERE id = $4")
        .bind(Value::from(secret))
        .bind(step)
        .bind(now_micros())
        .bind(id.0)
        .run(tx)
        .await
        .map(drop)
}

/// Notes that the code of a step was used; false where another request was quicker.
///
/// # Errors
/// What the engine says.
pub async fn totp_used(tx: &mut Tx, id: AccountId, step: i64) -> Result<bool> {
    let used = sql("UPDATE accounts SET totp_step = $1 WHERE id = $2 AND totp_step < $1")
        .bind(step)
        .bind(id.0)
        .run(tx)
        .await?;
    Ok(used == 1)
}

/// Replaces all recovery codes.
///
/// # Errors
/// What the engine says.
pub async fn account_recovery(tx: &mut Tx, id: AccountId, hashes: &[String]) -> Result<()> {
    sql("DELETE FROM recovery_codes WHERE account_id = $1")
        .bind(id.0)
        .run(tx)
        .await?;
    let mut insert = db::Insert::into("recovery_codes", &["account_id", "hash", "used"]);
    for hash in hashes {
        insert.row([id.0.into(), hash.into(), Value::Int(None)]);
    }
    insert.run(tx).await.map(drop)
}

/// Uses a recovery code up; false where there is no such code or it was used.
///
/// # Errors
/// What the engine says.
pub async fn recovery_use(tx: &mut Tx, id: AccountId, hash: &str) -> Result<bool> {
    let used =
        sql("UPDATE recovery_codes SET used = $1 WHERE account_id = $2 AND hash = $3 AND used IS NULL")
            .bind(now_micros())
            .bind(id.0)
            .bind(hash)
            .run(tx)
            .await?;
    Ok(used == 1)
}

/// How many recovery codes are left.
///
/// # Errors
/// What the engine says.
pub async fn recovery_left<'a>(on: impl Into<Source<'a>>, id: AccountId) -> Result<i64> {
    let count =
        sql("SELECT count(*) AS n FROM recovery_codes WHERE used IS NULL AND account_id = $1").bind(id.0);
    count.one(on).await?.get("n")
}
