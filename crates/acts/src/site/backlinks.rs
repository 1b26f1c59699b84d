//! "Những quy định dẫn chiếu đến điều này": which provisions cite one.

use legal::address::path_of_id;
use web::{Look, Problem, Site};

use super::words;
use crate::model::Act;
use crate::places::{address, place};
use crate::store;

/// Provisions on one page of the list.
const PER_PAGE: u32 = 30;

/// One act with its provisions that cite.
pub struct Citing {
    /// Name of the act; empty for the act that is read.
    pub name: String,
    /// Local address of the act.
    pub path: String,
    /// Label and local address of each provision.
    pub places: Vec<(String, String)>,
}

/// One page of the list.
#[derive(Default)]
pub struct Shown {
    /// Grouped by act.
    pub groups: Vec<Citing>,
    /// "12 quy định", empty where there is none.
    pub count: String,
    /// Local addresses of the page before and after.
    pub before: Option<String>,
    /// See `before`.
    pub after: Option<String>,
}

/// What cites the provision `id` of `act`; `page` from 1.
///
/// # Errors
/// [`Problem::NotFound`] beyond the last page, [`Problem::Internal`] when the database fails.
pub async fn shown(site: &Site, look: Look, act: &Act, id: &str, page: u32) -> Result<Shown, Problem> {
    let found = store::backlinks(site.db(), act.id, id, page, PER_PAGE)
        .await
        .map_err(Problem::internal)?;
    if found.groups.is_empty() {
        return if page > 1 {
            Err(Problem::NotFound)
        } else {
            Ok(Shown::default())
        };
    }
    let here = format!("/van-ban/{}/{}", act.slug, path_of_id(id).unwrap_or_default());
    let at = |page: u32| {
        if page == 1 {
            here.clone()
        } else {
            format!("{here}?trang={page}")
        }
    };
    let more = u64::from(page) * u64::from(PER_PAGE) < found.total;
    Ok(Shown {
        groups: found.groups.iter().map(|group| citing(act, group)).collect(),
        count: look.fill("{} quy định", &[&words::number(found.total, look)]),
        before: (page > 1).then(|| at(page - 1)),
        after: more.then(|| at(page + 1)),
    })
}

fn citing(act: &Act, group: &store::Backlink) -> Citing {
    let path = format!("/van-ban/{}", group.act.slug);
    let own = group.act.id == act.id;
    Citing {
        name: if own {
            String::new()
        } else {
            words::one_line(&group.act)
        },
        places: group
            .places
            .iter()
            .map(|id| (place(id), address(&path, id)))
            .collect(),
        path,
    }
}
