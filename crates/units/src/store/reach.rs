//! The tree asked upwards and downwards, for those who decide how far a role reaches.

use db::{Result, Source, sql};
use jiff::civil::Date;

use crate::model::UnitId;

/// Steps in a chain of units: more than any tree has, so that a cycle ends.
const DEEPEST: i64 = 20;

/// A unit and those above it on a day, nearest first.
///
/// # Errors
/// What the engine says.
pub async fn above<'a>(on: impl Into<Source<'a>>, unit: UnitId, day: Date) -> Result<Vec<UnitId>> {
    let rows = sql("WITH RECURSIVE above (id, depth) AS ( \
           SELECT CAST($1 AS BIGINT), CAST(0 AS BIGINT) \
           UNION ALL \
           SELECT s.parent_id, a.depth + 1 FROM above a JOIN unit_states s ON s.unit_id = a.id \
           AND (s.valid_from IS NULL OR s.valid_from <= $2) AND (s.valid_until IS NULL OR s.valid_until > $2) \
           WHERE s.parent_id IS NOT NULL AND a.depth < $3) \
         SELECT id FROM above ORDER BY depth")
    .bind(unit.get())
    .bind(day)
    .bind(DEEPEST)
    .all(on)
    .await?;
    rows.iter().map(|row| Ok(UnitId::of(row.get("id")?))).collect()
}

/// Units with all those below them on a day, each once.
///
/// # Errors
/// What the engine says.
pub async fn below<'a>(on: impl Into<Source<'a>>, units: &[UnitId], day: Date) -> Result<Vec<UnitId>> {
    let mut query = sql("WITH RECURSIVE below (id) AS (SELECT id FROM units WHERE id IN (");
    query = query.push_list(units.iter().map(|unit| unit.get()));
    // UNION, not UNION ALL: a unit that was reached is not walked again.
    let query = query
        .push(") UNION SELECT s.unit_id FROM below b JOIN unit_states s ON s.parent_id = b.id AND (s.valid_from IS NULL OR s.valid_from <= ")
        .push_bind(day)
        .push(") AND (s.valid_until IS NULL OR s.valid_until > ")
        .push_bind(day)
        .push(")) SELECT id FROM below ORDER BY id");
    if units.is_empty() {
        return Ok(Vec::new());
    }
    let rows = query.once().all(on).await?;
    rows.iter().map(|row| Ok(UnitId::of(row.get("id")?))).collect()
}
