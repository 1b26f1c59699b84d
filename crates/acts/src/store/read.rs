//! One act and what belongs to it.

use db::{Db, Result, Row, Source, sql};
use legal::model::Claim;

use super::rows;
use crate::model::{Act, ActId, Event, EventKind, KeptClaim, Original};

/// The act of an address.
///
/// # Errors
/// What the engine says.
pub async fn act_by_slug(on: impl Into<Source<'_>>, slug: &str) -> Result<Option<Act>> {
    let row = sql(format!("SELECT {} FROM acts a WHERE a.slug = $1", rows::ACT)).bind(slug);
    row.optional(on).await?.as_ref().map(rows::act).transpose()
}

/// The act of a number of this database.
///
/// # Errors
/// What the engine says.
pub async fn act_by_id(on: impl Into<Source<'_>>, act: ActId) -> Result<Option<Act>> {
    let row = sql(format!("SELECT {} FROM acts a WHERE a.id = $1", rows::ACT)).bind(act.0);
    row.optional(on).await?.as_ref().map(rows::act).transpose()
}

/// The acts of several addresses in one query, in no order; unknown ones are left out.
///
/// # Errors
/// What the engine says.
pub async fn acts_by_slugs(db: &Db, slugs: &[String]) -> Result<Vec<Act>> {
    if slugs.is_empty() {
        return Ok(Vec::new());
    }
    let mut query = sql(format!("SELECT {} FROM acts a WHERE a.slug IN (", rows::ACT));
    for (place, slug) in slugs.iter().take(1_000).enumerate() {
        query = if place == 0 { query } else { query.push(", ") }.push_bind(slug);
    }
    query.push(")").all(db).await?.iter().map(rows::act).collect()
}

/// Addresses after `after` in their order, at most `limit`: for rebuilding indexes and checking.
///
/// # Errors
/// What the engine says.
pub async fn slugs_all(db: &Db, after: &str, limit: i64) -> Result<Vec<String>> {
    let query = sql("SELECT slug FROM acts WHERE slug > $1 ORDER BY slug LIMIT $2");
    query
        .bind(after)
        .bind(limit)
        .all(db)
        .await?
        .iter()
        .map(|row| row.get("slug"))
        .collect()
}

const ORIGINAL: &str = "SELECT o.sha256, o.item, o.language, o.format, o.file_name, o.media_type, o.size, \
     o.source, o.received, o.parser, o.has_text, o.confidence, o.mendings, o.warnings, e.id IS NOT NULL AS stands \
     FROM originals o LEFT JOIN expressions e ON e.act_id = o.act_id AND e.original_id = o.id \
     AND e.known_until IS NULL ";

/// The originals of an act: the one the text stands on first, then the latest.
///
/// # Errors
/// What the engine says.
pub async fn originals(db: &Db, act: ActId) -> Result<Vec<Original>> {
    let query = sql(ORIGINAL).push("WHERE o.act_id = $1 ORDER BY stands DESC, o.received DESC, o.id");
    query
        .bind(act.0)
        .all(db)
        .await?
        .iter()
        .map(rows::original)
        .collect()
}

/// One original of an act by its SHA-256, for showing and downloading.
///
/// # Errors
/// What the engine says.
pub async fn original(db: &Db, act: ActId, sha256: &str) -> Result<Option<Original>> {
    let query = sql(ORIGINAL).push("WHERE o.act_id = $1 AND o.sha256 = $2 ORDER BY o.item LIMIT 1");
    let row = query.bind(act.0).bind(sha256).optional(db).await?;
    row.as_ref().map(rows::original).transpose()
}

/// What sources say of an act, in the order in which it came.
///
/// # Errors
/// What the engine says.
pub async fn claims(on: impl Into<Source<'_>>, act: ActId) -> Result<Vec<KeptClaim>> {
    let query = sql(
        "SELECT c.field, c.value, c.source, c.seen, o.sha256 FROM claims c \
         JOIN originals o ON o.id = c.original_id WHERE c.act_id = $1 ORDER BY c.id",
    );
    query.bind(act.0).all(on).await?.iter().map(claim).collect()
}

fn claim(row: &Row) -> Result<KeptClaim> {
    let claim = Claim {
        field: row.get("field")?,
        value: row.get("value")?,
        source: row.get("source")?,
        seen: row.date("seen")?,
    };
    Ok(KeptClaim {
        claim,
        sha256: row.get("sha256")?,
    })
}

/// The history of an act, oldest first.
///
/// # Errors
/// What the engine says.
pub async fn events(db: &Db, act: ActId) -> Result<Vec<Event>> {
    let query = sql("SELECT v.at, v.kind, o.sha256, o.file_name FROM events v \
         LEFT JOIN originals o ON o.id = v.original_id WHERE v.act_id = $1 ORDER BY v.id");
    query.bind(act.0).all(db).await?.iter().map(event).collect()
}

fn event(row: &Row) -> Result<Event> {
    let code: String = row.get("kind")?;
    Ok(Event {
        at: row.get("at")?,
        kind: EventKind::from_code(&code),
        sha256: row.get("sha256")?,
        file_name: row.get("file_name")?,
    })
}
