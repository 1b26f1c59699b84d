//! What one text says, before any of it is looked up.

use std::collections::{BTreeSet, HashMap};

use jiff::civil::Date;
use legal::amend::{self, Operation, Reading};
use legal::citations::{ActRef, Field, PlacedCitation, Status, citations, text_at};
use legal::definitions::{Definition, definitions};
use legal::model::{ActKind, ActText, Language};
use legal::relations::{Evidence, Relation, RelationKind, relations};

use super::mention::Mention;

/// One target of a citation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Cited {
    /// Id of the provision or part that speaks.
    pub(super) place: String,
    /// Field and the way to the paragraph, with dots.
    pub(super) path: String,
    pub(super) from: usize,
    pub(super) to: usize,
    /// Place among the mentions from 1; 0: this act.
    pub(super) mention: usize,
    /// Empty: the act as a whole.
    pub(super) provision: String,
    pub(super) state: Status,
}

/// What the act does to another one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Related {
    pub(super) kind: RelationKind,
    /// Place among the mentions from 1.
    pub(super) mention: usize,
    pub(super) provisions: Vec<String>,
    /// Id of the provision or part that says so; empty: the title.
    pub(super) place: String,
    /// The words that say so, with what stands around them.
    pub(super) evidence: String,
}

/// One thing that the act does to the text of another, or a sentence that was not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Amended {
    /// Place among the mentions from 1; `None`: no act is named.
    pub(super) mention: Option<usize>,
    /// Number in the reading; `None` for a sentence that was not read with certainty.
    pub(super) instruction: Option<u32>,
    /// Id of the provision that says so.
    pub(super) place: String,
    pub(super) sentence: String,
    /// Provision of the other act; empty: all of it.
    pub(super) provision: String,
    /// Word of the operation, or "refused".
    pub(super) what: &'static str,
    pub(super) in_force: Option<Date>,
    /// The instruction or the refusal as JSON.
    pub(super) content: String,
}

/// Everything found in a text.
#[derive(Clone, Debug, Default)]
pub(crate) struct Found {
    pub(super) mentions: Vec<Mention>,
    pub(super) cited: Vec<Cited>,
    pub(super) related: Vec<Related>,
    pub(super) defined: Vec<Definition>,
    pub(super) amended: Vec<Amended>,
}

impl Found {
    /// Whether the text details another act.
    pub(super) fn details(&self) -> bool {
        self.related.iter().any(|one| one.kind == RelationKind::Details)
    }

    /// Reads a text; a translation says nothing that its original does not.
    pub(crate) fn of(text: &ActText) -> Self {
        let mut finding = Finding::default();
        if text.language == Language::Vi {
            for placed in citations(text) {
                finding.take(&placed);
            }
            for relation in relations(text) {
                finding.relate(text, relation);
            }
            finding.found.defined = definitions(text);
            // A consolidated text tells of amendments; it makes none.
            if text.metadata.kind != Some(ActKind::VanBanHopNhat) {
                finding.amend(&amend::read(text));
            }
        }
        finding.found
    }
}

#[derive(Default)]
struct Finding {
    found: Found,
    known: HashMap<ActRef, Option<usize>>,
}

impl Finding {
    fn take(&mut self, placed: &PlacedCitation) {
        let path = path_of(placed);
        for target in &placed.citation.targets {
            let provision = target.provision.clone().unwrap_or_default();
            let Some(mention) = self.mention(&target.act) else {
                continue;
            };
            if mention == 0 && is_around(&placed.spot.at, &provision) {
                continue;
            }
            self.found.cited.push(Cited {
                place: placed.spot.at.clone(),
                path: path.clone(),
                from: target.span.start,
                to: target.span.end,
                mention,
                provision,
                state: target.status,
            });
        }
    }

    fn relate(&mut self, text: &ActText, relation: Relation) {
        // An act does nothing to itself, and words that name no act lead nowhere.
        let mention = self.mention(&relation.target).filter(|place| *place > 0);
        let Some(mention) = mention else { return };
        let place = relation.evidence.spot.as_ref().map(|spot| spot.at.clone());
        self.found.related.push(Related {
            kind: relation.kind,
            mention,
            provisions: relation.provisions,
            place: place.unwrap_or_default(),
            evidence: sentence(text, &relation.evidence),
        });
    }

    fn amend(&mut self, reading: &Reading) {
        let mut amended = BTreeSet::new();
        for one in &reading.instructions {
            let mention = self.other(&one.target.act);
            amended.insert(mention);
            self.found.amended.push(Amended {
                mention,
                instruction: Some(one.number),
                place: one.source.at.clone(),
                sentence: one.source.sentence.clone(),
                provision: one.target.provision.clone().unwrap_or_default(),
                what: word(&one.operation),
                in_force: one.in_force,
                content: serde_json::to_string(one).unwrap_or_default(),
            });
        }
        // A sentence that names no act is about the one that everything else in the text amends.
        let only = amended.into_iter().collect::<Vec<_>>();
        let alone = match only.as_slice() {
            [one] => *one,
            _ => None,
        };
        for one in &reading.refusals {
            let named: BTreeSet<Option<usize>> =
                one.targets.iter().map(|target| self.other(&target.act)).collect();
            let about = if named.is_empty() {
                BTreeSet::from([alone])
            } else {
                named
            };
            let provision = one.targets.first().and_then(|target| target.provision.clone());
            self.found
                .amended
                .extend(about.into_iter().map(|mention| Amended {
                    mention,
                    instruction: None,
                    place: one.source.at.clone(),
                    sentence: one.source.sentence.clone(),
                    provision: provision.clone().unwrap_or_default(),
                    what: "refused",
                    in_force: None,
                    content: serde_json::to_string(one).unwrap_or_default(),
                }));
        }
    }

    /// The number of a mention of another act.
    fn other(&mut self, named: &ActRef) -> Option<usize> {
        self.mention(named).filter(|place| *place > 0)
    }

    /// The number of a mention; `None` where the words name no act that could be looked up.
    fn mention(&mut self, named: &ActRef) -> Option<usize> {
        if *named == ActRef::This {
            return Some(0);
        }
        if let Some(known) = self.known.get(named) {
            return *known;
        }
        let place = Mention::of(named).map(|mention| {
            let same = self.found.mentions.iter().position(|one| *one == mention);
            same.map_or_else(
                || {
                    self.found.mentions.push(mention);
                    self.found.mentions.len()
                },
                |at| at + 1,
            )
        });
        self.known.insert(named.clone(), place);
        place
    }
}

fn word(operation: &Operation) -> &'static str {
    match operation {
        Operation::Replace => "replace",
        Operation::Insert(_) => "insert",
        Operation::Repeal => "repeal",
        Operation::Lapse => "lapse",
        Operation::Suspend => "suspend",
        Operation::Resume => "resume",
        Operation::Postpone => "postpone",
        Operation::Extend => "extend",
        Operation::ReplacePhrase(_) => "replace-phrase",
        Operation::DropPhrase(_) => "drop-phrase",
        Operation::AddPhrase(_) => "add-phrase",
        Operation::Renumber(_) => "renumber",
        Operation::Only(places) => word(&places.what),
    }
}

/// Characters of a paragraph shown on either side of the words that matter.
const AROUND: usize = 160;

/// The words of the evidence with what stands around them in their paragraph.
fn sentence(text: &ActText, evidence: &Evidence) -> String {
    let whole = match &evidence.spot {
        Some(spot) => text_at(text, spot),
        None => text.metadata.title.as_deref(),
    };
    let whole = whole.unwrap_or_default();
    let (Some(before), Some(words), Some(after)) = (
        whole.get(..evidence.span.start),
        whole.get(evidence.span.clone()),
        whole.get(evidence.span.end..),
    ) else {
        return String::new();
    };
    let from = before.char_indices().rev().nth(AROUND).map_or(0, |(at, _)| at);
    let to = after.char_indices().nth(AROUND).map_or(after.len(), |(at, _)| at);
    let open = if from > 0 { "…" } else { "" };
    let close = if to < after.len() { "…" } else { "" };
    format!("{open}{}{words}{}{close}", &before[from..], &after[..to])
}

/// "Luật này", "Điều này", "khoản này": what a reader is in already is nothing to lead to.
fn is_around(place: &str, provision: &str) -> bool {
    let rest = place.strip_prefix(provision);
    provision.is_empty() || rest.is_some_and(|rest| rest.is_empty() || rest.starts_with("__"))
}

/// Numbers of the fields of a provision or part, first in every path.
pub(super) fn field_number(field: Field) -> usize {
    match field {
        Field::Heading => 0,
        Field::Body => 1,
        Field::Closing => 2,
        Field::Note => 3,
    }
}

fn path_of(placed: &PlacedCitation) -> String {
    let steps = std::iter::once(field_number(placed.spot.field)).chain(placed.spot.path.iter().copied());
    steps.map(|step| step.to_string()).collect::<Vec<_>>().join(".")
}
