//! Reads Akoma Ntoso back.

use std::collections::HashMap;

use legal::model::{Block, Provision};
use quick_xml::escape::{resolve_predefined_entity, unescape};
use quick_xml::events::{BytesRef, BytesStart, Event};
use writers::{ExportAct, akn};

/// Reads the XML back and compares the text of every provision, paragraph by paragraph.
pub fn assert_text_survives(act: &ExportAct) {
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

const LEVELS: [&str; 7] = [
    "part",
    "chapter",
    "section",
    "subsection",
    "article",
    "clause",
    "point",
];

/// eId of a provision → its own heading and paragraphs.
fn provisions(xml: &str) -> HashMap<String, Vec<String>> {
    let mut reader = quick_xml::Reader::from_str(xml);
    let mut back = Back::default();
    loop {
        match reader.read_event().expect("well-formed") {
            Event::Start(tag) => back.start(&tag),
            Event::Text(text) => back.text(&text.xml10_content()),
            Event::GeneralRef(entity) => back.text(&resolve(&entity)),
            Event::End(tag) => back.end(tag.name().as_ref()),
            Event::Eof => return back.found,
            _ => {}
        }
    }
}

#[derive(Default)]
struct Back {
    found: HashMap<String, Vec<String>>,
    /// Ids of the provisions that are open.
    open: Vec<String>,
    line: String,
    /// How many footnotes are open: their text is not the provision's.
    silent: u32,
}

impl Back {
    fn start(&mut self, tag: &BytesStart<'_>) {
        let value = |key: &str| {
            let attribute = tag.try_get_attribute(key).expect("attributes");
            attribute
                .map(|attribute| attribute.value.into_owned())
                .unwrap_or_default()
        };
        match tag.name().as_ref() {
            name if LEVELS.contains(&name) => {
                self.found.insert(value("eId"), Vec::new());
                self.open.push(value("eId"));
            }
            "authorialNote" => {
                self.line.push_str(&unescape(&value("marker")).expect("entities"));
                self.silent += 1;
            }
            "p" | "heading" if self.silent == 0 => self.line.clear(),
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if self.silent == 0 {
            self.line.push_str(text);
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            name if LEVELS.contains(&name) => {
                self.open.pop();
            }
            "authorialNote" => self.silent -= 1,
            "p" | "heading" if self.silent == 0 => {
                let line = std::mem::take(&mut self.line);
                let lines = self.open.last().and_then(|id| self.found.get_mut(id));
                if let Some(lines) = lines.filter(|_| !line.is_empty()) {
                    lines.push(line);
                }
            }
            _ => {}
        }
    }
}

fn resolve(entity: &BytesRef<'_>) -> String {
    match entity.resolve_char_ref() {
        Ok(Some(letter)) => letter.to_string(),
        _ => resolve_predefined_entity(entity.as_ref())
            .expect("a known entity")
            .to_owned(),
    }
}
