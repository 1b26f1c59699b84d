//! `/bai`: all public posts, filters and pages.

use askama::Template;
use axum::extract::{Query, State};
use policy::UnitId;
use serde::Deserialize;
use units::model::Unit;
use units::store::Place;
use web::{Alternate, Chrome, Crumb, Look, Page, Problem, Site};

use super::{Named, name_of};
use crate::model::{Shown, Wanted};
use crate::store;

/// Posts on a page.
const PAGE: i64 = 20;

/// What an address asks for. Anything that names nothing is passed over.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    loai: String,
    nhom: String,
    #[serde(rename = "don-vi")]
    don_vi: String,
    luat: String,
    dieu: String,
    trang: String,
}

/// A post in a list.
#[derive(Clone, Debug)]
pub struct Item {
    /// Local address without language prefix.
    pub path: String,
    /// Title.
    pub title: String,
    /// What it says, in a sentence or two.
    pub summary: String,
    /// Its kind in the reader's language.
    pub kind: String,
    /// Name of the unit that answers for it.
    pub unit: String,
    /// "26/11/2026": when it appeared.
    pub date: String,
}

struct Choice {
    name: &'static str,
    label: &'static str,
    chosen: String,
    options: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "posts.html")]
struct List {
    chrome: Chrome,
    /// "12 bài".
    count: String,
    narrowed: bool,
    items: Vec<Item>,
    choices: Vec<Choice>,
    law: Option<String>,
    before: Option<String>,
    after: Option<String>,
}

/// What is asked for, with the names of it.
pub(super) struct Understood {
    pub(super) wanted: Wanted,
    /// Pairs of the address.
    pub(super) pairs: Vec<(&'static str, String)>,
    /// Names of what it is narrowed to.
    pub(super) words: Vec<String>,
    page: i64,
}

impl Asked {
    pub(super) async fn understood(self, site: &Site, look: Look) -> db::Result<Understood> {
        let db = site.db();
        let kinds = store::kinds(db).await?;
        let topics = store::topics(db).await?;
        let mut found = Understood {
            wanted: Wanted {
                limit: PAGE,
                ..Wanted::default()
            },
            pairs: Vec::new(),
            words: Vec::new(),
            page: self.trang.parse().unwrap_or(1).clamp(1, 5_000),
        };
        if kinds.iter().any(|kind| kind.code == self.loai) {
            found.words.push(name_of(&kinds, &self.loai, look));
            found.wanted.kind = Some(self.loai.clone());
            found.pairs.push(("loai", self.loai));
        }
        if topics.iter().any(|topic| topic.code == self.nhom) {
            found.words.push(name_of(&topics, &self.nhom, look));
            found.wanted.topic = Some(self.nhom.clone());
            found.pairs.push(("nhom", self.nhom));
        }
        if let Some(unit) = unit_at(site, &self.don_vi).await? {
            found.words.push(unit.near(site.today()).name.full.clone());
            // What the ended units published for which this one stands is its own now.
            found.wanted.units = units::store::with_past(db, &[unit.id], site.today()).await?;
            found.pairs.push(("don-vi", unit.slug));
        }
        if !self.luat.is_empty()
            && let Some(act) = acts::store::act_by_slug(db, &self.luat).await?
        {
            found.words.push(act.name().cited());
            let provision = legal::address::id_of_path(&self.dieu);
            found.pairs.push(("luat", act.slug.clone()));
            if provision.is_some() {
                found.pairs.push(("dieu", self.dieu));
            }
            found.wanted.law = Some((act.slug, provision));
        }
        found.wanted.offset = (found.page - 1) * PAGE;
        Ok(found)
    }
}

/// The unit of an address, also of one that it left.
pub(crate) async fn unit_at(site: &Site, slug: &str) -> db::Result<Option<Unit>> {
    let mut slug = slug.to_owned();
    for _ in 0..2 {
        if slug.is_empty() {
            return Ok(None);
        }
        match units::store::unit_at(site.db(), &slug).await? {
            Some(Place::Here(unit)) => return Ok(Some(unit)),
            Some(Place::Moved(to)) => slug = to,
            None => return Ok(None),
        }
    }
    Ok(None)
}

/// `/bai?loai=tin&trang=2`
pub(super) fn address(path: &str, pairs: &[(&'static str, String)], page: i64) -> String {
    let mut pairs: Vec<String> = pairs
        .iter()
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    if page > 1 {
        pairs.push(format!("trang={page}"));
    }
    match pairs.is_empty() {
        true => path.to_owned(),
        false => format!("{path}?{}", pairs.join("&")),
    }
}

/// Posts as a list shows them.
///
/// # Errors
/// What the database says.
pub async fn items(site: &Site, look: Look, shown: Vec<Shown>) -> db::Result<Vec<Item>> {
    let kinds = store::kinds(site.db()).await?;
    let ids: Vec<UnitId> = shown.iter().map(|one| one.unit).collect();
    let names = units::scope::names(site.db(), &ids, site.today()).await?;
    let item = |(one, unit): (Shown, String)| Item {
        path: format!("/bai/{}", one.slug),
        kind: name_of(&kinds, &one.kind, look),
        date: super::post::day(one.showing.from),
        title: one.title,
        summary: one.summary,
        unit,
    };
    Ok(shown.into_iter().zip(names).map(item).collect())
}

/// `GET /bai`
pub(super) async fn page(
    State(site): State<Site>,
    look: Look,
    Query(asked): Query<Asked>,
) -> Result<Page, Problem> {
    let asked = asked.understood(&site, look).await.map_err(Problem::internal)?;
    let (db, now) = (site.db(), site.now());
    let boundary = store::next_boundary(db, now).await.map_err(Problem::internal)?;
    let listed = store::shown_list(db, &asked.wanted, now).await;
    let (shown, count) = listed.map_err(Problem::internal)?;
    if shown.is_empty() && asked.page > 1 {
        return Err(Problem::NotFound);
    }
    let more = asked.page * PAGE < count;
    let count = look.fill("{} bài", &[&count]);
    let list = List {
        chrome: chrome(&site, look, &asked),
        count,
        narrowed: !asked.pairs.is_empty(),
        items: items(&site, look, shown).await.map_err(Problem::internal)?,
        choices: choices(&site, look, &asked).await.map_err(Problem::internal)?,
        law: asked.wanted.law.as_ref().and(asked.words.last().cloned()),
        before: (asked.page > 1).then(|| address("/bai", &asked.pairs, asked.page - 1)),
        after: more.then(|| address("/bai", &asked.pairs, asked.page + 1)),
    };
    let page = Page::html(&list)?
        .dep("posts")
        .dep("units")
        .dep("topics")
        .fresh_until(site.next_midnight());
    Ok(match boundary {
        Some(at) => page.fresh_until(at),
        None => page,
    })
}

async fn choices(site: &Site, look: Look, asked: &Understood) -> db::Result<Vec<Choice>> {
    let chosen = |name: &str| {
        let pair = asked.pairs.iter().find(|pair| pair.0 == name);
        pair.map(|pair| pair.1.clone()).unwrap_or_default()
    };
    let kinds = store::kinds(site.db()).await?;
    let topics = store::topics_on(site.db(), site.today()).await?;
    fn options<T: Named>(all: &[T], look: Look) -> Vec<(String, String)> {
        all.iter()
            .map(|one| (one.code().to_owned(), one.named(look).to_owned()))
            .collect()
    }
    Ok(vec![
        Choice {
            name: "loai",
            label: "Loại bài",
            chosen: chosen("loai"),
            options: options(&kinds, look),
        },
        Choice {
            name: "nhom",
            label: "Nhóm thông tin",
            chosen: chosen("nhom"),
            options: options(&topics, look),
        },
    ])
}

fn chrome(site: &Site, look: Look, asked: &Understood) -> Chrome {
    let mut title = look.t("Bài viết, hướng dẫn").to_owned();
    if !asked.words.is_empty() {
        title = format!("{title}: {}", asked.words.join(", "));
    }
    let mut chrome = Chrome::new(site, look, address("/bai", &asked.pairs, asked.page), title);
    chrome.nav = "posts";
    chrome.description = look
        .t("Bài giải thích pháp luật của các cơ quan, mới nhất trước.")
        .to_owned();
    chrome.crumbs = vec![
        Crumb {
            label: look.t("Trang chủ").to_owned(),
            path: Some("/".to_owned()),
        },
        Crumb {
            label: look.t("Bài viết").to_owned(),
            path: None,
        },
    ];
    chrome.alternates = vec![Alternate {
        media_type: "application/atom+xml",
        title: chrome.title.clone(),
        href: address("/bai.atom", &asked.pairs, 1),
    }];
    chrome
}
