//! What changed between two versions, line by line and word by word.

use similar::{Algorithm, DiffTag, capture_diff_slices};

use crate::marks;
use crate::model::Draft;

/// Words of one line that are compared; a longer line is shown as taken out and put in.
const WORDS: usize = 4_000;

/// What became of words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// They stay.
    Same,
    /// They are gone.
    Out,
    /// They are new.
    In,
}

/// Words with one fate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// What became of them.
    pub fate: Fate,
    /// The words.
    pub text: String,
}

/// A line in which something changed, or how many did not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Row {
    /// So many lines are as they were.
    Same(usize),
    /// A new line.
    Added(Vec<Run>),
    /// A line that is gone.
    Removed(Vec<Run>),
    /// A line with other words.
    Changed(Vec<Run>),
}

/// The lines of a draft as its author types them, title and summary first.
fn lines(draft: &Draft) -> Vec<String> {
    let body = marks::write(&draft.body);
    let head = [draft.title.clone(), draft.summary.clone()];
    let lines = body.lines().map(str::trim).filter(|line| !line.is_empty());
    head.into_iter().chain(lines.map(str::to_owned)).collect()
}

/// Every line that changed, in the order of the newer version.
#[must_use]
pub fn between(old: &Draft, new: &Draft) -> Vec<Row> {
    let (old, new) = (lines(old), lines(new));
    let mut rows = Vec::new();
    for op in capture_diff_slices(Algorithm::Myers, &old, &new) {
        let (left, right) = (&old[op.old_range()], &new[op.new_range()]);
        if op.tag() == DiffTag::Equal {
            rows.push(Row::Same(left.len()));
            continue;
        }
        let both = left.len().min(right.len());
        rows.extend(left.iter().zip(right).map(|(left, right)| line(left, right)));
        let whole = |fate, text: &String| {
            vec![Run {
                fate,
                text: text.clone(),
            }]
        };
        rows.extend(
            left[both..]
                .iter()
                .map(|text| Row::Removed(whole(Fate::Out, text))),
        );
        rows.extend(right[both..].iter().map(|text| Row::Added(whole(Fate::In, text))));
    }
    rows
}

fn line(old: &str, new: &str) -> Row {
    let (old, new): (Vec<&str>, Vec<&str>) = (old.split(' ').collect(), new.split(' ').collect());
    let mut runs = Vec::new();
    let mut push = |fate, words: &[&str]| {
        if !words.is_empty() {
            let text = words.join(" ");
            runs.push(Run { fate, text });
        }
    };
    if old.len().max(new.len()) > WORDS {
        push(Fate::Out, &old);
        push(Fate::In, &new);
        return Row::Changed(runs);
    }
    for op in capture_diff_slices(Algorithm::Myers, &old, &new) {
        if op.tag() == DiffTag::Equal {
            push(Fate::Same, &old[op.old_range()]);
        } else {
            push(Fate::Out, &old[op.old_range()]);
            push(Fate::In, &new[op.new_range()]);
        }
    }
    Row::Changed(runs)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(title: &str, body: &str) -> Draft {
        Draft {
            title: title.into(),
            summary: "Tóm tắt.".into(),
            body: marks::read(body),
            ..Draft::default()
        }
    }

    #[test]
    fn words_and_lines_that_changed_are_named() {
        let old = draft("Bài", "Nộp trong 15 ngày.\n\nCũ.\n\nGiữ.");
        let new = draft("Bài", "Nộp trong 30 ngày.\n\nGiữ.\n\nMới.");
        let run = |fate, text: &str| Run {
            fate,
            text: text.into(),
        };
        assert_eq!(
            between(&old, &new),
            [
                Row::Same(2),
                Row::Changed(vec![
                    run(Fate::Same, "Nộp trong"),
                    run(Fate::Out, "15"),
                    run(Fate::In, "30"),
                    run(Fate::Same, "ngày."),
                ]),
                Row::Removed(vec![run(Fate::Out, "Cũ.")]),
                Row::Same(1),
                Row::Added(vec![run(Fate::In, "Mới.")]),
            ]
        );
        assert_eq!(between(&new, &new), [Row::Same(5)]);
    }
}
