//! The page of a unit: what it is or was, above, below, how to reach it, what happened to it.

use std::collections::HashMap;

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use jiff::civil::Date;
use serde::Deserialize;
use web::{Beside, Chrome, Crumb, Look, Page, Problem, Site};

use super::history::{self, Moment};
use super::words::{self, Group, Item};
use crate::model::{Contact, Kind, Unit, UnitId};
use crate::store::{self, Child, Place, Recorded, Successor, Via};

/// Units below on one page.
const PER_PAGE: usize = 100;

/// What an address asks for. Anything that names nothing is passed over.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    ngay: String,
    trang: String,
}

#[derive(Template)]
#[template(path = "unit.html")]
struct Shown {
    chrome: Chrome,
    name: String,
    alive: bool,
    /// "từ ngày …", of its whole life.
    life: String,
    kind: String,
    code: Option<String>,
    english: Option<String>,
    /// Units above, nearest first.
    above: Vec<Item>,
    /// Who stands for an ended unit now, with how much of it went there.
    successors: Vec<Item>,
    /// True where the unit ended without an heir and the one above stands for it.
    without_heir: bool,
    /// Names and kinds it had: words and time.
    names: Vec<(String, String)>,
    contact: Option<Contact>,
    contact_since: String,
    /// Day of the list of units below, in words; empty = today.
    on: String,
    groups: Vec<Group>,
    count: usize,
    before: Option<String>,
    after: Option<String>,
    moments: Vec<Moment>,
    /// What the unit published.
    beside: Beside,
}

/// `GET /don-vi/{slug}`; `ngay=` the day of the units below, `trang=2`.
pub async fn page(
    State(site): State<Site>,
    look: Look,
    Path(slug): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let found = store::unit_at(site.db(), &slug)
        .await
        .map_err(Problem::internal)?;
    let unit = match found.ok_or(Problem::NotFound)? {
        Place::Here(unit) => unit,
        Place::Moved(to) => {
            return Ok(Redirect::permanent(&look.href(&words::path(&to, None))).into_response());
        }
    };
    let mut shown = shown(&site, look, &unit, &asked).await?;
    let beside = site.beside_unit(look, unit.id.get()).await;
    shown.beside = beside.map_err(Problem::internal)?;
    let past = store::with_past(site.db(), &[unit.id], site.today())
        .await
        .map_err(Problem::internal)?;
    let page = Page::html(&shown)?.dep("units").dep("unit_kinds");
    let page = past
        .iter()
        .fold(page, |page, id| page.dep(format!("unit_post:{}", id.get())));
    let page = match shown.beside.until {
        Some(at) => page.fresh_until(at),
        None => page,
    };
    Ok(page.fresh_until(site.next_midnight()).into_response())
}

async fn shown(site: &Site, look: Look, unit: &Unit, asked: &Asked) -> Result<Shown, Problem> {
    let today = site.today();
    let alive = unit.is_alive(today);
    let chosen = words::asked_day(&asked.ngay).filter(|day| *day != today && unit.is_alive(*day));
    // Of an ended unit the last day shows what was below it.
    let last = unit.life.span().until().and_then(|until| until.yesterday().ok());
    let day = chosen.unwrap_or_else(|| last.filter(|_| !alive).unwrap_or(today));
    let read = Read::of(site, unit, day, today).await?;
    let state = unit.near(today);
    let here = (day != today).then_some(day);
    let count = read.below.len();
    let kinds = &read.kinds;
    let number = asked.trang.parse::<usize>().unwrap_or(1).max(1);
    if number > count.div_ceil(PER_PAGE).max(1) {
        return Err(Problem::NotFound);
    }
    let groups = paged(words::groups(read.below, kinds, look, here), number);
    let other = |number: usize| address(&unit.slug, chosen, number);
    Ok(Shown {
        chrome: chrome(
            site,
            look,
            unit,
            &read.above,
            today,
            address(&unit.slug, chosen, number),
        ),
        name: words::name(state, look).to_owned(),
        alive,
        life: words::span(unit.life.span(), look),
        kind: words::kind(&state.kind, kinds, look).to_owned(),
        code: state.code.clone(),
        english: state.name.english.clone().filter(|_| !look.is_en()),
        above: read.above,
        without_heir: read.successors.iter().any(|one| one.via == Via::Above),
        successors: read.successors.iter().map(|one| successor(one, look)).collect(),
        names: names(unit, kinds, look),
        contact_since: read
            .contact
            .as_ref()
            .map_or_else(String::new, |contact| words::day(contact.0)),
        contact: read.contact.map(|contact| contact.1),
        on: here.map_or_else(String::new, words::day),
        groups,
        count,
        before: (number > 1).then(|| other(number - 1)),
        after: (number * PER_PAGE < count).then(|| other(number + 1)),
        moments: history::moments(unit, &read.told, &read.known, look),
        beside: Beside::default(),
    })
}

/// What the database knows for the page.
struct Read {
    kinds: Vec<Kind>,
    told: Vec<Recorded>,
    /// Units that are named on the page.
    known: HashMap<UnitId, Unit>,
    above: Vec<Item>,
    below: Vec<Child>,
    successors: Vec<Successor>,
    contact: Option<(Date, Contact)>,
}

impl Read {
    async fn of(site: &Site, unit: &Unit, day: Date, today: Date) -> Result<Self, Problem> {
        let db = site.db();
        let told = store::successions_of(db, unit.id)
            .await
            .map_err(Problem::internal)?;
        let mut known = units(site, &history::named(unit, &told)).await?;
        let above = chain(site, unit, day, &mut known).await?;
        let below = store::children(db, Some(unit.id), day).await;
        let successors = match unit.is_alive(today) {
            true => Vec::new(),
            false => store::current(db, unit.id, today)
                .await
                .map_err(Problem::internal)?,
        };
        let contact = store::contact_on(db, unit.id, day).await;
        Ok(Self {
            kinds: store::kinds(db).await.map_err(Problem::internal)?,
            below: below.map_err(Problem::internal)?,
            contact: contact.map_err(Problem::internal)?,
            told,
            known,
            above,
            successors,
        })
    }
}

async fn units(site: &Site, ids: &[UnitId]) -> Result<HashMap<UnitId, Unit>, Problem> {
    let units = store::units(site.db(), ids).await.map_err(Problem::internal)?;
    Ok(units.into_iter().map(|unit| (unit.id, unit)).collect())
}

/// The units above on a day, nearest first.
async fn chain(
    site: &Site,
    unit: &Unit,
    day: Date,
    known: &mut HashMap<UnitId, Unit>,
) -> Result<Vec<Item>, Problem> {
    let mut chain = Vec::new();
    let mut seen = vec![unit.id];
    let mut next = unit.near(day).parent;
    while let Some(id) = next.filter(|id| !seen.contains(id)) {
        seen.push(id);
        if !known.contains_key(&id) {
            known.extend(units(site, &[id]).await?);
        }
        let Some(parent) = known.get(&id) else { break };
        let state = parent.near(day);
        chain.push(Item {
            name: state.name.full.clone(),
            path: words::path(&parent.slug, None),
            note: String::new(),
        });
        next = state.parent;
    }
    Ok(chain)
}

fn successor(one: &Successor, look: Look) -> Item {
    let note = match one.part.map(crate::heirs::Fraction::terms) {
        Some((1, 1)) => look.t("toàn bộ").to_owned(),
        Some((part, whole)) => {
            let thousandths = part.saturating_mul(1000) / whole.max(1);
            look.fill(
                "khoảng {} %",
                &[&format!("{},{}", thousandths / 10, thousandths % 10)],
            )
        }
        None if one.via == Via::Above => String::new(),
        None => look.t("một phần, tỷ lệ chưa được công bố").to_owned(),
    };
    Item {
        name: one.name.clone(),
        path: words::path(&one.slug, None),
        note,
    }
}

/// Every name with its time, where it had more than one.
fn names(unit: &Unit, kinds: &[Kind], look: Look) -> Vec<(String, String)> {
    let runs = unit.life.aspect(|state| &state.kind);
    let kind_at = |from: Option<Date>| {
        let run = runs.iter().rev().find(|run| run.0.from() <= from);
        run.map_or("", |run| run.1.as_str())
    };
    let names = unit.life.aspect(|state| state.name.full.as_str());
    if names.len() < 2 {
        return Vec::new();
    }
    let names = names.into_iter().map(|(span, name)| {
        let kind = words::kind(kind_at(span.from()), kinds, look);
        (format!("{name} ({kind})"), words::span(span, look))
    });
    names.collect()
}

/// One page of the groups.
fn paged(groups: Vec<Group>, number: usize) -> Vec<Group> {
    let mut skip = (number - 1) * PER_PAGE;
    let mut left = PER_PAGE;
    let mut shown = Vec::new();
    for mut group in groups {
        let passed = skip.min(group.items.len());
        skip -= passed;
        group.items = group.items.into_iter().skip(passed).take(left).collect();
        left -= group.items.len();
        if !group.items.is_empty() {
            shown.push(group);
        }
    }
    shown
}

fn address(slug: &str, day: Option<Date>, page: usize) -> String {
    let path = words::path(slug, day);
    match (page, day) {
        (..=1, _) => path,
        (_, Some(_)) => format!("{path}&trang={page}"),
        (_, None) => format!("{path}?trang={page}"),
    }
}

fn chrome(site: &Site, look: Look, unit: &Unit, above: &[Item], today: Date, path: String) -> Chrome {
    let state = unit.near(today);
    let name = words::name(state, look).to_owned();
    let title = above
        .first()
        .map_or_else(|| name.clone(), |above| format!("{name}, {}", above.name));
    let mut chrome = Chrome::new(site, look, path, title);
    chrome.description = look.fill(
        "{}: trực thuộc, đơn vị cấp dưới, nơi liên hệ, quá trình sắp xếp.",
        &[&name],
    );
    let crumb = |label: &str, path: Option<&str>| Crumb {
        label: label.to_owned(),
        path: path.map(str::to_owned),
    };
    chrome.crumbs = vec![
        crumb(look.t("Trang chủ"), Some("/")),
        crumb(look.t("Các đơn vị"), Some("/don-vi")),
    ];
    chrome.crumbs.extend(
        above
            .iter()
            .rev()
            .map(|above| crumb(&above.name, Some(&above.path))),
    );
    chrome.crumbs.push(crumb(&name, None));
    let data = serde_json::json!({
        "@context": "https://schema.org", "@type": "AdministrativeArea", "name": state.name.full,
        "url": format!("{}/don-vi/{}", site.base_url(), unit.slug), "identifier": state.code,
    });
    chrome.with_json_ld(&data)
}
