//! Which pieces of an act stand in which file.

use legal::model::{Part, Provision, ProvisionKind};

use crate::tree::Tree;

/// A file holds about so many provisions at most, where the act has places to divide it.
const FULL: usize = 300;

/// A piece of an act that is never divided.
#[derive(Clone, Copy, Debug)]
pub(super) enum Piece<'a> {
    /// Title of the act, or of a part, with what stands before the first provision.
    Opening(&'a Part),
    /// Title of an act of which there is no text.
    Title,
    /// Heading and own text of a provision whose children are pieces of their own.
    Head(&'a Provision, usize),
    /// A provision with everything below it.
    Whole(&'a Provision, usize),
    /// What stands after the last provision of a part.
    Closing(&'a Part),
}

/// Files in reading order, each a list of pieces. There is always at least one.
pub(super) fn chapters<'a>(tree: &Tree<'a>) -> Vec<Vec<Piece<'a>>> {
    let mut split = Split {
        tree,
        chapters: vec![Vec::new()],
        weight: 0,
    };
    if tree.main().is_none() {
        split.add(Piece::Title, 1);
    }
    for part in tree.main().into_iter().chain(tree.attachments()) {
        split.part(part);
    }
    split.chapters
}

struct Split<'t, 'a> {
    tree: &'t Tree<'a>,
    chapters: Vec<Vec<Piece<'a>>>,
    weight: usize,
}

impl<'a> Split<'_, 'a> {
    fn part(&mut self, part: &'a Part) {
        self.next();
        self.add(Piece::Opening(part), 1 + part.opening.len() / 4);
        for root in self.tree.roots(part) {
            self.provision(root, 0);
        }
        if !part.closing.is_empty() {
            self.add(Piece::Closing(part), 1);
        }
    }

    fn provision(&mut self, provision: &'a Provision, depth: usize) {
        let size = size(self.tree, provision);
        let children = self.tree.children(provision);
        let divisible = children.iter().any(|child| child.kind <= ProvisionKind::Article);
        let is_head = provision.kind == ProvisionKind::Part || size > FULL;
        if provision.kind < ProvisionKind::Section || self.weight + size > FULL {
            self.next();
        }
        if is_head && divisible {
            self.add(Piece::Head(provision, depth), 1);
            for child in children {
                self.provision(child, depth + 1);
            }
        } else {
            self.add(Piece::Whole(provision, depth), size);
        }
    }

    fn add(&mut self, piece: Piece<'a>, weight: usize) {
        self.weight += weight;
        if let Some(chapter) = self.chapters.last_mut() {
            chapter.push(piece);
        }
    }

    /// Begins a file, unless the present one holds only headings (or nothing).
    fn next(&mut self) {
        let bare = |piece: &Piece<'_>| matches!(piece, Piece::Head(head, _) if head.blocks.is_empty());
        if self
            .chapters
            .last()
            .is_some_and(|chapter| !chapter.iter().all(bare))
        {
            self.chapters.push(Vec::new());
            self.weight = 0;
        }
    }
}

/// Provisions in and below this one.
fn size(tree: &Tree<'_>, provision: &Provision) -> usize {
    1 + tree
        .children(provision)
        .iter()
        .map(|child| size(tree, child))
        .sum::<usize>()
}
