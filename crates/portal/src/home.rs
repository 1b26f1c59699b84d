//! `/`: the home page, as officers arrange it.

use acts::model::{Order, Totals};
use acts::site::entrances::{Group, groups};
use acts::site::item::Item as ActItem;
use acts::site::words;
use askama::Template;
use axum::extract::State;
use posts::Item as PostItem;
use web::{Alternate, Chrome, Look, Page, Problem, Site};

use crate::model::{Block, LifeEvent};
use crate::parts::{self, Agency};
use crate::store;

/// Entries of a list in a block.
const SHOWN: u32 = 4;
/// Agencies in their block.
const AGENCIES: i64 = 12;
/// Entrances for issuers, fields and years.
const ENTRANCES: usize = 12;

/// A block with what stands in it.
enum Part {
    Events(Vec<Tile>),
    Guides(Vec<List>),
    Notices(Vec<PostItem>),
    Law {
        newest: Vec<ActItem>,
        coming: Vec<ActItem>,
        expiring: Vec<ActItem>,
    },
    Agencies(Vec<Agency>),
    Entrances(Vec<Group>),
}

/// A life event on the home page.
struct Tile {
    path: String,
    label: String,
    icon: String,
}

/// Posts of one kind.
struct List {
    id: &'static str,
    title: &'static str,
    path: String,
    items: Vec<PostItem>,
}

#[derive(Template)]
#[template(path = "home.html")]
struct Home {
    chrome: Chrome,
    /// What the system holds, in one sentence.
    lead: String,
    empty: bool,
    parts: Vec<Part>,
}

/// `GET /`
pub(crate) async fn page(State(site): State<Site>, look: Look) -> Result<Page, Problem> {
    let (home, boundary) = home(&site, look).await.map_err(Problem::internal)?;
    let page = ["acts", "posts", "units", "home:arrangement"]
        .iter()
        .fold(Page::html(&home)?, |page, key| page.dep(*key))
        .fresh_until(site.next_midnight());
    Ok(match boundary {
        Some(at) => page.fresh_until(at),
        None => page,
    })
}

async fn home(site: &Site, look: Look) -> db::Result<(Home, Option<jiff::Timestamp>)> {
    let db = site.db();
    // Asked before the lists, so that what appears in between ends the page.
    let boundary = posts::store::next_boundary(db, site.now()).await?;
    let totals = acts::store::acts_total(db).await?;
    let arrangement = store::home(db).await?.arrangement;
    let mut parts = Vec::new();
    for block in arrangement.blocks {
        parts.extend(part(site, look, block, &arrangement.events).await?);
    }
    let home = Home {
        chrome: chrome(site, look, totals),
        lead: lead(totals, look),
        empty: totals.acts == 0,
        parts,
    };
    Ok((home, boundary))
}

/// A block, where there is something to show in it.
async fn part(site: &Site, look: Look, block: Block, events: &[LifeEvent]) -> db::Result<Option<Part>> {
    Ok(match block {
        Block::Events => Some(Part::Events(events.iter().map(|one| tile(one, look)).collect())),
        Block::Guides => {
            let mut lists = Vec::new();
            for (id, title, kind) in [
                ("huong-dan", "Hướng dẫn dễ hiểu", "huong-dan"),
                ("tinh-huong", "Tình huống và lời giải", "tinh-huong"),
            ] {
                let (items, _) = parts::posts(site, look, Some(kind), None, SHOWN.into()).await?;
                lists.push(List {
                    id,
                    title,
                    path: format!("/bai?loai={kind}"),
                    items,
                });
            }
            lists.retain(|list| !list.items.is_empty());
            (!lists.is_empty()).then_some(Part::Guides(lists))
        }
        Block::Notices => {
            let mut items = Vec::new();
            for kind in ["lay-y-kien", "thong-bao"] {
                items.extend(parts::posts(site, look, Some(kind), None, SHOWN.into()).await?.0);
            }
            (!items.is_empty()).then_some(Part::Notices(items))
        }
        Block::Law => {
            let newest = parts::acts(site, look, Order::Issued, SHOWN).await?;
            let law = Part::Law {
                coming: parts::acts(site, look, Order::ComingIntoForce, SHOWN).await?,
                expiring: parts::acts(site, look, Order::Expiring, SHOWN).await?,
                newest,
            };
            matches!(&law, Part::Law { newest, .. } if !newest.is_empty()).then_some(law)
        }
        Block::Agencies => {
            let agencies = parts::agencies(site, look, AGENCIES).await?;
            (!agencies.is_empty()).then_some(Part::Agencies(agencies))
        }
        Block::Entrances => {
            let groups = groups(acts::store::facets(site.db()).await?, look, ENTRANCES);
            (!groups.is_empty()).then_some(Part::Entrances(groups))
        }
    })
}

fn tile(event: &LifeEvent, look: Look) -> Tile {
    Tile {
        path: format!("/viec/{}", event.code),
        label: crate::event::name(event, look).to_owned(),
        icon: event.icon.clone(),
    }
}

fn lead(totals: Totals, look: Look) -> String {
    let (acts, articles) = (
        words::number(totals.acts, look),
        words::number(totals.articles, look),
    );
    look.fill(
        "{} văn bản, {} điều luật. Gõ điều bạn muốn hỏi, có dấu hay không dấu đều được.",
        &[&acts, &articles],
    )
}

fn chrome(site: &Site, look: Look, totals: Totals) -> Chrome {
    let mut chrome = Chrome::new(site, look, "/", site.name());
    chrome.nav = "home";
    chrome.description = look.fill(
        "Tra cứu {} văn bản pháp luật: hiệu lực, nội dung từng điều, khoản, bản gốc và tải về.",
        &[&words::number(totals.acts, look)],
    );
    chrome.alternates = vec![Alternate {
        media_type: "application/atom+xml",
        title: look.t("Bài viết, hướng dẫn").to_owned(),
        href: "/bai.atom".to_owned(),
    }];
    chrome.with_json_ld(&serde_json::json!({
        "@context": "https://schema.org",
        "@type": "WebSite",
        "name": site.name(),
        "url": site.base_url(),
        "inLanguage": ["vi", "en"],
        "potentialAction": {
            "@type": "SearchAction",
            "target": format!("{}/tim?q={{words}}", site.base_url()),
            "query-input": "required name=words",
        },
    }))
}
