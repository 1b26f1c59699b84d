//! `/tim`: the page of results.

use askama::Template;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query as Params, State};
use serde::Deserialize;
use web::{Access, Chrome, Crumb, Look, Page, Policy, Problem, Routes, Site};

use crate::error::SearchError;
use crate::find::{Group, Query, Results, Widened};
use crate::{Index, LONGEST_QUERY};

/// The routes of the search box over one index.
#[must_use]
pub fn routes(index: &Index) -> Routes {
    let index = index.clone();
    let handler = move |State(site): State<Site>,
                        look: Look,
                        asked: Result<Params<Asked>, QueryRejection>| async move {
        let Params(asked) =
            asked.map_err(|_| Problem::Invalid("Địa chỉ tìm kiếm không đúng dạng.".into()))?;
        results_page(&site, look, &index, &asked).await
    };
    Routes::new().get("/tim", Access::Public, handler)
}

/// What the address asks for.
#[derive(Debug, Default, Deserialize)]
struct Asked {
    /// Words.
    #[serde(default)]
    q: String,
    /// Page; nonsense is the first.
    #[serde(default)]
    trang: String,
}

async fn results_page(site: &Site, look: Look, index: &Index, asked: &Asked) -> Result<Page, Problem> {
    let text: String = asked.q.trim().chars().take(LONGEST_QUERY).collect();
    let page = asked.trang.parse().unwrap_or(1);
    let results = if text.is_empty() {
        Results::default()
    } else {
        let query = Query {
            page,
            ..Query::new(text.clone(), site.today())
        };
        index.search(query).await.map_err(problem)?
    };
    let view = View::new(site, look, text, results);
    // What people search for is their own: no copy of it is kept on the way.
    Ok(Page::html(&view)?.policy(Policy::Never))
}

fn problem(error: SearchError) -> Problem {
    match error {
        SearchError::Timeout | SearchError::Abandoned => Problem::Busy,
        other => Problem::internal(other),
    }
}

#[derive(Template)]
#[template(path = "tim.html")]
struct View {
    chrome: Chrome,
    text: String,
    summary: String,
    widened: Option<&'static str>,
    results: Results,
    items: Vec<Item>,
    pages: Vec<PageLink>,
}

/// An act as the page shows it.
struct Item {
    group: Group,
    href: String,
    status_slug: &'static str,
    status_label: &'static str,
    facts: Vec<String>,
    more: Option<String>,
}

struct PageLink {
    label: String,
    path: String,
    current: bool,
}

impl View {
    fn new(site: &Site, look: Look, text: String, results: Results) -> Self {
        let summary = summary(look, &results);
        let title = if text.is_empty() {
            look.t("Tìm văn bản").to_owned()
        } else {
            format!("{}: {text} – {summary}", look.t("Tìm"))
        };
        let mut chrome = Chrome::new(site, look, address(&text, results.page), title);
        chrome.query.clone_from(&text);
        look.t("Tìm văn bản pháp luật theo số hiệu, tên, điều hoặc từ khóa, có dấu hay không dấu.")
            .clone_into(&mut chrome.description);
        chrome.robots = "noindex";
        let crumb = |label: &str, path: Option<&str>| Crumb {
            label: look.t(label).to_owned(),
            path: path.map(Into::into),
        };
        chrome.crumbs = vec![crumb("Trang chủ", Some("/")), crumb("Tìm kiếm", None)];
        let items = results
            .groups
            .iter()
            .map(|group| Item::new(site, look, group))
            .collect();
        let widened = results.widened.map(widened_sentence);
        let pages = page_links(&text, &results);
        Self {
            chrome,
            text,
            summary,
            widened,
            results,
            items,
            pages,
        }
    }
}

impl Item {
    fn new(site: &Site, look: Look, group: &Group) -> Self {
        let act = &group.act;
        let status = act.status_on(site.today());
        let mut facts = Vec::new();
        facts.extend(
            act.number
                .as_ref()
                .map(|number| format!("{} {number}", look.t("Số"))),
        );
        facts.extend(act.issuer.clone());
        facts.extend(act.issued.map(viet::date_numeric));
        facts.extend(
            act.in_force
                .map(|date| format!("{} {}", look.t("Hiệu lực từ"), viet::date_numeric(date))),
        );
        let hidden = group.count - group.pieces.len();
        let more = (hidden > 0).then(|| look.fill("và {} chỗ khác trong văn bản này", &[&hidden]));
        Self {
            href: look.href(&format!("/van-ban/{}", act.slug)),
            status_slug: status.slug(),
            status_label: status.label(),
            facts,
            more,
            group: group.clone(),
        }
    }

    fn piece_href(&self, path: &str) -> String {
        if path.is_empty() {
            self.href.clone()
        } else {
            format!("{}/{path}", self.href)
        }
    }
}

fn summary(look: Look, results: &Results) -> String {
    match (results.acts, results.pieces) {
        (0, _) => look.t("không có kết quả").to_owned(),
        (acts, 0) => look.fill("{} văn bản", &[&acts]),
        (acts, pieces) => look.fill("{} văn bản, {} điều hoặc mục", &[&acts, &pieces]),
    }
}

fn widened_sentence(widened: Widened) -> &'static str {
    match widened {
        Widened::Unmarked => "Không có kết quả đúng dấu như đã gõ. Dưới đây là kết quả khi không xét dấu.",
        Widened::AnyWord => {
            "Không có văn bản nào chứa đủ các từ đã gõ. Dưới đây là kết quả chứa một phần các từ đó."
        }
    }
}

fn address(text: &str, page: usize) -> String {
    let words = percent(text);
    if page > 1 {
        format!("/tim?q={words}&trang={page}")
    } else {
        format!("/tim?q={words}")
    }
}

/// Percent-encoding of a value in the query of an address.
fn percent(text: &str) -> String {
    use std::fmt::Write;
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            // Writing into a String cannot fail.
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

/// The first, the last, and the neighbours of the current page.
fn page_links(text: &str, results: &Results) -> Vec<PageLink> {
    if results.pages < 2 {
        return Vec::new();
    }
    let near = results.page.saturating_sub(2)..=results.page + 2;
    (1..=results.pages)
        .filter(|page| *page == 1 || *page == results.pages || near.contains(page))
        .map(|page| PageLink {
            label: page.to_string(),
            path: address(text, page),
            current: page == results.page,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_hold_any_words() {
        assert_eq!(
            address("đất & nhà", 1),
            "/tim?q=%C4%91%E1%BA%A5t%20%26%20nh%C3%A0"
        );
        assert_eq!(address("a", 3), "/tim?q=a&trang=3");
    }

    #[test]
    fn page_links_keep_the_ends() {
        let results = Results {
            page: 50,
            pages: 100,
            ..Results::default()
        };
        let labels: Vec<String> = page_links("a", &results)
            .into_iter()
            .map(|link| link.label)
            .collect();
        assert_eq!(labels, ["1", "48", "49", "50", "51", "52", "100"]);
        assert!(
            page_links(
                "a",
                &Results {
                    page: 1,
                    pages: 1,
                    ..Results::default()
                }
            )
            .is_empty()
        );
    }
}
