//! The sitemap: an index and files of at most 10,000 acts.

use axum::extract::{Path, State};
use web::{Page, Policy, Problem, Site};
use writers::Xml;

use super::entry::instant;
use crate::store;

const NAMESPACE: (&str, &str) = ("xmlns", "http://www.sitemaps.org/schemas/sitemap/0.9");

/// The file of pages that are no acts.
const LISTS: &str = "chung.xml";

/// `GET /sitemap.xml`
pub(super) async fn index(State(site): State<Site>) -> Result<Page, Problem> {
    let parts = store::sitemap_parts(site.db()).await.map_err(Problem::internal)?;
    let latest = parts.iter().map(|part| part.updated).max();
    let mut xml = Xml::document();
    xml.open("sitemapindex", &[NAMESPACE]);
    let base = format!("{}/sitemap", site.base_url());
    location(&mut xml, "sitemap", &format!("{base}/{LISTS}"), latest);
    for one in site.sitemaps() {
        if (one.is_filled)(site.clone()).await.map_err(Problem::internal)? {
            location(
                &mut xml,
                "sitemap",
                &format!("{}{}", site.base_url(), one.path),
                None,
            );
        }
    }
    for part in &parts {
        location(
            &mut xml,
            "sitemap",
            &format!("{base}/{}.xml", part.name),
            Some(part.updated),
        );
    }
    let others = site.sitemaps().iter();
    Ok(others.fold(page(xml), |page, one| page.dep(one.dep)))
}

/// `GET /sitemap/{part}`: `0.xml`, `1.xml` …, `chung.xml`.
pub(super) async fn part(State(site): State<Site>, Path(name): Path<String>) -> Result<Page, Problem> {
    let mut xml = Xml::document();
    xml.open("urlset", &[NAMESPACE]);
    let base = site.base_url();
    if name == LISTS {
        for path in [
            "/",
            "/van-ban",
            "/van-ban/moi",
            "/van-ban/sap-co-hieu-luc",
            "/van-ban/sap-het-hieu-luc",
            "/thuat-ngu",
        ] {
            location(&mut xml, "url", &format!("{base}{path}"), None);
        }
        return Ok(page(xml));
    }
    let number = name.strip_suffix(".xml").and_then(|number| number.parse().ok());
    let number: u32 = number.ok_or(Problem::NotFound)?;
    let acts = store::sitemap_part(site.db(), number)
        .await
        .map_err(Problem::internal)?;
    if acts.is_empty() {
        return Err(Problem::NotFound);
    }
    for act in &acts {
        location(
            &mut xml,
            "url",
            &format!("{base}/van-ban/{}", act.name),
            Some(act.updated),
        );
    }
    Ok(page(xml))
}

fn location(xml: &mut Xml, element: &'static str, address: &str, updated: Option<i64>) {
    xml.open(element, &[]);
    xml.leaf("loc", &[], address);
    if let Some(updated) = updated {
        xml.leaf("lastmod", &[], &instant(updated).to_string());
    }
    xml.close();
    xml.line();
}

fn page(xml: Xml) -> Page {
    Page::bytes("application/xml; charset=utf-8", xml.finish())
        .dep("acts")
        .policy(Policy::Feed)
}
