//! Results as the page shows them.

use askama::Template;
use web::{Alternate, Chrome, Crumb, Look, Site};

use super::address::{address, feed_address, order_word};
use crate::filter::{Facets, Filter};
use crate::find::{Answer, Group, Order, Query, Results, Widened};
use crate::posts::PostHit;

#[derive(Template)]
#[template(path = "tim.html")]
pub(super) struct View {
    chrome: Chrome,
    query: Query,
    summary: String,
    facets: Vec<Facet>,
    orders: Vec<PageLink>,
    order: &'static str,
    narrowed: bool,
    suggestion: Option<PageLink>,
    whole: String,
    feed: String,
    answer: Option<AnswerItem>,
    widened: Option<&'static str>,
    building: bool,
    items: Vec<Item>,
    pages: Vec<PageLink>,
    posts: Vec<PostHit>,
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
    pub(super) fn new(
        site: &Site,
        look: Look,
        query: Query,
        mut results: Results,
        posts: Vec<PostHit>,
    ) -> Self {
        let text = query.text.clone();
        let summary = summary(look, &results);
        let title = if text.is_empty() {
            look.t("Tìm văn bản").to_owned()
        } else {
            format!("{}: {text} – {summary}", look.t("Tìm"))
        };
        let mut chrome = Chrome::new(site, look, address(&query, results.page), title);
        chrome.query.clone_from(&text);
        look.t("Tìm văn bản pháp luật theo số hiệu, tên, điều hoặc từ khóa, có dấu hay không dấu.")
            .clone_into(&mut chrome.description);
        chrome.robots = "noindex";
        let feed = feed_address(&query);
        chrome
            .alternates
            .extend((!text.is_empty()).then(|| feed_link(look, &feed)));
        let crumb = |label: &str, path: Option<&str>| Crumb {
            label: look.t(label).to_owned(),
            path: path.map(Into::into),
        };
        chrome.crumbs = vec![crumb("Trang chủ", Some("/")), crumb("Tìm kiếm", None)];
        let items = std::mem::take(&mut results.groups)
            .into_iter()
            .map(|group| Item::new(site, look, group))
            .collect();
        let widened = results.widened.map(widened_sentence);
        let pages = page_links(&query, &results);
        let other = |text: String| Query {
            text,
            page: 1,
            ..Query::new("", query.today)
        };
        let suggestion = results.suggestion.take().map(|text| PageLink {
            path: address(&other(text.clone()), 1),
            label: text,
            current: false,
        });
        let answer = results
            .answer
            .take()
            .map(|answer| AnswerItem::new(site, look, answer));
        Self {
            chrome,
            facets: facets(look, &query, &results.facets),
            orders: orders(look, &query),
            order: order_word(query.order),
            narrowed: query.filter != Filter::default(),
            whole: address(&other(text), 1),
            feed,
            suggestion,
            answer,
            query,
            summary,
            widened,
            building: results.building,
            items,
            pages,
            posts,
        }
    }
}

/// The feed of a search, for programs.
fn feed_link(look: Look, feed: &str) -> Alternate {
    Alternate {
        media_type: "application/atom+xml",
        title: look.t("Nguồn tin của lượt tìm này").to_owned(),
        href: feed.to_owned(),
    }
}

impl Item {
    fn new(site: &Site, look: Look, group: Group) -> Self {
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
            group,
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
        (acts, _) if results.question && acts > 0 => {
            look.fill("{} văn bản có quy định gần câu hỏi nhất", &[&acts])
        }
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

/// A provision that answers, as the page shows it.
struct AnswerItem {
    answer: Answer,
    href: String,
    act: String,
    status_slug: &'static str,
    status_label: &'static str,
}

impl AnswerItem {
    fn new(site: &Site, look: Look, answer: Answer) -> Self {
        let status = answer.act.status_on(site.today());
        Self {
            href: look.href(&format!("/van-ban/{}/{}", answer.act.slug, answer.path)),
            act: answer.act.name(),
            status_slug: status.slug(),
            status_label: status.label(),
            answer,
        }
    }
}

/// One choice of what narrows the search, as a list.
struct Facet {
    name: &'static str,
    label: &'static str,
    options: Vec<FacetOption>,
}

struct FacetOption {
    value: String,
    label: String,
    chosen: bool,
}

fn facets(look: Look, query: &Query, facets: &Facets) -> Vec<Facet> {
    let filter = &query.filter;
    let kind = filter.kind.map(|kind| kind.slug().to_owned());
    let year = filter.year.map(|year| year.to_string());
    let kinds = facets.kinds.iter().map(|one| {
        (
            one.value.slug().to_owned(),
            look.t(one.value.label()).to_owned(),
            one.acts,
        )
    });
    let issuers = facets
        .issuers
        .iter()
        .map(|one| (one.value.clone(), one.value.clone(), one.acts));
    let areas = facets
        .areas
        .iter()
        .map(|one| (one.value.clone(), one.value.clone(), one.acts));
    let years = facets
        .years
        .iter()
        .map(|one| (one.value.to_string(), one.value.to_string(), one.acts));
    let all = [
        facet("loai", "Loại văn bản", kind, kinds.collect()),
        facet(
            "co-quan",
            "Cơ quan ban hành",
            filter.issuer.clone(),
            issuers.collect(),
        ),
        facet("linh-vuc", "Lĩnh vực", filter.area.clone(), areas.collect()),
        facet("nam", "Năm ban hành", year, years.collect()),
    ];
    all.into_iter()
        .filter(|facet| !facet.options.is_empty())
        .collect()
}

/// `counted` are value, label and acts; a choice in force that counts nothing stays to be seen.
fn facet(
    name: &'static str,
    label: &'static str,
    chosen: Option<String>,
    counted: Vec<(String, String, usize)>,
) -> Facet {
    let mut options: Vec<FacetOption> = counted
        .into_iter()
        .map(|(value, label, acts)| FacetOption {
            chosen: chosen.as_ref() == Some(&value),
            label: format!("{label} ({acts})"),
            value,
        })
        .collect();
    if let Some(value) = chosen.filter(|_| !options.iter().any(|option| option.chosen)) {
        options.insert(
            0,
            FacetOption {
                label: value.clone(),
                value,
                chosen: true,
            },
        );
    }
    Facet { name, label, options }
}

fn orders(look: Look, query: &Query) -> Vec<PageLink> {
    [
        (Order::Best, "Đúng nhất trước"),
        (Order::Newest, "Mới ban hành trước"),
        (Order::Oldest, "Cũ trước"),
    ]
    .map(|(order, label)| PageLink {
        label: look.t(label).to_owned(),
        path: address(
            &Query {
                order,
                ..query.clone()
            },
            1,
        ),
        current: order == query.order,
    })
    .into()
}

/// The first, the last, and the neighbours of the current page.
fn page_links(query: &Query, results: &Results) -> Vec<PageLink> {
    if results.pages < 2 {
        return Vec::new();
    }
    let near = results.page.saturating_sub(2)..=results.page + 2;
    (1..=results.pages)
        .filter(|page| *page == 1 || *page == results.pages || near.contains(page))
        .map(|page| PageLink {
            label: page.to_string(),
            path: address(query, page),
            current: page == results.page,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn page_links_keep_the_ends() {
        let query = Query::new("a", jiff::civil::date(2026, 11, 23));
        let results = Results {
            page: 50,
            pages: 100,
            ..Results::default()
        };
        let labels: Vec<String> = page_links(&query, &results)
            .into_iter()
            .map(|link| link.label)
            .collect();
        assert_eq!(labels, ["1", "48", "49", "50", "51", "52", "100"]);
        assert!(
            page_links(
                &query,
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
