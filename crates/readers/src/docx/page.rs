//! A Word file as a page: headings, lists, links and pictures as its author set them, every tracked
//! change accepted. The reader of acts (`walk`) looks for law instead and keeps none of these.

use super::Source;
use super::package::{Package, Part};
use super::styles::{self, Layout};
use super::xml::{Space, Step, Tag};
use crate::Refusal;
use crate::word::{Fault, Look};

/// Pictures that are taken from one file, and bytes of each.
const PICTURES: usize = 60;
const PICTURE: u64 = 20 << 20;
/// Bytes of HTML that a file may give.
const MOST: usize = 8 << 20;

/// A Word file as simple HTML; pictures stand in it as `<img src="hinh:0" alt="…">`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WordPage {
    /// Headings, paragraphs, lists, tables, links, bold, italic, pictures; every text escaped.
    pub html: String,
    /// The pictures by number; empty where one could not be taken.
    pub pictures: Vec<Vec<u8>>,
}

/// Reads a Word file (DOCX) as a page.
///
/// # Errors
/// A file that is no Word document, damaged or out of all measure.
pub fn word_page(bytes: &[u8]) -> Result<WordPage, Refusal> {
    page(bytes).map_err(Refusal::from)
}

fn page(bytes: &[u8]) -> Result<WordPage, Fault> {
    let mut package = Package::open(bytes)?;
    let mut source = Source::read(&mut package)?;
    let links = package.links.clone();
    let mut writer = Writer {
        source: &mut source,
        links: &links,
        out: String::new(),
        line: String::new(),
        layout: Layout::default(),
        look: Look::default(),
        list: None,
        cells: 0,
        pictures: Vec::new(),
        about: String::new(),
    };
    let mut part = package.main()?;
    writer.walk(&mut part)?;
    writer.close_list();
    let (html, ids) = (writer.out, writer.pictures);
    drop(part);
    let pictures = ids
        .iter()
        .map(|id| package.bytes(id, PICTURE).unwrap_or_default())
        .collect();
    Ok(WordPage { html, pictures })
}

struct Writer<'s> {
    source: &'s mut Source,
    links: &'s std::collections::HashMap<String, String>,
    out: String,
    /// The open paragraph.
    line: String,
    layout: Layout,
    look: Look,
    /// The open list.
    list: Option<&'static str>,
    /// Tables that are open.
    cells: usize,
    /// Relations of the pictures.
    pictures: Vec<String>,
    /// What the author says of the picture that comes.
    about: String,
}

impl Writer<'_> {
    fn walk(&mut self, part: &mut Part<'_>) -> Result<(), Fault> {
        let mut open: Vec<&'static str> = Vec::new();
        loop {
            match part.next()? {
                Step::Open => {
                    if let Some(end) = self.open(part)? {
                        open.push(end);
                    }
                }
                Step::Close => match open.pop() {
                    Some(end) => self.close(end),
                    None => return Ok(()),
                },
                Step::Text => {}
                Step::End => return Ok(()),
            }
            if self.out.len() + self.line.len() > MOST {
                return Err(Fault::TooLarge);
            }
        }
    }

    /// What is to be done at the end of the element; `None` where it was read whole.
    fn open(&mut self, part: &mut Part<'_>) -> Result<Option<&'static str>, Fault> {
        let tag = part.tag();
        if tag.space == Space::Other {
            self.drawing(&tag.clone());
            return Ok(Some(""));
        }
        if tag.space != Space::Word {
            return Ok(Some(""));
        }
        match tag.name.as_str() {
            "p" => {
                self.line.clear();
                self.layout = Layout::default();
                return Ok(Some("p"));
            }
            "pPr" => self.layout = Layout::of(&part.node()?),
            "r" => self.look = Look::default(),
            "rPr" => self.look = styles::look(&part.node()?),
            "t" => {
                let text = part.content()?;
                self.text(&text);
            }
            "tab" | "ptab" => self.text(" "),
            "br" | "cr" => self.line.push_str("<br>"),
            "noBreakHyphen" => self.text("-"),
            "hyperlink" => {
                let link = tag.attr("id").and_then(|id| self.links.get(id));
                let href = link.map(|link| escaped(link)).unwrap_or_default();
                self.line.push_str(&format!("<a href=\"{href}\">"));
                return Ok(Some("</a>"));
            }
            "tbl" => {
                self.close_list();
                self.cells += 1;
                self.out.push_str("<table>");
                return Ok(Some("</table>"));
            }
            "tr" => {
                self.out.push_str("<tr>");
                return Ok(Some("</tr>"));
            }
            "tc" => {
                self.out.push_str("<td>");
                return Ok(Some("</td>"));
            }
            "del" | "moveFrom" | "instrText" | "delText" | "delInstrText" | "tblPr" | "tblGrid"
            | "tblPrEx" | "trPr" | "tcPr" | "sectPr" | "sdtPr" | "sdtEndPr" | "footnoteReference"
            | "endnoteReference" | "fldChar" | "txbxContent" | "rt" => {
                part.skip()?;
            }
            _ => return Ok(Some("")),
        }
        // Runs stay open, what was read whole does not.
        Ok(matches!(
            part.tag().name.as_str(),
            "r" | "tab" | "ptab" | "br" | "cr" | "noBreakHyphen"
        )
        .then_some(""))
    }

    fn close(&mut self, end: &'static str) {
        match end {
            "" => {}
            "p" => self.paragraph(),
            "</a>" => self.line.push_str(end),
            "</table>" => {
                self.cells = self.cells.saturating_sub(1);
                self.out.push_str(end);
            }
            end => self.out.push_str(end),
        }
    }

    fn text(&mut self, text: &str) {
        let style = self.source.styles.paragraph(self.layout.style.as_deref());
        let look = self.source.styles.run(&style, None, self.look);
        if look.hidden == Some(true) || style.contents {
            return;
        }
        let (bold, italic) = (look.bold == Some(true), look.italic == Some(true));
        for (on, sign) in [(bold, "<b>"), (italic, "<i>")] {
            self.line.push_str(if on { sign } else { "" });
        }
        self.line.push_str(&escaped(text));
        for (on, sign) in [(italic, "</i>"), (bold, "</b>")] {
            self.line.push_str(if on { sign } else { "" });
        }
    }

    fn paragraph(&mut self) {
        let style = self.source.styles.paragraph(self.layout.style.as_deref());
        let printed = self
            .source
            .lists
            .next(&self.layout, &style, &mut self.source.styles);
        let line = std::mem::take(&mut self.line);
        if line.is_empty() {
            return;
        }
        if self.cells > 0 {
            self.out.push_str(&format!("{line}<br>"));
            return;
        }
        let outline = self.layout.outline.or(style.outline).filter(|level| *level < 9);
        let number = printed
            .as_ref()
            .and_then(|printed| printed.text.trim().strip_suffix('.')?.parse::<u32>().ok());
        match (&printed, outline) {
            (printed, Some(level)) => {
                self.close_list();
                let name = if level <= 1 { "h2" } else { "h3" };
                let number = printed
                    .as_ref()
                    .map(|printed| escaped(&printed.text))
                    .unwrap_or_default();
                self.out.push_str(&format!("<{name}>{number}{line}</{name}>"));
            }
            (Some(printed), None) if printed.bullet => {
                self.open_list("ul", 1);
                self.out.push_str(&format!("<li>{line}</li>"));
            }
            (Some(_), None) if let Some(number) = number => {
                self.open_list("ol", number);
                self.out.push_str(&format!("<li>{line}</li>"));
            }
            (printed, None) => {
                self.close_list();
                let number = printed
                    .as_ref()
                    .map(|printed| escaped(&printed.text))
                    .unwrap_or_default();
                self.out.push_str(&format!("<p>{number}{line}</p>"));
            }
        }
    }

    fn open_list(&mut self, name: &'static str, start: u32) {
        // A number that begins anew begins a list of its own.
        if self.list != Some(name) || (name == "ol" && start == 1) {
            self.close_list();
            self.out.push_str(&format!("<{name} start=\"{start}\">"));
            self.list = Some(name);
        }
    }

    fn close_list(&mut self) {
        if let Some(name) = self.list.take() {
            self.out.push_str(&format!("</{name}>"));
        }
    }

    /// Pictures of DrawingML and VML.
    fn drawing(&mut self, tag: &Tag) {
        match tag.name.as_str() {
            "docPr" => self.about = tag.attr("descr").unwrap_or_default().to_owned(),
            "blip" | "imagedata" => {
                let id = tag.attr("embed").or(tag.attr("id")).unwrap_or_default();
                if !id.is_empty() && self.pictures.len() < PICTURES {
                    let about = escaped(&std::mem::take(&mut self.about));
                    self.line.push_str(&format!(
                        "<img src=\"hinh:{}\" alt=\"{about}\">",
                        self.pictures.len()
                    ));
                    self.pictures.push(id.to_owned());
                }
            }
            _ => {}
        }
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
