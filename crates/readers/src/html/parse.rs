//! Markup → tree, with bounds: a tree deeper, wider or with longer tags than any page of law costs the
//! parser time in the square of its size, and is refused before.

use ego_tree::NodeRef;
use html5ever::driver::{self, ParseOpts};
use html5ever::tendril::{StrTendril, TendrilSink};
use memchr::memchr;
use scraper::{Html, HtmlTreeSink, Node};

use crate::reading::Refusal;

/// Elements inside each other; browsers stop at 512 as well.
const DEEP: usize = 512;
/// Nodes of a page: about what the memory of the worker holds.
const NODES: usize = 1_000_000;
/// Attributes of one tag.
const ATTRIBUTES: usize = 256;
/// Open elements that tags may be held against, over the whole page: each end tag may look through all of them.
const LOOKS: usize = 50_000_000;
/// Bytes parsed between two looks at the tree.
const STEP: usize = 2_048;
/// Of the new nodes one in so many is looked at: a few deep ones cost nothing.
const EACH: usize = 8;
/// Elements whose content is no markup.
const RAW: [&str; 8] = [
    "script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes",
];

/// Parses a page.
///
/// # Errors
/// `markup` where tags stand deeper or hold more attributes than those of a page, or are too many for their depth.
pub(super) fn parse(text: &str) -> Result<Html, Refusal> {
    if most_attributes(text) > ATTRIBUTES {
        return Err(refusal("có thẻ mang quá nhiều thuộc tính"));
    }
    let sink = HtmlTreeSink::new(Html::new_document());
    let mut parser = driver::parse_document(sink, ParseOpts::default());
    let mut rest = text;
    let (mut known, mut looks) = (0, 0);
    while !rest.is_empty() {
        let (piece, after) = rest.split_at(rest.floor_char_boundary(STEP.min(rest.len())));
        rest = after;
        parser.process(StrTendril::from(piece));
        let page = parser.tokenizer.sink.sink.0.borrow();
        let nodes = page.tree.nodes();
        let count = nodes.len();
        let depth = nodes
            .clone()
            .next_back()
            .map_or(0, |last| last.ancestors().count());
        looks += depth * memchr::memchr_iter(b'<', piece.as_bytes()).count();
        if count > NODES || looks > LOOKS {
            return Err(refusal("có quá nhiều thẻ"));
        }
        if nodes.rev().take(count - known).step_by(EACH).any(is_too_deep) {
            return Err(refusal("có các thẻ lồng nhau quá sâu"));
        }
        known = count;
    }
    Ok(parser.finish())
}

fn is_too_deep(node: NodeRef<'_, Node>) -> bool {
    node.ancestors().nth(DEEP).is_some()
}

fn refusal(what: &str) -> Refusal {
    Refusal::new(
        "markup",
        format!("Trang HTML {what}, không giống một trang văn bản, nên không được đọc."),
    )
}

/// The most attributes that one tag of `text` has.
fn most_attributes(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut most = 0;
    let mut at = 0;
    while let Some(open) = memchr(b'<', &bytes[at..]) {
        at += open + 1;
        let rest = &bytes[at..];
        if rest.starts_with(b"!--") {
            at += memchr::memmem::find(rest, b"-->").unwrap_or(rest.len());
        } else if rest.first().is_some_and(u8::is_ascii_alphabetic) {
            let tag = tag(rest);
            most = most.max(tag.attributes);
            at += tag.length;
            at += raw(&rest[..tag.length], &bytes[at..]);
        }
    }
    most
}

/// A tag behind its "<": its bytes up to the closing sign, and its attributes.
struct Tag {
    length: usize,
    attributes: usize,
}

/// Reads a tag as HTML does: a value may hold ">" in quotes.
fn tag(bytes: &[u8]) -> Tag {
    let mut attributes = 0;
    let mut at = 0;
    let mut before = b' ';
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'>' => break,
            b'"' | b'\'' if before == b'=' => {
                at += 1 + memchr(byte, &bytes[at + 1..]).unwrap_or(bytes.len());
            }
            b'=' => {}
            _ if byte.is_ascii_whitespace() || byte == b'/' => {
                at += 1;
                // "a = b" is one attribute, and the sign keeps its meaning over white space.
                before = if before == b'=' { before } else { b' ' };
                continue;
            }
            _ => attributes += usize::from(matches!(before, b' ' | b'"')),
        }
        before = if matches!(byte, b'\'' | b'"') { b'"' } else { byte };
        at += 1;
    }
    Tag {
        length: at.min(bytes.len()),
        // The first word is the name of the element.
        attributes: attributes.saturating_sub(1),
    }
}

/// Bytes behind a start tag that are no markup.
fn raw(tag: &[u8], behind: &[u8]) -> usize {
    let is = |name: &&&str| {
        tag.len() >= name.len()
            && tag[..name.len()].eq_ignore_ascii_case(name.as_bytes())
            && !tag.get(name.len()).is_some_and(u8::is_ascii_alphanumeric)
    };
    let Some(name) = RAW.iter().find(is) else { return 0 };
    let mut at = 0;
    while let Some(open) = memchr::memmem::find(&behind[at..], b"</") {
        at += open + 2;
        let end = behind.get(at..at + name.len());
        if end.is_some_and(|end| end.eq_ignore_ascii_case(name.as_bytes())) {
            return at;
        }
    }
    behind.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &str) -> Option<String> {
        parse(text).err().map(|refusal| refusal.message)
    }

    #[test]
    fn attributes_are_counted_as_html_reads_them() {
        for (text, count) in [
            ("<a>", 0),
            ("a < b and c <1", 0),
            ("<a b>", 1),
            ("<a b=c d='e f > g' h=\"i j\"k l = m n>", 6),
            ("<br/><p class=x id=y/>", 2),
            ("<!-- <a b c d> --><p x>", 1),
            ("<script>if (a <b c d e) f</script><p x y>", 2),
            ("<a b='", 1),
        ] {
            assert_eq!(most_attributes(text), count, "{text}");
        }
    }

    #[test]
    fn bombs_are_refused_with_what_is_wrong() {
        let deep = code(&"<div>".repeat(300_000));
        assert!(deep.is_some_and(|message| message.contains("quá sâu")));
        let attributes: String = (0..300_000).map(|number| format!(" a{number}")).collect();
        let wide = code(&format!("<p{attributes}>"));
        assert!(wide.is_some_and(|message| message.contains("thuộc tính")));
        // Each paragraph opens all letters of the first one anew.
        let letters: String = (0..400).map(|number| format!("<b id={number}>")).collect();
        let many = code(&format!("<p>{letters}</p>{}", "<p>x</p>".repeat(40_000)));
        assert!(many.is_some_and(|message| message.contains("quá nhiều thẻ")));
        let ends = code(&format!("{}{}", "<i>".repeat(500), "</u>".repeat(300_000)));
        assert!(ends.is_some_and(|message| message.contains("quá nhiều thẻ")));
    }

    #[test]
    fn open_paragraphs_and_cells_are_no_depth() {
        assert_eq!(code(&"<p>chữ".repeat(5_000)), None);
        assert_eq!(code(&format!("<table>{}", "<tr><td>x".repeat(5_000))), None);
        assert_eq!(code(&"<div>".repeat(400)), None);
    }
}
