//! The glossary: words that acts define, by letter, each with its definitions side by side.

use std::collections::HashMap;

use askama::Template;
use axum::extract::{Query, State};
use serde::Deserialize;
use web::{Chrome, Crumb, Look, Page, Problem, Site};

use super::words;
use crate::model::Act;
use crate::places::{address, place};
use crate::store::{self, Defined, Term};

/// Words on one page.
const PER_PAGE: usize = 25;
/// Letters of the alphabet; what begins with something else stands under "#".
const LETTERS: &str = "AĂÂBCDĐEÊGHIKLMNOÔƠPQRSTUƯVXY";
/// Longest search, in characters.
const LONGEST: usize = 80;

/// What an address asks for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    chu: String,
    q: String,
    trang: String,
}

#[derive(Template)]
#[template(path = "glossary.html")]
struct Glossary {
    chrome: Chrome,
    /// Letter, whether it is the one shown.
    letters: Vec<(String, bool)>,
    letter: String,
    sought: String,
    /// "1.234 từ ngữ".
    count: String,
    entries: Vec<Entry>,
    /// Numbers of the page before and after.
    before: Option<usize>,
    after: Option<usize>,
}

struct Entry {
    term: String,
    meanings: Vec<Meaning>,
}

struct Meaning {
    /// Paragraphs.
    body: Vec<String>,
    act: String,
    /// "khoản 2 Điều 3" and its local address.
    source: (String, String),
}

/// `GET /thuat-ngu`; `chu=Đ` a letter, `q=` words, `trang=2`.
pub async fn page(State(site): State<Site>, look: Look, Query(asked): Query<Asked>) -> Result<Page, Problem> {
    let db = site.db();
    let known = store::glossary_letters(db).await.map_err(Problem::internal)?;
    let known: HashMap<String, u64> = known.into_iter().collect();
    let sought: String = asked.q.trim().chars().take(LONGEST).collect();
    let letter = chosen(&asked.chu, &known);
    let terms = store::glossary_terms(db, &letter, &sought)
        .await
        .map_err(Problem::internal)?;
    let number = asked.trang.parse::<usize>().unwrap_or(1).max(1);
    let pages = terms.len().div_ceil(PER_PAGE).max(1);
    if number > pages {
        return Err(Problem::NotFound);
    }
    let shown: Vec<&Term> = terms
        .iter()
        .skip((number - 1) * PER_PAGE)
        .take(PER_PAGE)
        .collect();
    let keys: Vec<String> = shown.iter().map(|term| term.key.clone()).collect();
    let meanings = store::meanings(db, &keys).await.map_err(Problem::internal)?;
    let glossary = Glossary {
        chrome: chrome(&site, look, &sought),
        letters: letters(&known, &letter, sought.is_empty()),
        count: look.fill("{} từ ngữ", &[&words::number(terms.len() as u64, look)]),
        entries: shown.iter().map(|term| entry(term, &meanings)).collect(),
        before: (number > 1).then(|| number - 1),
        after: (number < pages).then(|| number + 1),
        letter,
        sought,
    };
    Ok(Page::html(&glossary)?.dep("acts").dep("citeds"))
}

/// The letter asked for, else the first that has words.
fn chosen(asked: &str, known: &HashMap<String, u64>) -> String {
    let asked = asked.trim().to_uppercase();
    if known.contains_key(&asked) {
        return asked;
    }
    let first = LETTERS
        .chars()
        .map(String::from)
        .find(|letter| known.contains_key(letter));
    first.unwrap_or_else(|| "A".to_owned())
}

fn letters(known: &HashMap<String, u64>, chosen: &str, by_letter: bool) -> Vec<(String, bool)> {
    let all = LETTERS.chars().map(String::from);
    all.filter(|letter| known.contains_key(letter))
        .map(|letter| {
            let current = by_letter && letter == chosen;
            (letter, current)
        })
        .collect()
}

fn entry(term: &Term, meanings: &[(String, Defined, Act)]) -> Entry {
    let own = meanings.iter().filter(|(key, ..)| *key == term.key);
    Entry {
        term: term.term.clone(),
        meanings: own.map(|(_, defined, act)| meaning(defined, act)).collect(),
    }
}

fn meaning(defined: &Defined, act: &Act) -> Meaning {
    let path = format!("/van-ban/{}", act.slug);
    Meaning {
        body: defined.body.lines().map(str::to_owned).collect(),
        act: words::one_line(act),
        source: (place(&defined.place), address(&path, &defined.place)),
    }
}

fn chrome(site: &Site, look: Look, sought: &str) -> Chrome {
    let title = look.t("Thuật ngữ pháp luật");
    let mut chrome = Chrome::new(site, look, "/thuat-ngu", title);
    chrome.nav = "terms";
    if !sought.is_empty() {
        chrome.robots = "noindex";
    }
    chrome.description = look
        .t("Từ ngữ được giải thích trong các văn bản quy phạm pháp luật, kèm điều khoản giải thích.")
        .to_owned();
    chrome.crumbs = vec![
        Crumb {
            label: look.t("Trang chủ").to_owned(),
            path: Some("/".to_owned()),
        },
        Crumb {
            label: title.to_owned(),
            path: None,
        },
    ];
    chrome
}
