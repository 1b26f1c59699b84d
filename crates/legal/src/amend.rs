//! Amendments as data: what an act does to the text of others, sentence by sentence.
//!
//! [`read`] walks an act and turns every amending sentence into an [`Instruction`] or, where it
//! cannot be told with certainty what is to be done and where, into a [`Refusal`] with its
//! reason. Nothing is looked up here: targets are named, not found
//! ([`crate::consolidate`] finds and applies them).
//!
//! Phrases follow the drafting rules for amending acts (Luật 64/2025/QH15; NĐ 78/2025/NĐ-CP).

mod aims;
mod commence;
mod ends;
pub(crate) mod forms;
mod history;
mod interpret;
mod keywords;
mod names;
mod objects;
mod own;
mod passage;
mod phrase;
pub(crate) mod pieces;
mod reason;
mod sentence;
mod targets;
mod term;
mod terms;
mod verbs;
mod walk;
mod whole;
mod worded;

use std::ops::Range;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::citations::{ActRef, Spot};
use crate::model::Block;

pub(crate) use commence::Days;
pub use forms::{Form, FormKind};
pub(crate) use passage::Key;
pub use reason::Reason;
pub use walk::read;

/// Everything an act does to others.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Reading {
    /// In the order of the text.
    pub instructions: Vec<Instruction>,
    /// Amending sentences that could not be read with certainty.
    pub refusals: Vec<Refusal>,
}

/// One thing done to one place of another act; a sentence that names five places gives five.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Instruction {
    /// From 1, in the order of the text.
    pub number: u32,
    /// Where the sentence stands.
    pub source: Source,
    /// What is done.
    pub operation: Operation,
    /// To what.
    pub target: Target,
    /// The new text, with the marks of quotation removed.
    pub text: Vec<Block>,
    /// First day on which it holds; `None`: when the act itself comes into force.
    pub in_force: Option<Date>,
    /// An officer decided it: the target is this provision and no other of like name.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub decided: bool,
    /// The act gives another day to something that it tells by its matter alone.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub day_doubted: bool,
    /// Provisions that keep their force where the whole act loses it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub except: Vec<String>,
}

impl Instruction {
    /// Whether it changes the time for which its target holds, and not its words.
    #[must_use]
    pub fn is_of_time(&self) -> bool {
        use Operation::{Extend, Postpone, Resume, Suspend};
        matches!(self.operation, Suspend | Resume | Postpone | Extend)
    }

    /// Whether it ends an act as a whole.
    #[must_use]
    pub fn is_end(&self) -> bool {
        let ends = matches!(self.operation, Operation::Repeal | Operation::Lapse);
        ends && self.target.provision.is_none() && self.target.portion == Portion::Whole
    }
}

/// The sentence of an amending act.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// The provision of the amending act ("art_1__clause_4").
    pub at: String,
    /// The text that holds the sentence.
    pub spot: Spot,
    /// Bytes of the words in it.
    pub span: Range<usize>,
    /// The sentence.
    pub sentence: String,
    /// What was read here, by name ([`Instruction::seen`], [`Refusal::seen`]), where it was given one.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub seen: String,
}

/// What is amended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Target {
    /// The act.
    pub act: ActRef,
    /// Provision as in [`crate::address`] (`art_7__clause_2`, `chp_4__sec_3`, `app_2`); `None`: the act as a whole.
    pub provision: Option<String>,
    /// What of the provision.
    pub portion: Portion,
}

/// What of a provision is meant.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Portion {
    /// The provision with all below it.
    #[default]
    Whole,
    /// Its heading ("tên Điều 5").
    Title,
    /// Its own words before the first provision below it ("đoạn mở đầu khoản 1").
    Opening,
    /// The n-th paragraph of its own words, from 1 ("đoạn thứ hai khoản 3").
    Paragraph(u16),
    /// A form of the appendix; where none is named, of whichever appendix has the only one.
    Form(Form),
    /// The row of a table that prints this number (số thứ tự), as a form is found.
    Row(String),
    /// Another piece that has no address.
    Piece,
}

impl Portion {
    /// Whether it is a form or a row of a table.
    #[must_use]
    pub fn is_small(&self) -> bool {
        matches!(self, Self::Form(_) | Self::Row(_))
    }

    /// A form or a row as a reader says it; empty for what the address of the provision tells.
    #[must_use]
    pub fn words(&self) -> String {
        match self {
            Self::Form(form) => form.words(),
            Self::Row(number) => format!("số thứ tự {number}"),
            _ => String::new(),
        }
    }
}

/// What is done to the targets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Operation {
    /// The new text stands for the old (sửa đổi, bổ sung; thay thế).
    Replace,
    /// The targets are new provisions (bổ sung).
    Insert(Anchor),
    /// The text is taken away (bãi bỏ).
    Repeal,
    /// It no longer holds, its words stay (hết hiệu lực).
    Lapse,
    /// It does not hold for a time (ngưng hiệu lực).
    Suspend,
    /// It holds again after such a time.
    Resume,
    /// It comes into force on another, later day (lùi thời điểm có hiệu lực).
    Postpone,
    /// It ends on another, later day (kéo dài thời hạn áp dụng).
    Extend,
    /// Words stand for words (thay cụm từ).
    ReplacePhrase(Vec<Exchange>),
    /// Words are taken out (bỏ cụm từ).
    DropPhrase(Vec<String>),
    /// Words are added (bổ sung cụm từ).
    AddPhrase(Addition),
    /// The provision gets another number (chuyển khoản 3 thành khoản 4): id of the new place.
    Renumber(String),
    /// Something done to words, at some of the places where they stand: an officer chose them.
    Only(Places),
}

/// Places where words stand, in the order of the text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Places {
    /// Those that are meant, from 1.
    pub chosen: Vec<u32>,
    /// How many there were; with another number nothing is done.
    pub among: u32,
    /// What is done there.
    pub what: Box<Operation>,
}

/// Where new provisions go. Of a form or a row the anchor is its printed number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase", tag = "where", content = "provision")]
pub enum Anchor {
    /// Where their numbers belong.
    ByNumber,
    /// Right behind this one.
    After(String),
    /// Right before this one.
    Before(String),
}

/// Words and the words that stand for them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exchange {
    /// Words now.
    pub old: String,
    /// Words then.
    pub new: String,
}

/// Words added and their place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Addition {
    /// Words added.
    pub words: String,
    /// Where.
    pub side: Side,
}

/// Where words are added.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase", tag = "where", content = "words")]
pub enum Side {
    /// Behind these words.
    After(String),
    /// Before these words.
    Before(String),
    /// At the end of the provision.
    End,
    /// At its beginning.
    Start,
}

/// An amending sentence that is not carried out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    /// Where the sentence stands.
    pub source: Source,
    /// Why.
    pub reason: Reason,
    /// What it seems to be about; may be empty.
    pub targets: Vec<Target>,
}
