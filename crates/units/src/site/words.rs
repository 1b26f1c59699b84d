//! Words and small pieces that the pages of units share.

use std::collections::HashMap;

use jiff::civil::Date;
use web::Look;

use crate::model::{Kind, State};
use crate::span::Span;
use crate::store::Child;

/// A link to a unit with the words under it.
pub struct Item {
    /// Full name in the reader's language.
    pub name: String,
    /// Local address.
    pub path: String,
    /// What else is to be said; may be empty.
    pub note: String,
}

/// Units of one kind.
pub struct Group {
    /// Kind in the plural.
    pub label: String,
    /// Word for the anchor.
    pub code: String,
    /// Units in the order of the alphabet.
    pub items: Vec<Item>,
}

/// The page to link to for a unit on a date (none: today).
pub fn path(slug: &str, on: Option<Date>) -> String {
    match on {
        None => format!("/don-vi/{slug}"),
        Some(day) => format!("/don-vi/{slug}?ngay={day}"),
    }
}

/// The name in the reader's language, where it is known in that language.
pub fn name(state: &State, look: Look) -> &str {
    match &state.name.english {
        Some(english) if look.is_en() => english,
        _ => &state.name.full,
    }
}

/// "từ ngày 01/07/2025 đến hết ngày 30/4/2026", as far as ends are known.
pub fn span(span: Span, look: Look) -> String {
    let last = span.until().and_then(|until| until.yesterday().ok());
    match (span.from(), last) {
        (None, None) => String::new(),
        (Some(from), None) => look.fill("từ ngày {}", &[&day(from)]),
        (None, Some(last)) => look.fill("đến hết ngày {}", &[&day(last)]),
        (Some(from), Some(last)) => look.fill("từ ngày {} đến hết ngày {}", &[&day(from), &day(last)]),
    }
}

/// "01/07/2025".
pub fn day(date: Date) -> String {
    viet::date_numeric(date)
}

/// A day in an address: exactly `2025-06-30`.
pub fn asked_day(text: &str) -> Option<Date> {
    (text.len() == 10).then(|| text.parse().ok()).flatten()
}

/// Children by kind in the order of kinds, each in the order of the alphabet.
pub fn groups(mut children: Vec<Child>, kinds: &[Kind], look: Look, on: Option<Date>) -> Vec<Group> {
    children.sort_by(|one, two| viet::compare(&one.state.name.short, &two.state.name.short));
    let mut by_kind: HashMap<String, Vec<Item>> = HashMap::new();
    for child in children {
        let item = Item {
            name: name(&child.state, look).to_owned(),
            path: path(&child.slug, on),
            note: String::new(),
        };
        by_kind.entry(child.state.kind).or_default().push(item);
    }
    let known = kinds.iter().filter_map(|kind| {
        let items = by_kind.remove(&kind.code)?;
        let label = if look.is_en() {
            &kind.plural_en
        } else {
            &kind.plural
        };
        Some(Group {
            label: label.clone(),
            code: kind.code.clone(),
            items,
        })
    });
    let mut groups: Vec<Group> = known.collect();
    groups.extend(by_kind.into_iter().map(|(code, items)| Group {
        label: code.clone(),
        code,
        items,
    }));
    groups
}

/// The kind in the reader's language.
pub fn kind<'a>(code: &'a str, kinds: &'a [Kind], look: Look) -> &'a str {
    let known = kinds.iter().find(|kind| kind.code == code);
    known.map_or(
        code,
        |kind| if look.is_en() { &kind.label_en } else { &kind.label },
    )
}

/// A word inside an address: everything but letters, digits and `-_.~` as `%XX`.
pub fn in_address(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    for byte in word.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => out.push(char::from(byte)),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}
