//! `/tim.atom`: the acts that a search finds, the latest issued first (RFC 4287).

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::{Offset, TimeZone};
use web::{Page, Policy, Problem, Site};
use writers::Xml;

use super::address::{Asked, address, feed_address};
use super::problem;
use crate::document::ActCard;
use crate::find::{Order, Query};
use crate::{Group, Index};

/// Entries a feed holds.
const ENTRIES: usize = 50;

/// The feed of a search; a search for nothing has none.
pub(super) async fn page(site: &Site, index: &Index, asked: &Asked) -> Result<Page, Problem> {
    let query = Query {
        page: 1,
        per_page: ENTRIES,
        order: Order::Newest,
        ..asked.query(site.today())
    };
    if query.text.is_empty() {
        return Err(Problem::NotFound);
    }
    let found = index.search(query.clone()).await.map_err(problem)?;
    let body = atom(site, &query, &found.groups);
    // As of the page of results, no copy is kept on the way.
    Ok(Page::bytes("application/atom+xml; charset=utf-8", body).policy(Policy::Never))
}

fn atom(site: &Site, query: &Query, groups: &[Group]) -> String {
    let base = site.base_url();
    let own = format!("{base}{}", feed_address(query));
    // Acts without any date have no place in what is ordered by date.
    let dated = groups.iter().filter_map(|group| Some((group, day(&group.act)?)));
    let dated: Vec<(&Group, Date)> = dated.collect();
    let updated = dated.iter().map(|(_, day)| *day).max();
    let mut xml = Xml::document();
    xml.open(
        "feed",
        &[("xmlns", "http://www.w3.org/2005/Atom"), ("xml:lang", "vi")],
    );
    xml.leaf("id", &[], &own);
    xml.leaf("title", &[], &format!("{}: {}", site.name(), query.text));
    xml.leaf(
        "updated",
        &[],
        &updated.map(morning).unwrap_or_default().to_string(),
    );
    xml.empty(
        "link",
        &[("rel", "self"), ("type", "application/atom+xml"), ("href", &own)],
    );
    let page = format!("{base}{}", address(query, 1));
    xml.empty(
        "link",
        &[("rel", "alternate"), ("type", "text/html"), ("href", &page)],
    );
    xml.open("author", &[]);
    xml.leaf("name", &[], site.name());
    xml.close();
    for (group, day) in dated {
        entry(
            &mut xml,
            &format!("{base}/van-ban/{}", group.act.slug),
            group,
            day,
        );
    }
    xml.finish()
}

fn entry(xml: &mut Xml, address: &str, group: &Group, day: Date) {
    let moment = morning(day).to_string();
    xml.line();
    xml.open("entry", &[]);
    xml.leaf("id", &[], address);
    xml.leaf("title", &[], &group.act.name());
    xml.empty(
        "link",
        &[("rel", "alternate"), ("type", "text/html"), ("href", address)],
    );
    xml.leaf("published", &[], &moment);
    xml.leaf("updated", &[], &moment);
    let places: Vec<&str> = group
        .pieces
        .iter()
        .map(|piece| piece.card.label.as_str())
        .collect();
    let summary = if places.is_empty() {
        group.act.title.clone()
    } else {
        places.join("; ")
    };
    xml.leaf("summary", &[], &summary);
    xml.close();
}

/// The day by which an act stands in the feed.
fn day(act: &ActCard) -> Option<Date> {
    act.issued.or(act.in_force)
}

/// The first instant of a day in Vietnam.
fn morning(day: Date) -> Timestamp {
    let vietnam = TimeZone::fixed(Offset::constant(7));
    vietnam.to_timestamp(day.at(0, 0, 0, 0)).unwrap_or_default()
}
