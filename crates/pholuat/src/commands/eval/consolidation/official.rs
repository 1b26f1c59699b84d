//! The official text of a case.

use std::path::Path;

use anyhow::{Context, Result, bail};
use legal::inspect::full_text;
use legal::model::{ActText, ProvisionKind};
use serde::{Deserialize, Serialize};

/// An article of a text.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Article {
    pub number: String,
    #[serde(default)]
    pub heading: Option<String>,
    #[serde(default)]
    pub text: String,
}

#[derive(Deserialize)]
struct File {
    articles: Vec<Article>,
}

/// The articles of `official.json`, else of our own reading of the official file.
pub(super) fn articles(folder: &Path) -> Result<Vec<Article>> {
    let path = folder.join("official.json");
    if path.exists() {
        let file: File = serde_json::from_str(&super::read(&path)?)
            .with_context(|| format!("{} không đúng dạng", path.display()))?;
        return Ok(file.articles);
    }
    for format in ["docx", "html", "pdf", "doc", "txt"] {
        let path = folder.join(format!("official.{format}"));
        if !path.exists() {
            continue;
        }
        let bytes = std::fs::read(&path).with_context(|| format!("không đọc được {}", path.display()))?;
        let reading = readers::read(&path.to_string_lossy(), &bytes);
        let act = reading.items.into_iter().find_map(|item| match item.outcome {
            readers::Outcome::Act(act) => Some(act),
            _ => None,
        });
        if let Some(act) = act {
            return Ok(of(&act).map(|(_, article)| article).collect());
        }
    }
    bail!("không có bản chính thức đọc được (official.json hoặc official.*)")
}

/// The articles of a text with their ids, without the signs of footnotes.
pub(super) fn of(act: &ActText) -> impl Iterator<Item = (String, Article)> {
    let bare = legal::compare::without_signs(act);
    let places =
        (0..bare.provisions.len()).filter(|place| bare.provisions[*place].kind == ProvisionKind::Article);
    let found: Vec<(String, Article)> = places
        .map(|place| {
            let provision = &bare.provisions[place];
            let article = Article {
                number: provision.number.clone(),
                heading: provision.heading.clone(),
                text: full_text(&bare, place),
            };
            (provision.id.clone(), article)
        })
        .collect();
    found.into_iter()
}
