//! Articles of the real set against the counts decided by reading.

use std::collections::BTreeMap;
use std::path::PathBuf;

use readers::Outcome;
use readers::archive::{Limits, walk};

/// Share of Vietnamese acts whose counts must agree.
const BAR: f64 = 0.99;

/// The folder of real data; `None` where this machine has none.
fn shared() -> Option<PathBuf> {
    if let Some(folder) = std::env::var_os("PHOLUAT_SHARED") {
        return Some(PathBuf::from(folder)).filter(|folder| folder.is_dir());
    }
    let here = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    here.ancestors()
        .map(|above| above.join("../shared"))
        .find(|folder| folder.join("data/acts/counts.tsv").is_file())
}

/// One row of `counts.tsv`.
struct Row {
    expected: String,
    english: bool,
}

fn rows(table: &str) -> BTreeMap<String, Row> {
    let lines = table.lines().skip(1).filter(|line| line.contains("html/html/"));
    lines.filter_map(row).collect()
}

fn row(line: &str) -> Option<(String, Row)> {
    let cells: Vec<&str> = line.split('\t').collect();
    let (path, main, attached) = (cells.first()?, cells.get(2)?, cells.get(3)?);
    let note = cells.get(5).copied().unwrap_or_default();
    let expected = if note.contains("metadata only") {
        "metadata".to_owned()
    } else if attached.is_empty() {
        (*main).to_owned()
    } else {
        format!("{main}+{}", attached.replace(';', "+"))
    };
    Some((
        (*path).to_owned(),
        Row {
            expected,
            english: note.contains("English translation"),
        },
    ))
}

fn count(name: &str, bytes: &[u8]) -> String {
    match readers::read(name, bytes).items.first().map(|item| &item.outcome) {
        Some(Outcome::Act(act)) => legal::inspect::article_counts(act),
        Some(Outcome::MetadataOnly(_)) => "metadata".to_owned(),
        Some(Outcome::Refused(refusal)) => format!("refused: {}", refusal.code),
        None => "nothing".to_owned(),
    }
}

/// Acts seen and acts whose count agrees.
#[derive(Default)]
struct Tally {
    seen: u32,
    right: u32,
}

#[test]
fn articles_agree_with_the_counts_decided_by_reading() -> Result<(), Box<dyn std::error::Error>> {
    let Some(acts) = shared().map(|folder| folder.join("data/acts")) else {
        println!("skipped: no shared data on this machine");
        return Ok(());
    };
    let expected = rows(&std::fs::read_to_string(acts.join("counts.tsv"))?);
    let packed = std::fs::read(acts.join("html.tar.zst"))?;
    let (mut vietnamese, mut english) = (Tally::default(), Tally::default());
    walk("html.tar.zst", &packed, &Limits::default(), &mut |name, bytes| {
        let Some((_, row)) = expected.iter().find(|(path, _)| name.ends_with(path.as_str())) else {
            return;
        };
        let got = count(name, &bytes);
        let tally = if row.english {
            &mut english
        } else {
            &mut vietnamese
        };
        tally.seen += 1;
        tally.right += u32::from(got == row.expected);
        if got != row.expected {
            println!("{name}: expected {}, got {got}", row.expected);
        }
    })?;
    println!("Vietnamese {} of {}", vietnamese.right, vietnamese.seen);
    println!("English {} of {}", english.right, english.seen);
    assert_eq!(
        (vietnamese.seen + english.seen) as usize,
        expected.len(),
        "every row has its file"
    );
    assert!(f64::from(vietnamese.right) >= BAR * f64::from(vietnamese.seen));
    assert!(f64::from(english.right) >= BAR * f64::from(english.seen));
    Ok(())
}
