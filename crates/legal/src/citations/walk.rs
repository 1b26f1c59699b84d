//! Every citation of a whole act: provisions, openings, tables, quoted passages, footnotes.

use serde::{Deserialize, Serialize};

use crate::model::{ActKind, ActText, Block, Footnote, Language, ProvisionKind, Quote};
use crate::structure::head;

use super::spots::{Field, Spot, cells, spot};
use super::{ActRef, Citation, Context, Index, ShortForms, find};

/// A citation and the text it stands in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlacedCitation {
    /// The text.
    #[serde(flatten)]
    pub spot: Spot,
    /// The citation; its spans are bytes of that text.
    #[serde(flatten)]
    pub citation: Citation,
}

/// All citations of an act in document order. An act in another language than Vietnamese has none.
#[must_use]
pub fn citations(act: &ActText) -> Vec<PlacedCitation> {
    if act.language != Language::Vi {
        return Vec::new();
    }
    let index = Index::new(act);
    let mut walker = Walker {
        kind: act.metadata.kind,
        index: &index,
        shorts: ShortForms::default(),
        amended: Vec::new(),
        whole: None,
        out: Vec::new(),
    };
    walker.whole = walker.amended_by_title(act);
    for part in &act.parts {
        walker.part_opening(&part.id, &part.opening, &part.notes);
    }
    for provision in &act.provisions {
        walker.provision(provision);
    }
    for part in &act.parts {
        walker.leave_all();
        walker.blocks(&part.id, Field::Closing, &part.closing);
    }
    walker.out
}

/// The act that a provision amends, for itself and what stands below it.
struct Amending {
    /// Id of the provision.
    id: String,
    act: ActRef,
    /// Provision of that act named last.
    at: String,
}

struct Walker<'a> {
    kind: Option<ActKind>,
    index: &'a Index<'a>,
    shorts: ShortForms,
    /// From the outermost provision in.
    amended: Vec<Amending>,
    /// The one act that the title says is amended.
    whole: Option<ActRef>,
    out: Vec<PlacedCitation>,
}

impl Walker<'_> {
    /// "Sửa đổi, bổ sung một số điều của Luật Đất đai" in the title; `None` for several acts.
    fn amended_by_title(&self, act: &ActText) -> Option<ActRef> {
        let title = act.metadata.title.as_deref()?;
        amends(title).then_some(())?;
        let found = find(title, &Context::default());
        let mut acts = found.iter().flat_map(|c| &c.targets).map(|target| &target.act);
        let first = acts.next().filter(|act| **act != ActRef::This)?.clone();
        acts.next().is_none().then_some(first)
    }

    fn part_opening(&mut self, id: &str, blocks: &[Block], notes: &[Footnote]) {
        self.blocks(id, Field::Body, blocks);
        self.notes(id, notes);
    }

    fn provision(&mut self, provision: &crate::model::Provision) {
        while let Some(open) = self.amended.last() {
            let inside = provision
                .id
                .strip_prefix(open.id.as_str())
                .is_some_and(|rest| rest.starts_with("__"));
            if inside {
                break;
            }
            self.amended.pop();
        }
        if let Some(heading) = &provision.heading {
            let spot = spot(&provision.id, Field::Heading, Vec::new());
            self.text(heading, spot);
        }
        self.blocks(&provision.id, Field::Body, &provision.blocks);
        self.notes(&provision.id, &provision.notes);
    }

    fn leave_all(&mut self) {
        self.amended.clear();
    }

    fn notes(&mut self, id: &str, notes: &[Footnote]) {
        for (place, note) in notes.iter().enumerate() {
            let index = self.index;
            let context = Context {
                at: id,
                kind: self.kind,
                index: Some(index),
                ..Context::default()
            };
            // A note tells of the amending acts: its bare provisions are theirs.
            let amended = ActRef::Amended;
            let context = Context {
                amends: Some(&amended),
                ..context
            };
            let found = find(&note.text, &context);
            self.keep(found, spot(id, Field::Note, vec![place]));
        }
    }

    fn blocks(&mut self, id: &str, field: Field, blocks: &[Block]) {
        for (place, block) in blocks.iter().enumerate() {
            match block {
                Block::Para(para) => self.text(&para.text, spot(id, field, vec![place])),
                Block::Table(table) => {
                    for (path, text) in cells(table) {
                        let mut whole = vec![place];
                        whole.extend(path);
                        self.text(text, spot(id, field, whole));
                    }
                }
                Block::Quote(quote) => self.quote(id, field, place, quote),
            }
        }
    }

    /// A text of the act itself. Below an instruction, and in one, bare provisions are the amended act's.
    fn text(&mut self, text: &str, spot: Spot) {
        let speaks = amends(text);
        let (above, at) = self.amended_here(&spot.at, speaks);
        let act = above.clone().or_else(|| speaks.then_some(ActRef::Amended));
        let mut own = find(text, &self.context(&spot.at, act.as_ref(), &at));
        self.learn_shorts(text, &own);
        if speaks {
            self.learn_amended(&spot.at, &own, above);
        }
        if let Some(act) = act {
            self.requote(text, &act, &mut own);
        }
        self.keep(own, spot);
    }

    /// Phrases quoted within an instruction speak for the amended act:
    /// bỏ cụm từ “theo quy định tại Điều 44 của Luật này”.
    fn requote(&self, text: &str, act: &ActRef, own: &mut [Citation]) {
        if !text.contains(['“', '"']) {
            return;
        }
        let context = Context {
            quoted: Some(act),
            shorts: Some(&self.shorts),
            ..Context::default()
        };
        let quoted = find(text, &context);
        let mut open = quoted.into_iter().peekable();
        for citation in own.iter_mut() {
            while open.next_if(|q| q.span.start < citation.span.start).is_some() {}
            if let Some(same) = open.next_if(|q| q.span == citation.span)
                && is_inside_quotes(text, same.span.start)
            {
                *citation = same;
            }
        }
    }

    fn context<'c>(&'c self, at: &'c str, amends: Option<&'c ActRef>, amends_at: &'c str) -> Context<'c> {
        Context {
            at,
            kind: self.kind,
            amends,
            amends_at,
            quoted: None,
            index: Some(self.index),
            shorts: Some(&self.shorts),
        }
    }

    /// The act amended at `at`, and the provision of it named above. What the title says
    /// holds only for texts that amend.
    fn amended_here(&self, at: &str, speaks: bool) -> (Option<ActRef>, String) {
        match self.amended.last() {
            Some(open) if at.starts_with(open.id.as_str()) => (Some(open.act.clone()), open.at.clone()),
            _ if speaks => (self.whole.clone(), String::new()),
            _ => (None, String::new()),
        }
    }

    fn learn_shorts(&mut self, text: &str, found: &[Citation]) {
        if !text.contains("gọi") {
            return;
        }
        let cited: Vec<(usize, ActRef)> = found
            .iter()
            .filter_map(|citation| Some((citation.span.end, citation.targets.last()?)))
            .filter(|(_, target)| matches!(target.act, ActRef::Number { .. } | ActRef::Name { .. }))
            .map(|(end, target)| (end, target.act.clone()))
            .collect();
        self.shorts.read(text, &cited);
    }

    /// Remembers what an instruction says is amended, for what stands below it.
    fn learn_amended(&mut self, at: &str, found: &[Citation], above: Option<ActRef>) {
        let target = found
            .iter()
            .flat_map(|citation| &citation.targets)
            .find(|target| !matches!(target.act, ActRef::This));
        let (act, place) = match target {
            Some(target) => (target.act.clone(), target.provision.clone().unwrap_or_default()),
            None => match above {
                Some(act) => (act, String::new()),
                None => (ActRef::Amended, first_place(found)),
            },
        };
        if self.amended.last().is_some_and(|open| open.id == at) {
            self.amended.pop();
        }
        self.amended.push(Amending {
            id: at.to_owned(),
            act,
            at: place,
        });
    }

    /// A quoted passage: its "này" and its bare provisions are the amended act's.
    fn quote(&mut self, id: &str, field: Field, place: usize, quote: &Quote) {
        let (act, mut at) = self.amended_here(id, true);
        let act = act.unwrap_or(ActRef::Amended);
        for (inner, block) in quote.blocks.iter().enumerate() {
            let texts: Vec<(Vec<usize>, &str)> = match block {
                Block::Para(para) => vec![(vec![], para.text.as_str())],
                Block::Table(table) => cells(table),
                Block::Quote(_) => Vec::new(),
            };
            for (path, text) in texts {
                step(&mut at, text);
                let context = Context {
                    at: &at,
                    quoted: Some(&act),
                    shorts: Some(&self.shorts),
                    ..Context::default()
                };
                let found = find(text, &context);
                let mut whole = vec![place, inner];
                whole.extend(path);
                let spot = Spot {
                    quote: Some(quote.id.clone()),
                    ..spot(id, field, whole)
                };
                self.keep(found, spot);
            }
        }
    }

    fn keep(&mut self, found: Vec<Citation>, spot: Spot) {
        self.out.extend(found.into_iter().map(|citation| PlacedCitation {
            spot: spot.clone(),
            citation,
        }));
    }
}

/// Moves the place inside a quoted passage to the provision that `text` begins.
fn step(at: &mut String, text: &str) {
    use crate::address::segment;
    let article = at.split("__").find(|s| s.starts_with("art_")).map(str::to_owned);
    if let Some(found) = head::article(text) {
        *at = segment(ProvisionKind::Article, found.number);
    } else if let (Some(found), Some(article)) = (head::clause(text), &article) {
        *at = format!("{article}__{}", segment(ProvisionKind::Clause, found.number));
    } else if let Some(found) = head::point(text, Language::Vi) {
        let base = at.split("__point_").next().unwrap_or_default();
        if !base.is_empty() {
            *at = format!("{base}__{}", segment(ProvisionKind::Point, found.number));
        }
    }
}

/// Whether an opening mark before `at` is still open.
fn is_inside_quotes(text: &str, at: usize) -> bool {
    let head = text.get(..at).unwrap_or_default();
    let (mut curly, mut straight) = (0i32, false);
    for sign in head.chars() {
        match sign {
            '“' => curly += 1,
            '”' => curly = (curly - 1).max(0),
            '"' => straight = !straight,
            _ => {}
        }
    }
    curly > 0 || straight
}

fn first_place(found: &[Citation]) -> String {
    let mut targets = found.iter().flat_map(|citation| &citation.targets);
    targets
        .find_map(|target| target.provision.clone())
        .unwrap_or_default()
}

/// Words that begin an amendment.
const AMENDS: [&str; 10] = [
    "sửa đổi",
    "bổ sung",
    "thay thế",
    "bãi bỏ",
    "bỏ ",
    "thay cụm",
    "hủy bỏ",
    "huỷ bỏ",
    "thay đổi",
    "đính chính",
];

/// Whether a text amends: it begins with such a word, its number aside, or says so of an object first.
pub(crate) fn amends(text: &str) -> bool {
    let bare = text.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ')' | '-' | ' '));
    let lower: String = bare.chars().take(160).flat_map(char::to_lowercase).collect();
    AMENDS.iter().any(|word| lower.starts_with(word))
        || [
            "được sửa đổi, bổ sung như sau",
            "sửa đổi, bổ sung như sau",
            "sửa đổi như sau",
            "bổ sung như sau",
            "được sửa đổi như sau",
        ]
        .iter()
        .any(|words| lower.contains(words))
}
