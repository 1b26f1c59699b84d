//! New text and the provisions it is for.

use crate::address::ascii_number;
use crate::citations::places::group_number;
use crate::model::{Block, Language, Para, ProvisionKind};
use crate::structure::{head, wrap};

/// The beginning that a piece of new text must have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Key {
    pub kind: ProvisionKind,
    /// As in ids.
    pub number: String,
}

impl Key {
    /// The key of the innermost provision of an id; `None` for an appendix.
    pub(crate) fn of(id: &str) -> Option<Self> {
        let (prefix, number) = id.rsplit("__").next()?.split_once('_')?;
        let kind = match prefix {
            "part" => ProvisionKind::Part,
            "chp" => ProvisionKind::Chapter,
            "sec" => ProvisionKind::Section,
            "subsec" => ProvisionKind::Subsection,
            "art" => ProvisionKind::Article,
            "clause" => ProvisionKind::Clause,
            "point" => ProvisionKind::Point,
            _ => return None,
        };
        Some(Self {
            kind,
            number: number.to_owned(),
        })
    }

    /// Whether a paragraph begins this provision.
    pub(crate) fn begins(&self, text: &str) -> bool {
        self.head(text).is_some()
    }

    /// Whether a paragraph begins a provision of this level, whatever its number.
    fn fits_level(&self, text: &str) -> bool {
        match self.kind {
            ProvisionKind::Article => head::article(text).is_some(),
            ProvisionKind::Clause => head::clause(text).is_some(),
            ProvisionKind::Point => head::point(text, Language::Vi).is_some(),
            _ => false,
        }
    }

    /// The number as printed and the text behind it, where a paragraph begins this provision.
    pub(crate) fn head<'t>(&self, text: &'t str) -> Option<(&'t str, &'t str)> {
        let found = match self.kind {
            ProvisionKind::Article => head::article(text),
            ProvisionKind::Clause => head::clause(text),
            ProvisionKind::Point => head::point(text, Language::Vi),
            _ => head::group(text).filter(|found| found.kind == self.kind),
        }?;
        let number = match self.kind {
            ProvisionKind::Article | ProvisionKind::Clause | ProvisionKind::Point => {
                ascii_number(found.number)
            }
            _ => group_number(found.number)?,
        };
        (number == self.number).then_some((found.number, found.rest))
    }
}

/// New text quote by quote.
pub(super) type Passage = Vec<Vec<Block>>;

/// Gives every key its part of the passage: one quotation each, or from its number to the next.
/// `None` where a number cannot be found.
pub(super) fn split(passage: &Passage, keys: &[Option<Key>]) -> Option<Vec<Vec<Block>>> {
    let all: Vec<Block> = passage.iter().flatten().cloned().collect();
    if keys.len() < 2 {
        return Some(vec![all]);
    }
    let fits = |(quote, key): (&Vec<Block>, &Option<Key>)| match (quote.first(), key) {
        (Some(Block::Para(para)), Some(key)) => key.begins(&para.text),
        _ => false,
    };
    if passage.len() == keys.len() && passage.iter().zip(keys).all(fits) {
        return Some(passage.clone());
    }
    let keys: Vec<&Key> = keys.iter().map(Option::as_ref).collect::<Option<_>>()?;
    in_turn(&all, &keys)
        .or_else(|| in_turn(&broken(&all, &keys), &keys))
        .or_else(|| in_any_order(&all, &keys))
        .or_else(|| same_for_all(&all, &keys))
        .or_else(|| {
            let starts =
                starts(&all, &keys, |key, text| key.fits_level(text)).filter(|_| levels_differ(&keys))?;
            Some(cut(&all, &starts))
        })
}

fn in_turn(all: &[Block], keys: &[&Key]) -> Option<Vec<Vec<Block>>> {
    starts(all, keys, |key, text| key.begins(text)).map(|starts| cut(all, &starts))
}

/// Numbers of one level in the order of the text, whatever order the sentence names them in.
fn in_any_order(all: &[Block], keys: &[&Key]) -> Option<Vec<Vec<Block>>> {
    let level = keys.first()?.kind;
    let mut places = Vec::with_capacity(keys.len());
    for (at, key) in keys.iter().enumerate() {
        if key.kind != level || keys[..at].contains(key) {
            return None;
        }
        let found = |block: &Block| matches!(block, Block::Para(para) if key.begins(&para.text));
        let start = all.iter().position(found)?;
        if all.iter().skip(start + 1).any(found) {
            return None;
        }
        places.push((start, at));
    }
    places.sort_unstable();
    if places.first().map(|(start, _)| *start) != Some(0) {
        return None;
    }
    let starts: Vec<usize> = places.iter().map(|(start, _)| *start).collect();
    let mut out = vec![Vec::new(); keys.len()];
    for ((_, at), piece) in places.iter().zip(cut(all, &starts)) {
        if let Some(slot) = out.get_mut(*at) {
            *slot = piece;
        }
    }
    Some(out)
}

/// "Sửa đổi điểm a khoản 2 Điều 5 và điểm a khoản 2 Điều 6": one text for both.
fn same_for_all(all: &[Block], keys: &[&Key]) -> Option<Vec<Vec<Block>>> {
    let first = keys.first()?;
    let begins = |block: &Block| matches!(block, Block::Para(para) if first.begins(&para.text));
    let once = all.first().is_some_and(begins) && !all.iter().skip(1).any(begins);
    (once && keys.iter().all(|key| key == first)).then(|| vec![all.to_vec(); keys.len()])
}

/// The blocks with the points that a file runs together ("a) …; b) …") each on its own line.
fn broken(all: &[Block], keys: &[&Key]) -> Vec<Block> {
    let mut out = Vec::with_capacity(all.len());
    for block in all {
        let Block::Para(para) = block else {
            out.push(block.clone());
            continue;
        };
        let mut rest = para.clone();
        for key in keys.iter().filter(|key| key.kind == ProvisionKind::Point) {
            let cut = rest
                .text
                .match_indices([';', '.'])
                .map(|(at, _)| at + 1)
                .find(|at| {
                    rest.text
                        .get(*at..)
                        .is_some_and(|tail| tail.starts_with(' ') && key.begins(tail.trim_start()))
                });
            if let Some(at) = cut {
                out.push(Block::Para(wrap::slice(&rest, 0, at)));
                rest = wrap::slice(&rest, at, rest.text.len());
            }
        }
        out.push(Block::Para(rest));
    }
    out
}

/// Where each key begins, the first at the beginning.
fn starts(all: &[Block], keys: &[&Key], begins: impl Fn(&Key, &str) -> bool) -> Option<Vec<usize>> {
    let mut starts = Vec::with_capacity(keys.len());
    let mut from = 0;
    for key in keys {
        let start = all.iter().skip(from).position(|block| match block {
            Block::Para(para) => begins(key, &para.text),
            _ => false,
        })? + from;
        starts.push(start);
        from = start + 1;
    }
    (starts.first() == Some(&0)).then_some(starts)
}

/// Whether levels alone tell the pieces apart ("điểm c khoản 1 và khoản 2").
fn levels_differ(keys: &[&Key]) -> bool {
    keys.windows(2)
        .all(|pair| matches!(pair, [a, b] if a.kind > b.kind))
}

fn cut(all: &[Block], starts: &[usize]) -> Vec<Vec<Block>> {
    let ends = starts.iter().skip(1).copied().chain([all.len()]);
    starts
        .iter()
        .zip(ends)
        .filter_map(|(start, end)| Some(all.get(*start..end)?.to_vec()))
        .collect()
}

/// The quotations right behind a sentence, and what comes after them. `rows`: the sentence is about
/// rows, whose table stands there without marks.
pub(super) fn passage_of(blocks: &[Block], rows: bool) -> (Passage, &[Block]) {
    let mut passage = Vec::new();
    let mut rest = blocks;
    while let Some((block, after)) = rest.split_first() {
        let piece = match block {
            Block::Table(table) if rows || !passage.is_empty() => Some(vec![Block::Table(table.clone())]),
            Block::Table(_) => None,
            other => quoted(other),
        };
        let Some(piece) = piece else { break };
        passage.push(piece);
        rest = after;
    }
    (passage, rest)
}

/// The text of a quotation, or of a paragraph that is one.
pub(super) fn quoted(block: &Block) -> Option<Vec<Block>> {
    match block {
        Block::Quote(quote) => Some(quote.blocks.clone()),
        Block::Para(para) if is_quoted(para) => Some(vec![Block::Para(unquoted(para))]),
        _ => None,
    }
}

/// Whether a paragraph is one quotation.
pub(super) fn is_quoted(para: &Para) -> bool {
    let signs = wrap::tokens(&para.text);
    let tail = para.text.trim_end_matches(['.', ';', ' ', ',']);
    match (signs.first(), signs.last()) {
        (Some((0, _, true)), Some((end, len, false))) => end + len >= tail.len(),
        _ => false,
    }
}

fn unquoted(para: &Para) -> Para {
    let signs = wrap::tokens(&para.text);
    match (signs.first(), signs.last()) {
        (Some((start, len, _)), Some((end, _, _))) => wrap::slice(para, start + len, *end),
        _ => para.clone(),
    }
}
