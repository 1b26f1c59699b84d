//! Pages → one run of paragraphs and tables.

use legal::model::{Block, Para, Row, Table};
use viet::Mended;

use super::columns;
use super::grid::{Area, Grid};
use super::notes::Foot;
use super::page::{Leaf, Measure};
use super::para::{self, Placed};
use crate::table::{Building, OpenCell};

/// Word's room between the rule of a cell and its text.
const PADDING: f32 = 5.4;
/// Points by which the rules of one table may shift from page to page.
const SHIFT: f32 = 4.0;

/// Collects what the pages hold in reading order.
pub(super) struct Flow<'f> {
    foot: &'f Foot,
    log: &'f mut Mended,
    /// Measure of the whole file, for pages with few lines.
    whole: Measure,
    blocks: Vec<Block>,
    open: Vec<Placed>,
    /// Vertical rules of the table that ends the run.
    last_columns: Option<Vec<f32>>,
}

impl<'f> Flow<'f> {
    pub(super) fn new(foot: &'f Foot, whole: Measure, log: &'f mut Mended) -> Self {
        Self {
            foot,
            log,
            whole,
            blocks: Vec::new(),
            open: Vec::new(),
            last_columns: None,
        }
    }

    /// Adds a page with its tables.
    pub(super) fn page(&mut self, page: usize, leaf: Leaf, grids: Vec<Grid>) {
        let own = Measure::of(leaf.lines.iter());
        let measure = self.measure(own, leaf.lines.len());
        let mut lines = leaf.lines.into_iter().peekable();
        let mut grids = grids;
        grids.sort_by(|a, b| a.top().total_cmp(&b.top()));
        for grid in grids {
            let mut above = Vec::new();
            while let Some(line) = lines.next_if(|line| line.y < grid.top()) {
                above.push(line);
            }
            self.lines(page, above, measure);
            self.grid(page, grid);
        }
        self.lines(page, lines.collect(), measure);
    }

    /// The measure of a page: its own where enough lines show it.
    fn measure(&self, own: Measure, lines: usize) -> Measure {
        let outside = own.left < self.whole.left - 3.0 || own.right > self.whole.right + 3.0;
        let wide = own.right - own.left > 0.8 * (self.whole.right - self.whole.left);
        if lines >= 12 && wide || lines >= 4 && outside {
            return own;
        }
        Measure {
            leading: own.leading.or(self.whole.leading),
            ..self.whole
        }
    }

    fn lines(&mut self, page: usize, lines: Vec<super::lines::Line>, measure: Measure) {
        if lines.is_empty() {
            return;
        }
        self.last_columns = None;
        for (line, column) in columns::order(lines) {
            let measure = column.map_or(measure, |(left, right)| Measure {
                left,
                right,
                ..measure
            });
            // A column is a text of its own.
            if self.open.last().is_some_and(|before| before.is_beside(&measure)) {
                self.close();
            }
            self.open.push(Placed { line, measure, page });
        }
    }

    fn close(&mut self) {
        let paras = para::join(std::mem::take(&mut self.open), Some(self.foot), self.log);
        self.blocks.extend(paras.into_iter().map(Block::Para));
    }

    fn grid(&mut self, page: usize, grid: Grid) {
        self.close();
        let mut building = Building::default();
        let mut at = None;
        for area in grid.areas {
            if at.replace(area.row) != Some(area.row) {
                building.row();
            }
            let span = |count: usize| u16::try_from(count).unwrap_or(1);
            building.cell(OpenCell {
                colspan: span(area.colspan),
                rowspan: span(area.rowspan),
                header: false,
                blocks: self.cell(page, area).into_iter().map(Block::Para).collect(),
            });
        }
        let goes_on = self
            .last_columns
            .replace(grid.columns.clone())
            .is_some_and(|columns| is_alike(&columns, &grid.columns));
        for block in building.into_blocks(0) {
            match (self.blocks.last_mut(), block) {
                (Some(Block::Table(table)), Block::Table(next)) if goes_on => append(table, next.rows),
                (_, Block::Table(mut table)) => {
                    table
                        .rows
                        .retain(|row| row.cells.iter().any(|cell| !cell.paras.is_empty()));
                    self.blocks.push(Block::Table(table));
                }
                (_, block) => self.blocks.push(block),
            }
        }
    }

    fn cell(&mut self, page: usize, area: Area) -> Vec<Para> {
        let left = area
            .lines
            .iter()
            .map(super::lines::Line::x0)
            .fold(f32::INFINITY, f32::min);
        let measure = Measure {
            left: left.min(area.sides.0 + PADDING + 2.0),
            right: area.sides.1 - PADDING,
            leading: None,
            indented: false,
        };
        let placed = area
            .lines
            .into_iter()
            .map(|line| Placed { line, measure, page })
            .collect();
        para::join(placed, Some(self.foot), self.log)
    }

    /// All blocks.
    pub(super) fn finish(mut self) -> Vec<Block> {
        self.close();
        self.blocks
    }
}

fn is_alike(before: &[f32], columns: &[f32]) -> bool {
    before.len() == columns.len() && before.iter().zip(columns).all(|(a, b)| (a - b).abs() < SHIFT)
}

/// Goes on a table from the page before; a head that the page repeats is left out.
fn append(table: &mut Table, rows: Vec<Row>) {
    let text = |row: &Row| -> Vec<String> {
        let paras = row.cells.iter().flat_map(|cell| &cell.paras);
        paras.map(|para: &Para| para.text.clone()).collect()
    };
    let repeated = table
        .rows
        .iter()
        .zip(&rows)
        .take_while(|(head, row)| text(head) == text(row))
        .count();
    table.rows.extend(rows.into_iter().skip(repeated));
}
