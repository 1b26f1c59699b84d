//! The change log: what changed, in commit order, followed by every node.

use std::time::Duration;

use tokio::sync::watch;

use crate::{Db, Insert, Result, Row, Tx, Value, now_micros, sql};

/// How often another process's writes are looked for.
const POLL: Duration = Duration::from_millis(400);
const PAGE: i64 = 1_000;

/// One entry of the change log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Number, gapless from 1, in commit order.
    pub seq: i64,
    /// What changed: `act` …
    pub kind: String,
    /// Which one: the slug of an act …
    pub key: String,
    /// When, in epoch microseconds.
    pub at: i64,
}

impl Change {
    fn of(row: &Row) -> Result<Self> {
        Ok(Self {
            seq: row.get("seq")?,
            kind: row.get("kind")?,
            key: row.get("key")?,
            at: row.get("at")?,
        })
    }
}

/// Appends an entry in the transaction that makes the change.
/// Since one writer runs at a time, the number is the next one, without gaps.
///
/// # Errors
/// What the engine says.
pub async fn append(tx: &mut Tx, kind: &str, key: &str) -> Result<()> {
    sql("INSERT INTO change_log (seq, kind, key, at) \
         SELECT coalesce(max(seq), 0) + 1, $1, $2, $3 FROM change_log")
    .bind(kind)
    .bind(key)
    .bind(now_micros())
    .run(tx)
    .await?;
    tx.appended = true;
    Ok(())
}

/// Appends one entry of a kind for each key, in few statements.
///
/// # Errors
/// What the engine says.
pub async fn append_all(tx: &mut Tx, kind: &str, keys: &[String]) -> Result<()> {
    if keys.is_empty() {
        return Ok(());
    }
    let row = sql("SELECT coalesce(max(seq), 0) AS seq FROM change_log");
    let last: i64 = row.one(&mut *tx).await?.get("seq")?;
    let mut insert = Insert::into("change_log", &["seq", "kind", "key", "at"]);
    for (seq, key) in (last + 1..).zip(keys) {
        insert.row([seq.into(), kind.into(), Value::from(key), now_micros().into()]);
    }
    insert.run(tx).await?;
    tx.appended = true;
    Ok(())
}

/// Entries after `seq`, oldest first, at most `limit`.
///
/// # Errors
/// What the engine says.
pub async fn since(db: &Db, seq: i64, limit: i64) -> Result<Vec<Change>> {
    let rows = sql("SELECT seq, kind, key, at FROM change_log WHERE seq > $1 ORDER BY seq LIMIT $2")
        .bind(seq)
        .bind(limit)
        .all(db)
        .await?;
    rows.iter().map(Change::of).collect()
}

/// Number of the newest entry; 0 for an empty log.
///
/// # Errors
/// What the engine says.
pub async fn latest(db: &Db) -> Result<i64> {
    sql("SELECT coalesce(max(seq), 0) AS seq FROM change_log")
        .one(db)
        .await?
        .get("seq")
}

/// Follows the log from a number on.
#[derive(Debug)]
pub struct Follower {
    db: Db,
    seq: i64,
    wakes: watch::Receiver<u64>,
}

impl Follower {
    /// Follows from after `seq`.
    #[must_use]
    pub fn new(db: &Db, seq: i64) -> Self {
        Self {
            db: db.clone(),
            seq,
            wakes: db.wakes(),
        }
    }

    /// Number of the last entry handed out.
    #[must_use]
    pub fn seq(&self) -> i64 {
        self.seq
    }

    /// Waits for new entries and hands them over in order, each exactly once: at once when this
    /// process commits, within half a second when another does.
    ///
    /// # Errors
    /// What the engine says; the same entries come again on the next call.
    pub async fn next(&mut self) -> Result<Vec<Change>> {
        loop {
            self.wakes.mark_unchanged();
            let changes = since(&self.db, self.seq, PAGE).await?;
            if let Some(last) = changes.last() {
                self.seq = last.seq;
                return Ok(changes);
            }
            // Either the signal or the time: both mean "look again".
            let _ = tokio::time::timeout(POLL, self.wakes.changed()).await;
        }
    }
}
