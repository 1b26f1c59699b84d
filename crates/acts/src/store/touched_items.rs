//! The queue of content whose law has changed: rows by kind and number, whatever room they are of.

use std::collections::BTreeSet;

use db::{Db, Insert, Result, Row, Tx, Value, now_micros, sql};
use jiff::civil::Date;

/// A pinned provision of an item that says something else now.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct TouchedKey {
    /// Number of the item in its room.
    pub item: i64,
    /// The provision; empty: the act as a whole.
    pub provision: String,
    /// The day of the last change.
    pub since: Date,
}

/// An item that waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TouchedItem {
    /// Number of the item in its room.
    pub item: i64,
    /// The earliest day since which its law is another one.
    pub since: Date,
}

/// Puts what is touched of one kind by one act in the place of what was noted of it; how many rows are new.
///
/// # Errors
/// What the engine says.
pub async fn touched_put(tx: &mut Tx, kind: &str, act: &str, touched: &[TouchedKey]) -> Result<usize> {
    let known = sql("SELECT item, provision, since FROM law_touched WHERE kind = $1 AND act = $2");
    let known = known.bind(kind).bind(act).all(&mut *tx).await?;
    let mut kept = BTreeSet::new();
    for row in &known {
        let key = TouchedKey {
            item: row.get("item")?,
            provision: row.get("provision")?,
            since: row.date("since")?.unwrap_or_default(),
        };
        if touched.contains(&key) {
            kept.insert(key);
            continue;
        }
        sql("DELETE FROM law_touched WHERE kind = $1 AND item = $2 AND act = $3 AND provision = $4")
            .bind(kind)
            .bind(key.item)
            .bind(act)
            .bind(&key.provision)
            .run(&mut *tx)
            .await?;
    }
    let new: BTreeSet<&TouchedKey> = touched.iter().filter(|one| !kept.contains(one)).collect();
    let mut insert = Insert::into(
        "law_touched",
        &["kind", "item", "act", "provision", "since", "noted"],
    );
    for one in &new {
        insert.row([
            kind.into(),
            one.item.into(),
            act.into(),
            Value::from(&one.provision),
            one.since.into(),
            now_micros().into(),
        ]);
    }
    insert.run(tx).await?;
    Ok(new.len())
}

/// Whether anything of a kind is noted of an act.
pub(crate) async fn touched_any(db: &Db, kind: &str, act: &str) -> Result<bool> {
    let query = sql("SELECT 1 AS one FROM law_touched WHERE kind = $1 AND act = $2 LIMIT 1");
    Ok(query.bind(kind).bind(act).optional(db).await?.is_some())
}

/// Forgets an item that was looked at.
///
/// # Errors
/// What the engine says.
pub async fn touched_clear(tx: &mut Tx, kind: &str, item: i64) -> Result<()> {
    let query = sql("DELETE FROM law_touched WHERE kind = $1 AND item = $2");
    query.bind(kind).bind(item).run(tx).await.map(drop)
}

/// The items of a kind that wait, those that wait longest first.
///
/// # Errors
/// What the engine says.
pub async fn touched_items(db: &Db, kind: &str) -> Result<Vec<TouchedItem>> {
    let query = sql(
        "SELECT item, min(since) AS since FROM law_touched WHERE kind = $1 \
         GROUP BY item ORDER BY min(noted), item",
    );
    let one = |row: &Row| {
        Ok(TouchedItem {
            item: row.get("item")?,
            since: row.date("since")?.unwrap_or_default(),
        })
    };
    query.bind(kind).all(db).await?.iter().map(one).collect()
}

/// How far the log was followed, and the last day looked at; the beginning where it never was.
pub(crate) async fn seen(db: &Db) -> Result<(i64, Option<Date>)> {
    let row = sql("SELECT seq, day FROM law_touched_seen WHERE id = 1")
        .optional(db)
        .await?;
    row.map_or(Ok((0, None)), |row| Ok((row.get("seq")?, row.date("day")?)))
}

pub(crate) async fn seen_put(tx: &mut Tx, seq: i64, day: Date) -> Result<()> {
    sql("INSERT INTO law_touched_seen (id, seq, day) VALUES (1, $1, $2) \
         ON CONFLICT (id) DO UPDATE SET seq = excluded.seq, day = excluded.day")
    .bind(seq)
    .bind(day)
    .run(tx)
    .await
    .map(drop)
}

/// Addresses of the acts that ended, were suspended or hold again after one day and by another.
pub(crate) async fn ended_between(db: &Db, after: Date, by: Date) -> Result<Vec<String>> {
    let query = sql("SELECT slug FROM acts WHERE ends > $1 AND ends <= $2 \
         OR halts IS NOT NULL AND id IN (SELECT act_id FROM act_changes WHERE known_until IS NULL \
             AND how IN ('suspended', 'resumed') AND valid_from > $1 AND valid_from <= $2) ORDER BY slug");
    let rows = query.bind(after).bind(by).all(db).await?;
    rows.iter().map(|row| row.get("slug")).collect()
}
