//! Akoma Ntoso: valid against the published schema, and no text is lost on the way.

mod common;
mod tools;

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use legal::model::{Block, Provision};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use quick_xml::events::Event;
use writers::{ExportAct, akn};

fn write_all(folder: &Path, acts: &[ExportAct]) -> Vec<PathBuf> {
    let path = |at: usize| folder.join(format!("{at}.xml"));
    acts.iter()
        .enumerate()
        .map(|(at, act)| {
            std::fs::write(path(at), akn::write(act)).expect("written");
            path(at)
        })
        .collect()
}

fn assert_valid(name: &str, acts: &[ExportAct]) {
    let Some(schema) = tools::schema() else {
        return println!("skipped: no Akoma Ntoso schema (xmllint, or pip and its registry, out of reach)");
    };
    let folder = common::folder(name);
    for files in write_all(&folder, acts).chunks(100) {
        let run = std::process::Command::new("xmllint")
            .args(["--noout", "--huge", "--nonet", "--schema"])
            .arg(&schema)
            .args(files)
            .output()
            .expect("xmllint runs");
        let errors = String::from_utf8_lossy(&run.stderr);
        let errors: Vec<_> = errors
            .lines()
            .filter(|line| !line.ends_with(" validates"))
            .take(9)
            .collect();
        assert!(run.status.success(), "{}", errors.join("\n"));
    }
}

#[test]
fn acts_made_by_hand_are_valid() {
    assert_valid("akn-hand", &[common::rich(), common::bare()]);
}

#[test]
fn acts_of_any_shape_are_valid() {
    let mut runner = TestRunner::deterministic();
    let acts: Vec<_> = (0..300)
        .map(|_| common::any_act().new_tree(&mut runner).expect("an act").current())
        .collect();
    assert_valid("akn-any", &acts);
}

#[test]
fn real_acts_are_valid_and_keep_their_text() {
    let acts = tools::real_acts();
    if acts.is_empty() {
        return println!("skipped: no real acts at hand");
    }
    for act in &acts {
        assert_text_survives(act);
    }
    assert_valid("akn-real", &acts);
    println!("{} real acts", acts.len());
}

#[test]
fn the_same_act_gives_the_same_bytes() {
    assert_eq!(akn::write(&common::rich()), akn::write(&common::rich()));
}

#[test]
fn identity_and_structure_are_said() {
    let xml = akn::write(&common::rich());
    for part in [
        "<FRBRuri value=\"/akn/vn/act/bo-luat/2015-11-24/91-2015-qh13\"/>",
        "<FRBRuri value=\"/akn/vn/act/bo-luat/2015-11-24/91-2015-qh13/vie@2015-11-24\"/>",
        "<chapter eId=\"chp_1\"><num>Chương I</num><heading>QUY ĐỊNH CHUNG</heading>",
        "<b>Bể</b> có thể tích 2m<sup>3</sup><authorialNote eId=\"fn_1\" marker=\"[1]\"",
        "<quotedStructure eId=\"quo_1\" startQuote=\"“\" endQuote=\"”\"><p>Điều 5. Nội dung mới</p>",
        "<attachment eId=\"att_1\"><heading>Quy chế làm việc</heading>",
        "<signature refersTo=\"#signer_1\">Nguyễn Sinh Hùng</signature>",
        "<td>",
        "<th rowspan=\"2\">",
        "refersTo=\"#in_force\"",
    ] {
        assert!(xml.contains(part), "{part} not in {xml}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]
    #[test]
    fn text_survives(act in common::any_act()) {
        assert_text_survives(&act);
    }
}

/// Reads the XML back and compares the text of every provision, paragraph by paragraph.
fn assert_text_survives(act: &ExportAct) {
    let back = provisions(&akn::write(act));
    assert_eq!(back.len(), act.text.provisions.len(), "{}", act.slug);
    for provision in &act.text.provisions {
        assert_eq!(
            back.get(&provision.id),
            Some(&expected(provision)),
            "{}",
            provision.id
        );
    }
}

/// Heading and paragraphs of a provision as they should come back.
fn expected(provision: &Provision) -> Vec<String> {
    let mut lines: Vec<String> = provision.heading.iter().cloned().collect();
    paragraphs(&provision.blocks, &mut lines);
    clean(lines)
}

fn paragraphs(blocks: &[Block], lines: &mut Vec<String>) {
    for block in blocks {
        match block {
            Block::Para(para) => lines.push(para.text.clone()),
            Block::Quote(quote) => paragraphs(&quote.blocks, lines),
            Block::Table(table) => {
                let cells = table.rows.iter().flat_map(|row| &row.cells);
                lines.extend(cells.flat_map(|cell| &cell.paras).map(|para| para.text.clone()));
            }
        }
    }
}

/// Without what XML cannot hold, and without empty lines.
fn clean(lines: Vec<String>) -> Vec<String> {
    let allowed = |c: &char| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{FFFD}' | '\u{10000}'..);
    let lines = lines
        .into_iter()
        .map(|line| line.chars().filter(allowed).collect::<String>());
    lines.filter(|line| !line.is_empty()).collect()
}

/// eId of a provision → its own heading and paragraphs.
fn provisions(xml: &str) -> HashMap<String, Vec<String>> {
    const LEVELS: [&str; 7] = [
        "part",
        "chapter",
        "section",
        "subsection",
        "article",
        "clause",
        "point",
    ];
    let mut reader = quick_xml::Reader::from_str(xml);
    let mut found: HashMap<String, Vec<String>> = HashMap::new();
    let (mut open, mut line, mut silent) = (Vec::<String>::new(), String::new(), 0);
    loop {
        match reader.read_event().expect("well-formed") {
            Event::Start(tag) => {
                let name = String::from_utf8_lossy(tag.name().as_ref()).into_owned();
                let value = |key: &str| {
                    let attribute = tag.try_get_attribute(key).expect("attributes")?;
                    Some(String::from_utf8_lossy(&attribute.value).into_owned())
                };
                if LEVELS.contains(&name.as_str()) {
                    let id = value("eId").expect("an id");
                    found.insert(id.clone(), Vec::new());
                    open.push(id);
                } else if name == "authorialNote" {
                    // The sign stands in the text, the note itself does not.
                    line.push_str(&value("marker").unwrap_or_default());
                    silent += 1;
                } else if (name == "p" || name == "heading") && silent == 0 {
                    line.clear();
                }
            }
            Event::Text(text) if silent == 0 => line.push_str(&text.xml10_content().expect("text")),
            Event::GeneralRef(entity) if silent == 0 => line.push_str(&resolve(&entity)),
            Event::End(tag) => {
                let name = String::from_utf8_lossy(tag.name().as_ref()).into_owned();
                if LEVELS.contains(&name.as_str()) {
                    open.pop();
                } else if name == "authorialNote" {
                    silent -= 1;
                } else if (name == "p" || name == "heading") && silent == 0 {
                    let lines = open.last().and_then(|id| found.get_mut(id));
                    if let Some(lines) = lines.filter(|_| !line.is_empty()) {
                        lines.push(std::mem::take(&mut line));
                    }
                    line.clear();
                }
            }
            Event::Eof => return found,
            _ => {}
        }
    }
}

fn resolve(entity: &quick_xml::events::BytesRef<'_>) -> String {
    if let Ok(Some(letter)) = entity.resolve_char_ref() {
        return letter.to_string();
    }
    let name = entity.decode().expect("a name");
    quick_xml::escape::resolve_predefined_entity(&name)
        .expect("a known entity")
        .to_owned()
}
