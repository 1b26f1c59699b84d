//! A body as HTML. Text is always escaped; of a link only an address that [`is_address`] allows and
//! that is not plain `http:` becomes one.

use acts::site::inline::{Words, marked_into};
use acts::site::refs::Ref;
use acts::site::terms::Terms;
use web::{Look, Site};

use std::collections::{HashMap, HashSet};

use askama::filters::{Html, escape};
use legal::definitions::DefinitionKind;
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

/// Part of an act whose definitions hold in the whole of it.
const WHOLE: &str = "main";

/// The words that the acts cited define for the whole of themselves; a word that two of them define is
/// left alone, since nobody knows which one is meant.
///
/// # Errors
/// What the database says.
pub async fn terms(site: &Site, cited: &[Pinned], look: Look) -> db::Result<Terms> {
    let mut slugs: Vec<String> = cited.iter().map(|one| one.act.clone()).collect();
    slugs.sort();
    slugs.dedup();
    let mut all = Vec::new();
    let mut uses: HashMap<String, usize> = HashMap::new();
    for act in acts::store::acts_by_slugs(site.db(), &slugs).await? {
        let mut defined = acts::store::definitions(site.db(), act.id).await?;
        // What is only a shorter name explains nothing.
        defined.retain(|one| one.scope == WHOLE && one.kind != DefinitionKind::Short);
        let names: HashSet<String> = defined.iter().map(|one| one.term.to_lowercase()).collect();
        names
            .into_iter()
            .for_each(|name| *uses.entry(name).or_default() += 1);
        all.push((look.href(&format!("/van-ban/{}", act.slug)), defined));
    }
    let mut terms = Terms::default();
    for (home, defined) in &all {
        let sure = |one: &&acts::store::Defined| uses.get(&one.term.to_lowercase()) == Some(&1);
        terms.extend(defined.iter().filter(sure), home);
    }
    Ok(terms)
}

/// The whole body, with what it cites, and the first use of each of `terms`, as links.
#[must_use]
pub fn html(body: &[Block], cited: &[Pinned], shelf: &Shelf, terms: &Terms, look: Look) -> String {
    html_with(body, cited, shelf, terms, look, &|_| String::new())
}

/// The same with HTML of the caller's after each block, by its number from 1.
#[must_use]
pub fn html_with(
    body: &[Block],
    cited: &[Pinned],
    shelf: &Shelf,
    terms: &Terms,
    look: Look,
    after: &dyn Fn(usize) -> String,
) -> String {
    let mut page = Page {
        out: String::with_capacity(4_096),
        cited,
        shelf,
        look,
        line: 0,
        words: Words::new(terms, &[WHOLE]),
        glossed: false,
    };
    let stale = pairs::stale(body);
    let mut before = Lang::Vi;
    let is_other = |at: usize| body.get(at).is_some_and(|block| block.lang != Lang::Vi);
    for (at, block) in body.iter().enumerate() {
        // A paragraph and its translations stand beside each other where the screen is wide enough.
        let paired = block.lang == Lang::Vi && is_other(at + 1);
        if paired {
            page.out.push_str("<div class=\"pair\"><div>");
        }
        // A reader of another language finds his paragraphs by its name.
        if block.lang != before && block.lang != Lang::Vi {
            let name = look.t(block.lang.label());
            page.out
                .push_str(&format!("<p class=\"tongue\"><b>{name}</b></p>\n"));
        }
        before = block.lang;
        page.block(block);
        page.out.push_str(&after(at + 1));
        if stale.contains(&at) {
            let old = look.t("Đoạn dịch trên đây cũ hơn bản tiếng Việt; nội dung đúng là bản tiếng Việt.");
            page.out.push_str(&format!("<p class=\"note warn\">{old}</p>\n"));
        }
        if paired {
            page.out.push_str("</div><div>");
        } else if block.lang != Lang::Vi
            && !is_other(at + 1)
            && body[..at].iter().any(|one| one.lang == Lang::Vi)
        {
            page.out.push_str("</div></div>\n");
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
    /// Defined words not met yet, and whether they are looked for in this block.
    words: Words<'a>,
    glossed: bool,
}

impl Page<'_> {
    fn block(&mut self, block: &Block) {
        self.glossed = block.lang == Lang::Vi && !matches!(block.content, Content::Heading { .. });
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
        let words = self.glossed.then_some(&mut self.words);
        marked_into(&mut self.out, &line.text, &line.marks, &refs, words);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paragraph_and_its_translations_make_a_pair() {
        let body =
            crate::marks::read("{en} Alone.\n\nMột.\n\n{en} One.\n\n{km} ១\n\nHai.\n\nBa.\n\n{en} Three.");
        let shelf = Shelf {
            base: String::new(),
            files: HashMap::new(),
        };
        let page = html(&body, &[], &shelf, &Terms::default(), Look::default());
        let plain = page.replace('\n', "");
        let one = "<div class=\"pair\"><div><p>Một.</p></div><div><p class=\"tongue\"><b>Tiếng Anh</b></p>\
                   <p lang=\"en\">One.</p><p class=\"tongue\"><b>Tiếng Khmer</b></p><p lang=\"km\">១</p></div></div>";
        assert!(plain.contains(one), "{plain}");
        assert!(
            plain.contains("</div></div><p>Hai.</p><div class=\"pair\"><div><p>Ba.</p></div><div>"),
            "{plain}"
        );
        assert_eq!(
            plain.matches("<div").count(),
            plain.matches("</div>").count(),
            "{plain}"
        );
    }
}
