//! The walk over the main content: elements → paragraphs and tables.

use ego_tree::NodeRef;
use ego_tree::iter::Edge;
use legal::model::{Block, MarkKind};
use scraper::Node;
use scraper::node::Element;
use viet::Mended;

use super::style::{is_dropped, is_inline};
use crate::inline::{Inline, Style};
use crate::table::{Building, OpenCell};

/// Gathers blocks while the tree is walked without recursion.
#[derive(Default)]
pub(super) struct Flow {
    blocks: Vec<Block>,
    tables: Vec<Building>,
    styles: Vec<Style>,
    lists: Vec<List>,
    /// Footnote anchors that are open: name and where their text begins.
    anchors: Vec<Option<(String, usize)>>,
    inline: Inline,
    marker: Option<String>,
    mended: Mended,
}

/// An open list.
struct List {
    ordered: bool,
    letters: bool,
    bare: bool,
    next: u32,
}

impl Flow {
    /// Reads everything under `root`.
    pub(super) fn walk(&mut self, root: NodeRef<'_, Node>) {
        let mut skipping: Option<ego_tree::NodeId> = None;
        for edge in root.traverse() {
            match edge {
                Edge::Open(node) if skipping.is_none() => match node.value() {
                    Node::Text(text) => self.text(text),
                    Node::Element(element) if is_dropped(element.name()) => skipping = Some(node.id()),
                    Node::Element(element) => {
                        let style = self.style().inside(element);
                        if style.hidden {
                            skipping = Some(node.id());
                        } else {
                            self.open(element, style);
                        }
                    }
                    _ => {}
                },
                Edge::Close(node) => {
                    if let Some(id) = skipping {
                        if id == node.id() {
                            skipping = None;
                        }
                    } else if let Node::Element(element) = node.value() {
                        self.close(element);
                    }
                }
                Edge::Open(_) => {}
            }
        }
    }

    /// All blocks and what was mended.
    pub(super) fn finish(mut self) -> (Vec<Block>, Mended) {
        self.flush();
        while !self.tables.is_empty() {
            self.close_table();
        }
        (self.blocks, self.mended)
    }

    fn style(&self) -> Style {
        self.styles.last().copied().unwrap_or_default()
    }

    fn text(&mut self, text: &str) {
        let style = self.style();
        if self.inline.is_empty()
            && !text.trim().is_empty()
            && let Some(marker) = self.marker.take()
            && !starts_numbered(text)
        {
            self.inline.push(&marker, &style, &mut self.mended);
        }
        self.inline.push(text, &style, &mut self.mended);
    }

    fn open(&mut self, element: &Element, style: Style) {
        let name = element.name();
        if !is_inline(name) {
            self.flush();
        }
        self.styles.push(style);
        match name {
            "table" => self.tables.push(Building::default()),
            "tr" => self.with_table(Building::row),
            "td" | "th" => {
                let (columns, rows) = (span(element, "colspan"), span(element, "rowspan"));
                self.with_table(|table| {
                    table.cell(OpenCell {
                        blocks: Vec::new(),
                        colspan: columns,
                        rowspan: rows,
                        header: name == "th",
                    });
                });
            }
            "ol" | "ul" => self.lists.push(List::of(element)),
            "li" => self.marker = self.lists.last_mut().and_then(List::marker),
            "a" => {
                let anchor = note_anchor(element).map(|name| (name, self.inline.here()));
                self.anchors.push(anchor);
            }
            _ => {}
        }
    }

    fn close(&mut self, element: &Element) {
        let name = element.name();
        if !is_inline(name) {
            self.flush();
        }
        match name {
            "table" => self.close_table(),
            "ol" | "ul" => {
                self.lists.pop();
            }
            "li" => self.marker = None,
            "a" => {
                if let Some(Some((note, start))) = self.anchors.pop()
                    && start < self.inline.here()
                {
                    self.inline.add(MarkKind::Note(note), start);
                }
            }
            _ => {}
        }
        self.styles.pop();
    }

    fn with_table(&mut self, act: impl FnOnce(&mut Building)) {
        if let Some(table) = self.tables.last_mut() {
            act(table);
        }
    }

    fn flush(&mut self) {
        for anchor in self.anchors.iter_mut().flatten() {
            anchor.1 = 0;
        }
        if let Some(para) = self.inline.take(&mut self.mended) {
            self.block(Block::Para(para));
        }
    }

    fn block(&mut self, block: Block) {
        match self.tables.last_mut() {
            Some(table) => table.block(block),
            None => self.blocks.push(block),
        }
    }

    /// A finished table; laid-out text goes on as paragraphs.
    fn close_table(&mut self) {
        let Some(built) = self.tables.pop() else { return };
        let depth = self.tables.len();
        built
            .into_blocks(depth)
            .into_iter()
            .for_each(|block| self.block(block));
    }
}

impl List {
    fn of(element: &Element) -> Self {
        let kind = element.attr("type").unwrap_or_default();
        let css = element.attr("style").unwrap_or_default();
        Self {
            ordered: element.name() == "ol",
            letters: kind == "a" || css.contains("lower-alpha") || css.contains("lower-latin"),
            bare: css.contains("list-style-type: none")
                || css.contains("list-style:none")
                || css.contains("list-style: none"),
            next: element
                .attr("start")
                .and_then(|start| start.parse().ok())
                .unwrap_or(1),
        }
    }

    /// What the browser prints before the next item.
    fn marker(&mut self) -> Option<String> {
        let place = self.next;
        self.next = self.next.saturating_add(1);
        if self.bare {
            return None;
        }
        if !self.ordered {
            return Some("- ".to_owned());
        }
        if self.letters {
            let letter = u8::try_from(place.clamp(1, 26))
                .ok()
                .map(|n| char::from(b'a' + n - 1))?;
            return Some(format!("{letter}) "));
        }
        Some(format!("{place}. "))
    }
}

/// Whether an item prints its own number, dash or letter.
fn starts_numbered(text: &str) -> bool {
    let start = text.trim_start();
    if start.starts_with(['-', '–', '+', '•', '*', '“', '"']) || start.starts_with("Điều ") {
        return true;
    }
    let head: String = start
        .chars()
        .take_while(|c| c.is_alphanumeric())
        .take(6)
        .collect();
    let next = start.chars().nth(head.chars().count());
    let short = head.chars().count() <= 2 || head.bytes().all(|b| b.is_ascii_digit());
    !head.is_empty() && short && matches!(next, Some('.' | ')' | '/'))
}

fn span(element: &Element, name: &str) -> u16 {
    element
        .attr(name)
        .and_then(|value| value.trim().parse().ok())
        .unwrap_or(1)
        .clamp(1, 200)
}

/// The name that joins a footnote's sign and its text: Word writes `_ftn1` and `_ftnref1`,
/// `_edn1` and `_ednref1`. The sign of the text itself carries the name `text:1`.
fn note_anchor(element: &Element) -> Option<String> {
    let target = element
        .attr("href")
        .and_then(|href| href.rsplit_once('#'))
        .map(|(_, name)| name);
    let name = target
        .or_else(|| element.attr("name"))
        .or_else(|| element.attr("id"))?;
    for (prefix, says_text) in [
        ("_ftnref", true),
        ("_ednref", true),
        ("_ftn", false),
        ("_edn", false),
    ] {
        if let Some(number) = name.strip_prefix(prefix) {
            let is_target_less = target.is_none();
            return Some(if says_text != is_target_less {
                format!("text:{number}")
            } else {
                number.to_owned()
            });
        }
    }
    None
}
