//! Days from which single instructions hold, where the act says another day for them.

use jiff::civil::Date;

use crate::citations::{ActRef, Context, Index, dates, find};
use crate::inspect::text_of;
use crate::model::{ActText, Block, Provision};

/// Words between provisions and the day from which they hold.
const HOLDS: [&str; 4] = [
    "có hiệu lực",
    "được thực hiện từ",
    "được thực hiện kể từ",
    "được áp dụng từ ngày",
];

/// Characters of an item that only names provisions ("khoản 1 Điều 5;").
const ITEM: usize = 120;

/// Characters of "1. Luật này".
const SUBJECT: usize = 40;

/// What an act says of the days on which its own provisions begin.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Days {
    /// Provisions with a day of their own; `None`: another one than that of the act, not told as a day.
    own: Vec<(String, Option<Date>)>,
    /// Something of the act begins on another day that is told by its matter alone: which
    /// provisions that are cannot be said.
    pub(crate) by_matter: bool,
}

impl Days {
    /// "Khoản 3 Điều 1 của Luật này có hiệu lực từ ngày …", also in lists.
    pub(crate) fn of(act: &ActText) -> Self {
        let index = Index::new(act);
        let mut days = Self::default();
        // A heading of a list: its provision, its day.
        let mut list: Option<(&str, Date)> = None;
        let mut excepted = Vec::new();
        for provision in &act.provisions {
            let context = Context {
                at: &provision.id,
                kind: act.metadata.kind,
                index: Some(&index),
                ..Context::default()
            };
            let below = list.filter(|(above, _)| is_below(&provision.id, above));
            for block in &provision.blocks {
                let Block::Para(para) = block else { continue };
                if let Some((_, day)) = below
                    && !holds(&para.text)
                {
                    let own = own_of(&para.text, &context);
                    days.own.extend(own.into_iter().map(|id| (id, Some(day))));
                    continue;
                }
                let known = days.own.len();
                for sentence in sentences(&para.text).filter(|one| holds(one)) {
                    said(sentence, &context, &mut days.own);
                    excepted.extend(exception(sentence, &context));
                }
                if para.text.trim_end().ends_with(':') && holds(&para.text) && days.own.len() == known {
                    let last = HOLDS.iter().filter_map(|words| para.text.rfind(words)).max();
                    let day = last.and_then(|at| para.text.get(at..)).and_then(first_day);
                    list = day.map(|day| (provision.id.as_str(), day));
                }
            }
        }
        days.by_matter = excepted.iter().any(|one| days.is_by_matter(act, one));
        days
    }

    /// Whether an exception names no provision of the act, here or where it points to.
    fn is_by_matter(&self, act: &ActText, one: &Exception) -> bool {
        if one.named || one.told.is_empty() {
            return !one.named;
        }
        let is_told = |own: &&Provision| one.told.iter().any(|id| own.id == *id || is_below(&own.id, id));
        let mut told = act.provisions.iter().filter(is_told);
        // "Trừ quy định tại khoản 2 Điều này" may be about another thing than a day.
        let dated = told.clone().any(|own| holds(&text_of(&own.blocks)));
        dated && !told.any(|own| says_own(own, act, &self.own))
    }

    /// The day of what stands at `at`, that of the innermost provision that has one. `None`: that of the act;
    /// `Some(None)`: another one that is not known.
    pub(super) fn day_of(&self, at: &str) -> Option<Option<Date>> {
        self.own
            .iter()
            .filter(|(id, _)| at == id || is_below(at, id))
            .max_by_key(|(id, _)| id.len())
            .map(|(_, day)| *day)
    }
}

/// "…, trừ …" behind the commencement of the act itself.
struct Exception {
    /// It names provisions with their day, or another matter than days.
    named: bool,
    /// Provisions beside this one that tell what is excepted ("trừ quy định tại khoản 2 Điều này").
    told: Vec<String>,
}

fn exception(sentence: &str, context: &Context<'_>) -> Option<Exception> {
    let own = ["này có hiệu lực", "này bắt đầu có hiệu lực"];
    let begins = own.iter().filter_map(|words| sentence.find(words)).min()?;
    let (subject, rest) = sentence.split_at_checked(begins)?;
    // "Hồ sơ nộp trước ngày Luật này có hiệu lực …, trừ …" excepts from something else.
    if subject.contains("ngày") || subject.chars().count() > SUBJECT {
        return None;
    }
    let excepted = rest.get(rest.find("trừ ")?..)?;
    let named = own_of(excepted, context);
    if named.is_empty() && first_day(excepted).is_none() {
        return None;
    }
    let article = context.at.split("__").next().unwrap_or(context.at);
    let (told, provisions): (Vec<String>, Vec<String>) = named
        .into_iter()
        .partition(|id| id == article || is_below(id, article));
    Some(Exception {
        named: !provisions.is_empty(),
        told,
    })
}

/// Whether a provision names others that have a day of their own, or tells of no day at all.
fn says_own(provision: &Provision, act: &ActText, own: &[(String, Option<Date>)]) -> bool {
    let index = Index::new(act);
    let context = Context {
        at: &provision.id,
        kind: act.metadata.kind,
        index: Some(&index),
        ..Context::default()
    };
    provision.blocks.iter().any(|block| match block {
        Block::Para(para) => own_of(&para.text, &context)
            .iter()
            .any(|id| own.iter().any(|(known, _)| known == id)),
        _ => false,
    })
}

fn is_below(id: &str, above: &str) -> bool {
    id.strip_prefix(above).is_some_and(|rest| rest.starts_with("__"))
}

fn holds(text: &str) -> bool {
    HOLDS.iter().any(|words| text.contains(words))
}

/// Sentences; "01.7.2025" holds no end of one.
fn sentences(text: &str) -> impl Iterator<Item = &str> {
    text.split_inclusive(". ")
}

/// Provisions of the act itself that a text names.
fn own_of(text: &str, context: &Context<'_>) -> Vec<String> {
    let targets = find(text, context).into_iter().flat_map(|one| one.targets);
    targets
        .filter(|target| target.act == ActRef::This)
        .filter_map(|target| target.provision)
        .collect()
}

/// "Luật này có hiệu lực từ ngày A, trừ khoản 3 Điều 1 có hiệu lực từ ngày B; khoản 4 từ ngày C":
/// every part speaks of what is named in it and in the items before it, and of its day.
fn said(sentence: &str, context: &Context<'_>, out: &mut Vec<(String, Option<Date>)>) {
    // Items that only name provisions wait for the day.
    let mut waiting: Vec<String> = Vec::new();
    let mut spoken = false;
    for part in parts(sentence) {
        let verb = HOLDS.iter().filter_map(|words| part.find(words)).min();
        // "khoản 4 Điều 1 từ ngày …", behind a part with its verb.
        let bare = ["từ ngày", "từ "]
            .iter()
            .filter_map(|words| part.find(words))
            .min();
        let at = verb.or(bare.filter(|at| spoken && is_names(part.get(..*at).unwrap_or_default(), context)));
        let Some(at) = at else {
            let named = own_of(part, context);
            if named.is_empty() || part.chars().count() > ITEM {
                waiting.clear();
            } else {
                waiting.extend(named);
            }
            continue;
        };
        let named = own_of(part.get(..at).unwrap_or_default(), context);
        let rest = part.get(at..).unwrap_or_default();
        spoken = true;
        let waited = std::mem::take(&mut waiting);
        // "Luật này có hiệu lực …": nothing of what stood before is meant.
        if named.is_empty() {
            continue;
        }
        let day = first_day(rest);
        // "… có hiệu lực thi hành" without a day says nothing, "từ ngày Luật X có hiệu lực" that it is another one.
        let other = rest.contains("có hiệu lực") && rest.contains("từ ") && !is_own_day(rest);
        if day.is_some() || other {
            out.extend(waited.into_iter().chain(named).map(|id| (id, day)));
        }
    }
}

/// "từ ngày Luật này có hiệu lực".
fn is_own_day(rest: &str) -> bool {
    rest.contains("này có hiệu lực")
}

/// Whether a text is nothing but the names of provisions.
fn is_names(text: &str, context: &Context<'_>) -> bool {
    let found = find(text, context);
    let words: usize = found.iter().map(|one| one.span.len()).sum();
    !found.is_empty() && text.trim().len() <= words + 8
}

/// The parts of a sentence that have a day each: between semicolons, and before and behind "trừ".
fn parts(sentence: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    for part in sentence.split(';') {
        let mut rest = part;
        // Several verbs in one part: what is named behind the day of one belongs to the next.
        loop {
            let verb = HOLDS.iter().filter_map(|words| rest.find(words)).min();
            let cut = verb.and_then(|at| {
                let behind = rest.get(at..)?;
                let comma = behind.find([','])?;
                let next = behind.get(comma..)?;
                holds(next).then_some(at + comma)
            });
            let Some(cut) = cut else { break };
            let (head, tail) = rest.split_at(cut);
            parts.push(head);
            rest = tail;
        }
        parts.push(rest);
    }
    parts
}

/// The first date of a text.
fn first_day(text: &str) -> Option<Date> {
    let at = text.find("từ ").or_else(|| text.find("ngày"))?;
    let rest = text.get(at..)?;
    let written = rest
        .find("ngày")
        .and_then(|at| dates::date(rest, at).or_else(|| dates::date(rest, at.saturating_sub(1))));
    let near = |(at, day): &(usize, Date)| (*at < 24).then_some(*day);
    written
        .map(|(day, _)| day)
        .or_else(|| viet::dates_in(rest).first().and_then(near))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draft::Draft;
    use crate::model::Para;
    use crate::structure::structure;

    fn days(lines: &[&str]) -> (String, bool) {
        let head = [
            "Điều 1. Sửa đổi",
            "1. Một.",
            "2. Hai.",
            "3. Ba.",
            "Điều 2. Hiệu lực thi hành",
        ];
        let para = |line: &&str| {
            Block::Para(Para {
                text: (*line).to_owned(),
                ..Para::default()
            })
        };
        let act = structure(Draft {
            blocks: head.iter().chain(lines).map(para).collect(),
            ..Draft::default()
        });
        let days = Days::of(&act);
        let day = |(id, day): &(String, Option<Date>)| {
            format!("{id} {}", day.map_or("?".to_owned(), |day| day.to_string()))
        };
        (
            days.own.iter().map(day).collect::<Vec<_>>().join(", "),
            days.by_matter,
        )
    }

    #[test]
    #[allow(clippy::too_many_lines, reason = "a table")]
    fn each_provision_has_its_own_day() {
        for (lines, wanted, by_matter) in [
            (
                &[
                    "Luật này có hiệu lực thi hành từ ngày 01 tháng 01 năm 2024, trừ khoản 2 Điều 1 của Luật này có hiệu lực thi hành từ ngày 01 tháng 7 năm 2024.",
                ] as &[&str],
                "art_1__clause_2 2024-07-01",
                false,
            ),
            (
                &[
                    "Khoản 1 Điều 1; khoản 2 Điều 1 của Luật này có hiệu lực từ ngày 01/7/2025; khoản 3 Điều 1 từ 01/01/2026.",
                ],
                "art_1__clause_1 2025-07-01, art_1__clause_2 2025-07-01, art_1__clause_3 2026-01-01",
                false,
            ),
            (
                &[
                    "1. Luật này có hiệu lực từ ngày 01/01/2024, trừ quy định tại khoản 2 Điều này.",
                    "2. Khoản 3 Điều 1 của Luật này có hiệu lực từ ngày 01/7/2025.",
                ],
                "art_1__clause_3 2025-07-01",
                false,
            ),
            (
                &[
                    "1. Luật này có hiệu lực từ ngày 01/01/2024.",
                    "2. Các quy định sau đây có hiệu lực thi hành từ ngày 01 tháng 7 năm 2025:",
                    "a) Khoản 1 Điều 1;",
                    "b) Khoản 3 Điều 1.",
                ],
                "art_1__clause_1 2025-07-01, art_1__clause_3 2025-07-01",
                false,
            ),
            (
                &[
                    "1. Luật này có hiệu lực từ ngày 01/01/2024, trừ quy định tại khoản 2 Điều này.",
                    "2. Quy định về mức đóng có hiệu lực từ ngày 01/7/2025.",
                ],
                "",
                true,
            ),
            (
                &[
                    "Luật này có hiệu lực từ ngày 01/01/2024, trừ quy định về mức đóng có hiệu lực từ ngày 01/7/2025.",
                ],
                "",
                true,
            ),
            (
                &[
                    "1. Luật này có hiệu lực từ ngày 01/01/2024.",
                    "2. Khoản 3 Điều 1 có hiệu lực từ ngày Luật Giá có hiệu lực.",
                ],
                "art_1__clause_3 ?",
                false,
            ),
            (
                &[
                    "Hồ sơ nộp trước ngày Luật này có hiệu lực từ ngày 01/01/2024, trừ hồ sơ nộp từ ngày 01/7/2023.",
                ],
                "",
                false,
            ),
            (
                &["1. Luật này có hiệu lực từ ngày 01/01/2024, trừ trường hợp luật khác có quy định khác."],
                "",
                false,
            ),
            (
                &[
                    "1. Các quy định sau đây có hiệu lực thi hành đồng thời:",
                    "a) Khoản 1 Điều 1.",
                ],
                "",
                false,
            ),
            (
                &["Bãi bỏ khoản 3 Điều 5; Luật này có hiệu lực từ ngày 01/01/2024."],
                "",
                false,
            ),
            (
                &["Khoản 3 Điều 1 có hiệu lực từ ngày Luật này có hiệu lực thi hành."],
                "",
                false,
            ),
        ] {
            assert_eq!(days(lines), (wanted.to_owned(), by_matter), "{lines:?}");
        }
    }
}
