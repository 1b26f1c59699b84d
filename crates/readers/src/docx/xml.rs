//! Elements and text of one part of a Word file, as a stream with limits.
//!
//! Alternatives (`mc:AlternateContent`) are resolved here: whoever reads sees the one
//! branch that Word would show.

use std::io::BufRead;

use quick_xml::NsReader;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::name::{Namespace, NamespaceResolver, PrefixDeclaration, ResolveResult};

use crate::word::Fault;

/// Elements that may be open at once; Word itself nests tables 64 deep.
const MAX_DEPTH: usize = 400;
/// Elements in one set of properties.
const MAX_NODES: usize = 20_000;

/// The vocabularies told apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Space {
    Word,
    Math,
    Compat,
    #[default]
    Other,
}

/// An opening tag; attributes by local name.
#[derive(Clone, Debug, Default)]
pub(super) struct Tag {
    pub space: Space,
    pub name: String,
    attributes: Vec<(String, String)>,
}

impl Tag {
    /// Whether this is the element `name` of WordprocessingML.
    pub(super) fn is(&self, name: &str) -> bool {
        self.space == Space::Word && self.name == name
    }

    pub(super) fn attr(&self, name: &str) -> Option<&str> {
        self.attributes
            .iter()
            .find(|(own, _)| own == name)
            .map(|(_, value)| value.as_str())
    }

    /// An on-off attribute: `None` where it is absent.
    pub(super) fn on(&self, name: &str) -> Option<bool> {
        self.attr(name)
            .map(|value| !matches!(value, "0" | "false" | "off"))
    }
}

/// A small element held whole: a set of properties.
#[derive(Clone, Debug, Default)]
pub(super) struct Node {
    pub tag: Tag,
    pub children: Vec<Node>,
}

impl Node {
    pub(super) fn child(&self, name: &str) -> Option<&Node> {
        self.children.iter().find(|child| child.tag.is(name))
    }

    pub(super) fn all<'n>(&'n self, name: &'n str) -> impl Iterator<Item = &'n Node> {
        self.children.iter().filter(move |child| child.tag.is(name))
    }

    /// `w:val` of a child.
    pub(super) fn val(&self, name: &str) -> Option<&str> {
        self.child(name)?.tag.attr("val")
    }

    /// `w:val` of a child as a number.
    pub(super) fn number(&self, name: &str) -> Option<i64> {
        self.val(name)?.trim().parse().ok()
    }

    /// An on-off property: `None` where nothing is said, on where it stands without value.
    pub(super) fn flag(&self, name: &str) -> Option<bool> {
        Some(self.child(name)?.tag.on("val").unwrap_or(true))
    }
}

/// What comes next in a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// An element opened: see [`Xml::tag`].
    Open,
    /// The innermost element closed.
    Close,
    /// Text, held by [`Xml::content`].
    Text,
    End,
}

/// The reader of one part.
pub(super) struct Xml<R> {
    reader: NsReader<R>,
    part: String,
    buffer: Vec<u8>,
    tag: Tag,
    text: String,
    depth: usize,
    /// Alternatives that are open: their depth and whether a branch was taken.
    choices: Vec<(usize, bool)>,
}

impl<R: BufRead> Xml<R> {
    /// `part` names the part in messages.
    pub(super) fn new(source: R, part: &str) -> Self {
        let mut reader = NsReader::from_reader(source);
        reader.config_mut().expand_empty_elements = true;
        Self {
            reader,
            part: part.to_owned(),
            buffer: Vec::new(),
            tag: Tag::default(),
            text: String::new(),
            depth: 0,
            choices: Vec::new(),
        }
    }

    /// The element that opened last.
    pub(super) fn tag(&self) -> &Tag {
        &self.tag
    }

    /// The next step, alternatives resolved.
    pub(super) fn next(&mut self) -> Result<Step, Fault> {
        loop {
            let step = self.raw()?;
            match step {
                Step::Open if self.tag.space == Space::Compat => self.compat()?,
                Step::Close if self.closes_compat() => {}
                _ => return Ok(step),
            }
        }
    }

    /// Enters an alternative, one branch of it, or passes over the branch.
    fn compat(&mut self) -> Result<(), Fault> {
        match self.tag.name.as_str() {
            "AlternateContent" => self.choices.push((self.depth, false)),
            name @ ("Choice" | "Fallback") => {
                let fits = name == "Fallback" || self.is_understood();
                let taken = self.choices.last().is_none_or(|(_, taken)| *taken);
                if taken || !fits {
                    return self.skip();
                }
                if let Some(choice) = self.choices.last_mut() {
                    choice.1 = true;
                }
            }
            _ => return self.skip(),
        }
        Ok(())
    }

    /// Whether the element that just closed is an alternative or its branch.
    fn closes_compat(&mut self) -> bool {
        match self.choices.last() {
            Some((depth, _)) if self.depth + 1 == *depth => {
                self.choices.pop();
                true
            }
            Some((depth, _)) => self.depth == *depth,
            None => false,
        }
    }

    /// Whether the branch needs only vocabularies that Word knows.
    fn is_understood(&self) -> bool {
        let needs = self.tag.attr("Requires").unwrap_or_default();
        needs.split_ascii_whitespace().all(|prefix| {
            let bound =
                self.reader.resolver().bindings().find(
                    |(declared, _)| matches!(declared, PrefixDeclaration::Named(name) if *name == prefix),
                );
            bound.is_some_and(|(_, Namespace(uri))| {
                uri.starts_with("http://schemas.microsoft.com/office/")
                    || uri.starts_with("http://schemas.openxmlformats.org/")
            })
        })
    }

    /// Passes over the rest of the element that opened last.
    pub(super) fn skip(&mut self) -> Result<(), Fault> {
        let outside = self.depth.saturating_sub(1);
        while self.depth > outside {
            if self.raw()? == Step::End {
                return Ok(());
            }
        }
        while self.choices.last().is_some_and(|(depth, _)| *depth > self.depth) {
            self.choices.pop();
        }
        Ok(())
    }

    /// The text directly inside the element that opened last, to its end.
    pub(super) fn content(&mut self) -> Result<String, Fault> {
        let mut out = String::new();
        loop {
            match self.next()? {
                Step::Text => out.push_str(&self.text),
                Step::Open => self.skip()?,
                Step::Close | Step::End => return Ok(out),
            }
        }
    }

    /// The element that opened last, held whole, to its end.
    pub(super) fn node(&mut self) -> Result<Node, Fault> {
        let mut open = vec![Node {
            tag: self.tag.clone(),
            children: Vec::new(),
        }];
        let mut count = 0;
        loop {
            match self.next()? {
                Step::Open => {
                    count += 1;
                    if count > MAX_NODES {
                        return Err(Fault::TooLarge);
                    }
                    open.push(Node {
                        tag: self.tag.clone(),
                        children: Vec::new(),
                    });
                }
                Step::Text => {}
                Step::Close | Step::End => {
                    let Some(done) = open.pop() else {
                        return Ok(Node::default());
                    };
                    match open.last_mut() {
                        Some(parent) => parent.children.push(done),
                        None => return Ok(done),
                    }
                }
            }
        }
    }

    fn raw(&mut self) -> Result<Step, Fault> {
        loop {
            self.buffer.clear();
            let event = self
                .reader
                .read_event_into(&mut self.buffer)
                .map_err(|error| fault(&self.part, &error))?;
            match event {
                Event::Start(start) | Event::Empty(start) => {
                    read_tag(&start, self.reader.resolver(), &mut self.tag);
                    self.depth += 1;
                    if self.depth > MAX_DEPTH {
                        return Err(Fault::TooDeep);
                    }
                    return Ok(Step::Open);
                }
                Event::End(_) => {
                    self.depth = self.depth.saturating_sub(1);
                    return Ok(Step::Close);
                }
                Event::Text(text) => {
                    self.text.clear();
                    self.text.push_str(&text.xml10_content());
                    return Ok(Step::Text);
                }
                Event::CData(text) => {
                    self.text.clear();
                    self.text.push_str(&text.xml10_content());
                    return Ok(Step::Text);
                }
                Event::GeneralRef(reference) => {
                    self.text.clear();
                    self.text.extend(character(&reference));
                    return Ok(Step::Text);
                }
                Event::DocType(_) => return Err(Fault::Dtd),
                Event::Eof if self.depth > 0 => return Err(Fault::Damaged(self.part.clone())),
                Event::Eof => return Ok(Step::End),
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
            }
        }
    }
}

fn fault(part: &str, error: &quick_xml::Error) -> Fault {
    match error {
        quick_xml::Error::Io(inner) if inner.kind() == std::io::ErrorKind::FileTooLarge => Fault::TooLarge,
        _ => Fault::Damaged(part.to_owned()),
    }
}

/// The character that a reference stands for. Declared entities do not exist here: a DTD is refused.
fn character(reference: &BytesRef<'_>) -> Option<char> {
    match &**reference {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => reference.resolve_char_ref().ok().flatten(),
    }
}

fn read_tag(start: &BytesStart<'_>, resolver: &NamespaceResolver, tag: &mut Tag) {
    tag.space = match resolver.resolve_element(start.name()).0 {
        ResolveResult::Bound(Namespace(uri)) => space(uri),
        _ => Space::Other,
    };
    tag.name.clear();
    tag.name.push_str(start.local_name().into_inner());
    tag.attributes.clear();
    let mut attributes = start.attributes();
    for attribute in attributes.with_checks(false).flatten() {
        let name = attribute.key.local_name().into_inner();
        if name.starts_with("rsid") || attribute.key.as_namespace_binding().is_some() {
            continue;
        }
        let value = attribute
            .normalized_value(quick_xml::XmlVersion::Explicit1_0)
            .unwrap_or_default();
        tag.attributes.push((name.to_owned(), value.into_owned()));
    }
}

/// Transitional and strict names of the vocabularies (ISO/IEC 29500-1 and -4).
fn space(uri: &str) -> Space {
    match uri {
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
        | "http://purl.oclc.org/ooxml/wordprocessingml/main" => Space::Word,
        "http://schemas.openxmlformats.org/officeDocument/2006/math"
        | "http://purl.oclc.org/ooxml/officeDocument/math" => Space::Math,
        "http://schemas.openxmlformats.org/markup-compatibility/2006" => Space::Compat,
        _ => Space::Other,
    }
}
