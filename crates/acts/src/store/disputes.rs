//! Acts whose source says another state or another day than their texts and other acts here do.
//! Both are kept; an officer looks at them.

use db::{Db, Result, Row, sql};
use jiff::civil::Date;
use legal::validity::{Status, claimed_status};

use super::details::claimed_date;
use super::rows;
use crate::model::Act;

/// One thing about which a source and we differ.
#[derive(Clone, Debug, PartialEq)]
pub struct Dispute {
    /// The act.
    pub act: Act,
    /// What is disputed, with both sides.
    pub about: About,
    /// Who says so (address or name of the source).
    pub source: String,
    /// When the source said it, where it tells.
    pub seen: Option<Date>,
}

/// What the source says, then what we hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum About {
    /// The state on the day asked.
    Status(Status, Status),
    /// The first day in force, which the text itself names.
    InForce(Date, Date),
    /// The first day on which it no longer holds, which other acts here name.
    Expires(Date, Date),
}

/// What sources say of acts that our texts contradict on `day`, at most `limit` after the first
/// `skip`, acts by their address. A word of a source about a state is compared with what held on
/// the day on which the source said it, where it names that day.
///
/// # Errors
/// What the engine says.
pub async fn status_disputes(db: &Db, day: Date, skip: i64, limit: i64) -> Result<Vec<Dispute>> {
    // The database leaves out what cannot differ; days are written in several ways, so that the
    // last word is spoken here.
    let query = sql(format!(
        "SELECT c.field AS claimed_field, c.value, c.source, c.seen, {} FROM claims c \
         JOIN acts a ON a.id = c.act_id WHERE c.field = 'status' \
         OR (c.field = 'expires' AND a.ended IS NOT NULL) \
         OR (c.field = 'in_force' AND a.in_force IS NOT NULL AND NOT a.in_force_claimed \
             AND c.value <> a.in_force) ORDER BY a.slug, c.id",
        rows::ACT
    ));
    let mut found: Vec<Dispute> = Vec::new();
    for row in &query.all(db).await? {
        let one = dispute(row, day)?;
        found.extend(one.filter(|one| !found.iter().rev().take(8).any(|known| same(known, one))));
    }
    let (skip, limit) = (
        usize::try_from(skip).unwrap_or(0),
        usize::try_from(limit).unwrap_or(0),
    );
    Ok(found.into_iter().skip(skip).take(limit).collect())
}

fn same(one: &Dispute, other: &Dispute) -> bool {
    one.act.id == other.act.id && one.about == other.about && one.source == other.source
}

fn dispute(row: &Row, day: Date) -> Result<Option<Dispute>> {
    let act = rows::act(row)?;
    let (field, value): (String, String) = (row.get("claimed_field")?, row.get("value")?);
    let seen = row.date("seen")?;
    let about = match field.as_str() {
        "status" => claimed_status(&value).and_then(|said| status(&act, said, seen.unwrap_or(day))),
        "expires" => claimed_date(&value)
            .zip(act.ended)
            .filter(|(said, ours)| said != ours)
            .map(|(said, ours)| About::Expires(said, ours)),
        _ => claimed_date(&value)
            .zip(act.in_force)
            .filter(|(said, ours)| said != ours)
            .map(|(said, ours)| About::InForce(said, ours)),
    };
    let source = row.get("source")?;
    Ok(about.map(|about| Dispute {
        act,
        about,
        source,
        seen,
    }))
}

/// What we hold by dates and by other acts alone, where it is not what the source says.
fn status(act: &Act, said: Status, day: Date) -> Option<About> {
    let ended = [act.ended, act.expires].into_iter().flatten().min();
    let ours = match legal::validity::status_on(act.in_force, ended, day) {
        Status::InForce if act.partly.is_some_and(|from| from <= day) => Status::PartlyExpired,
        status => status,
    };
    // A source calls an act partly expired as soon as words of it are amended.
    let near = said == Status::PartlyExpired && ours == Status::InForce;
    (ours != Status::Unknown && said != ours && !near).then_some(About::Status(said, ours))
}
