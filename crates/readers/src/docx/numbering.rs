//! Lists as `numbering.xml` defines them (ISO/IEC 29500-1 §17.9).

use std::collections::HashMap;
use std::io::BufRead;

use super::styles::{self, Layout, Resolved, Styles};
use super::xml::{Node, Step, Xml};
use crate::word::{Fault, Format, LEVELS, Level, List, Lists, Printed};

/// All lists of a file, and the styles that lead to them.
#[derive(Clone, Debug, Default)]
pub(super) struct Numbering {
    lists: Lists,
    /// Style that holds a definition in place of this one.
    links: HashMap<i64, String>,
}

impl Numbering {
    /// Reads `numbering.xml`.
    pub(super) fn read<R: BufRead>(part: &mut Xml<R>) -> Result<Self, Fault> {
        let mut lists = Self::default();
        loop {
            match part.next()? {
                Step::Open if part.tag().is("abstractNum") => lists.define(&part.node()?)?,
                Step::Open if part.tag().is("num") => lists.list(&part.node()?)?,
                Step::End => return Ok(lists),
                _ => {}
            }
        }
    }

    fn define(&mut self, node: &Node) -> Result<(), Fault> {
        let Some(id) = id(node, "abstractNumId") else {
            return Ok(());
        };
        if let Some(style) = node.val("numStyleLink") {
            self.links.insert(id, style.to_owned());
        }
        let mut levels = [const { None }; LEVELS];
        for node in node.all("lvl") {
            if let Some(own) = place(node).and_then(|place| levels.get_mut(place)) {
                *own = Some(level(node));
            }
        }
        self.lists.define(id, levels)
    }

    fn list(&mut self, node: &Node) -> Result<(), Fault> {
        let (Some(id), Some(definition)) = (id(node, "numId"), node.number("abstractNumId")) else {
            return Ok(());
        };
        let mut list = List {
            definition,
            ..List::default()
        };
        for change in node.all("lvlOverride") {
            let Some(place) = place(change).filter(|place| *place < LEVELS) else {
                continue;
            };
            list.starts[place] = change.number("startOverride");
            list.levels[place] = change.child("lvl").map(level);
        }
        self.lists.add(id, list)
    }

    /// Counts a paragraph and gives its number; `None` where it stands in no list.
    pub(super) fn next(&mut self, layout: &Layout, style: &Resolved, styles: &mut Styles) -> Option<Printed> {
        let (id, level) = self.place(layout, style, styles)?;
        let definition = self.definition(id, styles)?;
        self.lists.next(id, definition, level)
    }

    /// The list and level of a paragraph: its own, or those of its style.
    fn place(&self, layout: &Layout, style: &Resolved, styles: &mut Styles) -> Option<(i64, usize)> {
        let id = layout.listed.list.or(style.listed.list).filter(|id| *id != 0)?;
        let level = match (layout.listed.level, layout.listed.list) {
            (Some(level), _) => usize::try_from(level).ok(),
            (None, Some(_)) => None,
            (None, None) => self.level_of_style(id, style, styles),
        };
        Some((id, level.unwrap_or(0).min(LEVELS - 1)))
    }

    /// The level of a paragraph whose style puts it into the list: the level tied to the style,
    /// the level that the style names, or the level tied to a style below it.
    fn level_of_style(&self, list: i64, style: &Resolved, styles: &mut Styles) -> Option<usize> {
        let definition = self.definition(list, styles)?;
        let tied = |id: &String| self.lists.tied(list, definition, id);
        let named = || style.listed.level.and_then(|level| usize::try_from(level).ok());
        let nearest = style.chain.first().and_then(tied);
        nearest
            .or_else(named)
            .or_else(|| style.chain.iter().find_map(tied))
    }

    /// The definition that a list uses, through the style that may stand between them.
    fn definition(&self, list: i64, styles: &mut Styles) -> Option<i64> {
        let own = self.lists.definition(list)?;
        let through = self
            .links
            .get(&own)
            .and_then(|style| styles.list_of(style))
            .and_then(|list| self.lists.definition(list));
        Some(through.unwrap_or(own))
    }
}

/// Reads `w:lvl`.
fn level(node: &Node) -> Level {
    let text = node.val("lvlText").unwrap_or_default().to_owned();
    Level {
        start: node.number("start").unwrap_or(0),
        format: format(node.child("numFmt")),
        restart: node.number("lvlRestart"),
        gap: match node.val("suff") {
            Some("nothing") => "",
            _ => " ",
        },
        legal: node.flag("isLgl").unwrap_or(false),
        style: node.val("pStyle").map(str::to_owned),
        look: node.child("rPr").map(styles::look).unwrap_or_default(),
        // A picture as bullet has a text that no one sees.
        text: if node.child("lvlPicBulletId").is_some() {
            "•".to_owned()
        } else {
            text
        },
    }
}

/// Reads `w:numFmt`; decimal where it is absent.
pub(super) fn format(node: Option<&Node>) -> Format {
    let said = |name: &str| node.and_then(|node| node.tag.attr(name)).unwrap_or_default();
    Format::named(said("val"), said("format"))
}

fn id(node: &Node, name: &str) -> Option<i64> {
    node.tag.attr(name)?.trim().parse().ok()
}

fn place(level: &Node) -> Option<usize> {
    level.tag.attr("ilvl")?.trim().parse().ok()
}
