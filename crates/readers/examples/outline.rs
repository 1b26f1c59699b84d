//! Prints the outline of files: parts, provisions, quotes, warnings.

use legal::model::{ActText, Block};
use readers::Outcome;

fn main() {
    for path in std::env::args().skip(1) {
        let Ok(bytes) = std::fs::read(&path) else { continue };
        for item in readers::read(&path, &bytes).items {
            match item.outcome {
                Outcome::Act(act) | Outcome::MetadataOnly(act) => outline(&path, &act),
                Outcome::Refused(refusal) => println!("{path}: {}", refusal.message),
            }
        }
    }
}

fn outline(path: &str, act: &ActText) {
    println!("=== {path} {:?}\n{:#?}", act.language, act.metadata);
    for part in &act.parts {
        println!("## {} {:?} {:?} {}", part.id, part.kind, part.number, part.title);
        part.opening.iter().for_each(|block| show("<", block));
        for provision in act
            .provisions
            .iter()
            .filter(|provision| provision.part == part.id)
        {
            println!(
                "{} [{}] {}",
                provision.id,
                provision.number,
                provision.heading.as_deref().unwrap_or("")
            );
            provision.blocks.iter().for_each(|block| show("   ", block));
        }
        part.closing.iter().for_each(|block| show(">", block));
    }
    for finding in &act.warnings {
        println!("! {} {} {:?}", finding.code, finding.message, finding.at);
    }
    for mending in &act.mendings {
        println!("~ {} {} {}", mending.code, mending.count, mending.example);
    }
}

fn show(lead: &str, block: &Block) {
    match block {
        Block::Para(para) => println!("{lead} {}", para.text.chars().take(110).collect::<String>()),
        Block::Table(table) => println!("{lead} table {} of {} rows", table.id, table.rows.len()),
        Block::Quote(quote) => {
            println!("{lead} quote {} closed={}", quote.id, quote.closed);
            quote
                .blocks
                .iter()
                .take(3)
                .for_each(|inner| show("      \"", inner));
            println!("      … {}", quote.blocks.len());
        }
    }
}
