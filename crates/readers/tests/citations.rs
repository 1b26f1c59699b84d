//! Citations inside the acts of the real sets: how many lead to a provision that is there.

mod support;

use std::path::{Path, PathBuf};

use legal::citations::{ActRef, Status, citations};
use legal::model::Language;
use readers::Outcome;
use readers::archive::{Limits, walk};
use support::shared;

/// Share of the citations to the act itself that must resolve, in every set.
const BAR: f64 = 0.95;

/// Citations inside the acts of one set, and those that resolve.
#[derive(Default)]
struct Tally {
    inside: u32,
    resolved: u32,
}

impl Tally {
    fn add(&mut self, name: &str, bytes: &[u8]) {
        for item in readers::read(name, bytes).items {
            let Outcome::Act(act) = item.outcome else { continue };
            if act.language != Language::Vi {
                continue;
            }
            let found = citations(&act);
            let own = found.iter().flat_map(|placed| &placed.citation.targets);
            for target in own.filter(|target| target.act == ActRef::This) {
                self.inside += 1;
                self.resolved += u32::from(target.status == Status::Resolved);
            }
        }
    }

    fn check(&self, set: &str, least: u32) {
        println!("{set}: {} of {} resolve", self.resolved, self.inside);
        assert!(self.inside > least, "{set}: the whole set is read");
        assert!(f64::from(self.resolved) >= BAR * f64::from(self.inside), "{set}");
    }
}

fn of_archive(path: &Path) -> Result<Tally, Box<dyn std::error::Error>> {
    let mut tally = Tally::default();
    let packed = std::fs::read(path)?;
    walk(
        &path.to_string_lossy(),
        &packed,
        &Limits::default(),
        &mut |name, bytes| tally.add(name, &bytes),
    )?;
    Ok(tally)
}

fn of_files(files: impl Iterator<Item = PathBuf>) -> std::io::Result<Tally> {
    let mut tally = Tally::default();
    for path in files {
        tally.add(&path.to_string_lossy(), &std::fs::read(&path)?);
    }
    Ok(tally)
}

fn files(folder: &Path) -> impl Iterator<Item = PathBuf> {
    std::fs::read_dir(folder)
        .into_iter()
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.path()))
}

#[test]
fn citations_to_the_act_itself_resolve() -> Result<(), Box<dyn std::error::Error>> {
    let Some(data) = shared().map(|folder| folder.join("data")) else {
        println!("skipped: no shared data on this machine");
        return Ok(());
    };
    let acts = data.join("acts");
    of_archive(&acts.join("html.tar.zst"))?.check("pages", 30_000);
    of_archive(&acts.join("docx.tar.zst"))?.check("Word files", 8_000);
    of_files(files(&acts.join("gazette_pdf")))?.check("gazette", 700);
    let cases = data.join("consolidation");
    let copies = files(&cases).flat_map(|case| files(&case).collect::<Vec<_>>());
    let copies = copies.filter(|path| {
        path.extension()
            .is_some_and(|ending| ["html", "docx", "pdf"].iter().any(|known| ending == *known))
    });
    of_files(copies)?.check("consolidation", 3_000);
    Ok(())
}
