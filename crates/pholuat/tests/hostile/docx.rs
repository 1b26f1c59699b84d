//! Word files made to harm.

use std::io::{Cursor, Write};
use std::sync::LazyLock;

use zip::write::SimpleFileOptions;

const TYPES: &str = r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"#;
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

/// Noise that does not pack: it keeps the ratio of a whole file low.
static NOISE: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let next = |state: &u32| Some(state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223));
    let states = std::iter::successors(Some(1_u32), next);
    states
        .take(2_000_000)
        .map(|state| state.to_le_bytes()[3])
        .collect()
});

fn zipped(entries: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in entries {
        zip.start_file(name.as_str(), SimpleFileOptions::default())
            .expect("memory");
        zip.write_all(content).expect("memory");
    }
    zip.finish().expect("memory").into_inner()
}

/// A file whose body and other parts are given without their outermost element.
fn word(body: &str, parts: &[(&str, &str)]) -> Vec<u8> {
    let part =
        |name: &str, inner: &str| format!("<w:{name} xmlns:w=\"{WORD}\">{inner}</w:{name}>").into_bytes();
    let relation = |name: &str| {
        format!("<Relationship Id=\"{name}\" Type=\"{RELATIONS}/{name}\" Target=\"{name}.xml\"/>")
    };
    let relations: String = parts.iter().map(|(name, _)| relation(name)).collect();
    let mut entries = vec![
        ("[Content_Types].xml".to_owned(), TYPES.into()),
        (
            "word/document.xml".to_owned(),
            part("document", &format!("<w:body>{body}</w:body>")),
        ),
        (
            "word/_rels/document.xml.rels".to_owned(),
            format!("<Relationships>{relations}</Relationships>").into_bytes(),
        ),
    ];
    entries.extend(
        parts
            .iter()
            .map(|(name, inner)| (format!("word/{name}.xml"), part(name, inner))),
    );
    entries.push(("word/media/noise.bin".to_owned(), NOISE.clone()));
    zipped(&entries)
}

fn para(properties: &str, runs: &str) -> String {
    format!("<w:p><w:pPr>{properties}</w:pPr>{runs}</w:p>")
}

fn text(text: &str) -> String {
    format!("<w:r><w:t>{text}</w:t></w:r>")
}

fn numbering(text: &str) -> String {
    format!(
        "<w:abstractNum w:abstractNumId=\"0\"><w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/><w:numFmt w:val=\"decimal\"/>\
         <w:lvlText w:val=\"{text}\"/></w:lvl></w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num>"
    )
}

fn notes() -> (String, String) {
    let note = |id: usize| {
        format!("<w:r><w:footnoteReference w:customMarkFollows=\"1\" w:id=\"{id}\"/><w:t>*</w:t></w:r>")
    };
    let texts = (1..=60_000)
        .map(|id| format!("<w:footnote w:id=\"{id}\"><w:p><w:r><w:t>n</w:t></w:r></w:p></w:footnote>"));
    let body: String = (1..=60_000)
        .map(note)
        .chain((0..200_000).map(|_| note(1)))
        .collect();
    (format!("<w:p>{body}</w:p>"), texts.collect())
}

fn styles(chain: usize) -> String {
    let style = |id: usize| {
        format!(
            "<w:style w:type=\"paragraph\" w:styleId=\"s{id}\"><w:basedOn w:val=\"s{}\"/><w:rPr><w:b/></w:rPr></w:style>",
            id + 1
        )
    };
    (0..chain).map(style).collect()
}

fn prefixes() -> String {
    let declared: String = (0..250)
        .map(|number| format!(" xmlns:a{number}=\"urn:{number}\""))
        .collect();
    let open = format!("<w:p{declared}>").repeat(300);
    format!("{open}{}{}", "<w:r/>".repeat(2_000_000), "</w:p>".repeat(300))
}

/// All of them by name.
pub fn files() -> Vec<(&'static str, Vec<u8>)> {
    const MANY: usize = 400_000;
    let list = "<w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr>";
    let hidden_mark = "<w:rPr><w:vanish/></w:rPr>";
    let deleted_mark = "<w:rPr><w:del/></w:rPr>";
    let (noted, footnotes) = notes();
    let used: String = (0..50_000)
        .map(|id| para(&format!("<w:pStyle w:val=\"s{id}\"/>"), &text("a")))
        .collect();
    let attributes: String = (0..400_000).map(|number| format!(" w:a{number}=\"\"")).collect();
    let articles: String = (1..300_000)
        .map(|number| para("", &text(&format!("Điều {number}. x"))))
        .collect();
    let cell = "<w:tc><w:tcPr><w:gridSpan w:val=\"1000\"/><w:vMerge/></w:tcPr></w:tc>";
    vec![
        ("long-numbers.docx", word(&para(list, &text("a")).repeat(200_000), &[("numbering", &numbering(&"%1.".repeat(20_000)))])),
        ("hidden-marks.docx", word(&para(hidden_mark, &format!("{}{}", text("a"), "<w:r><w:rPr><w:b/></w:rPr><w:t>b</w:t></w:r>")).repeat(150_000), &[])),
        ("deleted-marks.docx", word(&para(deleted_mark, &text("a")).repeat(MANY), &[])),
        ("notes.docx", word(&noted, &[("footnotes", &footnotes)])),
        ("styles.docx", word(&used, &[("styles", &styles(50_000))])),
        ("attributes.docx", word(&format!("<w:p{attributes}/>"), &[])),
        ("prefixes.docx", word(&prefixes(), &[])),
        ("cells.docx", word(&format!("<w:tbl><w:tr>{}</w:tr></w:tbl>", "<w:tc/>".repeat(2 * MANY)), &[])),
        ("spans.docx", word(&format!("<w:tbl>{}</w:tbl>", format!("<w:tr>{}</w:tr>", cell.repeat(60)).repeat(8_000)), &[])),
        ("fields.docx", word(&format!("<w:p>{}</w:p>", "<w:r><w:fldChar w:fldCharType=\"begin\"/><w:instrText>TOC</w:instrText><w:fldChar w:fldCharType=\"separate\"/></w:r>".repeat(MANY)), &[])),
        ("runs.docx", word(&format!("<w:p>{}</w:p>", format!("{}<w:r><w:rPr><w:b/></w:rPr><w:t>b</w:t></w:r>", text("a")).repeat(MANY)), &[])),
        ("articles.docx", word(&articles, &[])),
        ("quotes.docx", word(&para("", &text("“1. a) x")).repeat(200_000), &[])),
        ("points.docx", word(&para("", &text("a) x")).repeat(MANY), &[])),
        ("one-line.docx", word(&para("", &text(&"khoản 1 Điều 2 của Luật này và “".repeat(60_000))), &[])),
        ("nested.docx", zipped(&[("a.docx".to_owned(), word("<w:p/>", &[]))])),
        ("full.docx", word(&para("", &text("chữ")).repeat(190_000), &[])),
        ("full-line.docx", word(&para("", &text(&"một câu rất dài ".repeat(24_000)).repeat(28)), &[])),
        ("deep.docx", word(&"<w:smartTag>".repeat(200_000), &[])),
        ("deep-tables.docx", word(&"<w:tbl><w:tr><w:tc>".repeat(60_000), &[])),
        ("deep-formulas.docx", word(&format!("<w:p>{}", "<m:oMath xmlns:m=\"http://schemas.openxmlformats.org/officeDocument/2006/math\"><m:d>".repeat(60_000)), &[])),
        ("entities.docx", zipped(&[
            ("[Content_Types].xml".to_owned(), TYPES.into()),
            ("word/document.xml".to_owned(), format!("<!DOCTYPE d [<!ENTITY a \"{}\">]><w:document xmlns:w=\"{WORD}\"><w:body><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:body></w:document>", "lol".repeat(1_000), "&a;".repeat(1_000)).into_bytes()),
        ])),
        ("bomb.docx", word(&para("", &text(&"Điều 1. ".repeat(12_000_000))), &[])),
    ]
}
