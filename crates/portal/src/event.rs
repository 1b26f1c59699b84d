//! `/viec/{code}`: everything about a life event on one page.

use askama::Template;
use axum::extract::{Path, State};
use posts::Item as PostItem;
use web::{Alternate, Chrome, Crumb, Look, Page, Problem, Site};

use crate::model::{LifeEvent, Link};
use crate::{parts, store};

/// Posts on the page.
const POSTS: i64 = 12;

#[derive(Template)]
#[template(path = "event.html")]
struct Event {
    chrome: Chrome,
    links: Vec<Link>,
    posts: Vec<PostItem>,
    /// Where the others are; `None` where all are here.
    all: Option<String>,
}

/// The name of an event in the reader's language.
pub(crate) fn name(event: &LifeEvent, look: Look) -> &str {
    if look.is_en() {
        &event.label_en
    } else {
        &event.label
    }
}

/// `GET /viec/{code}`
pub(crate) async fn page(
    State(site): State<Site>,
    look: Look,
    Path(code): Path<String>,
) -> Result<Page, Problem> {
    let db = site.db();
    let arrangement = store::home(db).await.map_err(Problem::internal)?.arrangement;
    let event = arrangement.events.into_iter().find(|event| event.code == code);
    let event = event.ok_or(Problem::NotFound)?;
    let boundary = posts::store::next_boundary(db, site.now())
        .await
        .map_err(Problem::internal)?;
    let shown = shown(&site, look, event).await.map_err(Problem::internal)?;
    let page = ["posts", "units", "topics", "home:arrangement"]
        .iter()
        .fold(Page::html(&shown)?, |page, key| page.dep(*key))
        .fresh_until(site.next_midnight());
    Ok(match boundary {
        Some(at) => page.fresh_until(at),
        None => page,
    })
}

/// Posts that officers chose come first, then those of the group; a chosen one that is no longer
/// public is passed over.
async fn shown(site: &Site, look: Look, event: LifeEvent) -> db::Result<Event> {
    let chrome = chrome(site, look, &event);
    let (mut chosen, mut links) = (Vec::new(), Vec::new());
    for link in event.links {
        match link.path.strip_prefix("/bai/") {
            Some(slug) => chosen.extend(posts::store::shown_at(site.db(), slug, site.now()).await?),
            None => links.push(link),
        }
    }
    let mut posts = posts::items(site, look, chosen).await?;
    let (topical, count) = match event.topic.as_str() {
        "" => (Vec::new(), 0),
        topic => parts::posts(site, look, None, Some(topic), POSTS).await?,
    };
    for post in topical {
        if posts.iter().all(|known| known.path != post.path) {
            posts.push(post);
        }
    }
    Ok(Event {
        chrome,
        links,
        posts,
        all: (count > POSTS).then(|| format!("/bai?nhom={}", event.topic)),
    })
}

fn chrome(site: &Site, look: Look, event: &LifeEvent) -> Chrome {
    let name = name(event, look);
    let mut chrome = Chrome::new(site, look, format!("/viec/{}", event.code), name);
    chrome.nav = "home";
    chrome.description = look.fill("{}: quy định, hướng dẫn, tình huống có lời giải.", &[&name]);
    let step = |label: &str, path: Option<&str>| Crumb {
        label: label.to_owned(),
        path: path.map(str::to_owned),
    };
    chrome.crumbs = vec![step(look.t("Trang chủ"), Some("/")), step(name, None)];
    if !event.topic.is_empty() {
        chrome.alternates = vec![Alternate {
            media_type: "application/atom+xml",
            title: name.to_owned(),
            href: format!("/bai.atom?nhom={}", event.topic),
        }];
    }
    chrome
}
