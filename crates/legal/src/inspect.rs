//! What `pholuat inspect --json` prints.
use crate::model::{ActText, PartKind, ProvisionKind};

/// Articles of the main text and of each attached regulation: "16" or "3+22".
#[must_use]
pub fn article_counts(act: &ActText) -> String {
    let parts = act.parts.iter().filter(|part| part.kind != PartKind::Appendix);
    let counts: Vec<String> = parts
        .map(|part| {
            let articles = act
                .provisions
                .iter()
                .filter(|p| p.part == part.id && p.kind == ProvisionKind::Article);
            articles.count().to_string()
        })
        .collect();
    counts.join("+")
}
