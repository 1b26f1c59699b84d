//! What a text that is no act (a post, a reply) cites of the acts that are here.

use std::collections::BTreeSet;

use db::{Result, Tx, sql};
use jiff::civil::Date;
use legal::citations::{Context, Target, find};
use sha2::{Digest, Sha256};

use super::choose::{Citing, choose};
use super::mention::Mention;
use super::write::candidates;
use crate::model::ActId;
use crate::store::{read, rows};

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
    /// SHA-256 of what the act says there, in hex: another one means that the law has changed.
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
    for ((place, target, _), choice) in named.into_iter().zip(choices) {
        let Some(act) = choice.target.map(ActId) else {
            continue;
        };
        let Some(act) = read::act_by_id(&mut *tx, act).await? else {
            continue;
        };
        let asked = target.provision.unwrap_or_default();
        let (hash, missing) = content_hash(tx, act.id, &asked, day).await?;
        cited.push(CitedLaw {
            paragraph: place,
            from: target.span.start,
            to: target.span.end,
            act: act.slug,
            provision: if missing { String::new() } else { asked },
            missing,
            hash,
        });
    }
    Ok(cited)
}

/// SHA-256 of the Vietnamese text of a provision with all below it (empty: of the whole act) on a
/// day, and whether there is no such provision.
async fn content_hash(tx: &mut Tx, act: ActId, provision: &str, day: Date) -> Result<(String, bool)> {
    let mut query = sql(
        "SELECT v.provision, v.number, v.heading, v.content FROM provision_versions v \
         WHERE v.act_id = $1 AND v.language = $2 AND v.known_until IS NULL \
         AND (v.origin = 'original' OR v.valid_from IS NULL OR v.valid_from <= $3) \
         AND (v.valid_until IS NULL OR v.valid_until > $3)",
    )
    .bind(act.0)
    .bind(rows::language_code(legal::model::Language::Vi))
    .bind(day);
    if !provision.is_empty() {
        query = query.push(" AND (v.provision = ").push_bind(provision);
        query = query
            .push(" OR v.provision LIKE ")
            .push_bind(format!("{provision}\\_\\_%"));
        query = query.push(" ESCAPE '\\')");
    }
    let found = query.push(" ORDER BY v.ord").all(tx).await?;
    let mut hash = Sha256::new();
    for row in &found {
        for column in ["provision", "number", "content"] {
            hash.update(row.get::<String>(column)?.as_bytes());
            hash.update([0]);
        }
        hash.update(
            row.get::<Option<String>>("heading")?
                .unwrap_or_default()
                .as_bytes(),
        );
        hash.update([0]);
    }
    let missing = found.is_empty() && !provision.is_empty();
    Ok((hex::encode(hash.finalize()), missing))
}
