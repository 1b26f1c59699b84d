//! The articles of official consolidated texts against an independent reading of the same files.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use legal::model::{ActText, Footnote, Mark, MarkKind, Para, Provision, ProvisionKind};
use readers::Outcome;

/// Share of articles that must be equal.
const BAR: f64 = 0.98;

/// The folder of real data; `None` where this machine has none.
fn shared() -> Option<PathBuf> {
    if let Some(folder) = std::env::var_os("PHOLUAT_SHARED") {
        return Some(PathBuf::from(folder)).filter(|folder| folder.is_dir());
    }
    let here = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    here.ancestors()
        .map(|above| above.join("../shared"))
        .find(|folder| folder.join("data/consolidation").is_dir())
}

/// An article as the independent reading has it.
#[derive(serde::Deserialize)]
struct Official {
    number: String,
    heading: Option<String>,
    text: String,
    footnotes: Vec<String>,
}

#[derive(serde::Deserialize)]
struct Case {
    articles: Vec<Official>,
}

/// The normalisation of docs/exceptions-pdf.md: spaces, dashes, quotation marks.
fn normal(text: &str) -> String {
    let text: String = viet::nfc(text)
        .chars()
        .map(|c| match c {
            '–' | '—' | '‑' | '−' => '-',
            '“' | '”' | '„' => '"',
            '‘' | '’' => '\'',
            _ => c,
        })
        .collect();
    let mut text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    for sign in [".", ",", ";", ":"] {
        text = text.replace(&format!(" {sign}"), sign);
    }
    text
}

/// Text without the signs of footnotes.
fn unsigned(text: &str, marks: &[Mark]) -> String {
    let mut out = text.to_owned();
    for mark in marks
        .iter()
        .rev()
        .filter(|mark| matches!(mark.kind, MarkKind::Note(_)))
    {
        out.replace_range(mark.start as usize..mark.end as usize, "");
    }
    out
}

/// Removes the signs of footnotes from all paragraphs of an act.
fn bare(mut act: ActText) -> ActText {
    for provision in &mut act.provisions {
        if let Some(heading) = &mut provision.heading {
            *heading = unsigned(heading, &provision.heading_marks);
        }
        for block in &mut provision.blocks {
            bare_block(block);
        }
    }
    act
}

fn bare_block(block: &mut legal::model::Block) {
    use legal::model::Block;
    let strip = |para: &mut Para| para.text = unsigned(&para.text, &para.marks);
    match block {
        Block::Para(para) => strip(para),
        Block::Table(table) => table
            .rows
            .iter_mut()
            .flat_map(|row| &mut row.cells)
            .flat_map(|cell| &mut cell.paras)
            .for_each(strip),
        Block::Quote(quote) => quote.blocks.iter_mut().for_each(bare_block),
    }
}

/// Articles of the main part: number → heading, text, footnotes.
fn articles(act: &ActText) -> BTreeMap<String, (String, String, Vec<String>)> {
    let mut out = BTreeMap::new();
    for (place, provision) in act.provisions.iter().enumerate() {
        if provision.kind != ProvisionKind::Article || provision.part != "main" {
            continue;
        }
        let below = act
            .provisions
            .iter()
            .skip(place + 1)
            .take_while(|below| below.kind > ProvisionKind::Article);
        let own: Vec<&Provision> = std::iter::once(provision).chain(below).collect();
        let notes = own
            .iter()
            .flat_map(|provision| &provision.notes)
            .map(note_text)
            .collect();
        let heading = normal(provision.heading.as_deref().unwrap_or_default());
        let text = normal(&legal::inspect::full_text(act, place));
        out.insert(provision.number.clone(), (heading, text, notes));
    }
    out
}

fn note_text(note: &Footnote) -> String {
    normal(&note.text)
}

/// Articles of one case.
#[derive(Default)]
struct Tally {
    all: u32,
    equal: u32,
    notes: u32,
    notes_equal: u32,
}

fn compare(folder: &Path) -> Result<Tally, Box<dyn std::error::Error>> {
    let bytes = std::fs::read(folder.join("official.pdf"))?;
    let case: Case = serde_json::from_slice(&std::fs::read(folder.join("official.json"))?)?;
    let reading = readers::read("official.pdf", &bytes);
    let Some(Outcome::Act(act)) = reading.items.into_iter().next().map(|item| item.outcome) else {
        return Err(format!("{}: not read as an act", folder.display()).into());
    };
    let got = articles(&bare(*act));
    let mut tally = Tally::default();
    for official in &case.articles {
        tally.all += 1;
        let heading = normal(official.heading.as_deref().unwrap_or_default());
        let expected = (heading, normal(&official.text));
        let (own, notes) = got
            .get(&official.number)
            .map_or_else(Default::default, |(heading, text, notes)| {
                ((heading.clone(), text.clone()), notes.clone())
            });
        let wanted: Vec<String> = official.footnotes.iter().map(|note| normal(note)).collect();
        tally.notes += u32::try_from(wanted.len())?;
        tally.notes_equal += u32::try_from(wanted.iter().filter(|note| notes.contains(note)).count())?;
        if own == expected {
            tally.equal += 1;
        } else {
            println!("  Điều {}: {}", official.number, difference(&own, &expected));
        }
        for note in wanted.iter().filter(|note| !notes.contains(note)) {
            println!("  Điều {}: note not attached: {note}", official.number);
        }
    }
    Ok(tally)
}

/// The first place where two articles differ, with some text around it.
fn difference(own: &(String, String), expected: &(String, String)) -> String {
    let (own, expected) = (
        format!("{} | {}", own.0, own.1),
        format!("{} | {}", expected.0, expected.1),
    );
    let same = own
        .chars()
        .zip(expected.chars())
        .take_while(|(a, b)| a == b)
        .count();
    let around = |text: &str| {
        text.chars()
            .skip(same.saturating_sub(30))
            .take(90)
            .collect::<String>()
    };
    format!("read “{}”, official “{}”", around(&own), around(&expected))
}

#[test]
fn articles_of_official_texts_are_equal() -> Result<(), Box<dyn std::error::Error>> {
    let Some(cases) = shared().map(|folder| folder.join("data/consolidation")) else {
        println!("skipped: no shared data on this machine");
        return Ok(());
    };
    let mut folders: Vec<PathBuf> = std::fs::read_dir(cases)?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|folder| folder.join("official.json").is_file() && folder.join("official.pdf").is_file())
        .collect();
    folders.sort();
    let mut whole = Tally::default();
    for folder in &folders {
        println!("{}", folder.file_name().unwrap_or_default().to_string_lossy());
        let tally = compare(folder)?;
        println!(
            "  articles {} of {}, footnotes {} of {}",
            tally.equal, tally.all, tally.notes_equal, tally.notes
        );
        whole.all += tally.all;
        whole.equal += tally.equal;
        whole.notes += tally.notes;
        whole.notes_equal += tally.notes_equal;
    }
    println!(
        "all: articles {} of {}, footnotes {} of {}",
        whole.equal, whole.all, whole.notes_equal, whole.notes
    );
    assert!(whole.all > 0, "no case was compared");
    assert!(f64::from(whole.equal) >= BAR * f64::from(whole.all));
    assert!(f64::from(whole.notes_equal) >= BAR * f64::from(whole.notes));
    Ok(())
}
