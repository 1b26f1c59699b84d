//! Articles of real gazette PDFs against the counts decided by reading, and of the PDF copies
//! beside acts in other formats.

mod support;

use std::collections::BTreeMap;

use readers::Outcome;
use support::{count, rows, shared};

/// Share of files whose counts must agree.
const BAR: f64 = 0.97;

#[test]
fn articles_of_gazette_pdfs_agree_with_the_counts_decided_by_reading()
-> Result<(), Box<dyn std::error::Error>> {
    let Some(acts) = shared().map(|folder| folder.join("data/acts")) else {
        println!("skipped: no shared data on this machine");
        return Ok(());
    };
    let expected = rows(&std::fs::read_to_string(acts.join("counts.tsv"))?, "gazette_pdf/");
    let (mut right, mut numbered) = (0u32, 0u32);
    for (path, row) in &expected {
        let bytes = std::fs::read(acts.join(path))?;
        let got = count(path, &bytes);
        right += u32::from(got == row.expected);
        if got != row.expected {
            println!("{path}: expected {}, got {got}", row.expected);
        }
        let number = number_of(path, &bytes);
        numbered += u32::from(number.as_deref() == Some(row.number.as_str()));
        if number.as_deref() != Some(row.number.as_str()) {
            println!("{path}: number {}, got {number:?}", row.number);
        }
    }
    println!("PDF counts {right} of {}, numbers {numbered}", expected.len());
    assert!(!expected.is_empty(), "the table has rows for PDFs");
    assert!(f64::from(right) >= BAR * f64::from(u32::try_from(expected.len())?));
    Ok(())
}

/// The number that the first act of a file was read with.
fn number_of(name: &str, bytes: &[u8]) -> Option<String> {
    match readers::read(name, bytes).items.into_iter().next()?.outcome {
        Outcome::Act(act) => act.metadata.number,
        _ => None,
    }
}

/// Articles of the copies in `consolidation/`, each decided by reading the file.
fn copies() -> BTreeMap<&'static str, &'static str> {
    BTreeMap::from([
        ("121-vbhn-vpqh-of-52-2014-qh13/official.pdf", "133"),
        ("1549-vbhn-bldtbxh-of-14-2021-tt-bldtbxh/amending-1.pdf", "5"),
        ("1549-vbhn-bldtbxh-of-14-2021-tt-bldtbxh/base.pdf", "59"),
        ("1549-vbhn-bldtbxh-of-14-2021-tt-bldtbxh/official.pdf", "59"),
        ("1550-vbhn-bldtbxh-of-15-2021-tt-bldtbxh/base.pdf", "59"),
        ("1550-vbhn-bldtbxh-of-15-2021-tt-bldtbxh/official.pdf", "59"),
        ("28-vbhn-vpqh-of-25-2008-qh12/amending-4.pdf", "refused: scan"),
        ("28-vbhn-vpqh-of-25-2008-qh12/official.pdf", "55"),
        ("469-vbhn-bldtbxh-of-12-2022-tt-bldtbxh/amending-1.pdf", "11"),
        ("469-vbhn-bldtbxh-of-12-2022-tt-bldtbxh/base.pdf", "9"),
        ("469-vbhn-bldtbxh-of-12-2022-tt-bldtbxh/official.pdf", "9"),
        ("47-vbhn-vpqh-of-25-2008-qh12/official.pdf", "55"),
        ("470-vbhn-bldtbxh-of-13-2022-tt-bldtbxh/base.pdf", "10"),
        ("470-vbhn-bldtbxh-of-13-2022-tt-bldtbxh/official.pdf", "10"),
        ("50-vbhn-vpqh-of-58-2014-qh13/official.pdf", "125"),
    ])
}

#[test]
fn pdf_copies_of_acts_count_as_read() -> Result<(), Box<dyn std::error::Error>> {
    let Some(cases) = shared().map(|folder| folder.join("data/consolidation")) else {
        println!("skipped: no shared data on this machine");
        return Ok(());
    };
    for (path, expected) in copies() {
        let bytes = std::fs::read(cases.join(path))?;
        assert_eq!(count(path, &bytes), expected, "{path}");
    }
    Ok(())
}
