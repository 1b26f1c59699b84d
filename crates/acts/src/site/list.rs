//! Lists of acts: all, new, coming into force, expiring; filters and pages.

use askama::Template;
use axum::extract::{Query, State};
use legal::model::ActKind;
use legal::validity::Status;
use serde::Deserialize;
use web::{Alternate, Chrome, Crumb, Look, Page, Problem, Site};

use super::entrances::groups;
use super::item::Item;
use super::words;
use crate::model::{Facet, ListPage, ListQuery, Order};
use crate::store;

/// One of the lists.
struct Shelf {
    path: &'static str,
    nav: &'static str,
    title: &'static str,
    /// One sentence that says what stands here and in which order.
    about: &'static str,
    order: Order,
}

const ALL: Shelf = Shelf {
    path: "/van-ban",
    nav: "acts",
    title: "Văn bản pháp luật",
    about: "Xếp theo ngày ban hành, mới nhất trước.",
    order: Order::Issued,
};
const NEW: Shelf = Shelf {
    path: "/van-ban/moi",
    nav: "new",
    title: "Văn bản mới cập nhật",
    about: "Văn bản vừa được đưa vào hoặc cập nhật trong hệ thống, gần nhất trước.",
    order: Order::Updated,
};
const COMING: Shelf = Shelf {
    path: "/van-ban/sap-co-hieu-luc",
    nav: "coming",
    title: "Văn bản sắp có hiệu lực",
    about: "Văn bản có hiệu lực sau ngày hôm nay, gần nhất trước.",
    order: Order::ComingIntoForce,
};
const EXPIRING: Shelf = Shelf {
    path: "/van-ban/sap-het-hieu-luc",
    nav: "expiring",
    title: "Văn bản sắp hết hiệu lực",
    about: "Văn bản hết hiệu lực sau ngày hôm nay, gần nhất trước.",
    order: Order::Expiring,
};

/// What an address asks for. Anything that names nothing is passed over.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    loai: String,
    #[serde(rename = "co-quan")]
    co_quan: String,
    #[serde(rename = "linh-vuc")]
    linh_vuc: String,
    nam: String,
    #[serde(rename = "hieu-luc")]
    hieu_luc: String,
    trang: String,
}

/// One drop-down of the filter form.
struct Choice {
    name: &'static str,
    label: &'static str,
    chosen: String,
    facets: Vec<Facet>,
}

#[derive(Template)]
#[template(path = "list.html")]
struct List {
    chrome: Chrome,
    path: &'static str,
    title: &'static str,
    about: &'static str,
    /// "1.234 văn bản", as printed.
    count: String,
    narrowed: bool,
    items: Vec<Item>,
    choices: Vec<Choice>,
    pages: Vec<Link>,
}

/// A link to another page of the list.
struct Link {
    label: String,
    path: String,
    current: bool,
}

/// `GET /van-ban`
pub async fn all(State(site): State<Site>, look: Look, Query(asked): Query<Asked>) -> Result<Page, Problem> {
    shelf(&site, look, &ALL, &asked).await
}

/// `GET /van-ban/moi`
pub async fn new(State(site): State<Site>, look: Look, Query(asked): Query<Asked>) -> Result<Page, Problem> {
    shelf(&site, look, &NEW, &asked).await
}

/// `GET /van-ban/sap-co-hieu-luc`
pub async fn coming(
    State(site): State<Site>,
    look: Look,
    Query(asked): Query<Asked>,
) -> Result<Page, Problem> {
    shelf(&site, look, &COMING, &asked).await
}

/// `GET /van-ban/sap-het-hieu-luc`
pub async fn expiring(
    State(site): State<Site>,
    look: Look,
    Query(asked): Query<Asked>,
) -> Result<Page, Problem> {
    shelf(&site, look, &EXPIRING, &asked).await
}

async fn shelf(site: &Site, look: Look, shelf: &'static Shelf, asked: &Asked) -> Result<Page, Problem> {
    let query = asked.query(site, shelf.order);
    let found = store::act_list(site.db(), &query)
        .await
        .map_err(Problem::internal)?;
    if found.acts.is_empty() && query.page > 1 {
        return Err(Problem::NotFound);
    }
    let facets = store::facets(site.db()).await.map_err(Problem::internal)?;
    let list = List {
        chrome: chrome(site, look, shelf, &query),
        path: shelf.path,
        title: shelf.title,
        about: shelf.about,
        count: look.fill("{} văn bản", &[&words::number(found.total, look)]),
        narrowed: !narrowing(&query).is_empty(),
        items: Item::list(&found.acts, site.today(), look),
        choices: choices(groups(facets, look, usize::MAX), &query, look),
        pages: pages(shelf, &query, &found, look),
    };
    Ok(Page::html(&list)?.dep("acts").fresh_until(site.next_midnight()))
}

impl Asked {
    fn query(&self, site: &Site, order: Order) -> ListQuery {
        ListQuery {
            kind: ActKind::from_slug(&self.loai),
            issuer: slug(&self.co_quan),
            field: slug(&self.linh_vuc),
            year: self.nam.parse().ok().filter(|year| (1900..=2200).contains(year)),
            status: Status::from_slug(&self.hieu_luc),
            order,
            page: self.trang.parse().unwrap_or(1).clamp(1, 5_000),
            ..ListQuery::on(site.today())
        }
    }
}

/// Only what can be a slug goes back into addresses.
fn slug(word: &str) -> Option<String> {
    let sound = word.len() <= 100
        && word
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
    (sound && !word.is_empty()).then(|| word.to_owned())
}

/// The filters as they stand in addresses.
fn narrowing(query: &ListQuery) -> Vec<(&'static str, String)> {
    [
        ("loai", query.kind.map(|kind| kind.slug().to_owned())),
        ("co-quan", query.issuer.clone()),
        ("linh-vuc", query.field.clone()),
        ("nam", query.year.map(|year| year.to_string())),
        ("hieu-luc", query.status.map(|status| status.slug().to_owned())),
    ]
    .into_iter()
    .filter_map(|(name, value)| Some((name, value?)))
    .collect()
}

fn address(shelf: &Shelf, query: &ListQuery, page: u32) -> String {
    let mut pairs: Vec<String> = narrowing(query)
        .into_iter()
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    if page > 1 {
        pairs.push(format!("trang={page}"));
    }
    match pairs.len() {
        0 => shelf.path.to_owned(),
        _ => format!("{}?{}", shelf.path, pairs.join("&")),
    }
}

fn choices(groups: Vec<super::entrances::Group>, query: &ListQuery, look: Look) -> Vec<Choice> {
    let chosen = narrowing(query);
    let value = |name| {
        chosen
            .iter()
            .find(|pair| pair.0 == name)
            .map(|pair| pair.1.clone())
            .unwrap_or_default()
    };
    let label = |name| match name {
        "loai" => "Loại văn bản",
        "co-quan" => "Cơ quan ban hành",
        "linh-vuc" => "Lĩnh vực",
        _ => "Năm ban hành",
    };
    let state = |status: Status| Facet {
        slug: status.slug().into(),
        label: look.t(status.label()).into(),
        count: 0,
    };
    let status = Choice {
        name: "hieu-luc",
        label: "Hiệu lực",
        chosen: value("hieu-luc"),
        facets: Status::ALL.into_iter().map(state).collect(),
    };
    let others = groups.into_iter().map(|group| {
        let chosen = value(group.filter);
        let mut facets = group.facets;
        if !chosen.is_empty() && facets.iter().all(|facet| facet.slug != chosen) {
            facets.push(Facet {
                slug: chosen.clone(),
                label: chosen.clone(),
                count: 0,
            });
        }
        Choice {
            name: group.filter,
            label: label(group.filter),
            chosen,
            facets,
        }
    });
    std::iter::once(status).chain(others).collect()
}

/// First, the pages around this one, last.
fn pages(shelf: &Shelf, query: &ListQuery, found: &ListPage, look: Look) -> Vec<Link> {
    if found.pages < 2 {
        return Vec::new();
    }
    let near = found.page.saturating_sub(2).max(1)..=(found.page + 2).min(found.pages);
    let mut shown: Vec<u32> = near.chain([1, found.pages]).collect();
    shown.sort_unstable();
    shown.dedup();
    let link = |page: u32, label: String| Link {
        label,
        path: address(shelf, query, page),
        current: page == found.page,
    };
    let mut links: Vec<Link> = shown
        .into_iter()
        .map(|page| link(page, page.to_string()))
        .collect();
    if found.page > 1 {
        links.insert(
            0,
            Link {
                current: false,
                ..link(found.page - 1, look.t("Trang trước").to_owned())
            },
        );
    }
    if found.page < found.pages {
        links.push(link(found.page + 1, look.t("Trang sau").to_owned()));
    }
    links
}

fn chrome(site: &Site, look: Look, shelf: &Shelf, query: &ListQuery) -> Chrome {
    let title = match query.page {
        1 => look.t(shelf.title).to_owned(),
        page => format!("{} – {}", look.t(shelf.title), look.fill("trang {}", &[&page])),
    };
    let mut chrome = Chrome::new(site, look, address(shelf, query, query.page), title);
    chrome.nav = shelf.nav;
    chrome.description = look.t(shelf.about).to_owned();
    chrome.crumbs = vec![
        Crumb {
            label: look.t("Trang chủ").to_owned(),
            path: Some("/".to_owned()),
        },
        Crumb {
            label: look.t(shelf.title).to_owned(),
            path: None,
        },
    ];
    let feed = narrowing(query)
        .into_iter()
        .find(|(name, _)| matches!(*name, "loai" | "co-quan" | "linh-vuc"));
    if let Some((name, value)) = feed {
        chrome.alternates.push(Alternate {
            media_type: "application/atom+xml",
            title: look.t("Nguồn tin của danh sách này").to_owned(),
            href: format!("/cap-nhat.atom?{name}={value}"),
        });
    }
    chrome
}
