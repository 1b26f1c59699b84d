//! Articles and heads of real Word 97–2003 files against the table decided by reading, and
//! against the same acts in other formats.

mod support;

use readers::Outcome;
use readers::archive::{Limits, walk};
use support::{articles, by_number, count, missing, rows, shared};

/// Share of files whose counts must agree; the rest stand in docs/exceptions-doc.md.
const BAR: f64 = 0.97;
/// Share of articles that must read alike in two formats. One act stands in several, and its
/// sources differ in words: docs/exceptions-doc.md lists each.
const SAME: f64 = 0.95;
/// Files that hold an old decree, which prints neither title nor signature.
const HEADLESS: u32 = 13;
/// What the head of every act gives all the same.
const PRINTED: [&str; 4] = ["kind", "number", "issuer", "issued"];

#[test]
fn articles_and_numbers_agree_with_the_table() -> Result<(), Box<dyn std::error::Error>> {
    let Some(acts) = shared().map(|folder| folder.join("data/acts")) else {
        println!("skipped: no shared data on this machine");
        return Ok(());
    };
    let expected = rows(&std::fs::read_to_string(acts.join("counts.tsv"))?, "doc/");
    let expected: Vec<_> = expected
        .iter()
        .filter(|(path, _)| path.starts_with("doc/"))
        .collect();
    let packed = std::fs::read(acts.join("doc.tar.zst"))?;
    let (mut seen, mut right, mut numbered, mut headless) = (0u32, 0u32, 0u32, 0u32);
    walk("doc.tar.zst", &packed, &Limits::default(), &mut |name, bytes| {
        let file = |path: &str| path.rsplit('/').next().map(str::to_owned);
        let Some((_, row)) = expected.iter().find(|(path, _)| file(path) == file(name)) else {
            return;
        };
        // Letters are no acts: the table leaves their count open.
        let wanted = if row.expected.is_empty() {
            "0"
        } else {
            row.expected.as_str()
        };
        let got = count(name, &bytes);
        seen += 1;
        right += u32::from(got == wanted);
        if got != wanted {
            println!("{name}: expected {wanted}, got {got}");
        }
        for item in readers::read(name, &bytes).items {
            let Outcome::Act(act) = item.outcome else { continue };
            numbered += u32::from(act.metadata.number.as_deref() == Some(row.number.as_str()));
            let missing = missing(&act);
            headless += u32::from(!missing.is_empty());
            assert!(
                !missing.iter().any(|field| PRINTED.contains(field)),
                "{name}: without {missing:?}"
            );
            if act.metadata.number.as_deref() != Some(row.number.as_str()) || !missing.is_empty() {
                println!(
                    "{name}: {:?}, without {}",
                    act.metadata.number,
                    missing.join(", ")
                );
            }
        }
    })?;
    println!("Word 97–2003: counts {right}, numbers {numbered} of {seen}; heads not whole {headless}");
    assert_eq!(seen as usize, expected.len(), "every row has its file");
    assert!(f64::from(right) >= BAR * f64::from(seen));
    assert!(f64::from(numbered) >= BAR * f64::from(seen));
    assert!(headless <= HEADLESS);
    Ok(())
}

#[test]
fn articles_read_alike_from_word_97_files_and_others() -> Result<(), Box<dyn std::error::Error>> {
    let Some(acts) = shared().map(|folder| folder.join("data/acts")) else {
        println!("skipped: no shared data on this machine");
        return Ok(());
    };
    let table = std::fs::read_to_string(acts.join("counts.tsv"))?;
    let word = {
        let mut rows = rows(&table, "doc/");
        rows.retain(|path, _| path.starts_with("doc/"));
        // The archive keeps its files in a folder of another name.
        let renamed = rows
            .into_iter()
            .map(|(path, row)| (path.trim_start_matches("doc/").to_owned(), row));
        renamed.collect()
    };
    let (mut same, mut all) = (0u32, 0u32);
    for (archive, folder) in [("docx.tar.zst", "docx/"), ("html.tar.zst", "html/html/")] {
        let others = rows(&table, folder);
        let files = by_number(&acts.join("doc.tar.zst"), &word, &others)?;
        for (number, other) in by_number(&acts.join(archive), &others, &word)? {
            let Some(own) = files.get(&number) else { continue };
            for (id, text) in own {
                let Some(other) = other.get(id) else { continue };
                all += 1;
                same += u32::from(text == other);
                if text != other {
                    println!("{number} {id}\n  W {text}\n  O {other}");
                }
            }
        }
    }
    println!("articles alike {same} of {all}");
    assert!(all > 0 && f64::from(same) >= SAME * f64::from(all));
    Ok(())
}

/// An article without any text is a heading that was taken for one, or text that went elsewhere.
#[test]
fn articles_are_not_empty() -> Result<(), Box<dyn std::error::Error>> {
    let Some(acts) = shared().map(|folder| folder.join("data/acts")) else {
        println!("skipped: no shared data on this machine");
        return Ok(());
    };
    let packed = std::fs::read(acts.join("doc.tar.zst"))?;
    let (mut empty, mut all) = (0, 0);
    walk("doc.tar.zst", &packed, &Limits::default(), &mut |name, bytes| {
        for (id, text) in articles(name, &bytes) {
            all += 1;
            empty += u32::from(text.is_empty());
            if text.is_empty() {
                println!("{name} {id}");
            }
        }
    })?;
    println!("articles without text {empty} of {all}");
    assert!(empty * 200 <= all);
    Ok(())
}
