//! The pins of public versions, as they were set when written or confirmed since.

use std::collections::{BTreeMap, HashMap};

use acts::touch::{Citing, Told};
use db::{Db, Insert, Result, Row, Source, Tx, now_micros, sql};
use jiff::civil::Date;
use policy::{UnitId, Visitor};

use super::drafts::citations;
use super::shown::{log_about, slug_of};
use crate::model::{Pinned, PostId};

/// What a version cites, pinned to what was written or confirmed last.
///
/// # Errors
/// What the engine says.
pub async fn pins(db: &Db, id: PostId, version: i64) -> Result<Vec<Pinned>> {
    let mut cited = citations(db, id, version).await?;
    let query = sql("SELECT act, provision, hash FROM post_confirmations \
         WHERE post_id = $1 AND version = $2 ORDER BY at");
    for row in &query.bind(id.0).bind(version).all(db).await? {
        let (act, provision): (String, String) = (row.get("act")?, row.get("provision")?);
        let hash: String = row.get("hash")?;
        for one in &mut cited {
            if one.act == act && one.provision == provision {
                one.hash.clone_from(&hash);
            }
        }
    }
    Ok(cited)
}

/// The day on which somebody last confirmed a version.
///
/// # Errors
/// What the engine says.
pub async fn confirmed<'a>(on: impl Into<Source<'a>>, id: PostId, version: i64) -> Result<Option<Date>> {
    let query = sql("SELECT max(day) AS day FROM post_confirmations WHERE post_id = $1 AND version = $2");
    query.bind(id.0).bind(version).one(on).await?.date("day")
}

/// Pins provisions of a version anew, each to a hash, and tells the log that the page changed.
///
/// # Errors
/// What the engine says.
pub async fn confirmation_put(
    tx: &mut Tx,
    id: PostId,
    (version, unit): (i64, UnitId),
    pins: &BTreeMap<(String, String), String>,
    day: Date,
    who: &Visitor,
) -> Result<()> {
    const COLUMNS: &[&str] = &[
        "post_id",
        "version",
        "act",
        "provision",
        "hash",
        "day",
        "account_id",
        "name",
        "at",
    ];
    let at = now_micros();
    let mut insert = Insert::into("post_confirmations", COLUMNS);
    for ((act, provision), hash) in pins {
        insert.row([
            id.0.into(),
            version.into(),
            act.into(),
            provision.into(),
            hash.into(),
            day.into(),
            who.account.0.into(),
            (&who.name).into(),
            at.into(),
        ]);
    }
    insert.run(tx).await?;
    log_about(tx, id, unit, [version, version]).await?;
    if let Some(slug) = slug_of(tx, id).await? {
        db::changes::append(tx, "post", &slug).await?;
    }
    Ok(())
}

/// The pins of public versions, and of those that will be, that cite an act.
///
/// # Errors
/// What the engine says.
pub async fn citing(db: &Db, act: &str) -> Result<Vec<Citing>> {
    let confirmed = sql("SELECT p.post_id, p.provision, p.hash FROM post_confirmations p \
         JOIN posts_shown s ON s.post_id = p.post_id AND s.version = p.version \
         WHERE p.act = $1 AND s.withdrawn = FALSE ORDER BY p.at");
    let mut hashes: HashMap<(i64, String), String> = HashMap::new();
    for row in &confirmed.bind(act).all(db).await? {
        hashes.insert((row.get("post_id")?, row.get("provision")?), row.get("hash")?);
    }
    let query = sql("SELECT c.post_id, c.provision, c.hash FROM post_citations c \
         JOIN posts_shown s ON s.post_id = c.post_id AND s.version = c.version \
         WHERE c.act = $1 AND c.missing = FALSE AND s.withdrawn = FALSE ORDER BY c.post_id, c.ord");
    let one = |row: &Row| {
        let (item, provision): (i64, String) = (row.get("post_id")?, row.get("provision")?);
        let hash = match hashes.get(&(item, provision.clone())) {
            Some(hash) => hash.clone(),
            None => row.get("hash")?,
        };
        Ok(Citing {
            item,
            provision,
            hash,
        })
    };
    query.bind(act).all(db).await?.iter().map(one).collect()
}

/// Public posts as the queue names them.
///
/// # Errors
/// What the engine says.
pub async fn told(db: &Db, items: &[i64]) -> Result<Vec<Told>> {
    let mut found = Vec::new();
    for chunk in items.chunks(400) {
        let query = sql("SELECT s.post_id, s.unit_id, v.title FROM posts_shown s \
             JOIN post_versions v ON v.post_id = s.post_id AND v.version = s.version \
             WHERE s.withdrawn = FALSE AND (s.shown_until IS NULL OR s.shown_until > ");
        let query = query.push_bind(now_micros()).push(") AND s.post_id IN (");
        let query = query.push_list(chunk.iter().copied()).push(")").once();
        for row in &query.all(db).await? {
            let item: i64 = row.get("post_id")?;
            found.push(Told {
                item,
                unit: UnitId::of(row.get("unit_id")?),
                title: row.get("title")?,
                path: format!("/ban-lam-viec/bai/{item}/ra-soat"),
            });
        }
    }
    Ok(found)
}
