//! The sitemap of the units of today.

use axum::extract::State;
use web::{Page, Policy, Problem, Site};

use crate::store;

/// `GET /sitemap/don-vi.xml`
pub(super) async fn file(State(site): State<Site>) -> Result<Page, Problem> {
    let slugs = store::slugs(site.db(), site.today())
        .await
        .map_err(Problem::internal)?;
    let base = site.base_url();
    // Addresses consist of letters, digits and hyphens: nothing to escape.
    let mut xml = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n<url><loc>{base}/don-vi</loc></url>\n"
    );
    for slug in slugs {
        xml.push_str(&format!("<url><loc>{base}/don-vi/{slug}</loc></url>\n"));
    }
    xml.push_str("</urlset>\n");
    Ok(Page::bytes("application/xml; charset=utf-8", xml)
        .dep("units")
        .fresh_until(site.next_midnight())
        .policy(Policy::Feed))
}
