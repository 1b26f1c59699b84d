//! DOCX in the layout of Nghị định 30/2020/NĐ-CP: A4, margins 20/20/30/15 mm,
//! Times New Roman 14, page number centred at the top from the second page on.
//!
//! Written without a DOCX library: the one at hand numbers footnotes from a counter of
//! the process, and the same act must always give the same bytes.

mod body;
mod head;
mod paragraphs;
mod tables;

use crate::pack::pack;
use crate::{ExportAct, WriteError, Xml};

const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// Width of the text in twentieths of a point: 210 − 30 − 15 mm.
const TEXT_WIDTH: u32 = 9354;

/// Writes the act as a DOCX file.
///
/// # Errors
/// [`WriteError::Archive`] or [`WriteError::Io`] when the archive cannot be written.
pub fn write(act: &ExportAct) -> Result<Vec<u8>, WriteError> {
    let (document, footnotes) = body::write(act);
    let fixed = |name: &str, content: &str| (name.to_owned(), content.to_owned());
    pack(&[
        fixed("[Content_Types].xml", include_str!("content_types.xml")),
        fixed("_rels/.rels", include_str!("rels.xml")),
        ("docProps/core.xml".to_owned(), properties(act)),
        ("word/document.xml".to_owned(), document),
        ("word/footnotes.xml".to_owned(), footnotes),
        fixed("word/styles.xml", include_str!("styles.xml")),
        fixed("word/settings.xml", include_str!("settings.xml")),
        fixed("word/header1.xml", include_str!("header.xml")),
        fixed("word/_rels/document.xml.rels", include_str!("document_rels.xml")),
    ])
}

fn properties(act: &ExportAct) -> String {
    let mut xml = Xml::document();
    xml.open(
        "cp:coreProperties",
        &[
            (
                "xmlns:cp",
                "http://schemas.openxmlformats.org/package/2006/metadata/core-properties",
            ),
            ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
            ("xmlns:dcterms", "http://purl.org/dc/terms/"),
            ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"),
        ],
    );
    xml.leaf("dc:title", &[], &act.full_title());
    xml.leaf("dc:creator", &[], &act.text.metadata.issuers.join(", "));
    xml.leaf("dc:identifier", &[], &act.url);
    xml.leaf("dc:language", &[], act.lang());
    if let Some(date) = act.text.metadata.issued {
        xml.leaf(
            "dcterms:created",
            &[("xsi:type", "dcterms:W3CDTF")],
            &format!("{date}T00:00:00Z"),
        );
    }
    xml.finish()
}
