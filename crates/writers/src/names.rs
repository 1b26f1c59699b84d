//! How provisions are named in print, in both languages.

use legal::model::{Language, ProvisionKind};

/// The number of a provision as printed before its heading or text:
/// "Phần thứ nhất", "Chương II", "Điều 7.", "2.", "đ)".
#[must_use]
pub fn printed_number(language: Language, kind: ProvisionKind, number: &str) -> String {
    let word = match (language, kind) {
        (_, ProvisionKind::Clause) => return format!("{number}."),
        (_, ProvisionKind::Point) => return format!("{number})"),
        (Language::Vi, ProvisionKind::Part) => "Phần",
        (Language::Vi, ProvisionKind::Chapter) => "Chương",
        (Language::Vi, ProvisionKind::Section) => "Mục",
        (Language::Vi, ProvisionKind::Subsection) => "Tiểu mục",
        (Language::Vi, ProvisionKind::Article) => return format!("Điều {number}."),
        (Language::En, ProvisionKind::Part) => "Part",
        (Language::En, ProvisionKind::Chapter) => "Chapter",
        (Language::En, ProvisionKind::Section) => "Section",
        (Language::En, ProvisionKind::Subsection) => "Sub-section",
        (Language::En, ProvisionKind::Article) => return format!("Article {number}."),
    };
    format!("{word} {number}")
}

/// The name of a provision in a table of contents: "Điều 7. Phạm vi điều chỉnh", "Chương II. …".
pub(crate) fn contents_line(number: &str, heading: Option<&str>) -> String {
    match heading {
        Some(heading) => format!("{}. {heading}", number.trim_end_matches('.')),
        None => number.trim_end_matches('.').to_owned(),
    }
}
