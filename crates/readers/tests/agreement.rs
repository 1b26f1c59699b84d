//! Where one act stands in several formats: every article that both number alike reads alike, or the sources
//! themselves print other words, which are then found in the raw file of each.

mod raw;
mod support;

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::rc::Rc;

use legal::model::Language;
use readers::Outcome;
use readers::archive::{Limits, walk};
use support::{Articles, articles_of, shared};

/// Articles that the sources themselves print differently, each read: act, article, formats, words.
const DIFFERENCES: &str = include_str!("../../../docs/agreement-differences.tsv");

/// Pages of acts that were plainly recognised from a scan: words that no one types, as "bổ trưởng", "trưòng",
/// "quy dinh", in several articles each. Listed with their words in docs/exceptions-docx.md.
const MACHINE_READ: [(&str, &str); 2] = [("69/2020/QH14", "html"), ("17/2023/QH15", "html")];

/// Articles whose words no search of raw bytes finds: those of PDFs, whose text is packed. Looked up with pdftotext.
const BY_HAND: u32 = 1;

/// Formats by the ending of their files. Plain text is what a program took out of a gazette PDF, no published
/// format: shown beside the others, not counted with them.
const FORMATS: [&str; 5] = ["html", "docx", "pdf", "doc", "txt"];

/// One reading of an act.
struct Copy {
    format: &'static str,
    file: String,
    articles: Articles,
    bytes: Rc<[u8]>,
    raw: OnceCell<Option<String>>,
}

impl Copy {
    fn raw(&self) -> Option<&str> {
        let text = || raw::text(self.format, &self.bytes);
        self.raw.get_or_init(text).as_deref()
    }
}

/// Every reading of an act by its number.
type Readings = BTreeMap<String, Vec<Copy>>;

#[test]
fn articles_read_alike_in_every_format() -> Result<(), Box<dyn std::error::Error>> {
    let Some(data) = shared().map(|folder| folder.join("data")) else {
        println!("skipped: no shared data on this machine");
        return Ok(());
    };
    let readings = read_all(&data)?;
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
    let mut differing = BTreeSet::new();
    let mut found = [0, 0, 0];
    for ((one, other), counts) in published() {
        for ((act, article), words) in &counts.differing {
            found[*words as usize] += 1;
            differing.insert(format!("{act}\t{article}\t{one} {other}"));
            if *words != Words::Found {
                println!("{act} {article} {one} {other}: {words:?}");
            }
        }
    }
    let [confirmed, by_hand, unexplained] = found;
    println!(
        "articles equal {same}; differing and explained {} (words of both found in the raw files {confirmed}, \
         looked up by hand {by_hand}); differing unexplained {unexplained}",
        confirmed + by_hand
    );
    assert_eq!(unexplained, 0);
    assert!(by_hand <= BY_HAND);
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

/// Every act of the data, in every format.
fn read_all(data: &Path) -> Result<Readings, Box<dyn std::error::Error>> {
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
    Ok(readings)
}

/// Pairs of files, articles alike, articles that both have.
#[derive(Default)]
struct Counts {
    all: [u32; 3],
    /// Without the sources that were read by machine.
    typed: [u32; 3],
    /// Act and article of those that differ.
    differing: BTreeMap<(String, String), Words>,
}

/// Whether the words in which two readings differ stand so in their own files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Words {
    Found,
    /// A format whose bytes do not show its text.
    Packed,
    Missing,
}

/// The counts of every pair of formats.
fn table(readings: &Readings) -> BTreeMap<(&'static str, &'static str), Counts> {
    let mut table: BTreeMap<(&str, &str), Counts> = BTreeMap::new();
    for (number, copies) in readings {
        for (place, one) in copies.iter().enumerate() {
            for other in copies
                .iter()
                .skip(place + 1)
                .filter(|other| other.format != one.format)
            {
                let key = (one.format.min(other.format), one.format.max(other.format));
                let counts = table.entry(key).or_default();
                let more = compare(number, one, other, &mut counts.differing);
                let machine = |format| MACHINE_READ.contains(&(number.as_str(), format));
                add_counts(&mut counts.all, more);
                if !machine(one.format) && !machine(other.format) {
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
    let all: Rc<[u8]> = bytes.into();
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
        if !copies
            .iter()
            .any(|copy| copy.format == format && copy.articles == articles)
        {
            copies.push(Copy {
                format,
                file: item.name,
                articles,
                bytes: all.clone(),
                raw: OnceCell::new(),
            });
        }
    }
}

/// One pair, articles alike, articles that both have.
fn compare(
    number: &str,
    one: &Copy,
    other: &Copy,
    differing: &mut BTreeMap<(String, String), Words>,
) -> [u32; 3] {
    let mut counts = [1, 0, 0];
    for (id, text) in &one.articles {
        let Some(else_text) = other.articles.get(id) else {
            continue;
        };
        counts[2] += 1;
        counts[1] += u32::from(text == else_text);
        if text != else_text {
            let words = words(one, text, other, else_text);
            differing.insert((number.to_owned(), id.clone()), words);
            println!(
                "{number} {id}\n  {} {text}\n  {} {else_text}",
                one.file, other.file
            );
        }
    }
    counts
}

/// Looks up in the raw text of either file every place where two readings of an article differ.
fn words(one: &Copy, text: &str, other: &Copy, else_text: &str) -> Words {
    let (Some(here), Some(there)) = (one.raw(), other.raw()) else {
        return Words::Packed;
    };
    let all = raw::differences(text, else_text);
    if !all.is_empty() && all.iter().all(|(a, b)| here.contains(a) && there.contains(b)) {
        Words::Found
    } else {
        Words::Missing
    }
}
