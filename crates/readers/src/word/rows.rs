//! Tables whose rows say at their end how they are made: those of Word 97–2003 files and of RTF.

use legal::model::Block;

use super::flow::Flow;
use super::grid::{CellForm, Grid, Merge, RowForm};

/// Edges of cells nearer to each other than this, in twentieths of a point, are one.
const NEAR: i32 = 40;

/// How a row is made.
#[derive(Clone, Debug, Default)]
pub(crate) struct RowMake {
    /// Edges of its cells from left to right, one more than cells.
    pub edges: Vec<i32>,
    /// How each cell is joined to the one above and to the one before.
    pub merges: Vec<(Merge, Merge)>,
    pub header: bool,
    /// A tracked change took it away.
    pub dropped: bool,
}

impl RowMake {
    /// Bytes that it is long.
    pub(crate) fn weight(&self) -> usize {
        size_of_val(self.edges.as_slice()) + size_of_val(self.merges.as_slice())
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
pub(crate) struct OpenTable {
    rows: Vec<(Vec<Vec<Block>>, RowMake)>,
    row: Vec<Vec<Block>>,
    /// What the open cell holds so far.
    pub cell: Flow,
}

impl OpenTable {
    pub(crate) fn close_cell(&mut self) {
        self.row.push(std::mem::take(&mut self.cell.blocks));
    }

    pub(crate) fn close_row(&mut self, make: RowMake) {
        if !self.cell.blocks.is_empty() {
            self.close_cell();
        }
        self.rows.push((std::mem::take(&mut self.row), make));
    }

    /// The finished table put into `flow`; `depth` counts the tables around it.
    pub(crate) fn put(mut self, flow: &mut Flow, depth: usize) {
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
                blocks.into_iter().for_each(|block| grid.block(block));
                grid.close_cell();
            }
            grid.close_row();
        }
        for block in grid.into_blocks(depth) {
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
