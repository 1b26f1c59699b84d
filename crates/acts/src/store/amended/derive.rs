//! Versions of one act, computed: no database here.

use std::collections::{BTreeSet, HashMap};

use jiff::civil::Date;
use legal::amend::{Instruction, Reason};
use legal::consolidate::{
    Amending, Applied, Change, Decision, Expression, Moved, Outcome, Verdict, consolidate, consolidate_each,
    moved,
};
use legal::model::ActText;
use legal::validity::lapses_with_parent;
use sha2::{Digest, Sha256};

use super::ended::ParentEnd;
use super::read::{How, Storing};
use crate::store::text::provision_hash;

/// An amending act with its sentences about the act that is derived.
#[derive(Clone, Debug)]
pub(super) struct By {
    pub(super) id: i64,
    pub(super) slug: String,
    pub(super) amending: Amending,
    /// What officers decided of its sentences, with the day.
    pub(super) decisions: Vec<(Decision, Date)>,
}

impl By {
    /// The same with its sentences named and decided.
    fn decided(mut self) -> Self {
        let decisions: Vec<Decision> = self.decisions.iter().map(|one| one.0.clone()).collect();
        self.amending = self.amending.decided(&decisions);
        self
    }

    /// The day on which somebody decided what has this name.
    fn day_of(&self, seen: &str) -> Option<Date> {
        let found = self.decisions.iter().find(|one| one.0.seen == seen);
        found.map(|one| one.1)
    }

    /// What was decided, and the rest.
    fn parted(self) -> (Self, Self) {
        let (mut own, mut rest) = (self.clone(), self);
        let is_own = |seen: &str| rest.day_of(seen).is_some();
        own.amending.instructions.retain(|one| is_own(&one.source.seen));
        own.amending.refusals.retain(|one| is_own(&one.source.seen));
        let decided: BTreeSet<String> = rest.decisions.iter().map(|one| one.0.seen.clone()).collect();
        let left = |seen: &String| !decided.contains(seen);
        rest.amending.instructions.retain(|one| left(&one.source.seen));
        rest.amending.refusals.retain(|one| left(&one.source.seen));
        (own, rest)
    }
}

impl By {
    /// With these instructions alone.
    pub(super) fn with(&self, instructions: Vec<Instruction>) -> Self {
        let amending = Amending {
            instructions,
            refusals: Vec::new(),
            ..self.amending.clone()
        };
        Self {
            amending,
            ..self.clone()
        }
    }
}

/// What the versions of an act are derived from.
#[derive(Clone, Debug, Default)]
pub(super) struct Input {
    pub(super) base: ActText,
    /// In no order that matters.
    pub(super) by: Vec<By>,
    /// The end of the one act that it details, where that is certain.
    pub(super) parent: Option<ParentEnd>,
    /// Acts that the text as imported names, of those in `by`.
    pub(super) named: BTreeSet<i64>,
}

/// The text from a day on.
#[derive(Clone, Debug)]
pub(super) struct Derived {
    pub(super) valid_from: Date,
    pub(super) hash: String,
    /// zstd JSON.
    pub(super) content: Vec<u8>,
}

/// What came of an instruction for one provision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Happened {
    pub(super) provision: String,
    pub(super) valid_from: Option<Date>,
    pub(super) how: How,
    pub(super) reason: Option<Reason>,
    pub(super) by: i64,
    pub(super) instruction: Option<u32>,
    pub(super) place: String,
    pub(super) sentence: String,
    pub(super) hash: String,
    /// Name of what was read.
    pub(super) seen: String,
    /// The day on which an officer decided it.
    pub(super) decided: Option<Date>,
}

/// All versions and all that happened, in order.
pub(super) fn derive(input: Input) -> Result<(Vec<Derived>, Vec<Happened>), Unkept> {
    let Input {
        base,
        by,
        parent,
        named,
    } = input;
    let (applied, held) = sorted_out(&base, by, &named);
    let mut happened: Vec<Happened> = held.iter().flat_map(|(one, why)| held_back(one, *why)).collect();
    let amending: Vec<Amending> = applied.iter().map(|one| one.amending.clone()).collect();
    let (all, texts) = consolidate_each(&base, &amending);
    let mut versions = Vec::with_capacity(texts.len());
    let mut hashes = HashMap::new();
    for (day, text) in &texts {
        for id in changed_on(&all, *day) {
            let hash = || provision_hash(&text.provisions, id);
            hashes.entry((Some(*day), id)).or_insert_with(hash);
        }
        versions.push(packed(&base, text, *day)?);
    }
    let hash_of = |day: Option<Date>, id: &str| hashes.get(&(day, id)).cloned().unwrap_or_default();
    for outcome in &all.outcomes {
        happened.extend(told(outcome, &applied, &hash_of));
    }
    happened.extend(doubts(&all, &applied));
    for one in moved(&base, &all, &texts) {
        happened.extend(begins_anew(&one, &all, &applied));
    }
    happened.extend(with_parent(&base, parent, &applied, &happened));
    Ok((versions, happened))
}

/// What a decision would do: the text on a day without and with it, and what came of the sentence.
pub(super) struct Trial {
    pub(super) before: ActText,
    pub(super) after: ActText,
    pub(super) outcomes: Vec<Outcome>,
}

/// Tries a decision on a sentence of one amending act.
pub(super) fn try_out(input: &Input, by: i64, decision: Decision, day: Date) -> Trial {
    let seen = decision.seen.clone();
    let text = |verdict: Verdict| {
        let mut all = input.by.clone();
        for one in all.iter_mut().filter(|one| one.id == by) {
            one.decisions.retain(|(known, _)| known.seen != seen);
            let decision = Decision {
                seen: seen.clone(),
                verdict: verdict.clone(),
            };
            one.decisions.push((decision, day));
        }
        let (applied, _) = sorted_out(&input.base, all, &input.named);
        let amending: Vec<Amending> = applied.into_iter().map(|one| one.amending).collect();
        consolidate(&input.base, &amending, Some(day))
    };
    let (before, after) = (text(Verdict::Refuse), text(decision.verdict));
    Trial {
        before: before.text,
        outcomes: after
            .outcomes
            .into_iter()
            .filter(|one| one.seen == seen)
            .collect(),
        after: after.text,
    }
}

/// Why a text cannot be kept.
pub(super) type Unkept = std::io::Error;

fn is_change(outcome: &&Outcome) -> bool {
    matches!(outcome.result, Applied::Changed { .. })
}

fn changed_on(all: &Expression, day: Date) -> impl Iterator<Item = &str> {
    let outcomes = all.outcomes.iter().filter(move |one| one.on == Some(day));
    outcomes
        .flat_map(|one| match &one.result {
            Applied::Changed { provisions, .. } => provisions.as_slice(),
            Applied::Refused { .. } => &[],
        })
        .map(String::as_str)
}

/// Acts whose sentences are applied, and those held back: where the text names an act that amends
/// it, it is a later text, and holds everything up to that act already.
fn sorted_out(base: &ActText, mut by: Vec<By>, named: &BTreeSet<i64>) -> (Vec<By>, Vec<(By, Reason)>) {
    by.sort_by(|a, b| a.slug.cmp(&b.slug));
    let by: Vec<By> = by.into_iter().map(By::decided).collect();
    let passed = base.metadata.issued;
    let later = |one: &&By| named.contains(&one.id) && one.amending.issued > passed;
    let holds_until = by
        .iter()
        .filter(later)
        .filter_map(|one| one.amending.issued)
        .max();
    let mut applied = Vec::new();
    let mut held = Vec::new();
    for one in by {
        // Numbers are given again each year; no act amends one that was passed after it.
        if passed.is_some() && one.amending.issued.is_some_and(|day| Some(day) < passed) {
            continue;
        }
        let why = match one.amending.issued {
            Some(day) if Some(day) <= holds_until => Some(Reason::AlreadyIn),
            None if one.amending.in_force.is_none() => Some(Reason::NoDay),
            _ => None,
        };
        match why {
            // Whatever holds an act back, what an officer decided of it is done.
            Some(why) => {
                let (own, rest) = one.parted();
                applied.push(own);
                // A later text holds the words of amendments; it cannot hold for how long they hold.
                let is_own =
                    |one: &Instruction| why == Reason::AlreadyIn && (one.is_end() || one.is_of_time());
                let all = rest.amending.instructions.iter().cloned();
                let (ends, words) = all.partition(is_own);
                applied.push(rest.with(ends));
                held.push((rest.with(words), why));
            }
            None => applied.push(one),
        }
    }
    (applied, held)
}

fn held_back(by: &By, why: Reason) -> Vec<Happened> {
    let said = |read: &Instruction| Happened {
        provision: read.target.provision.clone().unwrap_or_default(),
        valid_from: by.amending.in_force,
        how: How::Refused,
        reason: Some(why),
        by: by.id,
        instruction: Some(read.number),
        place: read.source.at.clone(),
        sentence: read.source.sentence.clone(),
        hash: String::new(),
        seen: read.source.seen.clone(),
        decided: None,
    };
    by.amending.instructions.iter().map(said).collect()
}

fn told(outcome: &Outcome, applied: &[By], hash_of: &impl Fn(Option<Date>, &str) -> String) -> Vec<Happened> {
    let Some(by) = applied.iter().find(|one| one.amending.number == outcome.by) else {
        return Vec::new();
    };
    let one = |provision: &str, how, reason, hash| Happened {
        provision: provision.to_owned(),
        valid_from: outcome.on,
        how,
        reason,
        by: by.id,
        instruction: outcome.instruction,
        place: outcome.at.clone(),
        sentence: outcome.sentence.clone(),
        hash,
        seen: outcome.seen.clone(),
        decided: by.day_of(&outcome.seen),
    };
    match &outcome.result {
        Applied::Changed { provisions, how } if provisions.is_empty() => {
            vec![one("", How::Changed(*how), None, String::new())]
        }
        Applied::Changed { provisions, how } => provisions
            .iter()
            .map(|id| one(id, How::Changed(*how), None, hash_of(outcome.on, id)))
            .collect(),
        Applied::Refused { reason, about } if about.is_empty() => {
            vec![one("", How::Refused, Some(*reason), String::new())]
        }
        Applied::Refused { reason, about } => about
            .iter()
            .map(|id| one(id, How::Refused, Some(*reason), String::new()))
            .collect(),
    }
}

/// An act whose article on commencement another one changed: the day on which it begins, or the doubt.
fn begins_anew(moved: &Moved, all: &Expression, applied: &[By]) -> Option<Happened> {
    let outcome = all.outcomes.get(moved.outcome)?;
    let by = applied.iter().find(|one| one.amending.number == outcome.by)?;
    let decided = by.day_of(&outcome.seen);
    let (provision, how, reason) = match moved.to {
        Some(_) => (String::new(), How::Changed(Change::Postponed), None),
        // Who decided it has seen the doubt.
        None if decided.is_some() => return None,
        None => (moved.provision.clone(), How::Doubted, Some(Reason::DayMoved)),
    };
    Some(Happened {
        provision,
        valid_from: moved.to.or(outcome.on),
        how,
        reason,
        by: by.id,
        instruction: outcome.instruction,
        place: outcome.at.clone(),
        sentence: outcome.sentence.clone(),
        hash: String::new(),
        seen: outcome.seen.clone(),
        decided,
    })
}

/// The end of an act that lapses with the one it details, by law.
fn with_parent(
    base: &ActText,
    parent: Option<ParentEnd>,
    applied: &[By],
    happened: &[Happened],
) -> Option<Happened> {
    let parent = parent.filter(|parent| lapses_with_parent(parent.on))?;
    let older = base.metadata.issued.is_some_and(|passed| passed < parent.on);
    // Who amends it afterwards takes it to be in force.
    let alive = applied.iter().any(|one| one.amending.issued >= Some(parent.on));
    let sooner = happened.iter().any(|one| {
        one.provision.is_empty() && matches!(one.how, How::Changed(_)) && one.valid_from <= Some(parent.on)
    });
    (older && !alive && !sooner).then(|| Happened {
        provision: String::new(),
        valid_from: Some(parent.on),
        how: How::Changed(Change::Lapsed),
        reason: Some(Reason::WithParent),
        by: parent.by,
        instruction: None,
        place: parent.place,
        sentence: parent.sentence,
        hash: String::new(),
        seen: String::new(),
        decided: None,
    })
}

/// What was applied and is in doubt.
fn doubts(all: &Expression, applied: &[By]) -> Vec<Happened> {
    let mut doubts: Vec<Happened> = Vec::new();
    for flag in &all.flags {
        let said = |one: &&Outcome| one.by == flag.by && one.sentence == flag.sentence;
        let Some(outcome) = all.outcomes.iter().find(|one| said(one) && is_change(one)) else {
            continue;
        };
        let Some(by) = applied.iter().find(|one| one.amending.number == flag.by) else {
            continue;
        };
        // Who decided it has seen the doubt.
        if by.day_of(&outcome.seen).is_some() {
            continue;
        }
        let doubt = Happened {
            provision: flag.provision.clone().unwrap_or_default(),
            valid_from: outcome.on,
            how: How::Doubted,
            reason: Some(flag.reason),
            by: by.id,
            instruction: outcome.instruction,
            place: outcome.at.clone(),
            sentence: flag.sentence.clone(),
            hash: String::new(),
            seen: outcome.seen.clone(),
            decided: None,
        };
        if !doubts.contains(&doubt) {
            doubts.push(doubt);
        }
    }
    doubts
}

fn packed(base: &ActText, text: &ActText, day: Date) -> Result<Derived, Unkept> {
    let json = serde_json::to_vec(&Storing::of(base, text))?;
    Ok(Derived {
        valid_from: day,
        hash: hex::encode(Sha256::digest(&json)),
        content: zstd::encode_all(json.as_slice(), LEVEL)?,
    })
}

/// Level of compression: what a page waits for is the unpacking.
const LEVEL: i32 = 3;
