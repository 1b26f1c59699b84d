//! Tables: cells that span columns and rows.

use std::collections::HashMap;

use legal::model::Block;

use crate::table::{Building, OpenCell};

/// Columns or rows that one cell may span: Word itself allows 63 columns.
const MAX_SPAN: u16 = 1_000;

/// How a cell is joined to the one above or before it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Merge {
    #[default]
    No,
    Start,
    Continue,
}

/// What a row says of itself.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct RowForm {
    pub header: bool,
    /// A tracked change took the row away.
    pub dropped: bool,
    /// Columns that stand empty before its first cell.
    pub before: i64,
}

/// What a cell says of itself.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct CellForm {
    /// Columns that it spans; one where it says less.
    pub span: i64,
    pub vertical: Merge,
    pub horizontal: Merge,
    /// A tracked change took the cell away.
    pub deleted: bool,
}

/// A cell while its row is open.
#[derive(Debug, Default)]
struct Slot {
    cell: OpenCell,
    column: u32,
    vertical: Merge,
    horizontal: Merge,
    deleted: bool,
}

/// A table being read.
#[derive(Debug, Default)]
pub(crate) struct Grid {
    rows: Vec<Vec<OpenCell>>,
    row: Vec<Slot>,
    /// Cells that still grow downwards: place in `rows` by column.
    growing: HashMap<u32, (usize, usize)>,
    column: u32,
    header: bool,
    dropped: bool,
}

impl Grid {
    pub(crate) fn open_row(&mut self) {
        self.row.clear();
        self.column = 0;
        self.header = false;
        self.dropped = false;
    }

    /// Gives the open row its form, before its first cell.
    pub(crate) fn form_row(&mut self, form: RowForm) {
        self.header = form.header;
        self.dropped = form.dropped;
        let before = span(form.before);
        if before > 0 {
            self.row.push(Slot {
                cell: OpenCell {
                    colspan: before,
                    rowspan: 1,
                    ..OpenCell::default()
                },
                ..Slot::default()
            });
            self.column = u32::from(before);
        }
    }

    pub(crate) fn open_cell(&mut self) {
        self.row.push(Slot {
            cell: OpenCell {
                colspan: 1,
                rowspan: 1,
                header: self.header,
                ..OpenCell::default()
            },
            column: self.column,
            ..Slot::default()
        });
    }

    /// Gives the open cell its form.
    pub(crate) fn form_cell(&mut self, form: CellForm) {
        let Some(slot) = self.row.last_mut() else { return };
        slot.cell.colspan = span(form.span).max(1);
        slot.vertical = form.vertical;
        slot.horizontal = form.horizontal;
        slot.deleted = form.deleted;
    }

    /// Adds a block to the open cell; what stands between cells goes to the last one.
    pub(crate) fn block(&mut self, block: Block) {
        if self.row.is_empty() {
            self.open_cell();
        }
        if let Some(slot) = self.row.last_mut() {
            slot.cell.blocks.push(block);
        }
    }

    pub(crate) fn close_cell(&mut self) {
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

    pub(crate) fn close_row(&mut self) {
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

    /// The finished table, or what it holds where it only lays that out; `depth` counts the tables around it.
    pub(crate) fn into_blocks(mut self, depth: usize) -> Vec<Block> {
        if !self.row.is_empty() {
            self.close_row();
        }
        let mut building = Building::default();
        for row in self.rows {
            building.row();
            for cell in row {
                building.cell(cell);
            }
        }
        building.into_blocks(depth)
    }
}

fn span(number: i64) -> u16 {
    u16::try_from(number.max(0)).unwrap_or(MAX_SPAN).min(MAX_SPAN)
}
