//! Running heads and page numbers: what repeats in the margins from page to page.

use std::collections::HashMap;

use super::ink::{Rule, Script};
use super::page::Leaf;

/// Lines at either edge of a page that may belong to its furniture.
const EDGE: usize = 3;
/// Shares of the height of a page within which furniture stands.
const TOP: f32 = 0.14;
const BOTTOM: f32 = 0.87;
/// Points by which the same furniture may shift from page to page.
const SHIFT: f32 = 4.0;
/// Steps between lines, in type sizes, above which they are set apart.
const APART: f32 = 1.55;

/// Takes running heads, running feet and page numbers off all pages.
pub(super) fn clear(leaves: &mut [Leaf]) {
    let mut seen: HashMap<(String, bool), Vec<f32>> = HashMap::new();
    for leaf in leaves.iter() {
        for (place, top) in edges(leaf) {
            if let Some(line) = leaf.lines.get(place) {
                seen.entry((key(&line.text()), top)).or_default().push(line.y);
            }
        }
    }
    let pages = leaves.len();
    for leaf in leaves.iter_mut() {
        let gone: Vec<usize> = [true, false]
            .into_iter()
            .flat_map(|side| {
                let mut run: Vec<usize> = edges(leaf)
                    .into_iter()
                    .filter(|(_, top)| *top == side)
                    .map(|(place, _)| place)
                    .take_while(|place| is_furniture(leaf, *place, side, &seen, pages))
                    .collect();
                while run.last().is_some_and(|last| !is_apart(leaf, *last, side)) {
                    run.pop();
                }
                run
            })
            .collect();
        let mut place = 0;
        leaf.lines.retain(|_| {
            place += 1;
            !gone.contains(&(place - 1))
        });
    }
}

/// Whether a line is set apart from the next line inwards, as furniture is from the text.
fn is_apart(leaf: &Leaf, place: usize, top: bool) -> bool {
    let inner = if top {
        place.checked_add(1)
    } else {
        place.checked_sub(1)
    };
    let (line, inner) = (
        leaf.lines.get(place),
        inner.and_then(|inner| leaf.lines.get(inner)),
    );
    match (line, inner) {
        (Some(line), Some(inner)) => (line.y - inner.y).abs() > APART * line.size.max(inner.size),
        _ => true,
    }
}

/// Lines near the edges, from the edge inwards, and whether the edge is the upper one.
fn edges(leaf: &Leaf) -> Vec<(usize, bool)> {
    let count = leaf.lines.len();
    let top = (0..count.min(EDGE)).map(|place| (place, true));
    let bottom = (count.saturating_sub(EDGE)..count)
        .rev()
        .map(|place| (place, false));
    top.chain(bottom)
        .filter(|(place, top)| {
            leaf.lines.get(*place).is_some_and(|line| {
                if *top {
                    line.y < leaf.height * TOP
                } else {
                    line.y > leaf.height * BOTTOM
                }
            })
        })
        .collect()
}

/// A line without what changes from page to page: the numbers at its ends.
fn key(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let bare = |word: &&str| !word.chars().any(char::is_alphabetic);
    let start = words.iter().take_while(|word| bare(word)).count();
    let end = words.len() - words.iter().rev().take_while(|word| bare(word)).count();
    words.get(start..end.max(start)).unwrap_or_default().join(" ")
}

fn is_furniture(
    leaf: &Leaf,
    place: usize,
    top: bool,
    seen: &HashMap<(String, bool), Vec<f32>>,
    pages: usize,
) -> bool {
    let Some(line) = leaf.lines.get(place) else {
        return false;
    };
    if line
        .words
        .first()
        .is_some_and(|word| word.script == Script::Super)
    {
        return false; // a footnote, however often its words return
    }
    let text = line.text();
    let key = key(&text);
    if key.is_empty() || is_page_word(&key) {
        // A number of its own; longer rows of figures belong to tables.
        return text.split_whitespace().count() <= 4 && text.chars().any(|c| c.is_ascii_digit());
    }
    let alike = seen.get(&(key, top)).map_or(0, |places| {
        places.iter().filter(|y| (**y - line.y).abs() < SHIFT).count()
    });
    alike >= 2 && alike * 4 >= pages || (top && place == 0 && is_ruled_head(leaf))
}

/// "Trang", "Page" beside a number.
fn is_page_word(key: &str) -> bool {
    matches!(key.to_lowercase().as_str(), "trang" | "page")
}

/// The first line of a page with a number at its outer edge and a rule across the page below it:
/// a running head even where no second page repeats it.
fn is_ruled_head(leaf: &Leaf) -> bool {
    let Some(line) = leaf.lines.first() else {
        return false;
    };
    let parts = line.cut(2.0 * line.size);
    let outer = [parts.first(), parts.last()];
    let numbered = parts.len() > 1
        && outer
            .into_iter()
            .flatten()
            .any(|part| part.text().chars().all(|c| c.is_ascii_digit()));
    let wide =
        |rule: &&Rule| (0.0..14.0).contains(&(rule.at - line.y)) && rule.to - rule.from > 0.6 * leaf.width;
    numbered && leaf.across.iter().any(|rule| wide(&rule))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_at_the_ends_do_not_count() {
        assert_eq!(
            key("42 CÔNG BÁO/Số 469 + 470/Ngày 25-3-2021"),
            key("CÔNG BÁO/Số 469 + 470/Ngày 25-3-2021 43")
        );
        assert_eq!(key("- 7 -"), "");
        assert_ne!(key("Điều 1. Phạm vi"), key("Điều 2. Đối tượng"));
    }
}
