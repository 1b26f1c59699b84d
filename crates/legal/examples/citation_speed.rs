//! Megabytes of text a second on one core: `citation_speed FILE…`, plain text, one paragraph a line.
//!
//! The reference is one Aho-Corasick scan of the same text for six words.

use std::time::Instant;

use legal::citations::{Context, find};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut text = String::new();
    for path in std::env::args().skip(1) {
        text.push_str(&String::from_utf8_lossy(&std::fs::read(path)?));
        text.push('\n');
    }
    let megabytes = text.len() as f64 / 1e6;
    let words = aho_corasick::AhoCorasick::new(["khoản", "Điều", "điểm", "Luật", "Nghị định", "Thông tư"])?;
    for _ in 0..3 {
        let start = Instant::now();
        let met = words.find_iter(&text).count();
        let reference = start.elapsed().as_secs_f64();
        let start = Instant::now();
        let context = Context {
            at: "art_1__clause_1",
            ..Context::default()
        };
        let found: usize = text.lines().map(|line| find(line, &context).len()).sum();
        let seconds = start.elapsed().as_secs_f64();
        println!(
            "{megabytes:.1} MB: {found} citations, {:.1} MB/s; scan for words: {met}, {:.1} MB/s, ratio {:.1}",
            megabytes / seconds,
            megabytes / reference,
            seconds / reference
        );
    }
    Ok(())
}
