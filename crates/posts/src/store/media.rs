//! Uploaded files in the database; their bytes lie in the store of files.

use std::collections::HashMap;

use db::{DbError, Insert, Result, Row, Source, Tx, now_micros, sql};
use jiff::Timestamp;
use media::Kind;
use policy::{UnitId, Visitor};

use super::shown::at;
use crate::model::{File, Media, PostId};

/// Files of one version at most.
pub const FILES: usize = 200;

/// Keeps an uploaded file whose bytes are in the store of files; gives its number.
///
/// # Errors
/// What the engine says.
pub async fn media_insert(
    tx: &mut Tx,
    unit: UnitId,
    kind: Kind,
    name: &str,
    has_text: bool,
    files: &[File],
    who: &Visitor,
) -> Result<i64> {
    let last = sql("SELECT coalesce(max(id), 0) AS id FROM media");
    let id = last.one(&mut *tx).await?.get::<i64>("id")? + 1;
    sql("INSERT INTO media (id, unit_id, kind, name, has_text, author_id, at) VALUES ($1, $2, $3, $4, $5, $6, $7)")
        .bind(id)
        .bind(unit.get())
        .bind(kind.code())
        .bind(name)
        .bind(has_text)
        .bind(who.account.0)
        .bind(now_micros())
        .run(&mut *tx)
        .await?;
    let mut insert = Insert::into(
        "media_files",
        &[
            "media_id",
            "name",
            "media_type",
            "width",
            "height",
            "size",
            "sha256",
        ],
    );
    for file in files {
        insert.row([
            id.into(),
            (&file.name).into(),
            (&file.media_type).into(),
            i64::from(file.width).into(),
            i64::from(file.height).into(),
            file.size.into(),
            (&file.sha256).into(),
        ]);
    }
    insert.run(tx).await?;
    Ok(id)
}

fn file_of(row: &Row) -> Result<File> {
    let pixels = |column: &str| Ok::<_, DbError>(u32::try_from(row.get::<i64>(column)?).unwrap_or_default());
    Ok(File {
        name: row.get("name")?,
        media_type: row.get("media_type")?,
        width: pixels("width")?,
        height: pixels("height")?,
        size: row.get("size")?,
        sha256: row.get("sha256")?,
    })
}

/// Uploaded files by number, with what goes out of each, the smallest first.
///
/// # Errors
/// What the engine says.
pub async fn media_by_ids(tx: &mut Tx, ids: &[i64]) -> Result<HashMap<i64, Media>> {
    let mut found = HashMap::new();
    let ids = &ids[..ids.len().min(FILES)];
    if ids.is_empty() {
        return Ok(found);
    }
    let query = sql("SELECT id, unit_id, kind, name AS title, has_text FROM media WHERE id IN (");
    for row in query
        .push_list(ids.iter().copied())
        .push(")")
        .all(&mut *tx)
        .await?
    {
        let kind: String = row.get("kind")?;
        let media = Media {
            id: row.get("id")?,
            unit: UnitId::of(row.get("unit_id")?),
            kind: Kind::from_code(&kind).ok_or(DbError::Shape(kind))?,
            name: row.get("title")?,
            has_text: row.get("has_text")?,
            files: Vec::new(),
        };
        found.insert(media.id, media);
    }
    let query = sql(
        "SELECT media_id, name, media_type, width, height, size, sha256 FROM media_files WHERE media_id IN (",
    );
    let query = query.push_list(ids.iter().copied());
    for row in query.push(") ORDER BY media_id, width").all(&mut *tx).await? {
        if let Some(media) = found.get_mut(&row.get("media_id")?) {
            media.files.push(file_of(&row)?);
        }
    }
    Ok(found)
}

/// Files that came before a moment and that no version shows, the oldest first, at most so many. The
/// newest file of all stays: its number is never given to another one.
///
/// # Errors
/// What the engine says.
pub async fn media_unused(tx: &mut Tx, before: Timestamp, limit: i64) -> Result<Vec<Media>> {
    let query = sql("SELECT m.id FROM media m WHERE m.at < ").push_bind(before.as_microsecond());
    let query = query.push(
        " AND m.id < (SELECT max(id) FROM media) \
         AND NOT EXISTS (SELECT 1 FROM post_media pm WHERE pm.media_id = m.id) ORDER BY m.id LIMIT ",
    );
    let rows = query.push_bind(limit).all(&mut *tx).await?;
    let ids: Vec<i64> = rows.iter().map(|row| row.get("id")).collect::<Result<_>>()?;
    let mut found: Vec<Media> = media_by_ids(tx, &ids).await?.into_values().collect();
    found.sort_by_key(|media| media.id);
    Ok(found)
}

/// Forgets a file that no version shows.
///
/// # Errors
/// What the engine says.
pub async fn media_drop(tx: &mut Tx, id: i64) -> Result<()> {
    for query in [
        "DELETE FROM media_files WHERE media_id = $1",
        "DELETE FROM media WHERE id = $1",
    ] {
        sql(query).bind(id).run(&mut *tx).await?;
    }
    Ok(())
}

/// Whether an act, a scan or a file has these bytes.
///
/// # Errors
/// What the engine says.
pub async fn bytes_are_used<'a>(on: impl Into<Source<'a>>, sha256: &str) -> Result<bool> {
    let query = sql("SELECT 1 AS one FROM media_files WHERE sha256 = $1 \
         UNION SELECT 1 AS one FROM originals WHERE sha256 = $2 UNION SELECT 1 AS one FROM scans WHERE sha256 = $3");
    let query = query.bind(sha256).bind(sha256).bind(sha256);
    Ok(query.optional(on).await?.is_some())
}

/// Keeps which files a version shows.
///
/// # Errors
/// What the engine says.
pub async fn post_media_put(tx: &mut Tx, id: PostId, version: i64, media: &[i64]) -> Result<()> {
    let mut insert = Insert::into("post_media", &["post_id", "version", "media_id"]);
    for one in media {
        insert.row([id.0.into(), version.into(), (*one).into()]);
    }
    insert.run(tx).await.map(drop)
}

/// The files that a version shows.
///
/// # Errors
/// What the engine says.
pub async fn post_media(db: &db::Db, id: PostId, version: i64) -> Result<HashMap<i64, Media>> {
    let mut tx = db.snapshot().await?;
    let rows = sql("SELECT media_id FROM post_media WHERE post_id = $1 AND version = $2");
    let rows = rows.bind(id.0).bind(version).all(&mut tx).await?;
    let ids: Vec<i64> = rows
        .iter()
        .map(|row| row.get("media_id"))
        .collect::<Result<_>>()?;
    media_by_ids(&mut tx, &ids).await
}

/// A file that goes out, if a post that is public at a moment shows it.
///
/// # Errors
/// What the engine says.
pub async fn file_shown<'a>(
    on: impl Into<Source<'a>>,
    media: i64,
    name: &str,
    now: Timestamp,
) -> Result<Option<File>> {
    let query = sql(
        "SELECT f.name, f.media_type, f.width, f.height, f.size, f.sha256 FROM media_files f WHERE f.media_id = ",
    );
    let query = query.push_bind(media).push(" AND f.name = ").push_bind(name);
    let query = query.push(
        " AND EXISTS (SELECT 1 FROM post_media pm JOIN posts_shown s ON s.post_id = pm.post_id \
         AND s.version = pm.version WHERE pm.media_id = f.media_id AND",
    );
    let query = at(query, now).push(")");
    query.optional(on).await?.as_ref().map(file_of).transpose()
}
