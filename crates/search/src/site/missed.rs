//! `/ban-lam-viec/tim-khong-thay`: what people searched for and did not find.

use askama::Template;
use axum::extract::State;
use jiff::ToSpan;
use web::{Chrome, Look, Page, Policy, Problem, Site};

use super::MISSED;
use super::address::address;
use crate::find::Query;
use crate::store;

/// Days looked back on.
const DAYS: i32 = 90;
/// Rows shown.
const MOST: i64 = 200;

struct Row {
    words: String,
    times: i64,
    last: String,
    path: String,
}

#[derive(Template)]
#[template(path = "missed.html")]
struct View {
    chrome: Chrome,
    rows: Vec<Row>,
}

pub(super) async fn show(State(site): State<Site>, look: Look) -> Result<Page, Problem> {
    let today = site.today();
    let since = today.saturating_sub(DAYS.days());
    let missed = store::missed_list(site.db(), since, MOST);
    let rows = missed
        .await
        .map_err(Problem::internal)?
        .into_iter()
        .map(|one| Row {
            path: address(&Query::new(one.words.clone(), today), 1),
            words: one.words,
            times: one.times,
            last: viet::date_numeric(one.last),
        });
    let mut chrome = Chrome::new(&site, look, MISSED, look.t("Tìm không thấy"));
    chrome.robots = "noindex";
    let view = View {
        chrome,
        rows: rows.collect(),
    };
    Ok(Page::html(&view)?.policy(Policy::Never))
}
