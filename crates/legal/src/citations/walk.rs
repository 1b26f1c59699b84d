//! Every citation of a whole act: provisions, openings, tables, quoted passages, footnotes.

use serde::{Deserialize, Serialize};

use crate::model::{ActKind, ActText, Block, Footnote, Language, Quote, Table};

use super::quoted::{is_inside_quotes, step};
use super::spots::{Field, Spot, cells, spot};
use super::{ActRef, Citation, Context, Index, ShortForms, Status, Target, around, find};

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
    citations_at(act, &|_| true)
}

/// The same of the provisions and parts that are wanted, by id. Of the others only that is read which the
/// wanted ones may lean on.
pub(crate) fn citations_at(act: &ActText, wanted: &dyn Fn(&str) -> bool) -> Vec<PlacedCitation> {
    if act.language != Language::Vi {
        return Vec::new();
    }
    let index = Index::new(act);
    let mut walker = Walker {
        kind: act.metadata.kind,
        index: &index,
        wanted,
        shorts: ShortForms::default(),
        amended: Vec::new(),
        lists: Vec::new(),
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
    let mut out = walker.out;
    out.retain(|placed| !enacts(act, placed));
    out
}

/// Whether a citation is the act's own name in the line that enacts it: "Quốc hội ban hành Luật Thú y."
fn enacts(act: &ActText, placed: &PlacedCitation) -> bool {
    let (Some(main), Some(title)) = (act.parts.first(), act.metadata.title.as_deref()) else {
        return false;
    };
    let [
        Target {
            act: ActRef::Name { name, .. },
            ..
        },
    ] = placed.citation.targets.as_slice()
    else {
        return false;
    };
    let kind = act.metadata.kind.map_or("", ActKind::label);
    let name = viet::fold(name);
    placed.spot.at == main.id
        && placed.spot.field == Field::Body
        && (name == viet::fold(title) || name == viet::fold(&format!("{kind} {title}")))
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
    wanted: &'a dyn Fn(&str) -> bool,
    shorts: ShortForms,
    /// From the outermost provision in.
    amended: Vec<Amending>,
    /// Provisions that open a list of another act's provisions, from the outermost in.
    lists: Vec<(String, ActRef)>,
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
        while self
            .lists
            .last()
            .is_some_and(|(open, _)| !is_within(&provision.id, open))
        {
            self.lists.pop();
        }
        if let Some(heading) = &provision.heading {
            let spot = spot(&provision.id, Field::Heading, Vec::new());
            self.text(heading, spot, None);
        }
        self.blocks(&provision.id, Field::Body, &provision.blocks);
        self.notes(&provision.id, &provision.notes);
    }

    fn leave_all(&mut self) {
        self.amended.clear();
        self.lists.clear();
    }

    fn notes(&mut self, id: &str, notes: &[Footnote]) {
        if !(self.wanted)(id) {
            return;
        }
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
            let mut found = find(&note.text, &context);
            self.quote_in_note(&note.text, &mut found);
            self.keep(found, spot(id, Field::Note, vec![place]));
        }
    }

    /// Notes of consolidated texts quote how the amending act comes into force: "Điều 2 của
    /// Thông tư số … quy định như sau: …". What is quoted says "này" of that act.
    fn quote_in_note(&self, text: &str, own: &mut [Citation]) {
        let Some(start) = text.find("như sau:") else {
            return;
        };
        let before = own.iter().take_while(|citation| citation.span.end <= start);
        let mut acts = before
            .flat_map(|citation| &citation.targets)
            .map(|target| &target.act);
        let Some(act) = acts
            .find(|act| !matches!(act, ActRef::This | ActRef::Amended))
            .cloned()
        else {
            return;
        };
        self.reread(text, &act, own, |at| at > start);
    }

    fn blocks(&mut self, id: &str, field: Field, blocks: &[Block]) {
        for (place, block) in blocks.iter().enumerate() {
            match block {
                Block::Para(para) => self.text(&para.text, spot(id, field, vec![place]), None),
                Block::Table(table) => self.table(id, field, place, table),
                Block::Quote(quote) => self.quote(id, field, place, quote),
            }
        }
    }

    fn table(&mut self, id: &str, field: Field, place: usize, table: &Table) {
        let acts = if (self.wanted)(id) {
            around::rows(table)
        } else {
            Vec::new()
        };
        for (path, text) in cells(table) {
            let act = path.first().and_then(|row| acts.get(*row)?.as_ref());
            let mut whole = vec![place];
            whole.extend(path);
            self.text(text, spot(id, field, whole), act);
        }
    }

    /// A text of the act itself. Below an instruction, and in one, bare provisions are the amended act's.
    /// `row`: the act that the row of a table is about.
    fn text(&mut self, text: &str, spot: Spot, row: Option<&ActRef>) {
        let speaks = amends(text);
        let wanted = (self.wanted)(&spot.at);
        let lists = text.trim_end().ends_with(':');
        if !(wanted || speaks || lists || ShortForms::may_stand_in(text)) {
            return;
        }
        let (above, at) = self.amended_here(&spot.at, speaks);
        let mut act = above.clone().or_else(|| speaks.then_some(ActRef::Amended));
        if act == Some(ActRef::Amended)
            && let Some((_, listed)) = self.lists.last()
        {
            act = Some(listed.clone());
        }
        let mut own = find(text, &self.context(&spot.at, act.as_ref(), &at));
        self.learn_shorts(text, &own);
        if speaks {
            self.learn_amended(&spot.at, &own, above);
        }
        let opens = around::announced(text, &own);
        if wanted {
            match act {
                Some(act) => self.hand_over(text, &act, &mut own),
                None => self.assign(text, opens.as_ref(), row, &mut own),
            }
            self.keep(own, spot.clone());
        }
        if let Some((act, _)) = opens.filter(|_| lists) {
            self.lists.push((spot.at, act));
        }
    }

    /// Gives what is quoted, and a "Luật này" that has lost its quotation marks, to the amended act.
    fn hand_over(&self, text: &str, act: &ActRef, own: &mut [Citation]) {
        self.requote(text, act, own);
        for target in own.iter_mut().flat_map(|citation| &mut citation.targets) {
            if target.act == ActRef::This && target.status == Status::Dangling {
                target.act = act.clone();
                target.status = Status::Pending;
            }
        }
    }

    /// Gives bare provisions to the act that the surroundings name.
    fn assign(
        &self,
        text: &str,
        opens: Option<&(ActRef, usize)>,
        row: Option<&ActRef>,
        own: &mut [Citation],
    ) {
        if let Some((_, act)) = self.lists.last() {
            around::give(text, act, 0, own);
        }
        if let Some((act, colon)) = opens {
            around::give(text, act, *colon, own);
        }
        if let Some(act) = row {
            around::give_lacking(text, act, own);
        }
        around::settle(text, self.index, own);
    }

    /// Phrases quoted within an instruction speak for the amended act:
    /// bỏ cụm từ “theo quy định tại Điều 44 của Luật này”.
    fn requote(&self, text: &str, act: &ActRef, own: &mut [Citation]) {
        if !text.contains(['“', '"']) {
            return;
        }
        self.reread(text, act, own, |at| is_inside_quotes(text, at));
    }

    /// Reads again as words of `act` what stands where `is_quoted` says.
    fn reread(&self, text: &str, act: &ActRef, own: &mut [Citation], is_quoted: impl Fn(usize) -> bool) {
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
                && is_quoted(same.span.start)
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
        if !ShortForms::may_stand_in(text) {
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
        if !(self.wanted)(id) {
            return;
        }
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

/// Whether a provision stands below `open`, or beside it as the drafting of long lists has it: đ1 below đ.
fn is_within(id: &str, open: &str) -> bool {
    let is_point = open
        .rsplit("__")
        .next()
        .is_some_and(|last| last.starts_with("point_"));
    id.strip_prefix(open).is_some_and(|rest| {
        rest.starts_with("__") || is_point && rest.starts_with(|c: char| c.is_ascii_digit())
    })
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

#[cfg(test)]
mod tests;
