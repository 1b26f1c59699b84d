//! A body as HTML. Text is always escaped; of a link only an address that [`is_address`] allows and
//! that is not plain `http:` becomes one.

use acts::site::inline::marked_into;
use acts::site::refs::Ref;
use web::Look;

use crate::body::{Block, Content, Lang, Line, is_address};
use crate::model::Pinned;

/// The whole body, with what it cites as links.
#[must_use]
pub fn html(body: &[Block], cited: &[Pinned], look: Look) -> String {
    let mut page = Page {
        out: String::with_capacity(4_096),
        cited,
        look,
        line: 0,
    };
    for block in body {
        page.block(block);
    }
    page.out
}

struct Page<'a> {
    out: String,
    cited: &'a [Pinned],
    look: Look,
    /// Number of the next line.
    line: usize,
}

impl Page<'_> {
    fn block(&mut self, block: &Block) {
        let lang = match block.lang {
            Lang::Vi => String::new(),
            lang => format!(" lang=\"{}\"", lang.code()),
        };
        match &block.content {
            Content::Para { line } => self.element("p", &lang, line),
            Content::Heading { level: 2, line } => self.element("h2", &lang, line),
            Content::Heading { line, .. } => self.element("h3", &lang, line),
            Content::List { start, items } => {
                let name = if start.is_some() { "ol" } else { "ul" };
                let start = start
                    .filter(|start| *start != 1)
                    .map(|start| format!(" start=\"{start}\""));
                self.out
                    .push_str(&format!("<{name}{lang}{}>", start.unwrap_or_default()));
                items.iter().for_each(|item| self.element("li", "", item));
                self.out.push_str(&format!("</{name}>\n"));
            }
            Content::Quote { lines } => self.group("blockquote", &lang, lines),
            Content::Callout { lines } => self.group("div", &format!(" class=\"note\"{lang}"), lines),
            Content::Table { rows } => self.table(&lang, rows),
        }
    }

    fn group(&mut self, name: &str, attributes: &str, lines: &[Line]) {
        self.out.push_str(&format!("<{name}{attributes}>"));
        lines.iter().for_each(|line| self.element("p", "", line));
        self.out.push_str(&format!("</{name}>\n"));
    }

    fn table(&mut self, lang: &str, rows: &[Vec<Line>]) {
        let label = self.look.t("Bảng");
        self.out.push_str(&format!(
            "<div class=\"tb\" role=\"region\" tabindex=\"0\" aria-label=\"{label}\"><table class=\"plain\"{lang}>"
        ));
        for (at, row) in rows.iter().enumerate() {
            self.out.push_str("<tr>");
            for cell in row {
                if at == 0 {
                    self.element("th", " scope=\"col\"", cell);
                } else {
                    self.element("td", "", cell);
                }
            }
            self.out.push_str("</tr>\n");
        }
        self.out.push_str("</table></div>\n");
    }

    fn element(&mut self, name: &str, attributes: &str, line: &Line) {
        self.out.push_str(&format!("<{name}{attributes}>"));
        let refs = self.refs(line);
        marked_into(&mut self.out, &line.text, &line.marks, &refs, None);
        self.out.push_str(&format!("</{name}>"));
        self.line += 1;
    }

    /// Links first, then citations where no link stands.
    fn refs(&self, line: &Line) -> Vec<Ref> {
        let mut refs: Vec<Ref> = line
            .links
            .iter()
            .filter(|link| is_address(&link.href) && !link.href.to_ascii_lowercase().starts_with("http:"))
            .map(|link| Ref {
                from: link.from,
                to: link.to,
                href: Some(link.href.clone()),
                note: "",
                law: false,
            })
            .collect();
        for one in self.cited.iter().filter(|one| one.line == self.line) {
            if refs
                .iter()
                .all(|known| known.to <= one.from || one.to <= known.from)
            {
                refs.push(Ref {
                    from: one.from,
                    to: one.to,
                    href: Some(self.look.href(&one.path())),
                    note: "",
                    law: true,
                });
            }
        }
        refs.sort_by_key(|one| one.from);
        refs
    }
}
