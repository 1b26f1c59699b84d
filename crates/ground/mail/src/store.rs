//! The outbox in the database.

use db::{Result, Tx, now_micros, sql};

use crate::Letter;

const MINUTE: i64 = 60_000_000;
/// Pauses after each failure, in minutes; then the letter is given up (three days in all).
const PAUSES: [i64; 8] = [1, 5, 15, 60, 240, 720, 1440, 1440];
/// How long a letter belongs to the node that took it.
const LEASE: i64 = 2 * MINUTE;

/// A letter whose turn it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    /// Its number.
    pub id: i64,
    /// The letter.
    pub letter: Letter,
    /// How often it was tried before.
    pub tries: i64,
}

/// Puts a letter into the outbox.
///
/// # Errors
/// What the engine says.
pub async fn enqueue(tx: &mut Tx, letter: &Letter) -> Result<()> {
    let last = sql("SELECT coalesce(max(id), 0) AS id FROM letters");
    let id: i64 = last.one(&mut *tx).await?.get("id")?;
    sql(
        "INSERT INTO letters (id, recipient, subject, body, created, tries, next_try, done, problem) \
         VALUES ($1, $2, $3, $4, $5, 0, $6, NULL, '')",
    )
    .bind(id + 1)
    .bind(&letter.to)
    .bind(&letter.subject)
    .bind(&letter.text)
    .bind(now_micros())
    .bind(now_micros())
    .run(tx)
    .await
    .map(drop)
}

/// Takes the oldest letter whose turn it is, for two minutes: another node takes another one.
///
/// # Errors
/// What the engine says.
pub async fn next_due(tx: &mut Tx, now: i64) -> Result<Option<Due>> {
    let row = sql("SELECT id, recipient, subject, body, tries FROM letters \
         WHERE done IS NULL AND next_try <= $1 ORDER BY next_try, id LIMIT 1")
    .bind(now)
    .optional(&mut *tx)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let due = Due {
        id: row.get("id")?,
        letter: Letter {
            to: row.get("recipient")?,
            subject: row.get("subject")?,
            text: row.get("body")?,
        },
        tries: row.get("tries")?,
    };
    sql("UPDATE letters SET next_try = $1 WHERE id = $2")
        .bind(now + LEASE)
        .bind(due.id)
        .run(tx)
        .await?;
    Ok(Some(due))
}

/// Notes that a letter was sent; its text goes, for it may hold a link that opens something.
///
/// # Errors
/// What the engine says.
pub async fn sent(tx: &mut Tx, id: i64, now: i64) -> Result<()> {
    sql("UPDATE letters SET done = $1, body = '', problem = '' WHERE id = $2")
        .bind(now)
        .bind(id)
        .run(tx)
        .await
        .map(drop)
}

/// Notes that a letter could not be sent: it comes again later, or is given up after three days.
///
/// # Errors
/// What the engine says.
pub async fn failed(tx: &mut Tx, due: &Due, problem: &str, now: i64) -> Result<()> {
    let pause = usize::try_from(due.tries)
        .ok()
        .and_then(|tries| PAUSES.get(tries));
    let update = match pause {
        Some(minutes) => sql("UPDATE letters SET next_try = ").push_bind(now + minutes * MINUTE),
        None => sql("UPDATE letters SET body = '', done = ").push_bind(now),
    };
    update
        .push(", tries = tries + 1, problem = ")
        .push_bind(problem)
        .push(" WHERE id = ")
        .push_bind(due.id)
        .run(tx)
        .await
        .map(drop)
}
