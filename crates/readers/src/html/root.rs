//! Which element of a page holds the act.

use std::collections::HashMap;

use ego_tree::iter::Edge;
use ego_tree::{NodeId, NodeRef};
use scraper::{Html, Node};

use super::style::{Style, is_dropped};

/// Share of a page's text that its main content must hold, in percent.
const SHARE: usize = 80;

/// The deepest element that still holds nearly all the text of the page.
///
/// Navigation, scripts and hidden elements do not count. Links count a tenth:
/// menus and lists of related acts are made of them.
pub(super) fn main_content(document: &Html) -> NodeRef<'_, Node> {
    let weights = weigh(document);
    let weight = |node: &NodeRef<'_, Node>| weights.get(&node.id()).copied().unwrap_or(0);
    let mut best = document.tree.root();
    let floor = weight(&best) * SHARE / 100;
    loop {
        let heaviest = best
            .children()
            .filter(|child| child.value().is_element())
            .max_by_key(&weight);
        match heaviest {
            Some(child) if weight(&child) >= floor && weight(&child) > 0 && !is_structural(&child) => {
                best = child
            }
            _ => return best,
        }
    }
}

/// Elements that must be read together with what surrounds them.
fn is_structural(node: &NodeRef<'_, Node>) -> bool {
    node.value().as_element().is_some_and(|element| {
        matches!(
            element.name(),
            "table" | "p" | "ol" | "ul" | "span" | "b" | "strong" | "font" | "i" | "em" | "a"
        )
    })
}

/// Text under every element, in bytes.
fn weigh(document: &Html) -> HashMap<NodeId, usize> {
    let mut weights: HashMap<NodeId, usize> = HashMap::new();
    let mut open: Vec<(NodeId, usize)> = Vec::new();
    let (mut skipping, mut links) = (0usize, 0usize);
    for edge in document.tree.root().traverse() {
        match edge {
            Edge::Open(node) => {
                match node.value() {
                    Node::Text(text) if skipping == 0 => {
                        let size = text.trim().len();
                        if let Some(top) = open.last_mut() {
                            top.1 += if links > 0 { size / 10 } else { size };
                        }
                    }
                    Node::Element(element) => {
                        skipping += usize::from(is_skipped(element));
                        links += usize::from(element.name() == "a" && element.attr("href").is_some());
                    }
                    _ => {}
                }
                if !node.value().is_text() {
                    open.push((node.id(), 0));
                }
            }
            Edge::Close(node) => {
                if let Node::Element(element) = node.value() {
                    skipping -= usize::from(is_skipped(element));
                    links -= usize::from(element.name() == "a" && element.attr("href").is_some());
                }
                if node.value().is_text() {
                    continue;
                }
                let Some((id, size)) = open.pop() else { continue };
                weights.insert(id, size);
                if let Some(parent) = open.last_mut() {
                    parent.1 += size;
                }
            }
        }
    }
    weights
}

fn is_skipped(element: &scraper::node::Element) -> bool {
    is_dropped(element.name()) || Style::default().inside(element).hidden
}
