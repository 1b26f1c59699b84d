//! Prints the number of articles of the main text and of each attached regulation of files.

use readers::Outcome;

fn main() {
    for path in std::env::args().skip(1) {
        let Ok(bytes) = std::fs::read(&path) else { continue };
        for item in readers::read(&path, &bytes).items {
            match item.outcome {
                Outcome::Act(act) => println!(
                    "{path}\t{}\t{:?}",
                    legal::inspect::article_counts(&act),
                    act.language
                ),
                Outcome::MetadataOnly(_) => println!("{path}\tmeta\t"),
                Outcome::Refused(refusal) => println!("{path}\trefused {}\t", refusal.code),
            }
        }
    }
}
