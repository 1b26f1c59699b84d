//! The head of an official document (NĐ 30/2020, Phụ lục I): issuer and number on the left,
//! quốc hiệu, tiêu ngữ, place and date on the right; and the place of the signature.

use jiff::civil::Date;
use legal::model::{Language, Metadata};

use super::TEXT_WIDTH;
use super::paragraphs::{Look, Paragraphs};
use crate::ExportAct;

/// The day on which the state took its present name.
const RENAMED: Date = Date::constant(1976, 7, 2);

pub(super) fn write(paragraphs: &mut Paragraphs<'_>, act: &ExportAct) {
    let metadata = &act.text.metadata;
    let look = Look::style("Head");
    columns(
        paragraphs,
        |left| {
            for issuer in &metadata.issuers {
                left.words(look.bold(), &issuer.to_uppercase());
            }
            left.words(look, "_______");
            left.words(look, &number(act));
        },
        |right| {
            let (state, motto) = state(act);
            right.words(look.bold(), state);
            right.words(look.bold(), motto);
            right.words(look, "_______________________");
            right.words(look.italic(), &place_and_date(metadata));
        },
    );
    title(paragraphs, act);
}

/// Office and name of who signed, on the right, for a text that has no closing of its own.
pub(super) fn signatures(paragraphs: &mut Paragraphs<'_>, metadata: &Metadata) {
    if metadata.signers.is_empty() {
        return;
    }
    let look = Look::style("Head").bold();
    columns(
        paragraphs,
        |_| {},
        |right| {
            for signer in &metadata.signers {
                right.words(look, &signer.office.as_deref().unwrap_or_default().to_uppercase());
                right.words(look, "");
                right.words(look, &signer.name);
            }
        },
    );
}

fn title(paragraphs: &mut Paragraphs<'_>, act: &ExportAct) {
    let metadata = &act.text.metadata;
    let look = Look::style("Title");
    let kind = metadata.kind.map_or("Văn bản", |kind| match act.text.language {
        Language::Vi => kind.label(),
        Language::En => kind.label_en(),
    });
    paragraphs.words(look, "");
    paragraphs.words(look, &kind.to_uppercase());
    if let Some(title) = &metadata.title {
        paragraphs.words(look, title);
    }
    paragraphs.words(look, "");
}

fn number(act: &ExportAct) -> String {
    match (&act.text.metadata.number, act.text.language) {
        (None, _) => String::new(),
        (Some(number), Language::Vi) => format!("Số: {number}"),
        (Some(number), Language::En) => format!("No. {number}"),
    }
}

fn state(act: &ExportAct) -> (&'static str, &'static str) {
    let old = act.text.metadata.issued.is_some_and(|date| date < RENAMED);
    match (act.text.language, old) {
        (Language::Vi, false) => (
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "Độc lập - Tự do - Hạnh phúc",
        ),
        (Language::Vi, true) => ("VIỆT NAM DÂN CHỦ CỘNG HÒA", "Độc lập - Tự do - Hạnh phúc"),
        (Language::En, false) => (
            "THE SOCIALIST REPUBLIC OF VIETNAM",
            "Independence - Freedom - Happiness",
        ),
        (Language::En, true) => (
            "THE DEMOCRATIC REPUBLIC OF VIETNAM",
            "Independence - Freedom - Happiness",
        ),
    }
}

fn place_and_date(metadata: &Metadata) -> String {
    let words = [metadata.place.clone(), metadata.issued.map(viet::date_in_words)];
    words.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// Two columns without borders.
fn columns<'a>(
    paragraphs: &mut Paragraphs<'a>,
    left: impl FnOnce(&mut Paragraphs<'a>),
    right: impl FnOnce(&mut Paragraphs<'a>),
) {
    let widths = [TEXT_WIDTH * 2 / 5, TEXT_WIDTH * 3 / 5].map(|width| width.to_string());
    paragraphs.xml.open("w:tbl", &[]);
    paragraphs.xml.open("w:tblPr", &[]);
    paragraphs
        .xml
        .empty("w:tblW", &[("w:w", &TEXT_WIDTH.to_string()), ("w:type", "dxa")]);
    paragraphs.xml.close();
    paragraphs.xml.open("w:tblGrid", &[]);
    for width in &widths {
        paragraphs.xml.empty("w:gridCol", &[("w:w", width)]);
    }
    paragraphs.xml.close();
    paragraphs.xml.open("w:tr", &[]);
    open_cell(paragraphs, &widths[0]);
    left(paragraphs);
    paragraphs.words(Look::style("Head"), "");
    paragraphs.xml.close();
    open_cell(paragraphs, &widths[1]);
    right(paragraphs);
    paragraphs.xml.close();
    paragraphs.xml.close();
    paragraphs.xml.close();
}

fn open_cell(paragraphs: &mut Paragraphs<'_>, width: &str) {
    paragraphs.xml.open("w:tc", &[]);
    paragraphs.xml.open("w:tcPr", &[]);
    paragraphs
        .xml
        .empty("w:tcW", &[("w:w", width), ("w:type", "dxa")]);
    paragraphs.xml.close();
}
