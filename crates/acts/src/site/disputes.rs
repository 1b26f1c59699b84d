//! `/ban-lam-viec/hieu-luc`: where a source and our texts differ on whether acts hold.

use askama::Template;
use axum::extract::{Query, State};
use serde::Deserialize;
use web::{Chrome, Look, Page, Policy, Problem, Site};

use super::words;
use crate::store::{About, Dispute, status_disputes};

/// Rows a page.
const A_PAGE: i64 = 50;

/// Which page is asked for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    trang: String,
}

struct Line {
    name: String,
    path: String,
    about: &'static str,
    said: String,
    ours: String,
    source: String,
    seen: String,
}

#[derive(Template)]
#[template(path = "disputes.html")]
struct View {
    chrome: Chrome,
    rows: Vec<Line>,
    previous: Option<String>,
    next: Option<String>,
}

pub(super) async fn show(
    State(site): State<Site>,
    look: Look,
    Query(asked): Query<Asked>,
) -> Result<Page, Problem> {
    let path = "/ban-lam-viec/hieu-luc";
    let number = asked.trang.parse().unwrap_or(1_i64).clamp(1, 10_000);
    let found = status_disputes(site.db(), site.today(), (number - 1) * A_PAGE, A_PAGE + 1);
    let found = found.await.map_err(Problem::internal)?;
    let page = |number: i64| format!("{path}?trang={number}");
    let mut chrome = Chrome::new(&site, look, path, look.t("Hiệu lực khác với nguồn"));
    chrome.robots = "noindex";
    let view = View {
        chrome,
        next: (found.len() > usize::try_from(A_PAGE).unwrap_or(0)).then(|| page(number + 1)),
        previous: (number > 1).then(|| page(number - 1)),
        rows: found
            .into_iter()
            .take(usize::try_from(A_PAGE).unwrap_or(0))
            .map(|one| line(one, look))
            .collect(),
    };
    Ok(Page::html(&view)?.policy(Policy::Never))
}

fn line(one: Dispute, look: Look) -> Line {
    let (about, said, ours) = match one.about {
        About::Status(said, ours) => (
            "Tình trạng hiệu lực",
            look.t(said.label()).to_owned(),
            look.t(ours.label()).to_owned(),
        ),
        About::InForce(said, ours) => (
            "Ngày có hiệu lực",
            words::short_date(said),
            words::short_date(ours),
        ),
        About::Expires(said, ours) => (
            "Ngày hết hiệu lực",
            words::short_date(said),
            words::short_date(ours),
        ),
    };
    Line {
        name: words::one_line(&one.act),
        path: format!("/van-ban/{}", one.act.slug),
        about,
        said,
        ours,
        source: one.source,
        seen: one.seen.map(words::short_date).unwrap_or_default(),
    }
}
