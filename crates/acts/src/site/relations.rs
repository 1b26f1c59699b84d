//! Relations of an act to others, in both directions.

mod draw;

use askama::Template;
use axum::extract::{Path, Query, State};
use legal::relations::RelationKind;
use web::{Chrome, Look, Page, Problem, Site};

use super::act::{Asked, Head, crumbs, found, head};
use super::words;
use crate::downloads::main_language;
use crate::model::Act;
use crate::places::{address, place};
use crate::store::{self, Related, Side};
use draw::{Drawing, draw};

/// Relations of one kind and direction shown at once; the others stand on further pages.
const PER_PAGE: usize = 50;

#[derive(Template)]
#[template(path = "relations.html")]
struct Relations {
    chrome: Chrome,
    head: Head,
    groups: Vec<Group>,
    /// On the first page.
    drawings: Vec<Drawing>,
    /// Local addresses of the page before and after.
    before: Option<String>,
    after: Option<String>,
}

/// The relations of one kind and direction.
struct Group {
    /// "Thay thế", "Bị thay thế bởi".
    label: &'static str,
    /// Anchor.
    id: String,
    /// What this act suffers rather than does.
    passive: bool,
    /// How many there are on all pages.
    count: usize,
    /// Those of this page.
    lines: Vec<Line>,
}

struct Line {
    name: String,
    /// What the act is called in the drawing.
    short: String,
    /// Empty where the act is not here.
    path: String,
    /// "29/11/2013".
    issued: String,
    /// "khoản 2 Điều 5, Điều 7".
    parts: String,
    evidence: String,
    /// Label and local address of the provision that says so.
    said: (String, String),
}

/// `GET /van-ban/{slug}/quan-he`
pub async fn page(
    State(site): State<Site>,
    look: Look,
    Path(slug): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Page, Problem> {
    let act = found(&site, &slug).await?;
    let mut groups = Vec::new();
    for side in [Side::Acting, Side::Suffering] {
        let all = store::relations(site.db(), act.id, side)
            .await
            .map_err(Problem::internal)?;
        groups.extend(grouped(&act, &all, side));
    }
    let number = asked.trang.parse::<usize>().unwrap_or(1).max(1);
    let pages = groups.iter().map(|group| group.count.div_ceil(PER_PAGE)).max();
    let pages = pages.unwrap_or(1).max(1);
    if number > pages {
        return Err(Problem::NotFound);
    }
    let drawings = if number == 1 {
        draw(&groups, &drawn_name(&act), look)
    } else {
        Vec::new()
    };
    for group in &mut groups {
        group.lines = std::mem::take(&mut group.lines)
            .into_iter()
            .skip((number - 1) * PER_PAGE)
            .take(PER_PAGE)
            .collect();
    }
    groups.retain(|group| !group.lines.is_empty());
    let here = |page: usize| format!("/van-ban/{slug}/quan-he?trang={page}");
    let shown = Relations {
        chrome: chrome(&site, look, &act),
        head: head(&act, &site, look, main_language(&act)),
        groups,
        drawings,
        before: (number > 1).then(|| here(number - 1)),
        after: (number < pages).then(|| here(number + 1)),
    };
    let page = ["act", "links", "cited"]
        .iter()
        .fold(Page::html(&shown)?, |page, kind| {
            page.dep(format!("{kind}:{slug}"))
        });
    Ok(page.fresh_until(site.next_midnight()))
}

fn chrome(site: &Site, look: Look, act: &Act) -> Chrome {
    let label = look.t("Quan hệ với văn bản khác");
    let title = format!("{label} – {}", words::short(act));
    let mut chrome = Chrome::new(site, look, format!("/van-ban/{}/quan-he", act.slug), title);
    chrome.nav = "acts";
    chrome.crumbs = crumbs(act, look, Some(label.to_owned()));
    chrome
}

/// Kinds in their order, each with everything it holds.
fn grouped(own: &Act, all: &[Related], side: Side) -> Vec<Group> {
    let passive = side == Side::Suffering;
    let one = |group: &[Related]| {
        let kind = group.first().map_or(RelationKind::Relates, |one| one.kind);
        Group {
            label: if passive { kind.passive() } else { kind.label() },
            id: viet::slug(if passive { kind.passive() } else { kind.label() }),
            passive,
            count: group.len(),
            lines: group.iter().map(|one| line(own, one, side)).collect(),
        }
    };
    all.chunk_by(|a, b| a.kind == b.kind).map(one).collect()
}

fn line(own: &Act, one: &Related, side: Side) -> Line {
    let other = one.act.as_ref();
    // The words that say so stand in the act that acts.
    let speaker = if side == Side::Acting { Some(own) } else { other };
    let said = speaker.filter(|_| !one.place.is_empty()).map(|act| {
        let path = format!("/van-ban/{}", act.slug);
        (place(&one.place), address(&path, &one.place))
    });
    let parts: Vec<String> = one.provisions.iter().map(|id| place(id)).collect();
    Line {
        name: other.map_or_else(|| one.label.clone(), words::one_line),
        short: other.map_or_else(|| one.label.clone(), drawn_name),
        path: other.map_or_else(String::new, |act| format!("/van-ban/{}", act.slug)),
        issued: other
            .and_then(|act| act.issued)
            .map(words::short_date)
            .unwrap_or_default(),
        parts: parts.join(", "),
        evidence: one.evidence.clone(),
        said: said.unwrap_or_default(),
    }
}

/// What an act is called in the drawing: laws of one name are told apart by their numbers.
fn drawn_name(act: &Act) -> String {
    let short = words::short(act);
    match &act.number {
        Some(number) if !short.contains(number.as_str()) => {
            let both = format!("{short} {number}");
            if both.chars().count() <= draw::LETTERS {
                both
            } else {
                format!("{} {number}", act.kind.label())
            }
        }
        _ => short,
    }
}
