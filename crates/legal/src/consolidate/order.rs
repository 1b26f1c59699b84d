//! Which instructions concern an act, and in which order they hold.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::amend::{Instruction, Reading, Refusal};
use crate::citations::ActRef;
use crate::model::{ActText, Metadata};

/// What one act does to the act that is consolidated.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Amending {
    /// Number.
    pub number: String,
    /// Day on which it was passed.
    pub issued: Option<Date>,
    /// Day on which it comes into force.
    pub in_force: Option<Date>,
    /// Its instructions about the act.
    pub instructions: Vec<Instruction>,
    /// Sentences about the act that were not read with certainty.
    pub refusals: Vec<Refusal>,
}

impl Amending {
    /// What `amending` does to an act. Sentences that name no act at all count as about it
    /// only where every other one is. A name without number never means an act passed later:
    /// a new law often bears the name of the one it stands for.
    #[must_use]
    pub fn of(amending: &ActText, reading: &Reading, base: &Metadata) -> Self {
        let later = matches!((base.issued, amending.metadata.issued), (Some(base), Some(own)) if own < base);
        let about = |act: &ActRef| aims_at(act, base) && !(later && matches!(act, ActRef::Name { .. }));
        let instructions: Vec<Instruction> = reading
            .instructions
            .iter()
            .filter(|one| about(&one.target.act))
            .cloned()
            .collect();
        let alone = instructions.len() == reading.instructions.len() && !instructions.is_empty();
        let refusals = reading.refusals.iter().filter(|one| {
            one.targets.iter().any(|target| about(&target.act)) || (alone && one.targets.is_empty())
        });
        let meta = &amending.metadata;
        Self {
            number: meta.number.clone().unwrap_or_default(),
            issued: meta.issued,
            in_force: meta.in_force,
            instructions,
            refusals: refusals.cloned().collect(),
        }
    }

    /// First day on which one of its instructions holds.
    pub(super) fn day_of(&self, one: &Instruction) -> Option<Date> {
        one.in_force.or(self.in_force).or(self.issued)
    }
}

/// Whether a reference means the act with these metadata: by its number, or by kind and title
/// with the year, where the text gives one.
#[must_use]
pub fn aims_at(act: &ActRef, base: &Metadata) -> bool {
    match act {
        ActRef::Number { number, issued, .. } => {
            base.number.as_ref() == Some(number)
                && (issued.is_none() || base.issued.is_none() || *issued == base.issued)
        }
        ActRef::Name { name, year, issued } => {
            let (Some(kind), Some(title)) = (base.kind, base.title.as_deref()) else {
                return false;
            };
            let same = viet::fold(name) == viet::fold(&format!("{} {title}", kind.label()));
            let passed = base.issued;
            let year_fits = year.is_none() || passed.is_none() || *year == passed.map(Date::year);
            same && year_fits && (issued.is_none() || passed.is_none() || *issued == passed)
        }
        ActRef::This | ActRef::Amended | ActRef::Short { .. } => false,
    }
}

/// One instruction or refusal in its turn.
pub(super) struct Turn<'a> {
    pub act: &'a Amending,
    /// First day on which it holds.
    pub on: Option<Date>,
    pub what: What<'a>,
}

pub(super) enum What<'a> {
    Instruction(&'a Instruction),
    Refusal(&'a Refusal),
}

/// Everything that holds on `day`, in order.
pub(super) fn turns(amending: &[Amending], day: Option<Date>) -> Vec<Turn<'_>> {
    let mut turns: Vec<Turn<'_>> = Vec::new();
    for act in amending {
        turns.extend(act.instructions.iter().map(|one| Turn {
            act,
            on: act.day_of(one),
            what: What::Instruction(one),
        }));
        turns.extend(act.refusals.iter().map(|one| Turn {
            act,
            on: act.in_force.or(act.issued),
            what: What::Refusal(one),
        }));
    }
    if let Some(day) = day {
        turns.retain(|turn| turn.on.is_none_or(|on| on <= day));
    }
    // Stable: instructions of one act stay in the order of its text.
    turns.sort_by(|a, b| key(a).cmp(&key(b)));
    turns
}

fn key<'a>(turn: &Turn<'a>) -> (Option<Date>, Option<Date>, u32, &'a str) {
    let serial: String = turn.act.number.chars().take_while(char::is_ascii_digit).collect();
    (
        turn.on,
        turn.act.issued,
        serial.parse().unwrap_or(u32::MAX),
        turn.act.number.as_str(),
    )
}
