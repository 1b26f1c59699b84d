//! New text against the act it stands in: citations of provisions that the act does not have.

use std::collections::{HashMap, HashSet};

use crate::amend::Reason;
use crate::citations::{ActRef, Status, citations_at, text_at};
use crate::model::{ActText, Block, ProvisionKind};

use super::Flag;
use super::tree::{Node, Tree};

/// Mends the letter l printed as 1 in "điểm 1 khoản 3", where the act has điểm l and no điểm 1,
/// and flags the other citations of new text that lead nowhere.
pub(super) fn mend(tree: &mut Tree, flags: &mut Vec<Flag>) {
    let touched = touched(tree);
    if touched.is_empty() {
        return;
    }
    let act = tree.text(&ActText::default());
    let ids: HashSet<&str> = act.provisions.iter().map(|one| one.id.as_str()).collect();
    let known = |id: &str| ids.contains(id);
    let mut repairs: Vec<(String, usize, usize)> = Vec::new();
    for placed in citations_at(&act, &|id| touched.contains_key(id)) {
        let Some(by) = touched.get(&placed.spot.at) else {
            continue;
        };
        for target in &placed.citation.targets {
            let Some(id) = target.provision.as_deref() else {
                continue;
            };
            if target.act != ActRef::This || known(id) || target.status == Status::Resolved {
                continue;
            }
            let words = text_at(&act, &placed.spot).and_then(|text| text.get(target.span.clone()));
            let letter = id.strip_suffix("point_1").map(|above| format!("{above}point_l"));
            let one = words.and_then(lone_one);
            let reason = match (letter.filter(|id| known(id)), one, placed.spot.path.as_slice()) {
                (Some(_), Some(at), [block]) if placed.spot.quote.is_none() => {
                    repairs.push((placed.spot.at.clone(), *block, target.span.start + at));
                    Reason::Misprint
                }
                _ => Reason::DanglingCitation,
            };
            flags.push(Flag {
                provision: Some(placed.spot.at.clone()),
                reason,
                by: by.clone(),
                sentence: words.unwrap_or_default().to_owned(),
            });
        }
    }
    for (id, block, at) in repairs {
        repair(tree, &id, block, at);
    }
}

/// Ends items as the list around them does: the item that is no longer the last one takes ";",
/// and new text that lost its last stop in the file gets it back. Only items that an amendment
/// brought, and the one before an item that it brought, are changed.
pub(super) fn punctuate(tree: &mut Tree) {
    for (_, nodes) in &mut tree.parts {
        for node in nodes {
            end_items(node);
        }
    }
}

fn end_items(node: &mut Node) {
    let kind = node.below.first().map(|first| first.provision.kind);
    let list = kind.is_some_and(|kind| kind > ProvisionKind::Article);
    if list && node.below.iter().any(|item| item.touched.is_some()) {
        let count = node.below.len();
        let new = |at: usize| node.below.get(at).is_some_and(|item| item.touched.is_some());
        // What ended the list before says nothing of how its items end.
        let told = |sign| {
            (0..count - 1)
                .filter(|at| !new(at + 1) && ends(&node.below[*at], sign))
                .count()
        };
        let (semicolons, stops) = (told(';'), told('.'));
        let listed = semicolons > stops || (semicolons + stops == 0 && kind == Some(ProvisionKind::Point));
        for place in 0..count {
            let new = |at: usize| node.below.get(at).is_some_and(|item| item.touched.is_some());
            let near = new(place) || new(place + 1);
            let last = place + 1 == count;
            if let Some(item) = node.below.get_mut(place).filter(|item| near && !item.repealed) {
                stop(item, if last || !listed { None } else { Some(';') });
            }
        }
    }
    if node.touched.is_some() && node.below.is_empty() && !node.repealed {
        stop(node, None);
    }
    node.below.iter_mut().for_each(end_items);
}

/// The last paragraph of an item without items below it.
fn last_text(node: &mut Node) -> Option<&mut String> {
    if !node.below.is_empty() {
        return None;
    }
    match node.provision.blocks.last_mut() {
        Some(Block::Para(para)) => Some(&mut para.text),
        _ => None,
    }
}

fn ends(node: &Node, sign: char) -> bool {
    let last = node.provision.blocks.last().filter(|_| node.below.is_empty());
    matches!(last, Some(Block::Para(para)) if para.text.ends_with(sign))
}

/// Puts the stop that a list asks for, or a full stop where there is none at all.
fn stop(node: &mut Node, wanted: Option<char>) {
    let Some(text) = last_text(node) else { return };
    match wanted {
        Some(sign) if text.ends_with('.') => {
            text.pop();
            text.push(sign);
        }
        _ if text.ends_with(|c: char| c.is_alphanumeric() || c == ')') => text.push(wanted.unwrap_or('.')),
        _ => {}
    }
}

/// Byte of a figure 1 that stands alone.
fn lone_one(words: &str) -> Option<usize> {
    let alone = |at: usize| {
        let before = words.get(..at).and_then(|head| head.chars().next_back());
        let after = words.get(at + 1..).and_then(|tail| tail.chars().next());
        !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
    };
    words.match_indices('1').map(|(at, _)| at).find(|at| alone(*at))
}

fn repair(tree: &mut Tree, id: &str, block: usize, at: usize) {
    if let Ok(path) = tree.find(id)
        && let Some(node) = tree.get_mut(&path)
        && let Some(Block::Para(para)) = node.provision.blocks.get_mut(block)
        && para.text.get(at..=at) == Some("1")
    {
        para.text.replace_range(at..=at, "l");
    }
}

/// Provisions whose words an amending act gave, with that act.
fn touched(tree: &Tree) -> HashMap<String, String> {
    let mut out = HashMap::new();
    let mut visit = |node: &Node| {
        if let Some(by) = &node.touched {
            // Where two bear one id, the first counts.
            out.entry(node.provision.id.clone()).or_insert_with(|| by.clone());
        }
    };
    for (_, nodes) in &tree.parts {
        for node in nodes {
            node.walk(&mut |node| visit(node));
        }
    }
    out
}
