//! The contents: parts, chapters, sections and articles with the file each stands in.

use std::collections::HashMap;

use legal::model::{Part, PartKind, Provision, ProvisionKind};

use super::split::Piece;
use super::{file_name, open_page};
use crate::names::{contents_line, printed_number};
use crate::tree::Tree;
use crate::{ExportAct, Xml};

pub(super) fn write(act: &ExportAct, tree: &Tree<'_>, chapters: &[Vec<Piece<'_>>]) -> String {
    let title = if act.lang() == "vi" {
        "Mục lục"
    } else {
        "Contents"
    };
    let xml = open_page(act, title);
    let mut nav = Nav {
        act,
        tree,
        files: files(tree, chapters),
        xml,
    };
    nav.xml.open("body", &[]);
    nav.xml
        .open("nav", &[("epub:type", "toc"), ("role", "doc-toc"), ("id", "toc")]);
    nav.xml.leaf("h1", &[], title);
    nav.xml.open("ol", &[]);
    nav.link(&file_name(0), &act.full_title());
    for part in tree.main().into_iter().chain(tree.attachments()) {
        nav.part(part);
    }
    nav.xml.finish()
}

/// Provision or part id → file.
fn files<'a>(tree: &Tree<'a>, chapters: &[Vec<Piece<'a>>]) -> HashMap<&'a str, usize> {
    let mut files = HashMap::new();
    for (at, piece) in chapters
        .iter()
        .enumerate()
        .flat_map(|(at, pieces)| pieces.iter().map(move |p| (at, p)))
    {
        match piece {
            Piece::Opening(part) => {
                files.insert(part.id.as_str(), at);
            }
            Piece::Head(provision, _) => {
                files.insert(provision.id.as_str(), at);
            }
            Piece::Whole(provision, _) => place(tree, provision, at, &mut files),
            Piece::Title | Piece::Closing(_) => {}
        }
    }
    files
}

fn place<'a>(tree: &Tree<'a>, provision: &'a Provision, at: usize, files: &mut HashMap<&'a str, usize>) {
    files.insert(&provision.id, at);
    for child in tree.children(provision) {
        place(tree, child, at, files);
    }
}

struct Nav<'t, 'a> {
    act: &'a ExportAct,
    tree: &'t Tree<'a>,
    files: HashMap<&'a str, usize>,
    xml: Xml,
}

impl Nav<'_, '_> {
    fn part(&mut self, part: &Part) {
        let roots = self.tree.roots(part);
        if part.kind == PartKind::Main {
            return roots.iter().for_each(|root| self.provision(root));
        }
        self.xml.open("li", &[]);
        let href = self.href(&part.id);
        let title = if part.title.is_empty() {
            &part.id
        } else {
            &part.title
        };
        self.xml.leaf("a", &[("href", &href)], title);
        self.list(roots);
        self.xml.close();
    }

    fn provision(&mut self, provision: &Provision) {
        if provision.kind > ProvisionKind::Article {
            return;
        }
        let number = printed_number(self.act.text.language, provision.kind, &provision.number);
        self.xml.open("li", &[]);
        let href = self.href(&provision.id);
        self.xml.leaf(
            "a",
            &[("href", &href)],
            &contents_line(&number, provision.heading.as_deref()),
        );
        self.list(self.tree.children(provision));
        self.xml.close();
    }

    /// A nested list, left out when nothing in it is named in the contents.
    fn list(&mut self, provisions: &[&Provision]) {
        if provisions
            .iter()
            .any(|provision| provision.kind <= ProvisionKind::Article)
        {
            self.xml.open("ol", &[]);
            provisions.iter().for_each(|provision| self.provision(provision));
            self.xml.close();
        }
    }

    fn link(&mut self, href: &str, text: &str) {
        self.xml.open("li", &[]);
        self.xml.leaf("a", &[("href", href)], text);
        self.xml.close();
    }

    fn href(&self, id: &str) -> String {
        let at = self.files.get(id).copied().unwrap_or_default();
        format!("{}#{id}", file_name(at))
    }
}
