//! Amending sentences as officers look through them: what waits, what is in doubt, what was applied.

use std::collections::HashMap;

use db::{Db, DbError, Result, Row, Source, Sql, sql};
use jiff::civil::Date;
use legal::amend::Reason;
use legal::consolidate::{Decision, Outcome};
use legal::model::ActText;

use super::decisions::{Standing, standing};
use super::derive::{Trial, try_out};
use super::input::input;
use super::read::How;
use super::said::Said;
use crate::model::{Act, ActId};
use crate::store::{read, rows};

/// Which sentences.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Which {
    /// Not applied and not decided, or decided when they read otherwise.
    #[default]
    Waiting,
    /// About no act that they name.
    NoAct,
    /// Applied, and something in them is in doubt.
    Doubted,
    /// Applied as they were read.
    Applied,
}

/// What is looked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sought {
    /// Which sentences.
    pub which: Which,
    /// Address of the amended act.
    pub act: Option<String>,
    /// Why they wait.
    pub reason: Option<Reason>,
}

/// A sentence in a list.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// The amended act; `None`: none is named.
    pub act: Option<Act>,
    /// The amending act.
    pub by: Act,
    /// The provision of the amending act that says so.
    pub place: String,
    /// The sentence.
    pub sentence: String,
    /// Its name.
    pub seen: String,
    /// What came of it.
    pub how: How,
    /// Why.
    pub reason: Option<Reason>,
    /// The first provision that it is about; may be empty.
    pub provision: String,
    /// First day on which it holds, where known.
    pub on: Option<Date>,
}

/// The rows of `act_changes` that are sought.
fn narrowed(start: &str, sought: &Sought) -> Result<Sql> {
    let undecided = match sought.which {
        Which::Waiting | Which::NoAct => {
            "AND (c.how = 'refused' OR EXISTS (SELECT 1 FROM amendment_decisions d JOIN acts b ON b.slug = d.by_act \
             WHERE d.act = a.slug AND b.id = c.by_id AND d.place = c.place AND d.stale AND d.ended IS NULL))"
        }
        Which::Doubted => "AND c.how = 'doubted'",
        Which::Applied => "AND c.how NOT IN ('refused', 'doubted')",
    };
    let mut query = sql(format!(
        "{start} FROM act_changes c JOIN acts a ON a.id = c.act_id \
         WHERE c.known_until IS NULL AND c.decided IS NULL AND c.seen <> '' {undecided}"
    ));
    if let Some(act) = &sought.act {
        query = query.push(" AND a.slug = ").push_bind(act);
    }
    match &sought.reason {
        Some(reason) => query = query.push(" AND c.reason = ").push_bind(rows::word(reason)?),
        // Of what the text holds already nothing has to be decided; it is there for who asks.
        None if sought.which == Which::Waiting => {
            query = query
                .push(" AND (c.reason IS NULL OR c.reason <> ")
                .push_bind(rows::word(&Reason::AlreadyIn)?)
                .push(")");
        }
        None => {}
    }
    Ok(query)
}

/// Sentences that name no act and of which nothing was decided.
const NO_ACT: &str = "FROM amendments m JOIN acts b ON b.id = m.act_id WHERE m.mention IS NULL AND NOT EXISTS \
     (SELECT 1 FROM amendment_decisions d WHERE d.by_act = b.slug AND d.place = m.place \
      AND d.sentence = m.sentence AND d.ended IS NULL AND NOT d.stale)";

/// The sentences that are sought, act by act in the order of application; one line each, however many
/// provisions it is about.
///
/// # Errors
/// What the engine says.
pub async fn amendment_list(db: &Db, sought: &Sought, limit: i64, offset: i64) -> Result<Vec<Item>> {
    let mut acts = Acts::default();
    let mut found = Vec::new();
    if sought.which == Which::NoAct {
        let query = sql(format!(
            "SELECT m.act_id, m.instruction, m.content {NO_ACT} ORDER BY b.slug, m.ord LIMIT $1 OFFSET $2"
        ));
        for row in &query.bind(limit).bind(offset).all(db).await? {
            let said = Said::of(row)?;
            found.push(Item {
                act: None,
                by: acts.get(db, row.get("act_id")?).await?,
                place: said.source().at.clone(),
                sentence: said.source().sentence.clone(),
                seen: said.seen(),
                how: How::Refused,
                reason: Some(said.reason().unwrap_or(Reason::NoAct)),
                provision: said.provision().unwrap_or_default().to_owned(),
                on: None,
            });
        }
        return Ok(found);
    }
    let start = "SELECT c.act_id, c.by_id, c.seen, min(c.place) AS said_at, min(c.sentence) AS sentence, \
         min(c.how) AS how, min(c.reason) AS reason, min(c.provision) AS provision, min(c.valid_from) AS valid_from";
    let query = narrowed(start, sought)?
        .push(" GROUP BY a.slug, c.act_id, c.by_id, c.seen ORDER BY a.slug, min(c.ord) LIMIT ")
        .push_bind(limit)
        .push(" OFFSET ")
        .push_bind(offset);
    for row in &query.all(db).await? {
        found.push(item(db, &mut acts, row).await?);
    }
    Ok(found)
}

async fn item(db: &Db, acts: &mut Acts, row: &Row) -> Result<Item> {
    let reason: Option<String> = row.get("reason")?;
    Ok(Item {
        act: Some(acts.get(db, row.get("act_id")?).await?),
        by: acts.get(db, row.get("by_id")?).await?,
        place: row.get("said_at")?,
        sentence: row.get("sentence")?,
        seen: row.get("seen")?,
        how: How::from_word(row.get("how")?)?,
        reason: reason.map(rows::variant).transpose()?,
        provision: row.get("provision")?,
        on: row.date("valid_from")?,
    })
}

/// Acts read once each.
#[derive(Default)]
struct Acts(HashMap<i64, Act>);

impl Acts {
    async fn get(&mut self, db: &Db, id: i64) -> Result<Act> {
        if let Some(act) = self.0.get(&id) {
            return Ok(act.clone());
        }
        let act = read::act_by_id(db, ActId(id)).await?;
        let act = act.ok_or_else(|| DbError::Shape(format!("act {id}")))?;
        self.0.insert(id, act.clone());
        Ok(act)
    }
}

/// How many sentences are sought.
///
/// # Errors
/// What the engine says.
pub async fn amendment_count(db: &Db, sought: &Sought) -> Result<i64> {
    let query = match sought.which {
        Which::NoAct => sql(format!("SELECT count(*) AS n {NO_ACT}")),
        _ => {
            let inner = "SELECT count(*) AS n FROM (SELECT DISTINCT c.act_id, c.by_id, c.seen";
            narrowed(inner, sought)?.push(") AS x")
        }
    };
    query.one(db).await?.get("n")
}

/// Acts with sentences that are sought, with how many each has, at most so many, by address.
///
/// # Errors
/// What the engine says.
pub async fn amendment_acts(db: &Db, which: Which, limit: i64) -> Result<Vec<(String, i64)>> {
    let sought = Sought {
        which,
        ..Sought::default()
    };
    let inner = "SELECT x.slug, count(*) AS n FROM (SELECT DISTINCT a.slug, c.by_id, c.seen";
    let query = narrowed(inner, &sought)?
        .push(") AS x GROUP BY x.slug ORDER BY x.slug LIMIT ")
        .push_bind(limit);
    let rows = query.all(db).await?;
    rows.iter()
        .map(|row| Ok((row.get("slug")?, row.get("n")?)))
        .collect()
}

/// How many sentences wait for an officer: those not applied, those about no act, and decisions whose
/// sentence is gone.
///
/// # Errors
/// What the engine says.
pub async fn amendments_waiting(db: &Db) -> Result<i64> {
    let count = |which| Sought {
        which,
        ..Sought::default()
    };
    let known = amendment_count(db, &count(Which::Waiting)).await?;
    Ok(known + amendment_count(db, &count(Which::NoAct)).await?)
}

/// What came of a sentence in the versions that stand: the first row of it.
///
/// # Errors
/// What the engine says.
pub async fn amendment<'a>(
    on: impl Into<Source<'a>>,
    act: ActId,
    by: ActId,
    seen: &str,
) -> Result<Option<(How, Option<Reason>)>> {
    let query = sql(
        "SELECT how, reason FROM act_changes WHERE act_id = $1 AND by_id = $2 AND seen = $3 \
         AND known_until IS NULL ORDER BY CASE how WHEN 'refused' THEN 0 WHEN 'doubted' THEN 1 ELSE 2 END LIMIT 1",
    );
    let row = query.bind(act.0).bind(by.0).bind(seen).optional(on).await?;
    let one = |row: Row| {
        let reason: Option<String> = row.get("reason")?;
        Ok((
            How::from_word(row.get("how")?)?,
            reason.map(rows::variant).transpose()?,
        ))
    };
    row.map(one).transpose()
}

/// What a decision would do to an act.
#[derive(Clone, Debug, PartialEq)]
pub struct Tried {
    /// The text on the day without it.
    pub before: ActText,
    /// The text on the day with it.
    pub after: ActText,
    /// What came of the sentence.
    pub outcomes: Vec<Outcome>,
}

/// Tries a decision on a sentence of an amending act. Nothing is written.
///
/// # Errors
/// What the engine says.
pub async fn amendment_try(db: &Db, act: &Act, by: &Act, decision: Decision, day: Date) -> Result<Tried> {
    let mut reading = db.snapshot().await?;
    let mut all = standing(&mut reading, &act.slug).await?;
    all.retain(|one| one.by != by.slug || one.decision.seen != decision.seen);
    all.push(Standing::tried(&by.slug, &decision.seen));
    let (input, _) = input(&mut reading, act, &all).await?;
    reading.rollback().await?;
    let id = by.id.0;
    let trying = tokio::task::spawn_blocking(move || try_out(&input, id, decision, day)).await;
    let Trial {
        before,
        after,
        outcomes,
    } = trying.map_err(|why| DbError::Shape(format!("versions of {}: {why}", act.slug)))?;
    Ok(Tried {
        before,
        after,
        outcomes,
    })
}
