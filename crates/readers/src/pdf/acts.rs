//! A gazette may hold several acts: one draft each.

use std::collections::HashMap;
use std::sync::LazyLock;

use legal::draft::Draft;
use legal::model::{Block, MarkKind, Para};
use regex::Regex;

/// Lines of the head of an act, from its issuer to its title.
const HEAD: usize = 14;

static STATE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^CỘNG H(?:ÒA|OÀ) XÃ HỘI CHỦ NGHĨA VIỆT NAM").expect("fixed pattern"));

/// "Số: 12/2024/TT-BTC": a number filled in, as forms do not have it.
static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:\p{Lu}\p{Ll}+ ){0,3}[Ss]ố\s?:?\s?\d+\s?/[\p{Lu}\d][\p{Lu}\d/\-–]+")
        .expect("fixed pattern")
});

static BASIS: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^(?:Căn cứ |Theo đề nghị |Xét )").expect("fixed pattern"));

/// Cuts a run of blocks before every head of an act but the first.
pub(super) fn split(draft: Draft) -> Vec<Draft> {
    let cuts = heads(&draft.blocks);
    if cuts.is_empty() {
        return vec![draft];
    }
    let Draft {
        mut blocks,
        notes,
        mended,
        ..
    } = draft;
    let mut pieces: Vec<Vec<Block>> = Vec::new();
    for cut in cuts.into_iter().rev() {
        pieces.push(blocks.split_off(cut.min(blocks.len())));
    }
    pieces.push(blocks);
    pieces
        .into_iter()
        .rev()
        .map(|mut blocks| {
            let notes = renumber(&mut blocks, &notes);
            Draft {
                blocks,
                notes,
                mended: mended.clone(),
                ..Draft::default()
            }
        })
        .collect()
}

fn text(block: &Block) -> Option<&str> {
    match block {
        Block::Para(para) => Some(para.text.as_str()),
        _ => None,
    }
}

/// Where an act begins behind another: name of the state, a number filled in, and legal bases
/// before any article, after the first act has had its first article.
fn heads(blocks: &[Block]) -> Vec<usize> {
    let mut out = Vec::new();
    let mut had_article = false;
    for (place, block) in blocks.iter().enumerate() {
        let Some(line) = text(block) else { continue };
        had_article |= legal::structure::is_article(line);
        if !had_article || !STATE.is_match(line) {
            continue;
        }
        let from = issuer(blocks, place);
        let head = blocks
            .get(from..)
            .unwrap_or_default()
            .iter()
            .take(HEAD + place - from);
        let numbered = head.filter_map(text).any(|line| NUMBER.is_match(line));
        if numbered && has_basis(blocks.get(place..).unwrap_or_default()) {
            out.push(from);
            had_article = false;
        }
    }
    out
}

/// The first line of the left column of a head, which stands before the name of the state.
fn issuer(blocks: &[Block], state: usize) -> usize {
    let mut from = state;
    while let Some(line) = from.checked_sub(1).and_then(|above| text(blocks.get(above)?)) {
        let capitals = line.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
        if state - from > 4 || !(capitals || NUMBER.is_match(line)) || line.chars().count() > 90 {
            break;
        }
        from -= 1;
    }
    from
}

fn has_basis(blocks: &[Block]) -> bool {
    blocks
        .iter()
        .filter_map(text)
        .take(40)
        .take_while(|line| !legal::structure::is_article(line))
        .any(|line| BASIS.is_match(line))
}

/// The footnotes that a piece refers to, numbered anew.
fn renumber(blocks: &mut [Block], notes: &[legal::model::Footnote]) -> Vec<legal::model::Footnote> {
    let by_id: HashMap<&str, &legal::model::Footnote> =
        notes.iter().map(|note| (note.id.as_str(), note)).collect();
    let mut own: Vec<legal::model::Footnote> = Vec::new();
    let mut point = |para: &mut Para| {
        for mark in &mut para.marks {
            let MarkKind::Note(id) = &mut mark.kind else {
                continue;
            };
            let Some(note) = by_id.get(id.as_str()).copied() else {
                continue;
            };
            *id = format!("fn_{}", own.len() + 1);
            own.push(legal::model::Footnote {
                id: id.clone(),
                ..note.clone()
            });
        }
    };
    for block in blocks {
        match block {
            Block::Para(para) => point(para),
            Block::Table(table) => table
                .rows
                .iter_mut()
                .flat_map(|row| &mut row.cells)
                .flat_map(|cell| &mut cell.paras)
                .for_each(&mut point),
            Block::Quote(_) => {}
        }
    }
    own
}
