//! Clauses of amending acts that other acts change.
//!
//! A sentence about such a clause says nothing of the text that the clause amends, so nothing is
//! applied for it. A clause that was taken away or changed before it holds is not applied either;
//! what it did before that stays, and the later sentence is refused for the same provisions.

use jiff::civil::Date;

use super::order::Amending;
use crate::amend::{Instruction, Operation, Portion, Reason, Refusal, Side, Target};
use crate::inspect::text_of;
use crate::model::Block;

/// What a sentence does to a clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Met {
    Removed,
    Changed,
    /// Something new stands beside it.
    Joined,
}

impl Amending {
    /// Follows what other acts do to this one. Its clauses that they take away or change before
    /// these hold become refusals; what they do to the others is returned: refusals for the act
    /// whose place in `others` stands with them, about what the clauses changed.
    pub fn met_by(&mut self, others: &[Self]) -> Vec<(usize, Refusal)> {
        // Numbers are given again each year; no act amends one that was passed after it.
        let passed = self.issued;
        let older = |other: &Self| other.issued.is_some() && other.issued < passed;
        let mut theirs: Vec<(usize, &Self, &Instruction)> = Vec::new();
        for (place, other) in others.iter().enumerate().filter(|(_, other)| !older(other)) {
            for one in &other.instructions {
                if !self.follows(other, one) {
                    theirs.push((place, other, one));
                }
            }
        }
        let mut later = Vec::new();
        for (place, other, one) in &theirs {
            let after = |own: &&Instruction| !is_early(other.day_of(one), self.day_of(own));
            later.extend(refusal(one, self.instructions.iter().filter(after)).map(|found| (*place, found)));
        }
        let fate = |own: &Instruction| {
            let early = theirs
                .iter()
                .filter(|(_, other, one)| is_early(other.day_of(one), self.day_of(own)));
            early.filter_map(|(_, _, one)| met(one, own)).min()
        };
        let fates: Vec<Option<Met>> = self.instructions.iter().map(fate).collect();
        let own = std::mem::take(&mut self.instructions);
        for (own, fate) in own.into_iter().zip(fates) {
            let reason = match fate {
                Some(Met::Removed) => Reason::ClauseRepealed,
                Some(Met::Changed) => Reason::ClauseAmended,
                Some(Met::Joined) | None => {
                    self.instructions.push(own);
                    continue;
                }
            };
            self.refusals.push(Refusal {
                source: own.source,
                reason,
                targets: vec![own.target],
            });
        }
        later
    }

    /// Whether a sentence of another act about this one only moves days, and leaves nothing to be
    /// looked at: the act as a whole begins on the day that the store keeps, a clause takes its day here.
    fn follows(&mut self, other: &Self, one: &Instruction) -> bool {
        match (&one.operation, one.target.provision.as_deref()) {
            (Operation::Postpone | Operation::Extend, None) => true,
            // Said with the suspension that it ends.
            (Operation::Resume, _) => true,
            (Operation::Postpone, Some(id)) => {
                let said = other.in_force.or(other.issued);
                let own_days: Vec<Option<Date>> = self
                    .instructions
                    .iter()
                    .filter(|own| holds(id, &own.source.at))
                    .map(|own| self.day_of(own))
                    .collect();
                let in_time = own_days.iter().all(|day| is_early(said, *day));
                if in_time {
                    let own = self.instructions.iter_mut();
                    for own in own.filter(|own| holds(id, &own.source.at)) {
                        own.in_force = one.in_force;
                    }
                }
                in_time
            }
            _ => false,
        }
    }

    /// Takes a sentence of this act about a clause ([`Amending::met_by`]), but for provisions that
    /// this act itself ends or writes anew.
    pub fn take(&mut self, mut refusal: Refusal) {
        let about_none = refusal.targets.is_empty();
        refusal
            .targets
            .retain(|target| !self.instructions.iter().any(|own| settles(own, target)));
        if about_none || !refusal.targets.is_empty() {
            self.refusals.push(refusal);
        }
    }
}

/// The sentence as one about what these clauses changed, if it meets any.
fn refusal<'a>(theirs: &Instruction, clauses: impl Iterator<Item = &'a Instruction>) -> Option<Refusal> {
    // An amending act that ends has done what it had to do; one that suspends others has not.
    let ends = theirs.is_end();
    let (mut targets, mut is_met) = (Vec::new(), false);
    for own in clauses.filter(|own| !ends || own.operation == Operation::Suspend) {
        let Some(met) = met(theirs, own) else {
            continue;
        };
        is_met = true;
        // What a new clause is about is not known.
        if met != Met::Joined && !targets.contains(&own.target) {
            targets.push(own.target.clone());
        }
    }
    is_met.then(|| Refusal {
        source: theirs.source.clone(),
        reason: Reason::AmendsClause,
        targets,
    })
}

fn is_early(theirs: Option<Date>, own: Option<Date>) -> bool {
    theirs.is_some() && own.is_some() && theirs <= own
}

fn settles(own: &Instruction, target: &Target) -> bool {
    let anew = matches!(
        own.operation,
        Operation::Replace | Operation::Insert(_) | Operation::Repeal | Operation::Lapse | Operation::Suspend
    );
    let is_whole = anew && own.target.portion == Portion::Whole;
    match (own.target.provision.as_deref(), target.provision.as_deref()) {
        (Some(above), Some(id)) => is_whole && holds(above, id),
        _ => {
            let is_whole = own.target.provision.is_none() && own.target.portion == Portion::Whole;
            let halts = own.operation == Operation::Suspend && is_whole;
            (own.is_end() || halts) && own.except.is_empty()
        }
    }
}

/// What a sentence does to the provision that holds an instruction.
fn met(theirs: &Instruction, own: &Instruction) -> Option<Met> {
    let at = own.source.at.as_str();
    let Some(id) = theirs.target.provision.as_deref() else {
        if theirs.is_end() {
            let is_kept = theirs.except.iter().any(|kept| holds(kept, at));
            return (!is_kept).then_some(Met::Removed);
        }
        return is_about(&theirs.operation, own).then_some(Met::Changed);
    };
    match theirs.operation {
        Operation::Renumber(_) => None,
        Operation::Insert(_) => {
            let Some((above, _)) = id.rsplit_once("__") else {
                // A new article, which may amend as well.
                return is_amending(&theirs.text).then_some(Met::Joined);
            };
            holds(above, at).then_some(Met::Joined)
        }
        Operation::Repeal | Operation::Lapse if theirs.target.portion == Portion::Whole && holds(id, at) => {
            Some(Met::Removed)
        }
        _ => {
            // Which articles a chapter holds is not known here.
            let touches = is_group(id) || holds(id, at) || holds(at, id);
            (touches && is_about(&theirs.operation, own)).then_some(Met::Changed)
        }
    }
}

/// Whether a provision is another one or holds it.
fn holds(id: &str, other: &str) -> bool {
    other
        .strip_prefix(id)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with("__"))
}

/// Whether new text has words that amending sentences have.
fn is_amending(text: &[Block]) -> bool {
    const WORDS: [&str; 7] = [
        "sửa đổi, bổ sung",
        "được bổ sung",
        "bãi bỏ",
        "thay thế",
        "hết hiệu lực",
        "ngưng hiệu lực",
        "lùi ",
    ];
    let text = text_of(text).to_lowercase();
    WORDS.iter().any(|word| text.contains(word))
}

fn is_group(id: &str) -> bool {
    ["part_", "chp_", "sec_", "subsec_"]
        .iter()
        .any(|prefix| id.starts_with(prefix))
}

/// Whether words that are changed stand in a clause; true for whatever else is done.
fn is_about(operation: &Operation, own: &Instruction) -> bool {
    let words: Vec<&str> = match operation {
        Operation::ReplacePhrase(pairs) => pairs.iter().map(|pair| pair.old.as_str()).collect(),
        Operation::DropPhrase(words) => words.iter().map(String::as_str).collect(),
        Operation::AddPhrase(added) => match &added.side {
            Side::After(words) | Side::Before(words) => vec![words],
            Side::End | Side::Start => return true,
        },
        Operation::Only(places) => return is_about(&places.what, own),
        _ => return true,
    };
    let clause = viet::fold(&format!("{} {}", own.source.sentence, text_of(&own.text)));
    words.into_iter().any(|word| clause.contains(&viet::fold(word)))
}
