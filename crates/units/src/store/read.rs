//! Units as they are stored: one, many, below one, all.

use std::collections::HashMap;

use db::{Db, Result, Row, Source, Sql, sql};
use jiff::civil::Date;

use super::rows::{self, STATE};
use crate::model::{State, Unit, UnitId};
use crate::tree::Tree;

/// What stands at an address.
#[derive(Clone, Debug)]
pub enum Place {
    /// The unit of that address.
    Here(Unit),
    /// A unit had that address once; this is its address now.
    Moved(String),
}

/// A unit below another on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Child {
    /// Its number.
    pub id: UnitId,
    /// Its address.
    pub slug: String,
    /// What it is on that day.
    pub state: State,
}

/// Appends "exists on that day" for table `s`.
pub(super) fn on_day(statement: Sql, day: Date) -> Sql {
    statement
        .push(" (s.valid_from IS NULL OR s.valid_from <= ")
        .push_bind(day)
        .push(") AND (s.valid_until IS NULL OR s.valid_until > ")
        .push_bind(day)
        .push(")")
}

/// Appends "column is one of these".
pub(super) fn among(statement: Sql, column: &str, ids: &[UnitId]) -> Sql {
    let mut statement = statement.push(column).push(" IN (");
    for (place, id) in ids.iter().enumerate() {
        if place > 0 {
            statement = statement.push(", ");
        }
        statement = statement.push_bind(id.get());
    }
    statement.push(")").once()
}

fn select() -> Sql {
    sql(format!(
        "SELECT u.slug, {STATE} FROM units u JOIN unit_states s ON s.unit_id = u.id WHERE "
    ))
}

const IN_ORDER: &str = " ORDER BY s.unit_id, s.ord";

/// The unit at an address, or where it went.
///
/// # Errors
/// What the engine says.
pub async fn unit_at(db: &Db, slug: &str) -> Result<Option<Place>> {
    let found = select()
        .push("u.slug = ")
        .push_bind(slug)
        .push(IN_ORDER)
        .all(db)
        .await?;
    if let Some(unit) = rows::units(&found)?.into_iter().next() {
        return Ok(Some(Place::Here(unit)));
    }
    let moved = sql("SELECT u.slug FROM unit_old_slugs o JOIN units u ON u.id = o.unit_id WHERE o.slug = $1")
        .bind(slug)
        .optional(db)
        .await?;
    moved.map(|row| Ok(Place::Moved(row.get("slug")?))).transpose()
}

/// The unit that had an address once.
///
/// # Errors
/// What the engine says.
pub async fn leads_to<'a>(on: impl Into<Source<'a>>, slug: &str) -> Result<Option<UnitId>> {
    let row = sql("SELECT unit_id FROM unit_old_slugs WHERE slug = $1")
        .bind(slug)
        .optional(on)
        .await?;
    row.map(|row| Ok(UnitId::of(row.get("unit_id")?))).transpose()
}

/// A unit by number.
///
/// # Errors
/// What the engine says.
pub async fn unit<'a>(on: impl Into<Source<'a>>, id: UnitId) -> Result<Option<Unit>> {
    Ok(units(on, &[id]).await?.into_iter().next())
}

/// Units by number, in the order of numbers; unknown ones are left out. At most a few thousand.
///
/// # Errors
/// What the engine says.
pub async fn units<'a>(on: impl Into<Source<'a>>, ids: &[UnitId]) -> Result<Vec<Unit>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let found = among(select(), "s.unit_id", ids).push(IN_ORDER).all(on).await?;
    rows::units(&found)
}

/// Every unit that came from a source, by the key of the source.
///
/// # Errors
/// What the engine says.
pub async fn units_by_source<'a>(on: impl Into<Source<'a>>) -> Result<HashMap<String, Unit>> {
    let found: Vec<Row> = sql(format!(
        "SELECT u.slug, u.source_key, {STATE} FROM units u JOIN unit_states s ON s.unit_id = u.id \
         WHERE u.source_key IS NOT NULL {IN_ORDER}"
    ))
    .all(on)
    .await?;
    let mut keys = HashMap::with_capacity(found.len());
    for row in &found {
        keys.insert(UnitId::of(row.get("unit_id")?), row.get::<String>("source_key")?);
    }
    let units = rows::units(&found)?.into_iter();
    Ok(units
        .filter_map(|unit| Some((keys.remove(&unit.id)?, unit)))
        .collect())
}

/// All units with all of their lives.
///
/// # Errors
/// What the engine says.
pub async fn tree<'a>(on: impl Into<Source<'a>>) -> Result<Tree> {
    let found = select().push("1 = 1").push(IN_ORDER).all(on).await?;
    Ok(rows::units(&found)?.into_iter().collect())
}

/// The units right below one on a day (`None`: at the top of the tree), unsorted.
///
/// # Errors
/// What the engine says.
pub async fn children(db: &Db, parent: Option<UnitId>, day: Date) -> Result<Vec<Child>> {
    let mut statement = select();
    statement = match parent {
        Some(parent) => statement.push("s.parent_id = ").push_bind(parent.get()),
        None => statement.push("s.parent_id IS NULL"),
    };
    let found = on_day(statement.push(" AND"), day).all(db).await?;
    let child = |row: &Row| {
        Ok(Child {
            id: UnitId::of(row.get("unit_id")?),
            slug: row.get("slug")?,
            state: rows::state(row)?,
        })
    };
    found.iter().map(child).collect()
}

/// How many units of each kind there are on a day.
///
/// # Errors
/// What the engine says.
pub async fn counts_on<'a>(on: impl Into<Source<'a>>, day: Date) -> Result<HashMap<String, u64>> {
    let start = sql("SELECT s.kind, count(*) AS n FROM unit_states s WHERE");
    let found = on_day(start, day).push(" GROUP BY s.kind").all(on).await?;
    let count = |row: &Row| {
        let count = u64::try_from(row.get::<i64>("n")?).unwrap_or_default();
        Ok((row.get("kind")?, count))
    };
    found.iter().map(count).collect()
}

/// Addresses of the units of a day, in order.
///
/// # Errors
/// What the engine says.
pub async fn slugs(db: &Db, day: Date) -> Result<Vec<String>> {
    let start = sql("SELECT u.slug FROM units u JOIN unit_states s ON s.unit_id = u.id WHERE");
    let found = on_day(start, day).push(" ORDER BY u.slug").all(db).await?;
    found.iter().map(|row| row.get("slug")).collect()
}
