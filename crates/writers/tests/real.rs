//! Every format on real acts: pages of law sites in shared data, read as the importer reads them.

mod common;
mod tools;

use std::path::{Path, PathBuf};

use readers::Outcome;
use tools::{assert_text_survives, assert_valid};
use writers::{ExportAct, Format};

#[test]
fn real_acts_can_be_had_in_every_format_and_keep_their_text() {
    let acts = real_acts();
    if acts.is_empty() {
        return println!("skipped: no real acts at hand");
    }
    for act in &acts {
        assert_text_survives(act);
    }
    for act in acts.iter().step_by(20) {
        for format in Format::ALL {
            assert!(
                !format.write(act).expect("written").is_empty(),
                "{} {format:?}",
                act.slug
            );
        }
    }
    for act in acts.iter().step_by(150) {
        assert_sound_epub(act);
    }
    assert_valid("akn-real", &acts);
    println!("{} real acts", acts.len());
}

fn assert_sound_epub(act: &ExportAct) {
    let file = common::folder("epub").join(format!("{}.epub", act.slug));
    std::fs::write(&file, Format::Epub.write(act).expect("written")).expect("a file");
    match std::process::Command::new("epubcheck").arg(&file).output() {
        Err(_) => println!("skipped: epubcheck is not installed"),
        Ok(run) => assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr)),
    }
}

/// Acts from the pages of law sites in shared data, read as the importer reads them.
pub fn real_acts() -> Vec<ExportAct> {
    let Some(archive) = shared().map(|shared| shared.join("data/acts/html.tar.zst")) else {
        return Vec::new();
    };
    let Ok(bytes) = std::fs::read(archive) else {
        return Vec::new();
    };
    let mut acts = Vec::new();
    let limits = readers::archive::Limits::default();
    let _ = readers::archive::walk("html.tar.zst", &bytes, &limits, &mut |name, page| {
        for item in readers::read(name, &page).items {
            if let Outcome::Act(text) | Outcome::MetadataOnly(text) = item.outcome {
                let mut act = crate::common::export(*text);
                act.slug = format!("van-ban-{}", acts.len() + 1);
                acts.push(act);
            }
        }
    });
    acts
}

/// Shared data: `$PHOLUAT_SHARED`, or `../shared` seen from the repository.
fn shared() -> Option<PathBuf> {
    if let Some(path) = std::env::var_os("PHOLUAT_SHARED") {
        return Some(PathBuf::from(path));
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2)?;
    let shared = root.parent()?.join("shared");
    shared.exists().then_some(shared)
}
