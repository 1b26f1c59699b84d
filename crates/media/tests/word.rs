//! A Word file made here, read as a page.

use std::io::{Cursor, Write};

use zip::write::{SimpleFileOptions, ZipWriter};

const W: &str = "xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main' \
xmlns:r='http://schemas.openxmlformats.org/officeDocument/2006/relationships' \
xmlns:a='http://schemas.openxmlformats.org/drawingml/2006/main' \
xmlns:wp='http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing'";
const REL: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

fn png() -> Vec<u8> {
    let mut bytes = Vec::new();
    image::RgbImage::from_pixel(80, 40, image::Rgb([1, 2, 3]))
        .write_to(&mut Cursor::new(&mut bytes), image::ImageFormat::Png)
        .expect("written");
    bytes
}

fn file(body: &str) -> Vec<u8> {
    let document = format!("<w:document {W}><w:body>{body}</w:body></w:document>");
    let relations = format!(
        "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>\
         <Relationship Id='p1' Type='{REL}/image' Target='media/image1.png'/>\
         <Relationship Id='p2' Type='{REL}/image' Target='media/image2.emf'/>\
         <Relationship Id='p3' Type='{REL}/image' Target='http://evil.example/a.png' TargetMode='External'/>\
         <Relationship Id='l1' Type='{REL}/hyperlink' Target='https://chinhphu.vn/a?b=1&amp;c=2' TargetMode='External'/>\
         <Relationship Id='l2' Type='{REL}/hyperlink' Target='javascript:alert(1)' TargetMode='External'/>\
         <Relationship Id='s' Type='{REL}/styles' Target='styles.xml'/>\
         <Relationship Id='n' Type='{REL}/numbering' Target='numbering.xml'/></Relationships>"
    );
    let styles = format!(
        "<w:styles {W}><w:style w:type='paragraph' w:styleId='u1'><w:name w:val='heading 1'/>\
         <w:pPr><w:outlineLvl w:val='0'/></w:pPr></w:style></w:styles>"
    );
    let level = |format: &str, text: &str| {
        format!(
            "<w:lvl w:ilvl='0'><w:start w:val='1'/><w:numFmt w:val='{format}'/><w:lvlText w:val='{text}'/></w:lvl>"
        )
    };
    let numbering = format!(
        "<w:numbering {W}><w:abstractNum w:abstractNumId='0'>{}</w:abstractNum>\
         <w:abstractNum w:abstractNumId='1'>{}</w:abstractNum>\
         <w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num><w:num w:numId='2'><w:abstractNumId w:val='1'/></w:num></w:numbering>",
        level("decimal", "%1."),
        level("bullet", "•")
    );
    let types = "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'>\
        <Override PartName='/word/document.xml' ContentType='application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml'/></Types>";
    let root = format!(
        "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>\
         <Relationship Id='d' Type='{REL}/officeDocument' Target='word/document.xml'/></Relationships>"
    );
    let mut out = Cursor::new(Vec::new());
    let mut zip = ZipWriter::new(&mut out);
    for (name, bytes) in [
        ("[Content_Types].xml", types.as_bytes()),
        ("_rels/.rels", root.as_bytes()),
        ("word/document.xml", document.as_bytes()),
        ("word/_rels/document.xml.rels", relations.as_bytes()),
        ("word/styles.xml", styles.as_bytes()),
        ("word/numbering.xml", numbering.as_bytes()),
        ("word/media/image1.png", &png()),
        ("word/media/image2.emf", b"\x01\0\0\0"),
    ] {
        zip.start_file(name, SimpleFileOptions::default()).expect("begun");
        zip.write_all(bytes).expect("written");
    }
    zip.finish().expect("finished");
    out.into_inner()
}

fn listed(id: u8, text: &str) -> String {
    format!(
        "<w:p><w:pPr><w:numPr><w:ilvl w:val='0'/><w:numId w:val='{id}'/></w:numPr></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"
    )
}

fn drawing(id: &str) -> String {
    format!(
        "<w:p><w:r><w:drawing><wp:inline><wp:docPr descr='Lễ &quot;ký&quot;'/><a:blip r:embed='{id}'/></wp:inline></w:drawing></w:r></w:p>"
    )
}

#[test]
fn what_an_author_set_in_word_stays() {
    let body = [
        "<w:p><w:pPr><w:pStyle w:val='u1'/></w:pPr><w:r><w:t>Mục &lt;b&gt;</w:t></w:r></w:p>",
        "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t xml:space='preserve'>Đậm </w:t></w:r><w:r><w:t>thường</w:t></w:r>\
         <w:del><w:r><w:delText>bỏ</w:delText></w:r></w:del><w:ins><w:r><w:t> thêm</w:t></w:r></w:ins></w:p>",
        "<w:p><w:hyperlink r:id='l1'><w:r><w:t>Cổng</w:t></w:r></w:hyperlink><w:hyperlink r:id='l2'><w:r><w:t>x</w:t></w:r></w:hyperlink></w:p>",
        &listed(1, "một"),
        &listed(1, "hai"),
        &listed(2, "chấm"),
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Ô</w:t></w:r></w:p></w:tc></w:tr></w:tbl>",
        &drawing("p1"),
        &drawing("p2"),
        &drawing("p3"),
    ]
    .concat();
    let page = media::word(&file(&body)).expect("read");
    assert_eq!(
        page.html,
        "<h2>Mục &lt;b&gt;</h2><p><b>Đậm </b>thường thêm</p>\
         <p><a href=\"https://chinhphu.vn/a?b=1&amp;c=2\">Cổng</a><a href=\"javascript:alert(1)\">x</a></p>\
         <ol start=\"1\"><li>một</li><li>hai</li></ol><ul start=\"1\"><li>chấm</li></ul>\
         <table><tr><td>Ô<br></td></tr></table>\
         <p><img src=\"hinh:0\" alt=\"Lễ &quot;ký&quot;\"></p><p><img src=\"hinh:1\" alt=\"Lễ &quot;ký&quot;\"></p>\
         <p><img src=\"hinh:2\" alt=\"Lễ &quot;ký&quot;\"></p>"
    );
    let taken: Vec<bool> = page.pictures.iter().map(Result::is_ok).collect();
    assert_eq!(
        taken,
        [true, false, false],
        "pictures of Windows and of other hosts are left out"
    );
    assert!(media::word(b"PK\x03\x04").is_err() && media::word(b"%PDF").is_err());
}
