//! Acts a second on one core: `speed FILE…` reads the files over and over, 1,000 and 4,000 times.

use std::time::Instant;

fn main() -> std::io::Result<()> {
    let files: Vec<(String, Vec<u8>)> = std::env::args()
        .skip(1)
        .map(|path| std::fs::read(&path).map(|bytes| (path, bytes)))
        .collect::<std::io::Result<_>>()?;
    for wanted in [1_000usize, 4_000] {
        let start = Instant::now();
        let mut provisions = 0usize;
        for (name, bytes) in files.iter().cycle().take(wanted) {
            for item in readers::read(name, bytes).items {
                if let readers::Outcome::Act(act) = item.outcome {
                    provisions += act.provisions.len();
                }
            }
        }
        let seconds = start.elapsed().as_secs_f64();
        println!(
            "{wanted} acts, {provisions} provisions: {seconds:.1} s, {:.0} acts/s",
            wanted as f64 / seconds
        );
    }
    Ok(())
}
