//! What officers decided of amending sentences. Rows are ended, never changed.

use std::collections::BTreeSet;

use db::{Insert, Result, Row, Source, Tx, Value, now_micros, sql};
use jiff::civil::Date;
use legal::consolidate::{Decision, Verdict};
use policy::AccountId;
use serde::Serialize;

use super::derive::By;
use super::said::Said;

/// How an officer decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Ruling {
    /// The reading is carried out, at the places that he chose.
    Accept,
    /// Something else is carried out.
    Correct,
    /// Nothing is.
    Refuse,
}

impl Ruling {
    /// The word in the database.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Accept => "accept",
            Self::Correct => "correct",
            Self::Refuse => "refuse",
        }
    }

    pub(super) fn of(code: &str) -> Self {
        match code {
            "accept" => Self::Accept,
            "correct" => Self::Correct,
            _ => Self::Refuse,
        }
    }
}

/// A decision as it is made.
#[derive(Clone, Debug, PartialEq)]
pub struct Deciding {
    /// Address of the amended act.
    pub act: String,
    /// Address of the amending act.
    pub by: String,
    /// The provision of the amending act that holds the sentence.
    pub place: String,
    /// The sentence.
    pub sentence: String,
    /// How it was decided.
    pub ruling: Ruling,
    /// What is done.
    pub decision: Decision,
    /// Why, in the officer's words.
    pub why: String,
    /// The day.
    pub day: Date,
    /// Who.
    pub account: AccountId,
    /// His name.
    pub name: String,
}

/// A decision that stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Decided {
    /// Number.
    pub id: i64,
    /// What was decided.
    pub made: Deciding,
    /// When, epoch microseconds.
    pub at: i64,
    /// Nothing of that name is read any more: the sentence waits anew.
    pub stale: bool,
}

const DECIDED: &str = "SELECT d.id, d.act, d.by_act, d.place, d.seen, d.sentence, d.verdict, d.content, d.why, \
     d.day, d.account_id, d.name, d.at, d.stale FROM amendment_decisions d WHERE d.ended IS NULL";

fn decided(row: &Row) -> Result<Decided> {
    Ok(Decided {
        id: row.get("id")?,
        made: Deciding {
            act: row.get("act")?,
            by: row.get("by_act")?,
            place: row.get("place")?,
            sentence: row.get("sentence")?,
            ruling: Ruling::of(&row.get::<String>("verdict")?),
            decision: Decision {
                seen: row.get("seen")?,
                verdict: row.json("content")?,
            },
            why: row.get("why")?,
            day: row.date("day")?.unwrap_or_default(),
            account: AccountId(row.get("account_id")?),
            name: row.get("name")?,
        },
        at: row.get("at")?,
        stale: row.get("stale")?,
    })
}

/// Writes a decision. One that stands for the same sentence must have been ended before.
///
/// # Errors
/// What the engine says.
pub async fn decision_put(tx: &mut Tx, made: &Deciding) -> Result<i64> {
    const COLUMNS: &[&str] = &[
        "id",
        "act",
        "by_act",
        "place",
        "seen",
        "sentence",
        "verdict",
        "content",
        "why",
        "day",
        "account_id",
        "name",
        "at",
        "stale",
        "ended",
    ];
    let id: i64 = sql("SELECT coalesce(max(id), 0) + 1 AS next FROM amendment_decisions")
        .one(&mut *tx)
        .await?
        .get("next")?;
    let mut insert = Insert::into("amendment_decisions", COLUMNS);
    insert.row([
        id.into(),
        (&made.act).into(),
        (&made.by).into(),
        (&made.place).into(),
        (&made.decision.seen).into(),
        (&made.sentence).into(),
        made.ruling.code().into(),
        serde_json::to_string(&made.decision.verdict)?.into(),
        (&made.why).into(),
        made.day.into(),
        made.account.0.into(),
        (&made.name).into(),
        now_micros().into(),
        false.into(),
        Value::Int(None),
    ]);
    insert.run(tx).await?;
    Ok(id)
}

/// Ends a decision; false where it does not stand.
///
/// # Errors
/// What the engine says.
pub async fn decision_end(tx: &mut Tx, id: i64) -> Result<bool> {
    let query = sql("UPDATE amendment_decisions SET ended = $1 WHERE id = $2 AND ended IS NULL");
    Ok(query.bind(now_micros()).bind(id).run(tx).await? == 1)
}

/// The decision that stands under a number.
///
/// # Errors
/// What the engine says.
pub async fn decision<'a>(on: impl Into<Source<'a>>, id: i64) -> Result<Option<Decided>> {
    let query = sql(DECIDED).push(" AND d.id = ").push_bind(id);
    query.optional(on).await?.as_ref().map(decided).transpose()
}

/// The decision that stands for a sentence; `act` narrows it to one about that act.
///
/// # Errors
/// What the engine says.
pub async fn decision_of<'a>(
    on: impl Into<Source<'a>>,
    act: Option<&str>,
    by: &str,
    seen: &str,
) -> Result<Option<Decided>> {
    let mut query = sql(DECIDED).push(" AND d.by_act = ").push_bind(by);
    query = query.push(" AND d.seen = ").push_bind(seen);
    if let Some(act) = act {
        query = query.push(" AND d.act = ").push_bind(act);
    }
    let row = query.push(" ORDER BY d.id LIMIT 1").optional(on).await?;
    row.as_ref().map(decided).transpose()
}

/// Decisions about sentences at a place of an amending act that read otherwise now.
///
/// # Errors
/// What the engine says.
pub async fn decisions_stale_at<'a>(
    on: impl Into<Source<'a>>,
    act: &str,
    by: &str,
    place: &str,
) -> Result<Vec<Decided>> {
    let mut query = sql(DECIDED).push(" AND d.stale AND d.act = ").push_bind(act);
    query = query.push(" AND d.by_act = ").push_bind(by);
    query = query.push(" AND d.place = ").push_bind(place);
    let rows = query.push(" ORDER BY d.id").all(on).await?;
    rows.iter().map(decided).collect()
}

/// Decisions that stand, newest first; those that await a new decision before the others.
///
/// # Errors
/// What the engine says.
pub async fn decision_list<'a>(
    on: impl Into<Source<'a>>,
    act: Option<&str>,
    limit: i64,
    offset: i64,
) -> Result<Vec<Decided>> {
    let mut query = sql(DECIDED);
    if let Some(act) = act {
        query = query.push(" AND d.act = ").push_bind(act);
    }
    let query = query
        .push(" ORDER BY d.stale DESC, d.id DESC LIMIT ")
        .push_bind(limit);
    let rows = query.push(" OFFSET ").push_bind(offset).all(on).await?;
    rows.iter().map(decided).collect()
}

/// A decision as the derivation takes it.
pub(super) struct Standing {
    pub(super) id: i64,
    pub(super) by: String,
    pub(super) decision: Decision,
    pub(super) day: Date,
}

impl Standing {
    /// One that is only tried out.
    pub(super) fn tried(by: &str, seen: &str) -> Self {
        Self {
            id: 0,
            by: by.to_owned(),
            decision: Decision {
                seen: seen.to_owned(),
                verdict: Verdict::Refuse,
            },
            day: Date::default(),
        }
    }
}

/// Everything decided about an act.
pub(super) async fn standing(tx: &mut Tx, act: &str) -> Result<Vec<Standing>> {
    let query = sql(DECIDED).push(" AND d.act = ").push_bind(act);
    let rows = query.push(" ORDER BY d.by_act, d.seen").all(tx).await?;
    let one = |row: &Row| {
        let Decided { id, made, .. } = decided(row)?;
        Ok(Standing {
            id,
            by: made.by,
            decision: made.decision,
            day: made.day,
        })
    };
    rows.iter().map(one).collect()
}

/// Gives each amending act what was decided of it; the decisions of which nothing is read.
pub(super) fn assign(by: &mut [By], standing: &[Standing]) -> Vec<i64> {
    let mut stale = Vec::new();
    for one in standing {
        let own = by.iter_mut().find(|own| own.slug == one.by);
        match own {
            Some(own) if names(own).contains(&one.decision.seen) => {
                own.decisions.push((one.decision.clone(), one.day));
            }
            _ => stale.push(one.id),
        }
    }
    stale
}

fn names(by: &By) -> BTreeSet<String> {
    let read = by.amending.instructions.iter().cloned().map(Said::Instruction);
    let unread = by.amending.refusals.iter().cloned().map(Said::Refusal);
    read.chain(unread).map(|one| one.seen()).collect()
}

/// Notes which decisions about an act are stale.
pub(super) async fn stale_write(tx: &mut Tx, act: &str, stale: &[i64]) -> Result<()> {
    let known = sql("SELECT id, stale FROM amendment_decisions WHERE act = $1 AND ended IS NULL");
    for row in &known.bind(act).all(&mut *tx).await? {
        let (id, was): (i64, bool) = (row.get("id")?, row.get("stale")?);
        let now = stale.contains(&id);
        if now != was {
            sql("UPDATE amendment_decisions SET stale = $1 WHERE id = $2")
                .bind(now)
                .bind(id)
                .run(&mut *tx)
                .await?;
        }
    }
    Ok(())
}
