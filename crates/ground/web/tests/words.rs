//! Every sentence of the interface has its English one.

use std::path::{Path, PathBuf};

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return;
    };
    for path in entries.filter_map(|entry| Some(entry.ok()?.path())) {
        if path.is_dir() {
            if path
                .file_name()
                .is_some_and(|name| name != "tests" && name != "target")
            {
                files(&path, found);
            }
        } else if path.extension().is_some_and(|e| e == "html" || e == "rs") {
            found.push(path);
        }
    }
}

/// The string literals that `text` hands to `t(…)`, `fill(…)` or the filter `|t`.
fn sentences(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for start in ["t(\"", "fill(\""] {
        for (at, _) in text.match_indices(start) {
            // A name that only ends in `t` (`insert("…")`) is another function.
            let before = text[..at].chars().next_back();
            if before.is_none_or(|c| c == '.') {
                found.extend(text[at + start.len()..].split('"').next().map(str::to_owned));
            }
        }
    }
    for (at, _) in text.match_indices("\"|t(") {
        found.extend(text[..at].rsplit('"').next().map(str::to_owned));
    }
    found
}

#[test]
fn the_scan_finds_sentences() {
    let text = r#"{{ chrome.t("Một") }} {{ "Hai"|t(look) }} look.fill("Ba {}", &[]) map.insert("Bốn")"#;
    assert_eq!(sentences(text), ["Một", "Ba {}", "Hai"]);
}

#[test]
fn every_sentence_has_english() {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut found = Vec::new();
    files(&crates, &mut found);
    let mut missing = Vec::new();
    for path in &found {
        let text = std::fs::read_to_string(path).expect("a text file");
        let lacking = sentences(&text)
            .into_iter()
            .filter(|s| !s.is_empty() && !web::i18n::has_english(s));
        missing.extend(lacking.map(|s| format!("{}: {s}", path.file_name().unwrap_or_default().display())));
    }
    missing.sort();
    missing.dedup();
    assert!(
        found.len() > 10 && missing.is_empty(),
        "no English for:\n{}",
        missing.join("\n")
    );
}
