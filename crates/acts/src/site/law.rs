//! The text of an act as HTML: sections with headings, clauses and points as paragraphs,
//! quotes, tables and footnotes. Ids are provision ids, so anchors never change.

use std::collections::HashMap;
use std::fmt::Write as _;

use legal::citations::Field;
use legal::cite::Citer;
use legal::model::{
    ActText, Align, Block, Footnote, Language, Para, Part, PartKind, Provision, ProvisionKind, Quote, Table,
};

use super::inline::{Words, escape, marked_into, para_into};
use super::refs::{Refs, Way};
use super::said::without_title;
use super::terms::Terms;

/// Renders provisions of one text.
pub struct Law<'a> {
    text: &'a ActText,
    citer: &'a Citer<'a>,
    /// Address before a provision's path: "91-2015-qh13"; empty = headings carry no links.
    page: &'a str,
    /// Whether clauses and points link to their own pages too (too many links for a whole act).
    clause_links: bool,
    refs: Refs,
    terms: Terms,
    /// HTML to stand below the words of a provision, by id.
    histories: HashMap<String, String>,
}

/// Heading levels run from h2 to h6.
fn heading_level(depth: usize) -> usize {
    depth.clamp(2, 6)
}

/// The word of a level before its number, in the language of the text.
#[must_use]
pub fn level_word(kind: ProvisionKind, language: Language) -> &'static str {
    match (language, kind) {
        (Language::Vi, ProvisionKind::Clause) => "Khoản",
        (Language::Vi, ProvisionKind::Point) => "Điểm",
        (Language::Vi, _) => legal::cite::level(kind),
        (Language::En, ProvisionKind::Part) => "Part",
        (Language::En, ProvisionKind::Chapter) => "Chapter",
        (Language::En, ProvisionKind::Section) => "Section",
        (Language::En, ProvisionKind::Subsection) => "Subsection",
        (Language::En, ProvisionKind::Article) => "Article",
        (Language::En, ProvisionKind::Clause) => "Clause",
        (Language::En, ProvisionKind::Point) => "Point",
    }
}

/// Code of the `lang` attribute.
#[must_use]
pub fn lang_code(language: Language) -> &'static str {
    match language {
        Language::Vi => "vi",
        Language::En => "en",
    }
}

/// "Điều 7", "Chương II", "Phần thứ nhất".
#[must_use]
pub fn label(provision: &Provision, language: Language) -> String {
    format!("{} {}", level_word(provision.kind, language), provision.number)
}

fn is_paragraph(kind: ProvisionKind) -> bool {
    matches!(kind, ProvisionKind::Clause | ProvisionKind::Point)
}

/// A section that is open while its content is written.
struct Open<'a> {
    id: &'a str,
    notes: Vec<Noted<'a>>,
}

/// A footnote with the provision that it belongs to and its place there.
type Noted<'a> = (&'a str, usize, &'a Footnote);

fn notes_of(provision: &Provision) -> impl Iterator<Item = Noted<'_>> {
    let each = provision.notes.iter().enumerate();
    each.map(|(place, note)| (provision.id.as_str(), place, note))
}

impl<'a> Law<'a> {
    /// Renders `text`; headings link to `page`/path where `page` is not empty.
    #[must_use]
    pub fn new(text: &'a ActText, citer: &'a Citer<'a>, page: &'a str) -> Self {
        Self {
            text,
            citer,
            page,
            clause_links: false,
            refs: Refs::default(),
            terms: Terms::default(),
            histories: HashMap::new(),
        }
    }

    /// What the text cites and the words it defines are links.
    #[must_use]
    pub fn with_links(self, refs: Refs, terms: Terms) -> Self {
        Self { refs, terms, ..self }
    }

    /// What others did to each provision stands below it.
    #[must_use]
    pub fn with_histories(self, histories: HashMap<String, String>) -> Self {
        Self { histories, ..self }
    }

    /// Clauses and points link to their own pages.
    #[must_use]
    pub fn with_clause_links(self) -> Self {
        Self {
            clause_links: true,
            ..self
        }
    }

    /// The whole text: every part with its opening, provisions and closing.
    #[must_use]
    pub fn whole(&self) -> String {
        let mut out = String::with_capacity(64 * 1024);
        for part in &self.text.parts {
            self.part_into(&mut out, part, true);
        }
        out
    }

    /// One provision and everything below it, without its own heading (the page carries it);
    /// headings below begin at level `depth`.
    #[must_use]
    pub fn below_heading(&self, run: &'a [Provision], depth: usize) -> String {
        let mut out = String::new();
        let Some((first, rest)) = run.split_first() else {
            return out;
        };
        if is_paragraph(first.kind) {
            self.run_into(&mut out, run, depth, &mut self.words(&[first]));
            return out;
        }
        let _ = write!(out, "<section id=\"{}\">", escape(&first.id));
        let mut words = self.words(&[first]);
        let mut way = self.refs.at(&first.id, Field::Body);
        self.blocks_into(&mut out, &first.blocks, 0, Some(&mut words), &mut way);
        self.run_into(&mut out, rest, depth, &mut words);
        let section = Open {
            id: &first.id,
            notes: notes_of(first).collect(),
        };
        self.close_into(&mut out, Some(section));
        out
    }

    /// One part with its provisions, without its own heading (the page carries it).
    #[must_use]
    pub fn part(&self, part: &Part) -> String {
        let mut out = String::new();
        self.part_into(&mut out, part, false);
        out
    }

    /// What a provision itself says, without what stands in it and without notes.
    #[must_use]
    pub fn own_words(&self, provision: &Provision) -> String {
        let mut out = String::new();
        let mut way = self.refs.at(&provision.id, Field::Body);
        self.blocks_into(&mut out, &provision.blocks, 0, None, &mut way);
        out
    }

    /// The words that hold at the last of `run`, which stand around each other; none met yet.
    fn words(&self, run: &[&Provision]) -> Words<'_> {
        let part = run.first().map(|one| one.part.as_str());
        // The provisions above are known to the whole text, not to the run that is written.
        let above = run.first().and_then(|one| one.parent.as_deref());
        let mut around: Vec<&str> = part
            .into_iter()
            .chain(run.iter().map(|one| one.id.as_str()))
            .collect();
        let mut next = above;
        while let Some(id) = next {
            around.push(id);
            let parent = self.text.provisions.iter().find(|one| one.id == id);
            next = parent.and_then(|one| one.parent.as_deref());
        }
        Words::new(&self.terms, &around)
    }

    fn part_into(&self, out: &mut String, part: &Part, heading: bool) {
        let other = part.kind != PartKind::Main;
        if other {
            let cited = self.citer.cite(&part.id).unwrap_or_default();
            let _ = write!(
                out,
                "<section id=\"{}\" data-cite=\"{}\">",
                escape(&part.id),
                escape(&cited)
            );
        }
        if other && heading {
            let _ = write!(out, "<h2 class=\"s\">{}</h2>", escape(&part.title));
        }
        let opening = without_title(&part.title, &part.opening);
        let left_out = part.opening.len() - opening.len();
        let mut way = self.refs.at(&part.id, Field::Body);
        self.around_into(out, "op", opening, left_out, &mut way);
        let first = self.text.provisions.iter().position(|p| p.part == part.id);
        if let Some(first) = first {
            let len = self.text.provisions[first..]
                .iter()
                .take_while(|p| p.part == part.id)
                .count();
            self.run_into(
                out,
                &self.text.provisions[first..first + len],
                if other && heading { 3 } else { 2 },
                &mut Words::new(&self.terms, &[&part.id]),
            );
        }
        let mut way = self.refs.at(&part.id, Field::Closing);
        self.around_into(out, "cl", &part.closing, 0, &mut way);
        for (place, note) in part.notes.iter().enumerate() {
            self.note_into(out, (&part.id, place, note));
        }
        if other {
            self.history_into(out, &part.id);
            out.push_str("</section>");
        }
    }

    fn around_into(&self, out: &mut String, class: &str, blocks: &[Block], first: usize, way: &mut Way<'_>) {
        if blocks.is_empty() {
            return;
        }
        let _ = write!(out, "<div class=\"{class}\">");
        self.blocks_into(out, blocks, first, None, way);
        out.push_str("</div>");
    }

    /// Writes provisions in document order; sections open and close as parents change.
    fn run_into<'w>(&'w self, out: &mut String, run: &'a [Provision], depth: usize, words: &mut Words<'w>) {
        let mut open: Vec<Open<'a>> = Vec::new();
        for provision in run {
            if is_paragraph(provision.kind) {
                self.clause_into(out, provision, words);
                match open.last_mut() {
                    Some(section) => section.notes.extend(notes_of(provision)),
                    None => notes_of(provision).for_each(|note| self.note_into(out, note)),
                }
                continue;
            }
            while open
                .last()
                .is_some_and(|top| Some(top.id) != provision.parent.as_deref())
            {
                self.close_into(out, open.pop());
            }
            let ids = open.iter().map(|top| top.id);
            let around: Vec<&str> = [provision.part.as_str(), provision.id.as_str()]
                .into_iter()
                .chain(ids)
                .collect();
            *words = Words::new(&self.terms, &around);
            self.section_into(out, provision, heading_level(depth + open.len()), words);
            open.push(Open {
                id: &provision.id,
                notes: notes_of(provision).collect(),
            });
        }
        while let Some(section) = open.pop() {
            self.close_into(out, Some(section));
        }
    }

    fn section_into(&self, out: &mut String, provision: &'a Provision, level: usize, words: &mut Words<'_>) {
        let class = if provision.kind == ProvisionKind::Article {
            "a"
        } else {
            "s"
        };
        let id = escape(&provision.id);
        let _ = write!(out, "<section id=\"{id}\"><h{level} class=\"{class}\">");
        let dot = if class == "a" && provision.heading.is_some() {
            "."
        } else {
            ""
        };
        let label = format!("{}{dot}", escape(&label(provision, self.text.language)));
        match legal::address::path_of_id(&provision.id).filter(|_| !self.page.is_empty()) {
            Some(path) => {
                let _ = write!(out, "<a href=\"{}/{}\">{label}</a>", self.page, escape(&path));
            }
            None => out.push_str(&label),
        }
        if let Some(heading) = &provision.heading {
            out.push(' ');
            let way = self.refs.at(&provision.id, Field::Heading);
            marked_into(out, heading, &provision.heading_marks, way.refs(), None);
        }
        let _ = write!(out, "</h{level}>");
        let mut way = self.refs.at(&provision.id, Field::Body);
        self.blocks_into(out, &provision.blocks, 0, Some(words), &mut way);
    }

    fn clause_into(&self, out: &mut String, provision: &Provision, words: &mut Words<'_>) {
        let (class, more, sign) = match provision.kind {
            ProvisionKind::Point => ("d", "d1", ')'),
            _ => ("k", "k1", '.'),
        };
        let _ = write!(out, "<p id=\"{}\" class=\"{class}\">", escape(&provision.id));
        let printed = format!("{}{sign}", escape(&provision.number));
        match legal::address::path_of_id(&provision.id).filter(|_| self.clause_links) {
            Some(path) => {
                let _ = write!(out, "<a href=\"{}/{path}\">{printed}</a> ", self.page);
            }
            None => {
                let _ = write!(out, "{printed} ");
            }
        }
        let mut way = self.refs.at(&provision.id, Field::Body);
        let mut blocks = provision.blocks.iter().enumerate().peekable();
        if let Some((place, Block::Para(para))) = blocks.next_if(|(_, block)| matches!(block, Block::Para(_)))
        {
            way.down(place, |way| para_into(out, para, way.refs(), Some(words)));
        }
        out.push_str("</p>");
        for (place, block) in blocks {
            way.down(place, |way| self.block_into(out, block, more, Some(words), way));
        }
        self.history_into(out, &provision.id);
    }

    /// Writes blocks of which the first is number `first` where they stand.
    fn blocks_into(
        &self,
        out: &mut String,
        blocks: &[Block],
        first: usize,
        mut words: Option<&mut Words<'_>>,
        way: &mut Way<'_>,
    ) {
        for (place, block) in blocks.iter().enumerate() {
            let words = words.as_deref_mut();
            way.down(first + place, |way| self.block_into(out, block, "", words, way));
        }
    }

    fn block_into(
        &self,
        out: &mut String,
        block: &Block,
        class: &str,
        words: Option<&mut Words<'_>>,
        way: &mut Way<'_>,
    ) {
        match block {
            Block::Para(para) => paragraph_into(out, para, class, words, way),
            Block::Table(table) => table_into(out, table, self.text.language, way),
            Block::Quote(quote) => self.quote_into(out, quote, way),
        }
    }

    fn quote_into(&self, out: &mut String, quote: &Quote, way: &mut Way<'_>) {
        let _ = write!(out, "<blockquote id=\"{}\">", escape(&quote.id));
        self.blocks_into(out, &quote.blocks, 0, None, way);
        out.push_str("</blockquote>");
    }

    fn close_into(&self, out: &mut String, section: Option<Open<'_>>) {
        if let Some(section) = section {
            for note in section.notes {
                self.note_into(out, note);
            }
            self.history_into(out, section.id);
            out.push_str("</section>");
        }
    }

    fn history_into(&self, out: &mut String, id: &str) {
        if let Some(history) = self.histories.get(id) {
            out.push_str(history);
        }
    }

    fn note_into(&self, out: &mut String, (at, place, note): Noted<'_>) {
        let (id, sign) = (escape(&note.id), escape(&note.sign));
        let _ = write!(
            out,
            "<p class=\"fn\" id=\"{id}\"><a href=\"#r_{id}\">[{sign}]</a> "
        );
        let mut way = self.refs.at(at, Field::Note);
        way.down(place, |way| marked_into(out, &note.text, &[], way.refs(), None));
        out.push_str("</p>");
    }
}

fn paragraph_into(out: &mut String, para: &Para, class: &str, words: Option<&mut Words<'_>>, way: &Way<'_>) {
    let class = match para.align {
        Align::Start => class,
        Align::Center => "c",
        Align::End => "e",
    };
    if class.is_empty() {
        out.push_str("<p>");
    } else {
        let _ = write!(out, "<p class=\"{class}\">");
    }
    para_into(out, para, way.refs(), words);
    out.push_str("</p>");
}

fn table_into(out: &mut String, table: &Table, language: Language, way: &mut Way<'_>) {
    let word = match language {
        Language::Vi => "Bảng",
        Language::En => "Table",
    };
    let number = table.id.rsplit('_').next().unwrap_or_default();
    let _ = write!(
        out,
        "<div class=\"tb\" id=\"{}\" role=\"region\" tabindex=\"0\" aria-label=\"{word} {}\"><table>",
        escape(&table.id),
        escape(number)
    );
    for (place, row) in table.rows.iter().enumerate() {
        out.push_str("<tr>");
        way.down(place, |way| {
            for (place, cell) in row.cells.iter().enumerate() {
                way.down(place, |way| cell_into(out, cell, way));
            }
        });
        out.push_str("</tr>");
    }
    out.push_str("</table></div>");
}

fn cell_into(out: &mut String, cell: &legal::model::Cell, way: &mut Way<'_>) {
    let name = if cell.header { "th" } else { "td" };
    let _ = write!(out, "<{name}");
    if cell.colspan > 1 {
        let _ = write!(out, " colspan=\"{}\"", cell.colspan);
    }
    if cell.rowspan > 1 {
        let _ = write!(out, " rowspan=\"{}\"", cell.rowspan);
    }
    out.push('>');
    match &cell.paras[..] {
        [only] => way.down(0, |way| para_into(out, only, way.refs(), None)),
        many => many
            .iter()
            .enumerate()
            .for_each(|(place, para)| way.down(place, |way| paragraph_into(out, para, "", None, way))),
    }
    let _ = write!(out, "</{name}>");
}
