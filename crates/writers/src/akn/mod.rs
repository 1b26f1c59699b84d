//! Akoma Ntoso 3.0 (OASIS LegalDocML), valid against the published schema for every act.
//!
//! The eIds are our provision ids; citations are `<ref>`. An act without provisions (a directive, a letter,
//! an act of which only metadata is known) has one `hcontainer` as its body.

mod acting;
mod blocks;
mod meta;
mod over_time;
mod references;

use legal::model::{Language, Part, PartKind, Provision, ProvisionKind};

use crate::names::printed_number;
use crate::tree::{Tree, unreferred};
use crate::{ExportAct, Xml};
use blocks::Blocks;
use meta::Meta;

/// Namespace of Akoma Ntoso 3.0.
pub const NAMESPACE: &str = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0";

/// Writes the act as one XML document.
#[must_use]
pub fn write(act: &ExportAct) -> String {
    let tree = Tree::new(&act.text);
    let mut writer = Writer {
        blocks: Blocks::new(&tree, &act.named),
        meta: Meta::new(act),
        xml: Xml::document(),
        tree: &tree,
        act,
    };
    writer.document();
    writer.xml.finish()
}

struct Writer<'a> {
    act: &'a ExportAct,
    tree: &'a Tree<'a>,
    blocks: Blocks<'a>,
    meta: Meta<'a>,
    xml: Xml,
}

impl<'a> Writer<'a> {
    fn document(&mut self) {
        let metadata = &self.act.text.metadata;
        self.xml.open("akomaNtoso", &[("xmlns", NAMESPACE)]);
        self.xml.line();
        let name = metadata.kind.map_or("van-ban", |kind| kind.slug());
        self.xml
            .open("act", &[("name", name), ("contains", self.contains())]);
        self.meta.write(&mut self.xml, None);
        self.preface();
        match self.tree.main() {
            Some(part) => self.main(part),
            None => self.body_without_provisions(&[]),
        }
        self.attachments();
    }

    fn contains(&self) -> &'static str {
        if self.act.on.is_some() {
            "singleVersion"
        } else {
            "originalVersion"
        }
    }

    fn preface(&mut self) {
        let metadata = &self.act.text.metadata;
        let kind = metadata.kind.map_or("", |kind| match self.act.text.language {
            Language::Vi => kind.label(),
            Language::En => kind.label_en(),
        });
        self.xml.open("preface", &[]);
        for (element, text) in [
            ("docAuthority", metadata.issuers.join(", ").as_str()),
            ("docNumber", metadata.number.as_deref().unwrap_or_default()),
            ("docType", kind),
            ("docTitle", metadata.title.as_deref().unwrap_or_default()),
        ] {
            if !text.is_empty() {
                self.xml.open("p", &[]);
                self.xml.leaf(element, &[], text);
                self.xml.close();
            }
        }
        if let Some(date) = metadata.issued {
            self.xml.open("p", &[]);
            self.xml.leaf(
                "docDate",
                &[("date", &date.to_string())],
                &viet::date_in_words(date),
            );
            self.xml.close();
        } else {
            // A preface may not be empty.
            self.xml.empty("p", &[]);
        }
        self.xml.close();
        self.xml.line();
    }

    fn main(&mut self, part: &'a Part) {
        if self.tree.roots(part).is_empty() {
            self.body_without_provisions(&[part]);
        } else {
            self.container("preamble", &part.opening);
            self.xml.open("body", &[]);
            self.provisions(part);
            self.xml.close();
        }
        self.conclusions(part);
    }

    fn body_without_provisions(&mut self, parts: &[&'a Part]) {
        self.xml.open("body", &[]);
        self.xml.open("hcontainer", &[("eId", "main"), ("name", "text")]);
        self.xml.open("content", &[]);
        for part in parts {
            self.blocks.write(&mut self.xml, &part.opening);
        }
        self.xml.close();
        self.xml.close();
        self.xml.close();
    }

    /// A container of blocks, left out when there are none: the schema forbids an empty one.
    fn container(&mut self, name: &'static str, blocks: &'a [legal::model::Block]) {
        if !blocks.is_empty() {
            self.xml.open(name, &[]);
            self.blocks.write_some(&mut self.xml, blocks);
            self.xml.close();
            self.xml.line();
        }
    }

    /// Closing words with the signatures marked, and footnotes that nothing refers to.
    fn conclusions(&mut self, part: &'a Part) {
        let orphans = unreferred(&part.notes, &[&part.opening, &part.closing], &[]);
        let signers: &[_] = match part.kind {
            PartKind::Main => &self.act.text.metadata.signers,
            _ => &[],
        };
        if part.closing.is_empty() && orphans.is_empty() && signers.is_empty() {
            return;
        }
        self.xml.open("conclusions", &[]);
        self.blocks.signed(&mut self.xml, &part.closing, signers);
        self.blocks.orphans(&mut self.xml, &orphans);
        self.xml.close();
        self.xml.line();
    }

    fn provisions(&mut self, part: &'a Part) {
        for provision in self.tree.roots(part) {
            self.provision(provision);
        }
    }

    fn provision(&mut self, provision: &'a Provision) {
        let number = printed_number(self.act.text.language, provision.kind, &provision.number);
        self.xml.open(element(provision.kind), &[("eId", &provision.id)]);
        self.xml.leaf("num", &[], &number);
        if let Some(heading) = &provision.heading {
            self.xml.open("heading", &[]);
            self.blocks
                .inline(&mut self.xml, heading, &provision.heading_marks);
            self.xml.close();
        }
        let children = self.tree.children(provision);
        let orphans = unreferred(&provision.notes, &[&provision.blocks], &provision.heading_marks);
        if !provision.blocks.is_empty() || !orphans.is_empty() {
            self.xml
                .open(if children.is_empty() { "content" } else { "intro" }, &[]);
            self.blocks.write(&mut self.xml, &provision.blocks);
            self.blocks.orphans(&mut self.xml, &orphans);
            self.xml.close();
        }
        for child in children {
            self.provision(child);
        }
        self.xml.close();
        self.xml.line();
    }

    fn attachments(&mut self) {
        if self.tree.attachments().next().is_none() {
            return;
        }
        self.xml.open("attachments", &[]);
        for part in self.tree.attachments() {
            self.attachment(part);
        }
        self.xml.close();
    }

    fn attachment(&mut self, part: &'a Part) {
        let name = if part.kind == PartKind::Attached {
            "attached"
        } else {
            "appendix"
        };
        self.xml.open("attachment", &[("eId", &part.id)]);
        if !part.title.is_empty() {
            self.xml.leaf("heading", &[], &part.title);
        }
        self.xml
            .open("doc", &[("name", name), ("contains", self.contains())]);
        self.meta.write(&mut self.xml, Some(part));
        let has_provisions = !self.tree.roots(part).is_empty();
        if has_provisions {
            self.container("preamble", &part.opening);
        }
        self.xml.open("mainBody", &[]);
        if has_provisions {
            self.provisions(part);
        } else {
            self.blocks.write_some(&mut self.xml, &part.opening);
        }
        self.xml.close();
        self.conclusions(part);
        self.xml.close();
        self.xml.close();
        self.xml.line();
    }
}

fn element(kind: ProvisionKind) -> &'static str {
    match kind {
        ProvisionKind::Part => "part",
        ProvisionKind::Chapter => "chapter",
        ProvisionKind::Section => "section",
        ProvisionKind::Subsection => "subsection",
        ProvisionKind::Article => "article",
        ProvisionKind::Clause => "clause",
        ProvisionKind::Point => "point",
    }
}
