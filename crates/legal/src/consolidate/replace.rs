//! New text in place of old, and new provisions between old ones.

use crate::amend::{Anchor, Key, Reason};
use crate::model::{Block, ProvisionKind};
use crate::structure::{passage, wrap};

use super::Change;
use super::apply::Done;
use super::tree::{Node, Path, Tree, nest};

/// The new text stands for a provision and all below it.
pub(super) fn whole(tree: &mut Tree, id: &str, text: &[Block]) -> Result<Done, Reason> {
    let path = tree.find(id)?;
    let key = Key::of(id).ok_or(Reason::UnknownTarget)?;
    let old = tree.get(&path).ok_or(Reason::UnknownTarget)?.clone();
    let mut new = read(text, &key).or_else(|reason| renumbered(tree, &path, text, &key).ok_or(reason))?;
    let above = old.provision.parent.clone();
    let place = path.1.last().copied().unwrap_or_default();
    if let Some(block) = closing(tree, &path).filter(|_| closes(&new).is_none()) {
        ending(&mut new).provision.blocks.push(block);
    }
    let held = hidden(tree, &path);
    tree.name(std::slice::from_mut(&mut new), path.0, above.as_deref());
    let changed = ids(&new);
    let other = new.provision.number != old.provision.number;
    let mut new_node = Some(new);
    if let Some(beside) = tree.beside(&path)
        && let Some(slot) = beside.get_mut(place)
        && let Some(node) = new_node.take()
    {
        *slot = node;
    }
    drop(held);
    let mut done = Done::of(changed, Change::Amended);
    if other && let Some(first) = done.provisions.first() {
        done.doubts.push((first.clone(), Reason::OtherNumber));
    }
    Ok(done)
}

/// The paragraph below the last khoản that is about its whole điều ("Chính phủ quy định chi tiết Điều
/// này."): it stays whatever becomes of the khoản.
pub(super) fn closing(tree: &mut Tree, path: &Path) -> Option<Block> {
    let place = path.1.last().copied()?;
    let last = tree.beside(path)?.len() == place + 1;
    let node = tree.get(path)?;
    (last && node.provision.kind == ProvisionKind::Clause)
        .then(|| closes(node).cloned())
        .flatten()
}

fn closes(node: &Node) -> Option<&Block> {
    const ENDS: [&str; 4] = [
        "quy định chi tiết Điều này",
        "quy định cụ thể Điều này",
        "hướng dẫn Điều này",
        "thi hành Điều này",
    ];
    if let Some(last) = node.below.last() {
        return closes(last);
    }
    let [_, .., last @ Block::Para(para)] = node.provision.blocks.as_slice() else {
        return None;
    };
    let text = para.text.trim_end_matches(['.', ' ']);
    ENDS.iter().any(|words| text.ends_with(words)).then_some(last)
}

/// The node whose words are the last ones of a node.
fn ending(node: &mut Node) -> &mut Node {
    let mut node = node;
    while !node.below.is_empty() {
        let last = node.below.len() - 1;
        node = &mut node.below[last];
    }
    node
}

/// One paragraph of a provision's own words is taken away; where provisions stand below it, or no
/// other paragraph remains, that is no paragraph.
pub(super) fn without_paragraph(tree: &mut Tree, id: &str, number: u16) -> Result<Done, Reason> {
    let path = tree.find(id)?;
    let node = tree.get_mut(&path).ok_or(Reason::UnknownTarget)?;
    let place = usize::from(number).checked_sub(1).ok_or(Reason::UnknownTarget)?;
    let blocks = &mut node.provision.blocks;
    let plain = blocks.iter().all(|block| matches!(block, Block::Para(_)));
    if !node.below.is_empty() || !plain || blocks.len() < 2 || place >= blocks.len() {
        return Err(Reason::Piece);
    }
    blocks.remove(place);
    Ok(Done::of(vec![node.provision.id.clone()], Change::Amended))
}

/// Takes the ids of what is replaced out of the way, so that the new text may bear them.
fn hidden(tree: &mut Tree, path: &Path) -> Option<Node> {
    let node = tree.get_mut(path)?;
    let old = node.clone();
    node.below.clear();
    node.provision.id.clear();
    Some(old)
}

fn ids(node: &Node) -> Vec<String> {
    let mut ids = Vec::new();
    node.walk(&mut |node| ids.push(node.provision.id.clone()));
    ids
}

/// Reads new text that must be exactly one provision.
fn read(text: &[Block], key: &Key) -> Result<Node, Reason> {
    let Some(Block::Para(first)) = text.first() else {
        return Err(Reason::NoText);
    };
    let (printed, _) = key.head(&first.text).ok_or(Reason::OtherNumber)?;
    one(text, key.kind, printed)
}

fn one(text: &[Block], kind: ProvisionKind, printed: &str) -> Result<Node, Reason> {
    let provisions = passage(text.to_vec(), kind, printed);
    let mut nodes = nest(provisions);
    match nodes.pop() {
        Some(node) if nodes.is_empty() && node.provision.kind == kind => Ok(node),
        _ => Err(Reason::OtherNumber),
    }
}

/// New text for "điểm c" that begins with "b)" where điểm b was repealed: it takes that letter.
fn renumbered(tree: &mut Tree, path: &Path, text: &[Block], key: &Key) -> Option<Node> {
    let Some(Block::Para(first)) = text.first() else {
        return None;
    };
    let free: Vec<String> = tree
        .beside(path)?
        .iter()
        .filter(|node| node.repealed && node.provision.kind == key.kind)
        .map(|node| node.provision.number.clone())
        .collect();
    free.iter().find_map(|number| {
        let other = Key {
            kind: key.kind,
            number: crate::address::ascii_number(number),
        };
        let (printed, _) = other.head(&first.text)?;
        one(text, key.kind, printed).ok()
    })
}

/// Another heading.
pub(super) fn title(tree: &mut Tree, id: &str, text: &[Block]) -> Result<Done, Reason> {
    let path = tree.find(id)?;
    let key = Key::of(id).ok_or(Reason::UnknownTarget)?;
    let Some(Block::Para(first)) = text.first() else {
        return Err(Reason::NoText);
    };
    let heading = match key.head(&first.text) {
        Some(_) if key.kind < ProvisionKind::Article => read(text, &key)?.provision.heading,
        Some((_, rest)) => Some(rest.trim_end_matches('.').to_owned()),
        None if text.len() == 1 => Some(first.text.trim_end_matches('.').to_owned()),
        None => None,
    };
    let heading = heading
        .filter(|heading| !heading.is_empty())
        .ok_or(Reason::OtherNumber)?;
    let node = tree.get_mut(&path).ok_or(Reason::UnknownTarget)?;
    node.provision.heading = Some(heading);
    node.provision.heading_marks.clear();
    Ok(Done::of(vec![node.provision.id.clone()], Change::Amended))
}

/// Other words before the first provision below.
pub(super) fn opening(tree: &mut Tree, id: &str, text: &[Block]) -> Result<Done, Reason> {
    let path = tree.find(id)?;
    let key = Key::of(id).ok_or(Reason::UnknownTarget)?;
    let node = tree.get_mut(&path).ok_or(Reason::UnknownTarget)?;
    node.provision.blocks = bare(text, &key).ok_or(Reason::NoText)?;
    Ok(Done::of(vec![node.provision.id.clone()], Change::Amended))
}

/// Another n-th paragraph of a provision's own words.
pub(super) fn paragraph(tree: &mut Tree, id: &str, number: u16, text: &[Block]) -> Result<Done, Reason> {
    let path = tree.find(id)?;
    let key = Key::of(id).ok_or(Reason::UnknownTarget)?;
    let new = bare(text, &key).ok_or(Reason::NoText)?;
    let node = tree.get_mut(&path).ok_or(Reason::UnknownTarget)?;
    let place = usize::from(number).checked_sub(1).ok_or(Reason::UnknownTarget)?;
    if place >= node.provision.blocks.len() {
        return Err(Reason::UnknownTarget);
    }
    node.provision.blocks.splice(place..=place, new);
    Ok(Done::of(vec![node.provision.id.clone()], Change::Amended))
}

/// Text without the number that may stand before it.
fn bare(text: &[Block], key: &Key) -> Option<Vec<Block>> {
    let mut blocks = text.to_vec();
    if let Some(Block::Para(first)) = blocks.first_mut()
        && let Some((_, rest)) = key.head(&first.text)
    {
        let from = first.text.len() - rest.len();
        *first = wrap::slice(first, from, first.text.len());
    }
    (!blocks.is_empty()).then_some(blocks)
}

/// A new provision between the old ones.
pub(super) fn insert(tree: &mut Tree, id: &str, anchor: &Anchor, text: &[Block]) -> Result<Done, Reason> {
    let gone = match tree.find(id) {
        Ok(path) if tree.get(&path).is_some_and(|node| !node.repealed) => return Err(Reason::AlreadyThere),
        Ok(_) => true,
        Err(Reason::Ambiguous) => return Err(Reason::Ambiguous),
        Err(_) => false,
    };
    let key = Key::of(id).ok_or(Reason::UnknownTarget)?;
    let node = read(text, &key)?;
    if gone {
        // A number that was repealed and is given again.
        return whole(tree, id, text).map(|done| Done {
            how: Change::Inserted,
            ..done
        });
    }
    let anchored = match anchor {
        Anchor::After(anchor) => Some((true, tree.find(anchor).map_err(|_| Reason::UnknownAnchor)?)),
        Anchor::Before(anchor) => Some((false, tree.find(anchor).map_err(|_| Reason::UnknownAnchor)?)),
        Anchor::ByNumber => None,
    };
    let above = match &anchored {
        Some((_, (part, path))) => (
            *part,
            path.split_last()
                .map(|(_, above)| above.to_vec())
                .unwrap_or_default(),
        ),
        None => home(tree, id, &node)?,
    };
    // "Bổ sung điểm d khoản 1 vào sau điểm c khoản 2": the two do not stand together.
    let told = id
        .rsplit_once("__")
        .filter(|_| node.provision.kind > ProvisionKind::Article);
    if told.is_some_and(|(parent, _)| tree.find(parent).ok().as_ref() != Some(&above)) {
        return Err(Reason::UnknownAnchor);
    }
    let place = anchored.map(|(after, (_, path))| path.last().map_or(0, |place| place + usize::from(after)));
    let parent = tree.get(&above).map(|node| node.provision.id.clone());
    let mut node = node;
    if tree
        .get(&above)
        .is_some_and(|parent| parent.provision.kind >= node.provision.kind)
    {
        return Err(Reason::UnknownAnchor);
    }
    tree.name(std::slice::from_mut(&mut node), above.0, parent.as_deref());
    let changed = ids(&node);
    put(tree, &above, node, place)?;
    Ok(Done::of(changed, Change::Inserted))
}

/// What a new provision goes below, told by its id; an article goes where its forerunner stands.
fn home(tree: &Tree, id: &str, node: &Node) -> Result<Path, Reason> {
    if node.provision.kind != ProvisionKind::Article {
        return match id.rsplit_once("__") {
            Some((above, _)) => {
                let path = tree.find(above)?;
                let parent = tree.get(&path).ok_or(Reason::UnknownTarget)?;
                let wanted = rank(node);
                let kin: Vec<_> = parent
                    .below
                    .iter()
                    .filter(|one| one.provision.kind == node.provision.kind)
                    .collect();
                // Numbers go on: "khoản 8" needs a khoản before it.
                let follows =
                    kin.iter().any(|one| rank(one) < wanted) || (wanted.0 <= 1 && parent.below.is_empty());
                if follows {
                    Ok(path)
                } else {
                    Err(Reason::UnknownAnchor)
                }
            }
            None => Ok((0, Vec::new())),
        };
    }
    let wanted = rank(node);
    let part = id.rsplit_once("__").map(|(part, _)| part);
    let mut best: Option<((u32, String), Path)> = None;
    for (place, (own, nodes)) in tree.parts.iter().enumerate() {
        if part.map_or(place != 0, |part| part != own.id) {
            continue;
        }
        articles(nodes, &mut (place, Vec::new()), &mut |one, path| {
            let number = rank(one);
            if number < wanted && best.as_ref().is_none_or(|(known, _)| *known < number) {
                best = Some((number, path.clone()));
            }
        });
    }
    let (_, (part, mut path)) = best.ok_or(Reason::UnknownAnchor)?;
    path.pop();
    Ok((part, path))
}

fn articles(nodes: &[Node], path: &mut Path, visit: &mut impl FnMut(&Node, &Path)) {
    for (place, node) in nodes.iter().enumerate() {
        path.1.push(place);
        if node.provision.kind == ProvisionKind::Article {
            visit(node, path);
        } else {
            articles(&node.below, path, visit);
        }
        path.1.pop();
    }
}

/// A number as it sorts among its siblings.
fn rank(node: &Node) -> (u32, String) {
    let number = &node.provision.number;
    if node.provision.kind == ProvisionKind::Point {
        return viet::point_rank(number).map_or((u32::MAX, number.clone()), |(place, inserted)| {
            (u32::try_from(place).unwrap_or(u32::MAX), format!("{inserted:03}"))
        });
    }
    viet::numbers::rank(number).unwrap_or((u32::MAX, number.clone()))
}

/// Hangs a node below `above`: at `place`, else behind the siblings with smaller numbers.
pub(super) fn put(tree: &mut Tree, above: &Path, node: Node, place: Option<usize>) -> Result<(), Reason> {
    let nodes = tree.below(above).ok_or(Reason::UnknownAnchor)?;
    let wanted = rank(&node);
    let place = place.unwrap_or_else(|| {
        let same = |one: &Node| one.provision.kind == node.provision.kind;
        let last = nodes.iter().rposition(|one| same(one) && rank(one) < wanted);
        last.map_or_else(
            || nodes.iter().position(same).unwrap_or(nodes.len()),
            |place| place + 1,
        )
    });
    nodes.insert(place.min(nodes.len()), node);
    Ok(())
}
