//! `pholuat eval consolidation` on the official consolidated texts: what amendments touch is equal,
//! and nothing is wrong without a flag or a documented fault of the official file.

use std::path::PathBuf;
use std::process::Command;

use serde_json::Value;

fn shared() -> Option<PathBuf> {
    let here = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    here.ancestors()
        .map(|above| above.join("../shared/data/consolidation"))
        .find(|folder| folder.join("README.md").is_file())
}

#[test]
fn official_consolidated_texts_are_met() -> Result<(), Box<dyn std::error::Error>> {
    let Some(folder) = shared() else {
        println!("skipped: the real data is not here");
        return Ok(());
    };
    let mut folders: Vec<PathBuf> = std::fs::read_dir(folder)?
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| path.join("expected.json").is_file())
        .collect();
    folders.sort();
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..");
    let output = Command::new(env!("CARGO_BIN_EXE_pholuat"))
        .args(["eval", "consolidation", "--json", "--explained"])
        .arg(root.join("docs/consolidation-differences.tsv"))
        .args(&folders)
        .output()?;
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let cases: Vec<Value> = serde_json::from_slice(&output.stdout)?;
    assert_eq!(cases.len(), folders.len());
    for (case, folder) in cases.iter().zip(&folders) {
        let expected: Value = serde_json::from_str(&std::fs::read_to_string(folder.join("expected.json"))?)?;
        check(case, &expected);
    }
    Ok(())
}

fn check(case: &Value, expected: &Value) {
    let name = &case["case"];
    let touched: Vec<&str> = expected["touched"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    let articles = case["articles"].as_array().map(Vec::as_slice).unwrap_or_default();
    let equal = |article: &Value| {
        article["outcome"]
            .as_str()
            .is_some_and(|outcome| outcome.starts_with("equal"))
    };
    let met = touched
        .iter()
        .filter(|number| {
            articles
                .iter()
                .any(|article| article["number"] == **number && equal(article))
        })
        .count();
    assert!(
        met * 100 >= touched.len() * 95,
        "{name}: {met} of {} touched articles",
        touched.len()
    );
    assert_eq!(case["silent"], 0, "{name}");
    for article in articles.iter().filter(|article| !equal(article)) {
        let told = article["flags"].as_array().is_some_and(|flags| !flags.is_empty())
            || article["explained"].is_string();
        assert!(told, "{name}: Điều {}", article["number"]);
    }
}
