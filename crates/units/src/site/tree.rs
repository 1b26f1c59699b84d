//! The way into the tree: the units at its top on a day, and the search by name.

use askama::Template;
use axum::extract::{Query, State};
use jiff::civil::Date;
use serde::Deserialize;
use web::{Chrome, Crumb, Look, Page, Problem, Site};

use super::words::{self, Group, Item};
use crate::model::Kind;
use crate::store::{self, Found};

/// Search results on one page.
const PER_PAGE: u32 = 30;
/// Longest search, in characters.
const LONGEST: usize = 80;

/// What an address asks for. Anything that names nothing is passed over.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    q: String,
    ngay: String,
    trang: String,
}

#[derive(Template)]
#[template(path = "units.html")]
struct Tree {
    chrome: Chrome,
    sought: String,
    /// Chosen day as a form has it, and in words.
    day: String,
    day_shown: String,
    /// Links to the structures: words, address, whether it is the one shown.
    structures: Vec<(String, String, bool)>,
    /// True before the first day of which changes are recorded.
    before_records: Option<String>,
    groups: Vec<Group>,
    found: Vec<Item>,
    count: String,
    /// Addresses of the page before and after.
    before: Option<String>,
    after: Option<String>,
}

/// `GET /don-vi`; `q=` a name, `ngay=2025-06-30` the day, `trang=2`.
pub async fn page(State(site): State<Site>, look: Look, Query(asked): Query<Asked>) -> Result<Page, Problem> {
    let (db, today) = (site.db(), site.today());
    let sought: String = asked.q.trim().chars().take(LONGEST).collect();
    let chosen = words::asked_day(&asked.ngay).filter(|day| *day != today);
    let day = chosen.unwrap_or(today);
    let kinds = store::kinds(db).await.map_err(Problem::internal)?;
    let number: u32 = asked.trang.parse().unwrap_or(1).clamp(1, 1_000);
    let offset = (number - 1) * PER_PAGE;
    let found = store::unit_search(db, &sought, day, PER_PAGE, offset);
    let (found, total) = found.await.map_err(Problem::internal)?;
    if found.is_empty() && number > 1 {
        return Err(Problem::NotFound);
    }
    let top = match sought.is_empty() {
        true => store::children(db, None, day).await.map_err(Problem::internal)?,
        false => Vec::new(),
    };
    let border = store::structure_break(db).await.map_err(Problem::internal)?;
    let other = |number: u32| address(&sought, chosen, number);
    let tree = Tree {
        chrome: chrome(&site, look, address(&sought, chosen, number)),
        day: day.to_string(),
        day_shown: look.fill("Cơ cấu tại ngày {}.", &[&words::day(day)]),
        structures: structures(border, day, today, look),
        before_records: border.filter(|border| day < *border).and_then(|border| {
            let last = border.yesterday().ok()?;
            let sentence =
                "Dữ liệu cơ cấu cũ phản ánh tình trạng đến ngày {}; các lần sắp xếp trước đó chưa được ghi.";
            Some(look.fill(sentence, &[&words::day(last)]))
        }),
        groups: words::groups(top, &kinds, look, chosen),
        found: found.iter().map(|one| item(one, &kinds, day, look)).collect(),
        count: look.fill("{} đơn vị", &[&total]),
        before: (number > 1).then(|| other(number - 1)),
        after: (u64::from(number) * u64::from(PER_PAGE) < total).then(|| other(number + 1)),
        sought,
    };
    Ok(Page::html(&tree)?
        .dep("units")
        .dep("unit_kinds")
        .fresh_until(site.next_midnight()))
}

/// The structure of today and the one before the day on which most changed.
fn structures(border: Option<Date>, day: Date, today: Date, look: Look) -> Vec<(String, String, bool)> {
    let Some((border, last)) = border.and_then(|border| Some((border, border.yesterday().ok()?))) else {
        return Vec::new();
    };
    vec![
        (
            look.fill("Cơ cấu mới (từ {})", &[&words::day(border)]),
            address("", None, 1),
            day == today && today >= border,
        ),
        (
            look.fill("Cơ cấu cũ (đến {})", &[&words::day(last)]),
            address("", Some(last), 1),
            day == last,
        ),
    ]
}

fn item(found: &Found, kinds: &[Kind], day: Date, look: Look) -> Item {
    let mut notes = vec![words::kind(&found.state.kind, kinds, look).to_owned()];
    notes.extend(found.parent.clone());
    // A name that no longer holds, or not yet, is told with its time.
    if !found.during.holds(day) {
        notes.push(words::span(found.during, look));
    }
    Item {
        name: words::name(&found.state, look).to_owned(),
        path: words::path(&found.slug, None),
        note: notes.join(" · "),
    }
}

fn address(sought: &str, day: Option<Date>, page: u32) -> String {
    let mut pairs = Vec::new();
    if !sought.is_empty() {
        pairs.push(format!("q={}", words::in_address(sought)));
    }
    pairs.extend(day.map(|day| format!("ngay={day}")));
    if page > 1 {
        pairs.push(format!("trang={page}"));
    }
    match pairs.is_empty() {
        true => "/don-vi".to_owned(),
        false => format!("/don-vi?{}", pairs.join("&")),
    }
}

fn chrome(site: &Site, look: Look, path: String) -> Chrome {
    let title = look.t("Các đơn vị").to_owned();
    let mut chrome = Chrome::new(site, look, path, title.clone());
    chrome.description = look
        .t("Đơn vị hành chính và cơ quan, tổ chức: cơ cấu hiện nay và trước đây, tên cũ, nơi liên hệ.")
        .to_owned();
    chrome.crumbs = vec![
        Crumb {
            label: look.t("Trang chủ").to_owned(),
            path: Some("/".to_owned()),
        },
        Crumb {
            label: title,
            path: None,
        },
    ];
    chrome
}
