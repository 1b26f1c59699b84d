//! Relations of an act in both directions.

use db::{Db, Result, Row, sql};
use legal::relations::RelationKind;

use crate::model::{Act, ActId};
use crate::store::rows;

/// Most relations that are read for one side of an act.
const MOST: i64 = 5_000;

/// From which side a relation is seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// What this act does to others.
    Acting,
    /// What others do to this act.
    Suffering,
}

/// One relation of an act.
#[derive(Clone, Debug, PartialEq)]
pub struct Related {
    /// What is done.
    pub kind: RelationKind,
    /// The other act as the text names it; empty where the other act is the one that names.
    pub label: String,
    /// The other act, where it is here.
    pub act: Option<Act>,
    /// Provisions that it is done to; empty: the whole act.
    pub provisions: Vec<String>,
    /// Id of the provision or part that says so, of the act that acts; empty: its title.
    pub place: String,
    /// The words that say so.
    pub evidence: String,
}

/// The relations of an act seen from one side, kinds in their order, then latest first.
///
/// # Errors
/// What the engine says.
pub async fn relations(db: &Db, act: ActId, side: Side) -> Result<Vec<Related>> {
    let (from, other) = match side {
        Side::Acting => (
            "LEFT JOIN acts a ON a.id = m.target_id WHERE r.act_id = $1",
            "m.target_id",
        ),
        Side::Suffering => (
            "JOIN acts a ON a.id = r.act_id WHERE m.target_id = $1",
            "r.act_id",
        ),
    };
    let text = format!(
        "SELECT r.kind AS relation, r.provisions, r.place AS said_at, r.evidence, m.label, {other} AS other, {} \
         FROM mentions m JOIN relations r ON r.act_id = m.act_id AND r.mention = m.ord {from} \
         ORDER BY a.issued DESC, m.act_id, r.ord LIMIT $2",
        rows::ACT
    );
    let found = sql(text).bind(act.0).bind(MOST).all(db).await?;
    let mut all = found
        .iter()
        .map(|row| related(row, side))
        .collect::<Result<Vec<_>>>()?;
    all.sort_by_key(|one| one.kind);
    Ok(all)
}

fn related(row: &Row, side: Side) -> Result<Related> {
    let kind: String = row.get("relation")?;
    let label: String = row.get("label")?;
    let here = row.get::<Option<i64>>("other")?.is_some();
    Ok(Related {
        kind: serde_json::from_value(serde_json::Value::String(kind))?,
        label: if side == Side::Acting {
            label
        } else {
            String::new()
        },
        act: if here { Some(rows::act(row)?) } else { None },
        provisions: row.json("provisions")?,
        place: row.get("said_at")?,
        evidence: row.get("evidence")?,
    })
}
