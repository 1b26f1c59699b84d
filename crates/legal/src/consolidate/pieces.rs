//! Forms of an appendix and rows of its tables: replaced, added, taken away, words exchanged in them.

use std::collections::HashSet;

use crate::amend::{Anchor, Form, FormKind, Instruction, Operation, Portion, Reason, forms};
use crate::citations::places::Place;
use crate::model::{Block, Footnote, MarkKind, Para, Part, PartKind, Table};

use super::apply::Done;
use super::tree::{Path, Tree};
use super::{Change, REPEALED, exchange, rows};

/// Whose text holds a form or a row.
#[derive(Clone)]
enum Holder {
    Part(usize),
    Node(Path),
}

/// Where the label of a form or the number of a row stands in the text of an appendix: the block, and
/// the row in a table. `None` where that is not certain.
#[must_use]
pub fn label(blocks: &[Block], piece: &Portion) -> Option<(usize, usize)> {
    match piece {
        Portion::Form(form) => forms::find(blocks, form).ok().map(|range| (range.start, 0)),
        Portion::Row(number) => rows::find(blocks, (&[], number)).ok(),
        _ => None,
    }
}

/// Carries out an instruction about a form or a row.
pub(super) fn apply(tree: &mut Tree, instruction: &Instruction) -> Result<Done, Reason> {
    let (holder, groups) = holder(tree, instruction)?;
    let mut blocks = blocks(tree, &holder).ok_or(Reason::UnknownTarget)?.clone();
    let id = id(tree, &holder).ok_or(Reason::UnknownTarget)?;
    let text = fresh(tree, &instruction.text);
    let operation = &instruction.operation;
    if let (Holder::Part(at), Operation::Insert(_), Portion::Form(form)) =
        (&holder, operation, &instruction.target.portion)
        && forms::first(&blocks).is_some()
    {
        return new_part(tree, *at, form, (&blocks, operation), text);
    }
    let done = match &instruction.target.portion {
        Portion::Form(form) => change_form(&mut blocks, form, operation, text, &id)?,
        Portion::Row(number) => rows::change(&mut blocks, (&groups, number), operation, &text, &id)?,
        _ => return Err(Reason::Piece),
    };
    match holder {
        Holder::Part(at) => {
            if let Some((part, _)) = tree.parts.get_mut(at) {
                part.opening = blocks;
                let (opening, closing) = (&part.opening, &part.closing);
                part.notes
                    .retain(|note| refers(opening, note) || refers(closing, note));
            }
        }
        Holder::Node(path) => {
            if let Some(node) = tree.get_mut(&path) {
                node.provision.blocks = blocks;
                let own = &node.provision;
                let kept: Vec<Footnote> = own
                    .notes
                    .iter()
                    .filter(|note| {
                        let marked = own
                            .heading_marks
                            .iter()
                            .any(|mark| mark.kind == MarkKind::Note(note.id.clone()));
                        marked || refers(&own.blocks, note)
                    })
                    .cloned()
                    .collect();
                node.provision.notes = kept;
            }
        }
    }
    Ok(done)
}

/// Where the form or row is looked for, and the sections of the appendix that hold the row.
fn holder(tree: &Tree, instruction: &Instruction) -> Result<(Holder, Vec<String>), Reason> {
    let portion = &instruction.target.portion;
    let Some(id) = instruction.target.provision.as_deref() else {
        return Ok((anywhere(tree, instruction)?, Vec::new()));
    };
    let mut segments = id.split("__");
    let first = segments.next().unwrap_or_default();
    if let Some(number) = first.strip_prefix("app_") {
        let groups: Vec<String> = segments
            .filter_map(|segment| segment.rsplit_once('_'))
            .map(|(_, number)| number.to_owned())
            .collect();
        if matches!(portion, Portion::Form(_)) && !groups.is_empty() {
            return Err(Reason::Piece);
        }
        let at = tree.appendix(number)?.ok_or(Reason::UnknownTarget)?;
        return Ok((Holder::Part(at), groups));
    }
    match portion {
        Portion::Row(_) if Place::of_id(id).id().as_deref() == Some(id) => {
            Ok((Holder::Node(tree.find(id)?), Vec::new()))
        }
        _ => Err(Reason::Piece),
    }
}

/// The only appendix that has it; for a new one the only one that has its anchor.
fn anywhere(tree: &Tree, instruction: &Instruction) -> Result<Holder, Reason> {
    let appendices: Vec<usize> = (0..tree.parts.len())
        .filter(|at| {
            tree.parts
                .get(*at)
                .is_some_and(|(part, _)| part.id.starts_with("app_"))
        })
        .collect();
    if let [only] = appendices.as_slice() {
        return Ok(Holder::Part(*only));
    }
    let portion = match (&instruction.operation, &instruction.target.portion) {
        (Operation::Insert(Anchor::After(label) | Anchor::Before(label)), portion) => other(portion, label),
        (Operation::Insert(Anchor::ByNumber), Portion::Form(form)) => {
            return by_number(tree, &appendices, form);
        }
        (Operation::Insert(Anchor::ByNumber), _) => return Err(Reason::UnknownAnchor),
        (_, portion) => portion.clone(),
    };
    let missing = match portion {
        Portion::Form(_) => Reason::NoForm,
        _ => Reason::NoRow,
    };
    let mut found = Vec::new();
    for at in appendices {
        let blocks = tree.parts.get(at).map_or(&[][..], |(part, _)| &part.opening);
        let there = match &portion {
            Portion::Form(form) => forms::find(blocks, form).map(drop),
            Portion::Row(number) => rows::find(blocks, (&[], number)).map(drop),
            _ => Err(Reason::Piece),
        };
        match there {
            Ok(()) => found.push(at),
            Err(Reason::NoForm | Reason::NoRow | Reason::NoTable) => {}
            Err(reason) => return Err(reason),
        }
    }
    match found.as_slice() {
        [] => Err(missing),
        [one] => Ok(Holder::Part(*one)),
        _ => Err(Reason::Repeated),
    }
}

/// The appendix that a new form belongs to by its number: the one that has forms, or where forms
/// are appendices themselves that of the next smaller number.
fn by_number(tree: &Tree, appendices: &[usize], form: &Form) -> Result<Holder, Reason> {
    let wanted = form.rank().ok_or(Reason::UnknownAnchor)?;
    let mut best: Option<((u32, String), usize)> = None;
    let mut several = 0;
    let mut single = true;
    for at in appendices {
        let blocks = tree.parts.get(*at).map_or(&[][..], |(part, _)| &part.opening);
        let starts = forms::starts(blocks).into_iter().filter_map(|(_, one)| one);
        let kin: Vec<Form> = starts.filter(|one| one.kind == form.kind).collect();
        several += usize::from(!kin.is_empty());
        single &= kin.is_empty() || forms::first(blocks).is_some();
        let smaller = kin
            .iter()
            .filter_map(Form::rank)
            .filter(|rank| *rank <= wanted)
            .max();
        if let Some(rank) = smaller.filter(|rank| best.as_ref().is_none_or(|(known, _)| known < rank)) {
            best = Some((rank, *at));
        }
    }
    match best {
        Some((rank, _)) if rank == wanted => Err(Reason::AlreadyThere),
        Some((_, at)) if several == 1 || single => Ok(Holder::Part(at)),
        _ => Err(Reason::UnknownAnchor),
    }
}

fn other(portion: &Portion, label: &str) -> Portion {
    match portion {
        Portion::Form(form) => Portion::Form(named(form.kind, label)),
        _ => Portion::Row(label.to_owned()),
    }
}

fn named(kind: FormKind, number: &str) -> Form {
    Form {
        kind,
        number: number.to_owned(),
    }
}

fn blocks<'t>(tree: &'t Tree, holder: &Holder) -> Option<&'t Vec<Block>> {
    match holder {
        Holder::Part(at) => tree.parts.get(*at).map(|(part, _)| &part.opening),
        Holder::Node(path) => tree.get(path).map(|node| &node.provision.blocks),
    }
}

fn id(tree: &Tree, holder: &Holder) -> Option<String> {
    match holder {
        Holder::Part(at) => tree.parts.get(*at).map(|(part, _)| part.id.clone()),
        Holder::Node(path) => tree.get(path).map(|node| node.provision.id.clone()),
    }
}

/// What is done to one form of an appendix.
fn change_form(
    blocks: &mut Vec<Block>,
    form: &Form,
    operation: &Operation,
    mut text: Vec<Block>,
    id: &str,
) -> Result<Done, Reason> {
    let done = |how| Ok(Done::of(vec![id.to_owned()], how));
    match operation {
        Operation::Insert(anchor) => {
            let at = place_of_new(blocks, form, anchor)?;
            if text.is_empty() {
                return Err(Reason::NoNewForm);
            }
            blocks.splice(at..at, text);
            done(Change::Inserted)
        }
        Operation::Replace => {
            let range = forms::find(blocks, form)?;
            let new = forms::first(&text).ok_or(Reason::OtherNumber)?;
            // "Mẫu số 01 thành Mẫu số 31": the act goes on calling it Mẫu số 01.
            let renamed = !new.same(form);
            if let (true, Some(label), Some(first)) = (renamed, blocks.get(range.start), text.first_mut()) {
                first.clone_from(label);
            }
            blocks.splice(range, text);
            done(Change::Amended)
        }
        Operation::Repeal => {
            let range = forms::find(blocks, form)?;
            let says = Block::Para(Para {
                text: REPEALED.to_owned(),
                ..Para::default()
            });
            if !matches!(blocks.get(range.start), Some(Block::Para(_))) {
                return Err(Reason::Bounds);
            }
            blocks.splice(range.start + 1..range.end, [says]);
            done(Change::Repealed)
        }
        Operation::ReplacePhrase(_) | Operation::DropPhrase(_) => {
            let range = forms::find(blocks, form)?;
            let mut own: Vec<Block> = blocks.get(range.clone()).unwrap_or_default().to_vec();
            let worked = exchange::in_blocks(id, &mut own, operation)?;
            blocks.splice(range, own);
            Ok(worked.done())
        }
        _ => Err(Reason::Piece),
    }
}

/// Where every form is an appendix, a new one is too: behind or before the one at `at`.
fn new_part(
    tree: &mut Tree,
    at: usize,
    form: &Form,
    (blocks, operation): (&[Block], &Operation),
    text: Vec<Block>,
) -> Result<Done, Reason> {
    let Operation::Insert(anchor) = operation else {
        return Err(Reason::Piece);
    };
    let place = place_of_new(blocks, form, anchor)?;
    if place != 0 && place != blocks.len() {
        return Err(Reason::Bounds);
    }
    let taken: HashSet<&str> = tree.parts.iter().map(|(part, _)| part.id.as_str()).collect();
    let mut ids = (tree.parts.len()..).map(|number| format!("app_{number}"));
    let id = ids.find(|id| !taken.contains(id.as_str())).unwrap_or_default();
    let part = Part {
        id: id.clone(),
        kind: PartKind::Appendix,
        number: Some(form.number.clone()),
        title: form.words(),
        opening: text,
        ..Part::default()
    };
    tree.parts
        .insert(at + usize::from(place != 0), (part, Vec::new()));
    Ok(Done::of(vec![id], Change::Inserted))
}

/// Where a new form goes: beside its anchor, else behind the form of the next smaller number.
fn place_of_new(blocks: &[Block], form: &Form, anchor: &Anchor) -> Result<usize, Reason> {
    match forms::find(blocks, form) {
        Err(Reason::NoForm) => {}
        Err(reason) => return Err(reason),
        Ok(_) => return Err(Reason::AlreadyThere),
    }
    let found = |number: &str| match forms::find(blocks, &named(form.kind, number)) {
        Err(Reason::NoForm) => Err(Reason::UnknownAnchor),
        found => found,
    };
    match anchor {
        Anchor::After(number) => Ok(found(number)?.end),
        Anchor::Before(number) => Ok(found(number)?.start),
        Anchor::ByNumber => {
            let starts = forms::starts(blocks).into_iter();
            let wanted = form.rank().ok_or(Reason::UnknownAnchor)?;
            let kin = starts.filter_map(|(_, one)| one.filter(|one| one.kind == form.kind));
            let ranks = kin.filter_map(|one| one.rank().map(|rank| (rank, one)));
            let before = ranks
                .filter(|(rank, _)| *rank < wanted)
                .max_by(|a, b| a.0.cmp(&b.0));
            let (_, before) = before.ok_or(Reason::UnknownAnchor)?;
            Ok(found(&before.number)?.end)
        }
    }
}

/// New text whose tables bear names that no table of the act has, without the signs of footnotes,
/// which stay with the amending act.
fn fresh(tree: &Tree, text: &[Block]) -> Vec<Block> {
    let mut taken = HashSet::new();
    for (part, nodes) in &tree.parts {
        for blocks in [&part.opening, &part.closing] {
            tables(blocks, &mut |table| {
                taken.insert(table.id.clone());
            });
        }
        for node in nodes {
            node.walk(&mut |node| {
                tables(&node.provision.blocks, &mut |table| {
                    taken.insert(table.id.clone());
                })
            });
        }
    }
    let mut next = taken.len();
    let mut text = text.to_vec();
    for block in &mut text {
        match block {
            Block::Table(table) => {
                while !taken.insert(table.id.clone()) {
                    next += 1;
                    table.id = format!("tbl_{next}");
                }
                let cells = table.rows.iter_mut().flat_map(|row| &mut row.cells);
                cells.flat_map(|cell| &mut cell.paras).for_each(unmarked);
            }
            Block::Para(para) => unmarked(para),
            Block::Quote(_) => {}
        }
    }
    text
}

fn unmarked(para: &mut Para) {
    para.marks.retain(|mark| !matches!(mark.kind, MarkKind::Note(_)));
}

fn tables(blocks: &[Block], visit: &mut impl FnMut(&Table)) {
    for block in blocks {
        match block {
            Block::Table(table) => visit(table),
            Block::Quote(quote) => tables(&quote.blocks, visit),
            Block::Para(_) => {}
        }
    }
}

/// Whether the sign of a footnote stands in a text.
fn refers(blocks: &[Block], note: &Footnote) -> bool {
    let marks = |para: &Para| {
        para.marks
            .iter()
            .any(|mark| mark.kind == MarkKind::Note(note.id.clone()))
    };
    blocks.iter().any(|block| match block {
        Block::Para(para) => marks(para),
        Block::Table(table) => {
            let cells = table.rows.iter().flat_map(|row| &row.cells);
            cells.flat_map(|cell| &cell.paras).any(marks)
        }
        Block::Quote(quote) => refers(&quote.blocks, note),
    })
}
