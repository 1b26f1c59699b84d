//! A paragraph as runs of equally marked text.

use legal::model::{Mark, MarkKind};

/// A piece of a paragraph whose marks do not change.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Run<'a> {
    pub text: &'a str,
    pub bold: bool,
    pub italic: bool,
    pub sup: bool,
    pub sub: bool,
    /// Id of the footnote whose sign this run is.
    pub note: Option<&'a str>,
}

impl<'a> Run<'a> {
    fn mark(mut self, kind: &'a MarkKind) -> Self {
        match kind {
            MarkKind::Bold => self.bold = true,
            MarkKind::Italic => self.italic = true,
            MarkKind::Sup => self.sup = true,
            MarkKind::Sub => self.sub = true,
            MarkKind::Note(id) => self.note = Some(id),
        }
        self
    }
}

/// Splits `text` at the edges of its marks. Marks off the text or off a character
/// boundary are passed over: the text itself always survives whole.
pub(crate) fn runs<'a>(text: &'a str, marks: &'a [Mark]) -> Vec<Run<'a>> {
    let marks: Vec<(usize, usize, &MarkKind)> = marks
        .iter()
        .map(|mark| (mark.start as usize, mark.end as usize, &mark.kind))
        .filter(|(start, end, _)| start < end && text.get(*start..*end).is_some())
        .collect();
    let mut edges: Vec<usize> = marks.iter().flat_map(|mark| [mark.0, mark.1]).collect();
    edges.extend([0, text.len()]);
    edges.sort_unstable();
    edges.dedup();
    edges
        .windows(2)
        .map(|edge| {
            let run = Run {
                text: &text[edge[0]..edge[1]],
                ..Run::default()
            };
            marks
                .iter()
                .filter(|(start, end, _)| *start <= edge[0] && edge[1] <= *end)
                .fold(run, |run, (_, _, kind)| run.mark(kind))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn mark(start: u32, end: u32, kind: MarkKind) -> Mark {
        Mark { start, end, kind }
    }

    #[test]
    fn overlapping_marks_split_the_text() {
        let marks = [mark(0, 4, MarkKind::Bold), mark(2, 6, MarkKind::Italic)];
        let runs = runs("abcdefgh", &marks);
        let seen: Vec<_> = runs.iter().map(|r| (r.text, r.bold, r.italic)).collect();
        assert_eq!(
            seen,
            [
                ("ab", true, false),
                ("cd", true, true),
                ("ef", false, true),
                ("gh", false, false)
            ]
        );
    }

    proptest! {
        #[test]
        fn text_survives_any_marks(text in "\\PC{0,30}", edges in prop::collection::vec((0u32..60, 0u32..60), 0..6)) {
            let marks: Vec<_> = edges.into_iter().map(|(a, b)| mark(a, b, MarkKind::Sup)).collect();
            let joined: String = runs(&text, &marks).iter().map(|run| run.text).collect();
            prop_assert_eq!(joined, text);
        }
    }
}
