//! When acts end: what other acts say of it, and which day counts.

use db::{Result, Row, Tx, sql};
use jiff::civil::Date;
use legal::validity::{Halt, Status, claimed_status};

use crate::model::ActId;

/// The end of an act that another one details (quy định chi tiết).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ParentEnd {
    /// First day on which it no longer holds.
    pub(super) on: Date,
    /// The act that ends it, where and in which words.
    pub(super) by: i64,
    pub(super) place: String,
    pub(super) sentence: String,
}

/// The end of the one act that `act` details. `None` where it details several or an unknown one,
/// or where the act that ends the parent names `act` or says that detailing texts go on.
pub(super) async fn parent_end(tx: &mut Tx, act: ActId) -> Result<Option<ParentEnd>> {
    let query = sql("SELECT DISTINCT m.target_id, m.sure FROM relations r \
         JOIN mentions m ON m.act_id = r.act_id AND m.ord = r.mention WHERE r.act_id = $1 AND r.kind = 'details'");
    let parents = query.bind(act.0).all(&mut *tx).await?;
    let [only] = parents.as_slice() else {
        return Ok(None);
    };
    let (parent, sure): (Option<i64>, bool) = (only.get("target_id")?, only.get("sure")?);
    let Some(parent) = parent.filter(|_| sure) else {
        return Ok(None);
    };
    let query = sql(
        "SELECT c.valid_from, c.by_id, c.place AS said_at, c.sentence FROM act_changes c \
         WHERE c.act_id = $1 AND c.provision = '' AND c.how IN ('lapsed', 'repealed') \
         AND c.known_until IS NULL AND c.valid_from IS NOT NULL \
         AND NOT EXISTS (SELECT 1 FROM mentions m WHERE m.act_id = c.by_id AND m.target_id = $2) \
         AND NOT EXISTS (SELECT 1 FROM provision_versions v WHERE v.act_id = c.by_id AND v.known_until IS NULL \
             AND (v.content LIKE '%chi tiết%tiếp tục%' OR v.content LIKE '%hướng dẫn%tiếp tục%')) \
         ORDER BY c.valid_from, c.ord LIMIT 1",
    );
    let row = query.bind(parent).bind(act.0).optional(tx).await?;
    row.as_ref().map(end).transpose().map(Option::flatten)
}

fn end(row: &Row) -> Result<Option<ParentEnd>> {
    let Some(on) = row.date("valid_from")? else {
        return Ok(None);
    };
    Ok(Some(ParentEnd {
        on,
        by: row.get("by_id")?,
        place: row.get("said_at")?,
        sentence: row.get("sentence")?,
    }))
}

/// Acts that detail this one.
pub(super) async fn detailing(tx: &mut Tx, act: ActId) -> Result<Vec<i64>> {
    let query = sql("SELECT DISTINCT r.act_id FROM mentions m \
         JOIN relations r ON r.act_id = m.act_id AND r.mention = m.ord \
         WHERE m.target_id = $1 AND m.sure AND r.kind = 'details'");
    query
        .bind(act.0)
        .all(tx)
        .await?
        .iter()
        .map(|row| row.get("act_id"))
        .collect()
}

/// What became otherwise when the days of an act were settled.
pub(in crate::store) struct Settled {
    /// The end that other acts give it.
    pub(in crate::store) ended: bool,
    /// The commencement to which other acts moved it.
    pub(in crate::store) begins: bool,
}

/// Writes which days count for an act, from its changes and from what sources say of it.
///
/// A source that states an end is followed. One that says the act holds stands against an end
/// that is not later than the day on which it says so, or where it names no day. A time that was made
/// longer ends later than the act itself, a source or the act that made it longer say elsewhere; what
/// a third act ends has ended.
pub(in crate::store) async fn settle(tx: &mut Tx, act: ActId) -> Result<Settled> {
    let row = sql("SELECT a.expires, a.ended, a.begins, \
         (SELECT min(c.valid_from) FROM act_changes c WHERE c.act_id = a.id AND c.known_until IS NULL \
          AND c.provision = '' AND c.how IN ('lapsed', 'repealed') \
          AND c.by_id <> a.id AND NOT EXISTS (SELECT 1 FROM act_changes x WHERE x.act_id = a.id \
              AND x.by_id = c.by_id AND x.known_until IS NULL AND x.provision = '' AND x.how = 'extended')) AS by_others, \
         (SELECT min(c.valid_from) FROM act_changes c WHERE c.act_id = a.id AND c.known_until IS NULL \
          AND c.provision = '' AND c.how IN ('lapsed', 'repealed')) AS whole, \
         (SELECT max(c.valid_from) FROM act_changes c WHERE c.act_id = a.id AND c.known_until IS NULL \
          AND c.provision = '' AND c.how = 'extended') AS extended, \
         (SELECT min(c.valid_from) FROM act_changes c WHERE c.act_id = a.id AND c.known_until IS NULL \
          AND (c.provision <> '' AND c.how IN ('lapsed', 'repealed') \
               OR c.provision = '' AND c.reason = 'exception')) AS first_part \
         FROM acts a WHERE a.id = $1")
    .bind(act.0)
    .one(&mut *tx)
    .await?;
    let (expires, before) = (row.date("expires")?, row.date("ended")?);
    let (whole, by_others, extended) = (row.date("whole")?, row.date("by_others")?, row.date("extended")?);
    let ended = match extended {
        Some(_) => [by_others, extended].into_iter().flatten().min(),
        None => whole,
    };
    let expires = expires.filter(|day| Some(*day) >= extended);
    let some = row.date("first_part")?;
    let said = status_said(tx, act).await?;
    let stands = |day: &Date| !denied(said, *day);
    let ends = expires.or(ended.filter(stands));
    let partly = some.filter(|day| !matches!(said, Some((Status::InForce, _))) || stands(day));
    let begins = moved_to(tx, act).await?;
    let halts = halts(tx, act).await?;
    let halts = if halts.is_empty() {
        None
    } else {
        Some(serde_json::to_string(&halts)?)
    };
    sql("UPDATE acts SET ended = $1, ends = $2, partly = $3, begins = $4, halts = $5 WHERE id = $6")
        .bind(ended)
        .bind(ends)
        .bind(partly)
        .bind(begins)
        .bind(halts)
        .bind(act.0)
        .run(tx)
        .await?;
    Ok(Settled {
        ended: ended != before,
        begins: begins != row.date("begins")?,
    })
}

/// The day to which the act passed last moved the commencement.
async fn moved_to(tx: &mut Tx, act: ActId) -> Result<Option<Date>> {
    let query = sql(
        "SELECT c.valid_from FROM act_changes c JOIN acts b ON b.id = c.by_id \
         WHERE c.act_id = $1 AND c.known_until IS NULL AND c.provision = '' AND c.how = 'postponed' \
         ORDER BY coalesce(b.issued, '') DESC, c.ord DESC LIMIT 1",
    );
    let row = query.bind(act.0).optional(tx).await?;
    row.map_or(Ok(None), |row| row.date("valid_from"))
}

/// The times for which an act or some of its provisions do not hold, each once.
async fn halts(tx: &mut Tx, act: ActId) -> Result<Vec<Halt>> {
    let query = sql("SELECT DISTINCT c.valid_from, c.provision = '' AS whole, \
         (SELECT min(r.valid_from) FROM act_changes r WHERE r.act_id = c.act_id AND r.by_id = c.by_id \
          AND r.provision = c.provision AND r.known_until IS NULL AND r.how = 'resumed' \
          AND r.valid_from > c.valid_from) AS resumed \
         FROM act_changes c WHERE c.act_id = $1 AND c.known_until IS NULL AND c.how = 'suspended' \
         AND c.valid_from IS NOT NULL ORDER BY c.valid_from, whole, resumed");
    let mut halts = Vec::new();
    for row in &query.bind(act.0).all(tx).await? {
        halts.extend(row.date("valid_from")?.map(|from| {
            Ok::<_, db::DbError>(Halt {
                from,
                until: row.date("resumed")?,
                whole: row.get("whole")?,
            })
        }));
    }
    halts.into_iter().collect()
}

/// Whether a source says that an act holds on a day on which it has ended.
fn denied(said: Option<(Status, Option<Date>)>, end: Date) -> bool {
    let Some((status, seen)) = said else { return false };
    let holds = matches!(status, Status::InForce | Status::PartlyExpired | Status::NotYet);
    holds && seen.is_none_or(|seen| seen >= end)
}

/// The state that the latest source names, and when it did.
async fn status_said(tx: &mut Tx, act: ActId) -> Result<Option<(Status, Option<Date>)>> {
    let query = sql("SELECT value, seen FROM claims WHERE act_id = $1 AND field = 'status' ORDER BY id");
    let mut latest: Option<(Status, Option<Date>)> = None;
    for row in &query.bind(act.0).all(tx).await? {
        let (value, seen): (String, _) = (row.get("value")?, row.date("seen")?);
        if let Some(status) = claimed_status(&value)
            && latest.is_none_or(|(_, known)| seen >= known)
        {
            latest = Some((status, seen));
        }
    }
    Ok(latest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_source_denies_only_what_it_can_have_known() {
        let end = date(2026, 7, 1);
        for (said, wanted) in [
            (None, false),
            (Some((Status::Expired, None)), false),
            (Some((Status::InForce, None)), true),
            (Some((Status::InForce, Some(date(2026, 4, 7)))), false),
            (Some((Status::PartlyExpired, Some(date(2026, 7, 1)))), true),
        ] {
            assert_eq!(denied(said, end), wanted, "{said:?}");
        }
    }
}
