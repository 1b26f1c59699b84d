//! Tables: cells that span columns and rows.

use std::collections::HashMap;

use legal::model::{Block, Cell, Para};

use super::xml::Node;
use crate::table::Building;

/// Columns or rows that one cell may span: Word itself allows 63 columns.
const MAX_SPAN: u16 = 1_000;

/// How a cell is joined to the one above or before it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Merge {
    #[default]
    No,
    Start,
    Continue,
}

impl Merge {
    /// Reads `w:vMerge` or `w:hMerge`, whose bare element continues.
    fn of(properties: &Node, name: &str) -> Self {
        match properties.child(name).map(|node| node.tag.attr("val")) {
            None => Self::No,
            Some(Some("restart")) => Self::Start,
            Some(_) => Self::Continue,
        }
    }
}

/// A cell while its row is open.
#[derive(Debug, Default)]
struct Slot {
    cell: Cell,
    column: u32,
    vertical: Merge,
    horizontal: Merge,
    deleted: bool,
}

/// A table being read.
#[derive(Debug, Default)]
pub(super) struct Grid {
    rows: Vec<Vec<Cell>>,
    row: Vec<Slot>,
    /// Cells that still grow downwards: place in `rows` by column.
    growing: HashMap<u32, (usize, usize)>,
    column: u32,
    header: bool,
    dropped: bool,
}

impl Grid {
    pub(super) fn open_row(&mut self) {
        self.row.clear();
        self.column = 0;
        self.header = false;
        self.dropped = false;
    }

    /// Reads `w:trPr`.
    pub(super) fn row_properties(&mut self, properties: &Node) {
        self.header = properties.flag("tblHeader").unwrap_or(false);
        self.dropped = properties.child("del").is_some();
        let before = properties.number("gridBefore").map_or(0, span);
        if before > 0 {
            self.row.push(Slot {
                cell: Cell {
                    colspan: before,
                    rowspan: 1,
                    ..Cell::default()
                },
                ..Slot::default()
            });
            self.column = u32::from(before);
        }
    }

    pub(super) fn open_cell(&mut self) {
        self.row.push(Slot {
            cell: Cell {
                colspan: 1,
                rowspan: 1,
                header: self.header,
                ..Cell::default()
            },
            column: self.column,
            ..Slot::default()
        });
    }

    /// Reads `w:tcPr`.
    pub(super) fn cell_properties(&mut self, properties: &Node) {
        let Some(slot) = self.row.last_mut() else { return };
        slot.cell.colspan = properties.number("gridSpan").map_or(1, span).max(1);
        slot.vertical = Merge::of(properties, "vMerge");
        slot.horizontal = Merge::of(properties, "hMerge");
        slot.deleted = properties.child("cellDel").is_some();
    }

    /// Adds a paragraph to the open cell; text between cells goes to the last one.
    pub(super) fn para(&mut self, para: Para) {
        if self.row.is_empty() {
            self.open_cell();
        }
        if let Some(slot) = self.row.last_mut() {
            slot.cell.paras.push(para);
        }
    }

    pub(super) fn close_cell(&mut self) {
        let Some(mut slot) = self.row.pop() else { return };
        if slot.deleted {
            return;
        }
        self.column = self.column.saturating_add(u32::from(slot.cell.colspan));
        match self.row.last_mut() {
            // What a covered cell holds is not shown.
            Some(before) if slot.horizontal == Merge::Continue => {
                before.cell.colspan = before
                    .cell
                    .colspan
                    .saturating_add(slot.cell.colspan)
                    .min(MAX_SPAN);
            }
            _ => {
                slot.horizontal = Merge::No;
                self.row.push(slot);
            }
        }
    }

    pub(super) fn close_row(&mut self) {
        let row = std::mem::take(&mut self.row);
        if self.dropped {
            return;
        }
        let above = std::mem::take(&mut self.growing);
        let mut cells = Vec::with_capacity(row.len());
        for slot in row {
            let grown = above
                .get(&slot.column)
                .filter(|_| slot.vertical == Merge::Continue);
            let covering = grown.and_then(|(row, cell)| self.rows.get_mut(*row)?.get_mut(*cell));
            if let (Some(covering), Some(grown)) = (covering, grown) {
                covering.rowspan = covering.rowspan.saturating_add(1).min(MAX_SPAN);
                self.growing.insert(slot.column, *grown);
                continue;
            }
            if slot.vertical != Merge::No {
                self.growing.insert(slot.column, (self.rows.len(), cells.len()));
            }
            cells.push(slot.cell);
        }
        self.rows.push(cells);
    }

    /// The finished table, or its text where it only lays text out or stands in a cell.
    pub(super) fn into_blocks(mut self, nested: bool) -> Vec<Block> {
        if !self.row.is_empty() {
            self.close_row();
        }
        let mut building = Building::default();
        for row in self.rows {
            building.row();
            for cell in row {
                building.cell(cell.colspan, cell.rowspan, cell.header);
                cell.paras.into_iter().for_each(|para| building.para(para));
            }
        }
        building.into_blocks(nested)
    }
}

fn span(number: i64) -> u16 {
    u16::try_from(number.max(0)).unwrap_or(MAX_SPAN).min(MAX_SPAN)
}
