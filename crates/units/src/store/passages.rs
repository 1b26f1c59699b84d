//! Successions: what happened to units, and what was passed on.

use std::collections::{HashMap, HashSet};

use db::{Db, DbError, Result, Row, Source, Tx, sql};
use jiff::civil::Date;

use super::read::among;
use crate::heirs::{Passage, Passages};
use crate::model::{Basis, Event, Pass, PerMille, UnitId};

/// Something that happened, as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recorded {
    /// First day of the new order.
    pub on: Date,
    /// What happened.
    pub event: Event,
    /// Who passed to whom, in order.
    pub passes: Vec<Pass>,
    /// On what ground.
    pub basis: Basis,
}

const PART: &str = "SELECT p.happened, p.from_id, p.to_id, p.share, p.is_main, \
     EXISTS (SELECT 1 FROM unit_states s WHERE s.unit_id = p.to_id AND s.ord = 0 \
     AND (s.valid_from IS NULL OR s.valid_from < p.happened)) AS existed \
     FROM unit_succession_parts p WHERE p.to_id IS NOT NULL";

/// Everything that was ever passed on.
///
/// # Errors
/// What the engine says.
pub async fn passages<'a>(on: impl Into<Source<'a>>) -> Result<Passages> {
    let rows = sql(PART).all(on).await?;
    rows.iter().map(passage).collect()
}

/// What units and their heirs passed on, for following them forward.
pub(super) async fn passages_from(db: &Db, units: &[UnitId]) -> Result<Passages> {
    let mut all = Vec::new();
    let mut asked: HashSet<UnitId> = units.iter().copied().collect();
    let mut next = units.to_vec();
    while !next.is_empty() {
        let statement = among(sql(PART).push(" AND "), "p.from_id", &next);
        let found: Vec<Passage> = statement
            .all(db)
            .await?
            .iter()
            .map(passage)
            .collect::<Result<_>>()?;
        next = found.iter().map(|passage| passage.to).collect();
        next.retain(|unit| asked.insert(*unit));
        all.extend(found);
    }
    Ok(all.into_iter().collect())
}

fn day(row: &Row) -> Result<Date> {
    let day = row.date("happened")?;
    day.ok_or_else(|| DbError::Shape("ngày kế thừa".to_owned()))
}

fn share(row: &Row) -> Result<Option<PerMille>> {
    let share: Option<i64> = row.get("share")?;
    Ok(share
        .and_then(|share| u16::try_from(share).ok())
        .and_then(PerMille::new))
}

fn passage(row: &Row) -> Result<Passage> {
    Ok(Passage {
        on: day(row)?,
        from: UnitId::of(row.get("from_id")?),
        to: UnitId::of(row.get("to_id")?),
        share: share(row)?,
        main: row.get("is_main")?,
        existed: row.get("existed")?,
    })
}

/// Which of these units passed something on that very day.
///
/// # Errors
/// What the engine says.
pub(crate) async fn gave_on(tx: &mut Tx, units: &[UnitId], on: Date) -> Result<Vec<UnitId>> {
    let start =
        sql("SELECT p.from_id FROM unit_succession_parts p WHERE p.to_id IS NOT NULL AND p.happened = ");
    let rows = among(start.push_bind(on).push(" AND "), "p.from_id", units)
        .all(tx)
        .await?;
    rows.iter()
        .map(|row| Ok(UnitId::of(row.get("from_id")?)))
        .collect()
}

/// What happened to a unit, oldest first: what it gave, took, or became.
///
/// # Errors
/// What the engine says.
pub async fn successions_of(db: &Db, unit: UnitId) -> Result<Vec<Recorded>> {
    let statement = sql(
        "SELECT c.id, c.happened, c.how, c.basis, c.basis_number, c.basis_act, \
         p.from_id, p.to_id, p.share, p.is_main FROM unit_successions c \
         JOIN unit_succession_parts p ON p.succession_id = c.id WHERE c.id IN \
         (SELECT o.succession_id FROM unit_succession_parts o WHERE o.from_id = $1 OR o.to_id = $2) \
         ORDER BY c.happened, c.id, p.ord",
    );
    let rows = statement.bind(unit.get()).bind(unit.get()).all(db).await?;
    let mut all: Vec<Recorded> = Vec::new();
    let mut places: HashMap<i64, usize> = HashMap::new();
    for row in &rows {
        let place = *places.entry(row.get("id")?).or_insert(all.len());
        if place == all.len() {
            all.push(recorded(row)?);
        }
        all[place].passes.push(Pass {
            from: UnitId::of(row.get("from_id")?),
            to: row.get::<Option<i64>>("to_id")?.map(UnitId::of),
            share: share(row)?,
            main: row.get("is_main")?,
        });
    }
    Ok(all)
}

fn recorded(row: &Row) -> Result<Recorded> {
    let how: String = row.get("how")?;
    Ok(Recorded {
        on: day(row)?,
        event: Event::from_word(&how).ok_or_else(|| DbError::Shape(format!("kế thừa {how}")))?,
        passes: Vec::new(),
        basis: Basis {
            text: row.get("basis")?,
            number: row.get("basis_number")?,
            act: row.get("basis_act")?,
        },
    })
}

/// The day on which most happened to units, as far as it is known: the border between the old
/// structure and the new one. `None` where nothing happened.
///
/// # Errors
/// What the engine says.
pub async fn structure_break(db: &Db) -> Result<Option<Date>> {
    let row = sql(
        "SELECT happened FROM unit_successions GROUP BY happened ORDER BY count(*) DESC, happened DESC LIMIT 1",
    )
    .optional(db)
    .await?;
    row.map(|row| day(&row)).transpose()
}
