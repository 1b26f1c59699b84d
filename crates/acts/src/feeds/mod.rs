//! What other programs follow: Atom, RSS and JSON feeds, sitemap, robots.txt, OpenSearch.

mod entry;
mod formats;
mod sitemap;

use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use legal::model::ActKind;
use serde::Deserialize;
use web::{Access, Page, Policy, Problem, Routes, Site};
use writers::Xml;

use crate::model::{Facets, ListQuery, Order};
use crate::store;
pub use entry::{Channel, Entry, instant};
pub use formats::atom as atom_text;

/// Entries of each kind a feed holds: acts, and versions of acts.
const ENTRIES: u32 = 50;

/// The routes of this module.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .get("/cap-nhat.atom", Access::Public, atom)
        .get("/cap-nhat.rss", Access::Public, rss)
        .get("/cap-nhat.json", Access::Public, json)
        .get("/sitemap.xml", Access::Public, sitemap::index)
        .get("/sitemap/{part}", Access::Public, sitemap::part)
        .get("/robots.txt", Access::Public, robots)
        .get("/opensearch.xml", Access::Public, opensearch)
}

/// Which acts a feed is about; the words are those of the lists of acts.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    loai: String,
    #[serde(rename = "co-quan")]
    co_quan: String,
    #[serde(rename = "linh-vuc")]
    linh_vuc: String,
}

type AskedQuery = Result<Query<Asked>, QueryRejection>;

async fn atom(State(site): State<Site>, asked: AskedQuery) -> Result<Page, Problem> {
    let (channel, entries) = channel(&site, asked, "atom").await?;
    Ok(feed(
        "application/atom+xml; charset=utf-8",
        formats::atom(&channel, &entries),
    ))
}

async fn rss(State(site): State<Site>, asked: AskedQuery) -> Result<Page, Problem> {
    let (channel, entries) = channel(&site, asked, "rss").await?;
    Ok(feed(
        "application/rss+xml; charset=utf-8",
        formats::rss(&channel, &entries),
    ))
}

async fn json(State(site): State<Site>, asked: AskedQuery) -> Result<Page, Problem> {
    let (channel, entries) = channel(&site, asked, "json").await?;
    let body = formats::json(&channel, &entries).map_err(Problem::internal)?;
    Ok(feed("application/feed+json; charset=utf-8", body))
}

fn feed(content_type: &'static str, body: String) -> Page {
    Page::bytes(content_type, body).dep("acts").policy(Policy::Feed)
}

/// The acts changed last of what is asked for and their versions known or begun last, with the name of the feed.
async fn channel(site: &Site, asked: AskedQuery, format: &str) -> Result<(Channel, Vec<Entry>), Problem> {
    let Query(asked) = asked.map_err(|error| Problem::Invalid(error.to_string()))?;
    let facets = store::facets(site.db()).await.map_err(Problem::internal)?;
    let named = named(&asked, &facets)?;
    let query = ListQuery {
        kind: ActKind::from_slug(&asked.loai),
        issuer: (!asked.co_quan.is_empty()).then(|| asked.co_quan.clone()),
        field: (!asked.linh_vuc.is_empty()).then(|| asked.linh_vuc.clone()),
        order: Order::Updated,
        per_page: ENTRIES,
        ..ListQuery::on(site.today())
    };
    let page = store::act_list(site.db(), &query)
        .await
        .map_err(Problem::internal)?;
    let versions = store::versions_new(site.db(), &query)
        .await
        .map_err(Problem::internal)?;
    let mut versions: Vec<Entry> = versions.iter().map(|one| Entry::version(site, one)).collect();
    versions.sort_by(|a, b| (b.updated, &b.url).cmp(&(a.updated, &a.url)));
    versions.truncate(ENTRIES as usize);
    let mut entries: Vec<Entry> = page.acts.iter().map(|act| Entry::new(site, act)).collect();
    entries.extend(versions);
    entries.sort_by_key(|entry| std::cmp::Reverse(entry.updated));
    let updated = entries.first().map(|entry| entry.updated).unwrap_or_default();
    Ok((Channel::new(site, &named, &asked, format, updated), entries))
}

/// What the feed is narrowed to, in words; `NotFound` where nothing of the kind is known, so
/// that a mistyped address does not look like a feed without news.
fn named(asked: &Asked, facets: &Facets) -> Result<Vec<String>, Problem> {
    let mut words = Vec::new();
    for (slug, facets) in [
        (&asked.loai, &facets.kinds),
        (&asked.co_quan, &facets.issuers),
        (&asked.linh_vuc, &facets.fields),
    ] {
        if slug.is_empty() {
            continue;
        }
        let known = facets
            .iter()
            .find(|facet| facet.slug == *slug)
            .map(|facet| facet.label.clone());
        let kind = ActKind::from_slug(slug).map(|kind| kind.label().to_owned());
        words.push(known.or(kind).ok_or(Problem::NotFound)?);
    }
    Ok(words)
}

async fn robots(State(site): State<Site>) -> Page {
    let text = format!(
        "User-agent: *\nDisallow: /tim\nDisallow: /en/tim\nDisallow: /giao-dien\nDisallow: /api/\n\n\
         Sitemap: {}/sitemap.xml\n",
        site.base_url()
    );
    Page::bytes("text/plain; charset=utf-8", text).policy(Policy::Feed)
}

async fn opensearch(State(site): State<Site>) -> Page {
    let mut xml = Xml::document();
    xml.open(
        "OpenSearchDescription",
        &[("xmlns", "http://a9.com/-/spec/opensearch/1.1/")],
    );
    // The standard allows 16 characters here.
    let name: String = site.name().chars().take(16).collect();
    xml.leaf("ShortName", &[], &name);
    xml.leaf(
        "Description",
        &[],
        "Tìm văn bản pháp luật theo số, tên hoặc nội dung",
    );
    xml.leaf("InputEncoding", &[], "UTF-8");
    let template = format!("{}/tim?q={{searchTerms}}", site.base_url());
    xml.empty("Url", &[("type", "text/html"), ("template", &template)]);
    xml.leaf("Language", &[], "vi");
    Page::bytes(
        "application/opensearchdescription+xml; charset=utf-8",
        xml.finish(),
    )
    .policy(Policy::Feed)
}
