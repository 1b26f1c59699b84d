//! Originals whose letters are a picture, and the queue of the recogniser.

use std::time::Duration;

use db::{Db, Insert, Result, Row, Source, Sql, Tx, Value, changes, now_micros, sql};
use legal::model::Claim;

use super::rows;
use crate::model::{ActId, Scan, ScanState};

/// How long one look at the queue holds a scan. Whoever is at work on it renews this.
pub const LEASE: Duration = Duration::from_secs(300);
/// Times a scan is tried that cost the recogniser its life.
const ATTEMPTS: i64 = 3;

const SCAN: &str = "SELECT s.sha256, s.file_name, s.format, s.media_type, s.size, s.claims, s.act_id, s.state, \
     s.pages, s.confidence, s.maker, s.message, s.received, a.slug FROM scans s LEFT JOIN acts a ON a.id = s.act_id ";

/// What nobody needs recognised: an exact Vietnamese text of the act stands already.
const WANTED: &str = "(s.act_id IS NULL OR NOT EXISTS (SELECT 1 FROM expressions e \
     JOIN originals o ON o.id = e.original_id WHERE e.act_id = s.act_id AND e.language = 'vi' \
     AND e.known_until IS NULL AND o.confidence IS NULL))";

/// A file that is kept as a scan.
#[derive(Clone, Debug)]
pub struct ScanPut<'a> {
    /// SHA-256 of the file.
    pub sha256: &'a str,
    /// Name under which it came.
    pub file_name: &'a str,
    /// `pdf`, `png` …
    pub format: &'a str,
    /// Media type to serve it with.
    pub media_type: &'a str,
    /// Bytes.
    pub size: i64,
    /// What lists say of it.
    pub claims: &'a [Claim],
    /// The act it is an original of, where that is known.
    pub act: Option<ActId>,
}

/// Keeps a scan and puts it into the queue; one that is known gets its act and claims and keeps
/// its state.
///
/// # Errors
/// What the engine says; the transaction is then of no more use.
pub async fn scan_put(tx: &mut Tx, put: &ScanPut<'_>) -> Result<()> {
    const COLUMNS: &[&str] = &[
        "sha256",
        "file_name",
        "format",
        "media_type",
        "size",
        "claims",
        "act_id",
        "state",
        "attempts",
        "leased_until",
        "pages",
        "message",
        "received",
    ];
    let mut insert = Insert::into("scans", COLUMNS).tail(
        "ON CONFLICT (sha256) DO UPDATE SET act_id = coalesce(excluded.act_id, scans.act_id), \
         claims = excluded.claims",
    );
    insert.row([
        put.sha256.into(),
        put.file_name.into(),
        put.format.into(),
        put.media_type.into(),
        put.size.into(),
        serde_json::to_string(put.claims)?.into(),
        Value::Int(put.act.map(|act| act.0)),
        rows::word(&ScanState::Waiting)?.into(),
        0_i64.into(),
        0_i64.into(),
        0_i64.into(),
        "".into(),
        now_micros().into(),
    ]);
    insert.run(tx).await.map(drop)
}

/// The scan of a SHA-256.
///
/// # Errors
/// What the engine says.
pub async fn scan(on: impl Into<Source<'_>>, sha256: &str) -> Result<Option<Scan>> {
    let query = sql(SCAN).push("WHERE s.sha256 = $1").bind(sha256);
    query.optional(on).await?.as_ref().map(read).transpose()
}

/// The scans of an act, the first that came first.
///
/// # Errors
/// What the engine says.
pub async fn scans_of_act(db: &Db, act: ActId) -> Result<Vec<Scan>> {
    all(
        db,
        sql(SCAN)
            .push("WHERE s.act_id = $1 ORDER BY s.received, s.sha256")
            .bind(act.0),
    )
    .await
}

/// Scans that wait, failed or belong to no known act, the first that came first.
///
/// # Errors
/// What the engine says.
pub async fn scans_open(db: &Db, limit: i64) -> Result<Vec<Scan>> {
    let query = sql(SCAN)
        .push("WHERE s.state <> 'recognised' AND ")
        .push(WANTED)
        .push(" ORDER BY s.received, s.sha256 LIMIT $1")
        .bind(limit);
    all(db, query).await
}

async fn all(db: &Db, query: Sql) -> Result<Vec<Scan>> {
    query.all(db).await?.iter().map(read).collect()
}

fn read(row: &Row) -> Result<Scan> {
    Ok(Scan {
        sha256: row.get("sha256")?,
        file_name: row.get("file_name")?,
        format: row.get("format")?,
        media_type: row.get("media_type")?,
        size: row.get("size")?,
        claims: row.json("claims")?,
        act: row.get::<Option<i64>>("act_id")?.map(ActId),
        slug: row.get("slug")?,
        state: rows::variant(row.get("state")?)?,
        pages: row.get("pages")?,
        confidence: row.get("confidence")?,
        maker: row.get("maker")?,
        message: row.get("message")?,
        received: row.get("received")?,
    })
}

/// Takes the next scan of the queue for [`LEASE`]; one whose taker died is handed out again, and
/// given up after three times. `None` where nothing waits.
///
/// # Errors
/// What the engine says.
pub async fn scan_take(db: &Db) -> Result<Option<Scan>> {
    let now = now_micros();
    let mut tx = db.begin().await?;
    let lost = "UPDATE scans SET state = 'failed', message = $1 \
         WHERE state = 'working' AND leased_until < $2 AND attempts >= $3";
    sql(lost)
        .bind("Việc nhận dạng dừng giữa chừng nhiều lần.")
        .bind(now)
        .bind(ATTEMPTS)
        .run(&mut tx)
        .await?;
    let query = sql(SCAN)
        .push("WHERE (s.state = 'waiting' OR (s.state = 'working' AND s.leased_until < $1)) AND ")
        .push(WANTED)
        .push(" ORDER BY s.received, s.sha256 LIMIT 1")
        .bind(now);
    let found = query.optional(&mut tx).await?.as_ref().map(read).transpose()?;
    if let Some(scan) = &found {
        let take = "UPDATE scans SET state = 'working', attempts = attempts + 1, leased_until = $1 WHERE sha256 = $2";
        sql(take).bind(lease()).bind(&scan.sha256).run(&mut tx).await?;
    }
    tx.commit().await?;
    Ok(found)
}

fn lease() -> i64 {
    now_micros().saturating_add(i64::try_from(LEASE.as_micros()).unwrap_or(i64::MAX))
}

/// Holds a scan for another [`LEASE`].
///
/// # Errors
/// What the engine says.
pub async fn scan_hold(db: &Db, sha256: &str) -> Result<()> {
    let mut tx = db.begin().await?;
    sql("UPDATE scans SET leased_until = $1 WHERE sha256 = $2 AND state = 'working'")
        .bind(lease())
        .bind(sha256)
        .run(&mut tx)
        .await?;
    tx.commit().await
}

/// Notes that a scan was recognised: `pages` of it, with `confidence` percent, by `maker`.
///
/// # Errors
/// What the engine says.
pub async fn scan_recognised(
    tx: &mut Tx,
    sha256: &str,
    act: ActId,
    pages: u32,
    confidence: i64,
    maker: &str,
) -> Result<()> {
    sql("UPDATE scans SET state = 'recognised', act_id = $1, pages = $2, confidence = $3, maker = $4, message = '' \
         WHERE sha256 = $5")
    .bind(act.0)
    .bind(pages)
    .bind(confidence)
    .bind(maker)
    .bind(sha256)
    .run(tx)
    .await
    .map(drop)
}

/// Notes why a scan could not be recognised; the page of its act is made anew.
///
/// # Errors
/// What the engine says.
pub async fn scan_failed(db: &Db, scan: &Scan, message: &str) -> Result<()> {
    let mut tx = db.begin().await?;
    sql("UPDATE scans SET state = 'failed', message = $1 WHERE sha256 = $2")
        .bind(message)
        .bind(&scan.sha256)
        .run(&mut tx)
        .await?;
    if let Some(slug) = &scan.slug {
        changes::append(&mut tx, "act", slug).await?;
    }
    tx.commit().await
}

/// Puts what failed back into the queue; how many there were.
///
/// # Errors
/// What the engine says.
pub async fn scans_retry(db: &Db) -> Result<u64> {
    let mut tx = db.begin().await?;
    let count = sql("UPDATE scans SET state = 'waiting', attempts = 0, message = '' WHERE state = 'failed'")
        .run(&mut tx)
        .await?;
    tx.commit().await?;
    Ok(count)
}
