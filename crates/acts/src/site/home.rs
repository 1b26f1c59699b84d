//! The home page.

use askama::Template;
use axum::extract::State;
use web::{Chrome, Look, Page, Problem, Site};

use super::item::Item;
use super::words;
use crate::model::{Facet, Facets, ListQuery, Order, Totals};
use crate::store;

/// Acts shown in each block of the home page.
const SHOWN: u32 = 6;
/// Entrances shown for issuers, fields and years.
const ENTRANCES: usize = 12;

#[derive(Template)]
#[template(path = "home.html")]
struct Home {
    chrome: Chrome,
    /// What the system holds, in one sentence.
    lead: String,
    empty: bool,
    newest: Vec<Item>,
    coming: Vec<Item>,
    expiring: Vec<Item>,
    groups: Vec<Group>,
}

/// One way into the acts: a heading and links with counts.
pub struct Group {
    /// Vietnamese heading.
    pub title: &'static str,
    /// Name of the filter in addresses.
    pub filter: &'static str,
    /// Its values.
    pub facets: Vec<Facet>,
}

/// `GET /`
pub async fn page(State(site): State<Site>, look: Look) -> Result<Page, Problem> {
    let totals = store::acts_total(site.db()).await.map_err(Problem::internal)?;
    let home = Home {
        lead: lead(totals, look),
        empty: totals.acts == 0,
        newest: block(&site, look, Order::Issued).await?,
        coming: block(&site, look, Order::ComingIntoForce).await?,
        expiring: block(&site, look, Order::Expiring).await?,
        groups: groups(
            store::facets(site.db()).await.map_err(Problem::internal)?,
            look,
            ENTRANCES,
        ),
        chrome: chrome(&site, look, totals),
    };
    Ok(Page::html(&home)?.dep("acts").fresh_until(site.next_midnight()))
}

fn lead(totals: Totals, look: Look) -> String {
    let (acts, articles) = (
        words::number(totals.acts, look),
        words::number(totals.articles, look),
    );
    look.fill(
        "{} văn bản, {} điều; xem ngay văn bản còn hiệu lực hay không và từ ngày nào.",
        &[&acts, &articles],
    )
}

async fn block(site: &Site, look: Look, order: Order) -> Result<Vec<Item>, Problem> {
    let query = ListQuery {
        order,
        per_page: SHOWN,
        ..ListQuery::on(site.today())
    };
    let list = store::act_list(site.db(), &query)
        .await
        .map_err(Problem::internal)?;
    Ok(Item::list(&list.acts, site.today(), look))
}

/// The four ways into the acts; names of kinds in the reader's language,
/// at most `most` values each.
pub fn groups(facets: Facets, look: Look, most: usize) -> Vec<Group> {
    let mut kinds = facets.kinds;
    for facet in &mut kinds {
        if let Some(kind) = legal::model::ActKind::from_slug(&facet.slug) {
            facet.label = words::kind(kind, look).to_owned();
        }
    }
    let group = |title, filter, mut facets: Vec<Facet>| {
        facets.truncate(most);
        Group {
            title,
            filter,
            facets,
        }
    };
    let all = [
        group("Theo loại văn bản", "loai", kinds),
        group("Theo cơ quan ban hành", "co-quan", facets.issuers),
        group("Theo lĩnh vực", "linh-vuc", facets.fields),
        group("Theo năm ban hành", "nam", facets.years),
    ];
    all.into_iter().filter(|group| !group.facets.is_empty()).collect()
}

fn chrome(site: &Site, look: Look, totals: Totals) -> Chrome {
    let mut chrome = Chrome::new(site, look, "/", site.name());
    chrome.nav = "home";
    chrome.description = look.fill(
        "Tra cứu {} văn bản pháp luật: hiệu lực, nội dung từng điều, khoản, bản gốc và tải về.",
        &[&words::number(totals.acts, look)],
    );
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
