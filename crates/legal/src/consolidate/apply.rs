//! One instruction on the tree.

use crate::amend::{Instruction, Operation, Portion, Reason};
use crate::model::{Block, Para, Part, PartKind, ProvisionKind};

use super::tree::{Node, Path, Tree};
use super::{Change, REPEALED, exchange, pieces, replace};

/// What an instruction did.
pub(super) struct Done {
    /// Ids of what changed.
    pub provisions: Vec<String>,
    pub how: Change,
    /// What was done and is still in doubt.
    pub doubts: Vec<(String, Reason)>,
    /// Which of the words asked for stood there.
    pub met: Vec<String>,
}

impl Done {
    pub(super) fn of(provisions: Vec<String>, how: Change) -> Self {
        Self {
            provisions,
            how,
            doubts: Vec::new(),
            met: Vec::new(),
        }
    }
}

/// Carries out an instruction, or leaves the tree as it is and says why.
pub(super) fn apply(tree: &mut Tree, instruction: &Instruction) -> Result<Done, Reason> {
    let portion = &instruction.target.portion;
    match portion {
        Portion::Piece => return Err(Reason::Piece),
        Portion::Form(_) | Portion::Row(_) => return pieces::apply(tree, instruction),
        _ => {}
    }
    let target = instruction.target.provision.as_deref();
    let Some(id) = target else {
        return whole(tree, instruction);
    };
    if id
        .split("__")
        .next()
        .is_some_and(|first| first.starts_with("app_"))
    {
        return appendix(tree, id, instruction);
    }
    match &instruction.operation {
        Operation::Replace => match portion {
            Portion::Whole => replace::whole(tree, id, &instruction.text),
            Portion::Title => replace::title(tree, id, &instruction.text),
            Portion::Opening => replace::opening(tree, id, &instruction.text),
            Portion::Paragraph(number) => replace::paragraph(tree, id, *number, &instruction.text),
            Portion::Piece | Portion::Form(_) | Portion::Row(_) => Err(Reason::Piece),
        },
        Operation::Insert(_) if *portion != Portion::Whole => Err(Reason::Piece),
        Operation::Insert(anchor) => replace::insert(tree, id, anchor, &instruction.text),
        Operation::Repeal => match portion {
            Portion::Whole => repeal(tree, id),
            Portion::Paragraph(number) => replace::without_paragraph(tree, id, *number),
            _ => Err(Reason::Piece),
        },
        Operation::Lapse => standing(tree, id, Change::Lapsed),
        Operation::Suspend => standing(tree, id, Change::Suspended),
        Operation::Resume => standing(tree, id, Change::Resumed),
        Operation::Postpone => standing(tree, id, Change::Postponed),
        Operation::Extend => standing(tree, id, Change::Extended),
        Operation::Renumber(to) => renumber(tree, id, to),
        words => {
            let path = tree.find(id)?;
            let node = tree.get_mut(&path).ok_or(Reason::UnknownTarget)?;
            Ok(exchange::within(node, portion, words)?.done())
        }
    }
}

/// The words stay; what the provision is worth changes.
fn standing(tree: &Tree, id: &str, how: Change) -> Result<Done, Reason> {
    let path = tree.find(id)?;
    let mut ids = Vec::new();
    if let Some(node) = tree.get(&path) {
        node.walk(&mut |node| ids.push(node.provision.id.clone()));
    }
    Ok(Done::of(ids, how))
}

/// What is done to the act as a whole.
fn whole(tree: &mut Tree, instruction: &Instruction) -> Result<Done, Reason> {
    let operation = &instruction.operation;
    let ends = |how| Ok(Done::of(without(tree, &instruction.except)?, how));
    match operation {
        // Where single provisions keep their force, the words of the others stay to be read.
        Operation::Repeal if !instruction.except.is_empty() => ends(Change::Lapsed),
        Operation::Repeal => ends(Change::Repealed),
        Operation::Lapse => ends(Change::Lapsed),
        Operation::Suspend => ends(Change::Suspended),
        Operation::Resume => ends(Change::Resumed),
        Operation::Postpone => ends(Change::Postponed),
        Operation::Extend => ends(Change::Extended),
        Operation::ReplacePhrase(_) | Operation::DropPhrase(_) => throughout(tree, operation),
        Operation::Replace
        | Operation::Insert(_)
        | Operation::AddPhrase(_)
        | Operation::Renumber(_)
        | Operation::Only(_) => Err(Reason::NoTarget),
    }
}

/// Words exchanged in the whole act, its appendices included.
fn throughout(tree: &mut Tree, operation: &Operation) -> Result<Done, Reason> {
    let mut parts = tree.parts.clone();
    let mut done = exchange::Worked::default();
    for (part, nodes) in &mut parts {
        let appendix = part.kind == PartKind::Appendix;
        let opening = appendix.then(|| exchange::in_blocks(&part.id, &mut part.opening, operation));
        let inside = nodes
            .iter_mut()
            .map(|node| exchange::within(node, &Portion::Whole, operation));
        for worked in opening.into_iter().chain(inside) {
            match worked {
                Ok(worked) => done.take(worked),
                Err(Reason::PhraseNotFound) => {}
                Err(reason) => return Err(reason),
            }
        }
    }
    if done.met.is_empty() {
        return Err(Reason::PhraseNotFound);
    }
    tree.parts = parts;
    Ok(done.done())
}

/// The provisions that lose their force where others keep it; none: the act as a whole does.
fn without(tree: &Tree, kept: &[String]) -> Result<Vec<String>, Reason> {
    let kept: Vec<String> = kept
        .iter()
        .map(|id| {
            Ok(tree
                .get(&tree.find(id)?)
                .ok_or(Reason::UnknownTarget)?
                .provision
                .id
                .clone())
        })
        .collect::<Result<_, Reason>>()?;
    if kept.is_empty() {
        return Ok(kept);
    }
    let mut ids = Vec::new();
    for (part, nodes) in &tree.parts {
        let before = ids.len();
        for node in nodes {
            losing(node, &kept, &mut ids);
        }
        if nodes.is_empty() && part.kind == PartKind::Appendix && ids.len() == before {
            ids.push(part.id.clone());
        }
    }
    Ok(ids)
}

/// Adds what loses its force of a node; true where nothing in it keeps any.
fn losing(node: &Node, kept: &[String], ids: &mut Vec<String>) -> bool {
    if kept.contains(&node.provision.id) {
        return false;
    }
    let place = ids.len();
    ids.push(node.provision.id.clone());
    let below = node
        .below
        .iter()
        .map(|one| losing(one, kept, ids))
        .collect::<Vec<_>>();
    let all = below.into_iter().all(|one| one);
    if !all {
        // What holds a provision in force is not itself ended.
        ids.remove(place);
    }
    all
}

/// The words are taken away, the number stays.
fn repeal(tree: &mut Tree, id: &str) -> Result<Done, Reason> {
    let path = tree.find(id)?;
    let closing = replace::closing(tree, &path);
    let node = tree.get_mut(&path).ok_or(Reason::UnknownTarget)?;
    if node.repealed {
        return Err(Reason::Gone);
    }
    node.repeal();
    node.provision.blocks.extend(closing);
    let mut ids = Vec::new();
    node.walk(&mut |node| ids.push(node.provision.id.clone()));
    Ok(Done::of(ids, Change::Repealed))
}

/// An appendix is text without provisions: taken away or replaced as a whole.
fn appendix(tree: &mut Tree, id: &str, instruction: &Instruction) -> Result<Done, Reason> {
    let number = id
        .strip_prefix("app_")
        .filter(|number| !number.contains("__"))
        .ok_or(Reason::Piece)?;
    let Some(at) = tree.appendix(number)? else {
        return new_appendix(tree, number, instruction);
    };
    let (part, nodes) = tree.parts.get_mut(at).ok_or(Reason::UnknownTarget)?;
    let how = match &instruction.operation {
        Operation::Repeal if instruction.target.portion == Portion::Whole => {
            part.opening = vec![Block::Para(Para {
                text: REPEALED.to_owned(),
                ..Para::default()
            })];
            part.notes.clear();
            nodes.clear();
            Change::Repealed
        }
        Operation::Replace
            if instruction.target.portion == Portion::Whole
                && !instruction.text.is_empty()
                // Provisions of its own are not in the new text.
                && nodes.is_empty() =>
        {
            part.opening.clone_from(&instruction.text);
            part.notes.clear();
            Change::Amended
        }
        Operation::Lapse => Change::Lapsed,
        Operation::Suspend => Change::Suspended,
        Operation::Resume => Change::Resumed,
        Operation::Postpone => Change::Postponed,
        Operation::Extend => Change::Extended,
        _ => return Err(Reason::Piece),
    };
    Ok(Done::of(vec![part.id.clone()], how))
}

/// An appendix that the act did not have goes behind the others.
fn new_appendix(tree: &mut Tree, number: &str, instruction: &Instruction) -> Result<Done, Reason> {
    let adds = matches!(instruction.operation, Operation::Insert(_))
        || instruction.operation == Operation::Replace
            && instruction.source.sentence.to_lowercase().starts_with("bổ sung");
    let Some(Block::Para(first)) = instruction.text.first().filter(|_| adds) else {
        return Err(Reason::UnknownTarget);
    };
    let count = tree
        .parts
        .iter()
        .filter(|(part, _)| part.kind == PartKind::Appendix)
        .count();
    let part = Part {
        id: format!("app_{}", count + 1),
        kind: PartKind::Appendix,
        number: Some(number.to_owned()),
        title: first.text.clone(),
        opening: instruction.text.clone(),
        ..Part::default()
    };
    let id = part.id.clone();
    tree.parts.push((part, Vec::new()));
    Ok(Done::of(vec![id], Change::Inserted))
}

/// Gives a provision another number beside its siblings.
fn renumber(tree: &mut Tree, id: &str, to: &str) -> Result<Done, Reason> {
    let path = tree.find(id)?;
    if tree.find(to).is_ok() {
        return Err(Reason::AlreadyThere);
    }
    let same_parent =
        id.rsplit_once("__").map(|(above, _)| above) == to.rsplit_once("__").map(|(above, _)| above);
    let key = crate::amend::Key::of(to).ok_or(Reason::UnknownTarget)?;
    let part = path.0;
    let mut node = tree.get(&path).cloned().ok_or(Reason::UnknownTarget)?;
    if !same_parent || node.provision.kind != key.kind {
        return Err(Reason::UnknownTarget);
    }
    node.provision.number = match node.provision.kind {
        ProvisionKind::Point => key.number.replace("dd", "đ"),
        _ => key.number,
    };
    let above = node.provision.parent.clone();
    let place = path.1.last().copied().unwrap_or_default();
    let beside = tree.beside(&path).ok_or(Reason::UnknownTarget)?;
    beside.remove(place);
    tree.name(std::slice::from_mut(&mut node), part, above.as_deref());
    let id = node.provision.id.clone();
    replace::put(tree, &path_above(&path), node, None)?;
    Ok(Done::of(vec![id], Change::Renumbered))
}

fn path_above((part, path): &Path) -> Path {
    let above = path
        .split_last()
        .map(|(_, above)| above.to_vec())
        .unwrap_or_default();
    (*part, above)
}
