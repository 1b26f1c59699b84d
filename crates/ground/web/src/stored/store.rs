//! The table `pages`.

use bytes::Bytes;
use db::{Db, Result, Row, Tx, sql};
use http::HeaderValue;

use super::{FOLLOWED, Packed};
use crate::encode::Coding;
use crate::look::{Lang, Look};

/// A kept page in one coding.
#[derive(Debug, Clone)]
pub struct Found {
    /// The compressed body.
    pub body: Bytes,
    /// Its strong ETag.
    pub etag: HeaderValue,
    /// The keys it depends on: `act:SLUG`, `links:SLUG`, `about:SLUG`.
    pub owners: Vec<String>,
    /// Epoch microseconds after which it is out of date.
    pub fresh_until: Option<i64>,
}

/// A kept page of another build, or one whose time has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stale {
    /// Address without language prefix.
    pub path: String,
    /// Language.
    pub lang: Lang,
}

fn word(coding: Coding) -> &'static str {
    match coding {
        Coding::Br => "br",
        Coding::Gzip => "gzip",
        Coding::Identity => "identity",
    }
}

/// Keeps a page. `seq` is the number of the change log whose state the page shows; `None` means
/// the newest one this transaction sees: then append to the change log first.
///
/// # Errors
/// What the engine says.
pub async fn put(tx: &mut Tx, build: &str, page: &Packed, seq: Option<i64>) -> Result<()> {
    let seq = match seq {
        Some(seq) => seq,
        None => sql("SELECT coalesce(max(seq), 0) AS seq FROM change_log")
            .one(&mut *tx)
            .await?
            .get("seq")?,
    };
    let variant = i64::from(page.look().variant());
    for (coding, etag, body) in &page.codings {
        sql(
            "INSERT INTO pages (path, variant, coding, build, kind, key, seq, fresh_until, etag, body) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) \
             ON CONFLICT (path, variant, coding) DO UPDATE SET build = excluded.build, \
             kind = excluded.kind, key = excluded.key, seq = excluded.seq, \
             fresh_until = excluded.fresh_until, etag = excluded.etag, body = excluded.body \
             WHERE pages.seq <= excluded.seq",
        )
        .bind(&page.path)
        .bind(variant)
        .bind(word(*coding))
        .bind(build)
        .bind(&page.kind)
        .bind(&page.key)
        .bind(seq)
        .bind(page.fresh_until)
        .bind(etag.to_str().unwrap_or_default())
        .bind(body.to_vec())
        .run(tx)
        .await?;
    }
    Ok(())
}

/// The kept page, if it still holds: this build, before its time, no later change of its owner.
///
/// # Errors
/// What the engine says.
pub async fn find(
    db: &Db,
    build: &str,
    path: &str,
    look: Look,
    coding: Coding,
    now: i64,
) -> Result<Option<Found>> {
    let row = sql("SELECT kind, key, fresh_until, etag, body FROM pages p \
         WHERE path = $1 AND variant = $2 AND coding = $3 AND build = $4 \
         AND (fresh_until IS NULL OR fresh_until > $5) \
         AND NOT EXISTS (SELECT 1 FROM change_log c \
             WHERE c.kind IN (p.kind, $6, $7) AND c.key = p.key AND c.seq > p.seq)")
    .bind(path)
    .bind(i64::from(look.variant()))
    .bind(word(coding))
    .bind(build)
    .bind(now)
    .bind(FOLLOWED[0])
    .bind(FOLLOWED[1])
    .optional(db)
    .await?;
    row.map(|row| found(&row)).transpose()
}

fn found(row: &Row) -> Result<Found> {
    let (kind, key): (String, String) = (row.get("kind")?, row.get("key")?);
    let etag: String = row.get("etag")?;
    Ok(Found {
        body: Bytes::from(row.get::<Vec<u8>>("body")?),
        etag: HeaderValue::from_str(&etag).unwrap_or(HeaderValue::from_static("\"0\"")),
        owners: [kind.as_str()]
            .into_iter()
            .chain(FOLLOWED)
            .map(|kind| format!("{kind}:{key}"))
            .collect(),
        fresh_until: row.get("fresh_until")?,
    })
}

/// Drops every page that depends on `kind:key`.
///
/// # Errors
/// What the engine says.
pub async fn drop_owner(tx: &mut Tx, kind: &str, key: &str) -> Result<u64> {
    sql("DELETE FROM pages WHERE kind = $1 AND key = $2")
        .bind(kind)
        .bind(key)
        .run(tx)
        .await
}

/// Drops one page if another build made it, its time has come or its links changed.
pub(super) async fn drop_old(tx: &mut Tx, build: &str, now: i64, page: &Stale) -> Result<u64> {
    sql("DELETE FROM pages WHERE path = $1 AND variant = $2 AND (build <> $3 OR fresh_until <= $4 \
         OR EXISTS (SELECT 1 FROM change_log c WHERE c.kind IN ($5, $6) AND c.key = pages.key AND c.seq > pages.seq))")
        .bind(&page.path)
        .bind(i64::from(Look::plain(page.lang).variant()))
        .bind(build)
        .bind(now)
        .bind(FOLLOWED[0])
        .bind(FOLLOWED[1])
        .run(tx)
        .await
}

/// Up to `limit` pages that another build made, whose time has come at `now` or whose links changed.
///
/// # Errors
/// What the engine says.
pub async fn stale(db: &Db, build: &str, now: i64, limit: i64) -> Result<Vec<Stale>> {
    let rows = sql(
        "SELECT path, variant FROM pages p WHERE build <> $1 OR fresh_until <= $2 \
         OR EXISTS (SELECT 1 FROM change_log c WHERE c.kind IN ($4, $5) AND c.key = p.key AND c.seq > p.seq) \
         GROUP BY path, variant ORDER BY path, variant LIMIT $3",
    )
    .bind(build)
    .bind(now)
    .bind(limit)
    .bind(FOLLOWED[0])
    .bind(FOLLOWED[1])
    .all(db)
    .await?;
    let english = i64::from(Look::plain(Lang::En).variant());
    rows.iter()
        .map(|row| {
            let lang = if row.get::<i64>("variant")? == english {
                Lang::En
            } else {
                Lang::Vi
            };
            Ok(Stale {
                path: row.get("path")?,
                lang,
            })
        })
        .collect()
}
