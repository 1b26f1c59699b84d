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
                out.extend(said(sentence, &context));
            }
        }
    }
    out
}

fn said(sentence: &str, context: &Context<'_>) -> Vec<(String, Date)> {
    let Some(holds) = HOLDS.iter().filter_map(|words| sentence.find(words)).min() else {
        return Vec::new();
    };
    let Some(day) = sentence.get(holds..).and_then(|tail| {
        let at = tail.find("ngày")?;
        dates::date(tail, at)
            .or_else(|| dates::date(tail, at.saturating_sub(1)))
            .map(|(date, _)| date)
    }) else {
        return Vec::new();
    };
    let found = find(sentence, context);
    let own = found
        .iter()
        .filter(|citation| citation.span.end <= holds)
        .flat_map(|citation| &citation.targets);
    own.filter(|target| target.act == ActRef::This)
        .filter_map(|target| Some((target.provision.clone()?, day)))
        .collect()
}

/// The day of what stands at `at`: that of the innermost provision that has one.
pub(super) fn day_of(days: &[(String, Date)], at: &str) -> Option<Date> {
    let within = |id: &str| at == id || at.strip_prefix(id).is_some_and(|rest| rest.starts_with("__"));
    days.iter()
        .filter(|(id, _)| within(id))
        .max_by_key(|(id, _)| id.len())
        .map(|(_, day)| *day)
}
