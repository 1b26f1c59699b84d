//! Tables: the document says how a row is made only at its end ([MS-DOC] 2.4.3).

use legal::model::Block;

use super::bytes::{i16_at, u8_at, u16_at};
use super::sprm::{Dialect, Prl};
use crate::word::{CellForm, Flow, Grid, Merge, RowForm};

/// Edges of cells nearer to each other than this, in twentieths of a point, are one.
const NEAR: i32 = 40;

/// How a row is made.
#[derive(Clone, Debug, Default)]
pub(super) struct RowMake {
    /// Edges of its cells from left to right, one more than cells.
    edges: Vec<i32>,
    /// How each cell is joined to the one above and to the one before.
    merges: Vec<(Merge, Merge)>,
    header: bool,
    /// A tracked change took it away.
    pub dropped: bool,
}

impl RowMake {
    /// Bytes that it is long.
    pub(super) fn weight(&self) -> usize {
        size_of_val(self.edges.as_slice()) + size_of_val(self.merges.as_slice())
    }

    pub(super) fn change(&mut self, prl: &Prl<'_>, dialect: Dialect) {
        let pair = || Some((usize::from(u8_at(prl.operand, 0)?), u8_at(prl.operand, 1)?));
        match prl.code {
            0x3404 => self.header = prl.on(),
            0xd608 => self.define(prl.operand, dialect),
            0xd62b => {
                if let Some((cell, how)) = pair()
                    && let Some((vertical, _)) = self.merges.get_mut(cell)
                {
                    *vertical = match how & 3 {
                        0 => Merge::No,
                        1 => Merge::Continue,
                        _ => Merge::Start,
                    };
                }
            }
            0x5624 | 0x5625 => {
                let Some((first, limit)) = pair() else { return };
                let cells = self.merges.iter_mut().take(usize::from(limit)).skip(first);
                for (place, (_, horizontal)) in cells.enumerate() {
                    *horizontal = match (prl.code, place) {
                        (0x5625, _) => Merge::No,
                        (_, 0) => Merge::Start,
                        _ => Merge::Continue,
                    };
                }
            }
            _ => {}
        }
    }

    fn define(&mut self, operand: &[u8], dialect: Dialect) {
        let count = usize::from(u8_at(operand, 0).unwrap_or(0));
        let edges = (0..=count).map_while(|edge| i16_at(operand, 1 + edge * 2).map(i32::from));
        self.edges = edges.collect();
        let size = match dialect {
            Dialect::Word6 => 10,
            Dialect::Word97 => 20,
        };
        let cells = 1 + (count + 1) * 2;
        self.merges = (0..count)
            .map(|cell| {
                let flags = u16_at(operand, cells + cell * size).unwrap_or(0);
                let horizontal = match flags & 3 {
                    0 => Merge::No,
                    1 => Merge::Start,
                    _ => Merge::Continue,
                };
                let vertical = match flags >> 5 & 3 {
                    _ if dialect == Dialect::Word6 => Merge::No,
                    0 => Merge::No,
                    1 => Merge::Continue,
                    _ => Merge::Start,
                };
                (vertical, horizontal)
            })
            .collect();
    }

    /// The form of a cell where its columns are those of the whole table.
    fn cell(&self, cell: usize, columns: &[i32]) -> CellForm {
        let (vertical, horizontal) = self.merges.get(cell).copied().unwrap_or_default();
        let edge = |edge: usize| self.edges.get(edge).map(|edge| column(columns, *edge));
        let span = edge(cell).zip(edge(cell + 1)).map_or(1, |(from, to)| to - from);
        CellForm {
            span,
            vertical,
            horizontal,
            deleted: false,
        }
    }
}

/// The column that begins at an edge.
fn column(columns: &[i32], edge: i32) -> i64 {
    let after = columns.partition_point(|column| *column <= edge);
    i64::try_from(after.saturating_sub(1)).unwrap_or(0)
}

/// A table being read.
#[derive(Debug, Default)]
pub(super) struct OpenTable {
    rows: Vec<(Vec<Vec<Block>>, RowMake)>,
    row: Vec<Vec<Block>>,
    /// What the open cell holds so far.
    pub cell: Flow,
}

impl OpenTable {
    pub(super) fn close_cell(&mut self) {
        self.row.push(std::mem::take(&mut self.cell.blocks));
    }

    pub(super) fn close_row(&mut self, make: RowMake) {
        if !self.cell.blocks.is_empty() {
            self.close_cell();
        }
        self.rows.push((std::mem::take(&mut self.row), make));
    }

    /// The finished table put into `flow`.
    pub(super) fn put(mut self, flow: &mut Flow, nested: bool) {
        if !self.row.is_empty() || !self.cell.blocks.is_empty() {
            self.close_row(RowMake::default());
        }
        let columns = self.columns();
        let mut grid = Grid::default();
        for (cells, make) in self.rows {
            grid.open_row();
            grid.form_row(RowForm {
                header: make.header,
                dropped: make.dropped,
                before: make.edges.first().map_or(0, |edge| column(&columns, *edge)),
            });
            for (place, blocks) in cells.into_iter().enumerate() {
                grid.open_cell();
                grid.form_cell(make.cell(place, &columns));
                for block in blocks {
                    if let Block::Para(para) = block {
                        grid.para(para);
                    }
                }
                grid.close_cell();
            }
            grid.close_row();
        }
        for block in grid.into_blocks(nested) {
            flow.emit(block);
        }
    }

    /// Where the columns of the table begin: the edges of all its cells.
    fn columns(&self) -> Vec<i32> {
        let mut edges: Vec<i32> = self
            .rows
            .iter()
            .flat_map(|(_, make)| &make.edges)
            .copied()
            .collect();
        edges.sort_unstable();
        let mut columns: Vec<i32> = Vec::new();
        for edge in edges {
            if columns.last().is_none_or(|last| edge - last > NEAR) {
                columns.push(edge);
            }
        }
        columns
    }
}
