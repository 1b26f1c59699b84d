//! Acts whose own articles on commencement are changed by others.

use jiff::civil::Date;

use super::{Applied, Expression, Outcome};
use crate::amend::Days;
use crate::inspect::text_of;
use crate::metadata::dates::in_force;
use crate::model::ActText;

/// A change of what an act says of its own commencement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    /// Place of the outcome that did it, among the outcomes.
    pub outcome: usize,
    /// The provision that says so.
    pub provision: String,
    /// The day on which the act begins then; `None`: it cannot be said with certainty.
    pub to: Option<Date>,
}

/// What others did to the commencement of an act: its text as passed, everything applied, and the
/// text from each day on which it changed.
///
/// A day is moved with certainty where the new one is read in the new text, the change came before the act
/// held, and the days of single provisions stay as they were.
#[must_use]
pub fn moved(base: &ActText, all: &Expression, texts: &[(Date, ActText)]) -> Vec<Moved> {
    let issued = base.metadata.issued;
    let mut begins = in_force(base, issued);
    let Some(planned) = begins.or(base.metadata.in_force) else {
        return Vec::new();
    };
    let mut days = Days::of(base);
    let mut found = Vec::new();
    for (day, text) in texts {
        let (now, days_now) = (in_force(text, issued), Days::of(text));
        let same_days = days_now == days;
        if now == begins && same_days {
            continue;
        }
        let in_time = *day <= begins.unwrap_or(planned);
        // What held already is not put off, and an article on commencement may go when it has done its work.
        let certain = now.filter(|now| in_time && same_days && now >= day);
        if let Some((outcome, provision)) = cause(all, *day, text)
            && (in_time || now.is_some() && now != begins)
        {
            found.push(Moved {
                outcome,
                provision,
                to: certain,
            });
        }
        (begins, days) = (now, days_now);
    }
    found
}

/// What changed the provision on commencement on a day.
fn cause(all: &Expression, day: Date, text: &ActText) -> Option<(usize, String)> {
    let on_day = |one: &Outcome| one.on == Some(day);
    let outcomes = all.outcomes.iter().enumerate().filter(|(_, one)| on_day(one));
    let mut each = outcomes.flat_map(|(place, one)| match &one.result {
        Applied::Changed { provisions, .. } => provisions.iter().map(|id| (place, id.clone())).collect(),
        Applied::Refused { .. } => Vec::new(),
    });
    each.find(|(_, id)| {
        let provision = text.provisions.iter().find(|one| one.id == *id);
        provision.is_some_and(|one| {
            let words = format!(
                "{} {}",
                one.heading.as_deref().unwrap_or_default(),
                text_of(&one.blocks)
            );
            words.contains("hiệu lực") || words.contains(super::REPEALED)
        })
    })
}
