//! The posts beside the law that they explain.

use jiff::Timestamp;
use policy::UnitId;
use web::{Asking, Beside, Look, Near, Site};

use crate::model::Wanted;
use crate::site::name_of;
use crate::store;

/// Posts shown beside an act or a provision.
const SHOWN: i64 = 5;

/// Public posts of a unit and of those for which it stands.
pub fn unit(site: Site, look: Look, unit: i64) -> Asking {
    Box::pin(async move {
        let (db, now) = (site.db(), site.now());
        let units = units::store::with_past(db, &[UnitId::of(unit)], site.today()).await?;
        let until = store::next_boundary_of(db, &units, now).await?;
        let known = units::store::unit(db, UnitId::of(unit)).await?;
        let wanted = Wanted {
            units,
            limit: SHOWN,
            ..Wanted::default()
        };
        let all = known.map_or_else(String::new, |unit| format!("/bai?don-vi={}", unit.slug));
        beside(&site, look, &wanted, all, until).await
    })
}

/// Public posts that cite an act, or one of its provisions and what is below it.
pub fn law(site: Site, look: Look, act: String, provision: Option<String>) -> Asking {
    Box::pin(async move {
        let (db, now) = (site.db(), site.now());
        let until = store::next_boundary_about(db, &act, now).await?;
        let place = provision.as_deref().and_then(legal::address::path_of_id);
        let wanted = Wanted {
            law: Some((act.clone(), provision)),
            limit: SHOWN,
            ..Wanted::default()
        };
        let all = match place {
            Some(place) => format!("/bai?luat={act}&dieu={place}"),
            None => format!("/bai?luat={act}"),
        };
        beside(&site, look, &wanted, all, until).await
    })
}

async fn beside(
    site: &Site,
    look: Look,
    wanted: &Wanted,
    all: String,
    until: Option<Timestamp>,
) -> db::Result<Beside> {
    let (shown, count) = store::shown_list(site.db(), wanted, site.now()).await?;
    let kinds = store::kinds(site.db()).await?;
    let near = shown.into_iter().map(|one| Near {
        path: format!("/bai/{}", one.slug),
        kind: name_of(&kinds, &one.kind, look),
        title: one.title,
    });
    Ok(Beside {
        near: near.collect(),
        count,
        all,
        until,
    })
}
