//! Words added beside others, at the beginning or at the end of a provision.

use crate::amend::{Addition, Places, Portion, Reason, Side};
use crate::model::{Block, Para};

use super::exchange::is_chosen;
use super::find::hits;
use super::splice::splice;
use super::tree::Node;

/// Where the words beside which others are added stand: paragraph, first byte, length.
fn found(places: &[&mut Para], addition: &Addition) -> Vec<(usize, usize, usize)> {
    let (Side::After(words) | Side::Before(words)) = &addition.side else {
        return Vec::new();
    };
    let each = places.iter().enumerate().flat_map(|(place, para)| {
        let hits = hits(&para.text, words).into_iter();
        hits.map(move |hit| (place, hit.start, hit.len))
    });
    each.collect()
}

/// Adds words at one place, or at those that were chosen.
pub(super) fn add(
    node: &mut Node,
    portion: &Portion,
    addition: &Addition,
    only: Option<&Places>,
) -> Result<(), Reason> {
    if *portion != Portion::Title {
        let mut places: Vec<&mut Para> = Vec::new();
        paras(node, portion, &mut places);
        return put(places, addition, only);
    }
    let mut heading = title(node);
    put(vec![&mut heading], addition, only)?;
    node.provision.heading = Some(heading.text);
    node.provision.heading_marks = heading.marks;
    Ok(())
}

/// The heading of a provision as a paragraph.
fn title(node: &Node) -> Para {
    Para {
        text: node.provision.heading.clone().unwrap_or_default(),
        marks: node.provision.heading_marks.clone(),
        ..Para::default()
    }
}

/// Where words stand beside which others are added: the text, first byte, length.
pub(super) fn occurrences(
    node: &mut Node,
    portion: &Portion,
    addition: &Addition,
) -> Vec<(String, usize, usize)> {
    let mut heading = title(node);
    let mut texts = Vec::new();
    if *portion == Portion::Title {
        texts.push(&mut heading);
    } else {
        paras(node, portion, &mut texts);
    }
    let found = found(&texts, addition).into_iter();
    found
        .filter_map(|(place, start, len)| Some((texts.get(place)?.text.clone(), start, len)))
        .collect()
}

fn put(mut places: Vec<&mut Para>, addition: &Addition, only: Option<&Places>) -> Result<(), Reason> {
    match &addition.side {
        Side::End => return at_end(places.pop().ok_or(Reason::UnknownTarget)?, &addition.words),
        Side::Start => {
            return at_start(
                places.into_iter().next().ok_or(Reason::UnknownTarget)?,
                &addition.words,
            );
        }
        Side::After(_) | Side::Before(_) => {}
    }
    let found = found(&places, addition);
    match (found.len(), only) {
        (0, _) => return Err(Reason::PhraseNotFound),
        (1, None) => {}
        (count, Some(only)) if only.among as usize == count => {}
        _ => return Err(Reason::Ambiguous),
    }
    for (number, (place, start, len)) in found.into_iter().enumerate().rev() {
        if only.is_some_and(|only| !is_chosen(only, number + 1)) {
            continue;
        }
        let para = places.get_mut(place).ok_or(Reason::PhraseNotFound)?;
        if matches!(addition.side, Side::After(_)) {
            behind(para, start + len, &addition.words);
        } else {
            splice(para, start, 0, &format!("{} ", addition.words));
        }
    }
    Ok(())
}

/// Puts words at a byte behind other words. "A, C" with "B," behind "A" is "A, B, C": the comma
/// that stands there is theirs.
fn behind(para: &mut Para, at: usize, words: &str) {
    let mark = words.chars().next_back().filter(|c| matches!(c, ',' | ';'));
    let shared = mark.filter(|mark| para.text.get(at..).is_some_and(|tail| tail.starts_with(*mark)));
    let at = at + shared.map_or(0, char::len_utf8);
    let glued = words.starts_with([',', ';', '.']);
    let space = if glued { "" } else { " " };
    splice(para, at, 0, &format!("{space}{words}"));
}

fn paras<'n>(node: &'n mut Node, portion: &Portion, out: &mut Vec<&'n mut Para>) {
    for block in &mut node.provision.blocks {
        if let Block::Para(para) = block {
            out.push(para);
        }
    }
    if *portion == Portion::Whole {
        node.below.iter_mut().for_each(|child| paras(child, portion, out));
    }
}

/// Before the first words, whose capital goes over.
fn at_start(para: &mut Para, words: &str) -> Result<(), Reason> {
    let mut chars = para.text.chars();
    let first = chars.next().ok_or(Reason::UnknownTarget)?;
    if first.is_uppercase() && words.starts_with(char::is_uppercase) {
        let lower: String = first.to_lowercase().collect();
        splice(para, 0, first.len_utf8(), &lower);
    }
    splice(para, 0, 0, &format!("{words} "));
    Ok(())
}

/// Behind the last words, before the stop that ends them.
fn at_end(para: &mut Para, words: &str) -> Result<(), Reason> {
    let end = para.text.trim_end_matches(['.', ';', ' ']).len();
    let space = if words.starts_with([',', ';', '.']) {
        ""
    } else {
        " "
    };
    splice(para, end, 0, &format!("{space}{words}"));
    Ok(())
}
