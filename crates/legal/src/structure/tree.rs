//! The tree of one part: groups, articles, khoản, điểm.

use std::collections::HashMap;

use crate::address::segment;
use crate::model::{
    ActText, Block, Language, Mark, MarkKind, Para, Part, PartKind, Provision, ProvisionKind,
};

use super::divide::Piece;
use super::head::{self, Head};
use super::sequence::{self, Fault};
use super::wrap::slice;
use super::{finding, is_bold, is_upper};

mod lists;
mod titles;

use lists::Lists;

/// Builds one part and adds it and its provisions to `act`.
///
/// A regulation without articles (a technical standard, a plan) is an appendix: text, not provisions.
pub(super) fn build(mut piece: Piece, language: Language, act: &mut ActText) {
    if piece.kind == PartKind::Attached && !piece.blocks.iter().any(is_article) {
        piece.kind = PartKind::Appendix;
    }
    let part = Part {
        id: part_id(piece.kind, act),
        kind: piece.kind,
        number: piece.number.clone(),
        ..Part::default()
    };
    Builder::new(part, language, act).run(piece, 0);
}

/// Provisions of a passage that begins with the provision `number` of level `kind`, as new text
/// of an amending act does. Their ids are those of the passage alone.
pub(super) fn passage(blocks: Vec<Block>, kind: ProvisionKind, number: &str) -> Vec<Provision> {
    let mut act = ActText::default();
    let part = Part {
        id: "main".to_owned(),
        ..Part::default()
    };
    let mut builder = Builder::new(part, Language::Vi, &mut act);
    if kind <= ProvisionKind::Article {
        let first = blocks.iter().find_map(|block| match block {
            Block::Para(para) => viet::numbers::rank(head::article(&para.text)?.number),
            _ => None,
        });
        // An article with a letter follows the one of its figure.
        let last = first.map_or(0, |(value, suffix)| {
            if suffix.is_empty() {
                value.saturating_sub(1)
            } else {
                value
            }
        });
        let closing = blocks.len();
        builder.run(
            Piece {
                kind: PartKind::Main,
                number: None,
                blocks,
                closing,
            },
            last,
        );
        return act.provisions;
    }
    builder.push("art".to_owned(), ProvisionKind::Article, String::new());
    let mut above = 1;
    if kind == ProvisionKind::Point {
        builder.push("art__clause".to_owned(), ProvisionKind::Clause, String::new());
        above = 2;
    }
    builder.lists = Lists::before(kind, number);
    for block in blocks {
        match block {
            Block::Para(para) => builder.line(para),
            other => builder.add(other),
        }
    }
    act.provisions.split_off(above)
}

fn is_article(block: &Block) -> bool {
    matches!(block, Block::Para(para) if head::article(&para.text).is_some())
}

fn part_id(kind: PartKind, act: &ActText) -> String {
    let count = act.parts.iter().filter(|part| part.kind == kind).count() + 1;
    match kind {
        PartKind::Main => "main".to_owned(),
        PartKind::Attached => format!("att_{count}"),
        PartKind::Appendix => format!("app_{count}"),
    }
}

struct Builder<'a> {
    part: Part,
    language: Language,
    act: &'a mut ActText,
    /// Open provisions from the outermost in: places in `act.provisions`.
    open: Vec<usize>,
    lists: Lists,
    /// How often an id was given.
    ids: HashMap<String, u32>,
    /// No articles: sections with Roman numerals are the top level.
    sections: bool,
    /// Number of the section opened last.
    section: u32,
}

impl<'a> Builder<'a> {
    fn new(part: Part, language: Language, act: &'a mut ActText) -> Self {
        Self {
            part,
            language,
            open: Vec::new(),
            lists: Lists::default(),
            ids: HashMap::new(),
            act,
            sections: false,
            section: 0,
        }
    }

    /// Reads the blocks of a part whose articles go on behind article `before`.
    fn run(&mut self, piece: Piece, before: u32) {
        let body = piece.closing.min(piece.blocks.len());
        let structured = piece.kind != PartKind::Appendix || titles::is_regulation(&piece.blocks);
        let articles = if structured {
            sequence::candidates(&piece.blocks[..body], self.language)
        } else {
            Vec::new()
        };
        let articles = sequence::choose(&articles, before);
        self.sections = structured && articles.is_empty() && piece.kind == PartKind::Main;
        let last = articles.last().map_or(0, |article| article.place);
        let faults: HashMap<usize, Option<Fault>> = articles
            .iter()
            .map(|article| (article.place, article.fault))
            .collect();
        let mut blocks = piece.blocks.into_iter().enumerate().peekable();
        while let Some((place, block)) = blocks.next() {
            if place >= body {
                self.part.closing.push(block);
                continue;
            }
            let Block::Para(para) = block else {
                self.add(block);
                continue;
            };
            if let Some(fault) = faults.get(&place) {
                let next = blocks.peek().map(|(_, block)| block);
                if self.article(para, *fault, next) {
                    blocks.next();
                }
            } else if let Some(found) = self.group_head(&para, place, last, structured) {
                let (kind, number, rest) = (found.kind, found.number.to_owned(), found.rest.len());
                let mut title = vec![slice(&para, para.text.len() - rest, para.text.len())];
                while title.len() < 5
                    && let Some((_, Block::Para(next))) = blocks.next_if(|(at, block)| {
                        *at < body && !faults.contains_key(at) && titles::continues(block, &title)
                    })
                {
                    title.push(next);
                }
                self.group(kind, &number, &title);
            } else {
                self.line(para);
            }
        }
        self.finish();
    }

    fn group_head<'t>(
        &self,
        para: &'t Para,
        place: usize,
        last: usize,
        structured: bool,
    ) -> Option<Head<'t>> {
        if !structured {
            return None;
        }
        if self.sections {
            return head::group(&para.text).or_else(|| {
                head::roman(&para.text).filter(|found| {
                    let follows = viet::numbers::roman(found.number) == Some(self.section + 1);
                    is_bold(para) || is_upper(found.rest) || follows
                })
            });
        }
        let found = head::group(&para.text)?;
        (place < last).then_some(found)
    }

    /// Opens an article. True when the next block was taken as its heading.
    fn article(&mut self, para: Para, fault: Option<Fault>, next: Option<&Block>) -> bool {
        let Some(found) = head::article(&para.text) else {
            return false;
        };
        let number = found.number.to_owned();
        let rest = slice(&para, para.text.len() - found.rest.len(), para.text.len());
        self.close_to(ProvisionKind::Article);
        // "Điều thứ nhất" of old acts is cited, and found, as Điều 1.
        let counted = if number.is_ascii() {
            None
        } else {
            viet::numbers::rank(&number)
        };
        let counted = counted.map(|(value, suffix)| format!("{value}{suffix}"));
        let id = self.id_of(
            None,
            ProvisionKind::Article,
            counted.as_deref().unwrap_or(&number),
        );
        if let Some(fault) = fault {
            self.warn_number(fault, &number, &id);
        }
        self.push(id, ProvisionKind::Article, number);
        self.lists = Lists::default();
        let (heading, body) = titles::article_heading(&rest);
        let mut took = false;
        let heading = match (heading, next) {
            (None, Some(Block::Para(next))) if rest.text.is_empty() && titles::is_lone_heading(next) => {
                took = true;
                Some(next.clone())
            }
            (heading, _) => heading,
        };
        if let (Some(heading), Some(article)) = (heading, self.current()) {
            article.heading_marks = heading_marks(&heading);
            article.heading = Some(heading.text);
        }
        if let Some(body) = body {
            self.line(body);
        }
        took
    }

    fn warn_number(&mut self, fault: Fault, number: &str, id: &str) {
        let (code, message) = match fault {
            Fault::Gap => (
                "article-gap",
                format!("Số thứ tự các điều không liên tục trước Điều {number}."),
            ),
            Fault::Repeated => (
                "number-repeated",
                format!("Số “Điều {number}” lặp lại hoặc in sai thứ tự."),
            ),
        };
        self.act.warnings.push(finding(code, message, Some(id)));
    }

    /// Opens phần, chương, mục or tiểu mục.
    fn group(&mut self, kind: ProvisionKind, number: &str, title: &[Para]) {
        self.close_to(kind);
        if kind == ProvisionKind::Section {
            self.section = viet::numbers::roman(number).unwrap_or(0);
        }
        let parent = self
            .open
            .last()
            .map(|place| self.act.provisions[*place].id.clone());
        let value = viet::numbers::rank(number)
            .map_or_else(|| number.to_owned(), |(value, suffix)| format!("{value}{suffix}"));
        let id = self.id_of(parent.as_deref(), kind, &value);
        self.push(id, kind, number.to_owned());
        self.lists = Lists::default();
        let heading = titles::join(title);
        if let Some(group) = self.current().filter(|_| !heading.text.is_empty()) {
            group.heading_marks = heading_marks(&heading);
            group.heading = Some(heading.text);
        }
    }

    /// A paragraph inside an article, a section or the opening.
    fn line(&mut self, para: Para) {
        if self.open.is_empty() && !self.sections {
            self.part.opening.push(Block::Para(para));
            return;
        }
        let Some(found) = self.lists.read(&para.text, self.language) else {
            self.add(Block::Para(para));
            return;
        };
        let (kind, number, fault) = (found.kind, found.number.to_owned(), found.fault);
        let body = slice(&para, para.text.len() - found.rest.len(), para.text.len());
        self.close_to(kind);
        let parent = self
            .open
            .last()
            .map(|place| self.act.provisions[*place].id.clone());
        let id = self.id_of(parent.as_deref(), kind, &number);
        if let Some((code, message)) = fault {
            self.act.warnings.push(finding(code, message, Some(&id)));
        }
        self.push(id, kind, number);
        if kind == ProvisionKind::Clause
            && let Some(point) = lists::leading_point(&body.text, self.language)
        {
            let rest = slice(&body, body.text.len() - point, body.text.len());
            self.line(rest);
            return;
        }
        if !body.text.is_empty() {
            self.add(Block::Para(body));
        }
    }

    /// Adds content to the innermost open provision.
    fn add(&mut self, block: Block) {
        match self.open.last() {
            Some(place) => self.act.provisions[*place].blocks.push(block),
            None => self.part.opening.push(block),
        }
    }

    fn current(&mut self) -> Option<&mut Provision> {
        self.open.last().map(|place| &mut self.act.provisions[*place])
    }

    fn close_to(&mut self, kind: ProvisionKind) {
        while self
            .open
            .last()
            .is_some_and(|place| self.act.provisions[*place].kind >= kind)
        {
            self.open.pop();
        }
    }

    fn push(&mut self, id: String, kind: ProvisionKind, number: String) {
        let parent = self
            .open
            .last()
            .map(|place| self.act.provisions[*place].id.clone());
        self.act.provisions.push(Provision {
            id,
            part: self.part.id.clone(),
            kind,
            number,
            heading: None,
            parent,
            blocks: Vec::new(),
            notes: Vec::new(),
            heading_marks: Vec::new(),
        });
        self.open.push(self.act.provisions.len() - 1);
    }

    /// An id unique in the act. Articles stand below their part, whatever group holds them.
    fn id_of(&mut self, parent: Option<&str>, kind: ProvisionKind, number: &str) -> String {
        let own = segment(kind, number);
        let base = match parent {
            Some(parent) => format!("{parent}__{own}"),
            None if self.part.kind == PartKind::Main => own,
            None => format!("{}__{own}", self.part.id),
        };
        let count = self.ids.entry(base.clone()).or_insert(0);
        *count += 1;
        if *count == 1 {
            base
        } else {
            format!("{base}-{count}")
        }
    }

    fn finish(&mut self) {
        let mut part = std::mem::take(&mut self.part);
        part.title = titles::part_title(&part, self.language);
        self.act.parts.push(part);
    }
}

/// Marks of a heading that are more than its being bold.
fn heading_marks(heading: &Para) -> Vec<Mark> {
    heading
        .marks
        .iter()
        .filter(|mark| !matches!(mark.kind, MarkKind::Bold | MarkKind::Italic))
        .cloned()
        .collect()
}
