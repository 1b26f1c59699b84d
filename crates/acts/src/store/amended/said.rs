//! What was read of one amending sentence, as the database keeps it.

use db::{Result, Row, Tx, sql};
use legal::amend::{Instruction, Reason, Refusal, Target};
use legal::consolidate::Amending;

use super::input::sentences;
use crate::model::ActId;
use crate::places;

/// One instruction, or a sentence that was not read with certainty.
#[derive(Clone, Debug, PartialEq)]
pub enum Said {
    /// Read.
    Instruction(Instruction),
    /// Not read with certainty.
    Refusal(Refusal),
}

impl Said {
    pub(super) fn of(row: &Row) -> Result<Self> {
        Ok(match row.get::<Option<i64>>("instruction")? {
            Some(_) => Self::Instruction(row.json("content")?),
            None => Self::Refusal(row.json("content")?),
        })
    }

    /// Its name ([`Instruction::seen`]).
    #[must_use]
    pub fn seen(&self) -> String {
        match self {
            Self::Instruction(one) => one.seen(),
            Self::Refusal(one) => one.seen(),
        }
    }

    /// Where it stands.
    #[must_use]
    pub fn source(&self) -> &legal::amend::Source {
        match self {
            Self::Instruction(one) => &one.source,
            Self::Refusal(one) => &one.source,
        }
    }

    /// Why it was not read; `None` where it was.
    #[must_use]
    pub fn reason(&self) -> Option<Reason> {
        match self {
            Self::Instruction(_) => None,
            Self::Refusal(one) => Some(one.reason),
        }
    }

    /// The provision that it seems to be about.
    #[must_use]
    pub fn provision(&self) -> Option<&str> {
        self.target()?.provision.as_deref()
    }

    /// What it seems to be about, in words: "Mẫu số 02 Phụ lục I".
    #[must_use]
    pub fn about(&self) -> String {
        let Some(target) = self.target() else {
            return String::new();
        };
        let place = target.provision.as_deref().map(places::place);
        let words = [target.portion.words(), place.unwrap_or_default()];
        let words: Vec<String> = words.into_iter().filter(|one| !one.is_empty()).collect();
        words.join(" ")
    }

    fn target(&self) -> Option<&Target> {
        match self {
            Self::Instruction(one) => Some(&one.target),
            Self::Refusal(one) => one.targets.first(),
        }
    }

    pub(super) fn put_into(self, amending: &mut Amending) {
        match self {
            Self::Instruction(one) => amending.instructions.push(one),
            Self::Refusal(one) => amending.refusals.push(one),
        }
    }
}

/// What was read in an act about another one (`None`: about no act that it names) under a name.
///
/// # Errors
/// What the engine says.
pub async fn said(tx: &mut Tx, by: ActId, about: Option<ActId>, seen: &str) -> Result<Option<Said>> {
    const ROWS: &str = "SELECT a.instruction, a.content FROM amendments a";
    let query = match about {
        None => sql(format!(
            "{ROWS} WHERE a.act_id = $1 AND a.mention IS NULL ORDER BY a.ord"
        ))
        .bind(by.0),
        Some(about) => sql(format!(
            "{ROWS} LEFT JOIN mentions m ON m.act_id = a.act_id AND m.ord = a.mention \
             WHERE a.act_id = $1 AND (a.mention IS NULL OR m.target_id = $2) ORDER BY a.ord"
        ))
        .bind(by.0)
        .bind(about.0),
    };
    for row in &query.all(&mut *tx).await? {
        let said = Said::of(row)?;
        if said.seen() == seen {
            return Ok(Some(said));
        }
    }
    // A sentence may be about what another act's clause changed.
    let Some(about) = about else {
        return Ok(None);
    };
    let mut all = sentences(tx, about, &[]).await?.into_iter();
    let own = all.find(|one| one.id == by.0);
    let refusals = own.map(|one| one.amending.refusals).unwrap_or_default();
    let found = refusals.into_iter().find(|one| one.seen() == seen);
    Ok(found.map(Said::Refusal))
}
