//! Provisions cited without an act that belong to one named around them: by the sentence,
//! by the line that opens a list of provisions, by the row of a table.

use crate::model::{Row, Table};

use super::acts::full_number;
use super::lexis::{eat, rest, spaces};
use super::places::{Level, Place};
use super::spots::cell_texts;
use super::{ActRef, Citation, Context, Index, Status, Target, dates, find};

/// Words by which a line opens a list of another act's provisions:
/// "… quy định chi tiết các điều, khoản sau đây của Luật Đấu thầu:".
const LISTS: [&str; 9] = [
    "các điều",
    "điều, khoản",
    "khoản, điểm",
    "khoản, điều",
    "một số điều",
    "một số nội dung",
    "các nội dung",
    "các quy định",
    "quy định chi tiết",
];

/// How many citations away the act of a bare provision is looked for.
const NEAR: usize = 24;
/// Bytes between two citations of one sentence.
const SENTENCE: usize = 2_000;

/// The act whose provisions `text` announces, and where the list of them begins: behind its last colon.
pub(super) fn announced(text: &str, found: &[Citation]) -> Option<(ActRef, usize)> {
    let colon = text.rfind(':')?;
    let head = text.get(..colon)?;
    let lower = head.to_lowercase();
    if !LISTS.iter().any(|words| lower.contains(words)) {
        return None;
    }
    let mut acts = found
        .iter()
        .filter(|citation| citation.span.end <= colon)
        .flat_map(|citation| {
            citation
                .targets
                .iter()
                .map(|target| (citation.span.end, &target.act))
        })
        .filter(|(_, act)| is_named(act));
    let (end, first) = acts.next()?;
    let others = acts.any(|(_, act)| act != first);
    // "của Luật Thủy sản (đã được sửa đổi, bổ sung theo Luật số …)": the act amended is meant.
    let amended = head
        .get(end..)
        .is_some_and(|after| after.contains("sửa đổi, bổ sung"));
    (!others || amended).then(|| (first.clone(), colon))
}

/// Gives bare articles behind `from` to the act of a list.
pub(super) fn give(text: &str, act: &ActRef, from: usize, own: &mut [Citation]) {
    for citation in own.iter_mut().filter(|citation| citation.span.start >= from) {
        if names_article(text, citation) {
            citation
                .targets
                .iter_mut()
                .filter(|target| target.act == ActRef::This)
                .for_each(|target| {
                    hand_over(target, act);
                });
        }
    }
}

/// Gives articles that this act lacks to the act of their row.
pub(super) fn give_lacking(text: &str, act: &ActRef, own: &mut [Citation]) {
    for citation in own.iter_mut().filter(|citation| names_article(text, citation)) {
        lacking(citation).for_each(|target| hand_over(target, act));
    }
}

/// Settles within each sentence what no provision of this act answers to: a bare article is of the act
/// named with the next provisions, else of the one named before; a bare clause or point is of the
/// article that the sentence names.
pub(super) fn settle(text: &str, index: &Index<'_>, own: &mut [Citation]) {
    for place in 0..own.len() {
        let Some(citation) = own.get(place).filter(|citation| lacks(citation)) else {
            continue;
        };
        let words = text.get(citation.span.clone()).unwrap_or_default().to_lowercase();
        if words.contains("này") {
            continue;
        }
        let settled = if words.contains("điều") {
            act_nearby(text, own, place).map(|act| by_act(citation, &act))
        } else {
            by_article(&words, text, index, own, place)
        };
        if let (Some(settled), Some(citation)) = (settled, own.get_mut(place)) {
            *citation = settled;
        }
    }
}

fn by_act(citation: &Citation, act: &ActRef) -> Citation {
    let mut citation = citation.clone();
    lacking(&mut citation).for_each(|target| hand_over(target, act));
    citation
}

/// The act that the rest of the sentence cites provisions of, or that it named before.
fn act_nearby(text: &str, own: &[Citation], place: usize) -> Option<ActRef> {
    let of = |citation: &Citation, whole: bool| {
        let target = citation.targets.iter().find(|target| is_named(&target.act));
        target
            .filter(|target| whole || target.provision.is_some())
            .map(|target| target.act.clone())
    };
    let after = following(text, own, place).find_map(|citation| of(citation, false));
    after.or_else(|| preceding(text, own, place).find_map(|citation| of(citation, true)))
}

/// "điểm d khoản 1 và … điểm a khoản 2 Điều 90 Nghị định này": the article comes later;
/// "Điều 30 Nghị định này, trừ điểm h khoản 3": it came before.
fn by_article(
    words: &str,
    text: &str,
    index: &Index<'_>,
    own: &[Citation],
    place: usize,
) -> Option<Citation> {
    let citation = own.get(place)?;
    let after = following(text, own, place).filter_map(|other| other.targets.first());
    let before = preceding(text, own, place).filter_map(|other| other.targets.last());
    let has_clause = words.contains("khoản");
    after.chain(before).find_map(|other| {
        let outer = Place::of_id(other.provision.as_deref()?);
        outer.get(Level::Article)?;
        let mut settled = citation.clone();
        for target in lacking(&mut settled) {
            let mut said = Place::of_id(target.provision.as_deref()?);
            for level in [Level::Article, Level::Annex] {
                said.copy_or_clear(&outer, level);
            }
            if !has_clause {
                said.copy_or_clear(&outer, Level::Clause);
            }
            said.attached = outer.attached;
            let id = said.id()?;
            let known = other.act != ActRef::This || index.has(&id);
            known.then_some(())?;
            target.status = other.status;
            target.act = other.act.clone();
            target.provision = Some(id);
        }
        Some(settled)
    })
}

/// Citations after the one at `place` in its sentence.
fn following<'c>(text: &'c str, own: &'c [Citation], place: usize) -> impl Iterator<Item = &'c Citation> {
    let end = own.get(place).map_or(0, |citation| citation.span.end);
    own.iter()
        .skip(place + 1)
        .take(NEAR)
        .take_while(move |other| is_one_sentence(text.get(end..other.span.start)))
}

/// Citations before the one at `place` in its sentence, the nearest first.
fn preceding<'c>(text: &'c str, own: &'c [Citation], place: usize) -> impl Iterator<Item = &'c Citation> {
    let start = own.get(place).map_or(0, |citation| citation.span.start);
    own.iter()
        .take(place)
        .rev()
        .take(NEAR)
        .take_while(move |other| is_one_sentence(text.get(other.span.end..start)))
}

fn is_one_sentence(between: Option<&str>) -> bool {
    between
        .is_some_and(|between| between.len() < SENTENCE && !between.contains(". ") && !between.contains('\n'))
}

/// Whether some target of this act is not there.
fn lacks(citation: &Citation) -> bool {
    citation.targets.iter().any(is_lacking)
}

fn is_lacking(target: &Target) -> bool {
    target.act == ActRef::This && target.provision.is_some() && target.status > Status::Pending
}

fn lacking(citation: &mut Citation) -> impl Iterator<Item = &mut Target> {
    citation.targets.iter_mut().filter(|target| is_lacking(target))
}

/// "Điều 5" without an act and without "này".
fn names_article(text: &str, citation: &Citation) -> bool {
    let words = text.get(citation.span.clone()).unwrap_or_default().to_lowercase();
    words.contains("điều") && !words.contains("này")
}

fn is_named(act: &ActRef) -> bool {
    matches!(act, ActRef::Number { .. } | ActRef::Name { .. })
}

/// The provision of another act; an appendix of this act that held the words is no part of its id.
fn hand_over(target: &mut Target, act: &ActRef) {
    let mut place = Place::of_id(target.provision.as_deref().unwrap_or_default());
    place.clear(Level::Annex);
    place.attached = None;
    target.provision = place.id();
    target.act = act.clone();
    target.status = Status::Pending;
}

/// The act that each row of a table names in a cell of its own, rows below it within the
/// cell's span included.
pub(super) fn rows(table: &Table) -> Vec<Option<ActRef>> {
    let mut open: Option<(ActRef, usize)> = None;
    table
        .rows
        .iter()
        .map(|row| {
            if let Some(found) = act_of(row) {
                open = Some(found);
            }
            let (act, left) = open.take()?;
            open = (left > 1).then(|| (act.clone(), left - 1));
            Some(act)
        })
        .collect()
}

/// The act that a cell begins with, and how many rows the cell spans.
fn act_of(row: &Row) -> Option<(ActRef, usize)> {
    row.cells.iter().find_map(|cell| {
        let text = cell_texts(cell).next()?;
        let act = numbered(text).or_else(|| {
            let found = find(text, &Context::default());
            let first = found
                .into_iter()
                .next()
                .filter(|citation| citation.span.start == 0)?;
            let target = first.targets.into_iter().next()?;
            (target.provision.is_none() && is_named(&target.act)).then_some(target.act)
        })?;
        Some((act, usize::from(cell.rowspan.max(1))))
    })
}

/// "Số 27/2016/TT-BLĐTBXH ngày 01/9/2016": a cell of a list whose kind stands in another.
fn numbered(text: &str) -> Option<ActRef> {
    let at = eat(text, 0, "số").map_or(0, |end| {
        spaces(text, end) + usize::from(rest(text, spaces(text, end)).starts_with(':'))
    });
    let (number, end) = full_number(text, at)?;
    number.contains('-').then(|| ActRef::Number {
        number,
        issuer: None,
        issued: dates::date(text, end).map(|(date, _)| date),
    })
}
