//! The elements of a story that a reader of text must tell apart.

use super::xml::{Space, Tag};
use crate::word::Series;

/// What an element means for the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Element {
    Paragraph,
    ParagraphProperties,
    Run,
    RunProperties,
    Text,
    FieldCode,
    FieldSign,
    SimpleField,
    Tab,
    Break,
    Hyphen,
    SoftHyphen,
    Sign,
    Note(Series),
    Table,
    Row,
    RowProperties,
    Cell,
    CellProperties,
    TextBox,
    /// Content that a tracked change added.
    Inserted,
    /// Content that a tracked change took away.
    Deleted,
    Section,
    Picture,
    /// Content that stands in another file or part.
    Foreign,
    Denominator,
    Raised,
    Lowered,
    Brackets,
    Root,
    Formula,
    /// Properties and marks without text: passed over whole.
    Dropped,
    /// Anything else: its content counts, itself does not.
    Plain,
}

impl Element {
    pub(super) fn of(tag: &Tag) -> Self {
        match tag.space {
            Space::Word => word(&tag.name),
            Space::Math => math(&tag.name),
            Space::Compat => Self::Plain,
            Space::Other => match tag.name.as_str() {
                // Pictures of DrawingML and VML that hold an image.
                "blip" | "imagedata" => Self::Picture,
                _ => Self::Plain,
            },
        }
    }
}

fn word(name: &str) -> Element {
    match name {
        "p" => Element::Paragraph,
        "pPr" => Element::ParagraphProperties,
        "r" => Element::Run,
        "rPr" => Element::RunProperties,
        "t" => Element::Text,
        "instrText" => Element::FieldCode,
        "fldChar" => Element::FieldSign,
        "fldSimple" => Element::SimpleField,
        "tab" | "ptab" => Element::Tab,
        "br" | "cr" => Element::Break,
        "noBreakHyphen" => Element::Hyphen,
        "softHyphen" => Element::SoftHyphen,
        "sym" => Element::Sign,
        "footnoteReference" => Element::Note(Series::Foot),
        "endnoteReference" => Element::Note(Series::End),
        "tbl" => Element::Table,
        "tr" => Element::Row,
        "trPr" => Element::RowProperties,
        "tc" => Element::Cell,
        "tcPr" => Element::CellProperties,
        "txbxContent" => Element::TextBox,
        "ins" | "moveTo" => Element::Inserted,
        "del" | "moveFrom" => Element::Deleted,
        "sectPr" => Element::Section,
        "altChunk" | "subDoc" => Element::Foreign,
        "delText" | "delInstrText" | "sdtPr" | "sdtEndPr" | "smartTagPr" | "customXmlPr" | "tblPr"
        | "tblGrid" | "tblPrEx" | "rt" | "ffData" => Element::Dropped,
        _ => Element::Plain,
    }
}

fn math(name: &str) -> Element {
    match name {
        "r" => Element::Run,
        "t" => Element::Text,
        "den" => Element::Denominator,
        "sup" => Element::Raised,
        "sub" => Element::Lowered,
        "d" => Element::Brackets,
        "oMath" => Element::Formula,
        "rad" => Element::Root,
        "deg" | "ctrlPr" | "rPr" | "fPr" | "dPr" | "radPr" | "sSupPr" | "sSubPr" | "sSubSupPr" => {
            Element::Dropped
        }
        _ => Element::Plain,
    }
}
