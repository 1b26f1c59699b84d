//! Writing units and successions. Every write names the units it changed in the change log.

use std::collections::HashSet;

use db::{Insert, Result, Source, Tx, Value, changes, sql};

use super::rows;
use crate::model::{Succession, Unit, UnitId};

/// A unit to be added; its number is given by [`units_insert`].
#[derive(Clone, Debug)]
pub struct NewUnit {
    /// The unit; its `id` is overwritten.
    pub unit: Unit,
    /// How a source calls it.
    pub source_key: Option<String>,
}

/// A succession to be added.
#[derive(Clone, Debug)]
pub struct NewSuccession {
    /// What happened.
    pub succession: Succession,
    /// How a source calls it.
    pub source_key: Option<String>,
}

/// The first number that no unit has.
///
/// # Errors
/// What the engine says.
pub(crate) async fn next_unit(tx: &mut Tx) -> Result<i64> {
    let row = sql("SELECT coalesce(max(id), 0) + 1 AS n FROM units")
        .one(tx)
        .await?;
    row.get("n")
}

/// Adds units under the numbers they have.
///
/// # Errors
/// What the engine says; an address or a key that is taken.
pub async fn units_insert(tx: &mut Tx, units: &[NewUnit]) -> Result<()> {
    let mut heads = Insert::into("units", &["id", "slug", "source_key"]);
    let mut states = rows::states();
    for new in units {
        heads.row([
            new.unit.id.get().into(),
            Value::from(&new.unit.slug),
            Value::from(new.source_key.clone()),
        ]);
        rows::add_states(&mut states, &new.unit);
    }
    heads.run(tx).await?;
    states.run(tx).await?;
    let slugs: Vec<String> = units.iter().map(|new| new.unit.slug.clone()).collect();
    changes::append_all(tx, "unit", &slugs).await
}

/// Writes the life of a unit that is stored already.
///
/// # Errors
/// What the engine says.
pub async fn unit_put(tx: &mut Tx, unit: &Unit) -> Result<()> {
    sql("DELETE FROM unit_states WHERE unit_id = $1")
        .bind(unit.id.get())
        .run(tx)
        .await?;
    let mut states = rows::states();
    rows::add_states(&mut states, unit);
    states.run(tx).await?;
    changes::append(tx, "unit", &unit.slug).await
}

/// Whether a unit has or had this address.
///
/// # Errors
/// What the engine says.
pub async fn slug_is_taken<'a>(on: impl Into<Source<'a>>, slug: &str) -> Result<bool> {
    let row = sql("SELECT (SELECT count(*) FROM units WHERE slug = $1) \
         + (SELECT count(*) FROM unit_old_slugs WHERE slug = $2) AS n")
    .bind(slug)
    .bind(slug)
    .one(on)
    .await?;
    Ok(row.get::<i64>("n")? > 0)
}

/// Every address that a unit has or had.
///
/// # Errors
/// What the engine says.
pub(crate) async fn slugs_taken(tx: &mut Tx) -> Result<HashSet<String>> {
    let rows = sql("SELECT slug FROM units UNION SELECT slug FROM unit_old_slugs")
        .all(tx)
        .await?;
    rows.iter().map(|row| row.get("slug")).collect()
}

/// The keys by which sources call the recorded successions.
///
/// # Errors
/// What the engine says.
pub(crate) async fn succession_keys(tx: &mut Tx) -> Result<HashSet<String>> {
    let rows = sql("SELECT source_key FROM unit_successions WHERE source_key IS NOT NULL")
        .all(tx)
        .await?;
    rows.iter().map(|row| row.get("source_key")).collect()
}

/// Gives a unit another address; the old one leads to it from then on.
///
/// # Errors
/// What the engine says; an address that is taken.
pub async fn slug_change(tx: &mut Tx, unit: UnitId, old: &str, new: &str) -> Result<()> {
    // A unit may take an address back that it had.
    sql("DELETE FROM unit_old_slugs WHERE slug = $1 AND unit_id = $2")
        .bind(new)
        .bind(unit.get())
        .run(tx)
        .await?;
    sql("UPDATE units SET slug = $1 WHERE id = $2")
        .bind(new)
        .bind(unit.get())
        .run(tx)
        .await?;
    let mut insert = Insert::into("unit_old_slugs", &["slug", "unit_id"]);
    insert.row([old.into(), unit.get().into()]);
    insert.run(tx).await?;
    changes::append_all(tx, "unit", &[old.to_owned(), new.to_owned()]).await
}

/// Records what happened. The change log must be told of the units concerned by the caller, who
/// knows their addresses.
///
/// # Errors
/// What the engine says; a key that is taken.
pub async fn successions_insert(tx: &mut Tx, all: &[NewSuccession]) -> Result<()> {
    let row = sql("SELECT coalesce(max(id), 0) AS n FROM unit_successions")
        .one(&mut *tx)
        .await?;
    let last: i64 = row.get("n")?;
    let columns = &[
        "id",
        "happened",
        "how",
        "basis",
        "basis_number",
        "basis_act",
        "source_key",
    ];
    let mut heads = Insert::into("unit_successions", columns);
    let columns = &[
        "succession_id",
        "ord",
        "happened",
        "from_id",
        "to_id",
        "share",
        "is_main",
    ];
    let mut parts = Insert::into("unit_succession_parts", columns);
    for (id, new) in (last + 1..).zip(all) {
        let one = &new.succession;
        heads.row([
            id.into(),
            one.on.into(),
            one.how.event().word().into(),
            Value::from(&one.basis.text),
            Value::from(one.basis.number.clone()),
            Value::from(one.basis.act.clone()),
            Value::from(new.source_key.clone()),
        ]);
        for (ord, pass) in (0_i64..).zip(one.how.passes()) {
            parts.row([
                id.into(),
                ord.into(),
                one.on.into(),
                pass.from.get().into(),
                Value::from(pass.to.map(UnitId::get)),
                Value::Int(pass.share.map(|share| i64::from(share.get()))),
                pass.main.into(),
            ]);
        }
    }
    heads.run(tx).await?;
    parts.run(tx).await?;
    Ok(())
}
