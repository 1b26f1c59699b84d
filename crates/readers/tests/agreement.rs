//! Where one act stands in several formats: every article that both number alike reads alike.

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use legal::model::Language;
use readers::Outcome;
use readers::archive::{Limits, walk};
use support::{Articles, articles_of, shared};

/// Articles that the sources themselves print differently, each read: act, article, formats, words.
const DIFFERENCES: &str = include_str!("../../../docs/agreement-differences.tsv");

/// Pages of acts that were plainly recognised from a scan: words that no one types, as "bổ trưởng", "trưòng",
/// "quy dinh", in several articles each. Listed with their words in docs/exceptions-docx.md.
const MACHINE_READ: [(&str, &str); 2] = [("69/2020/QH14", "html"), ("17/2023/QH15", "html")];

/// Formats by the ending of their files. Plain text is what a program took out of a gazette PDF, no published
/// format: shown beside the others, not counted with them.
const FORMATS: [&str; 5] = ["html", "docx", "pdf", "doc", "txt"];

/// Every reading of an act: format, file, articles.
type Readings = BTreeMap<String, Vec<(&'static str, String, Articles)>>;

#[test]
fn articles_read_alike_in_every_format() -> Result<(), Box<dyn std::error::Error>> {
    let Some(data) = shared().map(|folder| folder.join("data")) else {
        println!("skipped: no shared data on this machine");
        return Ok(());
    };
    let mut readings = Readings::new();
    for archive in ["html", "docx", "doc", "gazette_txt"] {
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
    let table = table(&readings);
    for ((one, other), counts) in &table {
        let [acts, alike, articles] = counts.all;
        println!("{one} and {other}: {acts} pairs of files, {alike} of {articles} articles alike");
    }
    let published = || {
        table
            .iter()
            .filter(|((one, other), _)| *one != "txt" && *other != "txt")
    };
    let sum = |part: fn(&Counts) -> [u32; 3]| {
        published().fold([0, 0], |[same, all], (_, counts)| {
            [same + part(counts)[1], all + part(counts)[2]]
        })
    };
    let [same, all] = sum(|counts| counts.all);
    let [typed_same, typed] = sum(|counts| counts.typed);
    println!("published formats: {same} of {all}; without pages read by machine: {typed_same} of {typed}");
    assert!(all > 2_500);
    let differing = published().flat_map(|((one, other), counts)| {
        let articles = counts.differing.iter();
        articles.map(move |(act, article)| format!("{act}\t{article}\t{one} {other}"))
    });
    let differing: BTreeSet<String> = differing.collect();
    let listed = DIFFERENCES.lines().filter(|line| !line.starts_with('#'));
    let listed: BTreeSet<String> = listed
        .filter_map(|line| line.rsplit_once('\t'))
        .map(|(place, _)| place.to_owned())
        .collect();
    assert_eq!(
        differing, listed,
        "differences and docs/agreement-differences.tsv"
    );
    Ok(())
}

/// Pairs of files, articles alike, articles that both have.
#[derive(Default)]
struct Counts {
    all: [u32; 3],
    /// Without the sources that were read by machine.
    typed: [u32; 3],
    /// Act and article of those that differ.
    differing: BTreeSet<(String, String)>,
}

/// The counts of every pair of formats.
fn table(readings: &Readings) -> BTreeMap<(&'static str, &'static str), Counts> {
    let mut table: BTreeMap<(&str, &str), Counts> = BTreeMap::new();
    for (number, copies) in readings {
        for (place, one) in copies.iter().enumerate() {
            for other in copies.iter().skip(place + 1).filter(|other| other.0 != one.0) {
                let counts = table.entry((one.0.min(other.0), one.0.max(other.0))).or_default();
                let more = compare(number, one, other, &mut counts.differing);
                let machine = |format| MACHINE_READ.contains(&(number.as_str(), format));
                add_counts(&mut counts.all, more);
                if !machine(one.0) && !machine(other.0) {
                    add_counts(&mut counts.typed, more);
                }
            }
        }
    }
    table
}

fn add_counts(to: &mut [u32; 3], more: [u32; 3]) {
    to.iter_mut().zip(more).for_each(|(to, more)| *to += more);
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
    differing: &mut BTreeSet<(String, String)>,
) -> [u32; 3] {
    let mut counts = [1, 0, 0];
    for (id, text) in &one.2 {
        let Some(else_text) = other.2.get(id) else {
            continue;
        };
        counts[2] += 1;
        counts[1] += u32::from(text == else_text);
        if text != else_text {
            differing.insert((number.to_owned(), id.clone()));
            println!("{number} {id}\n  {} {text}\n  {} {else_text}", one.1, other.1);
        }
    }
    counts
}
