//! `/bai/{slug}`: a post with the law it explains beside it.

use std::collections::HashMap;

use acts::model::Act;
use acts::site::terms::Terms;
use askama::Template;
use axum::extract::{Path, State};
use http::HeaderValue;
use http::header::CONTENT_DISPOSITION;
use jiff::Timestamp;
use jiff::tz::{Offset, TimeZone};
use serde_json::json;
use web::{Chrome, Crumb, FILES, Look, Og, Page, Problem, Site};

use super::name_of;
use crate::model::{Pinned, Shown, Version};
use crate::{show, store, touch};

/// An act beside the post, with what of it is cited.
pub(crate) struct Law {
    pub(crate) path: String,
    /// The act as cited.
    pub(crate) act: String,
    /// State today: word of its class, name.
    pub(crate) state: (&'static str, &'static str),
    /// Words and local address of each provision.
    pub(crate) places: Vec<(String, String)>,
}

/// What is cited, act by act, each place once, with the state of the act today.
pub(crate) async fn laws(site: &Site, cited: &[Pinned]) -> db::Result<Vec<Law>> {
    let mut slugs: Vec<String> = cited.iter().map(|one| one.act.clone()).collect();
    slugs.sort();
    slugs.dedup();
    let acts = acts::store::acts_by_slugs(site.db(), &slugs).await?;
    let acts: HashMap<&str, &Act> = acts.iter().map(|act| (act.slug.as_str(), act)).collect();
    let mut found: Vec<Law> = Vec::new();
    for one in cited {
        let Some(act) = acts.get(one.act.as_str()) else {
            continue;
        };
        let path = format!("/van-ban/{}", one.act);
        let at = found.iter().position(|law| law.path == path).unwrap_or_else(|| {
            let status = act.status_on(site.today());
            found.push(Law {
                path,
                act: act.name().cited(),
                state: (status.slug(), status.label()),
                places: Vec::new(),
            });
            found.len() - 1
        });
        let place = one.path();
        if let Some(law) = found.get_mut(at)
            && !one.provision.is_empty()
            && law.places.iter().all(|known| known.1 != place)
        {
            law.places.push((acts::places::place(&one.provision), place));
        }
    }
    Ok(found)
}

/// A citation whose words the law has changed since the post was written.
struct Changed {
    words: String,
    path: String,
    /// Day of the change.
    since: String,
    /// The act that made it: name and address; `None` where the act itself ended.
    by: Option<(String, String)>,
}

/// What the law has changed of what a post cites, each place once.
async fn changed_law(site: &Site, shown: &Shown) -> db::Result<Vec<Changed>> {
    let all = touch::changed(site, shown.id, shown.version).await?;
    let one = |one: touch::Changed| Changed {
        path: one.pinned.path(),
        words: one.pinned.words,
        since: viet::date_numeric(one.touched.since),
        by: one
            .touched
            .by
            .map(|by| (by.name().short(), format!("/van-ban/{}", by.slug))),
    };
    Ok(all.into_iter().map(one).collect())
}

#[derive(Template)]
#[template(path = "post.html")]
struct Post {
    chrome: Chrome,
    kind: String,
    unit: String,
    /// Who stands for the unit now, where it ended.
    heir: Option<String>,
    date: String,
    /// Empty where it did not change since it appeared.
    changed: String,
    topics: Vec<(String, String)>,
    summary: String,
    body: String,
    laws: Vec<Law>,
    /// What the law has changed since: the reader is told until the post is written anew.
    touched: Vec<Changed>,
    /// The day on which its unit last found it right after the law had changed.
    confirmed: String,
    /// Full address.
    address: String,
    /// Local address of the post as one file.
    saved: String,
}

/// A post as one file to keep: no styles, no script, links that work from a disk.
#[derive(Template)]
#[template(path = "saved.html")]
struct Saved {
    look: Look,
    illustration: bool,
    base: String,
    title: String,
    unit: String,
    date: String,
    today: String,
    address: String,
    summary: String,
    body: String,
}

/// What a file that is kept ends in.
const SAVED: &str = ".html";

/// 26/11/2026, in Vietnam.
pub(super) fn day(at: Timestamp) -> String {
    let there = TimeZone::fixed(Offset::constant(7)).to_datetime(at);
    viet::date_numeric(there.date())
}

/// `GET /bai/{slug}`; with `.html` at its end the same as one file to keep.
pub(super) async fn page(
    State(site): State<Site>,
    look: Look,
    Path(slug): Path<String>,
) -> Result<Page, Problem> {
    let db = site.db();
    let kept = slug.strip_suffix(SAVED);
    let slug = kept.unwrap_or(&slug);
    let shown = store::shown_at(db, slug, site.now())
        .await
        .map_err(Problem::internal)?;
    let shown = shown.ok_or(Problem::NotFound)?;
    let version = store::version(db, shown.id, shown.version)
        .await
        .map_err(Problem::internal)?;
    let version = version.ok_or(Problem::NotFound)?;
    let cited = store::citations(db, shown.id, shown.version);
    let cited = cited.await.map_err(Problem::internal)?;
    let page = if kept.is_some() {
        let file = saved(&site, look, &shown, version, &cited).await;
        let name = format!("attachment; filename=\"{slug}{SAVED}\"");
        let name = HeaderValue::from_str(&name).map_err(Problem::internal)?;
        Page::html(&file.map_err(Problem::internal)?)?.header(CONTENT_DISPOSITION, name)
    } else {
        let laws = laws(&site, &cited).await.map_err(Problem::internal)?;
        let post = template(&site, look, &shown, version, &cited, laws).await;
        Page::html(&post.map_err(Problem::internal)?)?
    };
    let mut page = page
        .dep(format!("post:{slug}"))
        .dep("units")
        .dep("topics")
        .fresh_until(site.next_midnight());
    for one in &cited {
        page = page.dep(format!("act:{}", one.act));
    }
    Ok(match shown.showing.until {
        Some(until) => page.fresh_until(until),
        None => page,
    })
}

async fn template(
    site: &Site,
    look: Look,
    shown: &Shown,
    version: Version,
    cited: &[Pinned],
    laws: Vec<Law>,
) -> db::Result<Post> {
    let db = site.db();
    let (unit, heir) = units::scope::name_with_heir(db, shown.unit, site.today()).await?;
    let topics = store::topics(db).await?;
    let shelf = show::Shelf {
        base: format!("{}{}", site.files_url(), FILES.trim_end_matches('/')),
        files: store::post_media(db, shown.id, shown.version).await?,
    };
    let terms = show::terms(site, cited, look).await?;
    let draft = version.draft;
    let topics = draft
        .topics
        .iter()
        .map(|code| (code.clone(), name_of(&topics, code, look)));
    let confirmed = store::confirmed(db, shown.id, shown.version).await?;
    let (date, changed) = (day(shown.showing.from), day(shown.changed));
    Ok(Post {
        chrome: chrome(site, look, shown, &unit),
        kind: name_of(&store::kinds(db).await?, &shown.kind, look),
        changed: if changed == date || shown.changed < shown.showing.from {
            String::new()
        } else {
            changed
        },
        date,
        unit,
        heir,
        topics: topics.collect(),
        summary: draft.summary,
        body: show::html(&draft.body, cited, &shelf, &terms, look),
        laws,
        touched: changed_law(site, shown).await?,
        confirmed: confirmed.map(viet::date_numeric).unwrap_or_default(),
        address: format!("{}/bai/{}", site.base_url(), shown.slug),
        saved: format!("/bai/{}{SAVED}", shown.slug),
    })
}

async fn saved(
    site: &Site,
    look: Look,
    shown: &Shown,
    version: Version,
    cited: &[Pinned],
) -> db::Result<Saved> {
    let shelf = show::Shelf {
        base: format!("{}{}", site.files_url(), FILES.trim_end_matches('/')),
        files: store::post_media(site.db(), shown.id, shown.version).await?,
    };
    let draft = version.draft;
    Ok(Saved {
        look,
        illustration: site.is_illustration(),
        base: site.base_url().to_owned(),
        title: draft.title,
        unit: units::scope::name_with_heir(site.db(), shown.unit, site.today())
            .await?
            .0,
        date: day(shown.showing.from),
        today: viet::date_numeric(site.today()),
        address: format!("{}/bai/{}", site.base_url(), shown.slug),
        summary: draft.summary,
        body: show::html(&draft.body, cited, &shelf, &Terms::default(), look),
    })
}

fn chrome(site: &Site, look: Look, shown: &Shown, unit: &str) -> Chrome {
    let mut chrome = Chrome::new(site, look, format!("/bai/{}", shown.slug), shown.title.clone());
    chrome.nav = "posts";
    chrome.description.clone_from(&shown.summary);
    chrome.og = Og { kind: "article" };
    chrome.crumbs = vec![
        Crumb {
            label: look.t("Trang chủ").to_owned(),
            path: Some("/".to_owned()),
        },
        Crumb {
            label: look.t("Bài viết").to_owned(),
            path: Some("/bai".to_owned()),
        },
        Crumb {
            label: shown.title.clone(),
            path: None,
        },
    ];
    chrome.with_json_ld(&json!({
        "@context": "https://schema.org",
        "@type": "Article",
        "headline": shown.title,
        "description": shown.summary,
        "datePublished": shown.showing.from.to_string(),
        "dateModified": shown.changed.max(shown.showing.from).to_string(),
        "inLanguage": "vi",
        "author": { "@type": "Organization", "name": unit },
    }))
}
