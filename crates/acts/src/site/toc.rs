//! The contents of an act.

use legal::model::{ActText, PartKind, Provision, ProvisionKind};

use super::law::label;

/// One line of the contents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Anchor.
    pub id: String,
    /// "Điều 7. Chính sách của Nhà nước đối với quan hệ dân sự".
    pub label: String,
    /// A heading above articles (part, chapter …) rather than an article.
    pub heading: bool,
}

/// Headings and articles in order; attached regulations and appendices with their titles.
#[must_use]
pub fn contents(text: &ActText) -> Vec<Line> {
    let mut lines = Vec::new();
    for part in &text.parts {
        if part.kind != PartKind::Main {
            lines.push(Line {
                id: part.id.clone(),
                label: part.title.clone(),
                heading: true,
            });
        }
        let own = text.provisions.iter().filter(|p| p.part == part.id);
        lines.extend(
            own.filter(|p| p.kind <= ProvisionKind::Article)
                .map(|p| line(p, text)),
        );
    }
    lines
}

/// One provision as a line: "Chương II. Xác lập, thực hiện và bảo vệ quyền dân sự".
#[must_use]
pub fn line(provision: &Provision, text: &ActText) -> Line {
    let mut words = label(provision, text.language);
    if let Some(heading) = provision.heading.as_deref().filter(|heading| !heading.is_empty()) {
        words.push_str(". ");
        words.push_str(heading);
    }
    Line {
        id: provision.id.clone(),
        label: words,
        heading: provision.kind < ProvisionKind::Article,
    }
}
