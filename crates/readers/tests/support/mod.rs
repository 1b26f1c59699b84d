//! What the tests over real data share: the folder, the table of counts, the reading of one file.

#![allow(dead_code, reason = "every test uses its own part of this")]

use std::collections::BTreeMap;
use std::path::PathBuf;

use readers::Outcome;

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
