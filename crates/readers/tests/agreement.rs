//! Where one act stands in several formats: every article that both number alike reads alike.

mod support;

use std::collections::BTreeMap;
use std::path::Path;

use legal::model::Language;
use readers::Outcome;
use readers::archive::{Limits, walk};
use support::{Articles, articles_of, shared};

/// Share of articles that must read the same, over all pairs. The rest, listed in
/// docs/exceptions-docx.md and exceptions-doc.md, are words that the sources themselves print differently.
const SAME: f64 = 0.98;

/// Formats by the ending of their files.
const FORMATS: [&str; 4] = ["html", "docx", "pdf", "doc"];

/// Every reading of an act: format, file, articles.
type Readings = BTreeMap<String, Vec<(&'static str, String, Articles)>>;

#[test]
fn articles_read_alike_in_every_format() -> Result<(), Box<dyn std::error::Error>> {
    let Some(data) = shared().map(|folder| folder.join("data")) else {
        println!("skipped: no shared data on this machine");
        return Ok(());
    };
    let mut readings = Readings::new();
    for archive in ["html", "docx", "doc"] {
        let packed = data.join(format!("acts/{archive}.tar.zst"));
        let bytes = std::fs::read(&packed)?;
        walk(
            &packed.to_string_lossy(),
            &bytes,
            &Limits::default(),
            &mut |name, bytes| {
                add(&mut readings, name, &bytes);
            },
        )?;
    }
    add_folder(&mut readings, &data.join("acts/gazette_pdf"))?;
    for case in std::fs::read_dir(data.join("consolidation"))? {
        let case = case?.path();
        if case.is_dir() {
            add_folder(&mut readings, &case)?;
        }
    }
    let mut table: BTreeMap<(&str, &str), [u32; 3]> = BTreeMap::new();
    for (number, copies) in &readings {
        for (place, one) in copies.iter().enumerate() {
            for other in copies.iter().skip(place + 1).filter(|other| other.0 != one.0) {
                let counts = table.entry((one.0.min(other.0), one.0.max(other.0))).or_default();
                let [acts, alike, all] = compare(number, one, other);
                *counts = [counts[0] + acts, counts[1] + alike, counts[2] + all];
            }
        }
    }
    let (mut same, mut all) = (0, 0);
    for ((one, other), [acts, alike, articles]) in &table {
        println!("{one} and {other}: {acts} pairs of files, {alike} of {articles} articles alike");
        same += alike;
        all += articles;
    }
    println!("all: {same} of {all}");
    assert!(all > 2_500 && f64::from(same) >= SAME * f64::from(all));
    Ok(())
}

fn add_folder(readings: &mut Readings, folder: &Path) -> std::io::Result<()> {
    for file in std::fs::read_dir(folder)? {
        let path = file?.path();
        add(readings, &path.to_string_lossy(), &std::fs::read(&path)?);
    }
    Ok(())
}

/// Reads one file; the same text twice in one format counts once. By number of the act.
fn add(readings: &mut Readings, name: &str, bytes: &[u8]) {
    let Some(format) = FORMATS
        .into_iter()
        .find(|format| name.ends_with(&format!(".{format}")))
    else {
        return;
    };
    for item in readers::read(name, bytes).items {
        let Outcome::Act(act) = item.outcome else { continue };
        // Numbers of local acts repeat between provinces.
        let number = act.metadata.number.clone();
        let Some(number) = number.filter(|number| !number.contains("UBND") && !number.contains("HĐND"))
        else {
            continue;
        };
        let articles = articles_of(&act);
        if act.language != Language::Vi || articles.is_empty() {
            continue;
        }
        let copies = readings.entry(number).or_default();
        if !copies.iter().any(|copy| copy.0 == format && copy.2 == articles) {
            copies.push((format, item.name, articles));
        }
    }
}

/// One pair, articles alike, articles that both have.
fn compare(
    number: &str,
    one: &(&'static str, String, Articles),
    other: &(&'static str, String, Articles),
) -> [u32; 3] {
    let mut counts = [1, 0, 0];
    for (id, text) in &one.2 {
        let Some(else_text) = other.2.get(id) else {
            continue;
        };
        counts[2] += 1;
        counts[1] += u32::from(text == else_text);
        if text != else_text {
            println!("{number} {id}\n  {} {text}\n  {} {else_text}", one.1, other.1);
        }
    }
    counts
}
