//! The plan into the database: what is missing is added, what is there stays as it is.

use std::collections::HashMap;

use db::{Db, Result, Tx};
use jiff::civil::Date;

use super::plan::Plan;
use super::{Doubt, ImportError, NEW_STRUCTURE, Summary};
use crate::model::{How, Shares, State, Succession, Unit, UnitId};
use crate::span::Timeline;
use crate::store::{self, NewSuccession, NewUnit};

/// Writes the plan in one transaction.
pub async fn write(db: &Db, plan: Plan) -> std::result::Result<Summary, ImportError> {
    let mut tx = db.begin().await?;
    store::kinds_ensure(&mut tx).await?;
    let mut summary = Summary {
        doubts: plan.doubts,
        ..Summary::default()
    };
    let known = store::units_by_source(&mut tx).await?;
    let ids = numbers(&mut tx, &plan.units, &known).await?;
    let mut added = Vec::new();
    for (key, unit) in plan.units {
        let Some(unit) = translated(unit, &ids) else {
            return Err(ImportError::Contradiction(key));
        };
        match known.get(&key) {
            Some(stored) => {
                summary.unchanged += 1;
                if !continues(&unit.life, &stored.life) {
                    summary.doubts.push(Doubt {
                        name: stored.life.last().name.full.clone(),
                        why: "Dữ liệu nhập khác với dữ liệu đã có; giữ nguyên dữ liệu đã có.".to_owned(),
                    });
                }
            }
            None => added.push(NewUnit {
                unit,
                source_key: Some(key),
            }),
        }
    }
    free_slugs(&mut tx, &mut added).await?;
    summary.added = added.len() as u64;
    store::units_insert(&mut tx, &added).await?;
    let successions = missing_successions(&mut tx, plan.successions, &ids).await?;
    count_successions(&mut summary, &successions);
    store::successions_insert(&mut tx, &successions).await?;
    summary.before = by_kind(&mut tx, NEW_STRUCTURE.yesterday().unwrap_or(NEW_STRUCTURE)).await?;
    summary.after = by_kind(&mut tx, Date::MAX).await?;
    match added.is_empty() && successions.is_empty() {
        true => tx.rollback().await?,
        false => tx.commit().await?,
    }
    Ok(summary)
}

/// Number in the database of each number in the plan.
async fn numbers(
    tx: &mut Tx,
    units: &[(String, Unit)],
    known: &HashMap<String, Unit>,
) -> Result<HashMap<UnitId, UnitId>> {
    let mut next = store::next_unit(tx).await?;
    let mut ids = HashMap::with_capacity(units.len());
    for (key, unit) in units {
        let id = known.get(key).map_or_else(
            || {
                next += 1;
                UnitId::of(next - 1)
            },
            |stored| stored.id,
        );
        ids.insert(unit.id, id);
    }
    Ok(ids)
}

/// The unit under its number in the database; `None` where a number of the plan is unknown.
fn translated(unit: Unit, ids: &HashMap<UnitId, UnitId>) -> Option<Unit> {
    let own = |state: &State| {
        let parent = match state.parent {
            Some(parent) => Some(*ids.get(&parent)?),
            None => None,
        };
        Some(State {
            parent,
            ..state.clone()
        })
    };
    let mut pieces = unit.life.pieces();
    let first = own(pieces.next()?.1)?;
    let changes: Option<Vec<(Date, State)>> = pieces
        .map(|(span, state)| Some((span.from()?, own(state)?)))
        .collect();
    Some(Unit {
        id: *ids.get(&unit.id)?,
        life: Timeline::of(unit.life.span(), first, changes?).ok()?,
        slug: unit.slug,
    })
}

/// Whether what is stored begins as the plan says; officers may have recorded more since.
fn continues(planned: &Timeline<State>, stored: &Timeline<State>) -> bool {
    let mut stored_pieces = stored.pieces();
    let same = planned.pieces().all(|(span, state)| {
        let other = stored_pieces.next();
        other.is_some_and(|(other_span, other)| span.from() == other_span.from() && state == other)
    });
    let end = planned.span().until();
    same && (end.is_none() || end == stored.span().until())
}

/// Addresses that officers' units have are left to them.
async fn free_slugs(tx: &mut Tx, added: &mut [NewUnit]) -> Result<()> {
    let mut taken = store::slugs_taken(tx).await?;
    for new in added {
        let wanted = new.unit.slug.clone();
        let mut number = 1;
        while !taken.insert(new.unit.slug.clone()) {
            number += 1;
            new.unit.slug = format!("{wanted}-{number}");
        }
    }
    Ok(())
}

async fn missing_successions(
    tx: &mut Tx,
    planned: Vec<(String, Succession)>,
    ids: &HashMap<UnitId, UnitId>,
) -> std::result::Result<Vec<NewSuccession>, ImportError> {
    let mut known = store::succession_keys(tx).await?;
    let mut missing = Vec::new();
    for (key, succession) in planned {
        if !known.insert(key.clone()) {
            continue;
        }
        let how = own_numbers(succession.how, ids).ok_or_else(|| ImportError::Contradiction(key.clone()))?;
        missing.push(NewSuccession {
            succession: Succession { how, ..succession },
            source_key: Some(key),
        });
    }
    Ok(missing)
}

fn own_numbers(how: How, ids: &HashMap<UnitId, UnitId>) -> Option<How> {
    let own = |id: UnitId| ids.get(&id).copied();
    Some(match how {
        How::Replaced { from, to } => How::Replaced {
            from: own(from)?,
            to: own(to)?,
        },
        How::Merged { from, to } => How::Merged {
            from: from.into_iter().map(own).collect::<Option<_>>()?,
            to: own(to)?,
        },
        How::Split { from, to } => {
            let heirs = to.list();
            let main = heirs.iter().find(|heir| heir.2).map(|heir| heir.0);
            let to: Option<Vec<UnitId>> = heirs.iter().map(|heir| own(heir.0)).collect();
            How::Split {
                from: own(from)?,
                to: Shares::unknown(to?, main.and_then(own))?,
            }
        }
        How::Renamed(unit) => How::Renamed(own(unit)?),
        How::Moved(unit) => How::Moved(own(unit)?),
        How::Abolished(unit) => How::Abolished(own(unit)?),
    })
}

fn count_successions(summary: &mut Summary, all: &[NewSuccession]) {
    for event in crate::model::Event::ALL {
        let of = all.iter().filter(|one| one.succession.how.event() == event);
        let count = of.count() as u64;
        if event == crate::model::Event::Split {
            summary.split_unknown = count;
        }
        if count > 0 {
            summary.successions.push((event.word().to_owned(), count));
        }
    }
}

async fn by_kind(tx: &mut Tx, day: Date) -> Result<Vec<(String, u64)>> {
    let mut counts = store::counts_on(&mut *tx, day).await?;
    let kinds = store::kinds(tx).await?;
    let count = |kind: crate::model::Kind| Some((kind.code.clone(), counts.remove(&kind.code)?));
    Ok(kinds.into_iter().filter_map(count).collect())
}
