//! Citations inside the acts of the real set: how many lead to a provision that is there.

use std::path::PathBuf;

use legal::citations::{ActRef, Status, citations};
use legal::model::Language;
use readers::Outcome;
use readers::archive::{Limits, walk};

/// Share of the citations to the act itself that must resolve.
const BAR: f64 = 0.95;

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

#[test]
fn citations_to_the_act_itself_resolve() -> Result<(), Box<dyn std::error::Error>> {
    let Some(acts) = shared().map(|folder| folder.join("data/acts")) else {
        println!("skipped: no shared data on this machine");
        return Ok(());
    };
    let packed = std::fs::read(acts.join("html.tar.zst"))?;
    let (mut inside, mut resolved) = (0u32, 0u32);
    walk("html.tar.zst", &packed, &Limits::default(), &mut |name, bytes| {
        for item in readers::read(name, &bytes).items {
            let Outcome::Act(act) = item.outcome else { continue };
            if act.language != Language::Vi {
                continue;
            }
            let found = citations(&act);
            let own = found.iter().flat_map(|placed| &placed.citation.targets);
            for target in own.filter(|target| target.act == ActRef::This) {
                inside += 1;
                resolved += u32::from(target.status == Status::Resolved);
            }
        }
    })?;
    println!("{resolved} of {inside} resolve");
    assert!(inside > 30_000, "the whole set is read");
    assert!(f64::from(resolved) >= BAR * f64::from(inside));
    Ok(())
}
