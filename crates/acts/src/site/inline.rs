//! Paragraphs as HTML: escaping, marks, and the first use of each defined word.

use std::collections::HashSet;

use legal::model::{Mark, MarkKind, Para};

use super::refs::Ref;
use super::terms::Terms;

/// Appends `text` with the five characters of HTML escaped.
pub fn escape_into(out: &mut String, text: &str) {
    let mut from = 0;
    for (at, byte) in text.bytes().enumerate() {
        let entity = match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            b'\'' => "&#39;",
            _ => continue,
        };
        out.push_str(&text[from..at]);
        out.push_str(entity);
        from = at + 1;
    }
    out.push_str(&text[from..]);
}

/// `text` with the five characters of HTML escaped.
#[must_use]
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    escape_into(&mut out, text);
    out
}

/// What may be linked inside a text: the defined words that were not yet met in this article.
pub struct Words<'a> {
    /// Words that hold here.
    pub terms: &'a Terms,
    /// Which of them hold here.
    pub active: Vec<bool>,
    /// Terms already linked since the article began.
    pub met: HashSet<usize>,
}

impl<'a> Words<'a> {
    /// Nothing met yet; `around` are the ids of the part, the provisions around and the article.
    #[must_use]
    pub fn new(terms: &'a Terms, around: &[&str]) -> Self {
        Self {
            terms,
            active: terms.holding(around),
            met: HashSet::new(),
        }
    }
}

/// Appends the paragraph's text with its marks as `b`, `i`, `sup`, `sub` and note links, what it
/// cites as links.
///
/// Marks may overlap: the text is cut at every boundary and each piece carries the marks over it.
/// Ranges outside the text or inside a character are passed over.
pub fn para_into(out: &mut String, para: &Para, refs: &[Ref], words: Option<&mut Words<'_>>) {
    marked_into(out, &para.text, &para.marks, refs, words);
}

/// Appends `text` with `marks` and `refs` over it.
pub fn marked_into(
    out: &mut String,
    text: &str,
    marks: &[Mark],
    refs: &[Ref],
    mut words: Option<&mut Words<'_>>,
) {
    let marks: Vec<&Mark> = marks.iter().filter(|mark| is_sound(text, mark)).collect();
    let refs: Vec<&Ref> = refs
        .iter()
        .filter(|one| one.from < one.to && text.get(one.from..one.to).is_some())
        .collect();
    let mut open: Option<&Ref> = None;
    for pair in cuts(text, &marks, &refs).windows(2) {
        let (from, to) = (pair[0], pair[1]);
        let over: Vec<&MarkKind> = marks
            .iter()
            .filter(|mark| mark.start as usize <= from && mark.end as usize >= to)
            .map(|mark| &mark.kind)
            .collect();
        // A link may not hold another one: the sign of a note ends it.
        let noted = over.iter().any(|kind| matches!(kind, MarkKind::Note(_)));
        let own = refs
            .iter()
            .copied()
            .find(|one| !noted && one.from <= from && one.to >= to);
        if own != open {
            close_ref(out, open);
            open_ref(out, own);
            open = own;
        }
        let words = words.as_deref_mut().filter(|_| own.is_none());
        piece_into(out, &text[from..to], over.into_iter(), words);
    }
    close_ref(out, open);
}

/// Every boundary of a mark or a reference, the ends of the text included.
fn cuts(text: &str, marks: &[&Mark], refs: &[&Ref]) -> Vec<usize> {
    let marks = marks
        .iter()
        .flat_map(|mark| [mark.start as usize, mark.end as usize]);
    let refs = refs.iter().flat_map(|one| [one.from, one.to]);
    let mut cuts: Vec<usize> = marks.chain(refs).chain([0, text.len()]).collect();
    cuts.sort_unstable();
    cuts.dedup();
    cuts
}

fn open_ref(out: &mut String, one: Option<&Ref>) {
    let Some(one) = one else { return };
    match &one.href {
        Some(href) => {
            out.push_str(if one.law {
                "<a class=\"ref\" href=\""
            } else {
                "<a href=\""
            });
            escape_into(out, href);
        }
        None => out.push_str("<span class=\"no"),
    }
    if !one.note.is_empty() {
        out.push_str("\" title=\"");
        out.push_str(one.note);
    }
    out.push_str("\">");
}

fn close_ref(out: &mut String, one: Option<&Ref>) {
    if let Some(one) = one {
        out.push_str(if one.href.is_some() { "</a>" } else { "</span>" });
    }
}

fn is_sound(text: &str, mark: &Mark) -> bool {
    mark.start < mark.end && text.get(mark.start as usize..mark.end as usize).is_some()
}

fn piece_into<'m>(
    out: &mut String,
    piece: &str,
    kinds: impl Iterator<Item = &'m MarkKind>,
    words: Option<&mut Words<'_>>,
) {
    let mut closing = String::new();
    let mut in_note = false;
    for kind in kinds {
        let name = match kind {
            MarkKind::Bold => "b",
            MarkKind::Italic => "i",
            MarkKind::Sup => "sup",
            MarkKind::Sub => "sub",
            MarkKind::Note(id) => {
                in_note = true;
                open_note(out, id);
                closing.insert_str(0, "</a></sup>");
                continue;
            }
        };
        out.push('<');
        out.push_str(name);
        out.push('>');
        closing.insert_str(0, &format!("</{name}>"));
    }
    match words {
        Some(words) if !in_note => words.terms.link_into(out, piece, words),
        _ => escape_into(out, piece),
    }
    out.push_str(&closing);
}

fn open_note(out: &mut String, id: &str) {
    let id = escape(id);
    out.push_str("<sup><a href=\"#");
    out.push_str(&id);
    out.push_str("\" id=\"r_");
    out.push_str(&id);
    out.push_str("\">");
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(start: u32, end: u32, kind: MarkKind) -> Mark {
        Mark { start, end, kind }
    }

    fn html(text: &str, marks: Vec<Mark>) -> String {
        let mut out = String::new();
        marked_into(&mut out, text, &marks, &[], None);
        out
    }

    #[test]
    fn text_is_escaped() {
        assert_eq!(html("a<b & \"c\"", vec![]), "a&lt;b &amp; &quot;c&quot;");
    }

    #[test]
    fn overlapping_marks_stay_well_formed() {
        let marks = vec![mark(0, 4, MarkKind::Bold), mark(2, 6, MarkKind::Italic)];
        assert_eq!(html("abcdef", marks), "<b>ab</b><b><i>cd</i></b><i>ef</i>");
    }

    #[test]
    fn a_note_links_to_its_text_and_back() {
        let marks = vec![mark(1, 2, MarkKind::Note("fn_1".into()))];
        assert_eq!(
            html("a1", marks),
            "a<sup><a href=\"#fn_1\" id=\"r_fn_1\">1</a></sup>"
        );
    }

    #[test]
    fn citations_are_links_around_marks_and_never_around_notes() {
        let one = |from, to, href: Option<&str>, note| Ref {
            from,
            to,
            href: href.map(str::to_owned),
            note,
            law: true,
        };
        let marks = [
            mark(2, 4, MarkKind::Bold),
            mark(5, 6, MarkKind::Note("fn_1".into())),
        ];
        let refs = [one(0, 6, Some("a/b"), ""), one(7, 9, None, "x")];
        let mut out = String::new();
        marked_into(&mut out, "abcdef ghi", &marks, &refs, None);
        assert_eq!(
            out,
            "<a class=\"ref\" href=\"a/b\">ab<b>cd</b>e</a><sup><a href=\"#fn_1\" id=\"r_fn_1\">f</a></sup> \
             <span class=\"no\" title=\"x\">gh</span>i"
        );
    }

    #[test]
    fn marks_outside_the_text_or_inside_a_letter_are_passed_over() {
        let marks = vec![mark(0, 99, MarkKind::Bold), mark(1, 2, MarkKind::Bold)];
        assert_eq!(html("đ", marks), "đ");
    }
}
