//! Who answers for a unit on a day: what other rooms follow.

use std::collections::{HashMap, HashSet};

use db::{Db, Result};
use jiff::civil::Date;

use super::{passages, read};
use crate::heirs::{Fraction, Passages};
use crate::model::{Unit, UnitId};

/// A unit that stands for another one on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Successor {
    /// Its number.
    pub unit: UnitId,
    /// Its address.
    pub slug: String,
    /// Its full name on that day.
    pub name: String,
    /// How much of the other unit went to it; `None` where nobody stated it.
    pub part: Option<Fraction>,
    /// Whether it is the principal one: the first of a list, and the only one in it.
    pub main: bool,
    /// How it comes to stand for the other.
    pub via: Via,
}

/// How a unit comes to stand for another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Via {
    /// It is the very unit, still in being.
    Itself,
    /// It took over from it, perhaps through others.
    Succession,
    /// The unit ended without an heir; this is the unit that stood above it, or what that became.
    Above,
}

/// Who stands for a unit on `day`: the unit itself while it exists; its heirs after that, the principal
/// one first; the unit above it where it ended without heir. Accounts, posts, feeds and open matters
/// follow the first; statistics use [`crate::figures::retell`]. Empty for an unknown unit and where
/// nothing above is left either.
///
/// # Errors
/// What the engine says.
pub async fn current(db: &Db, unit: UnitId, day: Date) -> Result<Vec<Successor>> {
    let Some(known) = read::unit(db, unit).await? else {
        return Ok(Vec::new());
    };
    if known.is_alive(day) {
        return Ok(vec![successor(&known, day, Some(Fraction::WHOLE), Via::Itself)]);
    }
    let passages = passages::passages_from(db, &[unit]).await?;
    let heirs = passages.heirs(unit, None, day);
    let parts: HashMap<UnitId, Fraction> = heirs.known.iter().copied().collect();
    let order = heirs.units();
    let mut alive: HashMap<UnitId, Unit> = HashMap::new();
    let mut ended: Vec<Unit> = Vec::new();
    for heir in read::units(db, &order).await? {
        match heir.is_alive(day) {
            true => drop(alive.insert(heir.id, heir)),
            false => ended.push(heir),
        }
    }
    let mut found: Vec<Successor> = order
        .iter()
        .filter_map(|id| {
            Some(successor(
                alive.get(id)?,
                day,
                parts.get(id).copied(),
                Via::Succession,
            ))
        })
        .collect();
    for unit in ended {
        let above = above(db, &unit, day).await?;
        found.extend(above.filter(|above| found.iter().all(|known| known.unit != above.unit)));
    }
    for (place, one) in found.iter_mut().enumerate() {
        one.main = place == 0;
    }
    Ok(found)
}

/// The unit above one that ended, followed until one exists on the day.
async fn above(db: &Db, ended: &Unit, day: Date) -> Result<Option<Successor>> {
    let mut seen = HashSet::new();
    let mut next = ended.life.last().parent;
    while let Some(id) = next.filter(|id| seen.insert(*id)) {
        let Some(unit) = read::unit(db, id).await? else {
            break;
        };
        if unit.is_alive(day) {
            return Ok(Some(successor(&unit, day, None, Via::Above)));
        }
        let passages: Passages = passages::passages_from(db, &[id]).await?;
        next = match passages.heirs(id, None, day).main() {
            Some(heir) if heir != id => Some(heir),
            _ => unit.life.last().parent,
        };
    }
    Ok(None)
}

fn successor(unit: &Unit, day: Date, part: Option<Fraction>, via: Via) -> Successor {
    Successor {
        unit: unit.id,
        slug: unit.slug.clone(),
        name: unit.near(day).name.full.clone(),
        part,
        main: true,
        via,
    }
}
