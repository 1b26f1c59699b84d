//! Tables: spans become merged cells on a grid of equal columns.

use std::collections::BTreeMap;

use legal::model::{Cell, Row, Table};

use super::TEXT_WIDTH;
use super::paragraphs::{Look, Paragraphs};
use crate::Xml;

/// Word opens no table with more columns.
const MAX_COLUMNS: u32 = 63;

/// What stands at a place of a row: a cell of the row, or one that reaches down from above.
struct Place<'a> {
    cell: Option<&'a Cell>,
    columns: u32,
    merge: Merge,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Merge {
    No,
    Starts,
    Goes,
}

/// Cells that reach down from rows above: first column → (rows still to cover, columns).
type Reaching = BTreeMap<u32, (u16, u32)>;

pub(super) fn write<'a>(paragraphs: &mut Paragraphs<'a>, table: &'a Table) {
    let mut reaching = Reaching::new();
    let rows: Vec<Vec<Place<'a>>> = table.rows.iter().map(|row| places(row, &mut reaching)).collect();
    let columns = rows.iter().map(|row| width(row)).max().unwrap_or(0);
    if columns == 0 {
        return;
    }
    let column = TEXT_WIDTH / columns;
    paragraphs.xml.open("w:tbl", &[]);
    properties(&mut paragraphs.xml);
    paragraphs.xml.open("w:tblGrid", &[]);
    for _ in 0..columns {
        paragraphs.xml.empty("w:gridCol", &[("w:w", &column.to_string())]);
    }
    paragraphs.xml.close();
    for row in rows.iter().filter(|row| !row.is_empty()) {
        write_row(paragraphs, row, column);
    }
    paragraphs.xml.close();
    // Two tables in a row would become one, and a cell or page may not end with a table.
    paragraphs.words(Look::style("TableText"), "");
}

fn width(row: &[Place<'_>]) -> u32 {
    row.iter().map(|place| place.columns).sum()
}

fn places<'a>(row: &'a Row, reaching: &mut Reaching) -> Vec<Place<'a>> {
    let mut places = Vec::new();
    let mut column = 0;
    let above = std::mem::take(reaching);
    let covered = |column: &mut u32, places: &mut Vec<Place<'a>>, reaching: &mut Reaching| {
        while let Some((rows, columns)) = above.get(column).copied() {
            places.push(Place {
                cell: None,
                columns,
                merge: Merge::Goes,
            });
            if rows > 1 {
                reaching.insert(*column, (rows - 1, columns));
            }
            *column += columns;
        }
    };
    for cell in &row.cells {
        covered(&mut column, &mut places, reaching);
        let free = above.range(column..).next().map_or(MAX_COLUMNS, |next| *next.0) - column;
        let columns = u32::from(cell.colspan).clamp(1, free.max(1));
        if column + columns > MAX_COLUMNS {
            break;
        }
        let merge = if cell.rowspan > 1 {
            Merge::Starts
        } else {
            Merge::No
        };
        if merge == Merge::Starts {
            reaching.insert(column, (cell.rowspan - 1, columns));
        }
        places.push(Place {
            cell: Some(cell),
            columns,
            merge,
        });
        column += columns;
    }
    covered(&mut column, &mut places, reaching);
    places
}

fn properties(xml: &mut Xml) {
    xml.open("w:tblPr", &[]);
    xml.empty("w:tblW", &[("w:w", &TEXT_WIDTH.to_string()), ("w:type", "dxa")]);
    xml.open("w:tblBorders", &[]);
    for side in ["w:top", "w:left", "w:bottom", "w:right", "w:insideH", "w:insideV"] {
        xml.empty(
            side,
            &[
                ("w:val", "single"),
                ("w:sz", "4"),
                ("w:space", "0"),
                ("w:color", "000000"),
            ],
        );
    }
    xml.close();
    xml.close();
}

fn write_row<'a>(paragraphs: &mut Paragraphs<'a>, row: &[Place<'a>], column: u32) {
    paragraphs.xml.open("w:tr", &[]);
    if row.iter().all(|place| place.cell.is_some_and(|cell| cell.header)) {
        paragraphs.xml.open("w:trPr", &[]);
        paragraphs.xml.empty("w:tblHeader", &[]);
        paragraphs.xml.close();
    }
    for place in row {
        write_cell(paragraphs, place, column);
    }
    paragraphs.xml.close();
}

fn write_cell<'a>(paragraphs: &mut Paragraphs<'a>, place: &Place<'a>, column: u32) {
    let xml = &mut paragraphs.xml;
    xml.open("w:tc", &[]);
    xml.open("w:tcPr", &[]);
    xml.empty(
        "w:tcW",
        &[("w:w", &(column * place.columns).to_string()), ("w:type", "dxa")],
    );
    if place.columns > 1 {
        xml.empty("w:gridSpan", &[("w:val", &place.columns.to_string())]);
    }
    match place.merge {
        Merge::No => {}
        Merge::Starts => xml.empty("w:vMerge", &[("w:val", "restart")]),
        Merge::Goes => xml.empty("w:vMerge", &[]),
    }
    xml.close();
    let look = Look::style("TableText");
    let (paras, header) = place
        .cell
        .map_or((&[][..], false), |cell| (&cell.paras[..], cell.header));
    for para in paras {
        paragraphs.para(if header { look.bold() } else { look }, "", para);
    }
    if paras.is_empty() {
        paragraphs.words(look, "");
    }
    paragraphs.xml.close();
}
