//! The log in the database.

use db::{DbError, Result, Row, Source, Tx, Value, now_micros, sql};
use policy::Roots;

use crate::chain::{Head, Line, Verdict, Verifier};
use crate::{Actor, Entry};

/// Which lines are wanted.
#[derive(Clone, Debug)]
pub struct Filter {
    /// Lines of these units (with those below them, which the caller has filled in).
    pub units: Roots,
    /// Only lines before this number.
    pub before: Option<i64>,
    /// At most so many, newest first.
    pub limit: i64,
}

/// Writes a line in the transaction that does what it says.
///
/// # Errors
/// What the engine says.
pub async fn append(tx: &mut Tx, entry: &Entry) -> Result<()> {
    let head = head(&mut *tx).await?;
    let (account, actor) = match &entry.actor {
        Actor::Person(account, name) => (Some(account.0), name.as_str()),
        Actor::Guest => (None, "khách"),
        Actor::Operator => (None, "người vận hành"),
        Actor::System => (None, "hệ thống"),
    };
    let mut line = Line {
        seq: head.seq + 1,
        at: now_micros(),
        account,
        actor: actor.to_owned(),
        unit: entry.unit.map(|unit| unit.get()),
        act: entry.act.to_owned(),
        object: entry.object.clone(),
        detail: entry.detail.to_string(),
        prev: head.hash,
        hash: String::new(),
    };
    line.hash = line.right_hash();
    sql(
        "INSERT INTO audit_log (seq, at, account_id, actor, unit_id, act, object, detail, prev, hash) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    )
    .bind(line.seq)
    .bind(line.at)
    .bind(Value::Int(line.account))
    .bind(line.actor)
    .bind(Value::Int(line.unit))
    .bind(line.act)
    .bind(line.object)
    .bind(line.detail)
    .bind(line.prev)
    .bind(line.hash)
    .run(tx)
    .await
    .map(drop)
}

/// The end of the log.
///
/// # Errors
/// What the engine says.
pub async fn head<'a>(on: impl Into<Source<'a>>) -> Result<Head> {
    let last = sql("SELECT seq, hash FROM audit_log ORDER BY seq DESC LIMIT 1");
    let row = last.optional(on).await?;
    row.map_or_else(
        || Ok(Head::default()),
        |row| {
            Ok(Head {
                seq: row.get("seq")?,
                hash: row.get("hash")?,
            })
        },
    )
}

/// Lines, newest first.
///
/// # Errors
/// What the engine says.
pub async fn page<'a>(on: impl Into<Source<'a>>, filter: &Filter) -> Result<Vec<Line>> {
    let mut query = sql(
        "SELECT seq, at, account_id, actor, unit_id, act, object, detail, prev, hash \
         FROM audit_log WHERE seq < ",
    )
    .push_bind(filter.before.unwrap_or(i64::MAX));
    if let Roots::Below(units) = &filter.units {
        if units.is_empty() {
            return Ok(Vec::new());
        }
        query = query.push(" AND unit_id IN (");
        query = query.push_list(units.iter().map(|unit| unit.get()));
        query = query.push(")");
    }
    let rows = query
        .push(" ORDER BY seq DESC LIMIT ")
        .push_bind(filter.limit)
        .all(on)
        .await?;
    rows.iter().map(line_of).collect()
}

/// Reads the whole log and compares it with heads noted elsewhere.
///
/// # Errors
/// What the engine says.
pub async fn verify(tx: &mut Tx, noted: Vec<Head>) -> Result<Verdict> {
    let mut verifier = Verifier::new(noted);
    sql(
        "SELECT seq, at, account_id, actor, unit_id, act, object, detail, prev, hash \
         FROM audit_log ORDER BY seq",
    )
    .each(tx, |row| -> Result<(), DbError> {
        verifier.take(&line_of(&row)?);
        Ok(())
    })
    .await?;
    Ok(verifier.finish())
}

fn line_of(row: &Row) -> Result<Line> {
    Ok(Line {
        seq: row.get("seq")?,
        at: row.get("at")?,
        account: row.get("account_id")?,
        actor: row.get("actor")?,
        unit: row.get("unit_id")?,
        act: row.get("act")?,
        object: row.get("object")?,
        detail: row.get("detail")?,
        prev: row.get("prev")?,
        hash: row.get("hash")?,
    })
}
