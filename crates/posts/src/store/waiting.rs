//! What waits for somebody.

use db::{Result, Row, Source, sql};
use jiff::civil::Date;
use policy::{AccountId, UnitId};

use crate::model::{PostId, State, Waiting, Why};

/// Every post that waits on a day, oldest first.
///
/// # Errors
/// What the engine says.
pub async fn waiting<'a>(on: impl Into<Source<'a>>, day: Date) -> Result<Vec<Waiting>> {
    let query = sql(
        "SELECT p.id, p.unit_id, p.state, p.submitter, v.title, v.author_id, p.updated FROM posts p \
         JOIN post_versions v ON v.post_id = p.id AND v.version = p.version WHERE p.state IN ($1, $2, $3) \
         UNION ALL \
         SELECT p.id, p.unit_id, $4 AS state, p.submitter, v.title, v.author_id, p.updated FROM posts_shown s \
         JOIN posts p ON p.id = s.post_id JOIN post_versions v ON v.post_id = s.post_id AND v.version = s.version \
         WHERE s.withdrawn = FALSE AND s.review_on <= $5 ORDER BY updated, id",
    );
    // What the public sees is looked at again on its day, however far a newer version has come.
    let query = query
        .bind(State::Submitted.code())
        .bind(State::Returned.code())
        .bind(State::Approved.code())
        .bind(State::Published.code())
        .bind(day);
    let one = |row: &Row| {
        let state: String = row.get("state")?;
        let submitter: Option<i64> = row.get("submitter")?;
        let mut by = vec![AccountId(row.get("author_id")?)];
        by.extend(submitter.map(AccountId));
        Ok(Waiting {
            id: PostId(row.get("id")?),
            unit: UnitId::of(row.get("unit_id")?),
            why: match State::from_code(&state) {
                Some(State::Submitted) => Why::Approve,
                Some(State::Returned) => Why::Mend,
                Some(State::Approved) => Why::Publish,
                _ => Why::Review,
            },
            title: row.get("title")?,
            by,
        })
    };
    query.all(on).await?.iter().map(one).collect()
}
