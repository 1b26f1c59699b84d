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

/// A stretch of disputes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Disputes {
    /// What was found, of what was imported last first.
    pub found: Vec<Dispute>,
    /// Where to go on, if anything is left to be looked at.
    pub next: Option<i64>,
}

/// Claims that one answer looks at, whatever it finds: no page takes longer where there are more acts.
const LOOKED_AT: i64 = 2_000;

/// What sources say of acts that our texts contradict on `day`: at most `limit` from `before` on
/// (`None`: from the newest). A word of a source about a state is compared with what held on the
/// day on which the source said it, where it names that day.
///
/// # Errors
/// What the engine says.
pub async fn status_disputes(db: &Db, day: Date, before: Option<i64>, limit: usize) -> Result<Disputes> {
    let before = before.unwrap_or(i64::MAX);
    let query = sql(
        "SELECT min(id) AS last, count(*) AS n FROM (SELECT id FROM claims \
         WHERE id < $1 AND field IN ('status', 'expires', 'in_force') ORDER BY id DESC LIMIT $2) AS c",
    );
    let row = query.bind(before).bind(LOOKED_AT).one(db).await?;
    let (last, looked_at): (Option<i64>, i64) = (row.get("last")?, row.get("n")?);
    let Some(last) = last else {
        return Ok(Disputes::default());
    };
    let query = sql(format!("{} ORDER BY c.id DESC", differing()));
    let mut found: Vec<Dispute> = Vec::new();
    for row in &query.bind(last).bind(before).bind(day).all(db).await? {
        let Some(one) = dispute(row, day)? else { continue };
        if found.len() == limit {
            let next: i64 = row.get("claim")?;
            return Ok(Disputes {
                found,
                next: Some(next + 1),
            });
        }
        found.push(one);
    }
    let next = (looked_at == LOOKED_AT).then_some(last);
    Ok(Disputes { found, next })
}

/// Claims from `$1` to before `$2` that may differ from what we hold on `$3`, each once. Words and days are
/// written in several ways, so that the last word is spoken by [`dispute`].
fn differing() -> String {
    const WRITTEN: [&str; 2] = [
        "{}",
        "substr({}, 9, 2) || '/' || substr({}, 6, 2) || '/' || substr({}, 1, 4)",
    ];
    let other = |column: &str| {
        let each = WRITTEN.map(|way| format!("c.value <> {}", way.replace("{}", column)));
        format!("{column} IS NOT NULL AND {}", each.join(" AND "))
    };
    format!(
        "SELECT c.id AS claim, c.field AS claimed_field, c.value, c.source, c.seen, {} FROM claims c \
         JOIN acts a ON a.id = c.act_id WHERE c.id >= $1 AND c.id < $2 AND ( \
         (c.field = 'status' AND c.value <> CASE \
             WHEN a.ended <= coalesce(c.seen, $3) OR a.expires <= coalesce(c.seen, $3) THEN 'Hết hiệu lực toàn bộ' \
             WHEN a.halts IS NOT NULL THEN '' \
             WHEN coalesce(a.begins, a.in_force) IS NULL THEN c.value \
             WHEN coalesce(a.begins, a.in_force) > coalesce(c.seen, $3) THEN 'Chưa có hiệu lực' \
             WHEN a.partly <= coalesce(c.seen, $3) OR c.value = 'Hết hiệu lực một phần' THEN 'Hết hiệu lực một phần' \
             ELSE 'Còn hiệu lực' END) \
         OR (c.field = 'expires' AND {}) \
         OR (c.field = 'in_force' AND NOT a.in_force_claimed AND {})) \
         AND NOT EXISTS (SELECT 1 FROM claims n WHERE n.act_id = c.act_id AND n.field = c.field \
             AND n.value = c.value AND n.source = c.source AND n.id > c.id)",
        rows::ACT,
        other("a.ended"),
        other("coalesce(a.begins, a.in_force)"),
    )
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
    let dated = legal::validity::status_on(act.in_force, ended, day);
    let ours = act.in_part(dated, day);
    // A source calls an act partly expired as soon as words of it are amended.
    let near = said == Status::PartlyExpired && ours == Status::InForce;
    (ours != Status::Unknown && said != ours && !near).then_some(About::Status(said, ours))
}
