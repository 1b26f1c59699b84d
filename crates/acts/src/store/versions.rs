//! Versions of parts and provisions: written, compared, closed; never changed.

use std::collections::{HashMap, HashSet};

use db::{Insert, Result, Row, Tx, Value, sql};
use legal::model::{ActText, Language};

use super::rows;

const PARTS: &[&str] = &[
    "id",
    "act_id",
    "language",
    "part",
    "ord",
    "kind",
    "number",
    "title",
    "content",
    "origin",
    "valid_from",
    "valid_until",
    "known_from",
    "known_until",
];
const PROVISIONS: &[&str] = &[
    "id",
    "act_id",
    "language",
    "provision",
    "ord",
    "part",
    "kind",
    "number",
    "heading",
    "parent",
    "content",
    "origin",
    "valid_from",
    "valid_until",
    "known_from",
    "known_until",
];
/// Text as first published, not the result of an amendment.
const ORIGIN: &str = "original";

/// Next free numbers of the two tables of versions.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ids {
    pub(super) part: i64,
    pub(super) provision: i64,
}

/// Whose versions are written, and when.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scope {
    pub(super) act: i64,
    pub(super) language: Language,
    pub(super) now: i64,
    /// True where the act may have versions already.
    pub(super) known: bool,
}

/// What a version says, compared to find what a new reading changed: everything but its number and times.
type Said = Vec<Value>;

/// Makes `text` the original text of an act: closes versions that say something else, adds what
/// is new, leaves alone what is the same. True where anything changed.
pub(super) async fn replace(tx: &mut Tx, scope: Scope, ids: Ids, text: &ActText) -> Result<bool> {
    let valid_from = Value::from(text.metadata.in_force);
    let parts = parts_said(text, &valid_from)?;
    let provisions = provisions_said(text, &valid_from)?;
    let first = Table {
        name: "part_versions",
        columns: PARTS,
        next: ids.part,
    };
    let second = Table {
        name: "provision_versions",
        columns: PROVISIONS,
        next: ids.provision,
    };
    let a = first.replace(tx, scope, parts).await?;
    let b = second.replace(tx, scope, provisions).await?;
    Ok(a || b)
}

fn parts_said(text: &ActText, valid_from: &Value) -> Result<Vec<Said>> {
    let mut seen = HashSet::new();
    let each = text.parts.iter().enumerate().map(|(ord, part)| {
        Ok(vec![
            Value::from(unique(&mut seen, &part.id)),
            ord_of(ord),
            Value::from(rows::word(&part.kind)?),
            Value::from(part.number.as_ref()),
            Value::from(&part.title),
            Value::from(rows::part_content(part)?),
            Value::from(ORIGIN),
            valid_from.clone(),
        ])
    });
    each.collect()
}

fn provisions_said(text: &ActText, valid_from: &Value) -> Result<Vec<Said>> {
    let mut seen = HashSet::new();
    let each = text.provisions.iter().enumerate().map(|(ord, provision)| {
        Ok(vec![
            Value::from(unique(&mut seen, &provision.id)),
            ord_of(ord),
            Value::from(&provision.part),
            Value::from(rows::word(&provision.kind)?),
            Value::from(&provision.number),
            Value::from(provision.heading.as_ref()),
            Value::from(provision.parent.as_ref()),
            Value::from(rows::provision_content(provision)?),
            Value::from(ORIGIN),
            valid_from.clone(),
        ])
    });
    each.collect()
}

/// Ids are unique by contract; should a reader break it, no text is lost and the import goes on.
fn unique(seen: &mut HashSet<String>, id: &str) -> String {
    let mut name = id.to_owned();
    let mut count = 2_u32;
    while !seen.insert(name.clone()) {
        name = format!("{id}-{count}");
        count += 1;
    }
    name
}

fn ord_of(place: usize) -> Value {
    Value::from(i64::try_from(place).unwrap_or(i64::MAX))
}

struct Table {
    name: &'static str,
    columns: &'static [&'static str],
    next: i64,
}

impl Table {
    /// The columns that `Said` holds: all between language and `valid_until`.
    fn said_columns(&self) -> &'static [&'static str] {
        &self.columns[3..self.columns.len() - 3]
    }

    async fn replace(&self, tx: &mut Tx, scope: Scope, said: Vec<Said>) -> Result<bool> {
        let mut gone = if scope.known {
            self.standing(tx, scope).await?
        } else {
            HashMap::new()
        };
        let mut added = Vec::new();
        for one in said {
            match name_of(&one).and_then(|name| gone.remove(name)) {
                Some((_, standing)) if standing == one => {}
                replaced => {
                    // A replaced version is closed like one that is gone.
                    gone.extend(replaced.map(|old| (format!("\u{1}{}", old.0), old)));
                    added.push(one);
                }
            }
        }
        let changed = !added.is_empty() || !gone.is_empty();
        self.close(tx, scope.now, gone.into_values().map(|(id, _)| id).collect())
            .await?;
        self.insert(tx, scope, added).await?;
        Ok(changed)
    }

    /// The standing original versions by the id of what they are versions of.
    async fn standing(&self, tx: &mut Tx, scope: Scope) -> Result<HashMap<String, (i64, Said)>> {
        let columns = self.said_columns().join(", ");
        let rows = sql(format!("SELECT id, {columns} FROM {}", self.name))
            .push(" WHERE act_id = $1 AND language = $2 AND known_until IS NULL AND origin = $3")
            .bind(scope.act)
            .bind(rows::language_code(scope.language))
            .bind(ORIGIN)
            .all(tx)
            .await?;
        let mut standing = HashMap::with_capacity(rows.len());
        for row in &rows {
            let said = self.said_columns().iter().map(|column| said_value(row, column));
            let said = said.collect::<Result<Said>>()?;
            if let Some(name) = name_of(&said) {
                standing.insert(name.to_owned(), (row.get("id")?, said));
            }
        }
        Ok(standing)
    }

    async fn close(&self, tx: &mut Tx, now: i64, ids: Vec<i64>) -> Result<()> {
        for chunk in ids.chunks(500) {
            let mut query = sql(format!("UPDATE {} SET known_until = $1 WHERE id IN (", self.name)).bind(now);
            for (place, id) in chunk.iter().enumerate() {
                query = if place == 0 { query } else { query.push(", ") }.push_bind(*id);
            }
            query.push(")").once().run(tx).await?;
        }
        Ok(())
    }

    async fn insert(&self, tx: &mut Tx, scope: Scope, added: Vec<Said>) -> Result<()> {
        let mut insert = Insert::into(self.name, self.columns);
        for (place, said) in (0_i64..).zip(added) {
            let mut row = Vec::with_capacity(self.columns.len());
            row.push(Value::from(self.next + place));
            row.push(Value::from(scope.act));
            row.push(Value::from(rows::language_code(scope.language)));
            row.extend(said);
            row.push(Value::Text(None));
            row.push(Value::from(scope.now));
            row.push(Value::Int(None));
            insert.row_of(row);
        }
        insert.run(tx).await?;
        Ok(())
    }
}

fn name_of(said: &Said) -> Option<&str> {
    match said.first() {
        Some(Value::Text(Some(name))) => Some(name),
        _ => None,
    }
}

fn said_value(row: &Row, column: &str) -> Result<Value> {
    Ok(if column == "ord" {
        Value::Int(row.get(column)?)
    } else {
        Value::Text(row.get(column)?)
    })
}
