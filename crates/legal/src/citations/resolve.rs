//! From what a citation says to ids: filling in what the place implies, and checking it.

use crate::model::ProvisionKind;

use super::places::{Level, Num, Place};
use super::{Index, Status};

/// Where a citation to this act may lead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Found {
    pub id: Option<String>,
    pub status: Status,
}

/// Fills the levels that a citation leaves to its place: "khoản 2" within Điều 7, "Điều này".
/// `main`: the act itself was named ("Luật này"), so that the part does not come from the place.
pub(super) fn complete(mut place: Place, at: &Place, main: bool) -> Place {
    let outer = place.outer();
    if !main {
        let own = outer.is_none_or(|outer| outer != Level::Annex);
        place.attached = at.attached.filter(|_| own);
        if place.get(Level::Annex).is_none() && outer.is_some_and(|outer| outer <= Level::Article) {
            copy(&mut place, at, Level::Annex);
        }
    }
    if outer.is_some_and(|outer| outer < Level::Article) && !main {
        copy(&mut place, at, Level::Article);
        for level in [Level::Section, Level::Part] {
            copy(&mut place, at, level);
        }
        if outer == Some(Level::Point) {
            copy(&mut place, at, Level::Clause);
        }
    }
    let named: Vec<Level> = place
        .named()
        .filter(|(_, n)| **n == Num::This)
        .map(|(l, _)| l)
        .collect();
    for level in named {
        if level <= Level::Article {
            replace(&mut place, at, level);
        }
    }
    if place.get(Level::Annex) == Some(&Num::This) {
        replace(&mut place, at, Level::Annex);
    }
    place
}

/// Takes `level` and what stands above it from the place of the citation.
fn replace(place: &mut Place, at: &Place, level: Level) {
    if let Some(number) = at.get(level) {
        place.set(level, number.clone());
    }
    for above in [Level::Clause, Level::Article, Level::Section, Level::Annex] {
        if above > level {
            copy(place, at, above);
        }
    }
}

fn copy(place: &mut Place, at: &Place, level: Level) {
    if let (None, Some(number)) = (place.get(level), at.get(level)) {
        place.set(level, number.clone());
    }
}

/// Looks a completed place up in the act.
pub(super) fn look_up(place: &Place, at: &str, index: Option<&Index<'_>>) -> Found {
    if let Some((level, rest)) = group_said_this(place) {
        return enclosing(level, rest, at, index);
    }
    if let (Some(Num::Nth(_)), Some(index)) = (place.get(Level::Annex), index) {
        return within_appendix(place, at, index);
    }
    let Some(id) = place.id() else {
        return found(None, Status::Ambiguous);
    };
    let Some(index) = index else {
        return found(Some(id), Status::Pending);
    };
    if place.get(Level::Annex).is_some() {
        return in_appendix(place, id, index);
    }
    if index.has(&id) {
        let status = if index.is_doubled(&id) {
            Status::Ambiguous
        } else {
            Status::Resolved
        };
        return found(Some(id), status);
    }
    if place.get(Level::Article).is_none() {
        return one_of(index.ending(&id), id);
    }
    let other = without_clause(place, index).or_else(|| numbered_point(place, index));
    other.unwrap_or_else(|| found(Some(id), Status::Dangling))
}

/// A point cited within a clause may be one of the article itself.
fn without_clause(place: &Place, index: &Index<'_>) -> Option<Found> {
    place.get(Level::Point)?;
    let clause = place.get(Level::Clause)?;
    let article = Place::of_id(&place.id()?);
    let mut bare = Place::of_attached(article.attached);
    for level in [Level::Point, Level::Article] {
        copy(&mut bare, place, level);
    }
    let id = bare.id()?;
    (index.has(&id) && *clause != Num::This && !index.has(place.id()?.rsplit_once("__")?.0))
        .then(|| found(Some(id), Status::Resolved))
}

/// "điểm 3 Điều 157": older words for what is numbered like a khoản.
fn numbered_point(place: &Place, index: &Index<'_>) -> Option<Found> {
    let Some(Num::Of(number)) = place.get(Level::Point) else {
        return None;
    };
    let figures = number.bytes().all(|b| b.is_ascii_digit());
    let mut clause = Place::of_attached(place.attached);
    copy(&mut clause, place, Level::Article);
    clause.set(Level::Clause, Num::Of(number.clone()));
    let id = clause.id()?;
    (figures && place.get(Level::Clause).is_none() && index.has(&id))
        .then(|| found(Some(id), Status::Resolved))
}

/// A provision of the appendix that holds the citation, which is text more often than provisions:
/// then the appendix is what can be shown. "Điều 3" is its own where it prints such a heading, as forms do.
fn within_appendix(place: &Place, at: &str, index: &Index<'_>) -> Found {
    let part = at.split("__").next().unwrap_or(at);
    if let Some(id) = place.id().filter(|id| index.has(id)) {
        return found(Some(id), Status::Resolved);
    }
    match place.get(Level::Article) {
        Some(Num::Of(number)) if !index.prints_article(part, number) => found(place.id(), Status::Dangling),
        _ => found(Some(part.to_owned()), Status::Resolved),
    }
}

fn in_appendix(place: &Place, id: String, index: &Index<'_>) -> Found {
    let number = match place.get(Level::Annex) {
        Some(Num::Of(number)) => Some(number.as_str()),
        _ => None,
    };
    let parts = index.appendices(number);
    let below = id.split_once("__").map(|(_, below)| below);
    match parts.as_slice() {
        [] if index.has(&id) => found(Some(id), Status::Resolved),
        [] => found(Some(id), Status::Dangling),
        [part] => {
            let full = below.map_or_else(|| (*part).to_owned(), |below| format!("{part}__{below}"));
            let known = below.is_none() || index.has(&full);
            // An appendix is text more often than provisions: the appendix itself is what can be shown.
            if known {
                found(Some(full), Status::Resolved)
            } else {
                found(Some((*part).to_owned()), Status::Resolved)
            }
        }
        _ => found(None, Status::Ambiguous),
    }
}

/// "Chương này", "Mục 2 Chương này".
fn group_said_this(place: &Place) -> Option<(Level, Option<String>)> {
    if place.get(Level::Article).is_some() {
        return None;
    }
    let groups = [Level::Subsection, Level::Section, Level::Chapter, Level::Part];
    let level = groups
        .into_iter()
        .find(|level| place.get(*level) == Some(&Num::This))?;
    let mut below = Place::default();
    for (inner, number) in place.named().filter(|(inner, _)| *inner < level) {
        below.set(inner, number.clone());
    }
    Some((level, below.id()))
}

fn enclosing(level: Level, below: Option<String>, at: &str, index: Option<&Index<'_>>) -> Found {
    let kind = match level {
        Level::Part => ProvisionKind::Part,
        Level::Chapter => ProvisionKind::Chapter,
        Level::Section => ProvisionKind::Section,
        _ => ProvisionKind::Subsection,
    };
    let Some(index) = index else {
        return found(None, Status::Pending);
    };
    let Some(group) = index.enclosing(at, kind) else {
        return if index.is_appendix(at) {
            found(Some(at.to_owned()), Status::Resolved)
        } else {
            found(None, Status::Dangling)
        };
    };
    match below {
        None => found(Some(group.to_owned()), Status::Resolved),
        Some(below) => {
            let id = format!("{group}__{below}");
            let status = if index.has(&id) {
                Status::Resolved
            } else {
                Status::Dangling
            };
            found(Some(id), status)
        }
    }
}

fn one_of(ids: Vec<&str>, said: String) -> Found {
    match ids.as_slice() {
        [] => found(Some(said), Status::Dangling),
        [id] => found(Some((*id).to_owned()), Status::Resolved),
        _ => found(None, Status::Ambiguous),
    }
}

pub(super) fn found(id: Option<String>, status: Status) -> Found {
    Found { id, status }
}
