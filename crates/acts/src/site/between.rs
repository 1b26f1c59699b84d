//! The text of an act on two days, article by article, with what was taken out and put in.

use askama::Template;
use axum::extract::{Path, Query, State};
use jiff::civil::Date;
use legal::address::{id_of_path, path_of_id};
use legal::compare::{Difference, Unit, compare, units};
use legal::model::{ActText, Language};
use serde::Deserialize;
use web::{Chrome, Look, Page, Problem, Site};

use super::act::{Head, crumbs, found, head};
use super::time::asked_day;
use super::words;
use crate::compare::{Run, Words, word_by_word};
use crate::model::Act;
use crate::store;

/// Changed articles on one page.
const PER_PAGE: usize = 20;

/// Which days, which provision, how.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    tu: String,
    den: String,
    /// Path of a provision (`dieu-5`); empty: the act.
    muc: String,
    /// `hai-cot`: two columns.
    kieu: String,
    trang: String,
}

#[derive(Template)]
#[template(path = "between.html")]
struct Between {
    chrome: Chrome,
    head: Head,
    /// Values of the two fields.
    days: (String, String),
    /// The two days in words.
    names: (String, String),
    muc: String,
    columns: bool,
    /// Addresses of the two ways to show it: in the line, in two columns.
    ways: (String, String),
    /// "5 điều khác nhau", "Nội dung hai ngày giống nhau."
    said: String,
    rows: Vec<Row>,
    before: Option<String>,
    after: Option<String>,
}

/// One changed article.
pub(crate) struct Row {
    id: String,
    pub(crate) heading: String,
    /// Local addresses of the article on the two days; empty where it is not there.
    paths: (String, String),
    pub(crate) what: String,
    pub(crate) words: Words,
    line: Vec<Piece>,
}

/// Words in the line: kept, taken out, or put in.
struct Piece {
    kind: Kind,
    text: String,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Kind {
    Kept,
    Gone,
    New,
}

impl Piece {
    fn is_gone(&self) -> bool {
        self.kind == Kind::Gone
    }

    fn is_new(&self) -> bool {
        self.kind == Kind::New
    }
}

/// `GET /van-ban/{slug}/so-sanh?tu=2018-05-01&den=2026-11-26`
pub async fn page(
    State(site): State<Site>,
    look: Look,
    Path(slug): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Page, Problem> {
    let act = found(&site, &slug).await?;
    if act.translation_only || !act.has_text {
        return Err(Problem::NotFound);
    }
    let today = site.today();
    let passed = act.issued.or(act.in_force).unwrap_or(today);
    let from = asked_day(&asked.tu)?.unwrap_or(passed);
    let until = asked_day(&asked.den)?.unwrap_or(today);
    let within = match asked.muc.as_str() {
        "" => String::new(),
        path => id_of_path(path).ok_or(Problem::NotFound)?,
    };
    let (first, second) = (text(&site, &act, from).await?, text(&site, &act, until).await?);
    let rows = tokio::task::spawn_blocking(move || rows(&first, &second, &within, (from, until), look)).await;
    let all = rows.map_err(Problem::internal)?;
    let number = asked.trang.parse::<usize>().unwrap_or(1).max(1);
    let pages = all.len().div_ceil(PER_PAGE).max(1);
    if number > pages {
        return Err(Problem::NotFound);
    }
    let home = format!("/van-ban/{slug}");
    let columns = asked.kieu == "hai-cot";
    let muc = if asked.muc.is_empty() {
        String::new()
    } else {
        format!("&muc={}", asked.muc)
    };
    let line = format!("{home}/so-sanh?tu={from}&den={until}{muc}");
    let two = format!("{line}&kieu=hai-cot");
    let here = if columns { &two } else { &line };
    let turn = |page: usize| format!("{here}&trang={page}");
    let mut chrome = chrome(&site, look, &act);
    chrome.path = here.clone();
    let shown = Between {
        chrome,
        head: head(&act, &site, look, Language::Vi),
        days: (from.to_string(), until.to_string()),
        names: (words::short_date(from), words::short_date(until)),
        said: match all.len() {
            0 => look.t("Nội dung hai ngày giống nhau.").to_owned(),
            count => look.fill("{} điều khác nhau", &[&count]),
        },
        before: (number > 1).then(|| turn(number - 1)),
        after: (number < pages).then(|| turn(number + 1)),
        rows: all
            .into_iter()
            .skip((number - 1) * PER_PAGE)
            .take(PER_PAGE)
            .map(|row| row.at(&home, (from, until)))
            .collect(),
        muc: asked.muc,
        columns,
        ways: (line, two),
    };
    Ok(Page::html(&shown)?
        .dep(format!("act:{slug}"))
        .fresh_until(site.next_midnight()))
}

async fn text(site: &Site, act: &Act, day: Date) -> Result<ActText, Problem> {
    let text = store::act_text(site.db(), act.id, Language::Vi, day)
        .await
        .map_err(Problem::internal)?;
    text.ok_or(Problem::NotFound)
}

fn chrome(site: &Site, look: Look, act: &Act) -> Chrome {
    let label = look.t("So sánh nội dung hai ngày");
    let path = format!("/van-ban/{}/so-sanh", act.slug);
    let mut chrome = Chrome::new(site, look, path, format!("{label} – {}", words::short(act)));
    chrome.nav = "acts";
    chrome.robots = "noindex";
    chrome.crumbs = crumbs(act, look, Some(label.to_owned()));
    chrome
}

/// The articles that differ between two texts.
pub(crate) fn rows(
    first: &ActText,
    second: &ActText,
    within: &str,
    (from, until): (Date, Date),
    look: Look,
) -> Vec<Row> {
    let (first, second) = (units(first), units(second));
    let (_, differences) = compare(&first, &second);
    let nothing = Unit::default();
    let about =
        |unit: &Unit| within.is_empty() || within == unit.id || within.starts_with(&format!("{}__", unit.id));
    let each = differences.into_iter().filter_map(|one| {
        let (old, new, what) = match one {
            Difference::Words(old, new) => (old, new, String::new()),
            Difference::OnlyFirst(old) => {
                let said = look.fill("Không còn vào ngày {}", &[&words::short_date(until)]);
                (old, &nothing, said)
            }
            Difference::OnlySecond(new) => {
                let said = look.fill("Chưa có vào ngày {}", &[&words::short_date(from)]);
                (&nothing, new, said)
            }
        };
        let own = if old.id.is_empty() { new } else { old };
        about(own).then(|| row(own, (old, new), what, look))
    });
    each.collect()
}

fn row(own: &Unit, (old, new): (&Unit, &Unit), what: String, look: Look) -> Row {
    let words = word_by_word(old, new);
    let mut said = match what.as_str() {
        "" => look.fill("{} chỗ khác nhau", &[&words.places]),
        _ => what,
    };
    if words.cut {
        said = format!("{said}. {}", look.t("Điều dài, chỉ so phần đầu."));
    }
    Row {
        id: own.id.clone(),
        heading: own.heading.clone(),
        paths: (old.id.clone(), new.id.clone()),
        what: said,
        line: in_line(&words),
        words,
    }
}

impl Row {
    /// Ids of the two sides made addresses.
    fn at(mut self, home: &str, (from, until): (Date, Date)) -> Self {
        let path = |id: &str, day: Date| {
            path_of_id(id).map_or_else(String::new, |path| format!("{home}/{path}?ngay={day}"))
        };
        self.paths = (path(&self.paths.0, from), path(&self.paths.1, until));
        self
    }
}

/// Both sides as one run of words: what was taken out stands before what was put in.
fn in_line(words: &Words) -> Vec<Piece> {
    let piece = |kind, run: &Run| Piece {
        kind,
        text: run.text.clone(),
    };
    let (mut old, mut new) = (words.standing.iter().peekable(), words.other.iter().peekable());
    let mut line = Vec::new();
    loop {
        if let Some(run) = old.next_if(|run| run.own) {
            line.push(piece(Kind::Gone, run));
        } else if let Some(run) = new.next_if(|run| run.own) {
            line.push(piece(Kind::New, run));
        } else {
            // Equal runs stand on both sides.
            let (Some(_), Some(run)) = (old.next(), new.next()) else {
                return line;
            };
            line.push(piece(Kind::Kept, run));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_sides_stand_in_one_line() {
        let unit = |text: &str| Unit {
            id: "art_1".into(),
            heading: "Điều 1.".into(),
            text: text.into(),
        };
        let line = in_line(&word_by_word(
            &unit("Mức thu là 100 đồng"),
            &unit("Mức thu là 200 đồng mới"),
        ));
        let said: Vec<(Kind, &str)> = line.iter().map(|one| (one.kind, one.text.as_str())).collect();
        assert_eq!(
            said,
            [
                (Kind::Kept, "Điều 1. Mức thu là"),
                (Kind::Gone, "100"),
                (Kind::New, "200"),
                (Kind::Kept, "đồng"),
                (Kind::New, "mới"),
            ]
        );
    }
}
