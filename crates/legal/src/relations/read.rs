//! Which words around a citation make which relation.

use std::collections::HashMap;

use crate::citations::{ActRef, Citation, Context, PlacedCitation, Status, citations, find, text_at};
use crate::model::{ActKind, ActText};

use super::{Evidence, Relation, RelationKind};

/// Words right before a citation that tell what is done to it, strongest first.
const BEFORE: [(&str, RelationKind); 15] = [
    ("đính chính", RelationKind::Corrects),
    ("đình chỉ", RelationKind::Suspends),
    ("ngưng hiệu lực", RelationKind::Pauses),
    ("bãi bỏ", RelationKind::Repeals),
    ("hủy bỏ", RelationKind::Repeals),
    ("huỷ bỏ", RelationKind::Repeals),
    ("thay thế", RelationKind::Replaces),
    ("sửa đổi", RelationKind::Amends),
    ("bổ sung", RelationKind::Supplements),
    ("kéo dài thời hạn", RelationKind::Extends),
    ("giải thích", RelationKind::Explains),
    ("quy định chi tiết", RelationKind::Details),
    ("hướng dẫn thi hành", RelationKind::Guides),
    ("hướng dẫn áp dụng", RelationKind::Applies),
    ("công bố", RelationKind::Announces),
];

/// Words that follow a list of acts and end all of them.
const AFTER: [(&str, RelationKind); 8] = [
    ("hết hiệu lực thi hành", RelationKind::Ends),
    ("hết hiệu lực kể từ", RelationKind::Ends),
    ("hết hiệu lực từ", RelationKind::Ends),
    ("hết hiệu lực khi", RelationKind::Ends),
    ("được thay thế bởi luật này", RelationKind::Replaces),
    ("bị bãi bỏ", RelationKind::Repeals),
    ("được bãi bỏ", RelationKind::Repeals),
    ("hết giá trị thi hành", RelationKind::Ends),
];

/// Bytes before and after a citation that are read.
const NEAR: usize = 400;

/// The relations of an act: one for every kind and other act, with all provisions meant.
#[must_use]
pub fn relations(act: &ActText) -> Vec<Relation> {
    let mut found = Gathered::default();
    title(act, &mut found);
    for placed in citations(act) {
        if placed.spot.quote.is_some() {
            continue;
        }
        let text = text_at(act, &placed.spot).unwrap_or_default();
        let kind = kind_of(act, &placed, text);
        found.add(kind, &placed.citation, || Evidence {
            spot: Some(placed.spot.clone()),
            span: placed.citation.span.clone(),
        });
    }
    found.list
}

/// Relations gathered in the order of their first evidence.
#[derive(Default)]
struct Gathered {
    list: Vec<Relation>,
    places: HashMap<(RelationKind, String), usize>,
}

impl Gathered {
    fn add(&mut self, kind: RelationKind, citation: &Citation, evidence: impl Fn() -> Evidence) {
        for target in &citation.targets {
            if matches!(target.act, ActRef::This | ActRef::Amended) {
                continue;
            }
            if matches!(target.act, ActRef::Short { .. }) && target.status == Status::Ambiguous {
                continue;
            }
            let kind = if target.provision.is_some() {
                kind.partly()
            } else {
                kind
            };
            let place = *self.places.entry((kind, key(&target.act))).or_insert_with(|| {
                self.list.push(Relation {
                    kind,
                    target: target.act.clone(),
                    provisions: Vec::new(),
                    evidence: evidence(),
                });
                self.list.len() - 1
            });
            if let (Some(relation), Some(provision)) = (self.list.get_mut(place), &target.provision)
                && !relation.provisions.contains(provision)
            {
                relation.provisions.push(provision.clone());
            }
        }
    }
}

/// One key an act, whatever date or issuer a mention adds.
fn key(act: &ActRef) -> String {
    match act {
        ActRef::Number { number, .. } => number.clone(),
        ActRef::Name { name, year, issued } => {
            let year = year.or(issued.map(|date| date.year()));
            format!("{} {}", name.to_lowercase(), year.unwrap_or_default())
        }
        ActRef::Short { text } => text.to_lowercase(),
        ActRef::This | ActRef::Amended => String::new(),
    }
}

/// The title: "quy định chi tiết một số điều của Luật …", "bãi bỏ Thông tư số …".
fn title(act: &ActText, found: &mut Gathered) {
    let Some(title) = act.metadata.title.as_deref() else {
        return;
    };
    for citation in find(title, &Context::default()) {
        let before = title
            .get(..citation.span.start)
            .unwrap_or_default()
            .to_lowercase();
        let kind = last_word(&before, act.metadata.kind);
        found.add(kind.unwrap_or(RelationKind::Relates), &citation, || Evidence {
            spot: None,
            span: citation.span.clone(),
        });
    }
}

/// The kind whose words stand last before a citation.
fn last_word(before: &str, own: Option<ActKind>) -> Option<RelationKind> {
    if own == Some(ActKind::VanBanHopNhat) {
        return Some(RelationKind::Consolidates);
    }
    let found = BEFORE
        .iter()
        .filter_map(|(words, kind)| before.rfind(words).map(|at| (at + words.len(), *kind)));
    let (end, kind) = found.max_by_key(|(end, _)| *end)?;
    let tail = before.get(end..)?;
    // "sửa đổi, bổ sung" is one thing, and amends.
    let joined = before.get(..end)?.ends_with("sửa đổi, bổ sung")
        || before.get(..end)?.ends_with("sửa đổi và bổ sung");
    let kind = if joined { RelationKind::Amends } else { kind };
    (!tail.contains('.') && !tail.contains("theo quy định") && !tail.contains("quy định tại")).then_some(kind)
}

fn kind_of(act: &ActText, placed: &PlacedCitation, text: &str) -> RelationKind {
    let span = &placed.citation.span;
    if placed.spot.at == "main" && text.starts_with("Căn cứ") {
        // A base that tells of its own amendments names those acts as bases too.
        return RelationKind::Bases;
    }
    let before = sentence_before(text, span.start);
    if is_told(&before) {
        return RelationKind::Cites;
    }
    let after = sentence_after(text, span.end);
    if let Some((_, kind)) = AFTER.iter().find(|(words, _)| after.contains(words)) {
        return *kind;
    }
    if is_passive(&before) {
        return RelationKind::Cites;
    }
    let amends =
        crate::citations::amends(text) || before.contains("này thay thế") || before.contains("này bãi bỏ");
    match last_word(&before, None) {
        Some(kind @ (RelationKind::Details | RelationKind::Guides | RelationKind::Applies))
            if says_this(&before) =>
        {
            kind
        }
        Some(kind) if amends && is_doing(kind) => kind,
        _ if act.metadata.kind == Some(ActKind::VanBanHopNhat) && placed.spot.at == "main" => {
            RelationKind::Consolidates
        }
        _ => RelationKind::Cites,
    }
}

fn is_doing(kind: RelationKind) -> bool {
    !matches!(
        kind,
        RelationKind::Details | RelationKind::Guides | RelationKind::Applies | RelationKind::Announces
    )
}

/// "được sửa đổi, bổ sung bởi Luật số …": the other act did it, to a third one.
fn is_passive(before: &str) -> bool {
    let tail: String = before
        .chars()
        .rev()
        .take(90)
        .collect::<Vec<_>>()
        .into_iter()
        .rev()
        .collect();
    [
        "được sửa đổi",
        "được bổ sung",
        "được thay thế",
        "bị thay thế",
        "bị bãi bỏ",
    ]
    .iter()
    .any(|words| tail.contains(words))
}

/// "Luật A đã được sửa đổi, bổ sung theo Luật B, Luật C … hết hiệu lực": B and C are told of A and stay.
fn is_told(before: &str) -> bool {
    let at = ["được sửa đổi", "được bổ sung"]
        .iter()
        .filter_map(|words| before.rfind(words))
        .max();
    let told = at.and_then(|at| before.get(at..)).unwrap_or_default();
    [" theo ", " bởi ", " tại "]
        .iter()
        .any(|words| told.contains(words))
        && !told.contains([')', ';'])
}

/// "Nghị định này quy định chi tiết …".
fn says_this(before: &str) -> bool {
    before.contains(" này quy định") || before.contains(" này hướng dẫn") || before.contains(" này áp dụng")
}

/// The sentence up to `at`, small letters, at most [`NEAR`] bytes.
fn sentence_before(text: &str, at: usize) -> String {
    let mut from = at.saturating_sub(NEAR);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let near = text.get(from..at).unwrap_or_default();
    let start = near.rfind(". ").map_or(0, |place| place + 2);
    near.get(start..).unwrap_or_default().to_lowercase()
}

fn sentence_after(text: &str, at: usize) -> String {
    let mut to = text.len().min(at + NEAR);
    while !text.is_char_boundary(to) {
        to -= 1;
    }
    let near = text.get(at..to).unwrap_or_default();
    let end = near.find([';', '\n']).unwrap_or(near.len());
    let near = near.get(..end).unwrap_or_default();
    let end = near.find(". ").unwrap_or(near.len());
    near.get(..end).unwrap_or_default().to_lowercase()
}
