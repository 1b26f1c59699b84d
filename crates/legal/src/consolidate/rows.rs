//! Rows of tables, found by the number that their first cell prints.
//!
//! A row is touched only where it is a rectangle of its own: no cell of it reaches into another
//! row, and none of another row into it.

use std::ops::Range;

use crate::amend::pieces::{first_cell, is_header, is_row, line};
use crate::amend::{Anchor, Operation, Reason};
use crate::citations::places::group_number;
use crate::model::{Block, Cell, Para, Row, Table};

use super::apply::Done;
use super::{Change, REPEALED, exchange};

/// A row: the block of its table, and its place in it.
type Spot = (usize, usize);

/// What is done to one row: the sections that hold it, outermost first, and its number.
pub(super) fn change(
    blocks: &mut [Block],
    (groups, number): (&[String], &str),
    operation: &Operation,
    text: &[Block],
    id: &str,
) -> Result<Done, Reason> {
    let done = |how| Ok(Done::of(vec![id.to_owned()], how));
    if let Operation::Insert(anchor) = operation {
        match find(blocks, (groups, number)) {
            Err(Reason::NoRow) => {}
            Err(reason) => return Err(reason),
            Ok(_) => return Err(Reason::AlreadyThere),
        }
        let (label, after) = match anchor {
            Anchor::After(label) => (label, true),
            Anchor::Before(label) => (label, false),
            Anchor::ByNumber => return Err(Reason::UnknownAnchor),
        };
        let (block, row) = match find(blocks, (groups, label)) {
            Err(Reason::NoRow) => return Err(Reason::UnknownAnchor),
            found => found?,
        };
        let table = table(blocks, block)?;
        let at = row + usize::from(after);
        if reaches(table, at) {
            return Err(Reason::Merged);
        }
        let new = new_row(table, row, number, text)?;
        table.rows.insert(at, new);
        return done(Change::Inserted);
    }
    let (block, row) = find(blocks, (groups, number))?;
    let table = table(blocks, block)?;
    if !is_alone(table, row) {
        return Err(Reason::Merged);
    }
    match operation {
        Operation::Replace => {
            let new = new_row(table, row, number, text)?;
            table.rows[row] = new;
            done(Change::Amended)
        }
        Operation::Repeal => {
            let cells = table.rows[row].cells.iter_mut().skip(1);
            for (nth, cell) in cells.enumerate() {
                let said = if nth == 0 { REPEALED } else { "" };
                cell.paras = vec![para(said)];
            }
            done(Change::Repealed)
        }
        Operation::ReplacePhrase(_) | Operation::DropPhrase(_) => {
            let mut only = vec![Block::Table(Table {
                id: table.id.clone(),
                rows: vec![table.rows[row].clone()],
            })];
            let worked = exchange::in_blocks(id, &mut only, operation)?;
            if let Some(Block::Table(changed)) = only.first_mut()
                && let Some(new) = changed.rows.pop()
            {
                table.rows[row] = new;
            }
            Ok(worked.done())
        }
        _ => Err(Reason::Piece),
    }
}

/// The only row with a number in the sections named.
pub(super) fn find(blocks: &[Block], (groups, number): (&[String], &str)) -> Result<Spot, Reason> {
    let lines = lines(blocks);
    let mut range = 0..lines.len();
    for group in groups {
        range = section(blocks, &lines, range, group)?;
    }
    let mut numbered = false;
    let mut found = Vec::new();
    for at in lines.get(range).unwrap_or_default() {
        let Line::Row(spot) = at else { continue };
        let Some(Block::Table(table)) = blocks.get(spot.0) else {
            continue;
        };
        if !table.rows.iter().any(is_header) {
            continue;
        }
        numbered = true;
        if table.rows.get(spot.1).is_some_and(|row| is_row(row, number)) {
            found.push(*spot);
        }
    }
    match found.as_slice() {
        [one] => Ok(*one),
        [] if numbered => Err(Reason::NoRow),
        [] => Err(Reason::NoTable),
        _ => Err(Reason::Repeated),
    }
}

/// A paragraph or a row, in the order of the text.
#[derive(Clone, Copy)]
enum Line {
    Para(usize),
    Row(Spot),
}

fn lines(blocks: &[Block]) -> Vec<Line> {
    let mut out = Vec::new();
    for (at, block) in blocks.iter().enumerate() {
        match block {
            Block::Para(_) => out.push(Line::Para(at)),
            Block::Table(table) => out.extend((0..table.rows.len()).map(|row| Line::Row((at, row)))),
            Block::Quote(_) => {}
        }
    }
    out
}

/// The lines of the section with this number: to the next head of a section that stands as its own does.
fn section(
    blocks: &[Block],
    lines: &[Line],
    range: Range<usize>,
    number: &str,
) -> Result<Range<usize>, Reason> {
    let heads: Vec<(usize, String)> = range
        .clone()
        .filter_map(|at| Some((at, group_head(blocks, *lines.get(at)?)?)))
        .collect();
    let mut found = heads.iter().filter(|(_, own)| own == number);
    let (start, _) = found.next().ok_or(Reason::NoTable)?;
    if found.next().is_some() {
        return Err(Reason::Repeated);
    }
    let row = |at: usize| matches!(lines.get(at), Some(Line::Row(_)));
    let next = heads.iter().find(|(at, _)| at > start && row(*at) == row(*start));
    Ok(*start..next.map_or(range.end, |(at, _)| *at))
}

/// The number of a section's head: "B. DANH MỤC LỆ PHÍ", "Phần II", a row that begins with "V".
fn group_head(blocks: &[Block], line: Line) -> Option<String> {
    let text = match line {
        Line::Para(at) => match blocks.get(at)? {
            Block::Para(para) => para.text.as_str(),
            _ => return None,
        },
        Line::Row((at, row)) => match blocks.get(at)? {
            Block::Table(table) => match table.rows.get(row)?.cells.first()?.paras.as_slice() {
                [only] => only.text.as_str(),
                _ => return None,
            },
            _ => return None,
        },
    };
    if let Some(head) = crate::structure::head::group(text) {
        return group_number(head.number);
    }
    let (number, rest) = text.split_at(text.find(|c: char| !c.is_ascii_uppercase()).unwrap_or(text.len()));
    let ends = match line {
        Line::Para(_) => rest.starts_with('.'),
        Line::Row(_) => rest.is_empty() || rest == ".",
    };
    ends.then(|| group_number(number)).flatten()
}

fn table(blocks: &mut [Block], at: usize) -> Result<&mut Table, Reason> {
    match blocks.get_mut(at) {
        Some(Block::Table(table)) => Ok(table),
        _ => Err(Reason::NoTable),
    }
}

/// Whether a cell of a row above reaches into this row.
fn reaches(table: &Table, row: usize) -> bool {
    let above = table.rows.iter().take(row).enumerate();
    above
        .flat_map(|(at, row)| row.cells.iter().map(move |cell| at + usize::from(cell.rowspan)))
        .any(|end| end > row)
}

fn is_alone(table: &Table, row: usize) -> bool {
    let own = table.rows.get(row).map_or(&[][..], |row| &row.cells);
    !reaches(table, row) && own.iter().all(|cell| cell.rowspan <= 1)
}

fn width(row: &Row) -> usize {
    row.cells
        .iter()
        .map(|cell| usize::from(cell.colspan.max(1)))
        .sum()
}

/// The new row, with as many columns as the one at `beside`: a row of a table, or in a table of two
/// columns a line with the number before its words.
fn new_row(table: &Table, beside: usize, number: &str, text: &[Block]) -> Result<Row, Reason> {
    let columns = table.rows.get(beside).map(width).ok_or(Reason::NoRow)?;
    let row = match text {
        [Block::Table(new)] => match new.rows.as_slice() {
            [row] if row.cells.iter().all(|cell| cell.rowspan <= 1) => row.clone(),
            _ => return Err(Reason::Merged),
        },
        [Block::Para(para)] if columns == 2 => {
            told(para, label(table, beside, number)).ok_or(Reason::OtherNumber)?
        }
        [] => return Err(Reason::NoText),
        _ => return Err(Reason::Merged),
    };
    if width(&row) == columns {
        Ok(row)
    } else {
        Err(Reason::Merged)
    }
}

/// A number as the rows beside it print theirs.
fn label(table: &Table, beside: usize, number: &str) -> String {
    let printed = table.rows.get(beside).and_then(first_cell).unwrap_or_default();
    let stop = if printed.ends_with('.') { "." } else { "" };
    format!("{number}{stop}")
}

fn told(text: &Para, number: String) -> Option<Row> {
    let (_, words) = line(&text.text)?;
    let cell = |text: &str| Cell {
        paras: vec![para(text)],
        colspan: 1,
        rowspan: 1,
        header: false,
    };
    Some(Row {
        cells: vec![cell(&number), cell(words)],
    })
}

fn para(text: &str) -> Para {
    Para {
        text: text.to_owned(),
        ..Para::default()
    }
}
