//! What a text that is no act (a post, a reply) cites of the acts that are here.

use std::collections::hash_map::Entry;
use std::collections::{BTreeSet, HashMap};

use db::{Result, Tx};
use jiff::civil::Date;
use legal::citations::{Context, Target, find};

use super::choose::{Citing, choose};
use super::mention::Mention;
use super::write::candidates;
use crate::model::ActId;
use crate::store::amended::Standing;

/// A provision or a whole act that a text cites, as it stands when it is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CitedLaw {
    /// Which of the paragraphs.
    pub paragraph: usize,
    /// First byte of the words in their paragraph.
    pub from: usize,
    /// Byte after the last.
    pub to: usize,
    /// Address of the act.
    pub act: String,
    /// Id of the provision; empty for the act as a whole, and where the act has no such provision.
    pub provision: String,
    /// True where the words name a provision that the act does not have.
    pub missing: bool,
    /// SHA-256 of what the act says there, in hex, and of whether it holds: another one means that the law
    /// has changed.
    pub hash: String,
}

/// What the paragraphs of a text written on a day cite, in order; acts that are not here are left
/// out. A law named without a year is its latest version of that day.
///
/// # Errors
/// What the engine says.
pub async fn cited_law(tx: &mut Tx, paragraphs: &[&str], day: Date) -> Result<Vec<CitedLaw>> {
    let mut targets: Vec<(usize, Target)> = Vec::new();
    for (place, text) in paragraphs.iter().enumerate() {
        let found = find(text, &Context::default());
        targets.extend(
            found
                .into_iter()
                .flat_map(|one| one.targets)
                .map(|one| (place, one)),
        );
    }
    let named: Vec<(usize, Target, Mention)> = targets
        .into_iter()
        .filter_map(|(place, target)| Mention::of(&target.act).map(|mention| (place, target, mention)))
        .collect();
    let mentions: Vec<Mention> = named.iter().map(|one| one.2.clone()).collect();
    let lookups: BTreeSet<&str> = mentions.iter().map(|one| one.lookup.as_str()).collect();
    let candidates = candidates(tx, &lookups).await?;
    let citing = Citing {
        issuers: Vec::new(),
        issued: Some(day),
    };
    let choices = choose(&mentions, &[], &citing, &candidates);
    let mut cited = Vec::new();
    let mut standing: HashMap<ActId, Option<Standing>> = HashMap::new();
    for ((place, target, _), choice) in named.into_iter().zip(choices) {
        let Some(act) = choice.target.map(ActId) else {
            continue;
        };
        let known = match standing.entry(act) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(free) => free.insert(Standing::read(tx, act, day).await?),
        };
        let Some(known) = known else { continue };
        let asked = target.provision.unwrap_or_default();
        let (hash, missing) = known.hash(&asked);
        cited.push(CitedLaw {
            paragraph: place,
            from: target.span.start,
            to: target.span.end,
            act: known.slug().to_owned(),
            provision: if missing { String::new() } else { asked },
            missing,
            hash,
        });
    }
    Ok(cited)
}
