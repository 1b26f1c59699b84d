//! One paragraph being gathered from pieces of text.

use legal::model::{Align, Mark, MarkKind, Para};
use viet::{Mended, mend};

/// How a piece of text is set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Style {
    pub bold: bool,
    pub italic: bool,
    pub sup: bool,
    pub sub: bool,
    pub align: Align,
    /// Text here is not printed.
    pub hidden: bool,
}

/// Text with collapsed spaces and marks, growing.
#[derive(Default)]
pub(crate) struct Inline {
    text: String,
    marks: Vec<Mark>,
    align: Align,
    pieces: u32,
}

impl Inline {
    pub(crate) fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Adds one piece of text.
    pub(crate) fn push(&mut self, text: &str, style: &Style, log: &mut Mended) {
        let mended = mend(text, log);
        let start = self.text.len();
        for c in mended.chars() {
            if !c.is_whitespace() {
                self.text.push(c);
            } else if !self.text.is_empty() && !self.text.ends_with(' ') {
                self.text.push(' ');
            }
        }
        if self.text.len() == start {
            return;
        }
        if self.pieces == 0 {
            self.align = style.align;
        }
        self.pieces += 1;
        self.mark(start, style);
    }

    fn mark(&mut self, start: usize, style: &Style) {
        let kinds = [
            (style.bold, MarkKind::Bold),
            (style.italic, MarkKind::Italic),
            (style.sup, MarkKind::Sup),
            (style.sub, MarkKind::Sub),
        ];
        for (set, kind) in kinds {
            if set {
                self.add(kind, start);
            }
        }
    }

    /// Marks everything from `start` on as `kind`, joined to a mark that ends there.
    pub(crate) fn add(&mut self, kind: MarkKind, start: usize) {
        let (Ok(from), Ok(end)) = (u32::try_from(start), u32::try_from(self.text.len())) else {
            return;
        };
        let before = self.marks.iter_mut().rev().take(8).find(|mark| mark.kind == kind);
        match before {
            Some(mark) if mark.end == from => mark.end = end,
            _ => self.marks.push(Mark {
                start: from,
                end,
                kind,
            }),
        }
    }

    /// Length so far: where the next text will begin.
    pub(crate) fn here(&self) -> usize {
        self.text.len()
    }

    /// The finished paragraph; `None` if it holds nothing but space.
    pub(crate) fn take(&mut self, log: &mut Mended) -> Option<Para> {
        let done = std::mem::take(self);
        let text = done.text.trim_end().to_owned();
        if text.is_empty() {
            return None;
        }
        let mut para = Para {
            text,
            marks: done.marks,
            align: done.align,
        };
        if done.pieces > 1 {
            remend(&mut para, log);
        }
        tidy(&mut para);
        Some(para)
    }
}

/// Mends what became visible only when pieces of a word came together.
fn remend(para: &mut Para, log: &mut Mended) {
    let mended = match mend(&para.text, log) {
        std::borrow::Cow::Borrowed(_) => return,
        std::borrow::Cow::Owned(mended) => mended,
    };
    let mut silent = Mended::default();
    for mark in &mut para.marks {
        for edge in [&mut mark.start, &mut mark.end] {
            let head = para.text.get(..*edge as usize).unwrap_or_default();
            *edge = u32::try_from(mend(head, &mut silent).len()).unwrap_or(u32::MAX);
        }
    }
    para.text = mended;
}

/// Marks within the text, on character boundaries, sorted, without spaces at their ends.
fn tidy(para: &mut Para) {
    let text = &para.text;
    para.marks.retain_mut(|mark| {
        mark.end = mark.end.min(u32::try_from(text.len()).unwrap_or(u32::MAX));
        let Some(marked) = text.get(mark.start as usize..mark.end as usize) else {
            return false;
        };
        let trimmed = marked.trim_start();
        mark.start += u32::try_from(marked.len() - trimmed.len()).unwrap_or(0);
        mark.end = mark.start + u32::try_from(trimmed.trim_end().len()).unwrap_or(0);
        mark.start < mark.end
    });
    para.marks.sort_by_key(|mark| (mark.start, mark.end));
}
