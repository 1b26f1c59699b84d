//! What the public sees. Every public page, feed and list reads here and nowhere else: a draft cannot
//! be on them.

use db::{Result, Row, Source, Sql, Tx, Value, changes, now_micros, sql};
use jiff::Timestamp;
use jiff::civil::Date;
use policy::UnitId;

use super::drafts::moment;
use crate::body::{Block, lines};
use crate::model::{Draft, Post, PostId, Showing, Shown, Wanted};

const SHOWN: &str = "SELECT s.post_id, s.version, s.slug, s.unit_id, s.kind, s.shown_from, s.shown_until, s.review_on, s.changed, \
     v.title, v.summary FROM posts_shown s JOIN post_versions v ON v.post_id = s.post_id AND v.version = s.version";

const NEWEST: &str = " ORDER BY s.shown_from DESC, s.post_id DESC";

const SHOWN_TEXT: &str = "SELECT s.post_id, s.version, s.slug, s.unit_id, s.kind, s.shown_from, s.shown_until, s.review_on, \
     s.changed, v.title, v.summary, v.body \
     FROM posts_shown s JOIN post_versions v ON v.post_id = s.post_id AND v.version = s.version";

fn showing_of(row: &Row) -> Result<Showing> {
    let until: Option<i64> = row.get("shown_until")?;
    Ok(Showing {
        from: moment(row, "shown_from")?,
        until: until.map(Timestamp::from_microsecond).transpose()?,
        review: row.date("review_on")?,
    })
}

fn shown_of(row: &Row) -> Result<Shown> {
    Ok(Shown {
        id: PostId(row.get("post_id")?),
        version: row.get("version")?,
        slug: row.get("slug")?,
        unit: UnitId::of(row.get("unit_id")?),
        kind: row.get("kind")?,
        title: row.get("title")?,
        summary: row.get("summary")?,
        showing: showing_of(row)?,
        changed: moment(row, "changed")?,
    })
}

pub(super) fn at(query: Sql, now: Timestamp) -> Sql {
    let query = query
        .push(" s.withdrawn = FALSE AND s.shown_from <= ")
        .push_bind(now.as_microsecond());
    let query = query
        .push(" AND (s.shown_until IS NULL OR s.shown_until > ")
        .push_bind(now.as_microsecond());
    query.push(")")
}

/// The post of an address at a moment.
///
/// # Errors
/// What the engine says.
pub async fn shown_at<'a>(on: impl Into<Source<'a>>, slug: &str, now: Timestamp) -> Result<Option<Shown>> {
    let query = at(
        sql(SHOWN).push(" WHERE s.slug = ").push_bind(slug).push(" AND"),
        now,
    );
    query.optional(on).await?.as_ref().map(shown_of).transpose()
}

/// A post that is public, was until its end, or will be on its day.
///
/// # Errors
/// What the engine says.
pub async fn shown_of_post<'a>(on: impl Into<Source<'a>>, id: PostId) -> Result<Option<Shown>> {
    let query = sql(SHOWN).push(" WHERE s.withdrawn = FALSE AND s.post_id = ");
    let row = query.push_bind(id.0).optional(on).await?;
    row.as_ref().map(shown_of).transpose()
}

/// Whether a post is public at a moment.
///
/// # Errors
/// What the engine says.
pub async fn is_shown<'a>(on: impl Into<Source<'a>>, id: PostId, now: Timestamp) -> Result<bool> {
    let query = sql("SELECT 1 AS one FROM posts_shown s WHERE s.post_id = ");
    let query = at(query.push_bind(id.0).push(" AND"), now);
    Ok(query.optional(on).await?.is_some())
}

/// Notes a version that takes the place of the public one on its day.
///
/// # Errors
/// What the engine says.
pub async fn due_put(tx: &mut Tx, id: PostId, version: i64, showing: Showing) -> Result<()> {
    due_drop(tx, id).await?;
    sql("INSERT INTO posts_due (post_id, version, shown_from, shown_until, review_on) VALUES ($1, $2, $3, $4, $5)")
        .bind(id.0)
        .bind(version)
        .bind(showing.from.as_microsecond())
        .bind(Value::Int(showing.until.map(Timestamp::as_microsecond)))
        .bind(showing.review)
        .run(tx)
        .await
        .map(drop)
}

async fn due_drop(tx: &mut Tx, id: PostId) -> Result<()> {
    let query = sql("DELETE FROM posts_due WHERE post_id = $1").bind(id.0);
    query.run(tx).await.map(drop)
}

/// The version that waits for its day beside the public one, and when it appears.
///
/// # Errors
/// What the engine says.
pub async fn due_of_post<'a>(on: impl Into<Source<'a>>, id: PostId) -> Result<Option<(i64, Showing)>> {
    let query =
        sql("SELECT post_id, version, shown_from, shown_until, review_on FROM posts_due WHERE post_id = $1");
    let row = query.bind(id.0).optional(on).await?;
    row.map(|row| Ok((row.get("version")?, showing_of(&row)?)))
        .transpose()
}

/// One version whose day has come; `None` where there is none.
///
/// # Errors
/// What the engine says.
pub async fn due_first<'a>(on: impl Into<Source<'a>>, now: Timestamp) -> Result<Option<PostId>> {
    let query = sql("SELECT post_id FROM posts_due WHERE shown_from <= $1 ORDER BY shown_from LIMIT 1");
    let row = query.bind(now.as_microsecond()).optional(on).await?;
    row.map(|row| Ok(PostId(row.get("post_id")?))).transpose()
}

/// Sets the day on which somebody looks at a public post again; false where it is not public.
///
/// # Errors
/// What the engine says.
pub async fn review_put(tx: &mut Tx, id: PostId, day: Option<Date>) -> Result<bool> {
    let query = sql("UPDATE posts_shown SET review_on = $1 WHERE post_id = $2 AND withdrawn = FALSE");
    Ok(query.bind(day).bind(id.0).run(tx).await? == 1)
}

fn wanted(query: Sql, wanted: &Wanted, now: Timestamp) -> Sql {
    let mut query = at(query.push(" WHERE"), now);
    if let Some(kind) = &wanted.kind {
        query = query.push(" AND s.kind = ").push_bind(kind);
    }
    if !wanted.units.is_empty() {
        query = query
            .push(" AND s.unit_id IN (")
            .push_list(wanted.units.iter().map(|unit| unit.get()))
            .push(")");
    }
    // Asked this way round, both engines begin with the few posts of a topic or an act.
    if let Some(topic) = &wanted.topic {
        query = query
            .push(" AND s.post_id IN (SELECT t.post_id FROM posts_shown_topics t WHERE t.topic = ")
            .push_bind(topic)
            .push(" OR t.topic IN (SELECT g.code FROM topic_groups g WHERE g.parent = ")
            .push_bind(topic)
            .push("))");
    }
    if let Some((act, provision)) = &wanted.law {
        query = query
            .push(" AND (s.post_id, s.version) IN (SELECT c.post_id, c.version FROM post_citations c WHERE c.act = ")
            .push_bind(act);
        if let Some(provision) = provision {
            let below = format!("{provision}\\_\\_%");
            query = query.push(" AND (c.provision = ").push_bind(provision);
            query = query
                .push(" OR c.provision LIKE ")
                .push_bind(below)
                .push(" ESCAPE '\\')");
        }
        query = query.push(")");
    }
    query
}

/// Public posts at a moment, newest first, and how many there are.
///
/// # Errors
/// What the engine says.
pub async fn shown_list(db: &db::Db, asked: &Wanted, now: Timestamp) -> Result<(Vec<Shown>, i64)> {
    let count = wanted(sql("SELECT count(*) AS n FROM posts_shown s"), asked, now);
    let total: i64 = count.one(db).await?.get("n")?;
    // The page is chosen before titles and summaries are read.
    let page = sql(SHOWN).push(" WHERE s.post_id IN (SELECT s.post_id FROM posts_shown s");
    let page = wanted(page, asked, now).push(NEWEST).push(" LIMIT ");
    let page = page
        .push_bind(asked.limit)
        .push(" OFFSET ")
        .push_bind(asked.offset);
    let query = page.push(")").push(NEWEST);
    let rows = query.all(db).await?;
    Ok((rows.iter().map(shown_of).collect::<Result<_>>()?, total))
}

/// Addresses of posts that are public or will be, after one, in order, at most so many.
///
/// # Errors
/// What the engine says.
pub async fn shown_slugs(db: &db::Db, after: &str, limit: i64) -> Result<Vec<String>> {
    let query =
        sql("SELECT slug FROM posts_shown WHERE withdrawn = FALSE AND slug > $1 ORDER BY slug LIMIT $2");
    let rows = query.bind(after).bind(limit).all(db).await?;
    rows.iter().map(|row| row.get("slug")).collect()
}

/// Posts of addresses, public or to come, with their text: what is searched. Those that were withdrawn
/// are left out.
///
/// # Errors
/// What the engine says.
pub async fn shown_texts(db: &db::Db, slugs: &[String]) -> Result<Vec<(Shown, String)>> {
    if slugs.is_empty() {
        return Ok(Vec::new());
    }
    let query = sql(SHOWN_TEXT).push(" WHERE s.withdrawn = FALSE AND s.slug IN (");
    let rows = query.push_list(slugs.iter().cloned()).push(")").all(db).await?;
    let one = |row: &Row| {
        let body: Vec<Block> = row.json("body")?;
        let lines: Vec<&str> = lines(&body).into_iter().map(|line| line.text.as_str()).collect();
        Ok((shown_of(row)?, lines.join("\n")))
    };
    rows.iter().map(one).collect()
}

/// Units with public posts at a moment and how many each has, those with most first.
///
/// # Errors
/// What the engine says.
pub async fn publishers(db: &db::Db, now: Timestamp, limit: i64) -> Result<Vec<(UnitId, i64)>> {
    let query = at(
        sql("SELECT s.unit_id, count(*) AS n FROM posts_shown s WHERE"),
        now,
    );
    let query = query.push(" GROUP BY s.unit_id ORDER BY 2 DESC, 1 LIMIT ");
    let rows = query.push_bind(limit).all(db).await?;
    let one = |row: &Row| Ok((UnitId::of(row.get("unit_id")?), row.get("n")?));
    rows.iter().map(one).collect()
}

/// The next instant at which a post appears or goes by itself.
///
/// # Errors
/// What the engine says.
pub async fn next_boundary<'a>(on: impl Into<Source<'a>>, now: Timestamp) -> Result<Option<Timestamp>> {
    let now = now.as_microsecond();
    let row = sql(
        "SELECT min(x.at) AS at FROM (SELECT min(shown_from) AS at FROM posts_shown WHERE shown_from > $1 AND withdrawn = FALSE \
         UNION ALL SELECT min(shown_until) AS at FROM posts_shown WHERE shown_until > $2 AND withdrawn = FALSE) x",
    );
    let at: Option<i64> = row.bind(now).bind(now).one(on).await?.get("at")?;
    Ok(at.map(Timestamp::from_microsecond).transpose()?)
}

/// The next instant at which a post that cites an act appears or goes by itself.
///
/// # Errors
/// What the engine says.
pub async fn next_boundary_about<'a>(
    on: impl Into<Source<'a>>,
    act: &str,
    now: Timestamp,
) -> Result<Option<Timestamp>> {
    let now = now.as_microsecond();
    let row = sql(
        "SELECT min(CASE WHEN s.shown_from > $1 THEN s.shown_from ELSE s.shown_until END) AS at FROM posts_shown s \
         WHERE s.withdrawn = FALSE AND (s.shown_from > $2 OR s.shown_until > $3) \
         AND EXISTS (SELECT 1 FROM post_citations c WHERE c.post_id = s.post_id AND c.version = s.version AND c.act = $4)",
    );
    let row = row.bind(now).bind(now).bind(now).bind(act).one(on).await?;
    let at: Option<i64> = row.get("at")?;
    Ok(at.map(Timestamp::from_microsecond).transpose()?)
}

/// The next instant at which a post of one of the units appears or goes by itself.
///
/// # Errors
/// What the engine says.
pub async fn next_boundary_of<'a>(
    on: impl Into<Source<'a>>,
    units: &[UnitId],
    now: Timestamp,
) -> Result<Option<Timestamp>> {
    if units.is_empty() {
        return Ok(None);
    }
    let now = now.as_microsecond();
    let query = sql(
        "SELECT min(CASE WHEN s.shown_from > $1 THEN s.shown_from ELSE s.shown_until END) AS at FROM posts_shown s \
         WHERE s.withdrawn = FALSE AND (s.shown_from > $2 OR s.shown_until > $3) AND s.unit_id IN (",
    );
    let query = query.bind(now).bind(now).bind(now);
    let query = query.push_list(units.iter().map(|unit| unit.get())).push(")");
    let at: Option<i64> = query.one(on).await?.get("at")?;
    Ok(at.map(Timestamp::from_microsecond).transpose()?)
}

/// Tells the log beside what the posts change: the acts that the given versions of a post cite, and
/// its unit.
pub(super) async fn log_about(tx: &mut Tx, id: PostId, unit: UnitId, versions: [i64; 2]) -> Result<()> {
    let cited = sql(
        "SELECT DISTINCT act FROM post_citations WHERE post_id = $1 AND version IN ($2, $3) ORDER BY act",
    );
    let rows = cited
        .bind(id.0)
        .bind(versions[0])
        .bind(versions[1])
        .all(&mut *tx)
        .await?;
    let acts: Vec<String> = rows.iter().map(|row| row.get("act")).collect::<Result<_>>()?;
    changes::append_all(tx, "about", &acts).await?;
    changes::append(tx, "unit_post", &unit.get().to_string()).await
}

/// The address of a post that was ever public.
pub(super) async fn slug_of(tx: &mut Tx, id: PostId) -> Result<Option<String>> {
    let query = sql("SELECT slug FROM posts_shown WHERE post_id = $1").bind(id.0);
    query.optional(tx).await?.map(|row| row.get("slug")).transpose()
}

/// A free address made of a title.
async fn free_slug(tx: &mut Tx, title: &str) -> Result<String> {
    let slug: String = viet::slug(title).chars().take(80).collect();
    let slug = match slug.trim_end_matches('-') {
        "" => "bai".to_owned(),
        slug => slug.to_owned(),
    };
    let mut tried = slug.clone();
    for number in 2.. {
        let taken = sql("SELECT 1 AS one FROM posts_shown WHERE slug = $1").bind(&tried);
        if taken.optional(&mut *tx).await?.is_none() {
            break;
        }
        tried = format!("{slug}-{number}");
    }
    Ok(tried)
}

/// Shows a version of a post. The address it got first stays its own, and so does the first day of one
/// that is public now.
///
/// # Errors
/// What the engine says.
pub async fn show(
    tx: &mut Tx,
    post: &Post,
    draft: &Draft,
    showing: Showing,
    now: Timestamp,
) -> Result<String> {
    let mut from = showing.from.as_microsecond();
    let public = is_shown(&mut *tx, post.id, now).await?;
    let mut before = post.version;
    let known = sql("SELECT slug, version, shown_from FROM posts_shown WHERE post_id = $1").bind(post.id.0);
    let slug = match known.optional(&mut *tx).await? {
        Some(row) => {
            if public {
                from = row.get("shown_from")?;
            }
            before = row.get("version")?;
            row.get("slug")?
        }
        None => free_slug(tx, &draft.title).await?,
    };
    due_drop(tx, post.id).await?;
    for table in ["posts_shown", "posts_shown_topics"] {
        let query = sql(format!("DELETE FROM {table} WHERE post_id = $1"));
        query.bind(post.id.0).run(tx).await?;
    }
    sql("INSERT INTO posts_shown (post_id, version, slug, unit_id, kind, shown_from, shown_until, review_on, changed, withdrawn) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, FALSE)")
    .bind(post.id.0)
    .bind(post.version)
    .bind(&slug)
    .bind(post.unit.get())
    .bind(&draft.kind)
    .bind(from)
    .bind(Value::Int(showing.until.map(Timestamp::as_microsecond)))
    .bind(showing.review)
    .bind(now_micros())
    .run(tx)
    .await?;
    for topic in &draft.topics {
        sql("INSERT INTO posts_shown_topics (post_id, topic) VALUES ($1, $2)")
            .bind(post.id.0)
            .bind(topic)
            .run(tx)
            .await?;
    }
    log_about(tx, post.id, post.unit, [before, post.version]).await?;
    changes::append(tx, "post", &slug).await?;
    Ok(slug)
}

/// Takes a post away from the public; its address stays reserved for it. False where it was not public.
///
/// # Errors
/// What the engine says.
pub async fn withdraw(tx: &mut Tx, id: PostId) -> Result<bool> {
    let known =
        sql("SELECT slug, version, unit_id FROM posts_shown WHERE post_id = $1 AND withdrawn = FALSE");
    let Some(row) = known.bind(id.0).optional(&mut *tx).await? else {
        return Ok(false);
    };
    due_drop(tx, id).await?;
    sql("UPDATE posts_shown SET withdrawn = TRUE, changed = $1 WHERE post_id = $2")
        .bind(now_micros())
        .bind(id.0)
        .run(tx)
        .await?;
    let version = row.get("version")?;
    log_about(tx, id, UnitId::of(row.get("unit_id")?), [version, version]).await?;
    changes::append(tx, "post", &row.get::<String>("slug")?).await?;
    Ok(true)
}
