//! The whole act: what stands above each sentence, and the new text behind it.

use std::collections::HashMap;

use jiff::civil::Date;

use crate::citations::places::Place;
use crate::citations::{ActRef, Field, Index, Spot, spot_at};
use crate::model::{ActText, Block, Language, Provision};

use super::commence::Days;
use super::interpret::{Above, Aim, Deed, Said, What, interpret};
use super::names::Names;
use super::passage::{self, Key, Passage, is_quoted, passage_of, quoted};
use super::phrase;
use super::pieces;
use super::sentence::{Sign, signs};
use super::targets::Scope;
use super::term::Term;
use super::{Anchor, Instruction, Operation, Portion, Reading, Reason, Refusal, Source, Target};

/// Reads everything that an act does to other acts.
#[must_use]
pub fn read(act: &ActText) -> Reading {
    if act.language != Language::Vi {
        return Reading::default();
    }
    let mut below: HashMap<Option<&str>, Vec<usize>> = HashMap::new();
    for (place, provision) in act.provisions.iter().enumerate() {
        below.entry(provision.parent.as_deref()).or_default().push(place);
    }
    let mut walk = Walk {
        act,
        below,
        names: Names::of(act),
        days: Days::of(act),
        index: Index::new(act),
        out: Reading::default(),
        held: Vec::new(),
    };
    let mut above = Above::default();
    above.scope.place.attached = walk.names.attached.then_some(1);
    for place in walk.below.get(&None).cloned().unwrap_or_default() {
        walk.provision(place, &above);
    }
    walk.out
}

pub(super) struct Walk<'a> {
    pub(super) act: &'a ActText,
    /// Places of provisions by the id of what holds them.
    below: HashMap<Option<&'a str>, Vec<usize>>,
    pub(super) names: Names,
    pub(super) days: Days,
    pub(super) index: Index<'a>,
    pub(super) out: Reading,
    /// Sentences about forms or rows over provisions that may say what is done to each.
    held: Vec<Spoken>,
}

/// A text with what it says.
struct Spoken {
    spot: Spot,
    text: String,
    said: Vec<Said>,
    /// The time that the list above it names.
    term: Option<Term>,
}

impl Spoken {
    /// The words of one thing that it says.
    fn words(&self, said: &Said) -> &str {
        self.text.get(said.span.clone()).unwrap_or(&self.text)
    }
}

impl<'a> Walk<'a> {
    fn count(&self) -> usize {
        self.out.instructions.len() + self.out.refusals.len()
    }

    fn provision(&mut self, place: usize, above: &Above) {
        let act = self.act;
        let Some(provision) = act.provisions.get(place) else {
            return;
        };
        let children = self
            .below
            .get(&Some(provision.id.as_str()))
            .cloned()
            .unwrap_or_default();
        let mut above = above.clone();
        let before = self.count();
        let heading = self.heading(provision, &mut above);
        let mut loose: Passage = Vec::new();
        let mut rest = provision.blocks.as_slice();
        while let Some((block, after)) = rest.split_first() {
            rest = after;
            let place = provision.blocks.len() - after.len() - 1;
            match block {
                Block::Para(para) if !is_quoted(para) => {
                    let (passage, after) = passage_of(rest, pieces::names_rows(&para.text));
                    let spot = spot_at(&provision.id, Field::Body, vec![place]);
                    if self.sentence(&para.text, spot, passage, &children, &mut above) {
                        rest = after;
                    }
                }
                Block::Table(table)
                    if heading
                        .as_ref()
                        .is_some_and(|said| pieces::names_rows(&said.text)) =>
                {
                    loose.push(vec![Block::Table(table.clone())]);
                }
                other => loose.extend(quoted(other)),
            }
        }
        let held = std::mem::take(&mut self.held);
        let own = self.count();
        for child in &children {
            self.provision(*child, &above);
        }
        if self.count() == own {
            held.iter().for_each(|spoken| self.say(spoken, &Vec::new()));
        }
        if let Some(heading) = heading.filter(|_| self.count() == before) {
            self.say(&heading, &loose);
        }
    }

    /// What the heading of an article says: over what is below it, or by itself.
    fn heading(&self, provision: &Provision, above: &mut Above) -> Option<Spoken> {
        let text = provision.heading.as_deref()?;
        let said = interpret(&signs(text, 0), above);
        if said.is_empty() {
            return None;
        }
        let spoken = Spoken {
            spot: spot_at(&provision.id, Field::Heading, Vec::new()),
            text: text.to_owned(),
            said,
            term: above.term,
        };
        for said in &spoken.said {
            self.descend(said, &spoken, above);
        }
        above.list = None;
        Some(spoken)
    }

    /// Takes what a sentence says as what stands above those below it.
    fn descend(&self, said: &Said, spoken: &Spoken, above: &mut Above) {
        match &said.what {
            What::Heading(scope) => {
                *above = Above {
                    scope: scope.clone(),
                    list: None,
                    term: None,
                }
            }
            What::List(scope, deed) => {
                *above = Above {
                    scope: scope.clone(),
                    list: Some(deed.clone()),
                    term: Some(Term::read(spoken.words(said)).or(spoken.term)),
                }
            }
            What::Ends(_) => {}
            What::Does(_, aims) | What::Doubt(_, aims) => {
                if let Some(aim) = aims.first().filter(|aim| aim.act.is_some()) {
                    let place = match aims.as_slice() {
                        [only] => only.place.clone().unwrap_or_default(),
                        _ => above.scope.place.clone(),
                    };
                    *above = Above {
                        scope: Scope {
                            act: aim.act.clone(),
                            place,
                        },
                        list: None,
                        term: None,
                    };
                }
            }
        }
    }

    /// One paragraph. True where the passage behind it was taken.
    fn sentence(
        &mut self,
        text: &str,
        spot: Spot,
        passage: Passage,
        children: &[usize],
        above: &mut Above,
    ) -> bool {
        let signs = signs(text, 0);
        let mut said = interpret(&signs, above);
        let placed = signs.iter().any(|placed| matches!(placed.sign, Sign::Chain(_)));
        if said.is_empty() && placed && !passage.is_empty() && text.trim_end().ends_with("như sau:") {
            // "Điều 19 được sử dụng, bổ sung như sau:": new text follows, whatever the words mean.
            let unread = Above {
                list: Some(Err(Reason::Unread)),
                ..above.clone()
            };
            said = interpret(&signs, &unread);
        }
        if said.is_empty() {
            return false;
        }
        let spoken = Spoken {
            spot,
            text: text.to_owned(),
            said,
            term: above.term,
        };
        let announces = spoken.said.iter().any(
            |said| matches!(&said.what, What::Does(deed, _) if needs_text(deed) || pieces::is_bare(deed)),
        );
        if announces && passage.is_empty() && !children.is_empty() && text.trim_end().ends_with(':') {
            spoken
                .said
                .iter()
                .for_each(|said| self.descend(said, &spoken, above));
            return false;
        }
        let heads = |said: &Said| match &said.what {
            What::Doubt(reason, _) => *reason == Reason::Piece,
            What::Does(deed, _) => pieces::is_bare(deed),
            _ => false,
        };
        if passage.is_empty() && !children.is_empty() && spoken.said.iter().all(heads) {
            spoken
                .said
                .iter()
                .for_each(|said| self.descend(said, &spoken, above));
            self.held.push(spoken);
            return false;
        }
        if !passage.is_empty() || !children.is_empty() {
            for said in &spoken.said {
                let over = matches!(said.what, What::Heading(_) | What::List(..) | What::Doubt(..));
                if over {
                    self.descend(said, &spoken, above);
                }
            }
        } else if let Some(Said {
            what: What::List(..), ..
        }) = spoken.said.last()
        {
            spoken
                .said
                .iter()
                .for_each(|said| self.descend(said, &spoken, above));
        }
        self.say(&spoken, &passage);
        !passage.is_empty()
    }

    /// Writes down what a text says, with its part of the new text.
    fn say(&mut self, spoken: &Spoken, passage: &Passage) {
        let texts = shares(spoken, passage);
        let mut texts = texts.map(Vec::into_iter);
        let rows = pieces::rows(&spoken.said);
        for said in &spoken.said {
            let source = self.source(spoken, said);
            let term = Term::read(&source.sentence).or(spoken.term);
            match &said.what {
                What::Heading(_) | What::List(..) => {}
                What::Ends(ends) => self.end(&source, &spoken.text, ends, &term),
                What::Doubt(reason, aims) => {
                    let known = aims.iter().any(|aim| self.act_of(aim).is_some());
                    if known || (self.names.whole.is_some() && !passage.is_empty()) {
                        self.refuse(source, *reason, self.targets(aims));
                    }
                }
                What::Does(deed @ Deed::Piece { own, .. }, aims) => {
                    let mut last: Option<String> = None;
                    for (nth, aim) in aims.iter().enumerate() {
                        match self.piece_text(own.get(nth), &aim.portion, passage, &rows) {
                            Ok(text) => {
                                self.instruct((&source, &term), deed, aim, Some(text), &mut last, false)
                            }
                            Err(reason) => self.refuse_known(&source, reason, aim),
                        }
                    }
                }
                What::Does(deed, aims) => {
                    let mut last: Option<String> = None;
                    for (nth, aim) in aims.iter().enumerate() {
                        let issued = match deed {
                            Deed::Issue(own) => own.get(nth).and_then(|place| self.appendix(place)),
                            _ => None,
                        };
                        let text = match (&mut texts, needs_text(deed)) {
                            (_, false) => Some(issued.unwrap_or_default()),
                            (Some(texts), true) => texts.next(),
                            (None, true) => None,
                        };
                        self.instruct((&source, &term), deed, aim, text, &mut last, passage.is_empty());
                    }
                }
            }
        }
    }

    fn source(&self, spoken: &Spoken, said: &Said) -> Source {
        Source {
            at: spoken.spot.at.clone(),
            spot: spoken.spot.clone(),
            span: said.span.clone(),
            sentence: spoken.words(said).to_owned(),
            seen: String::new(),
        }
    }

    fn instruct(
        &mut self,
        (source, term): (&Source, &Term),
        deed: &Deed,
        aim: &Aim,
        text: Option<Vec<Block>>,
        last: &mut Option<String>,
        silent: bool,
    ) {
        let Some(act) = self.act_of(aim) else {
            if aim.place.is_some() && (needs_text(deed) && !silent || !needs_text(deed)) {
                self.refuse(source.clone(), Reason::NoAct, Vec::new());
            }
            return;
        };
        let target = Target {
            act,
            provision: aim.place.as_ref().and_then(|place| place.id()),
            portion: aim.portion.clone(),
        };
        if target.portion == Portion::Piece || aim.place.as_ref().is_some_and(Place::is_item) {
            return self.refuse(source.clone(), Reason::Piece, vec![target]);
        }
        let Some(text) = text else {
            let reason = if silent {
                Reason::NoText
            } else {
                Reason::OtherNumber
            };
            return self.refuse(source.clone(), reason, vec![target]);
        };
        let wants = needs_text(deed) || matches!(deed, Deed::Issue(_) | Deed::Piece { .. });
        if wants && text.is_empty() {
            return self.refuse(source.clone(), Reason::NoText, vec![target]);
        }
        let Some(operation) = operation(deed, last) else {
            return self.refuse(source.clone(), Reason::Unread, vec![target]);
        };
        let time = match self.time_of(source, deed, term) {
            Ok(time) => time,
            Err(reason) => return self.refuse(source.clone(), reason, vec![target]),
        };
        *last = if target.portion.is_small() {
            Some(pieces::label(&target.portion))
        } else {
            target.provision.clone()
        };
        self.write(
            Instruction {
                number: 0,
                source: source.clone(),
                operation,
                target,
                text,
                in_force: time.from,
                except: Vec::new(),
                day_doubted: time.doubted,
                decided: false,
            },
            time.until,
        );
    }

    /// Writes an instruction with its number, and where it holds for a time the end of that.
    pub(super) fn write(&mut self, one: Instruction, until: Option<Date>) {
        let again = until.map(|day| Instruction {
            operation: Operation::Resume,
            in_force: Some(day),
            ..one.clone()
        });
        for one in std::iter::once(one).chain(again) {
            let number = u32::try_from(self.out.instructions.len() + 1).unwrap_or(u32::MAX);
            self.out.instructions.push(Instruction { number, ..one });
        }
    }

    pub(super) fn refuse(&mut self, source: Source, reason: Reason, targets: Vec<Target>) {
        self.out.refusals.push(Refusal {
            source,
            reason,
            targets,
        });
    }

    /// Refuses what is done to one place, where its act is known.
    fn refuse_known(&mut self, source: &Source, reason: Reason, aim: &Aim) {
        let targets = self.targets(std::slice::from_ref(aim));
        if !targets.is_empty() {
            self.refuse(source.clone(), reason, targets);
        }
    }

    fn targets(&self, aims: &[Aim]) -> Vec<Target> {
        aims.iter()
            .filter_map(|aim| {
                Some(Target {
                    act: self.act_of(aim)?,
                    provision: aim.place.as_ref().and_then(|place| place.id()),
                    portion: aim.portion.clone(),
                })
            })
            .collect()
    }

    /// The act of an aim: as named, else the one that the title says is amended.
    fn act_of(&self, aim: &Aim) -> Option<ActRef> {
        let named = aim
            .act
            .as_ref()
            .filter(|act| !matches!(act, ActRef::This | ActRef::Amended));
        let act = named
            .map(|act| self.names.resolve(act))
            .or_else(|| self.names.whole.clone())?;
        // "Luật", "Nghị định" alone: the act that the title names.
        match act {
            ActRef::Short { .. } => self.names.whole.clone(),
            act => Some(act),
        }
    }
}

/// The new text of each aim that needs one; `None` where it cannot be shared out.
fn shares(spoken: &Spoken, passage: &Passage) -> Option<Vec<Vec<Block>>> {
    let mut keys = Vec::new();
    for said in &spoken.said {
        if let What::Does(deed, aims) = &said.what
            && needs_text(deed)
        {
            keys.extend(aims.iter().map(|aim| {
                let id = aim.place.as_ref().and_then(|place| place.id())?;
                Key::of(&id)
            }));
        }
    }
    if passage.is_empty() && !keys.is_empty() {
        return None;
    }
    passage::split(passage, &keys)
}

fn needs_text(deed: &Deed) -> bool {
    matches!(deed, Deed::Change | Deed::Add(_))
}

/// The id of a provision; `None` of an item inside one.
fn whole_id(place: &Place) -> Option<String> {
    place.id().filter(|_| !place.is_item())
}

fn operation(deed: &Deed, last: &Option<String>) -> Option<Operation> {
    Some(match deed {
        Deed::Change | Deed::Issue(_) | Deed::Piece { adds: None, .. } => Operation::Replace,
        Deed::Piece {
            adds: Some(anchor), ..
        } => Operation::Insert(match (anchor, last) {
            (Anchor::After(_), Some(last)) => Anchor::After(last.clone()),
            (anchor, _) => anchor.clone(),
        }),
        Deed::Add(None) => Operation::Insert(Anchor::ByNumber),
        Deed::Add(Some((after, place))) => Operation::Insert(match (after, last) {
            (true, Some(last)) => Anchor::After(last.clone()),
            (true, None) => Anchor::After(whole_id(place)?),
            (false, _) => Anchor::Before(whole_id(place)?),
        }),
        Deed::Remove => Operation::Repeal,
        Deed::Lapse => Operation::Lapse,
        Deed::Suspend => Operation::Suspend,
        Deed::Postpone => Operation::Postpone,
        Deed::Extend => Operation::Extend,
        Deed::Move(place) => Operation::Renumber(whole_id(place)?),
        Deed::Words(phrase::Deed::Exchange(pairs)) => Operation::ReplacePhrase(pairs.clone()),
        Deed::Words(phrase::Deed::Drop(words)) => Operation::DropPhrase(words.clone()),
        Deed::Words(phrase::Deed::Add(addition)) => Operation::AddPhrase(addition.clone()),
    })
}
