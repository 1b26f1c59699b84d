//! Pages about the interface itself: all components on one page, and the choice of look.

use askama::Template;
use axum::extract::{Query, State};
use jiff::civil::date;
use legal::validity::Status;
use serde::Deserialize;
use web::{Chrome, Crumb, Look, Page, Problem, Site};

use super::item::Item;
use super::standing::Standing;

#[derive(Template)]
#[template(path = "components.html")]
struct Components {
    chrome: Chrome,
    states: Vec<Standing>,
    items: Vec<Item>,
}

#[derive(Template)]
#[template(path = "look.html")]
struct LookPage {
    chrome: Chrome,
    /// Where the form returns to.
    back: String,
    themes: [(&'static str, &'static str); 3],
    sizes: [(&'static str, &'static str); 3],
}

/// Where the reader came from.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct From {
    ve: String,
}

/// `GET /thanh-phan`
pub async fn components(State(site): State<Site>, look: Look) -> Result<Page, Problem> {
    let states = Status::ALL;
    let standing = |status: Status| Standing {
        slug: status.slug(),
        label: status.label(),
        since: look.fill("từ {}", &[&super::words::long_date(date(2017, 1, 1), look)]),
        note: String::new(),
    };
    let example = |status: Status| Item {
        path: "/thanh-phan".to_owned(),
        name: "Bộ luật Dân sự".to_owned(),
        rest: "số 91/2015/QH13".to_owned(),
        lang: "vi",
        issuers: "Quốc hội".to_owned(),
        issued: "24/11/2015".to_owned(),
        standing: standing(status),
        bare: false,
        recognised: false,
    };
    let mut chrome = framed(&site, look, "/thanh-phan", "Thành phần giao diện");
    chrome.robots = "noindex";
    let items = states[..2].iter().copied().map(example).collect();
    Page::html(&Components {
        chrome,
        states: states.into_iter().map(standing).collect(),
        items,
    })
}

/// `GET /giao-dien`
pub async fn choose(State(site): State<Site>, look: Look, Query(from): Query<From>) -> Result<Page, Problem> {
    let local = from.ve.starts_with('/') && !from.ve.starts_with("//") && !from.ve.contains('\\');
    let mut chrome = framed(&site, look, "/giao-dien", "Giao diện và cỡ chữ");
    chrome.robots = "noindex";
    let page = LookPage {
        back: if local { from.ve } else { look.href("/") },
        themes: [
            ("auto", "Theo thiết bị"),
            ("light", "Nền sáng"),
            ("dark", "Nền tối"),
        ],
        sizes: [
            ("normal", "Thường"),
            ("large", "Lớn (125 %)"),
            ("larger", "Rất lớn (156 %)"),
        ],
        chrome,
    };
    Page::html(&page)
}

fn framed(site: &Site, look: Look, path: &str, title: &str) -> Chrome {
    let mut chrome = Chrome::new(site, look, path, look.t(title));
    chrome.crumbs = vec![
        Crumb {
            label: look.t("Trang chủ").to_owned(),
            path: Some("/".to_owned()),
        },
        Crumb {
            label: look.t(title).to_owned(),
            path: None,
        },
    ];
    chrome
}
