//! DOCX and EPUB: sound packages with the right layout.

mod common;

use std::io::{Cursor, Read};
use std::process::Command;

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use writers::{ExportAct, docx, epub};

/// Members of a zip file, each checked to be well-formed where it is XML.
fn members(bytes: Vec<u8>) -> Vec<(String, String)> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("a zip file");
    let count = archive.len();
    let member = |at| {
        let mut file = archive.by_index(at).expect("a member");
        let mut text = String::new();
        file.read_to_string(&mut text).expect("text");
        (file.name().expect("a name").into_owned(), text)
    };
    let members: Vec<_> = (0..count).map(member).collect();
    for (name, text) in &members {
        if text.starts_with("<?xml") {
            assert_well_formed(name, text);
        }
    }
    members
}

fn assert_well_formed(name: &str, text: &str) {
    let mut reader = quick_xml::Reader::from_str(text);
    loop {
        match reader.read_event() {
            Ok(quick_xml::events::Event::Eof) => return,
            Ok(_) => {}
            Err(error) => panic!("{name}: {error}\n{text}"),
        }
    }
}

fn member<'a>(members: &'a [(String, String)], name: &str) -> &'a str {
    &members
        .iter()
        .find(|member| member.0 == name)
        .expect("the member")
        .1
}

#[test]
fn docx_has_the_layout_of_decree_30() {
    let members = members(docx::write(&common::rich()).expect("written"));
    let document = member(&members, "word/document.xml");
    for part in [
        "<w:pgSz w:w=\"11906\" w:h=\"16838\"/>",
        "w:top=\"1134\" w:right=\"851\" w:bottom=\"1134\" w:left=\"1701\"",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "QUỐC HỘI",
        "Số: 91/2015/QH13",
        "Hà Nội, ngày 24 tháng 11 năm 2015",
        "<w:pStyle w:val=\"Heading1\"/>",
        "<w:pStyle w:val=\"Heading2\"/>",
        "<w:vMerge w:val=\"restart\"/>",
        "<w:gridSpan w:val=\"2\"/>",
        "<w:tblHeader/>",
        "<w:titlePg/>",
    ] {
        assert!(document.contains(part), "{part} is missing");
    }
    assert!(member(&members, "word/footnotes.xml").contains("Sửa đổi &amp; bổ sung."));
    assert!(member(&members, "word/styles.xml").contains("w:ascii=\"Times New Roman\""));
}

#[test]
fn the_same_act_gives_the_same_bytes() {
    let act = common::rich();
    assert_eq!(
        docx::write(&act).expect("written"),
        docx::write(&act).expect("written")
    );
    assert_eq!(
        epub::write(&act).expect("written"),
        epub::write(&act).expect("written")
    );
}

#[test]
fn packages_of_any_act_are_well_formed() {
    let mut runner = TestRunner::deterministic();
    for _ in 0..200 {
        let act = common::any_act().new_tree(&mut runner).expect("an act").current();
        members(docx::write(&act).expect("written"));
        members(epub::write(&act).expect("written"));
    }
}

fn assert_epubcheck(name: &str, acts: &[ExportAct]) {
    if Command::new("epubcheck").arg("--version").output().is_err() {
        return println!("skipped: epubcheck is not installed");
    }
    let folder = common::folder("epub");
    for (at, act) in acts.iter().enumerate() {
        let file = folder.join(format!("{name}-{at}.epub"));
        std::fs::write(&file, epub::write(act).expect("written")).expect("a file");
        let run = Command::new("epubcheck")
            .arg(&file)
            .output()
            .expect("epubcheck runs");
        let said = String::from_utf8_lossy(&run.stderr);
        assert!(
            run.status.success() && !said.contains("WARNING("),
            "{}\n{said}",
            file.display()
        );
    }
}

#[test]
fn epubs_pass_epubcheck() {
    assert_epubcheck("hand", &[common::rich(), common::bare()]);
}

#[test]
fn a_random_epub_passes_epubcheck() {
    let mut runner = TestRunner::deterministic();
    let act = || common::any_act().new_tree(&mut runner).expect("an act").current();
    assert_epubcheck("any", &std::iter::repeat_with(act).take(3).collect::<Vec<_>>());
}

const OPEN: &str = r#"
import sys
sys.path.insert(0, sys.argv[1])
import docx
document = docx.Document(sys.argv[2])
section = document.sections[0]
assert [round(side.mm) for side in (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)] == [20, 20, 30, 15]
headings = [p.text for p in document.paragraphs if p.style.name.startswith("Heading")]
assert headings[:2] == ["Chương I QUY ĐỊNH CHUNG", "Điều 1. Phạm vi điều chỉnh"], headings
table = document.tables[1]
assert [[cell.text for cell in row.cells] for row in table.rows] == [
    ["STT", "Mức phạt", "Mức phạt"], ["STT", "Cá nhân", "Tổ chức"], ["1", "5 < 10", ""]]
assert document.core_properties.title == "Bộ luật Dân sự số 91/2015/QH13", document.core_properties.title
"#;

#[test]
fn a_public_library_opens_the_docx() {
    let folder = common::folder("python-docx");
    if !folder.join("docx").exists() {
        let install = ["-m", "pip", "install", "-q", "python-docx==1.2.0", "--target"];
        let pip = Command::new("python3").args(install).arg(&folder).output();
        if !pip.is_ok_and(|pip| pip.status.success()) {
            return println!("skipped: python-docx cannot be had");
        }
    }
    let file = folder.join("act.docx");
    std::fs::write(&file, docx::write(&common::rich()).expect("written")).expect("a file");
    let run = Command::new("python3")
        .args(["-c", OPEN])
        .arg(&folder)
        .arg(&file)
        .output();
    let run = run.expect("Python runs");
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
}
