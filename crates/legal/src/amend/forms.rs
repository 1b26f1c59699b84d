//! Forms inside an appendix: their printed labels, and where each begins and ends.
//!
//! A form reaches from its label to the next one. Where that is not certain (a label that was
//! lost, a second state heading, a form inside another) it has no bounds.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::Reason;
use crate::citations::lexis::{eat_any, letter, rest, spaces};
use crate::model::{Block, Para};
use crate::structure::{head, is_state, is_upper};

/// A form by its printed label ("Mẫu số 01/PLI", "Biểu II.4").
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Form {
    /// Its word.
    pub kind: FormKind,
    /// Its number as printed.
    pub number: String,
}

/// What a form is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FormKind {
    /// Mẫu, biểu mẫu
    Mau,
    /// Biểu
    Bieu,
}

const WORDS: [(&str, FormKind); 8] = [
    ("biểu mẫu số", FormKind::Mau),
    ("mẫu biểu số", FormKind::Mau),
    ("biểu mẫu", FormKind::Mau),
    ("mẫu biểu", FormKind::Mau),
    ("mẫu số", FormKind::Mau),
    ("mẫu", FormKind::Mau),
    ("biểu số", FormKind::Bieu),
    ("biểu", FormKind::Bieu),
];

/// Bytes of a label's number.
const NUMBER: usize = 28;
/// Bytes of a heading.
const HEADING: usize = 400;
/// Blocks above a label in which the head of its form may stand.
const ABOVE: usize = 4;

impl Form {
    /// Whether another label means the same form: case and leading zeros do not count.
    pub(crate) fn same(&self, other: &Self) -> bool {
        let key = |number: &str| number.trim_start_matches('0').to_uppercase();
        self.kind == other.kind && key(&self.number) == key(&other.number)
    }

    /// Figures at the beginning of the number, and what follows them.
    pub(crate) fn rank(&self) -> Option<(u32, String)> {
        let count = self.number.bytes().take_while(u8::is_ascii_digit).count();
        let (figures, rest) = self.number.split_at_checked(count)?;
        Some((figures.parse().ok()?, rest.to_lowercase()))
    }

    /// As a reader says it.
    #[must_use]
    pub fn words(&self) -> String {
        match self.kind {
            FormKind::Mau => format!("Mẫu số {}", self.number),
            FormKind::Bieu => format!("Biểu số {}", self.number),
        }
    }
}

/// The form named at `at`, with the position after it.
pub(super) fn named(text: &str, at: usize) -> Option<(Form, usize)> {
    let words = WORDS.map(|(word, _)| word);
    let (found, end) = eat_any(text, at, &words)?;
    let kind = WORDS.iter().find(|(word, _)| *word == found)?.1;
    let end = spaces(text, end);
    let end = if letter(text, end) == Some(':') {
        spaces(text, end + 1)
    } else {
        end
    };
    let (number, end) = number(text, end)?;
    Some((Form { kind, number }, end))
}

/// "01", "01/PLI", "II.4", "3.BCTH", "04-A".
pub(super) fn number(text: &str, at: usize) -> Option<(String, usize)> {
    let tail = rest(text, at);
    let end = tail
        .find(|c: char| !c.is_alphanumeric() && !matches!(c, '.' | '/' | '-' | '–'))
        .unwrap_or(tail.len());
    let run = tail.get(..end)?.trim_end_matches(['.', '-', '–', '/']);
    let figures = run.contains(|c: char| c.is_ascii_digit());
    let roman = !run.is_empty() && run.bytes().all(|b| matches!(b, b'I' | b'V' | b'X' | b'.'));
    let begins = run.starts_with(|c: char| c.is_ascii_digit() || c.is_uppercase());
    (begins && (figures || roman) && run.len() <= NUMBER).then(|| (run.to_owned(), at + run.len()))
}

/// The label that a line is the heading of: the label alone, or with a title behind it.
fn heading(text: &str) -> Option<Form> {
    let (form, end) = named(text, spaces(text, 0))?;
    let behind = rest(text, end).trim_start_matches(['.', ':', ' ', '-', '–']);
    let titled = letter(behind, 0).is_none_or(|c| c.is_uppercase() || !c.is_alphanumeric());
    (titled && text.len() < HEADING && !text.ends_with(';')).then_some(form)
}

/// How many labels a text has.
fn labels(text: &str) -> usize {
    let starts = text.char_indices().filter(|(at, c)| {
        matches!(c, 'M' | 'B')
            && text
                .get(..*at)
                .is_none_or(|head| head.is_empty() || head.ends_with(' '))
    });
    starts.filter(|(at, _)| named(text, *at).is_some()).count()
}

/// What a block begins: nothing, a form, or (a list of forms) no certain one.
fn begins(block: &Block) -> Option<Option<Form>> {
    match block {
        Block::Para(para) => {
            let form = heading(&para.text)?;
            Some(Some(form).filter(|_| labels(&para.text) == 1))
        }
        // The label stands in the head of the form, which is set as a table.
        Block::Table(table) => {
            let mut forms = table.rows.first()?.cells.iter().flat_map(|cell| &cell.paras);
            let form = forms.find_map(|para| heading(&para.text).filter(|_| para.text.len() < 40))?;
            (cells(block).filter(|para| heading(&para.text).is_some()).count() == 1).then_some(Some(form))
        }
        Block::Quote(_) => None,
    }
}

fn cells(block: &Block) -> impl Iterator<Item = &Para> {
    let rows = match block {
        Block::Table(table) => table.rows.as_slice(),
        _ => &[],
    };
    rows.iter()
        .flat_map(|row| &row.cells)
        .flat_map(|cell| &cell.paras)
}

fn paras(block: &Block) -> Vec<&Para> {
    match block {
        Block::Para(para) => vec![para],
        Block::Table(_) => cells(block).collect(),
        Block::Quote(quote) => quote.blocks.iter().flat_map(paras).collect(),
    }
}

/// Where forms begin.
pub(crate) fn starts(blocks: &[Block]) -> Vec<(usize, Option<Form>)> {
    let all = blocks.iter().enumerate();
    all.filter_map(|(at, block)| Some((at, begins(block)?))).collect()
}

/// Where a form stands in the text of an appendix.
pub(crate) fn find(blocks: &[Block], form: &Form) -> Result<Range<usize>, Reason> {
    let starts = starts(blocks);
    let mut found: Vec<usize> = (0..starts.len())
        .filter(|nth| matches!(&starts[*nth].1, Some(one) if one.same(form)))
        .collect();
    let end = |nth: usize| starts.get(nth + 1).map_or(blocks.len(), |next| next.0);
    let stands =
        |nth: usize| end(nth) - starts[nth].0 > 1 || matches!(blocks[starts[nth].0], Block::Table(_));
    if found.len() > 1 {
        // Entries of a list of contents have nothing below them.
        found.retain(|nth| stands(*nth));
    }
    let nth = match found.as_slice() {
        [] => return Err(Reason::NoForm),
        [one] => *one,
        _ => return Err(Reason::Repeated),
    };
    let range = starts[nth].0..end(nth);
    // Right below its own label the state heads the form before.
    let above = nth
        .checked_sub(1)
        .map_or(0, |before| starts[before].0 + 1 + ABOVE);
    let next = starts.get(nth + 1).and_then(|next| next.1.as_ref());
    let certain = stands(nth)
        && next.is_none_or(|next| next.kind == form.kind)
        && !is_lost(blocks, &starts, form)
        && is_one(blocks, &range, form)
        && !is_head(blocks, above.max(range.start.saturating_sub(ABOVE))..range.start);
    if certain { Ok(range) } else { Err(Reason::Bounds) }
}

/// Whether the blocks of a form are those of one form alone.
fn is_one(blocks: &[Block], range: &Range<usize>, form: &Form) -> bool {
    let own = blocks.get(range.clone()).unwrap_or_default();
    let states = own
        .iter()
        .flat_map(paras)
        .filter(|para| is_state(&para.text))
        .count();
    let others = own.iter().flat_map(cells).filter_map(|para| heading(&para.text));
    let group = match own.last() {
        Some(Block::Para(para)) => is_upper(&para.text) && head::group(&para.text).is_some(),
        _ => false,
    };
    states <= 1 && !group && others.into_iter().all(|one| one.same(form))
}

/// Whether the head of the form stands above its label.
fn is_head(blocks: &[Block], above: Range<usize>) -> bool {
    let lines = blocks.get(above).unwrap_or_default();
    lines.iter().flat_map(paras).any(|para| is_state(&para.text))
}

/// Whether the label that a list of contents has behind this one was lost in the text.
fn is_lost(blocks: &[Block], starts: &[(usize, Option<Form>)], form: &Form) -> bool {
    let listed: Vec<Form> = blocks
        .iter()
        .flat_map(cells)
        .filter_map(|para| heading(&para.text))
        .collect();
    let place = listed.iter().position(|one| one.same(form));
    let next = place.and_then(|place| listed.iter().skip(place).find(|one| !one.same(form)));
    next.is_some_and(|next| {
        let heads = |(_, one): &(usize, Option<Form>)| one.as_ref().is_some_and(|one| one.same(next));
        listed.len() > 1 && !starts.iter().any(heads)
    })
}

/// The label of a form's first block, where it is one.
pub(crate) fn first(blocks: &[Block]) -> Option<Form> {
    blocks.first().and_then(begins).flatten()
}
