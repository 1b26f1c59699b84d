//! Acts named without their number, which the title or the enacting words of the amending act give.

use std::collections::HashMap;

use crate::citations::{ActRef, Context, acts, find};
use crate::model::{ActText, Block};
use crate::number;

use super::sentence::{Sign, signs};

/// Characters of the longest name.
const NAME: usize = 200;

/// Names and numbers that the act itself puts together.
#[derive(Default)]
pub(super) struct Names {
    /// Folded name ("luat giao thong duong bo") → act; `None` where two acts bear the name.
    by_name: HashMap<String, Option<ActRef>>,
    /// Every number named.
    numbers: Vec<ActRef>,
    /// The one act that the title says is amended.
    pub whole: Option<ActRef>,
    /// What the title amends is a regulation issued with that act.
    pub attached: bool,
}

impl Names {
    pub(super) fn of(act: &ActText) -> Self {
        let mut names = Self::default();
        let title = act.metadata.title.as_deref().unwrap_or_default();
        let main = act.parts.first();
        let opening = main
            .into_iter()
            .flat_map(|part| part.head.iter().chain(&part.opening));
        let paras = opening.filter_map(|block| match block {
            Block::Para(para) => Some(para.text.as_str()),
            _ => None,
        });
        let headings = act
            .provisions
            .iter()
            .filter_map(|provision| provision.heading.as_deref());
        for text in [title].into_iter().chain(paras).chain(headings) {
            names.learn(text);
        }
        names.whole = names.amended_whole(title);
        names.attached = names.whole.is_some() && is_of_regulation(title);
        names
    }

    fn learn(&mut self, text: &str) {
        for (at, _) in text.match_indices(" số ") {
            let Some((number, end)) = acts::full_number(text, at + " số".len()) else {
                continue;
            };
            let (found, _) = acts::dated(text, number, end);
            let Some(act) = found.into_iter().next() else {
                continue;
            };
            if !self.numbers.contains(&act) {
                self.numbers.push(act.clone());
            }
            let Some(name) = name_before(text, at) else {
                continue;
            };
            let known = self
                .by_name
                .entry(viet::fold(name))
                .or_insert_with(|| Some(act.clone()));
            if known
                .as_ref()
                .is_some_and(|known| number_of(known) != number_of(&act))
            {
                *known = None;
            }
        }
    }

    /// "Sửa đổi, bổ sung một số điều của Luật X": the first act behind these words, where the title names one.
    fn amended_whole(&self, title: &str) -> Option<ActRef> {
        let lower = title.to_lowercase();
        let amends = ["sửa đổi", "bổ sung", "bãi bỏ"]
            .iter()
            .any(|word| lower.starts_with(word));
        let several =
            lower.contains("các luật") || lower.contains("các nghị định") || lower.contains("các thông tư");
        if !amends || several {
            return None;
        }
        let found = find(title, &Context::default());
        let mut acts = found
            .iter()
            .flat_map(|citation| &citation.targets)
            .map(|target| &target.act);
        let first = acts.find(|act| matches!(act, ActRef::Number { .. } | ActRef::Name { .. }))?;
        Some(self.resolve(first))
    }

    /// The act by its number, where the text gives it somewhere.
    pub(super) fn resolve(&self, act: &ActRef) -> ActRef {
        let found = match act {
            ActRef::Name { name, year, issued } if year.is_none() && issued.is_none() => {
                self.by_name.get(&viet::fold(name)).cloned().flatten()
            }
            ActRef::Short { text } => self.by_short(text),
            _ => None,
        };
        found.unwrap_or_else(|| act.clone())
    }

    /// "Nghị định số 100", "Thông tư 12/2022".
    fn by_short(&self, text: &str) -> Option<ActRef> {
        let digits: String = text.chars().skip_while(|c| !c.is_ascii_digit()).collect();
        let wanted = number::canonical(digits.trim());
        let mut fitting = self.numbers.iter().filter(|act| {
            number_of(act).is_some_and(|number| {
                number
                    .strip_prefix(wanted.as_str())
                    .is_some_and(|rest| rest.starts_with('/') || rest.is_empty())
            })
        });
        let first = fitting.next().filter(|_| !wanted.is_empty())?;
        fitting.next().is_none().then(|| first.clone())
    }
}

/// "Sửa đổi, bổ sung một số điều của Quy chế … ban hành kèm theo Quyết định số …".
fn is_of_regulation(title: &str) -> bool {
    let mut signs = signs(title, 0).into_iter().map(|placed| placed.sign);
    signs.find(|sign| matches!(sign, Sign::Attached | Sign::Act(_))) == Some(Sign::Attached)
}

/// The name that ends at `at`: from the last word of a kind with a capital on ("Luật Đất đai").
fn name_before(text: &str, at: usize) -> Option<&str> {
    let head = text.get(..at)?;
    let near = head.char_indices().rev().nth(NAME).map_or(0, |(place, _)| place);
    let head = head.get(near..)?;
    let start = head
        .char_indices()
        .filter(|(_, c)| c.is_uppercase())
        .map(|(place, _)| place)
        .filter(|place| {
            head.get(..*place)
                .is_some_and(|before| !before.ends_with(char::is_alphanumeric))
        })
        .rfind(|place| acts::kind(head, *place).is_some_and(|(_, end)| end < head.len()))?;
    let name = head.get(start..)?;
    let stops = name.contains([';', '(', ':', '“']);
    // "theo Luật sửa đổi, bổ sung một số điều của Luật X số …": the number is that of the amending law.
    let before = head.get(..start)?.trim_end().to_lowercase();
    let amending = before.ends_with("một số điều của")
        && before
            .rfind("luật sửa đổi")
            .and_then(|at| before.get(..at))
            .is_some_and(|head| {
                ["theo", "bởi", "và", ","]
                    .iter()
                    .any(|word| head.trim_end().ends_with(word))
            });
    (!stops && !amending && name.split_whitespace().count() > 1).then_some(name)
}

fn number_of(act: &ActRef) -> Option<&str> {
    match act {
        ActRef::Number { number, .. } => Some(number),
        _ => None,
    }
}
