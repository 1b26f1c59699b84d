//! Rows ↔ model.

use db::{DbError, Insert, Result, Row, Value};

use crate::model::{Name, State, Unit, UnitId};
use crate::names::{folded, marked};
use crate::span::{Span, Timeline};

/// Columns of a state, of table `s`.
pub const STATE: &str = "s.unit_id, s.valid_from, s.valid_until, s.full_name, s.short_name, s.english, \
     s.kind, s.parent_id, s.code";

const STATE_COLUMNS: [&str; 12] = [
    "unit_id",
    "ord",
    "valid_from",
    "valid_until",
    "full_name",
    "short_name",
    "english",
    "kind",
    "parent_id",
    "code",
    "marked",
    "folded",
];

/// The state in a row with the columns [`STATE`].
pub fn state(row: &Row) -> Result<State> {
    Ok(State {
        name: Name {
            full: row.get("full_name")?,
            short: row.get("short_name")?,
            english: row.get("english")?,
        },
        kind: row.get("kind")?,
        parent: row.get::<Option<i64>>("parent_id")?.map(UnitId::of),
        code: row.get("code")?,
    })
}

/// Units from rows with `slug` and the columns [`STATE`], ordered by unit and place.
pub fn units(rows: &[Row]) -> Result<Vec<Unit>> {
    let mut units = Vec::new();
    let mut rest = rows;
    while let Some(first) = rest.first() {
        let id: i64 = first.get("unit_id")?;
        let mut length = 1;
        while rest
            .get(length)
            .map(|row| row.get::<i64>("unit_id"))
            .transpose()?
            == Some(id)
        {
            length += 1;
        }
        let (own, others) = rest.split_at(length);
        units.push(unit(id, own)?);
        rest = others;
    }
    Ok(units)
}

fn unit(id: i64, rows: &[Row]) -> Result<Unit> {
    let broken = || DbError::Shape(format!("đơn vị {id}"));
    let (first, later) = rows.split_first().ok_or_else(broken)?;
    let until = rows.last().map_or(Ok(None), |last| last.date("valid_until"))?;
    let span = Span::new(first.date("valid_from")?, until).ok_or_else(broken)?;
    let mut changes = Vec::with_capacity(later.len());
    for row in later {
        changes.push((row.date("valid_from")?.ok_or_else(broken)?, state(row)?));
    }
    Ok(Unit {
        id: UnitId::of(id),
        slug: first.get("slug")?,
        life: Timeline::of(span, state(first)?, changes).map_err(|_| broken())?,
    })
}

/// An insert of states.
pub fn states() -> Insert {
    Insert::into("unit_states", &STATE_COLUMNS)
}

/// Adds the states of a unit to an insert.
pub fn add_states(insert: &mut Insert, unit: &Unit) {
    for (ord, (span, state)) in (0_i64..).zip(unit.life.pieces()) {
        insert.row([
            unit.id.get().into(),
            ord.into(),
            Value::from(span.from()),
            Value::from(span.until()),
            Value::from(&state.name.full),
            Value::from(&state.name.short),
            Value::from(state.name.english.clone()),
            Value::from(&state.kind),
            Value::from(state.parent.map(UnitId::get)),
            Value::from(state.code.clone()),
            Value::from(marked(&state.name.full)),
            Value::from(folded(&state.name.full)),
        ]);
    }
}
