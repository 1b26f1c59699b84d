//! Small Word files written here, feature by feature.

mod changes;
mod hostile;
mod notes;
mod numbering;
mod packages;
mod runs;
mod tables;
mod whole;

use std::io::{Cursor, Write};

use legal::draft::Draft;
use legal::model::{Block, MarkKind, Para};
use zip::write::SimpleFileOptions;

use super::{Fault, draft};

const NAMESPACES: &str = concat!(
    r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" "#,
    r#"xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" "#,
    r#"xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" "#,
    r#"xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" "#,
    r#"xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" "#,
    r#"xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" "#,
    r#"xmlns:v="urn:schemas-microsoft-com:vml" xmlns:x="urn:unknown" "#,
);
const RELATION: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const TYPES: &str = concat!(
    r#"<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">"#,
    r#"<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" "#,
    r#"ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"#,
);

/// A zip file of these entries.
fn zip(entries: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in entries {
        writer
            .start_file(*name, SimpleFileOptions::default())
            .expect("a new entry");
        writer.write_all(content.as_bytes()).expect("memory");
    }
    writer.finish().expect("a finished file").into_inner()
}

/// A Word file of a body and of other parts by kind ("styles", "footnotes" …) with the content of their root.
fn word(body: &str, parts: &[(&str, &str)]) -> Vec<u8> {
    let relation = |kind: &str, target: &str| {
        format!(r#"<Relationship Id="r_{kind}" Type="{RELATION}/{kind}" Target="{target}"/>"#)
    };
    let relations = |inner: &str| {
        format!(
            r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inner}</Relationships>"#
        )
    };
    let own: String = parts
        .iter()
        .map(|(kind, _)| relation(kind, &format!("{kind}.xml")))
        .collect();
    let part = |root: &str, inner: &str| format!("<w:{root} {NAMESPACES}>{inner}</w:{root}>");
    let mut entries = vec![
        ("[Content_Types].xml".to_owned(), TYPES.to_owned()),
        (
            "_rels/.rels".to_owned(),
            relations(&relation("officeDocument", "word/document.xml")),
        ),
        ("word/_rels/document.xml.rels".to_owned(), relations(&own)),
        (
            "word/document.xml".to_owned(),
            part("document", &format!("<w:body>{body}</w:body>")),
        ),
    ];
    for (kind, inner) in parts {
        entries.push((format!("word/{kind}.xml"), part(kind, inner)));
    }
    let entries: Vec<(&str, &str)> = entries
        .iter()
        .map(|(name, content)| (name.as_str(), content.as_str()))
        .collect();
    zip(&entries)
}

fn draft_of(body: &str, parts: &[(&str, &str)]) -> Draft {
    draft(&word(body, parts)).unwrap_or_else(|fault: Fault| panic!("{fault}"))
}

/// The paragraphs of a body; rows of tables as "| a | b".
fn lines(body: &str, parts: &[(&str, &str)]) -> Vec<String> {
    draft_of(body, parts).blocks.iter().flat_map(shown).collect()
}

fn shown(block: &Block) -> Vec<String> {
    match block {
        Block::Para(para) => vec![para.text.clone()],
        Block::Quote(_) => Vec::new(),
        Block::Table(table) => {
            let cell = |paras: &[Para]| {
                paras
                    .iter()
                    .map(|para| para.text.as_str())
                    .collect::<Vec<_>>()
                    .join(" / ")
            };
            let rows = table.rows.iter();
            rows.map(|row| {
                row.cells
                    .iter()
                    .map(|own| format!("| {} ", cell(&own.paras)))
                    .collect()
            })
            .collect()
        }
    }
}

/// A paragraph of plain text with properties.
fn para(properties: &str, text: &str) -> String {
    format!("<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>")
}

/// The marked pieces of a paragraph.
fn marked(para: &Para) -> Vec<(MarkKind, &str)> {
    para.marks
        .iter()
        .map(|mark| {
            (
                mark.kind.clone(),
                &para.text[mark.start as usize..mark.end as usize],
            )
        })
        .collect()
}

fn first_para(draft: &Draft) -> &Para {
    match draft.blocks.first() {
        Some(Block::Para(para)) => para,
        other => panic!("no paragraph: {other:?}"),
    }
}

fn codes(draft: &Draft) -> Vec<&str> {
    draft
        .warnings
        .iter()
        .map(|finding| finding.code.as_str())
        .collect()
}
