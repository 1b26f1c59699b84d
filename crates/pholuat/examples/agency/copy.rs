use anyhow::Result;
use db::{changes, sql};
use web::Site;

/// What of a public post is copied: table, columns after the number of the post.
const TABLES: [(&str, &str); 4] = [
    (
        "post_versions",
        "version, kind, topics, title || ' (bản ' || $2 || ')', summary, body, author_id, author, at",
    ),
    (
        "post_citations",
        "version, ord, line, from_byte, to_byte, act, provision, missing, words, hash",
    ),
    (
        "posts_shown",
        "version, slug || '-ban-' || $2, unit_id, kind, shown_from, shown_until, review_on, changed, withdrawn",
    ),
    ("posts_shown_topics", "topic"),
];
const POSTS: &str = "unit_id, version, state, remark, submitter, approver, created, updated";

/// Copies the first `from` posts, round after round, until there are `total` public ones, and says so in
/// the change log: to write tens of thousands one by one takes longer than what is to be measured.
pub async fn multiply(site: &Site, from: usize, total: usize) -> Result<()> {
    let step = i64::try_from(from)? + 1_000_000;
    let mut made = from;
    for round in 1.. {
        let take = from.min(total.saturating_sub(made));
        if take == 0 {
            return Ok(());
        }
        copy_round(site, i64::try_from(take)?, round, step * round).await?;
        made += take;
    }
    Ok(())
}

async fn copy_round(site: &Site, take: i64, round: i64, offset: i64) -> Result<()> {
    let mut tx = site.db().begin().await?;
    let posts = format!("INSERT INTO posts (id, {POSTS}) SELECT id + $1, {POSTS} FROM posts WHERE id <= $2");
    sql(posts).bind(offset).bind(take).run(&mut tx).await?;
    for (table, columns) in TABLES {
        let names: Vec<&str> = columns
            .split(", ")
            .filter_map(|name| name.split(' ').next())
            .collect();
        let text = format!(
            "INSERT INTO {table} (post_id, {}) SELECT post_id + $1, {columns} FROM {table} WHERE post_id <= $3 AND $2 <> ''",
            names.join(", ")
        );
        sql(text)
            .bind(offset)
            .bind(round.to_string())
            .bind(take)
            .run(&mut tx)
            .await?;
    }
    let slugs =
        sql("SELECT slug FROM posts_shown WHERE post_id > $1 AND post_id <= $1 + $2 ORDER BY post_id");
    for row in slugs.bind(offset).bind(take).all(&mut tx).await? {
        changes::append(&mut tx, "post", &row.get::<String>("slug")?).await?;
    }
    Ok(tx.commit().await?)
}
