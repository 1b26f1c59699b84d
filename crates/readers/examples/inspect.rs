//! Prints the inspection of files as JSON lines.

use legal::inspect::Inspection;
use readers::Outcome;
use std::io::Write;

fn main() -> std::io::Result<()> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for path in std::env::args().skip(1) {
        let bytes = std::fs::read(&path)?;
        for item in readers::read(&path, &bytes).items {
            let line = match item.outcome {
                Outcome::Act(act) | Outcome::MetadataOnly(act) => {
                    serde_json::json!({"name": item.name, "inspection": Inspection::of(&act)})
                }
                Outcome::Refused(refusal) => serde_json::json!({"name": item.name, "refused": refusal}),
            };
            writeln!(out, "{line}")?;
        }
    }
    Ok(())
}
