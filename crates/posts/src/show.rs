//! A body as HTML. Text is always escaped; of a link only an address that [`is_address`] allows and
//! that is not plain `http:` becomes one.

use acts::site::inline::marked_into;
use acts::site::refs::Ref;
use web::Look;

use std::collections::HashMap;

use askama::filters::{Html, escape};
use media::Kind;

use crate::body::{Block, Content, Lang, Line, is_address};
use crate::model::{Media, Pinned};
use crate::pairs;

/// The files that a body shows and where they are served.
pub struct Shelf {
    /// Address before number and name.
    pub base: String,
    /// Files by number.
    pub files: HashMap<i64, Media>,
}

/// The whole body, with what it cites as links.
#[must_use]
pub fn html(body: &[Block], cited: &[Pinned], shelf: &Shelf, look: Look) -> String {
    let mut page = Page {
        out: String::with_capacity(4_096),
        cited,
        shelf,
        look,
        line: 0,
    };
    let stale = pairs::stale(body);
    let mut before = Lang::Vi;
    for (at, block) in body.iter().enumerate() {
        // A reader of another language finds his paragraphs by its name.
        if block.lang != before && block.lang != Lang::Vi {
            let name = look.t(block.lang.label());
            page.out
                .push_str(&format!("<p class=\"tongue\"><b>{name}</b></p>\n"));
        }
        before = block.lang;
        page.block(block);
        if stale.contains(&at) {
            let old = look.t("Đoạn dịch trên đây cũ hơn bản tiếng Việt; nội dung đúng là bản tiếng Việt.");
            page.out.push_str(&format!("<p class=\"note warn\">{old}</p>\n"));
        }
    }
    page.out
}

struct Page<'a> {
    out: String,
    cited: &'a [Pinned],
    shelf: &'a Shelf,
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
            Content::Media {
                media,
                about,
                transcript,
            } => self.media(&lang, *media, about, transcript),
        }
    }

    fn group(&mut self, name: &str, attributes: &str, lines: &[Line]) {
        self.out.push_str(&format!("<{name}{attributes}>"));
        lines.iter().for_each(|line| self.element("p", "", line));
        self.out.push_str(&format!("</{name}>\n"));
    }

    fn media(&mut self, lang: &str, number: i64, about: &str, transcript: &[Line]) {
        let about = escape(about, Html)
            .map(|safe| safe.to_string())
            .unwrap_or_default();
        let Some((file, whole)) = self
            .shelf
            .files
            .get(&number)
            .and_then(|file| Some((file, file.files.last()?)))
        else {
            let why = self.look.t("Không có tệp này");
            self.out
                .push_str(&format!("<p class=\"note warn\">{why}: {about}</p>\n"));
            self.line += transcript.len();
            return;
        };
        let base = format!("{}/{number}", self.shelf.base);
        match file.kind {
            Kind::Picture => self.picture(lang, file, &base, &about),
            Kind::Document => {
                let end = whole.name.rsplit('.').next().unwrap_or_default().to_uppercase();
                let size = size(whole.size);
                self.out.push_str(&format!(
                    "<p class=\"file\"{lang}><a href=\"{base}/{}\" download>{about}</a> <small>({end}, {size})</small></p>\n",
                    whole.name
                ));
            }
            Kind::Audio | Kind::Video => {
                let name = if file.kind == Kind::Audio {
                    "audio"
                } else {
                    "video"
                };
                self.out.push_str(&format!(
                    "<figure class=\"media\"{lang}><figcaption>{about}</figcaption><{name} controls preload=\"none\" \
                     aria-label=\"{about}\" src=\"{base}/{}\"></{name}>",
                    whole.name
                ));
            }
        }
        if !transcript.is_empty() {
            let words = self.look.t("Bản chữ");
            self.out
                .push_str(&format!("<details class=\"fold\"><summary>{words}</summary>"));
            transcript.iter().for_each(|line| self.element("p", "", line));
            self.out.push_str("</details>");
        }
        if file.kind.plays() {
            self.out.push_str("</figure>\n");
        }
    }

    /// Width and height stand in the page, so that nothing moves when the picture comes.
    fn picture(&mut self, lang: &str, file: &Media, base: &str, about: &str) {
        let Some(large) = file.files.last() else { return };
        let middle = file
            .files
            .iter()
            .rev()
            .find(|one| one.width <= 960)
            .unwrap_or(large);
        let widths: Vec<String> = file
            .files
            .iter()
            .map(|one| format!("{base}/{} {}w", one.name, one.width))
            .collect();
        self.out.push_str(&format!(
            "<p class=\"picture\"{lang}><img src=\"{base}/{}\" srcset=\"{}\" sizes=\"(max-width: 42rem) 92vw, 40rem\" \
             width=\"{}\" height=\"{}\" alt=\"{about}\" loading=\"lazy\" decoding=\"async\"></p>\n",
            middle.name,
            widths.join(", "),
            large.width,
            large.height
        ));
    }

    fn table(&mut self, lang: &str, rows: &[Vec<Line>]) {
        let label = self.look.t("Bảng");
        self.out.push_str(&format!(
            "<div class=\"tb\" role=\"region\" tabindex=\"0\" aria-label=\"{label}\"><table class=\"plain\"{lang}>"
        ));
        for (at, row) in rows.iter().enumerate() {
            self.out.push_str("<tr>");
            for cell in row {
                if at == 0 && !cell.text.is_empty() {
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

/// `1,2 MB` as Vietnamese writes it.
fn size(bytes: i64) -> String {
    match bytes {
        0..1_000_000 => format!("{} KB", (bytes / 1_000).max(1)),
        _ => format!("{},{} MB", bytes / 1_000_000, bytes / 100_000 % 10),
    }
}
