//! Fields: their results are text, their codes are not.

/// Bytes of a code that tell what a field is.
const HEAD: usize = 200;

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
pub(crate) struct Fields(Vec<Field>);

impl Fields {
    pub(crate) fn begin(&mut self) {
        self.0.push(Field::default());
    }

    /// Text that is the code of the innermost field.
    pub(crate) fn code(&mut self, text: &str) {
        if let Some(field) = self.0.last_mut()
            && !field.shown
            && field.code.len() < HEAD
        {
            field.code.extend(text.chars().take(HEAD));
        }
    }

    /// The code of the innermost field ends, its result begins.
    pub(crate) fn separate(&mut self) {
        if let Some(field) = self.0.last_mut() {
            field.shown = true;
        }
    }

    pub(crate) fn end(&mut self) {
        self.0.pop();
    }

    /// A field whose code runs out of its paragraph is broken: what follows is text again.
    pub(crate) fn end_paragraph(&mut self) {
        self.0.retain(|field| field.shown);
    }

    /// Whether text here is not seen: the code of a field, or a table of contents unless those are kept.
    pub(crate) fn hide(&self, keep_contents: bool) -> bool {
        let mut fields = self.0.iter();
        fields.any(|field| !field.shown || (field.is_contents() && !keep_contents))
    }

    /// Whether a table of contents is open.
    pub(crate) fn hold_contents(&self) -> bool {
        self.0.iter().any(Field::is_contents)
    }
}
