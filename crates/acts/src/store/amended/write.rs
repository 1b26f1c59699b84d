//! Deriving the versions of acts that are due, and telling the log of the days on which they begin.

use std::collections::BTreeSet;

use db::{Db, Insert, Result, Row, Tx, Value, changes, now_micros, sql};
use futures::StreamExt;
use jiff::civil::Date;
use jiff::tz::{Offset, TimeZone};

use super::decisions;
use super::derive::{Derived, Happened, derive};
use super::due::{mark, targets};
use super::ended::{detailing, settle};
use super::input::input;
use crate::model::{Act, ActId};
use crate::store::{read, rows};

/// An act that is due, and how often it was marked.
struct Due {
    act: ActId,
    times: i64,
}

/// Derives the versions of at most `limit` acts that are due: their addresses; fewer than `limit`
/// where nothing is left. After each import, an update of the program, and after a copy was restored.
///
/// # Errors
/// What the engine says.
pub async fn versions_catch_up(db: &Db, limit: i64) -> Result<Vec<String>> {
    let all = versions_derive(db, limit).await?;
    Ok(all.into_iter().map(|one| one.slug).collect())
}

/// An act whose versions were derived.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaughtUp {
    /// Its address.
    pub slug: String,
    /// Whether anything of it is otherwise than before.
    pub changed: bool,
}

/// The same, telling which acts are otherwise than before: only their pages are to be made anew.
///
/// # Errors
/// What the engine says.
pub async fn versions_derive(db: &Db, limit: i64) -> Result<Vec<CaughtUp>> {
    let query = sql("SELECT act_id, times FROM versions_due ORDER BY act_id LIMIT $1");
    let due = |row: &Row| {
        Ok(Due {
            act: ActId(row.get("act_id")?),
            times: row.get("times")?,
        })
    };
    let due: Vec<Due> = query
        .bind(limit)
        .all(db)
        .await?
        .iter()
        .map(due)
        .collect::<Result<_>>()?;
    let making = due.into_iter().map(|one| make(db.clone(), one));
    let mut made = futures::stream::iter(making).buffered(AT_ONCE);
    let mut all = Vec::new();
    while let Some(one) = made.next().await {
        all.push(one?);
    }
    if all.is_empty() {
        return Ok(Vec::new());
    }
    let mut tx = db.begin().await?;
    let mut done = Vec::with_capacity(all.len());
    for one in all {
        let slug = one.act.slug.clone();
        let changed = write(&mut tx, one).await?;
        done.push(CaughtUp { slug, changed });
    }
    tx.commit().await?;
    Ok(done)
}

/// What the log calls an act that does something else to others than before.
pub const ACTING: &str = "acting";

/// Acts derived at once.
const AT_ONCE: usize = 2;

/// What was derived for an act that is due.
struct Made {
    due: Due,
    act: Act,
    versions: Vec<Derived>,
    happened: Vec<Happened>,
    /// Decisions of which nothing is read any more.
    stale: Vec<i64>,
}

async fn make(db: Db, due: Due) -> Result<Made> {
    let mut reading = db.snapshot().await?;
    let act = read::act_by_id(&mut reading, due.act).await?;
    let act = act.ok_or_else(|| db::DbError::Shape(format!("versions of act {}", due.act.0)))?;
    let standing = decisions::standing(&mut reading, &act.slug).await?;
    let (input, stale) = input(&mut reading, &act, &standing).await?;
    reading.rollback().await?;
    let deriving = tokio::task::spawn_blocking(move || derive(input)).await;
    let broken = |why: &dyn std::fmt::Display| db::DbError::Shape(format!("versions of {}: {why}", act.slug));
    let (versions, happened) = deriving
        .map_err(|why| broken(&why))?
        .map_err(|why| broken(&why))?;
    Ok(Made {
        due,
        act,
        versions,
        happened,
        stale,
    })
}

/// Derives one act that is due at once, before whatever else is due.
///
/// # Errors
/// What the engine says.
pub async fn versions_now(db: &Db, act: ActId) -> Result<()> {
    let query = sql("SELECT times FROM versions_due WHERE act_id = $1").bind(act.0);
    let Some(row) = query.optional(db).await? else {
        return Ok(());
    };
    let times = row.get("times")?;
    let made = make(db.clone(), Due { act, times }).await?;
    let mut tx = db.begin().await?;
    write(&mut tx, made).await?;
    tx.commit().await
}

/// True where anything changed.
async fn write(tx: &mut Tx, made: Made) -> Result<bool> {
    let taken = sql("DELETE FROM versions_due WHERE act_id = $1 AND times = $2")
        .bind(made.due.act.0)
        .bind(made.due.times)
        .run(&mut *tx)
        .await?;
    // Marked again meanwhile, or derived by another process: that one writes.
    if taken == 0 {
        return Ok(false);
    }
    let (act, now) = (made.act, now_micros());
    let texts = versions_write(tx, act.id, now, made.versions).await?;
    let said = happened_write(tx, act.id, now, made.happened).await?;
    decisions::stale_write(tx, &act.slug, &made.stale).await?;
    if said {
        let settled = settle(tx, act.id).await?;
        let mut due = BTreeSet::new();
        if settled.ended {
            // What details it may end with it.
            due.extend(detailing(tx, act.id).await?);
        }
        if settled.begins || day_moved(tx, act.id, now).await? {
            // What it does to others holds from another day, or may.
            due.extend(targets(tx, act.id).await?);
        }
        mark(tx, &due).await?;
    }
    if said {
        // Their files tell what they do to others.
        let query = sql(
            "SELECT DISTINCT a.slug FROM act_changes c JOIN acts a ON a.id = c.by_id \
             WHERE c.act_id = $1 AND (c.known_from = $2 OR c.known_until = $2) ORDER BY a.slug",
        );
        let rows = query.bind(act.id.0).bind(now).all(&mut *tx).await?;
        let acting: Vec<String> = rows.iter().map(|row| row.get("slug")).collect::<Result<_>>()?;
        changes::append_all(tx, ACTING, &acting).await?;
    }
    if texts || said {
        sql("UPDATE acts SET updated = $1 WHERE id = $2")
            .bind(now)
            .bind(act.id.0)
            .run(&mut *tx)
            .await?;
        changes::append(tx, "act", &act.slug).await?;
    }
    Ok(texts || said)
}

/// Whether it is told otherwise than before that the commencement of an act is in doubt.
async fn day_moved(tx: &mut Tx, act: ActId, now: i64) -> Result<bool> {
    let query = sql(
        "SELECT 1 AS one FROM act_changes WHERE act_id = $1 AND reason = 'day-moved' \
         AND (known_from = $2 OR known_until = $2) LIMIT 1",
    );
    Ok(query.bind(act.0).bind(now).optional(tx).await?.is_some())
}

/// Closes what is no longer right and adds what is new; true where anything changed.
async fn versions_write(tx: &mut Tx, act: ActId, now: i64, versions: Vec<Derived>) -> Result<bool> {
    const COLUMNS: &[&str] = &[
        "id",
        "act_id",
        "valid_from",
        "hash",
        "content",
        "begun",
        "known_from",
        "known_until",
    ];
    let standing =
        sql("SELECT id, valid_from, hash FROM act_versions WHERE act_id = $1 AND known_until IS NULL");
    let standing = standing.bind(act.0).all(&mut *tx).await?;
    let mut gone = Vec::new();
    let mut kept = Vec::new();
    for row in &standing {
        let (day, hash) = (row.date("valid_from")?, row.get::<String>("hash")?);
        let same = versions
            .iter()
            .any(|one| Some(one.valid_from) == day && one.hash == hash);
        if same {
            kept.extend(day);
        } else {
            gone.push(row.get::<i64>("id")?);
        }
    }
    close(tx, "act_versions", now, &gone).await?;
    let mut next = next_id(tx, "act_versions").await?;
    // Of what begins later the log tells when it begins; in Vietnam there is one time.
    let vietnam = TimeZone::fixed(Offset::constant(7));
    let today = vietnam.to_datetime(jiff::Timestamp::now()).date();
    let mut insert = Insert::into("act_versions", COLUMNS);
    let mut added = false;
    for one in versions.into_iter().filter(|one| !kept.contains(&one.valid_from)) {
        insert.row([
            next.into(),
            act.0.into(),
            one.valid_from.into(),
            one.hash.into(),
            one.content.into(),
            (one.valid_from <= today).into(),
            now.into(),
            Value::Int(None),
        ]);
        next += 1;
        added = true;
    }
    insert.run(tx).await?;
    Ok(added || !gone.is_empty())
}

async fn happened_write(tx: &mut Tx, act: ActId, now: i64, happened: Vec<Happened>) -> Result<bool> {
    const COLUMNS: &[&str] = &[
        "id",
        "act_id",
        "ord",
        "provision",
        "valid_from",
        "how",
        "reason",
        "by_id",
        "instruction",
        "place",
        "sentence",
        "hash",
        "seen",
        "decided",
        "known_from",
        "known_until",
    ];
    const SAID: &str =
        "ord, provision, valid_from, how, reason, by_id, instruction, place, sentence, hash, seen, decided";
    let mut said = said_now(happened)?;
    let standing = sql(format!(
        "SELECT id, {SAID} FROM act_changes WHERE act_id = $1 AND known_until IS NULL"
    ));
    let mut gone = Vec::new();
    for row in &standing.bind(act.0).all(&mut *tx).await? {
        let old = values(row)?;
        match said.iter().position(|one| *one == old) {
            Some(place) => drop(said.remove(place)),
            None => gone.push(row.get::<i64>("id")?),
        }
    }
    close(tx, "act_changes", now, &gone).await?;
    let next = next_id(tx, "act_changes").await?;
    let added = !said.is_empty();
    let mut insert = Insert::into("act_changes", COLUMNS);
    for (place, one) in (0_i64..).zip(said) {
        let mut row = vec![Value::from(next + place), act.0.into()];
        row.extend(one);
        row.extend([now.into(), Value::Int(None)]);
        insert.row_of(row);
    }
    insert.run(tx).await?;
    Ok(added || !gone.is_empty())
}

/// The values of what happened, in the order of the columns.
fn said_now(happened: Vec<Happened>) -> Result<Vec<Vec<Value>>> {
    let mut said: Vec<Vec<Value>> = Vec::with_capacity(happened.len());
    for (ord, one) in (0_i64..).zip(happened) {
        said.push(vec![
            ord.into(),
            one.provision.into(),
            Value::from(one.valid_from),
            one.how.word()?.into(),
            Value::from(one.reason.map(|reason| rows::word(&reason)).transpose()?),
            one.by.into(),
            Value::Int(one.instruction.map(i64::from)),
            one.place.into(),
            one.sentence.into(),
            one.hash.into(),
            one.seen.into(),
            Value::from(one.decided),
        ]);
    }
    Ok(said)
}

fn values(row: &Row) -> Result<Vec<Value>> {
    let text = |column| Ok::<_, db::DbError>(Value::Text(row.get(column)?));
    let int = |column| Ok::<_, db::DbError>(Value::Int(row.get(column)?));
    Ok(vec![
        int("ord")?,
        text("provision")?,
        text("valid_from")?,
        text("how")?,
        text("reason")?,
        int("by_id")?,
        int("instruction")?,
        text("place")?,
        text("sentence")?,
        text("hash")?,
        text("seen")?,
        text("decided")?,
    ])
}

async fn close(tx: &mut Tx, table: &str, now: i64, ids: &[i64]) -> Result<()> {
    for chunk in ids.chunks(500) {
        let query = sql(format!("UPDATE {table} SET known_until = $1 WHERE id IN (")).bind(now);
        query
            .push_list(chunk.iter().copied())
            .push(")")
            .once()
            .run(&mut *tx)
            .await?;
    }
    Ok(())
}

async fn next_id(tx: &mut Tx, table: &str) -> Result<i64> {
    let row = sql(format!("SELECT coalesce(max(id), 0) + 1 AS next FROM {table}"))
        .one(tx)
        .await?;
    row.get("next")
}

/// Names in the log the acts whose next version begins on `today` or began before it, unless that
/// was told already: their addresses. Pages, index and feeds follow.
///
/// # Errors
/// What the engine says.
pub async fn versions_begin(db: &Db, today: Date) -> Result<Vec<String>> {
    let waiting = "FROM act_versions WHERE NOT begun AND known_until IS NULL AND valid_from <= $1";
    let any = sql(format!("SELECT 1 AS one {waiting} LIMIT 1")).bind(today);
    if any.optional(db).await?.is_none() {
        return Ok(Vec::new());
    }
    let mut tx = db.begin().await?;
    let query = sql(format!(
        "SELECT DISTINCT a.slug FROM acts a WHERE a.id IN (SELECT act_id {waiting})"
    ));
    let slugs: Vec<String> = query
        .bind(today)
        .all(&mut tx)
        .await?
        .iter()
        .map(|row| row.get("slug"))
        .collect::<Result<_>>()?;
    // Feeds and harvesters tell of acts by when they changed.
    sql(format!(
        "UPDATE acts SET updated = $2 WHERE id IN (SELECT act_id {waiting})"
    ))
    .bind(today)
    .bind(now_micros())
    .run(&mut tx)
    .await?;
    sql("UPDATE act_versions SET begun = TRUE WHERE NOT begun AND known_until IS NULL AND valid_from <= $1")
        .bind(today)
        .run(&mut tx)
        .await?;
    changes::append_all(&mut tx, "act", &slugs).await?;
    tx.commit().await?;
    Ok(slugs)
}
