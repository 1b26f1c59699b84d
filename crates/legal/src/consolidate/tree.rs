//! The provisions of an act as a tree that can be changed.

use std::collections::{HashMap, HashSet};

use crate::address::segment;
use crate::amend::Reason;
use crate::citations::places::group_number;
use crate::model::{ActText, Block, Para, Part, PartKind, Provision, ProvisionKind};

use super::REPEALED;

/// A provision with what stands below it.
#[derive(Clone, Debug)]
pub(super) struct Node {
    pub provision: Provision,
    pub below: Vec<Node>,
    /// Its words were taken away.
    pub repealed: bool,
    /// Number of the last act that gave it words.
    pub touched: Option<String>,
}

/// Where a node stands: the part, then the place at each level.
pub(super) type Path = (usize, Vec<usize>);

#[derive(Clone)]
pub(super) struct Tree {
    /// Ids mean what they say, whatever else bears a like one.
    pub exact: bool,
    pub parts: Vec<(Part, Vec<Node>)>,
}

impl Node {
    pub(super) fn new(provision: Provision) -> Self {
        let repealed = says_repealed(&provision);
        Self {
            provision,
            below: Vec::new(),
            repealed,
            touched: None,
        }
    }

    /// Takes the words away; the number stays.
    pub(super) fn repeal(&mut self) {
        self.repealed = true;
        self.provision.notes.clear();
        self.provision.heading_marks.clear();
        self.provision.blocks.clear();
        if self.provision.kind < ProvisionKind::Article {
            // A group stays as a heading over articles that are no more.
            self.provision.heading = Some(REPEALED.to_owned());
            self.below.iter_mut().for_each(Self::repeal);
            return;
        }
        self.below.clear();
        if self.provision.kind == ProvisionKind::Article {
            self.provision.heading = Some(REPEALED.to_owned());
        } else {
            self.provision.blocks.push(Block::Para(Para {
                text: REPEALED.to_owned(),
                ..Para::default()
            }));
        }
    }

    /// This node and all below it, in order.
    pub(super) fn walk<'a>(&'a self, visit: &mut impl FnMut(&'a Node)) {
        visit(self);
        self.below.iter().for_each(|node| node.walk(visit));
    }
}

fn says_repealed(provision: &Provision) -> bool {
    let is = |text: &str| text.starts_with('(') && text.ends_with(')') && text.contains("bãi bỏ");
    let first = match provision.blocks.first() {
        Some(Block::Para(para)) => Some(para.text.as_str()),
        _ => None,
    };
    provision.heading.as_deref().is_some_and(is) || (provision.heading.is_none() && first.is_some_and(is))
}

/// Hangs provisions in document order below each other.
pub(super) fn nest(provisions: Vec<Provision>) -> Vec<Node> {
    let mut roots: Vec<Node> = Vec::new();
    // Open nodes from the outermost in, each to be put below the one before it.
    let mut open: Vec<Node> = Vec::new();
    for provision in provisions {
        while open
            .last()
            .is_some_and(|node| provision.parent.as_ref() != Some(&node.provision.id))
        {
            close(&mut open, &mut roots);
        }
        open.push(Node::new(provision));
    }
    while !open.is_empty() {
        close(&mut open, &mut roots);
    }
    roots
}

fn close(open: &mut Vec<Node>, roots: &mut Vec<Node>) {
    if let Some(node) = open.pop() {
        match open.last_mut() {
            Some(above) => above.below.push(node),
            None => roots.push(node),
        }
    }
}

impl Tree {
    pub(super) fn of(act: &ActText) -> Self {
        let mut by_part: HashMap<&str, Vec<Provision>> = HashMap::new();
        for provision in &act.provisions {
            by_part
                .entry(provision.part.as_str())
                .or_default()
                .push(provision.clone());
        }
        let nodes = |part: &Part| nest(by_part.remove(part.id.as_str()).unwrap_or_default());
        let mut nodes = nodes;
        Self {
            exact: false,
            parts: act.parts.iter().map(|part| (part.clone(), nodes(part))).collect(),
        }
    }

    /// The act with the provisions of this tree.
    pub(super) fn text(&self, base: &ActText) -> ActText {
        let mut provisions = Vec::new();
        for (_, nodes) in &self.parts {
            for node in nodes {
                node.walk(&mut |node| provisions.push(node.provision.clone()));
            }
        }
        ActText {
            language: base.language,
            metadata: base.metadata.clone(),
            parts: self.parts.iter().map(|(part, _)| part.clone()).collect(),
            provisions,
            warnings: base.warnings.clone(),
            mendings: base.mendings.clone(),
        }
    }

    /// The provision with this id; a group also by its last levels, where no other fits.
    pub(super) fn find(&self, id: &str) -> Result<Path, Reason> {
        let fits = fits(id, self.exact);
        let mut found = None;
        for (part, (_, nodes)) in self.parts.iter().enumerate() {
            let mut path = Vec::new();
            let mut paths = Vec::new();
            search(nodes, &mut path, &mut |node, path| {
                if fits(&node.provision.id) {
                    paths.push((part, path.to_vec(), node.repealed));
                }
            });
            found = found
                .into_iter()
                .chain(paths)
                .reduce(|a: (usize, Vec<usize>, bool), b| match (a.2, b.2) {
                    // What was repealed makes nothing ambiguous.
                    (true, false) => b,
                    (false, true) => a,
                    _ => (usize::MAX, Vec::new(), false),
                });
        }
        match found {
            Some((usize::MAX, ..)) => Err(Reason::Ambiguous),
            Some((part, path, _)) => Ok((part, path)),
            None => Err(Reason::UnknownTarget),
        }
    }

    /// The place of the appendix that prints this number; the only one needs none.
    pub(super) fn appendix(&self, number: &str) -> Result<Option<usize>, Reason> {
        let appendices = || {
            let parts = self.parts.iter().enumerate();
            parts.filter(|(_, (part, _))| part.id.starts_with("app_"))
        };
        let only = appendices().count() == 1;
        let mut found = appendices().filter(|(_, (part, _))| match part.number.as_deref() {
            Some(printed) => group_number(printed).as_deref() == Some(number),
            None => number == "1" && only,
        });
        let first = found.next().map(|(at, _)| at);
        match found.next() {
            Some(_) => Err(Reason::Ambiguous),
            None => Ok(first),
        }
    }

    pub(super) fn get(&self, (part, path): &Path) -> Option<&Node> {
        let mut nodes = &self.parts.get(*part)?.1;
        let (last, above) = path.split_last()?;
        for place in above {
            nodes = &nodes.get(*place)?.below;
        }
        nodes.get(*last)
    }

    pub(super) fn get_mut(&mut self, (part, path): &Path) -> Option<&mut Node> {
        let (last, above) = path.split_last()?;
        let mut nodes = &mut self.parts.get_mut(*part)?.1;
        for place in above {
            nodes = &mut nodes.get_mut(*place)?.below;
        }
        nodes.get_mut(*last)
    }

    /// The nodes beside the one at `path`.
    pub(super) fn beside(&mut self, (part, path): &Path) -> Option<&mut Vec<Node>> {
        let (_, above) = path.split_last()?;
        self.below(&(*part, above.to_vec()))
    }

    /// The nodes below `path`; an empty path is the part.
    pub(super) fn below(&mut self, (part, path): &Path) -> Option<&mut Vec<Node>> {
        let mut nodes = &mut self.parts.get_mut(*part)?.1;
        for place in path {
            nodes = &mut nodes.get_mut(*place)?.below;
        }
        Some(nodes)
    }

    /// The id of the provision, or of the smallest one around it that the act has.
    pub(super) fn nearest(&self, id: &str) -> Option<String> {
        let mut id = id;
        loop {
            if let Ok(path) = self.find(id) {
                return self.get(&path).map(|node| node.provision.id.clone());
            }
            let number = id.strip_prefix("app_").filter(|number| !number.contains("__"));
            if let Some(Ok(Some(at))) = number.map(|number| self.appendix(number)) {
                return self.parts.get(at).map(|(part, _)| part.id.clone());
            }
            id = id.rsplit_once("__")?.0;
        }
    }

    /// Notes that an act gave this provision, and all below it, its words.
    pub(super) fn touch(&mut self, id: &str, by: &str) {
        fn mark(node: &mut Node, by: &str) {
            node.touched = Some(by.to_owned());
            node.below.iter_mut().for_each(|node| mark(node, by));
        }
        if let Ok(path) = self.find(id)
            && let Some(node) = self.get_mut(&path)
        {
            mark(node, by);
        }
    }

    /// Gives nodes that are about to be hung below `above` their ids, none of which is taken.
    pub(super) fn name(&self, nodes: &mut [Node], part: usize, above: Option<&str>) {
        let Some((part, _)) = self.parts.get(part) else {
            return;
        };
        // Whatever these are named begins like one of these; an article is never named after its group.
        let mut starts: Vec<String> = nodes.iter().map(|node| base_id(node, part, above)).collect();
        for node in nodes.iter().flat_map(|node| &node.below) {
            node.walk(&mut |node| {
                if node.provision.kind == ProvisionKind::Article {
                    starts.push(base_id(node, part, None));
                }
            });
        }
        let mut taken = HashSet::new();
        for (_, roots) in &self.parts {
            for node in roots {
                node.walk(&mut |node| {
                    let id = &node.provision.id;
                    if starts.iter().any(|start| id.starts_with(start.as_str())) {
                        taken.insert(id.clone());
                    }
                });
            }
        }
        for node in nodes {
            rename(node, part, above, &mut taken);
        }
    }
}

/// Whether an id may be meant by another one.
pub(super) fn fits(id: &str, exact: bool) -> impl Fn(&str) -> bool {
    let is_group = id.rsplit("__").next().is_some_and(|last| {
        ["part_", "chp_", "sec_", "subsec_"]
            .iter()
            .any(|prefix| last.starts_with(prefix))
    });
    let (own, doubled, tail) = (id.to_owned(), format!("{id}-2"), format!("__{id}"));
    move |one| one == own || !exact && (one == doubled || is_group && one.ends_with(&tail))
}

fn search<'a>(nodes: &'a [Node], path: &mut Vec<usize>, visit: &mut impl FnMut(&'a Node, &[usize])) {
    for (place, node) in nodes.iter().enumerate() {
        path.push(place);
        visit(node, path);
        search(&node.below, path, visit);
        path.pop();
    }
}

/// The id of a node below `above`, if it is free.
fn base_id(node: &Node, part: &Part, above: Option<&str>) -> String {
    let kind = node.provision.kind;
    let number = match kind {
        ProvisionKind::Article | ProvisionKind::Clause | ProvisionKind::Point => {
            node.provision.number.clone()
        }
        _ => viet::numbers::rank(&node.provision.number).map_or_else(
            || node.provision.number.clone(),
            |(value, suffix)| format!("{value}{suffix}"),
        ),
    };
    let own = segment(kind, &number);
    match above.filter(|_| kind != ProvisionKind::Article) {
        Some(above) => format!("{above}__{own}"),
        None if part.kind == PartKind::Main => own,
        None => format!("{}__{own}", part.id),
    }
}

fn rename(node: &mut Node, part: &Part, above: Option<&str>, taken: &mut HashSet<String>) {
    let base = base_id(node, part, above);
    let mut id = base.clone();
    let mut count = 1;
    while !taken.insert(id.clone()) {
        count += 1;
        id = format!("{base}-{count}");
    }
    node.provision.id = id.clone();
    node.provision.part = part.id.clone();
    node.provision.parent = above.map(str::to_owned);
    node.below
        .iter_mut()
        .for_each(|child| rename(child, part, Some(&id), taken));
}
