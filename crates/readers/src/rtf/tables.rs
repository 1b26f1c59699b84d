//! Tables of one story: rows say how they are made, and tables stand in cells of others.

use legal::model::Block;

use crate::word::{Flow, Found, Merge, OpenTable, RowMake};

/// Tables in tables; Word itself allows some tens.
const DEEPEST: usize = 20;
/// Cells of a row.
pub(super) const CELLS: usize = 64;

/// What the words of a row have said so far.
#[derive(Clone, Debug, Default)]
struct Making {
    make: RowMake,
    merge: (Merge, Merge),
}

/// The flow of a story with the tables that are open in it.
#[derive(Debug, Default)]
pub(super) struct Tables {
    flow: Flow,
    /// The innermost last.
    open: Vec<OpenTable>,
    /// Rows of outermost tables, which are described around those in their cells.
    outer: Making,
    inner: Making,
}

impl Tables {
    /// Where text goes now.
    pub(super) fn flow(&mut self) -> &mut Flow {
        match self.open.last_mut() {
            Some(table) => &mut table.cell,
            None => &mut self.flow,
        }
    }

    /// Opens and ends tables until text stands in so many.
    pub(super) fn enter(&mut self, depth: usize, found: &mut Found) {
        while self.open.len() > depth {
            self.close(found);
        }
        self.open
            .resize_with(depth.min(DEEPEST).max(self.open.len()), OpenTable::default);
    }

    fn close(&mut self, found: &mut Found) {
        if let Some(mut table) = self.open.pop() {
            table.cell.flush(found);
            let depth = self.open.len();
            table.put(self.flow(), depth);
        }
    }

    pub(super) fn end_cell(&mut self, found: &mut Found) {
        if let Some(table) = self.open.last_mut() {
            table.cell.flush(found);
            table.close_cell();
        }
    }

    /// Ends the row of the outermost table, or of the innermost one; gives its weight.
    pub(super) fn end_row(&mut self, inner: bool, found: &mut Found) -> usize {
        let make = self.making(inner).make.clone();
        let weight = make.weight();
        if !inner {
            self.enter(self.open.len().min(1), found);
        }
        let nested = self.open.len() > 1;
        if let Some(table) = self.open.last_mut().filter(|_| nested || !inner) {
            table.close_row(make);
        }
        weight
    }

    /// Everything, at the end of the story.
    pub(super) fn finish(mut self, found: &mut Found) -> Vec<Block> {
        self.enter(0, found);
        self.flow.flush(found);
        self.flow.blocks
    }

    fn making(&mut self, inner: bool) -> &mut Making {
        if inner { &mut self.inner } else { &mut self.outer }
    }

    /// Words that say how a row is made, of a table in a cell or of another one.
    pub(super) fn word(&mut self, word: &[u8], number: Option<i32>, inner: bool) {
        let Making { make, merge } = self.making(inner);
        match word {
            b"trowd" => {
                *make = RowMake::default();
                *merge = Default::default();
            }
            b"trhdr" => make.header = true,
            b"trleft" if make.edges.is_empty() => make.edges.extend(number),
            b"clvmgf" => merge.0 = Merge::Start,
            b"clvmrg" => merge.0 = Merge::Continue,
            b"clmgf" => merge.1 = Merge::Start,
            b"clmrg" => merge.1 = Merge::Continue,
            b"cellx" if make.merges.len() < CELLS => {
                if make.edges.is_empty() {
                    make.edges.push(0);
                }
                make.edges.extend(number);
                make.merges.push(std::mem::take(merge));
            }
            _ => {}
        }
    }
}
