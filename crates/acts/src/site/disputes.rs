//! `/ban-lam-viec/hieu-luc`: where a source and our texts differ on whether acts hold.

use askama::Template;
use axum::extract::{Query, State};
use serde::Deserialize;
use web::{Chrome, Look, Page, Policy, Problem, Site};

use super::words;
use crate::store::{About, Dispute, status_disputes};

/// Rows a page.
const A_PAGE: usize = 50;

/// Where the list goes on.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    truoc: String,
}

/// What is disputed of one act.
struct Disputed {
    name: String,
    path: String,
    lines: Vec<Line>,
}

struct Line {
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
    acts: Vec<Disputed>,
    /// The list from its beginning, where this is not it.
    first: Option<&'static str>,
    next: Option<String>,
}

pub(super) async fn show(
    State(site): State<Site>,
    look: Look,
    Query(asked): Query<Asked>,
) -> Result<Page, Problem> {
    const PATH: &str = "/ban-lam-viec/hieu-luc";
    let before = asked.truoc.parse().ok();
    let disputes = status_disputes(site.db(), site.today(), before, A_PAGE);
    let disputes = disputes.await.map_err(Problem::internal)?;
    let mut chrome = Chrome::new(&site, look, PATH, look.t("Hiệu lực khác với nguồn"));
    chrome.robots = "noindex";
    let view = View {
        chrome,
        first: before.map(|_| PATH),
        next: disputes.next.map(|before| format!("{PATH}?truoc={before}")),
        acts: by_act(disputes.found, look),
    };
    Ok(Page::html(&view)?.policy(Policy::Never))
}

/// What stands together in the list and is about one act.
fn by_act(found: Vec<Dispute>, look: Look) -> Vec<Disputed> {
    let mut acts: Vec<Disputed> = Vec::new();
    for one in found {
        let path = format!("/van-ban/{}", one.act.slug);
        if acts.last().is_none_or(|last| last.path != path) {
            acts.push(Disputed {
                name: words::one_line(&one.act),
                path,
                lines: Vec::new(),
            });
        }
        if let Some(last) = acts.last_mut() {
            last.lines.push(line(one, look));
        }
    }
    acts
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
        about,
        said,
        ours,
        source: one.source,
        seen: one.seen.map(words::short_date).unwrap_or_default(),
    }
}
