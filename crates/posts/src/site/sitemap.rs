//! `/sitemap/bai.xml`: the posts that are public now.

use axum::extract::State;
use web::{Page, Policy, Problem, Site};

use crate::model::Wanted;
use crate::store;

/// Addresses that a sitemap may hold (sitemaps.org).
const MOST: i64 = 50_000;

/// `GET /sitemap/bai.xml`
pub(super) async fn file(State(site): State<Site>) -> Result<Page, Problem> {
    let now = site.now();
    let boundary = store::next_boundary(site.db(), now)
        .await
        .map_err(Problem::internal)?;
    let wanted = Wanted {
        limit: MOST - 1,
        ..Wanted::default()
    };
    let (shown, _) = store::shown_list(site.db(), &wanted, now)
        .await
        .map_err(Problem::internal)?;
    let base = site.base_url();
    // Addresses consist of letters, digits and hyphens: nothing to escape.
    let mut xml = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n<url><loc>{base}/bai</loc></url>\n"
    );
    for one in shown {
        let changed = acts::feeds::instant(one.changed.max(one.showing.from).as_microsecond());
        xml.push_str(&format!(
            "<url><loc>{base}/bai/{}</loc><lastmod>{changed}</lastmod></url>\n",
            one.slug
        ));
    }
    xml.push_str("</urlset>\n");
    let page = Page::bytes("application/xml; charset=utf-8", xml)
        .dep("posts")
        .policy(Policy::Feed);
    Ok(match boundary {
        Some(at) => page.fresh_until(at),
        None => page,
    })
}
