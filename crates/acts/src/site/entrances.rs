//! Ways into the acts: by kind, issuer, field and year.

use web::Look;

use super::words;
use crate::model::{Facet, Facets};

/// One way into the acts: a heading and links with counts.
pub struct Group {
    /// Vietnamese heading.
    pub title: &'static str,
    /// Name of the filter in addresses.
    pub filter: &'static str,
    /// Its values.
    pub facets: Vec<Facet>,
}

/// The four ways into the acts; names of kinds in the reader's language,
/// at most `most` values each.
#[must_use]
pub fn groups(facets: Facets, look: Look, most: usize) -> Vec<Group> {
    let mut kinds = facets.kinds;
    for facet in &mut kinds {
        if let Some(kind) = legal::model::ActKind::from_slug(&facet.slug) {
            facet.label = words::kind(kind, look).to_owned();
        }
    }
    let group = |title, filter, mut facets: Vec<Facet>| {
        facets.truncate(most);
        Group {
            title,
            filter,
            facets,
        }
    };
    let all = [
        group("Theo loại văn bản", "loai", kinds),
        group("Theo cơ quan ban hành", "co-quan", facets.issuers),
        group("Theo lĩnh vực", "linh-vuc", facets.fields),
        group("Theo năm ban hành", "nam", facets.years),
    ];
    all.into_iter().filter(|group| !group.facets.is_empty()).collect()
}
