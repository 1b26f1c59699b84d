//! `/bai.atom`: what is new, per group, kind and unit.

use acts::feeds::{Channel, Entry, atom_text};
use axum::extract::{Query, State};
use policy::UnitId;
use web::{Look, Page, Policy, Problem, Site};

use super::list::{Asked, address};
use super::name_of;
use crate::store;

const ENTRIES: i64 = 50;

/// `GET /bai.atom`
pub(super) async fn atom(State(site): State<Site>, Query(asked): Query<Asked>) -> Result<Page, Problem> {
    let look = Look::default();
    let mut asked = asked.understood(&site, look).await.map_err(Problem::internal)?;
    (asked.wanted.limit, asked.wanted.offset) = (ENTRIES, 0);
    let (db, now) = (site.db(), site.now());
    let boundary = store::next_boundary(db, now).await.map_err(Problem::internal)?;
    let listed = store::shown_list(db, &asked.wanted, now).await;
    let (shown, _) = listed.map_err(Problem::internal)?;
    let kinds = store::kinds(db).await.map_err(Problem::internal)?;
    let ids: Vec<UnitId> = shown.iter().map(|one| one.unit).collect();
    let names = units::scope::names(db, &ids, site.today())
        .await
        .map_err(Problem::internal)?;
    let mut title = format!("{}: bài viết, hướng dẫn", site.name());
    if !asked.words.is_empty() {
        title = format!("{title} ({})", asked.words.join(", "));
    }
    let base = site.base_url();
    let whole = |at: jiff::Timestamp| acts::feeds::instant(at.as_microsecond());
    let channel = Channel {
        title,
        site: site.name().to_owned(),
        url: format!("{base}{}", address("/bai.atom", &asked.pairs, 1)),
        page: format!("{base}{}", address("/bai", &asked.pairs, 1)),
        updated: whole(shown.iter().map(|one| one.changed).max().unwrap_or_default()),
    };
    let entry = |(one, unit): (crate::model::Shown, String)| Entry {
        url: format!("{base}/bai/{}", one.slug),
        categories: vec![(one.kind.clone(), name_of(&kinds, &one.kind, look))],
        title: one.title,
        summary: one.summary,
        authors: vec![unit],
        created: whole(one.showing.from),
        updated: whole(one.changed.max(one.showing.from)),
        xml: None,
    };
    let entries: Vec<Entry> = shown.into_iter().zip(names).map(entry).collect();
    let page = Page::bytes(
        "application/atom+xml; charset=utf-8",
        atom_text(&channel, &entries),
    );
    let page = page.policy(Policy::Feed).dep("posts").dep("units").dep("topics");
    Ok(match boundary {
        Some(at) => page.fresh_until(at),
        None => page,
    })
}
