//! Text in two columns at the head and the signature of an act: left column first, then the right one.

use super::ink::Word;
use super::lines::Line;

/// Room between columns at least, in points.
const GUTTER: f32 = 6.0;
/// Room between columns in the line that shows them, in type sizes.
const GAP: f32 = 0.5;
/// A column narrower than this many type sizes is the number of a list, no column.
const NARROW: f32 = 3.5;
/// Room, in type sizes, that parts even a single line into columns.
const ALONE: f32 = 2.5;
/// Rows with text in both columns; more are a table without rules.
const ROWS: usize = 14;
/// Lines of two columns; no page has more.
const LINES: usize = 400;

/// A line with the edges of its column; `None` where it stands in the page's own.
pub(super) type InColumn = (Line, Option<(f32, f32)>);

/// Puts the lines of a page into reading order.
pub(super) fn order(lines: Vec<Line>) -> Vec<InColumn> {
    let mut out = Vec::new();
    let mut rest = lines.as_slice();
    while let Some((first, after)) = rest.split_first() {
        if let Some(zone) = Zone::at(rest) {
            let (inside, outside) = rest.split_at(zone.count);
            out.extend(zone.unfold(inside));
            rest = outside;
        } else {
            out.push((first.clone(), None));
            rest = after;
        }
    }
    out
}

/// Lines that stand in two columns.
struct Zone {
    count: usize,
    /// Free room between the columns.
    gutter: (f32, f32),
}

impl Zone {
    fn at(lines: &[Line]) -> Option<Self> {
        let mut gutter = first_gutter(lines)?;
        let (mut count, mut both) = (0, 0);
        for line in lines {
            let Some((narrower, crosses)) = narrowed(gutter, line) else {
                break;
            };
            gutter = narrower;
            count += 1;
            both += usize::from(crosses);
            // Told before all is weighed: every line may begin such a zone.
            if both > ROWS || count > LINES {
                return None;
            }
        }
        let middle = f32::midpoint(gutter.0, gutter.1);
        let side =
            |right: bool| move |line: &&Line| line.words.iter().any(|word| (word.x0 > middle) == right);
        let inside = lines.get(..count)?;
        let last = |right: bool| inside.iter().rfind(side(right)).map(|line| line.y);
        let (left_end, right_end) = (last(false)?, last(true)?);
        let end = left_end.min(right_end) + 0.5;
        // What goes on on the left alone still comes before the right column.
        let count = inside
            .iter()
            .take_while(|line| line.y <= end || !side(true)(line))
            .count();
        let zone = Self { count, gutter };
        zone.is_sound(lines.get(..count)?).then_some(zone)
    }

    fn is_sound(&self, lines: &[Line]) -> bool {
        let parts: Vec<InColumn> = self.unfold(lines);
        let size = lines.first().map_or(0.0, |line| line.size);
        let wide = |right: bool| {
            parts
                .iter()
                .filter(|(line, _)| (line.x0() > self.gutter.0) == right)
                .map(|(line, _)| line.x1() - line.x0())
                .fold(0.0, f32::max)
        };
        let room = self.gutter.1 - self.gutter.0;
        let shown = parts.len() > 2 || room > ALONE * size && is_free(lines);
        shown && !is_list(&parts, lines.len()) && wide(false) > NARROW * size && wide(true) > NARROW * size
    }

    fn unfold(&self, lines: &[Line]) -> Vec<InColumn> {
        let middle = f32::midpoint(self.gutter.0, self.gutter.1);
        let column = |right: bool| {
            let parts: Vec<Line> = lines
                .iter()
                .filter_map(|line| {
                    let words: Vec<Word> = line
                        .words
                        .iter()
                        .filter(|word| (word.x0 > middle) == right)
                        .cloned()
                        .collect();
                    (!words.is_empty()).then(|| Line::new(words))
                })
                .collect();
            let left = parts.iter().map(Line::x0).fold(f32::INFINITY, f32::min);
            let right = parts.iter().map(Line::x1).fold(0.0, f32::max);
            parts.into_iter().map(move |line| (line, Some((left, right))))
        };
        column(false).chain(column(true)).collect()
    }
}

/// Whether each line is an item with something set beside it: "1. Thống kê viên cao cấp    Mã số: V.23.26.12".
/// Such rows are read across.
fn is_list(parts: &[InColumn], rows: usize) -> bool {
    let starts = |(line, _): &InColumn| legal::structure::starts_provision(&line.text());
    parts.len() == 2 * rows && parts.iter().take(rows).all(starts) && !parts.iter().skip(rows).any(starts)
}

/// Whether the first line begins no provision, whose number a tab may set far off.
fn is_free(lines: &[Line]) -> bool {
    lines
        .first()
        .is_some_and(|line| !legal::structure::starts_provision(&line.text()))
}

/// The room that the first line, or the first two side by side, leave between columns.
fn first_gutter(lines: &[Line]) -> Option<(f32, f32)> {
    let first = lines.first()?;
    let parts = first.cut((GAP * first.size).max(GUTTER));
    if let [left, right] = parts.as_slice() {
        return Some((left.x1(), right.x0()));
    }
    let next = lines.get(1)?;
    let beside = next.y - first.y < 0.9 * first.size.max(next.size);
    let (left, right) = if first.x0() < next.x0() {
        (first, next)
    } else {
        (next, first)
    };
    (parts.len() == 1 && beside && right.x0() - left.x1() > GUTTER).then(|| (left.x1(), right.x0()))
}

/// The room that is left when a line is added, and whether the line has words on both sides of it;
/// `None` where it crosses.
fn narrowed((from, to): (f32, f32), line: &Line) -> Option<((f32, f32), bool)> {
    let middle = f32::midpoint(from, to);
    let (mut from, mut to) = (from, to);
    let (mut left, mut right) = (false, false);
    for word in &line.words {
        if f32::midpoint(word.x0, word.x1) < middle {
            from = from.max(word.x1);
            left = true;
        } else {
            to = to.min(word.x0);
            right = true;
        }
    }
    (to - from >= GUTTER).then_some(((from, to), left && right))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(y: f32, words: &[(&str, f32, f32)]) -> Line {
        Line::new(
            words
                .iter()
                .map(|(text, x0, x1)| Word {
                    text: (*text).into(),
                    x0: *x0,
                    x1: *x1,
                    y,
                    size: 13.0,
                    spaced: true,
                    ..Word::default()
                })
                .collect(),
        )
    }

    #[test]
    fn the_left_column_comes_first() {
        let lines = vec![
            line(100.0, &[("QUỐC HỘI", 80.0, 150.0), ("CỘNG HÒA", 250.0, 500.0)]),
            line(115.0, &[("Độc lập", 300.0, 450.0)]),
            line(130.0, &[("Luật số: 1", 80.0, 160.0)]),
            line(
                180.0,
                &[("Căn cứ Hiến pháp nước", 64.0, 300.0), ("Cộng hòa", 303.0, 530.0)],
            ),
        ];
        let texts: Vec<String> = order(lines).iter().map(|(line, _)| line.text()).collect();
        assert_eq!(
            texts,
            [
                "QUỐC HỘI",
                "Luật số: 1",
                "CỘNG HÒA",
                "Độc lập",
                "Căn cứ Hiến pháp nước Cộng hòa"
            ]
        );
    }

    #[test]
    fn items_with_something_beside_them_are_read_across() {
        let lines = vec![
            line(
                100.0,
                &[
                    ("1. Thống kê viên cao cấp", 90.0, 260.0),
                    ("Mã số: V.1", 350.0, 450.0),
                ],
            ),
            line(
                118.0,
                &[
                    ("2. Thống kê viên chính", 90.0, 250.0),
                    ("Mã số: V.2", 350.0, 450.0),
                ],
            ),
        ];
        let texts: Vec<String> = order(lines).iter().map(|(line, _)| line.text()).collect();
        assert_eq!(
            texts,
            [
                "1. Thống kê viên cao cấp Mã số: V.1",
                "2. Thống kê viên chính Mã số: V.2"
            ]
        );
    }

    #[test]
    fn a_number_hanging_left_of_its_text_is_no_column() {
        let lines = vec![
            line(100.0, &[("1.", 64.0, 72.0), ("Người lao động", 90.0, 300.0)]),
            line(115.0, &[("làm việc", 90.0, 150.0)]),
        ];
        assert_eq!(order(lines).len(), 2);
    }
}
