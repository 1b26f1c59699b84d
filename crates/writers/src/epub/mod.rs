//! EPUB 3.3: a file for each chapter, contents down to the articles, footnotes that pop up,
//! accessibility metadata.

mod nav;
mod page;
mod split;

use crate::pack::pack;
use crate::tree::Tree;
use crate::{ExportAct, WriteError, Xml};
use page::Page;

const XHTML: &str = "http://www.w3.org/1999/xhtml";
const OPS: &str = "http://www.idpf.org/2007/ops";

const CONTAINER: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/></rootfiles></container>
"#;

/// Writes the act as an EPUB file.
///
/// # Errors
/// [`WriteError::Archive`] or [`WriteError::Io`] when the archive cannot be written.
pub fn write(act: &ExportAct) -> Result<Vec<u8>, WriteError> {
    let tree = Tree::new(&act.text);
    let chapters = split::chapters(&tree);
    let mut members = vec![
        ("mimetype".to_owned(), "application/epub+zip".to_owned()),
        ("META-INF/container.xml".to_owned(), CONTAINER.to_owned()),
        ("EPUB/package.opf".to_owned(), package(act, chapters.len())),
        ("EPUB/nav.xhtml".to_owned(), nav::write(act, &tree, &chapters)),
        ("EPUB/style.css".to_owned(), include_str!("style.css").to_owned()),
    ];
    for (at, pieces) in chapters.iter().enumerate() {
        members.push((
            format!("EPUB/{}", file_name(at)),
            Page::write(act, &tree, at, pieces),
        ));
    }
    pack(&members)
}

fn file_name(at: usize) -> String {
    format!("c{:03}.xhtml", at + 1)
}

/// Opens an XHTML page up to its body.
fn open_page(act: &ExportAct, title: &str) -> Xml {
    let mut xml = Xml::document();
    let lang = act.lang();
    xml.open(
        "html",
        &[
            ("xmlns", XHTML),
            ("xmlns:epub", OPS),
            ("lang", lang),
            ("xml:lang", lang),
        ],
    );
    xml.open("head", &[]);
    xml.leaf("title", &[], title);
    xml.empty(
        "link",
        &[("rel", "stylesheet"), ("type", "text/css"), ("href", "style.css")],
    );
    xml.close();
    xml
}

fn package(act: &ExportAct, chapters: usize) -> String {
    let mut xml = Xml::document();
    xml.open(
        "package",
        &[
            ("xmlns", "http://www.idpf.org/2007/opf"),
            ("version", "3.0"),
            ("unique-identifier", "id"),
            ("xml:lang", act.lang()),
        ],
    );
    metadata(&mut xml, act);
    xml.open("manifest", &[]);
    let page = "application/xhtml+xml";
    xml.empty(
        "item",
        &[
            ("id", "nav"),
            ("href", "nav.xhtml"),
            ("media-type", page),
            ("properties", "nav"),
        ],
    );
    xml.empty(
        "item",
        &[("id", "css"), ("href", "style.css"), ("media-type", "text/css")],
    );
    for at in 0..chapters {
        let id = format!("c{}", at + 1);
        xml.empty(
            "item",
            &[("id", &id), ("href", &file_name(at)), ("media-type", page)],
        );
    }
    xml.close();
    xml.open("spine", &[]);
    for at in 0..chapters {
        xml.empty("itemref", &[("idref", &format!("c{}", at + 1))]);
        if at == 0 {
            xml.empty("itemref", &[("idref", "nav")]);
        }
    }
    xml.finish()
}

fn metadata(xml: &mut Xml, act: &ExportAct) {
    let metadata = &act.text.metadata;
    xml.open("metadata", &[("xmlns:dc", "http://purl.org/dc/elements/1.1/")]);
    let identifier = match act.url.as_str() {
        "" => format!("urn:pholuat:{}", act.slug),
        url => url.to_owned(),
    };
    xml.leaf("dc:identifier", &[("id", "id")], &identifier);
    xml.leaf("dc:title", &[], &act.full_title());
    xml.leaf("dc:language", &[], act.lang());
    for issuer in &metadata.issuers {
        xml.leaf("dc:creator", &[], issuer);
    }
    if !act.publisher.is_empty() {
        xml.leaf("dc:publisher", &[], &act.publisher);
    }
    if let Some(date) = metadata.issued {
        xml.leaf("dc:date", &[], &date.to_string());
    }
    // The date of the text, never of the clock: the same act gives the same bytes.
    let date = act.on.or(metadata.issued).or(metadata.in_force);
    let date = date.map_or_else(|| "1970-01-01".to_owned(), |date| date.to_string());
    let modified = format!("{date}T00:00:00Z");
    for (property, value) in [
        ("dcterms:modified", modified.as_str()),
        ("schema:accessMode", "textual"),
        ("schema:accessModeSufficient", "textual"),
        ("schema:accessibilityFeature", "structuralNavigation"),
        ("schema:accessibilityFeature", "tableOfContents"),
        ("schema:accessibilityFeature", "readingOrder"),
        ("schema:accessibilityFeature", "displayTransformability"),
        ("schema:accessibilityHazard", "none"),
        ("schema:accessibilitySummary", summary(act)),
    ] {
        xml.leaf("meta", &[("property", property)], value);
    }
    xml.close();
}

fn summary(act: &ExportAct) -> &'static str {
    match act.lang() {
        "vi" => {
            "Toàn bộ nội dung là văn bản; mục lục dẫn tới từng điều; chú thích có liên kết hai chiều; không có hình ảnh."
        }
        _ => "All content is text; the contents lead to each article; notes are linked both ways; no images.",
    }
}
