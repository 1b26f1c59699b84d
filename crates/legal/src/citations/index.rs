//! What an act has to cite: its provisions and parts, by id and by number.

use std::collections::{HashMap, HashSet};

use crate::address::ascii_number;
use crate::model::{ActText, Block, Part, PartKind, Provision};
use crate::structure::head;

use super::places::group_number;

/// The provisions and parts of one act, looked up in constant time.
#[derive(Clone, Debug, Default)]
pub struct Index<'a> {
    provisions: HashMap<&'a str, &'a Provision>,
    /// Group ids by their last segment (`chp_2`), and by their last two.
    groups: HashMap<&'a str, Vec<&'a str>>,
    /// Appendices: id and number as ids write it.
    appendices: Vec<(&'a str, Option<String>)>,
    attached: Vec<(&'a str, String)>,
    /// Articles that appendices print as text: part and number as ids write it.
    printed: HashSet<(&'a str, String)>,
}

impl<'a> Index<'a> {
    /// Indexes `act`.
    #[must_use]
    pub fn new(act: &'a ActText) -> Self {
        let mut index = Self {
            provisions: act.provisions.iter().map(|p| (p.id.as_str(), p)).collect(),
            ..Self::default()
        };
        for provision in &act.provisions {
            if let Some((_, last)) = provision
                .id
                .rsplit_once("__")
                .or(Some(("", provision.id.as_str())))
            {
                index.groups.entry(last).or_default().push(&provision.id);
            }
        }
        for part in &act.parts {
            match part.kind {
                PartKind::Main => {}
                PartKind::Attached => index.attached.push((&part.id, part.title.to_lowercase())),
                PartKind::Appendix => {
                    let number = part.number.as_deref().and_then(printed_number);
                    index.appendices.push((&part.id, number));
                    index.printed.extend(printed_articles(part));
                }
            }
        }
        index
    }

    /// Whether the act has a provision with this id.
    #[must_use]
    pub fn has(&self, id: &str) -> bool {
        self.provisions.contains_key(id)
    }

    /// Whether several provisions print this number, so that the id alone decides nothing.
    pub(super) fn is_doubled(&self, id: &str) -> bool {
        self.provisions.contains_key(format!("{id}-2").as_str())
    }

    /// The provision itself.
    pub(super) fn get(&self, id: &str) -> Option<&'a Provision> {
        self.provisions.get(id).copied()
    }

    /// Provisions whose id ends in `path`, whatever groups stand above ("chp_6__sec_2").
    pub(super) fn ending(&self, path: &str) -> Vec<&'a str> {
        let last = path.rsplit_once("__").map_or(path, |(_, last)| last);
        let found = self.groups.get(last).map(Vec::as_slice).unwrap_or_default();
        let under = format!("__{path}");
        let ends = |id: &&&str| **id == path || id.ends_with(under.as_str());
        found.iter().filter(ends).copied().collect()
    }

    /// Appendices with this number; without a number, all of them.
    pub(super) fn appendices(&self, number: Option<&str>) -> Vec<&'a str> {
        let fits = |printed: &Option<String>| number.is_none() || printed.as_deref() == number;
        let found = self.appendices.iter().filter(|(_, printed)| fits(printed));
        found.map(|(id, _)| *id).collect()
    }

    /// Attached regulations whose title begins with `word` ("quy chế"); all where none does.
    pub(super) fn attached(&self, word: &str) -> Vec<&'a str> {
        let named: Vec<&str> = self
            .attached
            .iter()
            .filter(|(_, title)| title.starts_with(word))
            .map(|(id, _)| *id)
            .collect();
        if named.is_empty() {
            return self.attached.iter().map(|(id, _)| *id).collect();
        }
        named
    }

    /// Whether the act has an attached regulation with this id.
    pub(super) fn has_part(&self, id: &str) -> bool {
        self.attached.iter().any(|(part, _)| *part == id)
    }

    /// Whether `id` is that of an appendix.
    pub(super) fn is_appendix(&self, id: &str) -> bool {
        self.appendices.iter().any(|(part, _)| *part == id)
    }

    /// Whether the text of an appendix has a heading "Điều n".
    pub(super) fn prints_article(&self, part: &'a str, number: &str) -> bool {
        self.printed.contains(&(part, number.to_owned()))
    }

    /// The provision of this kind that encloses `id`, itself included.
    pub(super) fn enclosing(&self, id: &str, kind: crate::model::ProvisionKind) -> Option<&'a str> {
        let mut next = self.get(id);
        for _ in 0..10 {
            let provision = next?;
            if provision.kind == kind {
                return Some(&provision.id);
            }
            next = provision.parent.as_deref().and_then(|parent| self.get(parent));
        }
        None
    }
}

/// Headings of articles in the text of an appendix.
fn printed_articles(part: &Part) -> impl Iterator<Item = (&str, String)> {
    part.opening.iter().filter_map(|block| match block {
        Block::Para(para) => Some((part.id.as_str(), ascii_number(head::article(&para.text)?.number))),
        _ => None,
    })
}

/// "II-10", "số 01", "IIA" as ids write them.
fn printed_number(number: &str) -> Option<String> {
    let bare = number.trim().trim_start_matches("số").trim();
    let mut pieces = bare.split(['-', '.', '–']);
    let first = group_number(pieces.next()?.trim())?;
    Some(pieces.fold(first, |joined, piece| format!("{joined}-{}", piece.trim())))
}
