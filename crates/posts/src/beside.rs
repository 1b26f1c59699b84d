//! The posts beside the law that they explain.

use web::{Asking, Beside, Look, Near, Site};

use crate::model::Wanted;
use crate::site::name_of;
use crate::store;

/// Posts shown beside an act or a provision.
const SHOWN: i64 = 5;

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
        let (shown, count) = store::shown_list(db, &wanted, now).await?;
        let kinds = store::kinds(db).await?;
        let near = shown.into_iter().map(|one| Near {
            path: format!("/bai/{}", one.slug),
            kind: name_of(&kinds, &one.kind, look),
            title: one.title,
        });
        Ok(Beside {
            near: near.collect(),
            count,
            all: match place {
                Some(place) => format!("/bai?luat={act}&dieu={place}"),
                None => format!("/bai?luat={act}"),
            },
            until,
        })
    })
}
