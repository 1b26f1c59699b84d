//! What the pages of this room ask of the rooms below.

use acts::model::{ListQuery, Order};
use acts::site::item::Item as ActItem;
use policy::UnitId;
use posts::Item as PostItem;
use posts::model::Wanted;
use web::{Look, Site};

/// Public posts of a kind or a group, newest first, and how many there are.
pub(crate) async fn posts(
    site: &Site,
    look: Look,
    kind: Option<&str>,
    topic: Option<&str>,
    most: i64,
) -> db::Result<(Vec<PostItem>, i64)> {
    let wanted = Wanted {
        kind: kind.map(str::to_owned),
        topic: topic.map(str::to_owned),
        limit: most,
        ..Wanted::default()
    };
    let (shown, count) = posts::store::shown_list(site.db(), &wanted, site.now()).await?;
    Ok((posts::items(site, look, shown).await?, count))
}

/// The first acts of a list.
pub(crate) async fn acts(site: &Site, look: Look, order: Order, most: u32) -> db::Result<Vec<ActItem>> {
    let query = ListQuery {
        order,
        per_page: most,
        ..ListQuery::on(site.today())
    };
    let list = acts::store::act_list(site.db(), &query).await?;
    Ok(ActItem::list(&list.acts, site.today(), look))
}

/// A unit that publishes here.
pub(crate) struct Agency {
    pub(crate) name: String,
    pub(crate) path: String,
    /// "3 bài".
    pub(crate) count: String,
}

/// Units with public posts, those with most first.
pub(crate) async fn agencies(site: &Site, look: Look, most: i64) -> db::Result<Vec<Agency>> {
    let db = site.db();
    let found = posts::store::publishers(db, site.now(), most).await?;
    let ids: Vec<UnitId> = found.iter().map(|one| one.0).collect();
    let units = units::store::units(db, &ids).await?;
    let agency = |(id, count): &(UnitId, i64)| {
        let unit = units.iter().find(|unit| unit.id == *id)?;
        let state = unit.near(site.today());
        let english = state.name.english.as_ref().filter(|_| look.is_en());
        Some(Agency {
            name: english.unwrap_or(&state.name.full).clone(),
            path: format!("/don-vi/{}", unit.slug),
            count: look.fill("{} bài", &[count]),
        })
    };
    Ok(found.iter().filter_map(agency).collect())
}
