//! Articles and heads of real Word files against the counts decided by reading.

mod support;

use std::path::Path;

use readers::Outcome;
use readers::archive::{Limits, walk};
use support::{count, missing, rows, shared};

/// Share of files whose counts must agree.
const BAR: f64 = 0.99;

#[test]
fn articles_of_word_files_agree_with_the_counts_decided_by_reading() -> Result<(), Box<dyn std::error::Error>>
{
    let Some(acts) = shared().map(|folder| folder.join("data/acts")) else {
        println!("skipped: no shared data on this machine");
        return Ok(());
    };
    let expected = rows(&std::fs::read_to_string(acts.join("counts.tsv"))?, "docx/");
    let packed = std::fs::read(acts.join("docx.tar.zst"))?;
    let (mut seen, mut right) = (0u32, 0u32);
    walk("docx.tar.zst", &packed, &Limits::default(), &mut |name, bytes| {
        let Some((_, row)) = expected.iter().find(|(path, _)| name.ends_with(path.as_str())) else {
            return;
        };
        let got = count(name, &bytes);
        seen += 1;
        right += u32::from(got == row.expected);
        if got != row.expected {
            println!("{name}: expected {}, got {got}", row.expected);
        }
    })?;
    println!("Word {right} of {seen}");
    assert_eq!(seen as usize, expected.len(), "every row has its file");
    assert!(f64::from(right) >= BAR * f64::from(seen));
    Ok(())
}

/// Word copies of acts that stand beside the same act as HTML.
#[test]
fn word_copies_count_like_the_pages_beside_them() -> Result<(), Box<dyn std::error::Error>> {
    let Some(cases) = shared().map(|folder| folder.join("data/consolidation")) else {
        println!("skipped: no shared data on this machine");
        return Ok(());
    };
    let mut compared = 0;
    for case in std::fs::read_dir(cases)? {
        for file in std::fs::read_dir(case?.path()).into_iter().flatten() {
            let word = file?.path();
            if word.extension().is_none_or(|ending| ending != "docx") {
                continue;
            }
            let got = count_of(&word)?;
            println!("{}: {got}", word.display());
            assert!(
                got.parse::<u32>().is_ok_and(|count| count > 0),
                "{}: {got}",
                word.display()
            );
            let page = word.with_extension("html");
            if page.is_file() {
                assert_eq!(got, count_of(&page)?, "{}", word.display());
                compared += 1;
            }
        }
    }
    assert!(compared > 0, "no act stands in both formats");
    Ok(())
}

fn count_of(path: &Path) -> std::io::Result<String> {
    Ok(count(&path.to_string_lossy(), &std::fs::read(path)?))
}

/// What `metadata` must say of every Word file of an act.
#[test]
fn heads_of_word_files_are_read() -> Result<(), Box<dyn std::error::Error>> {
    let Some(acts) = shared().map(|folder| folder.join("data/acts")) else {
        println!("skipped: no shared data on this machine");
        return Ok(());
    };
    let packed = std::fs::read(acts.join("docx.tar.zst"))?;
    let (mut seen, mut whole) = (0u32, 0u32);
    walk("docx.tar.zst", &packed, &Limits::default(), &mut |name, bytes| {
        for item in readers::read(name, &bytes).items {
            let Outcome::Act(act) = item.outcome else { continue };
            let missing = missing(&act);
            seen += 1;
            whole += u32::from(missing.is_empty());
            if !missing.is_empty() {
                println!("{name}: without {}", missing.join(", "));
            }
        }
    })?;
    println!("heads {whole} of {seen}");
    assert!(f64::from(whole) >= 0.9 * f64::from(seen));
    Ok(())
}
