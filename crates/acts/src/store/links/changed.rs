//! What the words cite that amendments gave an act: citations are kept for texts as imported, those
//! of other words are found when they are read.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use db::{Db, Result, Tx, sql};
use jiff::civil::Date;
use legal::citations::{ActRef, Context, Field, Index, Status, Target, find};
use legal::definitions;
use legal::model::{ActText, Block, Metadata, Provision};

use super::choose::{Citing, choose};
use super::find::field_number;
use super::glossary::{Defined, definitions as kept};
use super::mention::Mention;
use super::read::{Goal, Link, is_part, links};
use super::write::candidates;
use crate::model::{Act, ActId};
use crate::store::amended::{Stored, stored};
use crate::store::text::is_within;

/// The citations of the Vietnamese text of an act on a day; of one provision and what stands in
/// it, where `within` names one.
///
/// # Errors
/// What the engine says.
pub async fn links_on(db: &Db, act: &Act, within: Option<&str>, day: Date) -> Result<Vec<Link>> {
    let mut all = links(db, act.id, within).await?;
    let Some(text) = stored(db, act.id, day).await? else {
        return Ok(all);
    };
    all.retain(|link| !text.changed.contains(&link.place));
    let mut reading = db.snapshot().await?;
    all.extend(of_changed(&mut reading, act, text, within).await?);
    reading.rollback().await?;
    Ok(all)
}

/// The words that an act defines, as its text on a day defines them.
///
/// # Errors
/// What the engine says.
pub async fn definitions_on(db: &Db, act: &Act, day: Date) -> Result<Vec<Defined>> {
    let kept = kept(db, act.id).await?;
    let Some(text) = stored(db, act.id, day).await? else {
        return Ok(kept);
    };
    let defines = |id: &String| {
        let glossary = |one: &Provision| {
            let heading = one.heading.as_deref().unwrap_or_default();
            heading.contains("từ ngữ") && is_within(id, &one.id)
        };
        kept.iter().any(|one| is_within(&one.place, id)) || text.provisions.iter().any(glossary)
    };
    if !text.changed.iter().any(defines) {
        return Ok(kept);
    }
    let text = whole(act, text);
    let each = definitions::definitions(&text).into_iter().flat_map(|one| {
        let terms: Vec<String> = std::iter::once(one.term.clone())
            .chain(one.also.clone())
            .collect();
        terms.into_iter().map(move |term| Defined {
            term,
            kind: one.kind,
            body: one.text.clone(),
            scope: one.scope.clone(),
            place: one.at.clone(),
        })
    });
    Ok(each.collect())
}

fn whole(act: &Act, text: Stored) -> ActText {
    ActText {
        metadata: Metadata {
            kind: Some(act.kind),
            number: act.number.clone(),
            issued: act.issued,
            ..Metadata::default()
        },
        parts: text.parts,
        provisions: text.provisions,
        ..ActText::default()
    }
}

/// A target of a citation and where its words stand.
struct Placed {
    place: String,
    path: Vec<usize>,
    target: Target,
}

async fn of_changed(tx: &mut Tx, act: &Act, text: Stored, within: Option<&str>) -> Result<Vec<Link>> {
    let changed: HashSet<String> = text.changed.iter().cloned().collect();
    let text = whole(act, text);
    let placed = cited(&text, |id| {
        changed.contains(id) && within.is_none_or(|outer| is_within(id, outer))
    });
    let mentions: Vec<Option<Mention>> = placed.iter().map(|one| Mention::of(&one.target.act)).collect();
    let known: Vec<Mention> = mentions.iter().flatten().cloned().collect();
    let lookups: BTreeSet<&str> = known.iter().map(|one| one.lookup.as_str()).collect();
    let found = candidates(tx, &lookups).await?;
    let citing = Citing {
        issuers: act.issuers.iter().map(|issuer| viet::slug(issuer)).collect(),
        issued: act.issued,
    };
    let mut choices = choose(&known, &[], &citing, &found).into_iter();
    let chosen: Vec<_> = mentions
        .iter()
        .map(|one| one.as_ref().and_then(|_| choices.next()))
        .collect();
    let acts: BTreeSet<i64> = chosen
        .iter()
        .flatten()
        .filter_map(|choice| choice.target)
        .collect();
    let there = Others::read(tx, &acts).await?;
    let mut out = Vec::with_capacity(placed.len());
    for (one, choice) in placed.into_iter().zip(chosen) {
        let provision = one.target.provision.unwrap_or_default();
        let goal = match (&one.target.act, one.target.status) {
            (_, Status::Ambiguous) => Goal::Ambiguous,
            (ActRef::This, Status::Resolved) => Goal::Own(provision),
            (ActRef::This, _) => Goal::Missing,
            _ => match choice.and_then(|choice| Some((choice.target?, choice.sure))) {
                Some((id, sure)) => there.goal(tx, id, provision, sure).await?,
                None => Goal::Unknown,
            },
        };
        // "Điều này": what a reader is in already is nothing to lead to.
        if !matches!(&goal, Goal::Own(id) if is_within(&one.place, id)) {
            out.push(Link {
                place: one.place,
                path: one.path,
                from: one.target.span.start,
                to: one.target.span.end,
                goal,
            });
        }
    }
    Ok(out)
}

/// The citations of the headings and paragraphs of some provisions.
fn cited(text: &ActText, wanted: impl Fn(&str) -> bool) -> Vec<Placed> {
    let index = Index::new(text);
    let mut out = Vec::new();
    for provision in text.provisions.iter().filter(|one| wanted(&one.id)) {
        let context = Context {
            at: &provision.id,
            kind: text.metadata.kind,
            index: Some(&index),
            ..Context::default()
        };
        let heading = provision
            .heading
            .as_deref()
            .map(|words| (vec![field_number(Field::Heading)], words));
        let paras = provision
            .blocks
            .iter()
            .enumerate()
            .filter_map(|(place, block)| match block {
                Block::Para(para) => Some((vec![field_number(Field::Body), place], para.text.as_str())),
                _ => None,
            });
        for (path, words) in heading.into_iter().chain(paras) {
            let targets = find(words, &context).into_iter().flat_map(|one| one.targets);
            out.extend(targets.map(|target| Placed {
                place: provision.id.clone(),
                path: path.clone(),
                target,
            }));
        }
    }
    out
}

/// Acts that are cited: address, and whether their text can be read here.
struct Others(BTreeMap<i64, (String, bool)>);

impl Others {
    async fn read(tx: &mut Tx, acts: &BTreeSet<i64>) -> Result<Self> {
        let mut all = BTreeMap::new();
        for id in acts {
            let query =
                sql("SELECT slug, has_text AND NOT translation_only AS readable FROM acts WHERE id = $1");
            if let Some(row) = query.bind(*id).optional(&mut *tx).await? {
                all.insert(*id, (row.get("slug")?, row.get("readable")?));
            }
        }
        Ok(Self(all))
    }

    async fn goal(&self, tx: &mut Tx, act: i64, provision: String, sure: bool) -> Result<Goal> {
        let Some((slug, readable)) = self.0.get(&act).cloned() else {
            return Ok(Goal::Unknown);
        };
        let is_there = provision.is_empty() || has(tx, ActId(act), &provision).await?;
        if readable && !is_there && !is_part(&provision) {
            return Ok(Goal::Missing);
        }
        let shown = is_there || (readable && is_part(&provision));
        Ok(Goal::Other {
            slug,
            provision: if shown { provision } else { String::new() },
            sure,
        })
    }
}

/// Whether an act has or once had a provision.
async fn has(tx: &mut Tx, act: ActId, provision: &str) -> Result<bool> {
    let query = sql(
        "SELECT 1 AS one FROM provision_versions v WHERE v.act_id = $1 AND v.provision = $2 \
         AND v.language = 'vi' AND v.known_until IS NULL AND v.valid_until IS NULL \
         UNION ALL SELECT 1 AS one FROM act_changes c WHERE c.act_id = $1 AND c.provision = $2 \
         AND c.how = 'inserted' AND c.known_until IS NULL LIMIT 1",
    );
    Ok(query.bind(act.0).bind(provision).optional(tx).await?.is_some())
}
