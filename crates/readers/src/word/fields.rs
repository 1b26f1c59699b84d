//! Fields: their results are text, their codes are not.

/// Bytes of a code that tell what a field is.
const HEAD: usize = 200;

/// Fields in fields beyond this depth are not shown. Word itself nests 20.
const MAX_DEPTH: usize = 64;

/// A field that is open.
#[derive(Debug, Default)]
struct Field {
    code: String,
    /// Past its code: what follows is its result.
    shown: bool,
}

impl Field {
    /// A table of contents, whose result repeats the headings of the act.
    fn is_contents(&self) -> bool {
        let mut words = self.code.split_whitespace();
        words.next().is_some_and(|word| word.eq_ignore_ascii_case("TOC"))
    }
}

/// The fields that are open at a place of the text, the innermost last.
#[derive(Debug, Default)]
pub(crate) struct Fields {
    open: Vec<Field>,
    /// How many more are open within the innermost.
    deeper: usize,
}

impl Fields {
    pub(crate) fn begin(&mut self) {
        if self.open.len() < MAX_DEPTH {
            self.open.push(Field::default());
        } else {
            self.deeper = self.deeper.saturating_add(1);
        }
    }

    /// Text that is the code of the innermost field.
    pub(crate) fn code(&mut self, text: &str) {
        if let Some(field) = self.open.last_mut()
            && self.deeper == 0
            && !field.shown
            && field.code.len() < HEAD
        {
            field.code.extend(text.chars().take(HEAD));
        }
    }

    /// The code of the innermost field ends, its result begins.
    pub(crate) fn separate(&mut self) {
        if let Some(field) = self.open.last_mut().filter(|_| self.deeper == 0) {
            field.shown = true;
        }
    }

    pub(crate) fn end(&mut self) {
        match self.deeper.checked_sub(1) {
            Some(less) => self.deeper = less,
            None => drop(self.open.pop()),
        }
    }

    /// A field whose code runs out of its paragraph is broken: what follows is text again.
    pub(crate) fn end_paragraph(&mut self) {
        self.deeper = 0;
        self.open.retain(|field| field.shown);
    }

    /// Whether text here is not seen: the code of a field, or a table of contents unless those are kept.
    pub(crate) fn hide(&self, keep_contents: bool) -> bool {
        let mut fields = self.open.iter();
        self.deeper > 0 || fields.any(|field| !field.shown || (field.is_contents() && !keep_contents))
    }

    /// Whether a table of contents is open.
    pub(crate) fn hold_contents(&self) -> bool {
        self.open.iter().any(Field::is_contents)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_beyond_all_depth_are_hidden_and_end_where_they_end() {
        let mut fields = Fields::default();
        for _ in 0..3 * MAX_DEPTH {
            fields.begin();
            fields.separate();
        }
        assert!(fields.hide(true), "too deep");
        assert_eq!(fields.open.len(), MAX_DEPTH);
        for _ in 0..2 * MAX_DEPTH {
            fields.end();
        }
        assert!(!fields.hide(true), "results are seen");
        (0..MAX_DEPTH).for_each(|_| fields.end());
        fields.begin();
        assert!(fields.hide(true), "a code is not");
        fields.end_paragraph();
        assert!(!fields.hide(true) && fields.open.is_empty());
    }
}
