use db::{DbError, Result, Row, Source, Tx, Value, now_micros, sql};
use jiff::civil::Date;
use policy::{AccountId, Grant, Role, UnitId};

use super::next_id;
use crate::model::Held;

const SELECT: &str = "SELECT id, account_id, unit_id, role, valid_from, valid_until FROM grants";

fn held_of(row: &Row) -> Result<Held> {
    let role: String = row.get("role")?;
    let wrong = || DbError::Shape(format!("role “{role}”"));
    Ok(Held {
        id: row.get("id")?,
        account: AccountId(row.get("account_id")?),
        grant: Grant {
            role: Role::from_code(&role).ok_or_else(wrong)?,
            unit: UnitId::of(row.get("unit_id")?),
            from: row.date("valid_from")?.ok_or_else(wrong)?,
            until: row.date("valid_until")?,
        },
    })
}

/// Every role of an account: held, ended and to come.
///
/// # Errors
/// What the engine says.
pub async fn grants_of<'a>(on: impl Into<Source<'a>>, account: AccountId) -> Result<Vec<Held>> {
    grants_in(on, &[account]).await
}

/// Every role of some accounts.
///
/// # Errors
/// What the engine says.
pub async fn grants_in<'a>(on: impl Into<Source<'a>>, accounts: &[AccountId]) -> Result<Vec<Held>> {
    if accounts.is_empty() {
        return Ok(Vec::new());
    }
    let mut query = sql(SELECT).push(" WHERE account_id IN (");
    query = query.push_list(accounts.iter().map(|account| account.0));
    let rows = query
        .push(") ORDER BY account_id, valid_from, id")
        .all(on)
        .await?;
    rows.iter().map(held_of).collect()
}

/// A role by its number.
///
/// # Errors
/// What the engine says.
pub async fn grant_by_id<'a>(on: impl Into<Source<'a>>, id: i64) -> Result<Option<Held>> {
    let query = sql(SELECT).push(" WHERE id = ").push_bind(id);
    query.optional(on).await?.as_ref().map(held_of).transpose()
}

/// Gives a role.
///
/// # Errors
/// What the engine says.
pub async fn grant_add(tx: &mut Tx, account: AccountId, grant: &Grant, by: Option<AccountId>) -> Result<i64> {
    let id = next_id(tx, "grants").await?;
    sql(
        "INSERT INTO grants (id, account_id, unit_id, role, valid_from, valid_until, given_by, created) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(id)
    .bind(account.0)
    .bind(grant.unit.get())
    .bind(grant.role.code())
    .bind(grant.from)
    .bind(Value::from(grant.until))
    .bind(Value::Int(by.map(|by| by.0)))
    .bind(now_micros())
    .run(tx)
    .await?;
    Ok(id)
}

/// Ends a role: `until` is the first day on which it no longer holds.
///
/// # Errors
/// What the engine says.
pub async fn grant_end(tx: &mut Tx, id: i64, until: Date) -> Result<()> {
    sql("UPDATE grants SET valid_until = $1 WHERE id = $2")
        .bind(until)
        .bind(id)
        .run(tx)
        .await
        .map(drop)
}
