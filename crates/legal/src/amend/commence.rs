//! Days from which single instructions hold, where the act says another day for them.

use jiff::civil::Date;

use crate::citations::{ActRef, Context, Index, dates, find};
use crate::model::{ActText, Block};

/// Words between provisions and the day from which they hold.
const HOLDS: [&str; 3] = ["có hiệu lực", "được thực hiện từ", "được thực hiện kể từ"];

/// Provisions of the act with a day of their own, as the act says: "Khoản 3 Điều 1 của Luật này
/// có hiệu lực từ ngày …".
pub(super) fn days(act: &ActText) -> Vec<(String, Date)> {
    let index = Index::new(act);
    let mut out = Vec::new();
    for provision in &act.provisions {
        for block in &provision.blocks {
            let Block::Para(para) = block else { continue };
            let context = Context {
                at: &provision.id,
                kind: act.metadata.kind,
                index: Some(&index),
                ..Context::default()
            };
            for sentence in para
                .text
                .split_inclusive(['.', ';'])
                .filter(|s| s.contains("ngày"))
            {
                said(sentence, &context, &mut out);
            }
        }
    }
    out
}

/// "Luật này có hiệu lực từ ngày A, trừ khoản 3 Điều 1 có hiệu lực từ ngày B": every verb speaks of
/// what is named since the one before it, and of the day named behind it.
fn said(sentence: &str, context: &Context<'_>, out: &mut Vec<(String, Date)>) {
    let mut verbs: Vec<usize> = HOLDS
        .iter()
        .flat_map(|words| sentence.match_indices(words))
        .map(|(at, _)| at)
        .collect();
    verbs.sort_unstable();
    if verbs.is_empty() {
        return;
    }
    let found = find(sentence, context);
    let mut from = 0;
    for (n, holds) in verbs.iter().enumerate() {
        let to = verbs.get(n + 1).copied().unwrap_or(sentence.len());
        let named = from..*holds;
        from = *holds;
        let Some(day) = sentence.get(*holds..to).and_then(first_day) else {
            continue;
        };
        let own = found
            .iter()
            .filter(|citation| named.start <= citation.span.start && citation.span.end <= named.end)
            .flat_map(|citation| &citation.targets)
            .filter(|target| target.act == ActRef::This);
        out.extend(own.filter_map(|target| Some((target.provision.clone()?, day))));
    }
}

/// The first date of a text.
fn first_day(text: &str) -> Option<Date> {
    let at = text.find("ngày")?;
    dates::date(text, at)
        .or_else(|| dates::date(text, at.saturating_sub(1)))
        .map(|(date, _)| date)
}

/// The day of what stands at `at`: that of the innermost provision that has one.
pub(super) fn day_of(days: &[(String, Date)], at: &str) -> Option<Date> {
    let within = |id: &str| at == id || at.strip_prefix(id).is_some_and(|rest| rest.starts_with("__"));
    days.iter()
        .filter(|(id, _)| within(id))
        .max_by_key(|(id, _)| id.len())
        .map(|(_, day)| *day)
}
