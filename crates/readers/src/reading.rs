//! What reading a file gives.

use legal::model::ActText;
use serde::{Deserialize, Serialize};

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

/// Reads one file that is not an archive. `name` only helps where the content does not tell.
#[must_use]
pub fn read(name: &str, bytes: &[u8]) -> Reading {
    let refusal = Refusal::new("empty", "Tệp không có nội dung.");
    let _ = bytes;
    Reading {
        items: vec![Item {
            name: name.to_owned(),
            outcome: Outcome::Refused(refusal),
        }],
    }
}
