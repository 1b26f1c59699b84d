//! What officers decide of amending sentences: part of the input, so that deriving again with the
//! same decisions gives the same bytes.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::exchange::{self, Occurrence};
use super::order::Amending;
use super::tree::{Tree, fits};
use crate::amend::{Instruction, Operation, Portion, Reason, Refusal, Target};
use crate::citations::ActRef;
use crate::model::{ActText, Block};

/// What an officer decided of one instruction, or of one sentence that was not read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Decision {
    /// Its name as he saw it ([`Instruction::seen`], [`Refusal::seen`]): of another one nothing was decided.
    pub seen: String,
    /// What is done.
    pub verdict: Verdict,
}

/// What is done with an instruction.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase", tag = "verdict", content = "orders")]
pub enum Verdict {
    /// These orders are carried out in its place.
    Apply(Vec<Order>),
    /// It is not applied.
    Refuse,
}

/// One thing to be done to one place of the amended act.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Order {
    /// Id of the provision; `None`: the act as a whole.
    pub provision: Option<String>,
    /// What of it.
    pub portion: Portion,
    /// What is done.
    pub operation: Operation,
    /// The new text.
    pub text: Vec<Block>,
    /// First day on which it holds; `None`: when the amending act comes into force.
    pub in_force: Option<Date>,
    /// Provisions that keep their force where the whole act loses it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub except: Vec<String>,
}

impl Order {
    /// The reading as it stands.
    #[must_use]
    pub fn of(read: &Instruction) -> Self {
        Self {
            provision: read.target.provision.clone(),
            portion: read.target.portion.clone(),
            operation: read.operation.clone(),
            text: read.text.clone(),
            in_force: read.in_force,
            except: read.except.clone(),
        }
    }
}

impl Instruction {
    /// The name of what is read here: it changes with the sentence, its place and its reading, not
    /// with the number.
    #[must_use]
    pub fn seen(&self) -> String {
        let mut same = self.clone();
        same.number = 0;
        same.source.seen.clear();
        named(&same)
    }
}

impl Refusal {
    /// The name of what is read here.
    #[must_use]
    pub fn seen(&self) -> String {
        let mut same = self.clone();
        same.source.seen.clear();
        named(&same)
    }
}

/// The first half of a SHA-256, in hex.
fn named(what: &impl Serialize) -> String {
    let json = serde_json::to_vec(what).unwrap_or_default();
    let hash = hex::encode(Sha256::digest(json));
    hash.get(..32).unwrap_or(&hash).to_owned()
}

impl Amending {
    /// The same with a name for everything read, and what officers decided: instructions in the place of those that were read, and
    /// refusals. What nobody decided stays as it was read. Of a sentence that was not read the
    /// orders have the number 0 and stand behind the instructions of the act.
    #[must_use]
    pub fn decided(self, decisions: &[Decision]) -> Self {
        let verdict = |seen: &str| {
            let found = decisions.iter().find(|one| one.seen == seen);
            found.map(|one| &one.verdict)
        };
        let (mut instructions, mut refusals) = (Vec::new(), Vec::new());
        for mut read in self.instructions {
            read.source.seen = read.seen();
            match verdict(&read.source.seen) {
                None => instructions.push(read),
                Some(Verdict::Apply(orders)) => {
                    instructions.extend(orders.iter().map(|order| Instruction {
                        number: read.number,
                        ..carried(order, &read.source, &read.target.act)
                    }));
                }
                Some(Verdict::Refuse) => refusals.push(Refusal {
                    source: read.source,
                    reason: Reason::Refused,
                    targets: vec![read.target],
                }),
            }
        }
        for mut read in self.refusals {
            read.source.seen = read.seen();
            match verdict(&read.source.seen) {
                None => refusals.push(read),
                Some(Verdict::Apply(orders)) => {
                    let act = read
                        .targets
                        .first()
                        .map_or(ActRef::Amended, |one| one.act.clone());
                    instructions.extend(orders.iter().map(|order| carried(order, &read.source, &act)));
                }
                Some(Verdict::Refuse) => refusals.push(Refusal {
                    reason: Reason::Refused,
                    ..read
                }),
            }
        }
        Self {
            instructions,
            refusals,
            ..self
        }
    }
}

fn carried(order: &Order, source: &crate::amend::Source, act: &ActRef) -> Instruction {
    Instruction {
        number: 0,
        source: source.clone(),
        operation: order.operation.clone(),
        target: Target {
            act: act.clone(),
            provision: order.provision.clone(),
            portion: order.portion.clone(),
        },
        text: order.text.clone(),
        in_force: order.in_force,
        except: order.except.clone(),
        day_doubted: false,
        decided: true,
    }
}

/// Ids of the provisions of a text that an id may mean.
#[must_use]
pub fn candidates(text: &ActText, id: &str) -> Vec<String> {
    let fits = fits(id, false);
    let ids = text.provisions.iter().map(|one| &one.id);
    ids.filter(|own| fits(own)).cloned().collect()
}

/// The places in a provision where the words of an operation stand, as [`crate::amend::Places`]
/// counts them; none where the operation is about no words.
#[must_use]
pub fn places(text: &ActText, order: &Order) -> Vec<Occurrence> {
    let mut tree = Tree::of(text);
    tree.exact = true;
    let operation = match &order.operation {
        Operation::Only(places) => places.what.as_ref(),
        other => other,
    };
    let id = order.provision.as_deref().unwrap_or_default();
    let node = tree.find(id).ok().and_then(|path| tree.get(&path));
    node.map_or_else(Vec::new, |node| {
        exchange::occurrences(node, &order.portion, operation)
    })
}
