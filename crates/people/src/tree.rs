//! What this room asks of the tree of units.

use std::collections::HashMap;

use db::{Db, Result};
use jiff::civil::Date;
use policy::{Roots, UnitId};
use units::store;
use web::Site;

/// Units among which somebody may choose at once; more are found by searching.
const CHOICES: usize = 400;

/// Roots with every unit below them on a day.
pub(crate) async fn spread(db: &Db, roots: Roots, day: Date) -> Result<Roots> {
    match roots {
        Roots::Everywhere => Ok(Roots::Everywhere),
        Roots::Below(roots) => Ok(Roots::Below(store::below(db, &roots, day).await?)),
    }
}

/// Names on a day, one for each number.
pub(crate) async fn names(db: &Db, asked: &[UnitId], day: Date) -> Result<Vec<String>> {
    let mut ids = asked.to_vec();
    ids.sort();
    ids.dedup();
    let units = store::units(db, &ids).await?;
    let names: HashMap<UnitId, &str> = units
        .iter()
        .map(|unit| (unit.id, unit.near(day).name.full.as_str()))
        .collect();
    let name = |unit: &UnitId| names.get(unit).copied().unwrap_or_default().to_owned();
    Ok(asked.iter().map(name).collect())
}

/// Names on a day by number.
pub(crate) async fn name_map(db: &Db, asked: Vec<UnitId>, day: Date) -> Result<HashMap<UnitId, String>> {
    let names = names(db, &asked, day).await?;
    Ok(asked.into_iter().zip(names).collect())
}

/// The name of one unit.
pub(crate) async fn name(db: &Db, unit: UnitId, day: Date) -> Result<String> {
    Ok(names(db, &[unit], day).await?.pop().unwrap_or_default())
}

/// The units among which a person with this reach chooses, in Vietnamese order.
pub(crate) async fn choices(db: &Db, roots: Roots, day: Date) -> Result<Vec<(UnitId, String)>> {
    let ids = match roots {
        Roots::Below(roots) => store::below(db, &roots, day).await?,
        Roots::Everywhere => {
            let tops = store::children(db, None, day).await?;
            let tops: Vec<UnitId> = tops.iter().map(|top| top.id).collect();
            store::below(db, &tops, day).await?
        }
    };
    let ids = &ids[..ids.len().min(CHOICES)];
    let names = names(db, ids, day).await?;
    let mut choices: Vec<_> = ids.iter().copied().zip(names).collect();
    choices.sort_by(|a, b| viet::compare(&a.1, &b.1));
    Ok(choices)
}

/// The unit that an operator names by its address; without one the first at the top of the tree.
///
/// # Errors
/// What the database says.
pub async fn unit_for_operator(site: &Site, slug: Option<&str>) -> Result<Option<UnitId>> {
    match slug {
        Some(slug) => match store::unit_at(site.db(), slug).await? {
            Some(store::Place::Here(unit)) => Ok(Some(unit.id)),
            Some(store::Place::Moved(slug)) => Box::pin(unit_for_operator(site, Some(&slug))).await,
            None => Ok(None),
        },
        None => {
            let tops = store::children(site.db(), None, site.today()).await?;
            Ok(tops.iter().map(|top| top.id).min())
        }
    }
}

/// The first unit of a portal that has none yet: the agency behind it. Where the tree has units,
/// nothing is made.
///
/// # Errors
/// The sentence of the tree's refusal.
pub async fn first_unit(site: &Site) -> Result<Option<UnitId>, units::reorganise::Refusal> {
    let mut tx = site.db().begin().await?;
    if !store::children(site.db(), None, site.today()).await?.is_empty() {
        return Ok(None);
    }
    store::kinds_ensure(&mut tx).await?;
    let agency = site.agency().name.trim();
    let full = if agency.is_empty() {
        "Sở Tư pháp"
    } else {
        agency
    };
    let state = units::model::State {
        name: units::model::Name {
            full: full.to_owned(),
            short: full.to_owned(),
            english: None,
        },
        kind: "department".to_owned(),
        parent: None,
        code: None,
    };
    let unit = units::reorganise::create(&mut tx, None, None, state).await?;
    tx.commit().await?;
    Ok(Some(unit))
}
