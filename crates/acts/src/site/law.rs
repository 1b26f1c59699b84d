//! The text of an act as HTML: sections with headings, clauses and points as paragraphs,
//! quotes, tables and footnotes. Ids are provision ids, so anchors never change.

use std::fmt::Write as _;

use legal::cite::Citer;
use legal::model::{
    ActText, Align, Block, Footnote, Language, Para, Part, PartKind, Provision, ProvisionKind, Quote, Table,
};

use super::inline::{Words, escape, marked_into, para_into};
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
    notes: Vec<&'a Footnote>,
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
        }
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
            self.run_into(&mut out, run, depth, &Terms::default());
            return out;
        }
        let _ = write!(out, "<section id=\"{}\">", escape(&first.id));
        self.blocks_into(&mut out, &first.blocks, None);
        self.run_into(&mut out, rest, depth, &Terms::default());
        close_into(
            &mut out,
            Some(Open {
                id: &first.id,
                notes: first.notes.iter().collect(),
            }),
        );
        out
    }

    /// One part with its provisions, without its own heading (the page carries it).
    #[must_use]
    pub fn part(&self, part: &Part) -> String {
        let mut out = String::new();
        self.part_into(&mut out, part, false);
        out
    }

    /// Blocks outside the tree (opening, closing, the content of an appendix) with their notes.
    #[must_use]
    pub fn blocks(&self, blocks: &[Block], notes: &[Footnote]) -> String {
        let mut out = String::new();
        self.blocks_into(&mut out, blocks, None);
        for note in notes {
            note_into(&mut out, note);
        }
        out
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
        self.around_into(out, "op", without_title(&part.title, &part.opening));
        let terms = Terms::of_part(self.text, &part.id);
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
                &terms,
            );
        }
        self.around_into(out, "cl", &part.closing);
        for note in &part.notes {
            note_into(out, note);
        }
        if other {
            out.push_str("</section>");
        }
    }

    fn around_into(&self, out: &mut String, class: &str, blocks: &[Block]) {
        if blocks.is_empty() {
            return;
        }
        let _ = write!(out, "<div class=\"{class}\">");
        self.blocks_into(out, blocks, None);
        out.push_str("</div>");
    }

    /// Writes provisions in document order; sections open and close as parents change.
    fn run_into(&self, out: &mut String, run: &'a [Provision], depth: usize, terms: &Terms) {
        let mut open: Vec<Open<'a>> = Vec::new();
        let mut words = Words::new(terms);
        for provision in run {
            if is_paragraph(provision.kind) {
                self.clause_into(out, provision, &mut words);
                match open.last_mut() {
                    Some(section) => section.notes.extend(&provision.notes),
                    None => provision.notes.iter().for_each(|note| note_into(out, note)),
                }
                continue;
            }
            while open
                .last()
                .is_some_and(|top| Some(top.id) != provision.parent.as_deref())
            {
                close_into(out, open.pop());
            }
            words = Words::new(terms);
            self.section_into(out, provision, heading_level(depth + open.len()), &mut words);
            open.push(Open {
                id: &provision.id,
                notes: provision.notes.iter().collect(),
            });
        }
        while let Some(section) = open.pop() {
            close_into(out, Some(section));
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
            marked_into(out, heading, &provision.heading_marks, None);
        }
        let _ = write!(out, "</h{level}>");
        self.blocks_into(out, &provision.blocks, Some(words));
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
        let rest = match provision.blocks.split_first() {
            Some((Block::Para(para), rest)) => {
                para_into(out, para, Some(words));
                rest
            }
            _ => &provision.blocks[..],
        };
        out.push_str("</p>");
        for block in rest {
            self.block_into(out, block, more, Some(words));
        }
    }

    fn blocks_into(&self, out: &mut String, blocks: &[Block], mut words: Option<&mut Words<'_>>) {
        for block in blocks {
            self.block_into(out, block, "", words.as_deref_mut());
        }
    }

    fn block_into(&self, out: &mut String, block: &Block, class: &str, words: Option<&mut Words<'_>>) {
        match block {
            Block::Para(para) => {
                paragraph_into(out, para, class, words);
            }
            Block::Table(table) => table_into(out, table, self.text.language),
            Block::Quote(quote) => self.quote_into(out, quote),
        }
    }

    fn quote_into(&self, out: &mut String, quote: &Quote) {
        let _ = write!(out, "<blockquote id=\"{}\">", escape(&quote.id));
        self.blocks_into(out, &quote.blocks, None);
        out.push_str("</blockquote>");
    }
}

fn paragraph_into(out: &mut String, para: &Para, class: &str, words: Option<&mut Words<'_>>) {
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
    para_into(out, para, words);
    out.push_str("</p>");
}

fn close_into(out: &mut String, section: Option<Open<'_>>) {
    if let Some(section) = section {
        for note in section.notes {
            note_into(out, note);
        }
        out.push_str("</section>");
    }
}

fn note_into(out: &mut String, note: &Footnote) {
    let id = escape(&note.id);
    let _ = write!(
        out,
        "<p class=\"fn\" id=\"{id}\"><a href=\"#r_{id}\">[{}]</a> {}</p>",
        escape(&note.sign),
        escape(&note.text)
    );
}

fn table_into(out: &mut String, table: &Table, language: Language) {
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
    for row in &table.rows {
        out.push_str("<tr>");
        for cell in &row.cells {
            cell_into(out, cell);
        }
        out.push_str("</tr>");
    }
    out.push_str("</table></div>");
}

fn cell_into(out: &mut String, cell: &legal::model::Cell) {
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
        [only] => para_into(out, only, None),
        many => many.iter().for_each(|para| paragraph_into(out, para, "", None)),
    }
    let _ = write!(out, "</{name}>");
}
