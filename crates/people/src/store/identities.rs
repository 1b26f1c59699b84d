use db::{Result, Row, Source, Tx, sql};
use jiff::Timestamp;
use policy::AccountId;

use crate::model::Identity;

const SELECT: &str = "SELECT issuer, subject, account_id, name, created, used FROM identities WHERE ";

fn identity_of(row: &Row) -> Result<Identity> {
    let used: Option<i64> = row.get("used")?;
    Ok(Identity {
        issuer: row.get("issuer")?,
        subject: row.get("subject")?,
        account: AccountId(row.get("account_id")?),
        name: row.get("name")?,
        created: Timestamp::from_microsecond(row.get("created")?)?,
        used: used.map(Timestamp::from_microsecond).transpose()?,
    })
}

/// Links an identity with its account.
///
/// # Errors
/// What the engine says; a duplicate where the identity is linked.
pub async fn identity_add(tx: &mut Tx, identity: &Identity) -> Result<()> {
    sql("INSERT INTO identities (issuer, subject, account_id, name, created, used) VALUES ($1, $2, $3, $4, $5, NULL)")
        .bind(&identity.issuer)
        .bind(&identity.subject)
        .bind(identity.account.0)
        .bind(&identity.name)
        .bind(identity.created.as_microsecond())
        .run(tx)
        .await
        .map(drop)
}

/// The identity of an issuer and a subject.
///
/// # Errors
/// What the engine says.
pub async fn identity_find<'a>(
    on: impl Into<Source<'a>>,
    issuer: &str,
    subject: &str,
) -> Result<Option<Identity>> {
    let query = sql(SELECT).push("issuer = ").push_bind(issuer);
    let query = query.push(" AND subject = ").push_bind(subject);
    query.optional(on).await?.as_ref().map(identity_of).transpose()
}

/// The identities of an account, in the order in which they came.
///
/// # Errors
/// What the engine says.
pub async fn identity_list<'a>(on: impl Into<Source<'a>>, account: AccountId) -> Result<Vec<Identity>> {
    let query = sql(SELECT).push("account_id = ").push_bind(account.0);
    let rows = query.push(" ORDER BY created, issuer, subject").all(on).await?;
    rows.iter().map(identity_of).collect()
}

/// Notes that an identity was used.
///
/// # Errors
/// What the engine says.
pub async fn identity_used(tx: &mut Tx, issuer: &str, subject: &str, now: i64) -> Result<()> {
    sql("UPDATE identities SET used = $1 WHERE issuer = $2 AND subject = $3")
        .bind(now)
        .bind(issuer)
        .bind(subject)
        .run(tx)
        .await
        .map(drop)
}

/// Parts an account from the identity of a subject, or from all; returns from how many.
///
/// # Errors
/// What the engine says.
pub async fn identity_drop(tx: &mut Tx, account: AccountId, subject: Option<&str>) -> Result<u64> {
    let mut query = sql("DELETE FROM identities WHERE account_id = ").push_bind(account.0);
    if let Some(subject) = subject {
        query = query.push(" AND subject = ").push_bind(subject);
    }
    query.run(tx).await
}
