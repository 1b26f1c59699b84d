//! The originals of an act beside each other, article by article.

use askama::Template;
use axum::extract::{Path, Query, State};
use legal::address::path_of_id;
use legal::compare::{Difference, Unit, words};
use serde::Deserialize;
use web::{Chrome, Look, Page, Problem, Site};

use super::act::{Head, crumbs, found, head};
use super::words as say;
use crate::compare::{self, Run, word_by_word};
use crate::downloads::main_language;
use crate::model::{Act, Original};

/// Differing articles on one page.
const PER_PAGE: usize = 20;
/// Words shown of an article that only one original has.
const LONE: usize = 120;

/// Which original, which page.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    tep: String,
    trang: String,
}

#[derive(Template)]
#[template(path = "compare.html")]
struct Compare {
    chrome: Chrome,
    head: Head,
    /// The original whose text stands.
    standing: String,
    /// The others: name, address here, whether it is the one shown.
    others: Vec<(String, String, bool)>,
    /// The comparison with the one shown; `None` where its text is not kept.
    shown: Option<Shown>,
}

struct Shown {
    /// Name of the other original.
    other: String,
    /// What was counted, a sentence each.
    counts: Vec<String>,
    rows: Vec<Row>,
    before: Option<String>,
    after: Option<String>,
}

/// One article that differs.
struct Row {
    id: String,
    heading: String,
    /// Local address of the article as it stands; empty where it does not.
    path: String,
    /// "3 chỗ khác nhau", "Chỉ có trong …".
    what: String,
    /// Empty where the article is missing there.
    standing: Vec<Run>,
    other: Vec<Run>,
}

/// `GET /van-ban/{slug}/ban-goc/so-sanh`
pub async fn page(
    State(site): State<Site>,
    look: Look,
    Path(slug): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Page, Problem> {
    let act = found(&site, &slug).await?;
    let language = main_language(&act);
    let originals = compare::comparable(site.db(), &act, language)
        .await
        .map_err(Problem::internal)?;
    let standing = originals.iter().find(|one| one.stands).ok_or(Problem::NotFound)?;
    let others: Vec<&Original> = originals.iter().filter(|one| !one.stands).collect();
    let other = match asked.tep.as_str() {
        "" => others.first(),
        key => others.iter().find(|one| key_of(one) == key),
    };
    let other = *other.ok_or(Problem::NotFound)?;
    let here = format!("/van-ban/{slug}/ban-goc/so-sanh?tep=");
    let shown = match compare::pair(site.db(), &act, standing, other)
        .await
        .map_err(Problem::internal)?
    {
        Some(pair) => {
            let number = asked.trang.parse::<usize>().unwrap_or(1).max(1);
            let path = format!("{here}{}", key_of(other));
            let shown = tokio::task::spawn_blocking(move || shown(&pair, number, &path, look)).await;
            Some(shown.map_err(Problem::internal)??)
        }
        None => None,
    };
    let link = |one: &&Original| {
        (
            name(one, look),
            format!("{here}{}", key_of(one)),
            key_of(one) == key_of(other),
        )
    };
    let compared = Compare {
        chrome: chrome(&site, look, &act),
        head: head(&act, &site, look, language),
        standing: name(standing, look),
        others: others.iter().map(link).collect(),
        shown,
    };
    Ok(Page::html(&compared)?
        .dep(format!("act:{slug}"))
        .fresh_until(site.next_midnight()))
}

/// The word for an original in addresses.
fn key_of(one: &Original) -> String {
    if one.item == 0 {
        one.sha256.clone()
    } else {
        format!("{}-{}", one.sha256, one.item)
    }
}

/// "luat.pdf (PDF)", with how far it is trusted where a machine recognised it.
fn name(one: &Original, look: Look) -> String {
    let trust = one
        .confidence
        .map(|percent| format!(", {}", look.fill("độ tin cậy {} %", &[&percent])));
    format!(
        "{} ({}{})",
        one.file_name,
        one.format.to_uppercase(),
        trust.unwrap_or_default()
    )
}

fn chrome(site: &Site, look: Look, act: &Act) -> Chrome {
    let label = look.t("So sánh các bản gốc");
    let path = format!("/van-ban/{}/ban-goc/so-sanh", act.slug);
    let mut chrome = Chrome::new(site, look, path, format!("{label} – {}", say::short(act)));
    chrome.nav = "acts";
    chrome.robots = "noindex";
    chrome.crumbs = crumbs(act, look, Some(label.to_owned()));
    chrome
}

fn shown(pair: &compare::Pair, number: usize, path: &str, look: Look) -> Result<Shown, Problem> {
    let (equal, differences) = pair.differences();
    let pages = differences.len().div_ceil(PER_PAGE).max(1);
    if number > pages {
        return Err(Problem::NotFound);
    }
    let count = |test: fn(&Difference<'_>) -> bool| differences.iter().filter(|one| test(one)).count();
    let sentences = [
        ("{} điều giống nhau", equal),
        (
            "{} điều khác nhau",
            count(|one| matches!(one, Difference::Words(..))),
        ),
        (
            "{} điều chỉ có trong bản đang hiển thị",
            count(|one| matches!(one, Difference::OnlyFirst(_))),
        ),
        (
            "{} điều chỉ có trong bản được so",
            count(|one| matches!(one, Difference::OnlySecond(_))),
        ),
    ];
    let said = sentences.iter().filter(|(_, count)| *count > 0);
    let turn = |page: usize| format!("{path}&trang={page}");
    let act = path.split("/ban-goc/").next().unwrap_or_default();
    let on_page = differences.iter().skip((number - 1) * PER_PAGE).take(PER_PAGE);
    Ok(Shown {
        other: name(&pair.other, look),
        counts: said
            .map(|(sentence, count)| look.fill(sentence, &[count]))
            .collect(),
        rows: on_page.map(|one| row(one, act, look)).collect(),
        before: (number > 1).then(|| turn(number - 1)),
        after: (number < pages).then(|| turn(number + 1)),
    })
}

fn row(difference: &Difference<'_>, act: &str, look: Look) -> Row {
    let path = |unit: &Unit| path_of_id(&unit.id).map_or_else(String::new, |path| format!("{act}/{path}"));
    match difference {
        Difference::Words(first, second) => {
            let found = word_by_word(first, second);
            let mut what = look.fill("{} chỗ khác nhau", &[&found.places]);
            if found.cut {
                what = format!("{what}. {}", look.t("Điều dài, chỉ so phần đầu."));
            }
            Row {
                id: first.id.clone(),
                heading: first.heading.clone(),
                path: path(first),
                what,
                standing: found.standing,
                other: found.other,
            }
        }
        Difference::OnlyFirst(unit) => Row {
            id: unit.id.clone(),
            heading: unit.heading.clone(),
            path: path(unit),
            what: look.t("Chỉ có trong bản đang hiển thị").to_owned(),
            standing: vec![lone(unit)],
            other: Vec::new(),
        },
        Difference::OnlySecond(unit) => Row {
            id: unit.id.clone(),
            heading: unit.heading.clone(),
            path: String::new(),
            what: look.t("Chỉ có trong bản được so").to_owned(),
            standing: Vec::new(),
            other: vec![lone(unit)],
        },
    }
}

/// The beginning of an article that only one original has.
fn lone(unit: &Unit) -> Run {
    let all = words(&unit.text);
    let mut text = all
        .iter()
        .take(LONE)
        .map(String::as_str)
        .collect::<Vec<_>>()
        .join(" ");
    if all.len() > LONE {
        text.push_str(" …");
    }
    Run { text, own: false }
}
