//! Which of the paragraphs that look like articles are the articles of this text.
//!
//! Numbers run 1, 2, 3 … A heading out of the run is a quotation without marks or a
//! reference, unless the run goes on behind it: then it is a gap or a misprint.

use crate::model::{Block, Language};

use super::{head, is_bold, quote};

/// How far to look for the number that should come.
const AHEAD: usize = 60;

/// A paragraph that looks like the head of an article.
pub(super) struct Candidate {
    /// Place among the blocks.
    pub place: usize,
    value: u32,
    suffix: String,
    doubtful: bool,
    /// Stands right after "… như sau:".
    announced: bool,
    reference: bool,
    bold: bool,
}

/// An accepted head and whether its number is out of the run.
pub(super) struct Accepted {
    /// Place among the blocks.
    pub place: usize,
    /// What is wrong with the number.
    pub fault: Option<Fault>,
}

/// Why a number is doubtful.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// Numbers are missing before it.
    Gap,
    /// The number came before, or is a misprint.
    Repeated,
}

/// Everything that looks like an article, in order.
pub(super) fn candidates(blocks: &[Block], _language: Language) -> Vec<Candidate> {
    let mut out = Vec::new();
    let mut announced = false;
    for (place, block) in blocks.iter().enumerate() {
        let Block::Para(para) = block else {
            announced = false;
            continue;
        };
        if let Some(found) = head::article(&para.text)
            && let Some((value, suffix)) = rank(found.number)
        {
            let reference = found.is_reference();
            out.push(Candidate {
                place,
                value,
                suffix,
                doubtful: found.doubtful,
                announced,
                reference,
                bold: is_bold(para),
            });
        }
        announced = quote::is_instruction(&para.text);
    }
    out
}

fn rank(number: &str) -> Option<(u32, String)> {
    if number == "l" {
        Some((1, String::new()))
    } else {
        viet::numbers::rank(number)
    }
}

/// Chooses the heads that form the run that goes on behind article `last`.
pub(super) fn choose(found: &[Candidate], mut last: u32) -> Vec<Accepted> {
    let mut out = Vec::new();
    let mut suffix = String::new();
    for (at, candidate) in found.iter().enumerate() {
        let fault = match judge(found, at, last, &suffix) {
            Some(fault) => fault,
            None => continue,
        };
        // A misprint does not move the run: 12, 73, 14 go on at 14.
        last = match fault {
            Some(Fault::Repeated) => last + u32::from(next_is(found, at, last + 2)),
            Some(Fault::Gap) if next_is(found, at, last + 2) => last + 1,
            _ => candidate.value,
        };
        suffix.clone_from(&candidate.suffix);
        out.push(Accepted {
            place: candidate.place,
            fault,
        });
    }
    out
}

/// `None`: not of the run. `Some(None)`: in order. `Some(Some(fault))`: taken with a warning.
fn judge(found: &[Candidate], at: usize, last: u32, suffix: &str) -> Option<Option<Fault>> {
    let candidate = &found[at];
    let ahead = found.iter().skip(at + 1).take(AHEAD);
    if candidate.value == last + 1 {
        let weak = candidate.reference || candidate.announced || candidate.doubtful || !candidate.bold;
        let better = |other: &Candidate| {
            other.value == candidate.value && other.suffix.is_empty() && strength(other) > strength(candidate)
        };
        let replaced = weak
            && ahead
                .take_while(|other| other.value != candidate.value + 1 || strength(other) < 3)
                .any(better);
        return (!replaced).then_some(None);
    }
    if candidate.doubtful || candidate.reference {
        return None;
    }
    if !candidate.suffix.is_empty() {
        let follows = candidate.value == last && candidate.suffix.as_str() > suffix && !candidate.announced;
        return follows.then_some(None);
    }
    if candidate.announced {
        return None;
    }
    let comes_later = ahead
        .clone()
        .any(|other| other.value == last + 1 && !other.announced && other.suffix.is_empty());
    if comes_later && !(candidate.value == last && next_is(found, at, last + 1)) {
        return None;
    }
    let ends = at + 1 == found.len();
    if candidate.value > last {
        let goes_on = ends || next_is(found, at, candidate.value + 1) || next_is(found, at, last + 2);
        let near = candidate.value - last < 6 || next_is(found, at, last + 2) || ends;
        let near = near && (last > 0 || candidate.value < 3);
        return (goes_on && (near || is_run(found, at))).then_some(Some(Fault::Gap));
    }
    let goes_on =
        ends || next_is(found, at, last + 2) || (candidate.value == last && next_is(found, at, last + 1));
    (goes_on && (candidate.bold || next_is(found, at, last + 2))).then_some(Some(Fault::Repeated))
}

/// Whether a run of plain bold headings begins here: a consolidated text goes on so behind
/// articles that lapsed and are no longer printed.
fn is_run(found: &[Candidate], at: usize) -> bool {
    let first = found.get(at).map_or(0, |candidate| candidate.value);
    let run = found.iter().skip(at).take(3).zip(first..);
    run.filter(|(other, value)| other.value == *value && strength(other) == 4)
        .count()
        == 3
}

fn strength(candidate: &Candidate) -> u8 {
    u8::from(!candidate.doubtful)
        + u8::from(!candidate.announced)
        + u8::from(!candidate.reference)
        + u8::from(candidate.bold)
}

/// Whether the next candidate carries `value`.
fn next_is(found: &[Candidate], at: usize, value: u32) -> bool {
    found
        .get(at + 1)
        .is_some_and(|next| next.value == value && next.suffix.is_empty())
}
