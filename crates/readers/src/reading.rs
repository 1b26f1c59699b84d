//! One file → acts.

use legal::draft::Draft;
use legal::model::{ActText, Claim};
use serde::{Deserialize, Serialize};

use crate::sniff::{self, Binary, Shape};
use crate::{doc, docx, html, json, known, old_text, pdf, rtf};

/// All that one file gave.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Reading {
    /// One entry an act; several for JSON lines.
    pub items: Vec<Item>,
}

/// One act of a file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Item {
    /// Name of the file, with the line for JSON lines ("acts.jsonl:3").
    pub name: String,
    /// What came of it.
    pub outcome: Outcome,
}

/// What came of reading one act.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Text with structure.
    Act(Box<ActText>),
    /// The page names an act but holds none of its text.
    MetadataOnly(Box<ActText>),
    /// Not read, and why.
    Refused(Refusal),
}

/// Why a file was not read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{message}")]
pub struct Refusal {
    /// Stable code for programs.
    pub code: String,
    /// A Vietnamese sentence for the officer.
    pub message: String,
}

impl Refusal {
    /// A refusal with its stable code and its sentence.
    #[must_use]
    pub fn new(code: &str, message: impl Into<String>) -> Self {
        Self {
            code: code.to_owned(),
            message: message.into(),
        }
    }
}

/// Bytes above which a single file is refused.
pub const MAX_BYTES: usize = 64 << 20;

/// Reads one file that is not an archive. `name` only helps where the content does not tell.
#[must_use]
pub fn read(name: &str, bytes: &[u8]) -> Reading {
    if bytes.len() > MAX_BYTES {
        return refused(
            name,
            Refusal::new("too-large", "Tệp lớn hơn 64 MB nên không được đọc."),
        );
    }
    match sniff::binary(bytes) {
        Some(Binary::Docx) => return docx::read(name, bytes),
        Some(Binary::Pdf) => return pdf::read(name, bytes),
        Some(Binary::Doc) => return doc::read(name, bytes),
        Some(Binary::Rtf) => return rtf::read(name, bytes),
        None => {}
    }
    let text = match sniff::decode(bytes) {
        Ok(text) => text,
        Err(refusal) if refusal.code == "encoding" => {
            return match old_text::draft(Err(refusal), bytes) {
                Ok(draft) => one(name, from_draft(draft)),
                Err(refusal) => refused(name, refusal),
            };
        }
        Err(refusal) => return refused(name, refusal),
    };
    match sniff::shape(name, &text) {
        Shape::Empty => refused(name, Refusal::new("empty", "Tệp không có nội dung.")),
        Shape::Html => one(name, from_html(name, &text)),
        Shape::Plain => match old_text::draft(Ok(&text), bytes) {
            Ok(draft) => one(name, from_draft(draft)),
            Err(refusal) => refused(name, refusal),
        },
        Shape::WordXml => refused(name, Refusal::new("word-xml", WORD_XML)),
        Shape::Json => json::read(name, &text),
        Shape::JsonLines => json::lines(name, &text),
    }
}

const WORD_XML: &str =
    "Tệp là văn bản XML của Word 2003. Hãy mở bằng Word, lưu lại thành .docx rồi nhập lại.";

/// Reads one file of which a list beside it says something. What the text says of itself stays;
/// a file of several acts is read as if there were no list.
#[must_use]
pub fn read_described(name: &str, bytes: &[u8], claims: &[Claim]) -> Reading {
    let mut reading = read(name, bytes);
    if let [item] = reading.items.as_mut_slice()
        && let Outcome::Act(act) | Outcome::MetadataOnly(act) = &mut item.outcome
        && !claims.is_empty()
    {
        legal::metadata::supplement(&mut act.metadata, claims.to_vec());
    }
    reading
}

pub(crate) fn refused(name: &str, refusal: Refusal) -> Reading {
    one(name, Outcome::Refused(refusal))
}

pub(crate) fn one(name: &str, outcome: Outcome) -> Reading {
    Reading {
        items: vec![Item {
            name: name.to_owned(),
            outcome,
        }],
    }
}

/// Reads a page: its text, or what its table of attributes says where there is none.
pub(crate) fn from_html(name: &str, text: &str) -> Outcome {
    let page = match html::page(text) {
        Ok(page) => page,
        Err(refusal) => return Outcome::Refused(refusal),
    };
    let source = page.source.clone().unwrap_or_else(|| name.to_owned());
    let known = page.attributes.names_an_act();
    let claims = html::claims_of(&page.attributes, &source);
    let mut draft = page.draft;
    if known && !known::holds_text(&draft) {
        return Outcome::MetadataOnly(Box::new(known::act(&page.attributes, draft, claims)));
    }
    draft.claims = claims;
    from_draft(draft)
}

/// Gives a draft its structure; refuses what is no act at all.
pub(crate) fn from_draft(draft: Draft) -> Outcome {
    if draft.text_len() == 0 {
        return Outcome::Refused(Refusal::new("empty", "Tệp không có nội dung văn bản."));
    }
    let act = legal::structure::structure(draft);
    if act.provisions.is_empty() && act.metadata.number.is_none() && act.metadata.kind.is_none() {
        let message = "Không tìm thấy số ký hiệu, tên loại văn bản hoặc điều khoản nào trong tệp.";
        return Outcome::Refused(Refusal::new("no-act", message));
    }
    Outcome::Act(Box::new(act))
}
