//! An amending act and the act it changes, both from strangers: amendments are read and applied.
//! The same input twice gives the same text, and what is refused says why.
#![no_main]

use legal::amend::read;
use legal::consolidate::{Amending, consolidate};
use legal::draft::Draft;
use legal::model::{ActText, Block, Para};
use legal::structure::structure;
use libfuzzer_sys::fuzz_target;

fn act(text: &str) -> ActText {
    let para = |line: &str| {
        Block::Para(Para {
            text: line.trim().to_owned(),
            ..Para::default()
        })
    };
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    structure(Draft {
        blocks: lines.map(para).collect(),
        ..Draft::default()
    })
}

fuzz_target!(|text: &str| {
    let text = viet::nfc(text);
    let (base, amending) = text.split_once("\n===\n").unwrap_or((&text, &text));
    let (mut base, amending) = (act(base), act(amending));
    base.metadata.number = Some("10/2020/QH14".to_owned());
    let one = Amending::of(&amending, &read(&amending), &base.metadata);
    let acts = [one];
    let first = consolidate(&base, &acts, None);
    assert_eq!(first, consolidate(&base, &acts, None));
    let _ = legal::inspect::Inspection::of(&first.text);
});
