//! Tables drawn with rules: cells, spans, and the words inside.

use super::ink::{Rule, Word};
use super::lines::Line;
use super::page::Leaf;
use super::source::Fault;

/// Points by which rules may miss each other.
const SLACK: f32 = 3.0;
/// Rules of one direction above which a page is a drawing, not a table.
const MANY: usize = 1_500;
/// Cells of the finest raster of one table.
const CELLS: usize = 4_000;
/// Cells of all tables of a file.
const ALL_CELLS: usize = 1_000_000;
/// A place of a raster that no cell covers yet.
const FREE: usize = usize::MAX;

/// One cell with the raster it covers.
#[derive(Clone, Debug, Default)]
pub(super) struct Area {
    pub row: usize,
    pub colspan: usize,
    pub rowspan: usize,
    /// Left and right rule.
    pub sides: (f32, f32),
    pub lines: Vec<Line>,
}

/// One table on one page.
#[derive(Clone, Debug, Default)]
pub(super) struct Grid {
    /// Vertical rules from left to right.
    pub columns: Vec<f32>,
    /// Horizontal rules from top to bottom.
    pub rows: Vec<f32>,
    /// Cells in reading order.
    pub areas: Vec<Area>,
    /// Which of them covers each place of the raster, row by row.
    owners: Vec<usize>,
}

impl Grid {
    /// Upper edge.
    pub(super) fn top(&self) -> f32 {
        self.rows.first().copied().unwrap_or(0.0)
    }

    fn holds(&self, word: &Word) -> bool {
        let (x, y) = centre(word);
        let within = |edges: &[f32], at: f32| {
            edges.first().is_some_and(|low| at >= *low) && edges.last().is_some_and(|high| at <= *high)
        };
        within(&self.columns, x) && within(&self.rows, y)
    }

    /// The cell that a word stands in.
    fn cell(&self, word: &Word) -> Option<usize> {
        let (x, y) = centre(word);
        let place = |edges: &[f32], at: f32| edges.partition_point(|edge| *edge < at).saturating_sub(1);
        let wide = self.columns.len().checked_sub(1)?;
        let (row, column) = (place(&self.rows, y), place(&self.columns, x));
        self.owners.get(row * wide + column).copied()
    }
}

fn centre(word: &Word) -> (f32, f32) {
    (f32::midpoint(word.x0, word.x1), word.y - 0.3 * word.size)
}

/// Finds the tables of all pages, those of each page apart, and moves their words out of its lines.
pub(super) fn take(leaves: &mut [Leaf]) -> Result<Vec<Vec<Grid>>, Fault> {
    let mut left = ALL_CELLS;
    let mut out = Vec::with_capacity(leaves.len());
    for leaf in leaves {
        let grids = on_page(leaf);
        let cells: usize = grids.iter().map(|grid| grid.areas.len()).sum();
        left = left.checked_sub(cells).ok_or(Fault::Bomb)?;
        out.push(grids);
    }
    Ok(out)
}

fn on_page(leaf: &mut Leaf) -> Vec<Grid> {
    let across = merged(&leaf.across);
    let down = merged(&leaf.down);
    if across.len() > MANY || down.len() > MANY || across.len() < 2 || down.len() < 2 {
        return Vec::new();
    }
    let mut grids: Vec<Grid> = connected(&across, &down)
        .into_iter()
        .filter_map(|(across, down)| raster(&across, &down))
        .collect();
    for grid in &mut grids {
        fill(grid, &mut leaf.lines);
        grid.owners = Vec::new();
    }
    leaf.lines.retain(|line| !line.words.is_empty());
    grids.retain(|grid| grid.areas.iter().any(|area| !area.lines.is_empty()));
    grids
}

/// Rules of one direction with pieces on the same line joined.
fn merged(rules: &[Rule]) -> Vec<Rule> {
    let mut sorted = rules.to_vec();
    sorted.sort_by(|a, b| a.at.total_cmp(&b.at).then(a.from.total_cmp(&b.from)));
    let mut level = f32::NEG_INFINITY;
    for rule in &mut sorted {
        if rule.at - level > 1.6 {
            level = rule.at;
        }
        rule.at = level;
    }
    sorted.sort_by(|a, b| a.at.total_cmp(&b.at).then(a.from.total_cmp(&b.from)));
    let mut out: Vec<Rule> = Vec::new();
    for rule in sorted {
        match out.last_mut() {
            Some(last) if (last.at - rule.at).abs() < 0.01 && rule.from <= last.to + SLACK => {
                last.to = last.to.max(rule.to);
            }
            _ => out.push(rule),
        }
    }
    out
}

fn meet(across: &Rule, down: &Rule) -> bool {
    (across.from - SLACK..=across.to + SLACK).contains(&down.at)
        && (down.from - SLACK..=down.to + SLACK).contains(&across.at)
}

/// Groups of rules that meet.
fn connected(across: &[Rule], down: &[Rule]) -> Vec<(Vec<Rule>, Vec<Rule>)> {
    let mut free: Vec<usize> = (0..down.len()).collect();
    let mut left: Vec<usize> = (0..across.len()).collect();
    let mut out = Vec::new();
    while let Some(seed) = left.pop() {
        let (mut group, mut posts) = (vec![seed], Vec::new());
        let mut at = 0;
        while let Some(beam) = group.get(at).and_then(|at| across.get(*at)) {
            at += 1;
            let found: Vec<usize> = extract(&mut free, |post| {
                down.get(post).is_some_and(|post| meet(beam, post))
            });
            for post in found.iter().filter_map(|post| down.get(*post)) {
                group.extend(extract(&mut left, |beam| {
                    across.get(beam).is_some_and(|beam| meet(beam, post))
                }));
            }
            posts.extend(found);
        }
        let pick = |rules: &[Rule], places: &[usize]| -> Vec<Rule> {
            places
                .iter()
                .filter_map(|place| rules.get(*place))
                .copied()
                .collect()
        };
        out.push((pick(across, &group), pick(down, &posts)));
    }
    out
}

/// Takes out of a list what a test accepts.
fn extract(list: &mut Vec<usize>, test: impl Fn(usize) -> bool) -> Vec<usize> {
    let (taken, kept) = list.iter().partition(|item| test(**item));
    *list = kept;
    taken
}

/// Edges that stand closer than the slack are one edge.
fn edges(values: impl Iterator<Item = f32>) -> Vec<f32> {
    let mut sorted: Vec<f32> = values.collect();
    sorted.sort_by(f32::total_cmp);
    sorted.dedup_by(|later, first| *later - *first < SLACK);
    sorted
}

/// A table from rules that meet; `None` for a mere frame around text.
fn raster(across: &[Rule], down: &[Rule]) -> Option<Grid> {
    let rows = edges(across.iter().map(|rule| rule.at));
    let columns = edges(down.iter().map(|rule| rule.at));
    let (high, wide) = (rows.len().checked_sub(1)?, columns.len().checked_sub(1)?);
    // One column is a frame around text, whatever rules cross it.
    if wide < 2 || high == 0 || high * wide > CELLS {
        return None;
    }
    let closed = Closed {
        across: passed(&rows, across),
        down: passed(&columns, down),
    };
    let mut grid = Grid {
        columns,
        rows,
        areas: Vec::new(),
        owners: vec![FREE; high * wide],
    };
    for row in 0..high {
        for column in 0..wide {
            if grid
                .owners
                .get(row * wide + column)
                .is_none_or(|owner| *owner != FREE)
            {
                continue;
            }
            let area = area(&grid, row, column, &closed);
            for below in row..row + area.rowspan {
                for beside in column..column + area.colspan {
                    let owner = grid.owners.get_mut(below * wide + beside);
                    if let Some(owner) = owner.filter(|owner| **owner == FREE) {
                        *owner = grid.areas.len();
                    }
                }
            }
            grid.areas.push(area);
        }
    }
    (grid.areas.len() > 1).then_some(grid)
}

/// The cell whose upper left corner is given: it goes on where no rule closes it.
fn area(grid: &Grid, row: usize, column: usize, closed: &Closed) -> Area {
    let middle = |edges: &[f32], at: usize| {
        f32::midpoint(
            edges.get(at).copied().unwrap_or(0.0),
            edges.get(at + 1).copied().unwrap_or(0.0),
        )
    };
    let post = |edge: usize, row: usize| has(closed.down.get(edge), middle(&grid.rows, row));
    let beam = |edge: usize, column: usize| has(closed.across.get(edge), middle(&grid.columns, column));
    let mut colspan = 1;
    while column + colspan + 1 < grid.columns.len() && !post(column + colspan, row) {
        colspan += 1;
    }
    let mut rowspan = 1;
    while row + rowspan + 1 < grid.rows.len()
        && (column..column + colspan).all(|column| !beam(row + rowspan, column))
    {
        rowspan += 1;
    }
    let edge = |edges: &[f32], at: usize| edges.get(at).copied().unwrap_or(0.0);
    Area {
        row,
        colspan,
        rowspan,
        sides: (edge(&grid.columns, column), edge(&grid.columns, column + colspan)),
        lines: Vec::new(),
    }
}

/// Where rules pass along each edge of a table: stretches in order, none of which meet.
struct Closed {
    across: Vec<Vec<(f32, f32)>>,
    down: Vec<Vec<(f32, f32)>>,
}

/// The stretches of each edge that rules pass along.
fn passed(edges: &[f32], rules: &[Rule]) -> Vec<Vec<(f32, f32)>> {
    let along = |edge: &f32| {
        let near = |rule: &&Rule| (rule.at - edge).abs() < SLACK;
        let mut stretches: Vec<(f32, f32)> = rules
            .iter()
            .filter(near)
            .map(|rule| (rule.from, rule.to))
            .collect();
        stretches.sort_by(|a, b| a.0.total_cmp(&b.0));
        stretches.dedup_by(|later, first| {
            let meet = later.0 <= first.1;
            if meet {
                first.1 = first.1.max(later.1);
            }
            meet
        });
        stretches
    };
    edges.iter().map(along).collect()
}

/// Whether one of the stretches of an edge holds a place.
fn has(stretches: Option<&Vec<(f32, f32)>>, place: f32) -> bool {
    stretches.is_some_and(|stretches| {
        let after = stretches.partition_point(|stretch| stretch.0 <= place);
        let before = after.checked_sub(1).and_then(|at| stretches.get(at));
        before.is_some_and(|stretch| place <= stretch.1)
    })
}

/// Moves words into the cells they stand in.
fn fill(grid: &mut Grid, lines: &mut [Line]) {
    for line in lines {
        if !line.words.iter().any(|word| grid.holds(word)) {
            continue;
        }
        let (inside, outside): (Vec<Word>, Vec<Word>) = std::mem::take(&mut line.words)
            .into_iter()
            .partition(|word| grid.holds(word));
        line.words = outside;
        let mut cells: Vec<(usize, Vec<Word>)> = Vec::new();
        for word in inside {
            let Some(found) = grid.cell(&word) else {
                continue;
            };
            match cells.last_mut() {
                Some((cell, words)) if *cell == found => words.push(word),
                _ => cells.push((found, vec![word])),
            }
        }
        for (cell, words) in cells {
            if let Some(area) = grid.areas.get_mut(cell) {
                area.lines.push(Line::new(words));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(at: f32, from: f32, to: f32) -> Rule {
        Rule { at, from, to }
    }

    #[test]
    fn missing_rules_make_spans() {
        let across = [
            rule(10.0, 0.0, 100.0),
            rule(30.0, 0.0, 100.0),
            rule(50.0, 50.0, 100.0),
            rule(70.0, 0.0, 100.0),
        ];
        let down = [
            rule(0.0, 10.0, 70.0),
            rule(50.0, 30.0, 70.0),
            rule(100.0, 10.0, 70.0),
        ];
        let grid = raster(&across, &down).unwrap_or_default();
        let spans: Vec<(usize, usize, usize)> = grid
            .areas
            .iter()
            .map(|area| (area.row, area.colspan, area.rowspan))
            .collect();
        assert_eq!(spans, [(0, 2, 1), (1, 1, 2), (1, 1, 1), (2, 1, 1)]);
    }

    #[test]
    fn a_frame_is_no_table() {
        let frame = [rule(0.0, 0.0, 9.0), rule(90.0, 0.0, 90.0)];
        assert!(raster(&frame, &frame).is_none());
    }
}
