//! What a writer takes, and the formats it can give.

use std::ops::Range;

use jiff::civil::Date;
use legal::citations::Field;
use legal::cite::ActName;
use legal::consolidate::Change;
use legal::model::{ActKind, ActText, Language};

use crate::{WriteError, akn, docx, epub, json};

/// One act, ready to be written: its text at a date and what only the portal knows of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ExportAct {
    /// Address word of the act: `91-2015-qh13`.
    pub slug: String,
    /// Absolute address of the act's page, without a slash at the end.
    pub url: String,
    /// Name of the portal that publishes the file.
    pub publisher: String,
    /// First day on which the act no longer holds, where known.
    pub expires: Option<Date>,
    /// The date at which the text stands; `None` = as issued.
    pub on: Option<Date>,
    /// What others did to its text, in the order of application.
    pub changed: Vec<Modification>,
    /// What it did to others.
    pub changes: Vec<Modification>,
    /// What its words mean that name an act without its number.
    pub named: Vec<NamedAct>,
    /// Text and metadata.
    pub text: ActText,
}

/// One thing that an act did to a provision of another one.
#[derive(Clone, Debug, PartialEq)]
pub struct Modification {
    /// First day on which it holds.
    pub on: Date,
    /// What was done.
    pub change: Change,
    /// Id of the provision in the changed text from that day on; empty: the act as a whole.
    pub provision: String,
    /// The other act of the two: the changing one in [`ExportAct::changed`], the changed one in [`ExportAct::changes`].
    pub other: OtherAct,
    /// Id of the provision of the changing act that says so.
    pub place: String,
}

/// An act that changes this one, or that this one changes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OtherAct {
    /// Address word.
    pub slug: String,
    /// Kind; `None` where unknown.
    pub kind: Option<ActKind>,
    /// Day on which it was passed.
    pub issued: Option<Date>,
    /// "Luật số 35/2018/QH14".
    pub name: String,
}

/// Words of a text that name another act, and the act that is meant: only the portal knows which ones there are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedAct {
    /// Id of the provision or part, field and way to the text, as [`legal::citations::Spot`] has them.
    pub at: String,
    /// See `at`.
    pub field: Field,
    /// See `at`.
    pub path: Vec<usize>,
    /// Bytes of the text.
    pub span: Range<usize>,
    /// The act.
    pub act: OtherAct,
    /// Id of a provision of it; empty: the act as a whole.
    pub provision: String,
}

impl ExportAct {
    /// What citations and titles are made of.
    #[must_use]
    pub fn name(&self) -> ActName<'_> {
        let metadata = &self.text.metadata;
        ActName {
            kind: metadata.kind,
            number: metadata.number.as_deref(),
            title: metadata.title.as_deref(),
            issued: metadata.issued,
            issuer: metadata.issuers.first().map(String::as_str),
        }
    }

    /// Title of the file: "Bộ luật Dân sự số 91/2015/QH13", "Nghị định số … Quy định …".
    #[must_use]
    pub fn full_title(&self) -> String {
        let metadata = &self.text.metadata;
        let kind = metadata.kind.map_or("Văn bản", |kind| match self.text.language {
            Language::Vi => kind.label(),
            Language::En => kind.label_en(),
        });
        let number = metadata.number.as_deref().unwrap_or_default();
        let title = metadata.title.as_deref().unwrap_or_default();
        let mut words = vec![kind.to_owned()];
        if kind.starts_with("Bộ luật") || kind.starts_with("Luật") || number.is_empty() {
            words.push(title.to_owned());
        }
        if !number.is_empty() {
            words.push(match self.text.language {
                Language::Vi => format!("số {number}"),
                Language::En => format!("No. {number}"),
            });
        }
        if !words.iter().any(|word| word == title) {
            words.push(title.to_owned());
        }
        words.retain(|word| !word.is_empty());
        words.join(" ")
    }

    /// Language tag: "vi", "en".
    #[must_use]
    pub fn lang(&self) -> &'static str {
        match self.text.language {
            Language::Vi => "vi",
            Language::En => "en",
        }
    }
}

/// A format an act can be had in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// Akoma Ntoso 3.0 XML.
    Akn,
    /// JSON, see docs/act-json.md.
    Json,
    /// Office Open XML text.
    Docx,
    /// EPUB 3.3.
    Epub,
}

impl Format {
    /// Every format, in the order in which pages offer them.
    pub const ALL: [Self; 4] = [Self::Docx, Self::Epub, Self::Akn, Self::Json];

    /// Ending of the address and of the file name, without the dot.
    #[must_use]
    pub fn extension(self) -> &'static str {
        match self {
            Self::Akn => "xml",
            Self::Json => "json",
            Self::Docx => "docx",
            Self::Epub => "epub",
        }
    }

    /// The format of an ending.
    #[must_use]
    pub fn from_extension(extension: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|format| format.extension() == extension)
    }

    /// Media type.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Akn => "application/akn+xml; charset=utf-8",
            Self::Json => "application/json",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Epub => "application/epub+zip",
        }
    }

    /// Writes `act` in this format.
    ///
    /// # Errors
    /// [`WriteError`] when the file cannot be packed; never because of what the act says.
    pub fn write(self, act: &ExportAct) -> Result<Vec<u8>, WriteError> {
        match self {
            Self::Akn => Ok(akn::write(act).into_bytes()),
            Self::Json => json::write(act),
            Self::Docx => docx::write(act),
            Self::Epub => epub::write(act),
        }
    }
}
