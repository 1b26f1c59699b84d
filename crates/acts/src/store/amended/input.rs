//! What the versions of an act are derived from, read.

use db::{Result, Row, Tx, sql};
use legal::amend::{Reason, Refusal};
use legal::consolidate::Amending;

use super::decisions::{self, Standing};
use super::derive::{By, Input};
use super::ended::parent_end;
use super::said::Said;
use crate::model::{Act, ActId};
use crate::store::text;

const ROWS: &str = "SELECT a.act_id, a.instruction, a.content, b.slug, b.number, b.issued, coalesce(b.begins, b.in_force) AS in_force \
     FROM amendments a JOIN acts b ON b.id = a.act_id";

/// The acts that do something to this one, each with its sentences about it.
pub(super) async fn sentences(tx: &mut Tx, act: ActId, standing: &[Standing]) -> Result<Vec<By>> {
    let mut by = about(tx, act.0).await?;
    // Sentences that name no act are about this one where an officer decided so.
    let mut slugs: Vec<&str> = standing.iter().map(|one| one.by.as_str()).collect();
    slugs.sort_unstable();
    slugs.dedup();
    for slug in slugs {
        let query = sql(format!(
            "{ROWS} WHERE a.mention IS NULL AND b.slug = $1 ORDER BY a.ord"
        ));
        for row in &query.bind(slug).all(&mut *tx).await? {
            let wanted = |seen: &str| {
                standing
                    .iter()
                    .any(|one| one.by == slug && one.decision.seen == seen)
            };
            sentence_of(&mut by, row, wanted)?;
        }
    }
    clauses(tx, &mut by).await?;
    Ok(by)
}

/// Acts that name this one in amending sentences.
async fn about(tx: &mut Tx, act: i64) -> Result<Vec<By>> {
    let query = sql(format!(
        "{ROWS} JOIN mentions m ON a.act_id = m.act_id AND a.mention = m.ord \
         WHERE m.target_id = $1 AND m.sure ORDER BY a.act_id, a.ord"
    ));
    let mut by = Vec::new();
    for row in &query.bind(act).all(tx).await? {
        sentence_of(&mut by, row, |_| true)?;
    }
    Ok(by)
}

/// Follows what acts do to the clauses by which these amend.
async fn clauses(tx: &mut Tx, by: &mut Vec<By>) -> Result<()> {
    let mut said: Vec<(By, Refusal)> = Vec::new();
    // Row numbers decide nothing.
    by.sort_by(|a, b| a.slug.cmp(&b.slug));
    for one in by.iter_mut() {
        let mut others = about(tx, one.id).await?;
        others.retain(|other| other.id != one.id);
        others.sort_by(|a, b| a.slug.cmp(&b.slug));
        let acts: Vec<Amending> = others.iter().map(|other| other.amending.clone()).collect();
        let met = one.amending.met_by(&acts);
        said.extend(day_moved(&mut *tx, one, &others).await?);
        said.extend(
            met.into_iter()
                .filter_map(|(place, refusal)| Some((others.get(place)?.with(Vec::new()), refusal))),
        );
    }
    for (other, refusal) in said {
        match by.iter_mut().find(|one| one.id == other.id) {
            Some(known) => known.amending.take(refusal),
            None => {
                let mut other = other;
                other.amending.take(refusal);
                by.push(other);
            }
        }
    }
    Ok(())
}

/// What others said of the commencement of an amending act without a certain day: it is in doubt for
/// every act that this one amends.
async fn day_moved(tx: &mut Tx, by: &By, others: &[By]) -> Result<Vec<(By, Refusal)>> {
    let query = sql("SELECT by_id, place AS said_at, sentence FROM act_changes \
         WHERE act_id = $1 AND known_until IS NULL AND reason = 'day-moved' ORDER BY ord");
    let mut said = Vec::new();
    for row in &query.bind(by.id).all(tx).await? {
        let (id, place, sentence): (i64, String, String) =
            (row.get("by_id")?, row.get("said_at")?, row.get("sentence")?);
        let other = others.iter().find(|other| other.id == id);
        let of_sentence = |other: &By| {
            let mut all = other.amending.instructions.iter().map(|one| &one.source);
            all.find(|one| one.at == place && one.sentence == sentence)
                .cloned()
        };
        if let Some((other, source)) = other.and_then(|other| Some((other, of_sentence(other)?))) {
            let refusal = Refusal {
                source,
                reason: Reason::DayMoved,
                targets: Vec::new(),
            };
            said.push((other.with(Vec::new()), refusal));
        }
    }
    Ok(said)
}

/// What an act is derived from, and the decisions of which nothing is read any more.
pub(super) async fn input(tx: &mut Tx, act: &Act, standing: &[Standing]) -> Result<(Input, Vec<i64>)> {
    let mut by = sentences(tx, act.id, standing).await?;
    let stale = decisions::assign(&mut by, standing);
    let parent = parent_end(&mut *tx, act.id).await?;
    let base = match act.confidence {
        None if !by.is_empty() || parent.is_some() => text::base_of(&mut *tx, act).await?,
        _ => None,
    };
    let Some(base) = base else {
        return Ok((Input::default(), stale));
    };
    let query =
        sql("SELECT DISTINCT m.target_id FROM mentions m WHERE m.act_id = $1 AND m.target_id IS NOT NULL");
    let named = query.bind(act.id.0).all(tx).await?;
    let named = named
        .iter()
        .map(|row| row.get("target_id"))
        .collect::<Result<_>>()?;
    let input = Input {
        base,
        by,
        parent,
        named,
    };
    Ok((input, stale))
}

/// Puts a sentence beside the others of its act, if it is wanted by its name.
fn sentence_of(by: &mut Vec<By>, row: &Row, wanted: impl Fn(&str) -> bool) -> Result<()> {
    let id: i64 = row.get("act_id")?;
    let said = Said::of(row)?;
    if !wanted(&said.seen()) {
        return Ok(());
    }
    if by.iter().all(|one| one.id != id) {
        by.push(amending(row, id)?);
    }
    if let Some(own) = by.iter_mut().find(|one| one.id == id) {
        said.put_into(&mut own.amending);
    }
    Ok(())
}

fn amending(row: &Row, id: i64) -> Result<By> {
    let slug: String = row.get("slug")?;
    Ok(By {
        id,
        amending: Amending {
            number: row
                .get::<Option<String>>("number")?
                .unwrap_or_else(|| slug.clone()),
            issued: row.date("issued")?,
            in_force: row.date("in_force")?,
            instructions: Vec::new(),
            refusals: Vec::new(),
        },
        decisions: Vec::new(),
        slug,
    })
}
