//! What the tests over real data share: the folder, the table of counts, the reading of one file.

#![allow(dead_code, reason = "every test uses its own part of this")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use readers::Outcome;
use readers::archive::{Limits, walk};

/// The folder of real data; `None` where this machine has none.
pub fn shared() -> Option<PathBuf> {
    if let Some(folder) = std::env::var_os("PHOLUAT_SHARED") {
        return Some(PathBuf::from(folder)).filter(|folder| folder.is_dir());
    }
    let here = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    here.ancestors()
        .map(|above| above.join("../shared"))
        .find(|folder| folder.join("data/acts/counts.tsv").is_file())
}

/// One row of `counts.tsv`.
pub struct Row {
    pub expected: String,
    pub english: bool,
    pub number: String,
}

/// The rows whose path contains `folder`, by path.
pub fn rows(table: &str, folder: &str) -> BTreeMap<String, Row> {
    let lines = table.lines().skip(1);
    lines
        .filter_map(row)
        .filter(|(path, _)| path.contains(folder))
        .collect()
}

fn row(line: &str) -> Option<(String, Row)> {
    let cells: Vec<&str> = line.split('\t').collect();
    let (path, number, main, attached) = (cells.first()?, cells.get(1)?, cells.get(2)?, cells.get(3)?);
    let note = cells.get(5).copied().unwrap_or_default();
    let expected = if note.contains("metadata only") {
        "metadata".to_owned()
    } else if attached.is_empty() {
        (*main).to_owned()
    } else {
        format!("{main}+{}", attached.replace(';', "+"))
    };
    let english = note.contains("English translation");
    let number = (*number).to_owned();
    Some((
        (*path).to_owned(),
        Row {
            expected,
            english,
            number,
        },
    ))
}

/// What a file counts as: "16", "3+22", "metadata" or why it was refused.
pub fn count(name: &str, bytes: &[u8]) -> String {
    match readers::read(name, bytes).items.first().map(|item| &item.outcome) {
        Some(Outcome::Act(act)) => legal::inspect::article_counts(act),
        Some(Outcome::MetadataOnly(_)) => "metadata".to_owned(),
        Some(Outcome::Refused(refusal)) => format!("refused: {}", refusal.code),
        None => "nothing".to_owned(),
    }
}

/// Heading and text of every article by id.
pub type Articles = BTreeMap<String, String>;

/// Articles of the Vietnamese files of an archive whose number the other archive has too.
pub fn by_number(
    archive: &Path,
    own: &BTreeMap<String, Row>,
    other: &BTreeMap<String, Row>,
) -> Result<BTreeMap<String, Articles>, Box<dyn std::error::Error>> {
    let mut out = BTreeMap::new();
    let name = archive.to_string_lossy().into_owned();
    walk(
        &name,
        &std::fs::read(archive)?,
        &Limits::default(),
        &mut |name, bytes| {
            let Some((_, row)) = own.iter().find(|(path, _)| name.ends_with(path.as_str())) else {
                return;
            };
            let wanted = !row.english && row.expected != "metadata";
            if wanted
                && other
                    .values()
                    .any(|other| other.number == row.number && !other.english)
            {
                out.insert(row.number.clone(), articles(name, &bytes));
            }
        },
    )?;
    Ok(out)
}

/// A text without what sources write either way: spaces, large letters, signs between words,
/// and the place of the tone in "hoà" and "hòa".
pub fn alike(text: &str) -> String {
    const PLACES: [&str; 3] = [
        "òa óa ỏa õa ọa oà oá oả oã oạ",
        "òe óe ỏe õe ọe oè oé oẻ oẽ oẹ",
        "ùy úy ủy ũy ụy uỳ uý uỷ uỹ uỵ",
    ];
    let mut text: String = text
        .to_lowercase()
        .chars()
        .filter(|c| c.is_alphanumeric())
        .collect();
    for forms in PLACES {
        let forms: Vec<&str> = forms.split(' ').collect();
        let (first, second) = forms.split_at(5);
        for (one, other) in first.iter().zip(second) {
            text = text.replace(one, other);
        }
    }
    text
}

/// The articles of a file.
pub fn articles(name: &str, bytes: &[u8]) -> Articles {
    let mut out = Articles::new();
    for item in readers::read(name, bytes).items {
        if let Outcome::Act(act) = item.outcome {
            out.extend(articles_of(&act));
        }
    }
    out
}

/// Heading and text of every article of an act, as [`alike`] writes them.
pub fn articles_of(act: &legal::model::ActText) -> Articles {
    let provisions = act.provisions.iter().enumerate();
    let articles = provisions.filter(|(_, provision)| provision.kind == legal::model::ProvisionKind::Article);
    articles
        .map(|(place, provision)| {
            let heading = provision.heading.clone().unwrap_or_default();
            let text = format!("{heading} {}", legal::inspect::full_text(act, place));
            (provision.id.clone(), alike(&text))
        })
        .collect()
}

/// What the head of an act does not tell of itself.
pub fn missing(act: &legal::model::ActText) -> Vec<&'static str> {
    let data = &act.metadata;
    [
        ("kind", data.kind.is_none()),
        ("number", data.number.is_none()),
        ("issuer", data.issuers.is_empty()),
        ("title", data.title.is_none()),
        ("issued", data.issued.is_none()),
        ("signer", data.signers.is_empty()),
    ]
    .into_iter()
    .filter_map(|(field, missing)| missing.then_some(field))
    .collect()
}
