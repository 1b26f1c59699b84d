//! Lists as `numbering.xml` defines them, and the numbers that Word prints (ISO/IEC 29500-1 §17.9).

mod format;

use std::collections::{HashMap, HashSet};
use std::io::BufRead;

use super::fault::Fault;
use super::styles::{Layout, Look, Resolved, Styles};
use super::xml::{Node, Step, Xml};
pub(super) use format::Format;

/// Levels of a list.
const LEVELS: usize = 9;

/// One level of a list.
#[derive(Clone, Debug)]
struct Level {
    start: i64,
    format: Format,
    /// Restarts after a level below this one; 0 never.
    restart: Option<i64>,
    text: String,
    /// What follows the number.
    gap: &'static str,
    /// All numbers in Arabic digits.
    legal: bool,
    /// Paragraph style tied to the level.
    style: Option<String>,
    look: Look,
}

impl Level {
    fn of(node: &Node) -> Self {
        let text = node.val("lvlText").unwrap_or_default().to_owned();
        Self {
            start: node.number("start").unwrap_or(0),
            format: Format::of(node.child("numFmt")),
            restart: node.number("lvlRestart"),
            gap: match node.val("suff") {
                Some("nothing") => "",
                _ => " ",
            },
            legal: node.flag("isLgl").unwrap_or(false),
            style: node.val("pStyle").map(str::to_owned),
            look: node.child("rPr").map(Look::of).unwrap_or_default(),
            // A picture as bullet has a text that no one sees.
            text: if node.child("lvlPicBulletId").is_some() {
                "•".to_owned()
            } else {
                text
            },
        }
    }
}

/// A definition that several lists may share; they then count on from each other.
#[derive(Clone, Debug, Default)]
struct Definition {
    levels: [Option<Level>; LEVELS],
    /// Style that holds the definition in place of this one.
    style_link: Option<String>,
}

/// A list: its definition and what it changes of it.
#[derive(Clone, Debug, Default)]
struct List {
    definition: i64,
    starts: [Option<i64>; LEVELS],
    levels: [Option<Level>; LEVELS],
}

/// A number as printed.
#[derive(Clone, Debug)]
pub(super) struct Printed {
    /// "Điều 5." or "–", with the space that follows.
    pub text: String,
    /// Formatting of the number alone.
    pub look: Look,
    pub bullet: bool,
}

/// All lists of a file and how far each has counted.
#[derive(Clone, Debug, Default)]
pub(super) struct Lists {
    definitions: HashMap<i64, Definition>,
    lists: HashMap<i64, List>,
    /// Last number of each level, by definition.
    counted: HashMap<i64, [Option<i64>; LEVELS]>,
    /// Levels of lists whose own start was used.
    started: HashSet<(i64, usize)>,
}

impl Lists {
    /// Reads `numbering.xml`.
    pub(super) fn read<R: BufRead>(part: &mut Xml<R>) -> Result<Self, Fault> {
        let mut lists = Self::default();
        loop {
            match part.next()? {
                Step::Open if part.tag().is("abstractNum") => lists.define(&part.node()?),
                Step::Open if part.tag().is("num") => lists.list(&part.node()?),
                Step::End => return Ok(lists),
                _ => {}
            }
        }
    }

    fn define(&mut self, node: &Node) {
        let Some(id) = id(node, "abstractNumId") else {
            return;
        };
        let mut definition = Definition {
            style_link: node.val("numStyleLink").map(str::to_owned),
            ..Definition::default()
        };
        for level in node.all("lvl") {
            if let Some(own) = place(level).and_then(|place| definition.levels.get_mut(place)) {
                *own = Some(Level::of(level));
            }
        }
        self.definitions.insert(id, definition);
    }

    fn list(&mut self, node: &Node) {
        let (Some(id), Some(definition)) = (id(node, "numId"), node.number("abstractNumId")) else {
            return;
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
            list.levels[place] = change.child("lvl").map(Level::of);
        }
        self.lists.insert(id, list);
    }

    /// Counts a paragraph and gives its number; `None` where it stands in no list.
    pub(super) fn next(&mut self, layout: &Layout, style: &Resolved, styles: &mut Styles) -> Option<Printed> {
        let (id, level) = self.place(layout, style, styles)?;
        let definition = self.definition(id, styles)?;
        self.level(id, definition, level)?;
        self.count(id, definition, level);
        self.print(id, definition, level)
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
        let tied = |id: &String| {
            (0..LEVELS).find(|level| {
                self.level(list, definition, *level)
                    .is_some_and(|level| level.style.as_ref() == Some(id))
            })
        };
        let named = || style.listed.level.and_then(|level| usize::try_from(level).ok());
        let nearest = style.chain.first().and_then(tied);
        nearest
            .or_else(named)
            .or_else(|| style.chain.iter().find_map(tied))
    }

    /// The definition that a list uses, through the style that may stand between them.
    fn definition(&self, list: i64, styles: &mut Styles) -> Option<i64> {
        let own = self.lists.get(&list)?.definition;
        let linked = self.definitions.get(&own)?.style_link.as_deref();
        let through = linked
            .and_then(|style| styles.list_of(style))
            .and_then(|list| self.lists.get(&list))
            .map(|list| list.definition);
        Some(through.unwrap_or(own))
    }

    fn level(&self, list: i64, definition: i64, level: usize) -> Option<&Level> {
        let changed = self
            .lists
            .get(&list)
            .and_then(|list| list.levels.get(level)?.as_ref());
        changed.or_else(|| self.definitions.get(&definition)?.levels.get(level)?.as_ref())
    }

    fn start(&self, list: i64, definition: i64, level: usize) -> i64 {
        let own = self.lists.get(&list).and_then(|list| *list.starts.get(level)?);
        own.or_else(|| self.level(list, definition, level).map(|level| level.start))
            .unwrap_or(1)
    }

    fn count(&mut self, list: i64, definition: i64, level: usize) {
        let start = self.start(list, definition, level);
        let restarts: Vec<bool> = (0..LEVELS)
            .map(|below| {
                let limit = self
                    .level(list, definition, below)
                    .and_then(|level| level.restart);
                let limit = limit
                    .and_then(|limit| usize::try_from(limit).ok())
                    .unwrap_or(below);
                below > level && level < limit
            })
            .collect();
        let own_start = self
            .lists
            .get(&list)
            .is_some_and(|list| list.starts[level].is_some());
        let first = own_start && self.started.insert((list, level));
        let counted = self.counted.entry(definition).or_default();
        counted[level] = match counted[level] {
            Some(last) if !first => Some(last.saturating_add(1)),
            _ => Some(start),
        };
        for (below, restarts) in counted.iter_mut().zip(restarts) {
            if restarts {
                *below = None;
            }
        }
    }

    fn print(&self, list: i64, definition: i64, level: usize) -> Option<Printed> {
        let own = self.level(list, definition, level)?;
        let counted = self.counted.get(&definition).copied().unwrap_or_default();
        let mut text = String::new();
        let mut rest = own.text.chars().peekable();
        while let Some(c) = rest.next() {
            let shown = rest
                .peek()
                .and_then(|digit| digit.to_digit(10))
                .filter(|digit| c == '%' && *digit > 0);
            let Some(shown) = shown.and_then(|digit| usize::try_from(digit - 1).ok()) else {
                text.push(own.look.font.map_or(c, |font| font.sign(c)));
                continue;
            };
            rest.next();
            let value = counted.get(shown).copied().flatten();
            let value = value.unwrap_or_else(|| self.start(list, definition, shown));
            let format = self
                .level(list, definition, shown)
                .map_or(&Format::Decimal, |level| &level.format);
            text.push_str(&format.print(value, own.legal));
        }
        if !text.trim().is_empty() {
            text.push_str(own.gap);
        }
        Some(Printed {
            text,
            look: own.look,
            bullet: own.format == Format::Bullet,
        })
    }
}

fn id(node: &Node, name: &str) -> Option<i64> {
    node.tag.attr(name)?.trim().parse().ok()
}

fn place(level: &Node) -> Option<usize> {
    level.tag.attr("ilvl")?.trim().parse().ok()
}
