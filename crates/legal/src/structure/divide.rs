//! The act itself, what ends it, and what is issued with it.

use crate::model::{Block, Language, Para, PartKind};

use super::annex::{self, Opening};
use super::{head, is_upper, signature};

/// One part of a document before its tree is built.
#[derive(Debug)]
pub(super) struct Piece {
    pub kind: PartKind,
    pub number: Option<String>,
    pub blocks: Vec<Block>,
    /// First block of what ends the part.
    pub closing: usize,
}

/// Splits a document into its parts; the act itself comes first.
pub(super) fn divide(blocks: Vec<Block>, language: Language) -> Vec<Piece> {
    let first = blocks
        .iter()
        .position(|block| para_of(block).is_some_and(|para| head::article(&para.text).is_some()));
    let end = first.and_then(|first| end_of_act(&blocks, first)).or_else(|| {
        if first.is_none() {
            end_of_act(&blocks, 0)
        } else {
            None
        }
    });
    let from = end
        .or(first.map(|place| place + 1))
        .unwrap_or(1)
        .min(blocks.len());
    let starts = annexes(&blocks, from, end.is_some(), language);
    let main_end = starts.first().map_or(blocks.len(), |start| start.0);
    let closing = end.unwrap_or(main_end).min(main_end);
    let mut pieces = vec![Piece {
        kind: PartKind::Main,
        number: None,
        blocks: blocks[..main_end].to_vec(),
        closing,
    }];
    for (at, (start, opening)) in starts.iter().enumerate() {
        let stop = starts.get(at + 1).map_or(blocks.len(), |next| next.0);
        let own = blocks[*start..stop].to_vec();
        let closing = own.len();
        pieces.push(Piece {
            kind: opening.kind,
            number: opening.number.clone(),
            blocks: own,
            closing,
        });
    }
    pieces
}

fn para_of(block: &Block) -> Option<&Para> {
    match block {
        Block::Para(para) => Some(para),
        _ => None,
    }
}

/// The first block of the signature of the act whose first article is at `first`.
fn end_of_act(blocks: &[Block], first: usize) -> Option<usize> {
    // The highest number in a run from each block on tells whether the act goes on behind a
    // line that only looks like a signature.
    let mut run = 0;
    for (place, block) in blocks.iter().enumerate().skip(first) {
        let Some(para) = para_of(block) else { continue };
        if let Some((value, _)) =
            head::article(&para.text).and_then(|found| viet::numbers::rank(found.number))
        {
            run = if value == run + 1 || value > run && value < run + 4 {
                value
            } else {
                run
            };
        } else if signature::begins(&para.text) && (first > 0 || place > 4) && !goes_on(blocks, place, run) {
            return Some(beside_authentication(blocks, place, first));
        }
    }
    None
}

/// The authentication of a consolidated text begins with what stands left of its first line.
fn beside_authentication(blocks: &[Block], place: usize, first: usize) -> usize {
    let text = |place: usize| para_of(blocks.get(place)?).map(|para| para.text.as_str());
    let mut start = place;
    if text(place).is_some_and(signature::is_authentication) {
        while start > first + 1
            && place - start < 4
            && text(start - 1).is_some_and(signature::is_beside_authentication)
        {
            start -= 1;
        }
    }
    start
}

/// Whether article `run + 1` follows `place` before anything that opens an annex.
fn goes_on(blocks: &[Block], place: usize, run: u32) -> bool {
    if run == 0 {
        return false;
    }
    for next in place + 1..blocks.len() {
        let Some(para) = para_of(&blocks[next]) else {
            continue;
        };
        if annex::is_state(&para.text) || annex::opening(blocks, next, Language::Vi).is_some() {
            return false;
        }
        if let Some((value, _)) =
            head::article(&para.text).and_then(|found| viet::numbers::rank(found.number))
        {
            return value == run + 1 || value == run + 2;
        }
    }
    false
}

/// Where each annex starts and what it is.
fn annexes(blocks: &[Block], from: usize, signed: bool, language: Language) -> Vec<(usize, Opening)> {
    let mut out: Vec<(usize, Opening)> = Vec::new();
    let mut state: Option<usize> = None;
    for place in from..blocks.len() {
        let Some(para) = para_of(&blocks[place]) else {
            // A head holds no passage: what stood above one was the head of a form.
            state = state.filter(|_| matches!(blocks[place], Block::Table(_)));
            continue;
        };
        if annex::is_state(&para.text) && signed {
            state = Some(head_start(blocks, place, from));
            continue;
        }
        let Some(opening) = annex::opening(blocks, place, language) else {
            continue;
        };
        let recent = out.last().is_some_and(|(start, _)| place - start < 7);
        let nested = opening.form && out.iter().any(|(_, open)| !open.form)
            || recent && (opening.kind == PartKind::Attached || opening.form || opening.number.is_none())
            || (!signed
                && (opening.form
                    || opening.kind != PartKind::Attached && goes_on_after(blocks, place, from)));
        if nested {
            continue;
        }
        let start = state.filter(|state| place - state < 14).unwrap_or(place);
        state = None;
        out.push((start, opening));
    }
    if let (true, Some(start)) = (out.is_empty(), state) {
        out.push((
            start,
            Opening {
                kind: PartKind::Appendix,
                number: None,
                form: true,
            },
        ));
    }
    out
}

/// Without a signature: whether articles of the act still follow what looks like an appendix.
fn goes_on_after(blocks: &[Block], place: usize, from: usize) -> bool {
    let number = |block: &Block| {
        let para = para_of(block)?;
        viet::numbers::rank(head::article(&para.text)?.number).map(|(value, _)| value)
    };
    let before = blocks[from.saturating_sub(1)..place]
        .iter()
        .rev()
        .find_map(number)
        .unwrap_or(0);
    blocks[place..]
        .iter()
        .find_map(number)
        .is_some_and(|value| value == before + 1)
}

/// The head of an act begins with the issuer's name, above or left of the state's.
fn head_start(blocks: &[Block], state: usize, from: usize) -> usize {
    let mut start = state;
    while start > from && state - start < 4 {
        let Some(para) = para_of(&blocks[start - 1]) else {
            break;
        };
        let rule = para
            .text
            .chars()
            .all(|c| matches!(c, '-' | '_' | '*' | '–' | '—' | ' ' | '.'));
        if !(rule || is_upper(&para.text) && para.text.len() < 100 && !signature::begins(&para.text)) {
            break;
        }
        start -= 1;
    }
    start
}
