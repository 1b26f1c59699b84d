//! The tree asked upwards and downwards, for those who decide how far a role reaches.

use db::{Db, Result, Source, sql};
use jiff::civil::Date;

use crate::model::UnitId;

/// Steps in a chain of units: more than any tree has, so that a cycle ends.
const DEEPEST: i64 = 20;

/// Who stands for a unit on a day: itself while it exists, else its principal heir, through others;
/// a CTE named `heir` with columns `id` and `depth`, of which the deepest holds. Binds the unit, the
/// day three times and the number of steps.
const HEIR: &str = "heir (id, depth) AS ( \
       SELECT CAST($1 AS BIGINT), CAST(0 AS BIGINT) \
       UNION ALL \
       SELECT (SELECT p.to_id FROM unit_succession_parts p WHERE p.from_id = h.id AND p.to_id IS NOT NULL \
               AND p.to_id <> h.id AND p.happened <= $2 ORDER BY p.happened DESC, p.is_main DESC, p.ord LIMIT 1), \
              h.depth + 1 \
       FROM heir h WHERE h.id IS NOT NULL AND h.depth < $5 AND NOT EXISTS (SELECT 1 FROM unit_states s \
              WHERE s.unit_id = h.id AND (s.valid_from IS NULL OR s.valid_from <= $3) \
              AND (s.valid_until IS NULL OR s.valid_until > $4)))";

const HEIR_OF: &str = "SELECT id FROM heir WHERE id IS NOT NULL ORDER BY depth DESC LIMIT 1";

/// Who stands for a unit on a day: accounts, posts and feeds follow it.
///
/// # Errors
/// What the engine says.
pub async fn heir<'a>(on: impl Into<Source<'a>>, unit: UnitId, day: Date) -> Result<UnitId> {
    let query = sql(format!("WITH RECURSIVE {HEIR} {HEIR_OF}"));
    let row = query
        .bind(unit.get())
        .bind(day)
        .bind(day)
        .bind(day)
        .bind(DEEPEST)
        .optional(on)
        .await?;
    row.map_or(Ok(unit), |row| Ok(UnitId::of(row.get("id")?)))
}

/// The unit that stands for a unit on a day, and those above it, nearest first. Above one that ended without
/// an heir stands the unit that was above it last.
///
/// # Errors
/// What the engine says.
pub async fn above<'a>(on: impl Into<Source<'a>>, unit: UnitId, day: Date) -> Result<Vec<UnitId>> {
    let query = sql(format!(
        "WITH RECURSIVE {HEIR}, above (id, depth) AS ( \
           SELECT id, CAST(0 AS BIGINT) FROM ({HEIR_OF}) first \
           UNION ALL \
           SELECT s.parent_id, a.depth + 1 FROM above a JOIN unit_states s ON s.unit_id = a.id \
           AND (s.valid_from IS NULL OR s.valid_from <= $6) AND (s.valid_until IS NULL OR s.valid_until > $7 \
           OR s.ord = (SELECT max(last.ord) FROM unit_states last WHERE last.unit_id = a.id)) \
           WHERE s.parent_id IS NOT NULL AND a.depth < $8) \
         SELECT id FROM above ORDER BY depth"
    ));
    let query = query.bind(unit.get()).bind(day).bind(day).bind(day).bind(DEEPEST);
    let rows = query.bind(day).bind(day).bind(DEEPEST).all(on).await?;
    rows.iter().map(|row| Ok(UnitId::of(row.get("id")?))).collect()
}

/// Units with those that ended and for which they stand on a day, through others, as heirs or as the
/// unit above where there is no heir: whose posts are theirs now.
///
/// # Errors
/// What the engine says.
pub async fn with_past(db: &Db, units: &[UnitId], day: Date) -> Result<Vec<UnitId>> {
    let mut all = inherited(db, units, day).await?;
    let mut new = all.clone();
    while !new.is_empty() {
        let left = abolished(db, &new, day).await?;
        new = inherited(db, &left, day).await?;
        new.retain(|unit| !all.contains(unit));
        all.extend(&new);
    }
    all.sort();
    Ok(all)
}

/// Those that ended without an heir and stood directly below one of some units.
async fn abolished(db: &Db, above: &[UnitId], day: Date) -> Result<Vec<UnitId>> {
    let query = sql("SELECT s.unit_id AS id FROM unit_states s WHERE s.parent_id IN (");
    let query = query.push_list(above.iter().map(|unit| unit.get()));
    let query = query.push(") AND s.valid_until <= ").push_bind(day);
    let query = query.push(
        " AND s.ord = (SELECT max(last.ord) FROM unit_states last WHERE last.unit_id = s.unit_id) \
         AND NOT EXISTS (SELECT 1 FROM unit_succession_parts p WHERE p.from_id = s.unit_id \
         AND p.to_id IS NOT NULL AND p.to_id <> s.unit_id AND p.happened <= ",
    );
    let rows = query
        .push_bind(day)
        .push(") ORDER BY s.unit_id")
        .once()
        .all(db)
        .await?;
    rows.iter().map(|row| Ok(UnitId::of(row.get("id")?))).collect()
}

/// Units with those whose principal heirs they are, through others.
async fn inherited(db: &Db, units: &[UnitId], day: Date) -> Result<Vec<UnitId>> {
    if units.is_empty() {
        return Ok(Vec::new());
    }
    let query = sql("WITH RECURSIVE past (id) AS (SELECT id FROM units WHERE id IN (");
    let query = query.push_list(units.iter().map(|unit| unit.get()));
    let query = query
        .push(
            ") UNION SELECT p.from_id FROM past b JOIN unit_succession_parts p ON p.to_id = b.id \
             AND p.from_id <> p.to_id AND p.happened <= ",
        )
        .push_bind(day)
        .push(
            " AND p.ord = (SELECT min(q.ord) FROM unit_succession_parts q WHERE q.succession_id = p.succession_id \
             AND q.from_id = p.from_id AND (q.is_main = TRUE OR NOT EXISTS (SELECT 1 FROM unit_succession_parts m \
             WHERE m.succession_id = p.succession_id AND m.from_id = p.from_id AND m.is_main = TRUE))) \
             AND NOT EXISTS (SELECT 1 FROM unit_states s WHERE s.unit_id = p.from_id AND (s.valid_until IS NULL OR s.valid_until > ",
        )
        .push_bind(day)
        .push("))) SELECT id FROM past ORDER BY id");
    let rows = query.once().all(db).await?;
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
