use db::{DbError, Result, Row, Source, Tx, Value, now_micros, sql};
use jiff::Timestamp;
use policy::{AccountId, Role, Roots, UnitId};

use super::accounts::email_of;
use crate::model::{Invitation, Purpose};

const SELECT: &str =
    "SELECT email, name, unit_id, role, account_id, invited_by, expires FROM invitations WHERE used IS NULL";

fn invitation_of(row: &Row) -> Result<Invitation> {
    let by: Option<i64> = row.get("invited_by")?;
    Ok(Invitation {
        email: email_of(row)?,
        name: row.get("name")?,
        purpose: purpose_of(row)?,
        invited_by: by.map(AccountId),
        expires: Timestamp::from_microsecond(row.get("expires")?)?,
    })
}

fn purpose_of(row: &Row) -> Result<Purpose> {
    let (account, unit): (Option<i64>, Option<i64>) = (row.get("account_id")?, row.get("unit_id")?);
    let role: Option<String> = row.get("role")?;
    match (account, unit, role.as_deref().and_then(Role::from_code)) {
        (Some(account), None, None) => Ok(Purpose::Reset(AccountId(account))),
        (None, Some(unit), Some(role)) => Ok(Purpose::Join {
            role,
            unit: UnitId::of(unit),
        }),
        _ => Err(DbError::Shape("invitation".to_owned())),
    }
}

/// Writes an invitation under the hash of its token.
///
/// # Errors
/// What the engine says.
pub async fn invitation_add(tx: &mut Tx, hash: &str, invitation: &Invitation) -> Result<()> {
    let (unit, role, account) = match invitation.purpose {
        Purpose::Join { role, unit } => (Some(unit.get()), Some(role.code()), None),
        Purpose::Reset(account) => (None, None, Some(account.0)),
    };
    sql(
        "INSERT INTO invitations (hash, email, name, unit_id, role, account_id, invited_by, created, expires, used) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, NULL)",
    )
    .bind(hash)
    .bind(invitation.email.as_str())
    .bind(&invitation.name)
    .bind(Value::Int(unit))
    .bind(Value::from(role))
    .bind(Value::Int(account))
    .bind(Value::Int(invitation.invited_by.map(|by| by.0)))
    .bind(now_micros())
    .bind(invitation.expires.as_microsecond())
    .run(tx)
    .await
    .map(drop)
}

/// The invitation of a token that is neither used nor too old.
///
/// # Errors
/// What the engine says.
pub async fn invitation_find<'a>(
    on: impl Into<Source<'a>>,
    hash: &str,
    now: i64,
) -> Result<Option<Invitation>> {
    let query = sql(SELECT)
        .push(" AND hash = ")
        .push_bind(hash)
        .push(" AND expires > ")
        .push_bind(now);
    query.optional(on).await?.as_ref().map(invitation_of).transpose()
}

/// Invitations into roles that wait, newest first.
///
/// # Errors
/// What the engine says.
pub async fn invitation_list<'a>(
    on: impl Into<Source<'a>>,
    units: &Roots,
    now: i64,
    limit: i64,
) -> Result<Vec<Invitation>> {
    let mut query = sql(SELECT)
        .push(" AND account_id IS NULL AND expires > ")
        .push_bind(now);
    if let Roots::Below(units) = units {
        if units.is_empty() {
            return Ok(Vec::new());
        }
        query = query.push(" AND unit_id IN (");
        query = query.push_list(units.iter().map(|unit| unit.get()));
        query = query.push(")");
    }
    let rows = query
        .push(" ORDER BY created DESC, hash LIMIT ")
        .push_bind(limit)
        .all(on)
        .await?;
    rows.iter().map(invitation_of).collect()
}

/// Uses an invitation up; false where another request was quicker.
///
/// # Errors
/// What the engine says.
pub async fn invitation_use(tx: &mut Tx, hash: &str) -> Result<bool> {
    let used = sql("UPDATE invitations SET used = $1 WHERE hash = $2 AND used IS NULL")
        .bind(now_micros())
        .bind(hash)
        .run(tx)
        .await?;
    Ok(used == 1)
}
