//! What this room asks of the tree of units.

use db::Result;
use policy::UnitId;
pub(crate) use units::scope::{choices, name, name_map, names, spread};
use units::store;
use web::Site;

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
