//! A cited provision in a few lines of plain text, for the window that a script opens in place.

use axum::http::HeaderValue;
use axum::http::header::HeaderName;
use legal::model::{Block, Provision, ProvisionKind};
use web::{Look, Page, Site};

use super::standing::{changes_by_date, standing};
use super::words;
use crate::model::Act;

/// Characters of a provision that are shown in place; the rest is on its page.
const MOST: usize = 1_500;
/// Said of text that is not exact.
const RECOGNISED: &str = "(Văn bản do máy nhận dạng, có thể có chữ sai.)";
const ROBOTS: HeaderName = HeaderName::from_static("x-robots-tag");

/// The title line, then a paragraph a line.
pub fn page(site: &Site, act: &Act, title: &str, lines: &[String]) -> Page {
    let recognised = act.confidence.map(|_| RECOGNISED);
    let body = std::iter::once(title)
        .chain(recognised)
        .chain(lines.iter().map(String::as_str))
        .collect::<Vec<_>>()
        .join("\n");
    let page = Page::bytes("text/plain; charset=utf-8", body)
        .header(ROBOTS, HeaderValue::from_static("noindex"))
        .dep(format!("act:{}", act.slug));
    if changes_by_date(act, site.today()) {
        page.fresh_until(site.next_midnight())
    } else {
        page
    }
}

/// An act as a whole: its state, when it was issued and by whom.
pub fn of_act(site: &Site, look: Look, act: &Act) -> Page {
    let standing = standing(act, site.today(), look);
    let state = format!("{} {}", look.t(standing.label), standing.since);
    let issued = act
        .issued
        .map(|day| look.fill("Ban hành {}", &[&words::short_date(day)]));
    let issuers = (!act.issuers.is_empty()).then(|| act.issuers.join(", "));
    let lines: Vec<String> = [Some(state), issued, issuers].into_iter().flatten().collect();
    page(site, act, &words::one_line(act), &lines)
}

/// The paragraphs of a provision and of what stands in it, cut after some lines.
pub fn lines(run: &[Provision]) -> Vec<String> {
    let mut out = Vec::new();
    let mut left = MOST;
    for (at, provision) in run.iter().enumerate() {
        for line in lines_of(provision, at > 0) {
            if left == 0 {
                out.push("…".to_owned());
                return out;
            }
            left = left.saturating_sub(line.chars().count());
            out.push(line);
        }
    }
    out
}

fn lines_of(provision: &Provision, inside: bool) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let sign = match provision.kind {
        ProvisionKind::Clause => ". ",
        ProvisionKind::Point => ") ",
        _ => "",
    };
    if inside && sign.is_empty() {
        let heading = provision.heading.as_deref().unwrap_or_default();
        let level = legal::cite::level(provision.kind);
        lines.push(format!("{level} {}. {heading}", provision.number));
    }
    let texts = provision.blocks.iter().filter_map(|block| match block {
        Block::Para(para) => Some(para.text.clone()),
        _ => None,
    });
    lines.extend(texts);
    if let (Some(first), false) = (lines.first_mut(), sign.is_empty()) {
        *first = format!("{}{sign}{first}", provision.number);
    }
    lines
}
