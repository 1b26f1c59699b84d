//! Provisions as a tree: children of each, roots of each part.

use std::collections::HashMap;

use legal::model::{ActText, Block, Footnote, Para, Part, PartKind, Provision};

/// An act's provisions by parent. Built once, in time linear in the act.
pub(crate) struct Tree<'a> {
    pub act: &'a ActText,
    children: HashMap<&'a str, Vec<&'a Provision>>,
    roots: HashMap<&'a str, Vec<&'a Provision>>,
    notes: HashMap<&'a str, &'a Footnote>,
}

impl<'a> Tree<'a> {
    /// A provision whose parent is unknown or stands after it becomes a root of its part,
    /// so nothing is lost and no walk can run in a circle.
    pub fn new(act: &'a ActText) -> Self {
        let mut tree = Self {
            act,
            children: HashMap::new(),
            roots: HashMap::new(),
            notes: HashMap::new(),
        };
        let mut seen: HashMap<&str, ()> = HashMap::new();
        for provision in &act.provisions {
            let parent = provision.parent.as_deref().filter(|id| seen.contains_key(id));
            let (map, key) = match parent {
                Some(parent) => (&mut tree.children, parent),
                None => (&mut tree.roots, tree_part(act, provision)),
            };
            map.entry(key).or_default().push(provision);
            seen.insert(&provision.id, ());
            tree.notes.extend(by_id(&provision.notes));
        }
        for part in &act.parts {
            tree.notes.extend(by_id(&part.notes));
        }
        tree
    }

    /// Provisions directly below `provision`.
    pub fn children(&self, provision: &Provision) -> &[&'a Provision] {
        self.children
            .get(provision.id.as_str())
            .map_or(&[], Vec::as_slice)
    }

    /// Provisions of a part that have no parent.
    pub fn roots(&self, part: &Part) -> &[&'a Provision] {
        self.roots.get(part.id.as_str()).map_or(&[], Vec::as_slice)
    }

    /// The footnote with this id.
    pub fn note(&self, id: &str) -> Option<&'a Footnote> {
        self.notes.get(id).copied()
    }

    /// The act itself; `None` for an act of which only metadata is known.
    pub fn main(&self) -> Option<&'a Part> {
        self.act.parts.iter().find(|part| part.kind == PartKind::Main)
    }

    /// Attached regulations and appendices, in order.
    pub fn attachments(&self) -> impl Iterator<Item = &'a Part> {
        self.act.parts.iter().filter(|part| part.kind != PartKind::Main)
    }
}

/// The part of a provision; the first one where it names a part that is not there.
fn tree_part<'a>(act: &'a ActText, provision: &'a Provision) -> &'a str {
    match act.parts.iter().find(|part| part.id == provision.part) {
        Some(part) => &part.id,
        None => act.parts.first().map_or(&provision.part, |part| &part.id),
    }
}

fn by_id(notes: &[Footnote]) -> impl Iterator<Item = (&str, &Footnote)> {
    notes.iter().map(|note| (note.id.as_str(), note))
}

/// Footnotes among `notes` to which no mark of `blocks` or of the heading refers:
/// writers put them after the text instead of losing them.
pub(crate) fn unreferred<'a>(
    notes: &'a [Footnote],
    blocks: &[&[Block]],
    heading: &[legal::model::Mark],
) -> Vec<&'a Footnote> {
    let mut seen: Vec<&str> = heading.iter().filter_map(note_id).collect();
    for blocks in blocks {
        collect(blocks, &mut seen);
    }
    notes
        .iter()
        .filter(|note| !seen.contains(&note.id.as_str()))
        .collect()
}

fn collect<'a>(blocks: &'a [Block], seen: &mut Vec<&'a str>) {
    for block in blocks {
        match block {
            Block::Para(para) => collect_para(para, seen),
            Block::Quote(quote) => collect(&quote.blocks, seen),
            Block::Table(table) => {
                let cells = table.rows.iter().flat_map(|row| &row.cells);
                cells
                    .flat_map(|cell| &cell.paras)
                    .for_each(|para| collect_para(para, seen));
            }
        }
    }
}

fn collect_para<'a>(para: &'a Para, seen: &mut Vec<&'a str>) {
    seen.extend(para.marks.iter().filter_map(note_id));
}

fn note_id(mark: &legal::model::Mark) -> Option<&str> {
    match &mark.kind {
        legal::model::MarkKind::Note(id) => Some(id),
        _ => None,
    }
}
