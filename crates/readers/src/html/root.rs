//! Which element of a page holds the act.

use std::collections::HashMap;

use ego_tree::iter::Edge;
use ego_tree::{NodeId, NodeRef};
use scraper::{Html, Node};

use super::style::is_dropped;
use crate::inline::Style;

/// Share of a page's text that its main content must hold, in percent.
const SHARE: usize = 80;

/// The deepest element that still holds nearly all the text of the page.
///
/// Navigation, scripts and hidden elements do not count. Links count a tenth:
/// menus and lists of related acts are made of them.
pub(super) fn main_content(document: &Html) -> NodeRef<'_, Node> {
    let weights = weigh(document);
    let weight = |node: &NodeRef<'_, Node>| weights.get(&node.id()).copied().unwrap_or_default();
    let mut best = document.tree.root();
    let floor = weight(&best).bytes * SHARE / 100;
    let legal = weight(&best).legal - weight(&best).legal / 50;
    loop {
        let heaviest = best
            .children()
            .filter(|child| child.value().is_element())
            .max_by_key(|child| weight(child).bytes);
        match heaviest {
            Some(child) if weight(&child).holds(floor, legal) && !is_structural(&child) => best = child,
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

/// What stands under an element.
#[derive(Clone, Copy, Default)]
struct Weight {
    /// Bytes of text.
    bytes: usize,
    /// Pieces of text that begin as acts do, so that a huge table does not outweigh its act.
    legal: usize,
}

impl Weight {
    fn holds(self, bytes: usize, legal: usize) -> bool {
        self.bytes > 0 && self.bytes >= bytes && self.legal >= legal
    }

    fn add(&mut self, text: &str, linked: bool) {
        let text = text.trim();
        self.bytes += if linked { text.len() / 10 } else { text.len() };
        // The head of the state opens every act: content without it is only a part.
        let head = ["CỘNG HÒA", "CỘNG HOÀ", "SOCIALIST"];
        let begins = ["Điều ", "Căn cứ ", "Chương ", "Article ", "Pursuant "];
        self.legal += if head.iter().any(|word| text.starts_with(word)) {
            1_000
        } else {
            usize::from(begins.iter().any(|word| text.starts_with(word)))
        };
    }
}

/// What stands under every element.
fn weigh(document: &Html) -> HashMap<NodeId, Weight> {
    let mut weights: HashMap<NodeId, Weight> = HashMap::new();
    let mut open: Vec<(NodeId, Weight)> = Vec::new();
    let (mut skipping, mut links) = (0usize, 0usize);
    for edge in document.tree.root().traverse() {
        match edge {
            Edge::Open(node) => {
                match node.value() {
                    Node::Text(text) if skipping == 0 => {
                        if let Some(top) = open.last_mut() {
                            top.1.add(text, links > 0);
                        }
                    }
                    Node::Element(element) => {
                        skipping += usize::from(is_skipped(element));
                        links += usize::from(element.name() == "a" && element.attr("href").is_some());
                    }
                    _ => {}
                }
                if !node.value().is_text() {
                    open.push((node.id(), Weight::default()));
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
                let Some((id, own)) = open.pop() else { continue };
                weights.insert(id, own);
                if let Some(parent) = open.last_mut() {
                    parent.1.bytes += own.bytes;
                    parent.1.legal += own.legal;
                }
            }
        }
    }
    weights
}

fn is_skipped(element: &scraper::node::Element) -> bool {
    is_dropped(element.name()) || Style::default().inside(element).hidden
}
