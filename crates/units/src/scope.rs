//! How far a permission reaches in the tree, and the names of the units that are reached.

use std::collections::HashMap;

use db::{Db, Result, Source};
use jiff::civil::Date;
use policy::{Roots, UnitId};

/// Units among which somebody may choose at once; more are found by searching.
const CHOICES: usize = 400;

/// Whether roots reach a unit on a day.
///
/// # Errors
/// What the engine says.
pub async fn reaches<'a>(on: impl Into<Source<'a>>, roots: &Roots, unit: UnitId, day: Date) -> Result<bool> {
    match roots {
        Roots::Everywhere => Ok(true),
        Roots::Below(roots) if roots.is_empty() => Ok(false),
        Roots::Below(roots) => {
            let above = crate::store::above(on, unit, day).await?;
            Ok(above.iter().any(|unit| roots.contains(unit)))
        }
    }
}

/// Roots with every unit below them on a day, and the ended ones for which these stand.
///
/// # Errors
/// What the engine says.
pub async fn spread(db: &Db, roots: Roots, day: Date) -> Result<Roots> {
    match roots {
        Roots::Everywhere => Ok(Roots::Everywhere),
        Roots::Below(roots) => {
            let below = crate::store::below(db, &roots, day).await?;
            Ok(Roots::Below(crate::store::with_past(db, &below, day).await?))
        }
    }
}

/// Names on a day, one for each number.
///
/// # Errors
/// What the engine says.
pub async fn names(db: &Db, asked: &[UnitId], day: Date) -> Result<Vec<String>> {
    let mut ids = asked.to_vec();
    ids.sort();
    ids.dedup();
    let units = crate::store::units(db, &ids).await?;
    let names: HashMap<UnitId, &str> = units
        .iter()
        .map(|unit| (unit.id, unit.near(day).name.full.as_str()))
        .collect();
    let name = |unit: &UnitId| names.get(unit).copied().unwrap_or_default().to_owned();
    Ok(asked.iter().map(name).collect())
}

/// Names on a day by number.
///
/// # Errors
/// What the engine says.
pub async fn name_map(db: &Db, asked: Vec<UnitId>, day: Date) -> Result<HashMap<UnitId, String>> {
    let names = names(db, &asked, day).await?;
    Ok(asked.into_iter().zip(names).collect())
}

/// The name of one unit; of an ended one also who stands for it now.
///
/// # Errors
/// What the engine says.
pub async fn name_with_heir(db: &Db, unit: UnitId, day: Date) -> Result<(String, Option<String>)> {
    let heir = crate::store::heir(db, unit, day).await?;
    let own = name(db, unit, day).await?;
    let other = match heir == unit {
        true => None,
        false => Some(name(db, heir, day).await?),
    };
    Ok((own, other))
}

/// The name of one unit.
///
/// # Errors
/// What the engine says.
pub async fn name(db: &Db, unit: UnitId, day: Date) -> Result<String> {
    Ok(names(db, &[unit], day).await?.pop().unwrap_or_default())
}

/// The units among which a person with this reach chooses, in Vietnamese order.
///
/// # Errors
/// What the engine says.
pub async fn choices(db: &Db, roots: Roots, day: Date) -> Result<Vec<(UnitId, String)>> {
    let ids = match roots {
        Roots::Below(roots) => crate::store::below(db, &roots, day).await?,
        Roots::Everywhere => {
            let tops = crate::store::children(db, None, day).await?;
            let tops: Vec<UnitId> = tops.iter().map(|top| top.id).collect();
            crate::store::below(db, &tops, day).await?
        }
    };
    let ids = &ids[..ids.len().min(CHOICES)];
    let names = names(db, ids, day).await?;
    let mut choices: Vec<_> = ids.iter().copied().zip(names).collect();
    choices.sort_by(|a, b| viet::compare(&a.1, &b.1));
    Ok(choices)
}
