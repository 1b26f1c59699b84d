//! HTML of the clipboard or of a file (Word, Google Docs, LibreOffice) → blocks. Only what is known is
//! taken over; everything else gives its text or nothing.

mod style;

use ego_tree::iter::Edge;
use legal::model::MarkKind;
use scraper::node::Element;
use scraper::{Html, Node};

use self::style::{Style, inside, is_item, style_of};
use crate::body::{Block, Builder, Lang, Line, Link, Piece, put_mark};

/// Reads HTML of any origin. Never fails and never keeps an element, an attribute or a script of it.
#[must_use]
pub fn read(html: &str) -> Vec<Block> {
    let document = Html::parse_document(html);
    let mut walk = Walk::default();
    let mut skipped = None;
    for edge in document.tree.root().traverse() {
        match edge {
            Edge::Open(node) if skipped.is_none() => match node.value() {
                Node::Text(text) => walk.text(text),
                Node::Element(element) if is_list_sign(element) => {
                    let sign = scraper::ElementRef::wrap(node).map(|sign| sign.text().collect::<String>());
                    walk.list_sign(&sign.unwrap_or_default());
                    skipped = Some(node.id());
                }
                Node::Element(element) if is_dropped(element) => skipped = Some(node.id()),
                Node::Element(element) => walk.open(element),
                _ => {}
            },
            Edge::Close(node) => match (skipped, node.value()) {
                (Some(id), _) if id == node.id() => skipped = None,
                (None, Node::Element(element)) => walk.close(element.name()),
                _ => {}
            },
            Edge::Open(_) => {}
        }
    }
    walk.flush();
    walk.builder.finish()
}

/// Word's own sign before an item of its lists: a bullet, a number, a letter.
fn is_list_sign(element: &Element) -> bool {
    style_of(element).contains("mso-list:ignore")
}

/// Elements without text for readers, what was struck out under tracked changes, and remarks in the margin.
fn is_dropped(element: &Element) -> bool {
    let style = style_of(element);
    style.contains("display:none")
        || style.contains("mso-element:comment")
        || element.attr("class") == Some("MsoCommentReference")
        || matches!(
            element.name(),
            "script"
                | "del"
                | "style"
                | "head"
                | "template"
                | "iframe"
                | "object"
                | "embed"
                | "svg"
                | "math"
                | "noscript"
                | "textarea"
                | "select"
                | "button"
                | "input"
                | "title"
                | "xml"
        )
}

/// Empty cells for merged ones in a text: no table that people read has more, and what is written to
/// fill memory gets no further.
const PADDING: usize = 5_000;

#[derive(Default)]
struct Walk {
    builder: Builder,
    line: Line,
    styles: Vec<Style>,
    /// Open lists: the next number, or bullets.
    lists: Vec<Option<u32>>,
    /// What the open element makes of its text.
    pieces: Vec<(&'static str, Piece)>,
    /// The row of an open table, and whether a cell is open.
    row: Option<Vec<Line>>,
    cell: bool,
    /// Columns and rows that the open cell takes.
    spans: (usize, usize),
    /// Rows for which a cell from above still takes each column of the open table.
    above: Vec<usize>,
    /// Empty cells that stand for merged ones so far.
    padded: usize,
    /// How many tables are open; one inside a cell gives its text to the cell.
    tables: usize,
}

impl Walk {
    fn open(&mut self, element: &Element) {
        let name = element.name();
        let style = self.styles.last().cloned().unwrap_or_default();
        self.styles.push(inside(style, element));
        if is_block(name) {
            self.flush();
        }
        match name {
            "br" => self.flush(),
            "img" => self.picture(element),
            "ul" => self.lists.push(None),
            "ol" => {
                let start = element.attr("start").and_then(|start| start.parse().ok());
                self.lists.push(Some(start.unwrap_or(1)));
            }
            "li" => {
                let piece = match self.lists.last_mut() {
                    Some(Some(next)) => {
                        *next = next.saturating_add(1);
                        Piece::Number(next.saturating_sub(1))
                    }
                    _ => Piece::Bullet,
                };
                self.pieces.push(("li", piece));
            }
            "h1" | "h2" => self.pieces.push(("h", Piece::Heading(2))),
            "h3" | "h4" | "h5" | "h6" => self.pieces.push(("h", Piece::Heading(3))),
            "blockquote" => self.pieces.push(("blockquote", Piece::Quote)),
            "p" => self.pieces.push(("p", self.paragraph(element))),
            "table" => {
                self.tables += 1;
                if self.tables == 1 {
                    self.builder.close();
                    self.above.clear();
                }
            }
            "tr" if self.tables <= 1 => self.row = Some(Vec::new()),
            "td" | "th" if self.tables <= 1 => {
                self.cell = true;
                self.spans = (span(element, "colspan"), span(element, "rowspan"));
            }
            _ => {}
        }
    }

    /// Word writes lists and headings as paragraphs of a class.
    fn paragraph(&self, element: &Element) -> Piece {
        let class = element.attr("class").unwrap_or_default();
        let style = style_of(element);
        let around = self.pieces.last().map(|(_, piece)| *piece);
        match around {
            Some(piece) => piece,
            None if is_item(&style) || class.starts_with("MsoListBullet") => Piece::Bullet,
            None if class == "MsoTitle" || class == "MsoHeading1" => Piece::Heading(2),
            None if class == "MsoQuote" || class == "MsoIntenseQuote" => Piece::Quote,
            None => Piece::Para,
        }
    }

    /// What stands before an item of Word's lists says which list it is of: numbers count, letters (the
    /// points of a law) stay as they were written, anything else is a bullet.
    fn list_sign(&mut self, sign: &str) {
        let sign = sign.trim();
        let name = sign.trim_end_matches(['.', ')']);
        let Some((_, piece)) = self.pieces.last_mut().filter(|_| name.len() < sign.len()) else {
            return;
        };
        if let Ok(number) = name.parse() {
            *piece = Piece::Number(number);
        } else if !name.is_empty() && name.chars().all(char::is_alphabetic) {
            *piece = Piece::Para;
            self.text(&format!("{sign} "));
        }
    }

    fn close(&mut self, name: &str) {
        self.styles.pop();
        let own = match name {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => "h",
            other => other,
        };
        if is_block(name) {
            self.flush();
        }
        if self.pieces.last().is_some_and(|(open, _)| *open == own) {
            self.pieces.pop();
        }
        match name {
            "ul" | "ol" => {
                self.lists.pop();
                self.builder.close();
            }
            "td" | "th" if self.tables <= 1 => {
                self.cell = false;
                let cell = trimmed(std::mem::take(&mut self.line));
                self.take_cell(cell);
            }
            "tr" if self.tables <= 1 => {
                self.leave_room();
                if let Some(row) = self.row.take() {
                    self.builder.row(Lang::Vi, row);
                }
            }
            "table" => {
                self.tables = self.tables.saturating_sub(1);
                if self.tables == 0 {
                    self.builder.close();
                }
            }
            "blockquote" => self.builder.close(),
            _ => {}
        }
    }

    /// A cell in its column: those that a cell from above takes stay empty, as do the further ones of its own.
    fn take_cell(&mut self, cell: Line) {
        self.leave_room();
        let Some(row) = &mut self.row else { return };
        let (mut columns, rows) = self.spans;
        if self.padded + columns > PADDING {
            columns = 1;
        }
        self.padded += columns - 1;
        let from = row.len();
        row.push(cell);
        row.resize(from + columns, Line::default());
        self.above.resize(self.above.len().max(row.len()), 0);
        self.above[from..from + columns].fill(rows - 1);
    }

    /// Empty cells where cells from above reach into the row.
    fn leave_room(&mut self) {
        let Some(row) = &mut self.row else { return };
        while let Some(rows) = self.above.get_mut(row.len()).filter(|rows| **rows > 0) {
            if self.padded >= PADDING {
                return;
            }
            self.padded += 1;
            *rows -= 1;
            row.push(Line::default());
        }
    }

    /// A picture that was uploaded before; any other is left out. In a cell there is no room for one.
    fn picture(&mut self, element: &Element) {
        let number = element.attr("src").and_then(|src| src.strip_prefix("tep:"));
        let Some(number) = number
            .and_then(|number| number.parse().ok())
            .filter(|number| *number > 0)
        else {
            return;
        };
        if self.cell {
            return;
        }
        self.flush();
        let about = viet::nfc(element.attr("alt").unwrap_or_default());
        let about = about.split_whitespace().collect::<Vec<_>>().join(" ");
        self.builder.media(Lang::Vi, number, about);
    }

    fn text(&mut self, text: &str) {
        let style = self.styles.last().cloned().unwrap_or_default();
        let from = self.line.text.len();
        for c in viet::nfc(text).chars() {
            if c.is_whitespace() {
                if !self.line.text.is_empty() && !self.line.text.ends_with(' ') {
                    self.line.text.push(' ');
                }
            } else if !c.is_control() && !matches!(c, '\u{feff}' | '\u{200b}' | '\u{ad}') {
                self.line.text.push(c);
            }
        }
        let to = self.line.text.len();
        for (on, kind) in [(style.bold, MarkKind::Bold), (style.italic, MarkKind::Italic)] {
            if on {
                put_mark(&mut self.line.marks, &kind, from, to);
            }
        }
        let Some(href) = style.link.filter(|_| from < to) else {
            return;
        };
        match self
            .line
            .links
            .last_mut()
            .filter(|last| last.to == from && last.href == href)
        {
            Some(last) => last.to = to,
            None => self.line.links.push(Link { from, to, href }),
        }
    }

    /// Ends the line. In a cell lines are joined: a cell holds one.
    fn flush(&mut self) {
        if self.cell {
            if !self.line.text.is_empty() && !self.line.text.ends_with(' ') {
                self.line.text.push(' ');
            }
            return;
        }
        let line = trimmed(std::mem::take(&mut self.line));
        let piece = self.pieces.last().map_or(Piece::Para, |(_, piece)| *piece);
        self.builder.push(Lang::Vi, piece, line);
    }
}

/// How many columns or rows a cell takes; what is written wildly counts as a table of Word may have.
fn span(element: &Element, name: &str) -> usize {
    let said = element.attr(name).and_then(|said| said.trim().parse().ok());
    said.unwrap_or(1_usize).clamp(1, 60)
}

fn is_block(name: &str) -> bool {
    matches!(
        name,
        "p" | "div"
            | "li"
            | "ul"
            | "ol"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "blockquote"
            | "table"
            | "tr"
            | "td"
            | "th"
            | "section"
            | "article"
            | "header"
            | "footer"
            | "main"
            | "aside"
            | "pre"
            | "hr"
            | "dl"
            | "dt"
            | "dd"
            | "figure"
            | "figcaption"
            | "body"
            | "address"
            | "center"
    )
}

/// Without the space at the end; marks and links end with the text.
fn trimmed(mut line: Line) -> Line {
    let end = line.text.trim_end().len();
    line.text.truncate(end);
    for mark in &mut line.marks {
        mark.end = mark.end.min(u32::try_from(end).unwrap_or(u32::MAX));
    }
    line.marks.retain(|mark| mark.start < mark.end);
    line.marks.sort_by_key(|mark| (mark.start, mark.end));
    for link in &mut line.links {
        link.to = link.to.min(end);
    }
    line.links.retain(|link| link.from < link.to);
    line
}
