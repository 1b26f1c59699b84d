//! Citations of files: how many of those inside an act resolve, and why the others do not.
//!
//! `citations [--list STATUS] FILE…`; archives are read as they are.

use std::collections::BTreeMap;

use legal::citations::{ActRef, Status, citations, text_at};
use legal::model::{ActText, Language};
use readers::Outcome;

#[derive(Default)]
struct Tally {
    acts: usize,
    articles: usize,
    citations: usize,
    internal: BTreeMap<Status, usize>,
    /// Those that say "này".
    own: BTreeMap<Status, usize>,
    external: BTreeMap<&'static str, usize>,
}

fn main() -> std::io::Result<()> {
    let mut arguments: Vec<String> = std::env::args().skip(1).collect();
    let list = (arguments.first().map(String::as_str) == Some("--list")).then(|| arguments.drain(..2).nth(1));
    let list = list.flatten();
    let mut tally = Tally::default();
    for path in &arguments {
        let bytes = std::fs::read(path)?;
        for item in readers::read(path, &bytes).items {
            if let Outcome::Act(act) = item.outcome {
                count(&item.name, &act, &mut tally, list.as_deref());
            }
        }
    }
    let inside: usize = tally.internal.values().sum();
    let resolved = tally.internal.get(&Status::Resolved).copied().unwrap_or(0);
    println!(
        "{} acts, {} articles, {} citations",
        tally.acts, tally.articles, tally.citations
    );
    println!(
        "inside: {inside}, resolved {:.4}, {:?}",
        resolved as f64 / inside.max(1) as f64,
        tally.internal
    );
    println!("of these with \"này\": {:?}", tally.own);
    println!("outside: {:?}", tally.external);
    Ok(())
}

fn count(name: &str, act: &ActText, tally: &mut Tally, list: Option<&str>) {
    if act.language != Language::Vi {
        return;
    }
    tally.acts += 1;
    tally.articles += act
        .provisions
        .iter()
        .filter(|p| p.kind == legal::model::ProvisionKind::Article)
        .count();
    for placed in citations(act) {
        tally.citations += 1;
        for target in &placed.citation.targets {
            let kind = match &target.act {
                ActRef::This => {
                    *tally.internal.entry(target.status).or_default() += 1;
                    let text = text_at(act, &placed.spot).unwrap_or_default();
                    if text
                        .get(placed.citation.span.clone())
                        .is_some_and(|words| words.contains("này"))
                    {
                        *tally.own.entry(target.status).or_default() += 1;
                    }
                    "this"
                }
                ActRef::Amended => "amended",
                ActRef::Number { .. } => "number",
                ActRef::Name { .. } => "name",
                ActRef::Short { .. } => "short",
            };
            *tally.external.entry(kind).or_default() += 1;
            let status = format!("{:?}", target.status).to_lowercase();
            if list == Some(kind) || (list == Some(status.as_str()) && target.act == ActRef::This) {
                let text = text_at(act, &placed.spot).unwrap_or_default();
                let from = placed.citation.span.start.saturating_sub(60);
                let from = (from..).find(|at| text.is_char_boundary(*at)).unwrap_or(0);
                let shown: String = text.get(from..).unwrap_or_default().chars().take(170).collect();
                println!(
                    "{name}\t{}\t{:?}\t{:?}\t{:?}\t{shown}",
                    placed.spot.at,
                    target.provision,
                    target.act,
                    text.get(placed.citation.span.clone())
                );
            }
        }
    }
}
