//! Which acts must be derived anew.

use std::collections::BTreeSet;

use db::{Insert, Result, Tx, sql};

use crate::model::ActId;

/// The acts that an act amends and that are here, those that these amend, as it may change the
/// clauses by which they do, and those that it amends by an officer's decision.
pub(in crate::store) async fn targets(tx: &mut Tx, act: ActId) -> Result<BTreeSet<i64>> {
    let query = sql("SELECT DISTINCT m.target_id FROM amendments a \
         JOIN mentions m ON m.act_id = a.act_id AND m.ord = a.mention \
         WHERE a.act_id = $1 AND m.target_id IS NOT NULL \
         UNION SELECT n.target_id FROM amendments a \
         JOIN mentions m ON m.act_id = a.act_id AND m.ord = a.mention \
         JOIN amendments c ON c.act_id = m.target_id \
         JOIN mentions n ON n.act_id = c.act_id AND n.ord = c.mention \
         WHERE a.act_id = $2 AND n.target_id IS NOT NULL \
         UNION SELECT t.id AS target_id FROM acts b JOIN amendment_decisions d ON d.by_act = b.slug \
         JOIN acts t ON t.slug = d.act WHERE b.id = $3 AND d.ended IS NULL");
    let rows = query.bind(act.0).bind(act.0).bind(act.0).all(tx).await?;
    rows.iter().map(|row| row.get("target_id")).collect()
}

/// Whether any act amends this one.
pub(in crate::store) async fn is_target(tx: &mut Tx, act: ActId) -> Result<bool> {
    let query = sql("SELECT 1 AS one FROM mentions m \
         JOIN amendments a ON a.act_id = m.act_id AND a.mention = m.ord WHERE m.target_id = $1 \
         UNION ALL SELECT 1 AS one FROM amendment_decisions d JOIN acts t ON t.slug = d.act \
         WHERE t.id = $2 AND d.ended IS NULL LIMIT 1");
    Ok(query.bind(act.0).bind(act.0).optional(tx).await?.is_some())
}

/// Marks acts to be derived anew.
pub(crate) async fn mark(tx: &mut Tx, acts: &BTreeSet<i64>) -> Result<()> {
    let mut insert = Insert::into("versions_due", &["act_id", "times"])
        .tail("ON CONFLICT (act_id) DO UPDATE SET times = versions_due.times + 1");
    for act in acts {
        insert.row([(*act).into(), 1_i64.into()]);
    }
    insert.run(tx).await.map(drop)
}
