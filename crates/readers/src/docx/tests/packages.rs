//! Zip files that are and that are no Word documents.

use super::*;

fn refusal(bytes: &[u8]) -> (String, String) {
    match crate::read("x.docx", bytes)
        .items
        .into_iter()
        .next()
        .map(|item| item.outcome)
    {
        Some(crate::Outcome::Refused(refusal)) => (refusal.code, refusal.message),
        other => panic!("not refused: {other:?}"),
    }
}

fn types(main: &str, kind: &str) -> String {
    format!(
        r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/{main}" ContentType="{kind}"/></Types>"#
    )
}

fn relations(main: &str) -> String {
    format!(
        r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" Type="{RELATION}/officeDocument" Target="{main}"/></Relationships>"#
    )
}

#[test]
fn other_documents_are_refused_with_what_to_do() {
    let office = |main: &str, kind: &str| {
        zip(&[
            ("[Content_Types].xml", &types(main, kind)),
            ("_rels/.rels", &relations(main)),
            (main, "<x/>"),
        ])
    };
    let sheet = office(
        "xl/workbook.xml",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
    );
    let slides = office(
        "ppt/presentation.xml",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml",
    );
    let open = |kind: &str| zip(&[("mimetype", kind), ("content.xml", "<x/>")]);
    let files = [
        (sheet, "bảng tính"),
        (slides, "trình chiếu"),
        (open("application/vnd.oasis.opendocument.text"), "OpenDocument"),
        (open("application/epub+zip"), "EPUB"),
        (zip(&[("a.txt", "Điều 1.")]), "không phải văn bản Word"),
    ];
    for (bytes, word) in files {
        let (code, message) = refusal(&bytes);
        assert_eq!(code, "office");
        assert!(message.contains(word), "{message}");
    }
}

#[test]
fn strict_files_other_prefixes_and_other_names_of_parts() {
    let body = r#"<d:document xmlns:d="http://purl.oclc.org/ooxml/wordprocessingml/main"><d:body><d:p><d:r><d:t>Điều 1.</d:t></d:r></d:p></d:body></d:document>"#;
    let kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";
    let file = zip(&[
        ("docProps/app.xml", "<x/>"),
        ("[Content_Types].xml", &types("Doc/Main.xml", kind)),
        ("_rels/.rels", &relations("/doc/main.xml")),
        ("Doc/Main.xml", body),
    ]);
    let draft = draft(&file).expect("a Word file");
    assert_eq!(first_para(&draft).text, "Điều 1.");
    // Its first entry tells nothing, the directory does.
    assert!(!crate::archive::is_archive(&file));
    assert!(crate::archive::is_archive(&zip(&[(
        "a/[Content_Types].xml",
        "x"
    )])));
}

#[test]
fn a_part_in_utf_16_is_read() {
    let text = format!(
        "\u{feff}<w:document {NAMESPACES}><w:body>{}</w:body></w:document>",
        para("", "Nghị định về đường bộ")
    );
    let bytes: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in [
        ("[Content_Types].xml", TYPES.as_bytes()),
        ("word/document.xml", &bytes),
    ] {
        writer
            .start_file(name, SimpleFileOptions::default())
            .expect("a new entry");
        writer.write_all(content).expect("memory");
    }
    let draft = draft(&writer.finish().expect("a finished file").into_inner()).expect("a Word file");
    assert_eq!(first_para(&draft).text, "Nghị định về đường bộ");
}

#[test]
fn macros_are_named_and_links_outside_never_followed() {
    let outside = format!(
        r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" Type="{RELATION}/styles" Target="http://127.0.0.1:1/styles.xml" TargetMode="External"/></Relationships>"#
    );
    let document = format!(
        "<w:document {NAMESPACES}><w:body>{}</w:body></w:document>",
        para("", "chữ")
    );
    let file = zip(&[
        ("[Content_Types].xml", TYPES),
        ("word/document.xml", &document),
        ("word/_rels/document.xml.rels", &outside),
        ("word/vbaProject.bin", "x"),
    ]);
    let draft = draft(&file).expect("a Word file");
    assert_eq!(codes(&draft), ["macros"]);
}

#[test]
fn an_empty_document_is_refused() {
    assert_eq!(refusal(&word("<w:p/>", &[])).0, "empty");
}
