//! Footnotes typed as text: "[12]" behind the words, "[12] Khoản này được sửa đổi …" at the end of the file,
//! as consolidated texts stand in Word files and on pages.

use crate::model::{Block, Footnote, Mark, MarkKind, Para, Table};

use super::{annex, is_upper};

/// Takes the texts of typed footnotes out of `blocks` and marks their signs.
/// Nothing happens unless a sign stands in the text for most of them.
pub(super) fn collect(blocks: &mut Vec<Block>) -> Vec<Footnote> {
    let Some(start) = first_note(blocks) else {
        return Vec::new();
    };
    let count = blocks
        .iter()
        .skip(start)
        .rev()
        .find_map(note)
        .map_or(0, |(number, _)| number);
    let mut signs: Vec<usize> = Vec::new();
    for_each_para(&mut blocks[..start], &mut |para| {
        signs.extend(brackets(&para.text).map(|(number, _)| number));
    });
    signs.sort_unstable();
    signs.dedup();
    let known = signs
        .iter()
        .filter(|number| (1..=count).contains(*number))
        .count();
    if known * 2 < count {
        return Vec::new();
    }
    for_each_para(&mut blocks[..start], &mut |para| point(para, count));
    let tail = blocks.split_off(start);
    let (notes, rest) = texts(tail, count);
    blocks.extend(rest);
    notes
}

/// Where the notes begin: the last ones of the file, counted down to 1.
fn first_note(blocks: &[Block]) -> Option<usize> {
    let mut wanted = None;
    for (place, block) in blocks.iter().enumerate().rev() {
        let Some((number, _)) = note(block) else { continue };
        if wanted.is_some_and(|wanted| wanted != number) {
            return None;
        }
        if number == 1 {
            return Some(place);
        }
        wanted = number.checked_sub(1);
    }
    None
}

/// Number and text of a paragraph "[12] …".
fn note(block: &Block) -> Option<(usize, &str)> {
    let Block::Para(para) = block else { return None };
    let (number, rest) = sign(&para.text)?;
    rest.starts_with([' ', '\u{a0}'])
        .then(|| (number, rest.trim_start()))
}

/// The number of the sign that `text` begins with, and what follows it.
fn sign(text: &str) -> Option<(usize, &str)> {
    let (number, rest) = text.strip_prefix('[')?.split_once(']')?;
    let figures = !number.is_empty() && number.len() < 4 && number.bytes().all(|b| b.is_ascii_digit());
    Some((number.parse().ok().filter(|_| figures)?, rest))
}

/// Signs in a text: number, bytes.
fn brackets(text: &str) -> impl Iterator<Item = (usize, std::ops::Range<usize>)> {
    text.match_indices('[').filter_map(|(at, _)| {
        let tail = text.get(at..)?;
        let (number, rest) = sign(tail)?;
        Some((number, at..at + tail.len() - rest.len()))
    })
}

fn point(para: &mut Para, count: usize) {
    let found: Vec<Mark> = brackets(&para.text)
        .filter(|(number, _)| (1..=count).contains(number))
        .filter_map(|(number, span)| {
            Some(Mark {
                start: u32::try_from(span.start).ok()?,
                end: u32::try_from(span.end).ok()?,
                kind: MarkKind::Note(format!("fn_{number}")),
            })
        })
        .collect();
    if !found.is_empty() {
        para.marks.extend(found);
        para.marks.sort_by_key(|mark| mark.start);
    }
}

/// The notes of `tail`, and what stands behind them. Paragraphs without a sign go on the note before.
fn texts(tail: Vec<Block>, count: usize) -> (Vec<Footnote>, Vec<Block>) {
    let mut notes: Vec<Footnote> = Vec::new();
    let mut rest = Vec::new();
    let ends = end_of_notes(&tail, count);
    for (place, block) in tail.into_iter().enumerate() {
        if place >= ends {
            rest.push(block);
            continue;
        }
        if let Some((number, text)) = note(&block) {
            notes.push(Footnote {
                id: format!("fn_{number}"),
                sign: number.to_string(),
                text: text.to_owned(),
            });
        } else if let Some(open) = notes.last_mut() {
            for_each_para(&mut [block], &mut |para| {
                open.text.push('\n');
                open.text.push_str(&para.text);
            });
        }
    }
    (notes, rest)
}

/// The last note ends where something else is set off: a title, an appendix, a table.
fn end_of_notes(tail: &[Block], count: usize) -> usize {
    let last = tail
        .iter()
        .position(|block| note(block).is_some_and(|(number, _)| number == count))
        .unwrap_or(0);
    let other = (last + 1..tail.len()).find(|place| match &tail[*place] {
        Block::Para(para) => {
            is_upper(&para.text)
                || annex::is_state(&para.text)
                || annex::opening(tail, *place, crate::model::Language::Vi).is_some()
        }
        _ => true,
    });
    other.unwrap_or(tail.len())
}

fn for_each_para(blocks: &mut [Block], visit: &mut impl FnMut(&mut Para)) {
    for block in blocks {
        match block {
            Block::Para(para) => visit(para),
            Block::Table(Table { rows, .. }) => rows
                .iter_mut()
                .flat_map(|row| &mut row.cells)
                .flat_map(|cell| &mut cell.paras)
                .for_each(&mut *visit),
            Block::Quote(_) => {}
        }
    }
}
