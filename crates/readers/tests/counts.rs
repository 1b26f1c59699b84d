//! Articles of the real set against the counts decided by reading.

mod support;

use readers::archive::{Limits, walk};
use support::{count, rows, shared};

/// Share of Vietnamese acts whose counts must agree.
const BAR: f64 = 0.99;

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
    let expected = rows(&std::fs::read_to_string(acts.join("counts.tsv"))?, "html/html/");
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
