#![no_main]
//! Any text as a paragraph and as an act: citations lie in order on whole letters of their text,
//! relations and definitions are found without a panic.
use legal::citations::{Context, citations, find, text_at};
use readers::Outcome;

libfuzzer_sys::fuzz_target!(|text: &str| {
    let mut end = 0;
    for citation in find(text, &Context::default()) {
        assert!(citation.span.start >= end && !citation.targets.is_empty());
        assert!(text.get(citation.span.clone()).is_some());
        for target in &citation.targets {
            assert!(text.get(target.span.clone()).is_some());
        }
        end = citation.span.end;
    }
    for item in readers::read("tep.txt", text.as_bytes()).items {
        let Outcome::Act(act) = item.outcome else { continue };
        for placed in citations(&act) {
            let stands = text_at(&act, &placed.spot);
            assert!(stands.is_some_and(|text| text.get(placed.citation.span.clone()).is_some()));
        }
        let _ = legal::relations::relations(&act);
        let _ = legal::definitions::definitions(&act);
    }
});
