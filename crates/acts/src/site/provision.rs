//! The page of one provision: its text, what it stands in, its citation, its neighbours.

use std::collections::HashMap;

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Response};
use jiff::civil::Date;
use legal::address::{id_of_path, path_of_id};
use legal::cite::Citer;
use legal::model::{ActText, Language, Part, Provision, ProvisionKind};
use serde_json::json;
use web::{Beside, Chrome, Look, Og, Page, Problem, Site};

use super::absent;
use super::act::{Asked, crumbs, found};
use super::backlinks::{self, Shown};
use super::changes;
use super::excerpt;
use super::law::{Law, lang_code, level_word};
use super::refs::Refs;
use super::standing::{Standing, changes_by_date, standing};
use super::terms::Terms;
use super::time::{self, Times, When};
use super::toc::line;
use super::words;
use crate::model::{Act, Neighbour, ProvisionView};
use crate::store;

#[derive(Template)]
#[template(path = "provision.html")]
struct ProvisionPage {
    chrome: Chrome,
    /// "Điều 7. Chính sách …", "Khoản 2 Điều 7".
    title: String,
    /// Name and address of the act.
    act: (String, String),
    standing: Standing,
    lang: &'static str,
    cite: String,
    /// The citation of the act alone, for the script.
    act_cite: String,
    /// Full address of this page, to share.
    address: String,
    /// Local address of the page that shares it.
    share: String,
    /// What it stands in, outermost first: label and address.
    above: Vec<(String, String)>,
    /// Text of the article before its clauses, as context of a clause or point.
    context: String,
    law: String,
    /// That a machine recognised the text; empty where it is exact.
    recognised: String,
    /// Articles inside a chapter or part: label and address.
    inside: Vec<(String, String)>,
    previous: Option<(String, String)>,
    next: Option<(String, String)>,
    /// Anchor of this provision on the page of the act.
    anchor: String,
    /// What cites this provision.
    cited: Shown,
    /// What explains it.
    beside: Beside,
    /// Which day is shown; `None` for a translation.
    when: Option<When>,
}

/// `GET /van-ban/{slug}/dieu-7/khoan-2`; `?doan=1` for a few lines of it.
pub async fn page(
    State(site): State<Site>,
    look: Look,
    Path((slug, path)): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let id = id_of_path(&path).ok_or(Problem::NotFound)?;
    let asked_day = time::asked_day(&asked.ngay)?;
    let day = asked_day.unwrap_or_else(|| site.today());
    let act = found(&site, &slug).await?;
    let view = view(&site, &act, &id, day).await?;
    if !asked.doan.is_empty() {
        return Ok(few_lines(&site, &act, &id, view, day).await?.into_response());
    }
    let times = times(&site, &act).await?;
    let seen = Seen {
        site: &site,
        look,
        act: &act,
        day,
        histories: changes::histories(&times, day, look, &id),
    };
    let Some(mut shown) = made(&seen, view.as_ref(), &id).await? else {
        // The address is right, the day is not.
        let page = absent::page(&site, look, &act, &times, (&path, &id), asked_day);
        return Ok(page.await?.into_response());
    };
    if language(&act) == Language::Vi {
        let tail = format!("/{path}");
        shown.when = Some(time::when(&site, look, &act, &times, asked_day, (&tail, &id)));
        time::dated(&mut shown.chrome, asked_day);
    }
    let number: u32 = asked.trang.parse().unwrap_or(1).max(1);
    shown.cited = backlinks::shown(&site, look, &act, &id, number).await?;
    if number > 1 {
        shown.chrome.robots = "noindex";
    }
    shown.beside = site
        .beside_law(look, &slug, Some(article_of(&id)))
        .await
        .map_err(Problem::internal)?;
    let until = shown.beside.until;
    let page = ["act", "links", "cited", "about"]
        .iter()
        .fold(Page::html(&shown)?, |page, kind| {
            page.dep(format!("{kind}:{slug}"))
        });
    let today = site.today();
    let moves = changes_by_date(&act, today) || times.changes_after(today) || asked_day.is_some();
    let page = if moves {
        page.fresh_until(site.next_midnight())
    } else {
        page
    };
    let page = match until {
        Some(at) => page.fresh_until(at),
        None => page,
    };
    Ok(page.into_response())
}

/// The page of a provision or part; `None` where the act has none on the day.
async fn made(
    seen: &Seen<'_>,
    view: Option<&ProvisionView>,
    id: &str,
) -> Result<Option<ProvisionPage>, Problem> {
    let made = match view {
        Some(view) => one(seen, view).await,
        None => whole_part(seen, id).await,
    };
    match made {
        Err(Problem::NotFound) => Ok(None),
        made => made.map(Some),
    }
}

/// The article that a clause or a point stands in; other ids as they are.
fn article_of(id: &str) -> &str {
    let below = ["__clause_", "__point_"];
    let end = below.iter().filter_map(|word| id.find(word)).min();
    id.get(..end.unwrap_or(id.len())).unwrap_or(id)
}

/// What the pages of a provision are made from.
struct Seen<'a> {
    site: &'a Site,
    look: Look,
    act: &'a Act,
    /// The day whose text is shown.
    day: Date,
    histories: HashMap<String, String>,
}

async fn times(site: &Site, act: &Act) -> Result<Times, Problem> {
    match language(act) {
        Language::Vi => Times::load(site.db(), act).await.map_err(Problem::internal),
        Language::En => Ok(Times::default()),
    }
}

async fn few_lines(
    site: &Site,
    act: &Act,
    id: &str,
    view: Option<ProvisionView>,
    day: Date,
) -> Result<Page, Problem> {
    let Some(view) = view else {
        let parts = store::act_parts(site.db(), act.id, language(act), day)
            .await
            .map_err(Problem::internal)?;
        let part = parts.iter().find(|part| part.id == id).ok_or(Problem::NotFound)?;
        return Ok(excerpt::page(site, act, &part.title, &[words::one_line(act)]));
    };
    let (text, _) = small_text(site, act, &view, day).await?;
    let cite = Citer::new(act.name(), &text.parts, &text.provisions).cite(id);
    let own = view.subtree.first().and_then(|own| own.heading.clone());
    let lines: Vec<String> = own.into_iter().chain(excerpt::lines(&view.subtree)).collect();
    Ok(excerpt::page(site, act, &cite.unwrap_or_default(), &lines))
}

/// What the provision and those around it cite, and the words that the act defines.
async fn woven(seen: &Seen<'_>, within: &str) -> Result<(Refs, Terms), Problem> {
    let Seen {
        site, look, act, day, ..
    } = *seen;
    if language(act) == Language::En {
        return Ok(Default::default());
    }
    let links = store::links_on(site.db(), act, Some(within), day)
        .await
        .map_err(Problem::internal)?;
    let defined = store::definitions_on(site.db(), act, day)
        .await
        .map_err(Problem::internal)?;
    let acts = look.href("/van-ban");
    let refs = Refs::of_page(links, look, &acts, &act.slug);
    Ok((refs, Terms::of(&defined, &format!("{acts}/{}", act.slug))))
}

/// The provision `id` in the language that the act is read in.
async fn view(site: &Site, act: &Act, id: &str, day: Date) -> Result<Option<ProvisionView>, Problem> {
    store::provision_view(site.db(), act.id, language(act), id, day)
        .await
        .map_err(Problem::internal)
}

fn language(act: &Act) -> Language {
    if act.translation_only {
        Language::En
    } else {
        Language::Vi
    }
}

/// The citation of the provision `id` of `act`; `None` where there is none.
pub async fn citation(site: &Site, act: &Act, id: &str) -> Result<Option<String>, Problem> {
    let today = site.today();
    let Some(view) = view(site, act, id, today).await? else {
        return Ok(None);
    };
    let (text, _) = small_text(site, act, &view, today).await?;
    Ok(Citer::new(act.name(), &text.parts, &text.provisions).cite(id))
}

/// The provision, what it stands in and its part, as a small text; and where the subtree begins.
async fn small_text(
    site: &Site,
    act: &Act,
    view: &ProvisionView,
    day: Date,
) -> Result<(ActText, usize), Problem> {
    let part = view.subtree.first().map_or("main", |own| own.part.as_str());
    let parts = match part {
        "main" => vec![Part {
            id: "main".to_owned(),
            ..Part::default()
        }],
        _ => store::act_parts(site.db(), act.id, language(act), day)
            .await
            .map_err(Problem::internal)?,
    };
    let provisions: Vec<Provision> = view.ancestors.iter().chain(&view.subtree).cloned().collect();
    Ok((
        ActText {
            language: language(act),
            parts,
            provisions,
            ..ActText::default()
        },
        view.ancestors.len(),
    ))
}

async fn one(seen: &Seen<'_>, view: &ProvisionView) -> Result<ProvisionPage, Problem> {
    let Seen {
        site, look, act, day, ..
    } = *seen;
    let (text, first) = small_text(site, act, view, day).await?;
    let own = text.provisions.get(first).ok_or(Problem::NotFound)?;
    let citer = Citer::new(act.name(), &text.parts, &text.provisions);
    let home = look.href(&format!("/van-ban/{}", act.slug));
    let article = text
        .provisions
        .iter()
        .find(|one| one.kind == ProvisionKind::Article);
    let around = article
        .filter(|_| own.kind >= ProvisionKind::Article)
        .unwrap_or(own);
    let (refs, terms) = woven(seen, &around.id).await?;
    let law = Law::new(&text, &citer, &home)
        .with_clause_links()
        .with_links(refs, terms)
        .with_histories(seen.histories.clone());
    let large = own.kind < ProvisionKind::Article;
    let run = if large {
        &text.provisions[first..=first]
    } else {
        &text.provisions[first..]
    };
    let cite = citer.cite(&own.id).unwrap_or_default();
    let title = title(own, &citer, &text);
    let near = |one: &Option<Neighbour>| {
        one.as_ref()
            .and_then(|one| neighbour(one, own.kind, &text, &home))
    };
    Ok(ProvisionPage {
        law: law.below_heading(run, 2),
        inside: if large {
            inside(&text.provisions[first + 1..], &text, &home)
        } else {
            Vec::new()
        },
        context: context(&text.provisions[..first], own, &law),
        above: above(&text.provisions[..first], &text, &home),
        previous: near(&view.previous),
        next: near(&view.next),
        ..frame(site, look, act, &own.id, title, cite)
    })
}

/// A page for a whole attached regulation or appendix.
async fn whole_part(seen: &Seen<'_>, id: &str) -> Result<ProvisionPage, Problem> {
    let Seen {
        site, look, act, day, ..
    } = *seen;
    let text = store::act_text(site.db(), act.id, language(act), day)
        .await
        .map_err(Problem::internal)?;
    let text = text.ok_or(Problem::NotFound)?;
    let part = text
        .parts
        .iter()
        .find(|part| part.id == id)
        .ok_or(Problem::NotFound)?;
    let citer = Citer::new(act.name(), &text.parts, &text.provisions);
    let home = look.href(&format!("/van-ban/{}", act.slug));
    let cite = citer.cite(id).unwrap_or_default();
    let (refs, terms) = woven(seen, id).await?;
    Ok(ProvisionPage {
        law: Law::new(&text, &citer, &home)
            .with_links(refs, terms)
            .with_histories(seen.histories.clone())
            .part(part),
        ..frame(site, look, act, id, part.title.clone(), cite)
    })
}

/// What every page of a provision has, without its text.
fn frame(site: &Site, look: Look, act: &Act, id: &str, title: String, cite: String) -> ProvisionPage {
    let path = format!("/van-ban/{}/{}", act.slug, path_of_id(id).unwrap_or_default());
    let mut chrome = Chrome::new(site, look, path, format!("{title} – {}", words::short(act)));
    let standing = standing(act, site.today(), look);
    chrome.nav = "acts";
    chrome.og = Og { kind: "article" };
    chrome.description = format!("{cite}. {} {}.", look.t(standing.label), standing.since);
    chrome.crumbs = crumbs(act, look, Some(title.clone()));
    let ld = json!({
        "@context": "https://schema.org",
        "@type": "Legislation",
        "@id": format!("{}{}", site.base_url(), chrome.path),
        "name": cite,
        "inLanguage": lang_code(language(act)),
        "isPartOf": { "@type": "Legislation", "@id": format!("{}/van-ban/{}", site.base_url(), act.slug), "name": words::one_line(act) },
    });
    ProvisionPage {
        address: chrome.canonical(),
        share: look.href(&format!(
            "/van-ban/{}/chia-se?muc={}",
            act.slug,
            path_of_id(id).unwrap_or_default()
        )),
        chrome: chrome.with_json_ld(&ld),
        title,
        act: (words::one_line(act), format!("/van-ban/{}", act.slug)),
        standing,
        lang: lang_code(language(act)),
        cite,
        act_cite: act.name().cited(),
        anchor: id.to_owned(),
        above: Vec::new(),
        context: String::new(),
        law: String::new(),
        recognised: words::recognised(act, look),
        inside: Vec::new(),
        previous: None,
        next: None,
        cited: Shown::default(),
        beside: Beside::default(),
        when: None,
    }
}

/// "Điều 7. Chính sách …"; a clause or point is named as in a citation: "Khoản 2 Điều 7".
fn title(own: &Provision, citer: &Citer<'_>, text: &ActText) -> String {
    match own.kind {
        ProvisionKind::Clause | ProvisionKind::Point if text.language == Language::Vi => {
            let words = citer.within_act(&own.id).unwrap_or_default();
            let mut letters = words.chars();
            letters
                .next()
                .map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
        }
        _ => line(own, text).label,
    }
}

fn address(id: &str, home: &str) -> String {
    format!("{home}/{}", path_of_id(id).unwrap_or_default())
}

fn above(ancestors: &[Provision], text: &ActText, home: &str) -> Vec<(String, String)> {
    ancestors
        .iter()
        .map(|one| (line(one, text).label, address(&one.id, home)))
        .collect()
}

fn inside(below: &[Provision], text: &ActText, home: &str) -> Vec<(String, String)> {
    let named = below.iter().filter(|one| one.kind <= ProvisionKind::Article);
    named
        .map(|one| (line(one, text).label, address(&one.id, home)))
        .collect()
}

/// What the enclosing article and clause say before a clause or point begins.
fn context(ancestors: &[Provision], own: &Provision, law: &Law<'_>) -> String {
    if own.kind <= ProvisionKind::Article {
        return String::new();
    }
    let leading = ancestors.iter().filter(|one| one.kind >= ProvisionKind::Article);
    leading.map(|one| law.own_words(one)).collect()
}

fn neighbour(one: &Neighbour, kind: ProvisionKind, text: &ActText, home: &str) -> Option<(String, String)> {
    let path = path_of_id(&one.id)?;
    let word = format!("{} {}", level_word(kind, text.language), one.number);
    Some((word, format!("{home}/{path}")))
}
