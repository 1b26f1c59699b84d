//! What the paragraphs of a text cite, as addresses of a page.

use std::collections::HashMap;

use legal::address::path_of_id;
use legal::citations::Field;
use web::Look;

use crate::store::{Goal, Link};

/// A range of a paragraph and where it leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ref {
    /// First byte.
    pub from: usize,
    /// Byte after the last.
    pub to: usize,
    /// Address; `None` where there is nothing to lead to.
    pub href: Option<String>,
    /// What a reader should know of it; empty for a plain link.
    pub note: &'static str,
    /// False for a link that leads to no provision: nothing of it can be shown in place.
    pub law: bool,
}

/// The ranges of one provision or part, by field number and way to the paragraph.
pub type Paths = HashMap<Vec<usize>, Vec<Ref>>;

/// Everything that a text cites.
#[derive(Clone, Debug, Default)]
pub struct Refs(HashMap<String, Paths>);

impl Refs {
    /// For the page of the act itself, at `/van-ban/SLUG`: its own provisions are anchors, other
    /// acts stand beside it.
    #[must_use]
    pub fn of_act(links: Vec<Link>, look: Look) -> Self {
        Self::with(links, look, |goal| match goal {
            Goal::Own(id) => Some(format!("#{id}")),
            Goal::Other { slug, provision, .. } => Some(below(slug.clone(), provision)),
            _ => None,
        })
    }

    /// For any other page: `acts` is the address of all acts (`/van-ban`), `slug` this one's.
    #[must_use]
    pub fn of_page(links: Vec<Link>, look: Look, acts: &str, slug: &str) -> Self {
        Self::with(links, look, |goal| match goal {
            Goal::Own(id) => Some(below(format!("{acts}/{slug}"), id)),
            Goal::Other { slug, provision, .. } => Some(below(format!("{acts}/{slug}"), provision)),
            _ => None,
        })
    }

    fn with(links: Vec<Link>, look: Look, href: impl Fn(&Goal) -> Option<String>) -> Self {
        let mut places: HashMap<String, Paths> = HashMap::new();
        for link in links {
            let one = Ref {
                from: link.from,
                to: link.to,
                href: href(&link.goal),
                note: look.t(note(&link.goal)),
                law: true,
            };
            let ranges = places
                .entry(link.place)
                .or_default()
                .entry(link.path)
                .or_default();
            // Of several targets of the same words the first one is linked.
            if ranges
                .iter()
                .all(|known| known.to <= one.from || one.to <= known.from)
            {
                ranges.push(one);
            }
        }
        for ranges in places.values_mut().flat_map(Paths::values_mut) {
            ranges.sort_by_key(|one| one.from);
        }
        Self(places)
    }

    /// The way through the paragraphs of one field of a provision or part.
    #[must_use]
    pub fn at(&self, id: &str, field: Field) -> Way<'_> {
        Way {
            paths: self.0.get(id),
            steps: vec![Link::field(field)],
        }
    }
}

/// `home` and below it the page of a provision.
fn below(home: String, provision: &str) -> String {
    match path_of_id(provision) {
        Some(path) => format!("{home}/{path}"),
        None => home,
    }
}

fn note(goal: &Goal) -> &'static str {
    match goal {
        Goal::Own(_) | Goal::Other { sure: true, .. } => "",
        Goal::Other { sure: false, .. } => "Không ghi năm: dẫn tới bản ban hành gần nhất trước văn bản này",
        Goal::Missing => "Không tìm thấy quy định này trong văn bản được dẫn",
        Goal::Ambiguous => "Dẫn chiếu có nhiều cách hiểu",
        Goal::Unknown => "Chưa có hoặc chưa xác định được văn bản này trong hệ thống",
    }
}

/// Where the writer of a page is: a field and the way down to a paragraph.
#[derive(Clone, Debug, Default)]
pub struct Way<'a> {
    paths: Option<&'a Paths>,
    steps: Vec<usize>,
}

impl<'a> Way<'a> {
    /// What the paragraph here cites, in order.
    #[must_use]
    pub fn refs(&self) -> &'a [Ref] {
        let found = self.paths.and_then(|paths| paths.get(&self.steps));
        found.map_or(&[], Vec::as_slice)
    }

    /// Does `work` one step further down.
    pub fn down<T>(&mut self, step: usize, work: impl FnOnce(&mut Self) -> T) -> T {
        self.steps.push(step);
        let done = work(self);
        self.steps.pop();
        done
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn link(from: usize, to: usize, goal: Goal) -> Link {
        Link {
            place: "art_1".into(),
            path: vec![1, 0],
            from,
            to,
            goal,
        }
    }

    fn links() -> Vec<Link> {
        let other = Goal::Other {
            slug: "45-2013-qh13".into(),
            provision: "art_7__point_dd".into(),
            sure: true,
        };
        vec![
            link(5, 9, other),
            link(0, 4, Goal::Own("art_2".into())),
            link(5, 9, Goal::Unknown),
            link(13, 15, Goal::Missing),
        ]
    }

    fn hrefs(refs: &Refs) -> Vec<Option<String>> {
        let mut way = refs.at("art_1", Field::Body);
        way.down(0, |way| way.refs().iter().map(|one| one.href.clone()).collect())
    }

    #[test]
    fn addresses_depend_on_the_page() {
        let own = hrefs(&Refs::of_act(links(), Look::default()));
        let expected = [Some("#art_2"), Some("45-2013-qh13/dieu-7/diem-dd"), None];
        assert_eq!(own, expected.map(|one| one.map(str::to_owned)));
        let page = hrefs(&Refs::of_page(links(), Look::default(), "/en/van-ban", "a"));
        assert_eq!(page[0].as_deref(), Some("/en/van-ban/a/dieu-2"));
        assert_eq!(
            page[1].as_deref(),
            Some("/en/van-ban/45-2013-qh13/dieu-7/diem-dd")
        );
    }

    #[test]
    fn other_fields_and_paragraphs_have_none() {
        let refs = Refs::of_act(links(), Look::default());
        assert!(refs.at("art_1", Field::Heading).refs().is_empty());
        assert!(refs.at("art_1", Field::Body).down(1, |way| way.refs().is_empty()));
        assert!(refs.at("art_2", Field::Body).refs().is_empty());
    }
}
