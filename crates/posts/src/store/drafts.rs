use db::{DbError, Insert, Result, Row, Source, Sql, Tx, changes, now_micros, sql};
use jiff::Timestamp;
use jiff::civil::Date;
use policy::{AccountId, Roots, UnitId, Visitor};

use crate::model::{Draft, Move, Pinned, Post, PostId, State, Step, Version};

const POST: &str = "SELECT p.id, p.unit_id, p.version, p.state, p.remark, p.updated FROM posts p";
const VERSION: &str = "SELECT v.post_id, v.version, v.kind, v.topics, v.title, v.summary, v.body, v.author_id, v.author, v.at \
     FROM post_versions v";

pub(super) fn moment(row: &Row, column: &str) -> Result<Timestamp> {
    Ok(Timestamp::from_microsecond(row.get(column)?)?)
}

fn post_of(row: &Row) -> Result<Post> {
    let state: String = row.get("state")?;
    Ok(Post {
        id: PostId(row.get("id")?),
        unit: UnitId::of(row.get("unit_id")?),
        version: row.get("version")?,
        state: State::from_code(&state).ok_or(DbError::Shape(state))?,
        remark: row.get("remark")?,
        updated: moment(row, "updated")?,
    })
}

fn version_of(row: &Row) -> Result<Version> {
    Ok(Version {
        number: row.get("version")?,
        draft: Draft {
            kind: row.get("kind")?,
            topics: row.json("topics")?,
            title: row.get("title")?,
            summary: row.get("summary")?,
            body: row.json("body")?,
        },
        author: AccountId(row.get("author_id")?),
        author_name: row.get("author")?,
        at: moment(row, "at")?,
    })
}

/// A post of the desk.
///
/// # Errors
/// What the engine says.
pub async fn post<'a>(on: impl Into<Source<'a>>, id: PostId) -> Result<Option<Post>> {
    let row = sql(POST).push(" WHERE p.id = $1").bind(id.0).optional(on).await?;
    row.as_ref().map(post_of).transpose()
}

/// Narrows a query to units.
fn within(query: Sql, units: &Roots) -> Option<Sql> {
    let Roots::Below(units) = units else {
        return Some(query);
    };
    let query = query
        .push(" AND p.unit_id IN (")
        .push_list(units.iter().map(|unit| unit.get()));
    (!units.is_empty()).then(|| query.push(")"))
}

/// Posts of units (with those below, which the caller has filled in) with the title of their newest
/// version, changed last first; with `review` those that somebody was to look at by that day.
///
/// # Errors
/// What the engine says.
pub async fn post_list<'a>(
    on: impl Into<Source<'a>>,
    units: &Roots,
    state: Option<State>,
    review: Option<Date>,
    limit: i64,
    offset: i64,
) -> Result<Vec<(Post, String)>> {
    let query = sql(
        "SELECT p.id, p.unit_id, p.version, p.state, p.remark, p.updated, v.title FROM posts p \
         JOIN post_versions v ON v.post_id = p.id AND v.version = p.version WHERE 1 = 1",
    );
    let Some(mut query) = within(query, units) else {
        return Ok(Vec::new());
    };
    if let Some(state) = state {
        query = query.push(" AND p.state = ").push_bind(state.code());
    }
    if let Some(day) = review {
        query = query
            .push(" AND EXISTS (SELECT 1 FROM posts_shown s WHERE s.post_id = p.id AND s.withdrawn = FALSE AND s.review_on <= ")
            .push_bind(day)
            .push(")");
    }
    query = query
        .push(" ORDER BY p.updated DESC, p.id DESC LIMIT ")
        .push_bind(limit);
    let rows = query.push(" OFFSET ").push_bind(offset).all(on).await?;
    rows.iter()
        .map(|row| Ok((post_of(row)?, row.get("title")?)))
        .collect()
}

/// A version.
///
/// # Errors
/// What the engine says.
pub async fn version<'a>(on: impl Into<Source<'a>>, id: PostId, number: i64) -> Result<Option<Version>> {
    let query = sql(VERSION).push(" WHERE v.post_id = $1 AND v.version = $2");
    let row = query.bind(id.0).bind(number).optional(on).await?;
    row.as_ref().map(version_of).transpose()
}

/// Every version, newest first.
///
/// # Errors
/// What the engine says.
pub async fn versions<'a>(on: impl Into<Source<'a>>, id: PostId) -> Result<Vec<Version>> {
    let query = sql(VERSION).push(" WHERE v.post_id = $1 ORDER BY v.version DESC LIMIT 200");
    query.bind(id.0).all(on).await?.iter().map(version_of).collect()
}

/// The version that an approver compares a newer one with: the public one, else the one before.
///
/// # Errors
/// What the engine says.
pub async fn base_of<'a>(on: impl Into<Source<'a>>, id: PostId, number: i64) -> Result<Option<i64>> {
    let query = sql("SELECT version FROM posts_shown WHERE post_id = $1 AND withdrawn = FALSE").bind(id.0);
    let shown: Option<i64> = query
        .optional(on)
        .await?
        .map(|row| row.get("version"))
        .transpose()?;
    let before = (number > 1).then_some(number - 1);
    Ok(shown.filter(|shown| *shown < number).or(before))
}

async fn version_insert(tx: &mut Tx, id: PostId, number: i64, draft: &Draft, who: &Visitor) -> Result<()> {
    sql("INSERT INTO post_versions (post_id, version, kind, topics, title, summary, body, author_id, author, at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)")
    .bind(id.0)
    .bind(number)
    .bind(&draft.kind)
    .bind(serde_json::to_string(&draft.topics)?)
    .bind(&draft.title)
    .bind(&draft.summary)
    .bind(serde_json::to_string(&draft.body)?)
    .bind(who.account.0)
    .bind(&who.name)
    .bind(now_micros())
    .run(tx)
    .await?;
    changes::append(tx, "draft", &id.0.to_string()).await
}

/// A new post with its first version.
///
/// # Errors
/// What the engine says.
pub async fn post_insert(tx: &mut Tx, unit: UnitId, draft: &Draft, who: &Visitor) -> Result<PostId> {
    let last = sql("SELECT coalesce(max(id), 0) AS id FROM posts");
    let id = PostId(last.one(&mut *tx).await?.get::<i64>("id")? + 1);
    let now = now_micros();
    sql("INSERT INTO posts (id, unit_id, version, state, remark, created, updated) VALUES ($1, $2, 1, $3, '', $4, $5)")
        .bind(id.0)
        .bind(unit.get())
        .bind(State::Draft.code())
        .bind(now)
        .bind(now)
        .run(tx)
        .await?;
    version_insert(tx, id, 1, draft, who).await?;
    Ok(id)
}

/// Adds a version after `seen`, which makes the post a draft again; `None` where another version came
/// in between or the state does not allow it: nothing is then written.
///
/// # Errors
/// What the engine says.
pub async fn post_version_add(
    tx: &mut Tx,
    post: &Post,
    seen: i64,
    draft: &Draft,
    who: &Visitor,
) -> Result<Option<i64>> {
    if !post.state.is_open() {
        return Ok(None);
    }
    let changed = sql(
        "UPDATE posts SET version = $1, state = $2, submitter = NULL, approver = NULL, updated = $3 \
         WHERE id = $4 AND version = $5 AND state = $6",
    )
    .bind(seen + 1)
    .bind(
        if post.state == State::Returned {
            State::Returned
        } else {
            State::Draft
        }
        .code(),
    )
    .bind(now_micros())
    .bind(post.id.0)
    .bind(seen)
    .bind(post.state.code())
    .run(tx)
    .await?;
    if changed == 0 {
        return Ok(None);
    }
    version_insert(tx, post.id, seen + 1, draft, who).await?;
    Ok(Some(seen + 1))
}

/// Moves a version on its way; false where it is not where it was seen.
///
/// # Errors
/// What the engine says.
pub async fn post_move(
    tx: &mut Tx,
    id: PostId,
    seen: i64,
    step: Step,
    way: Move,
    who: AccountId,
    remark: &str,
) -> Result<bool> {
    let start = "UPDATE posts SET state = $1, remark = $2, updated = $3";
    let mut query = sql(start).bind(way.to().code()).bind(remark).bind(now_micros());
    query = match step {
        Step::Submit => query.push(", submitter = ").push_bind(who.0),
        Step::Approve => query.push(", approver = ").push_bind(who.0),
        Step::Return | Step::Publish | Step::Withdraw => query,
    };
    query = query.push(" WHERE id = ").push_bind(id.0);
    query = query.push(" AND version = ").push_bind(seen);
    query = query.push(" AND state = ").push_bind(way.from().code());
    let moved = query.run(tx).await? == 1;
    if moved {
        changes::append(tx, "draft", &id.0.to_string()).await?;
    }
    Ok(moved)
}

/// Whether a person neither submitted the newest version nor wrote anything since what is public.
///
/// # Errors
/// What the engine says.
pub async fn someone_else(tx: &mut Tx, id: PostId, who: AccountId) -> Result<bool> {
    let own = sql(
        "SELECT 1 AS own FROM post_versions v WHERE v.post_id = $1 AND v.author_id = $2 \
         AND v.version > coalesce((SELECT s.version FROM posts_shown s WHERE s.post_id = v.post_id), 0) \
         UNION ALL SELECT 1 AS own FROM posts p WHERE p.id = $3 AND p.submitter = $4",
    );
    let own = own.bind(id.0).bind(who.0).bind(id.0).bind(who.0);
    Ok(own.optional(tx).await?.is_none())
}

/// Keeps what a version cites.
///
/// # Errors
/// What the engine says.
pub async fn citations_put(tx: &mut Tx, id: PostId, version: i64, cited: &[Pinned]) -> Result<()> {
    let mut insert = Insert::into(
        "post_citations",
        &[
            "post_id",
            "version",
            "ord",
            "line",
            "from_byte",
            "to_byte",
            "act",
            "provision",
            "missing",
            "words",
            "hash",
        ],
    );
    let number = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    for (ord, one) in cited.iter().enumerate() {
        insert.row([
            id.0.into(),
            version.into(),
            number(ord).into(),
            number(one.line).into(),
            number(one.from).into(),
            number(one.to).into(),
            (&one.act).into(),
            (&one.provision).into(),
            one.missing.into(),
            (&one.words).into(),
            (&one.hash).into(),
        ]);
    }
    insert.run(tx).await.map(drop)
}

/// What a version cites, in order.
///
/// # Errors
/// What the engine says.
pub async fn citations<'a>(on: impl Into<Source<'a>>, id: PostId, version: i64) -> Result<Vec<Pinned>> {
    let query = sql(
        "SELECT line, from_byte, to_byte, act, provision, missing, words, hash FROM post_citations \
         WHERE post_id = $1 AND version = $2 ORDER BY ord",
    );
    let number =
        |row: &Row, column: &str| Ok::<_, DbError>(usize::try_from(row.get::<i64>(column)?).unwrap_or(0));
    let one = |row: &Row| {
        Ok(Pinned {
            line: number(row, "line")?,
            from: number(row, "from_byte")?,
            to: number(row, "to_byte")?,
            act: row.get("act")?,
            provision: row.get("provision")?,
            missing: row.get("missing")?,
            words: row.get("words")?,
            hash: row.get("hash")?,
        })
    };
    query
        .bind(id.0)
        .bind(version)
        .all(on)
        .await?
        .iter()
        .map(one)
        .collect()
}
