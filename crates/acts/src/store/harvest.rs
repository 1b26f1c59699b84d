//! Acts for programs that fetch everything: harvesters and the sitemap.

use db::{Db, Result, Row, Sql, sql};
use legal::model::ActKind;

use super::rows;
use crate::model::{Act, ChangeToken};

/// What a harvester asks for: a span of changes, perhaps of one set.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Harvest {
    /// Changed at or after this instant, epoch microseconds.
    pub from: i64,
    /// Changed before this instant, epoch microseconds.
    pub until: i64,
    /// Of this kind.
    pub kind: Option<ActKind>,
    /// In the field of this slug.
    pub field: Option<String>,
}

/// Acts of a harvest after the place `after`, oldest change first; at most `limit`.
///
/// # Errors
/// What the engine says.
pub async fn acts_harvest(db: &Db, harvest: &Harvest, after: ChangeToken, limit: u32) -> Result<Vec<Act>> {
    narrowed(&format!("SELECT {} FROM acts a WHERE ", rows::ACT), harvest)
        .push(" AND (a.updated > ")
        .push_bind(after.updated)
        .push(" OR (a.updated = ")
        .push_bind(after.updated)
        .push(" AND a.id > ")
        .push_bind(after.id)
        .push(")) ORDER BY a.updated, a.id LIMIT ")
        .push_bind(limit)
        .all(db)
        .await?
        .iter()
        .map(rows::act)
        .collect()
}

/// How many acts a whole harvest has.
///
/// # Errors
/// What the engine says.
pub async fn harvest_size(db: &Db, harvest: &Harvest) -> Result<u64> {
    let count: i64 = narrowed("SELECT count(*) AS n FROM acts a WHERE ", harvest)
        .one(db)
        .await?
        .get("n")?;
    Ok(u64::try_from(count).unwrap_or_default())
}

fn narrowed(start: &str, harvest: &Harvest) -> Sql {
    let mut statement = sql(start.to_owned())
        .push("a.updated >= ")
        .push_bind(harvest.from)
        .push(" AND a.updated < ")
        .push_bind(harvest.until);
    if let Some(kind) = harvest.kind {
        statement = statement.push(" AND a.kind = ").push_bind(kind.slug());
    }
    if let Some(field) = &harvest.field {
        statement = statement.push(" AND a.field_slug = ").push_bind(field);
    }
    statement
}

/// When the act that has waited longest for a change last changed, epoch microseconds.
///
/// # Errors
/// What the engine says.
pub async fn acts_earliest(db: &Db) -> Result<Option<i64>> {
    sql("SELECT min(updated) AS first FROM acts")
        .one(db)
        .await?
        .get("first")
}

/// Acts a file of the sitemap holds at most.
const SITEMAP_PART: i64 = 10_000;

/// An act in the sitemap, or a file of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SitemapEntry {
    /// Address of the act, or number of the file.
    pub name: String,
    /// When it (or anything in it) last changed, epoch microseconds.
    pub updated: i64,
}

/// The files of the sitemap in order. An act stays in its file for ever.
///
/// # Errors
/// What the engine says.
pub async fn sitemap_parts(db: &Db) -> Result<Vec<SitemapEntry>> {
    let part = |row: &Row| {
        let number: i64 = row.get("part")?;
        Ok(SitemapEntry {
            name: number.to_string(),
            updated: row.get("updated")?,
        })
    };
    let query = "SELECT (id - 1) / 10000 AS part, max(updated) AS updated FROM acts \
         GROUP BY (id - 1) / 10000 ORDER BY part";
    sql(query).all(db).await?.iter().map(part).collect()
}

/// The acts of one file of the sitemap, at most 10,000.
///
/// # Errors
/// What the engine says.
pub async fn sitemap_part(db: &Db, part: u32) -> Result<Vec<SitemapEntry>> {
    let first = i64::from(part) * SITEMAP_PART;
    let entry = |row: &Row| {
        Ok(SitemapEntry {
            name: row.get("slug")?,
            updated: row.get("updated")?,
        })
    };
    sql("SELECT slug, updated FROM acts WHERE id > $1 AND id <= $2 ORDER BY id")
        .bind(first)
        .bind(first + SITEMAP_PART)
        .all(db)
        .await?
        .iter()
        .map(entry)
        .collect()
}
