//! One paragraph: anchors, then the reading of chains and acts at them.

mod speech;

use aho_corasick::Input;

use crate::model::ActKind;

use super::acts::{self, Named};
use super::anchors::{ANCHORS, is_part_of_word};
use super::annex::{self, Regulation};
use super::chain::{self, Chain};
use super::lexis::{before, eat, rest, word_before};
use super::places::{Level, Num, Place, level};
use super::resolve::{self, Found, complete, found, look_up};
use super::{ActRef, Citation, Index, ShortForms, Status, Target, may_be};

/// What the surroundings of a text tell.
#[derive(Clone, Copy, Debug, Default)]
pub struct Context<'a> {
    /// Id of the provision or part that holds the text; empty where unknown.
    pub at: &'a str,
    /// Kind of the act, for "Luật này"; `None` lets any kind be meant.
    pub kind: Option<ActKind>,
    /// The act that the text amends: provisions without an act are its.
    pub amends: Option<&'a ActRef>,
    /// Provision of the amended act that stands for what is not said ("Sửa đổi Điều 5: …").
    pub amends_at: &'a str,
    /// The text is quoted for this act: "Luật này" and "Điều này" are its.
    pub quoted: Option<&'a ActRef>,
    /// What the act has, to check against.
    pub index: Option<&'a Index<'a>>,
    /// Short forms that the act gives to others.
    pub shorts: Option<&'a ShortForms>,
}

/// The citations of one paragraph in order, never overlapping.
///
/// Without an index, provisions of this act are `Pending`.
#[must_use]
pub fn find(text: &str, context: &Context<'_>) -> Vec<Citation> {
    let mut scanner = Scanner {
        text,
        context,
        at: Place::of_id(context.at),
        budget: 64 + text.len() / 4,
        out: Vec::new(),
    };
    let mut place = 0;
    while let Some(anchor) = ANCHORS.find(Input::new(text).range(place..)) {
        place = anchor.end();
        let starts = before(text, anchor.start()).is_none_or(|c| !c.is_alphanumeric());
        let starts = starts || is_glued(text, anchor.start());
        if starts && let Some(citation) = scanner.read(anchor.start()) {
            place = citation.span.end.max(place);
            scanner.out.push(citation);
        }
    }
    scanner.out
}

/// "quy định tạiĐiều 110": sources lose spaces, and no word has a capital inside.
fn is_glued(text: &str, at: usize) -> bool {
    before(text, at).is_some_and(char::is_lowercase) && rest(text, at).starts_with("Điều ")
}

struct Scanner<'a> {
    text: &'a str,
    context: &'a Context<'a>,
    at: Place,
    budget: usize,
    out: Vec<Citation>,
}

impl Scanner<'_> {
    fn read(&mut self, at: usize) -> Option<Citation> {
        if level(self.text, at).is_some() {
            return self.provisions(at);
        }
        if let Some(end) = eat(self.text, at, "số") {
            return self.further(at, end);
        }
        // "pháp luật bảo hiểm xã hội" names a field, not a law.
        let field = word_before(self.text, at).eq_ignore_ascii_case("pháp");
        if let Some(act) = acts::named(self.text, at, false).filter(|act| !field && !self.is_no_act(at, act))
        {
            return Some(self.whole(&act));
        }
        self.regulation(at)
    }

    fn provisions(&mut self, at: usize) -> Option<Citation> {
        if is_part_of_word(self.text, at) {
            return None;
        }
        let mut chain = chain::read(self.text, at, &mut self.budget)?;
        // "các Phụ lục kèm theo Thông tư này" are all of them: what is cited is the act.
        if matches!(chain.items.as_slice(), [one] if one.place.get(Level::Annex) == Some(&Num::Only))
            && matches!(word_before(self.text, at), "các" | "Các" | "những")
        {
            return None;
        }
        let belongs = self.belongs(&mut chain);
        if matches!(belongs, Owner::Nothing)
            && (chain::is_heading(self.text, &chain) || !self.stands_alone(at, &chain))
        {
            return None;
        }
        let end = match &belongs {
            Owner::Nothing => chain.end,
            Owner::Act(act) => act.span.end,
            Owner::ThisRegulation(_, end) | Owner::Other(_, end) => *end,
            Owner::Issued(act) => act.span.end,
        };
        let alone = chain.items.len() == 1;
        let targets = chain.items.iter().map(|item| {
            let span = if alone { at..end } else { item.span.clone() };
            self.target(&item.place, span, &belongs)
        });
        let targets: Vec<Target> = targets.collect();
        (!self.is_speech(&chain, &targets)).then_some(Citation {
            span: at..end,
            targets,
        })
    }

    /// What the chain belongs to. An appendix without number and act is cut off the chain.
    fn belongs(&self, chain: &mut Chain) -> Owner {
        let Some(last) = chain.items.last().map(|item| item.place.clone()) else {
            return Owner::Nothing;
        };
        if last.get(Level::Article) == Some(&Num::This) {
            return Owner::Nothing;
        }
        if last.get(Level::Annex).is_some() {
            if last.get(Level::Annex) == Some(&Num::This) {
                return Owner::Nothing;
            }
            let treaty =
                || annex::glue(self.text, chain.end).and_then(|at| Some((at, annex::treaty(self.text, at)?)));
            if let Some((start, end)) = treaty() {
                return Owner::Other(start, end);
            }
            let owner = annex::of_appendix(self.text, chain.end);
            if owner.is_none() && last.get(Level::Annex) == Some(&Num::Only) && chain.items.len() > 1 {
                chain.items.pop();
                chain.end = chain.items.last().map_or(chain.end, |item| item.span.end);
            }
            return owner.map_or(Owner::Nothing, Owner::Act);
        }
        let end = annex::after_remark(self.text, chain.end);
        let direct = annex::glue(self.text, end).and_then(|at| self.owner_at(at));
        let group = last.outer() >= Some(Level::Section) && !last.says_this();
        direct
            .or_else(|| self.owner_after_comma(chain))
            .or_else(|| annex::issued_under_any_name(self.text, chain.end, group).map(Owner::Issued))
            .unwrap_or(Owner::Nothing)
    }

    fn owner_at(&self, at: usize) -> Option<Owner> {
        match annex::regulation(self.text, at) {
            Some(Regulation::This(end)) => return Some(Owner::ThisRegulation(at, end)),
            Some(Regulation::Of(act)) => return Some(Owner::Issued(act)),
            Some(Regulation::Other(end)) => return Some(Owner::Other(at, end)),
            None => {}
        }
        acts::named(self.text, at, true).map(Owner::Act)
    }

    /// "khoản 1, Điều 3, Luật Nhà ở", "Điều 3, Thông tư này".
    fn owner_after_comma(&self, chain: &Chain) -> Option<Owner> {
        let at = annex::after_comma(self.text, chain.end)?;
        if let Some(Regulation::Of(act)) = annex::regulation(self.text, at) {
            return Some(Owner::Issued(act));
        }
        let act = acts::named(self.text, at, true)?;
        let sure = chain.commas || act.acts.first() == Some(&ActRef::This);
        sure.then_some(Owner::Act(act))
    }

    fn target(&self, place: &Place, span: std::ops::Range<usize>, owner: &Owner) -> Target {
        match owner {
            Owner::Nothing => self.bare(place, span),
            Owner::Act(act) => self.of_act(place, span, act),
            Owner::ThisRegulation(at, _) => self.of_regulation(place, span, *at),
            Owner::Other(start, end) => Target {
                act: ActRef::Short {
                    text: self.text.get(*start..*end).unwrap_or_default().to_owned(),
                },
                provision: place.id(),
                span,
                status: Status::Ambiguous,
            },
            Owner::Issued(act) => {
                let mut place = place.clone();
                place.attached = Some(1);
                self.of_act(&place, span, act)
            }
        }
    }

    /// A provision without an act.
    fn bare(&self, place: &Place, span: std::ops::Range<usize>) -> Target {
        let context = self.context;
        let amended = context
            .amends
            .filter(|_| context.quoted.is_none() && !place.says_this());
        if let Some(act) = amended {
            let place = complete(place.clone(), &Place::of_id(context.amends_at), false);
            return self.elsewhere(&place, span, act);
        }
        let said = place;
        let place = complete(said.clone(), &self.at, false);
        match context.quoted {
            Some(act) => self.elsewhere(&place, span, act),
            None => {
                let mut target = self.here(&place, span);
                // "Điều 44" alone, and this act has none: the text means an act it names elsewhere.
                let dangles = target.status == Status::Dangling;
                if dangles && said.outer() >= Some(Level::Article) && !said.says_this() {
                    target.status = Status::Ambiguous;
                }
                target
            }
        }
    }

    fn of_act(&self, place: &Place, span: std::ops::Range<usize>, named: &Named) -> Target {
        let act = named.acts.first().unwrap_or(&ActRef::This);
        let attached = place.attached;
        if *act != ActRef::This {
            return self.elsewhere(place, span, self.known(act));
        }
        let mut place = complete(place.clone(), &self.at, true);
        place.attached = attached;
        if let Some(quoted) = self.context.quoted {
            return self.elsewhere(&place, span, quoted);
        }
        if !named.kind.is_none_or(|kind| may_be(kind, self.context.kind)) {
            return self.misnamed(&place, span, named);
        }
        self.here(&place, span)
    }

    /// "Luật này" in a decree: not this act, and which one is not said.
    fn misnamed(&self, place: &Place, span: std::ops::Range<usize>, named: &Named) -> Target {
        let text = self.text.get(named.span.clone()).unwrap_or_default().to_owned();
        Target {
            span,
            act: ActRef::Short { text },
            provision: place.id(),
            status: Status::Ambiguous,
        }
    }

    fn of_regulation(&self, place: &Place, span: std::ops::Range<usize>, at: usize) -> Target {
        let mut place = complete(place.clone(), &self.at, false);
        if let Some(act) = self.context.quoted {
            return self.elsewhere(&place, span, act);
        }
        if place.attached.is_none()
            && let Some(index) = self.context.index
        {
            let word: String = rest(self.text, at).split_inclusive(' ').take(2).collect();
            match index.attached(&word.trim().to_lowercase()).as_slice() {
                [part] => place.attached = part.strip_prefix("att_").and_then(|n| n.parse().ok()),
                [] => {}
                _ => {
                    return Target {
                        span,
                        act: ActRef::This,
                        provision: None,
                        status: Status::Ambiguous,
                    };
                }
            }
        }
        self.here(&place, span)
    }

    fn here(&self, place: &Place, span: std::ops::Range<usize>) -> Target {
        let found = if place.named().count() == 0 {
            let id = place.id();
            let status = match (self.context.index, &id) {
                (None, _) => Status::Pending,
                (Some(index), Some(id)) if !index.has_part(id) => Status::Dangling,
                (Some(_), _) => Status::Resolved,
            };
            found(id, status)
        } else {
            self.look_up(place, span.start)
        };
        Target {
            span,
            act: ActRef::This,
            provision: found.id,
            status: found.status,
        }
    }

    fn look_up(&self, place: &Place, at: usize) -> Found {
        let found = look_up(place, self.context.at, self.context.index);
        if place.get(Level::Annex) != Some(&Num::Only) || found.status != Status::Ambiguous {
            return found;
        }
        // "Mẫu số 06 tại Phụ lục": each form stands as an appendix of its own.
        let form = annex::form_before(self.text, at);
        let parts = self
            .context
            .index
            .zip(form)
            .map(|(index, form)| index.appendices(Some(&form)));
        match parts.as_deref() {
            Some([part]) => resolve::found(Some((*part).to_owned()), Status::Resolved),
            _ => found,
        }
    }

    fn elsewhere(&self, place: &Place, span: std::ops::Range<usize>, act: &ActRef) -> Target {
        let unknown = matches!(act, ActRef::Short { .. } | ActRef::Amended);
        Target {
            span,
            act: act.clone(),
            provision: place.id(),
            status: if unknown {
                Status::Ambiguous
            } else {
                Status::Pending
            },
        }
    }

    /// The act that a short form stands for, where the text said so.
    fn known<'t>(&'t self, act: &'t ActRef) -> &'t ActRef {
        match (act, self.context.shorts) {
            (ActRef::Short { text }, Some(shorts)) => shorts.get(text).unwrap_or(act),
            _ => act,
        }
    }

    /// An act cited as a whole.
    fn whole(&self, named: &Named) -> Citation {
        let targets = named.acts.iter().map(|act| {
            let single = Named {
                acts: vec![act.clone()],
                ..named.clone()
            };
            self.of_act(&Place::default(), named.span.clone(), &single)
        });
        Citation {
            span: named.span.clone(),
            targets: targets.collect(),
        }
    }

    /// "Quy chế này"; in an act without an attached regulation the words are plain speech.
    fn regulation(&self, at: usize) -> Option<Citation> {
        if let Some(act) = annex::bare_issued(self.text, at) {
            let place = Place::of_attached(Some(1));
            let span = act.span.clone();
            let target = self.of_act(&place, span.clone(), &act);
            return Some(Citation {
                span,
                targets: vec![target],
            });
        }
        let end = annex::this_regulation(self.text, at)?;
        let has = self.at.attached.is_some()
            || self
                .context
                .index
                .is_some_and(|index| !index.attached("").is_empty());
        let own = has || (self.context.index.is_none() && eat(self.text, at, "quy định").is_none());
        own.then(|| Citation {
            span: at..end,
            targets: vec![self.of_regulation(&Place::default(), at..end, at)],
        })
    }

    /// A number of a list whose kind was said before it.
    fn further(&self, at: usize, _end: usize) -> Option<Citation> {
        let last = self.out.last()?;
        let numbered = matches!(last.targets.last()?.act, ActRef::Number { .. });
        let between = self.text.get(last.span.end..at)?.trim();
        (numbered && matches!(between, "," | "và" | ", và" | ";" | "hoặc")).then_some(())?;
        acts::further_number(self.text, at).map(|act| self.whole(&act))
    }
}

/// What a chain of provisions belongs to.
enum Owner {
    Nothing,
    Act(Named),
    /// "Quy chế này": where its words begin and end.
    ThisRegulation(usize, usize),
    /// A regulation issued with an act.
    Issued(Named),
    /// A regulation or treaty known by its words alone: where they begin and end.
    Other(usize, usize),
}
