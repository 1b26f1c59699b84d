//! Footnotes at the page foot: found by their rule and their small type, read on over pages,
//! attached to the raised signs in the text.

use std::collections::HashMap;

use legal::model::Footnote;
use viet::Mended;

use super::ink::Script;
use super::lines::Line;
use super::page::{Leaf, Measure};
use super::para::{self, Placed};

/// Notes are set smaller than this share of the size of the text.
const SMALL: f32 = 0.93;
/// Points by which the rule above notes may miss the left edge of the text.
const EDGE: f32 = 45.0;

/// The footnotes of a file, and where their signs are awaited.
#[derive(Debug, Default)]
pub(super) struct Foot {
    pub notes: Vec<Footnote>,
    /// Ids by page and sign.
    by_page: HashMap<(usize, String), String>,
}

impl Foot {
    /// The footnote that a raised sign on a page points to.
    pub(super) fn find(&self, page: usize, sign: &str) -> Option<&str> {
        // A note that found no room stands at the foot of the next page.
        [page, page + 1]
            .into_iter()
            .find_map(|page| self.by_page.get(&(page, sign.to_owned())))
            .map(String::as_str)
    }
}

/// Takes the footnotes off the pages.
pub(super) fn take(leaves: &mut [Leaf], body: f32, log: &mut Mended) -> Foot {
    let mut foot = Foot::default();
    let mut open: Vec<Placed> = Vec::new();
    let mut sign: Option<String> = None;
    let mut before: Option<usize> = None;
    for (page, leaf) in leaves.iter_mut().enumerate() {
        let continuing = before.is_some_and(|before| before + 1 == page);
        let Some(start) = start(leaf, body, continuing) else {
            continue;
        };
        before = Some(page);
        let lines = leaf.lines.split_off(start);
        leaf.lines.retain(|line| !is_drawn_rule(line));
        let raised = lines.iter().any(|line| raised_sign(line).is_some());
        let measure = Measure::of(lines.iter());
        for mut line in lines {
            let found = raised_sign(&line).or_else(|| {
                let next = sign
                    .as_deref()
                    .map_or(Some(1), |sign| sign.parse::<u32>().ok()?.checked_add(1));
                plain_sign(&line).filter(|sign| !raised && sign.parse().ok() == next)
            });
            if let Some(new) = found {
                foot.close(sign.replace(new.clone()), &mut open, log);
                foot.by_page
                    .insert((page, new), format!("fn_{}", foot.notes.len() + 1));
                line.words.remove(0);
            }
            if sign.is_some() && !line.words.is_empty() {
                open.push(Placed { line, measure, page });
            }
        }
    }
    foot.close(sign, &mut open, log);
    foot
}

impl Foot {
    /// Ends the note whose lines were collected.
    fn close(&mut self, sign: Option<String>, lines: &mut Vec<Placed>, log: &mut Mended) {
        let Some(sign) = sign else { return };
        let paras = para::join(std::mem::take(lines), None, log);
        let text: Vec<String> = paras.into_iter().map(|para| para.text).collect();
        self.notes.push(Footnote {
            id: format!("fn_{}", self.notes.len() + 1),
            sign,
            text: text.join("\n"),
        });
    }
}

/// The first line of the foot of a page.
fn start(leaf: &Leaf, body: f32, continuing: bool) -> Option<usize> {
    let small = |line: &Line| line.size <= SMALL * body;
    // The foot reaches up to the last line in the size of the text.
    let suffix = leaf
        .lines
        .iter()
        .rposition(|line| !small(line))
        .map_or(0, |place| place + 1);
    let left = leaf.lines.iter().map(Line::x0).fold(f32::INFINITY, f32::min);
    let ruled = leaf
        .across
        .iter()
        .filter(|rule| rule.from - left < EDGE && !leaf.down.iter().any(|post| touches(post, rule)))
        .filter_map(|rule| {
            let first = leaf.lines.iter().position(|line| line.y > rule.at + 2.0)?;
            let line = leaf.lines.get(first)?;
            let clear = first
                .checked_sub(1)
                .is_none_or(|above| leaf.lines.get(above).is_none_or(|above| rule.at - above.y > 4.0));
            let below = line.y - 0.7 * line.size > rule.at - 2.0 && line.y - rule.at < 4.0 * body;
            let short = rule.to - rule.from < 0.45 * leaf.width || continuing;
            let signed =
                raised_sign(line).is_some() || (continuing && small(line)) || plain_sign(line).is_some();
            (clear && below && short && signed && (first >= suffix || raised_sign(line).is_some()))
                .then_some(first)
        })
        .max();
    let drawn = leaf
        .lines
        .iter()
        .position(is_drawn_rule)
        .map(|place| place + 1)
        .filter(|place| {
            let below = leaf.lines.get(*place);
            below.is_some_and(|line| raised_sign(line).is_some())
        });
    ruled.or(drawn).or_else(|| {
        let foot = leaf.lines.get(suffix..)?;
        let signed = foot.iter().position(|line| raised_sign(line).is_some())?;
        let size = foot.get(signed).map_or(0.0, |line| line.size);
        let rest = foot
            .iter()
            .take(signed)
            .all(|line| (line.size - size).abs() < 0.3);
        let goes_on = continuing && rest && is_apart(leaf, suffix, body);
        Some(if goes_on { suffix } else { suffix + signed })
    })
}

/// Whether more room than a paragraph takes is left above a line.
fn is_apart(leaf: &Leaf, place: usize, body: f32) -> bool {
    let above = place.checked_sub(1).and_then(|above| leaf.lines.get(above));
    let line = leaf.lines.get(place);
    above
        .zip(line)
        .is_none_or(|(above, line)| line.y - above.y > 1.6 * body)
}

/// Whether a rule belongs to a table: a rule down, as high as a line at least, meets it.
fn touches(post: &super::ink::Rule, rule: &super::ink::Rule) -> bool {
    post.to - post.from > 16.0
        && (rule.from - 3.0..=rule.to + 3.0).contains(&post.at)
        && (post.from - 3.0..=post.to + 3.0).contains(&rule.at)
}

/// A rule set with letters.
fn is_drawn_rule(line: &Line) -> bool {
    let text = line.text();
    text.len() >= 8 && text.chars().all(|c| matches!(c, '_' | '-' | '–' | '—' | '─'))
}

/// The raised sign that a line begins with.
fn raised_sign(line: &Line) -> Option<String> {
    let first = line.words.first()?;
    (first.script == Script::Super)
        .then(|| sign_of(&first.text))
        .flatten()
}

/// The number that a line begins with in ordinary type.
fn plain_sign(line: &Line) -> Option<String> {
    let first = line.words.first()?;
    sign_of(&first.text).filter(|_| line.words.len() > 1)
}

/// The sign itself, without brackets: a number or stars.
pub(super) fn sign_of(text: &str) -> Option<String> {
    let bare = text.trim_matches(['(', ')', '[', ']', '.', ',']);
    let number = !bare.is_empty() && bare.len() <= 4 && bare.chars().all(|c| c.is_ascii_digit());
    let stars = !bare.is_empty() && bare.len() <= 4 && bare.chars().all(|c| c == '*');
    (number || stars).then(|| bare.to_owned())
}
