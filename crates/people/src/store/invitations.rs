use db::{DbError, Result, Row, Source, Tx, Value, now_micros, sql};
use jiff::Timestamp;
use policy::{AccountId, Role, Roots, UnitId};

use super::accounts::email_of;
use crate::model::Invitation;

const SELECT: &str =
    "SELECT email, name, unit_id, role, invited_by, expires FROM invitations WHERE used IS NULL";

fn invitation_of(row: &Row) -> Result<Invitation> {
    let role: String = row.get("role")?;
    let by: Option<i64> = row.get("invited_by")?;
    Ok(Invitation {
        email: email_of(row)?,
        name: row.get("name")?,
        unit: UnitId::of(row.get("unit_id")?),
        role: Role::from_code(&role).ok_or_else(|| DbError::Shape(format!("role “{role}”")))?,
        invited_by: by.map(AccountId),
        expires: Timestamp::from_microsecond(row.get("expires")?)?,
    })
}

/// Writes an invitation under the hash of its token.
///
/// # Errors
/// What the engine says.
pub async fn invitation_add(tx: &mut Tx, hash: &str, invitation: &Invitation) -> Result<()> {
    sql(
        "INSERT INTO invitations (hash, email, name, unit_id, role, invited_by, created, expires, used) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, NULL)",
    )
    .bind(hash)
    .bind(invitation.email.as_str())
    .bind(&invitation.name)
    .bind(invitation.unit.get())
    .bind(invitation.role.code())
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

/// Invitations that wait, newest first.
///
/// # Errors
/// What the engine says.
pub async fn invitation_list<'a>(
    on: impl Into<Source<'a>>,
    units: &Roots,
    now: i64,
    limit: i64,
) -> Result<Vec<Invitation>> {
    let mut query = sql(SELECT).push(" AND expires > ").push_bind(now);
    if let Roots::Below(units) = units {
        if units.is_empty() {
            return Ok(Vec::new());
        }
        query = query.push(" AND unit_id IN (");
        for (place, unit) in units.iter().enumerate() {
            query = query
                .push(if place == 0 { "" } else { ", " })
                .push_bind(unit.get());
        }
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
