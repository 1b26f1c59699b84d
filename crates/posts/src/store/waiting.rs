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
        "SELECT p.id, p.unit_id, p.state, p.submitter, v.title, v.author_id FROM posts p \
         JOIN post_versions v ON v.post_id = p.id AND v.version = p.version \
         LEFT JOIN posts_shown s ON s.post_id = p.id AND s.withdrawn = FALSE AND s.review_on <= $1 \
         WHERE p.state IN ($2, $3, $4) OR (p.state = $5 AND s.post_id IS NOT NULL) ORDER BY p.updated, p.id",
    );
    let query = query
        .bind(day)
        .bind(State::Submitted.code())
        .bind(State::Returned.code())
        .bind(State::Approved.code())
        .bind(State::Published.code());
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
