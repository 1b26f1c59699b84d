//! A page as lines and rules, and its measure.

use std::collections::BTreeMap;

use super::ink::{Ink, Rule};
use super::lines::{Line, lines};

/// Share of the height of a page above which text stands, not notes.
const UPPER: f32 = 0.3;

/// One page.
#[derive(Clone, Debug, Default)]
pub(super) struct Leaf {
    pub width: f32,
    pub height: f32,
    pub lines: Vec<Line>,
    pub across: Vec<Rule>,
    pub down: Vec<Rule>,
}

impl Leaf {
    pub(super) fn new(mut ink: Ink) -> Self {
        Self {
            width: ink.width,
            height: ink.height,
            lines: lines(&mut ink),
            across: ink.across,
            down: ink.down,
        }
    }
}

/// Left and right edge of the text.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Measure {
    pub left: f32,
    pub right: f32,
    /// From one baseline to the next within a paragraph, where enough lines tell.
    pub leading: Option<f32>,
    /// Paragraphs begin with an indented line.
    pub indented: bool,
}

impl Measure {
    /// The edges that most long lines share; those of all lines where none are long.
    pub(super) fn of<'l>(lines: impl Iterator<Item = &'l Line> + Clone) -> Self {
        let left = lines.clone().map(Line::x0).fold(f32::INFINITY, f32::min);
        let right = lines.clone().map(Line::x1).fold(0.0, f32::max);
        if !left.is_finite() {
            return Self::default();
        }
        let long: Vec<&Line> = lines
            .clone()
            .filter(|line| line.x1() - line.x0() > 0.6 * (right - left))
            .collect();
        let mut measure = Self {
            left,
            right,
            leading: leading(lines.clone()),
            indented: false,
        };
        if long.len() >= 3 {
            measure.left = lowest_shared(long.iter().map(|line| line.x0()).collect()).unwrap_or(left);
            let edges: Vec<f32> = long.iter().map(|line| line.x1()).collect();
            measure.right = most_common(&edges).unwrap_or(right);
        }
        let (mut all, mut indented) = (0, 0);
        for line in long {
            all += 1;
            let by = line.x0() - measure.left;
            indented += usize::from((0.8 * line.size..5.0 * line.size).contains(&by));
        }
        measure.indented = indented * 7 >= all && indented > 0;
        measure
    }
}

/// The usual step from line to line: the median of the steps that are no new block.
fn leading<'l>(lines: impl Iterator<Item = &'l Line> + Clone) -> Option<f32> {
    let mut steps: Vec<f32> = lines
        .clone()
        .zip(lines.skip(1))
        .map(|(above, below)| (below.y - above.y, below.size))
        .filter(|(step, size)| (0.8 * size..2.6 * size).contains(step))
        .map(|(step, _)| step)
        .collect();
    steps.sort_by(f32::total_cmp);
    (steps.len() >= 4).then(|| steps.get(steps.len() / 2).copied())?
}

/// The leftmost value that a fifth of all share within two points.
fn lowest_shared(mut values: Vec<f32>) -> Option<f32> {
    values.sort_by(f32::total_cmp);
    let enough = (values.len() / 5).max(2);
    values
        .iter()
        .enumerate()
        .find(|(at, value)| {
            values
                .get(at + enough - 1)
                .is_some_and(|other| other - **value < 2.0)
        })
        .map(|(_, value)| *value)
}

/// The value that most share within two points.
fn most_common(values: &[f32]) -> Option<f32> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f32::total_cmp);
    let (mut best, mut at) = (None, 0);
    for (end, value) in sorted.iter().enumerate() {
        while sorted.get(at).is_some_and(|low| value - low > 2.0) {
            at += 1;
        }
        if best.is_none_or(|(count, _)| end + 1 - at >= count) {
            best = Some((end + 1 - at, *value));
        }
    }
    best.map(|(_, value)| value)
}

/// The type size of the text: that of most letters in the upper part of the pages, which
/// long footnotes do not reach.
pub(super) fn body_size(leaves: &[Leaf]) -> f32 {
    let upper = leaves.iter().flat_map(|leaf| {
        let end = leaf.height * UPPER;
        leaf.lines.iter().filter(move |line| line.y < end)
    });
    common_size(upper)
        .or_else(|| common_size(leaves.iter().flat_map(|leaf| &leaf.lines)))
        .unwrap_or(0.0)
}

fn common_size<'l>(lines: impl Iterator<Item = &'l Line>) -> Option<f32> {
    let mut letters: BTreeMap<u32, usize> = BTreeMap::new();
    for word in lines.flat_map(|line| &line.words) {
        *letters.entry((word.size * 2.0).round() as u32).or_default() += word.text.len();
    }
    let (size, _) = letters.into_iter().max_by_key(|(_, count)| *count)?;
    Some(size as f32 / 2.0)
}
