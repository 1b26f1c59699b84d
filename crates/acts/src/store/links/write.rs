//! Writing what a text says, and telling acts that wait for each other.

use std::collections::BTreeSet;

use db::{Db, Insert, Result, Row, Sql, Tx, changes, sql};
use legal::address::act_slug;
use legal::model::Language;

use super::choose::{Candidate, Choice, Citing, choose};
use super::find::Found;
use super::mention::{Mention, own_name};
use super::tables::{amendments_write, citations_write, definitions_write, mentions_write, relations_write};
use super::{CITED, LINKS};
use crate::import::READER;
use crate::model::{Act, ActId};
use crate::store::amended;
use crate::store::{read, text};

/// Values in one `IN (…)`.
const CHUNK: usize = 400;

/// What happened to an act that its links must follow.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::store) struct Wrote {
    /// It is new, or its number, date, issuers or title may have changed.
    pub(in crate::store) name: bool,
    /// Its Vietnamese text changed.
    pub(in crate::store) text: bool,
}

/// Makes everything derived follow a change of an act, in the transaction of the change.
/// `found` is what its new text says.
pub(in crate::store) async fn follow(
    tx: &mut Tx,
    act: &Act,
    wrote: Wrote,
    found: Option<&Found>,
) -> Result<()> {
    if wrote.name {
        name_write(tx, act).await?;
    }
    let mut due = amended::targets(tx, act.id).await?;
    if let Some(found) = found {
        found_write(tx, act, found).await?;
        due.extend(amended::targets(tx, act.id).await?);
        // It may end with what it details.
        due.extend(found.details().then_some(act.id.0));
    }
    let mut relinked = BTreeSet::new();
    if wrote.name {
        let (slugs, left) = resolve_again(tx, act).await?;
        relinked.extend(slugs);
        due.extend(left);
    }
    if amended::is_target(tx, act.id).await? {
        due.insert(act.id.0);
    }
    amended::mark(tx, &due).await?;
    if wrote.text {
        let query = sql(
            "SELECT DISTINCT a.slug FROM mentions m JOIN acts a ON a.id = m.act_id WHERE m.target_id = $1",
        );
        relinked.extend(slugs(&query.bind(act.id.0).all(&mut *tx).await?)?);
    }
    // The change of the act itself is in the log already.
    relinked.remove(&act.slug);
    let relinked: Vec<String> = relinked.into_iter().collect();
    changes::append_all(tx, LINKS, &relinked).await
}

fn slugs(rows: &[Row]) -> Result<Vec<String>> {
    rows.iter().map(|row| row.get("slug")).collect()
}

async fn name_write(tx: &mut Tx, act: &Act) -> Result<()> {
    sql("DELETE FROM act_names WHERE act_id = $1")
        .bind(act.id.0)
        .run(&mut *tx)
        .await?;
    if let Some(name) = own_name(act.kind, &act.title) {
        let mut insert = Insert::into("act_names", &["act_id", "name"]);
        insert.row([act.id.0.into(), name.into()]);
        insert.run(&mut *tx).await?;
    }
    Ok(())
}

/// Replaces what is known of an act's text.
async fn found_write(tx: &mut Tx, act: &Act, found: &Found) -> Result<()> {
    let mut touched = targets(tx, act.id).await?;
    for table in [
        "mentions",
        "citations",
        "relations",
        "definitions",
        "amendments",
        "linked",
    ] {
        let query = sql(format!("DELETE FROM {table} WHERE act_id = $1"));
        query.bind(act.id.0).run(&mut *tx).await?;
    }
    let lookups: BTreeSet<&str> = found.mentions.iter().map(|one| one.lookup.as_str()).collect();
    let candidates = candidates(tx, &lookups).await?;
    let choices = choose(&found.mentions, &[], &citing(act), &candidates);
    mentions_write(tx, act.id, &found.mentions, &choices).await?;
    citations_write(tx, act.id, found).await?;
    relations_write(tx, act.id, found).await?;
    definitions_write(tx, act.id, found).await?;
    amendments_write(tx, act.id, found).await?;
    let mut linked = Insert::into("linked", &["act_id", "maker"]);
    linked.row([act.id.0.into(), READER.into()]);
    linked.run(&mut *tx).await?;
    touched.extend(targets(tx, act.id).await?);
    touched.insert(act.slug.clone());
    let touched: Vec<String> = touched.into_iter().collect();
    changes::append_all(tx, CITED, &touched).await
}

/// Addresses of the acts that an act links to.
async fn targets(tx: &mut Tx, act: ActId) -> Result<BTreeSet<String>> {
    let query =
        sql("SELECT DISTINCT a.slug FROM mentions m JOIN acts a ON a.id = m.target_id WHERE m.act_id = $1");
    Ok(slugs(&query.bind(act.0).all(tx).await?)?.into_iter().collect())
}

fn citing(act: &Act) -> Citing {
    Citing {
        issuers: act.issuers.iter().map(|issuer| viet::slug(issuer)).collect(),
        issued: act.issued,
    }
}

/// Acts that may be meant by any of the lookups.
pub(super) async fn candidates(tx: &mut Tx, lookups: &BTreeSet<&str>) -> Result<Vec<Candidate>> {
    const ACTS: &str = "SELECT a.id, a.number_key, a.issuers, a.issued, n.name \
         FROM acts a LEFT JOIN act_names n ON n.act_id = a.id WHERE ";
    let lookups: Vec<&str> = lookups.iter().copied().collect();
    let mut found: Vec<Candidate> = Vec::new();
    for chunk in lookups.chunks(CHUNK) {
        for column in ["a.number_key", "n.name"] {
            let query = among(sql(ACTS).push(column), chunk);
            for row in &query.all(&mut *tx).await? {
                let one = candidate(row)?;
                if found.iter().all(|known| known.id != one.id) {
                    found.push(one);
                }
            }
        }
    }
    Ok(found)
}

fn among(query: Sql, words: &[&str]) -> Sql {
    let mut query = query.push(" IN (");
    for (place, word) in words.iter().enumerate() {
        query = if place == 0 { query } else { query.push(", ") }.push_bind(*word);
    }
    query.push(")")
}

fn candidate(row: &Row) -> Result<Candidate> {
    let issuers: Vec<String> = row.json("issuers")?;
    Ok(Candidate {
        id: row.get("id")?,
        number_key: row.get("number_key")?,
        name: row.get("name")?,
        issuers: issuers.iter().map(|issuer| viet::slug(issuer)).collect(),
        issued: row.date("issued")?,
    })
}

/// A mention of an act by another one, as kept.
struct Waiting {
    act: i64,
    ord: i64,
    slug: String,
    citing: Citing,
    mention: Mention,
    held: Choice,
}

impl Waiting {
    fn of(row: &Row) -> Result<Self> {
        let issuers: Vec<String> = row.json("issuers")?;
        let year: Option<i64> = row.get("year")?;
        Ok(Self {
            act: row.get("act_id")?,
            ord: row.get("ord")?,
            slug: row.get("slug")?,
            citing: Citing {
                issuers: issuers.iter().map(|issuer| viet::slug(issuer)).collect(),
                issued: row.date("written")?,
            },
            mention: Mention {
                lookup: row.get("lookup")?,
                by_name: row.get("by_name")?,
                label: String::new(),
                issuer: row.get("issuer")?,
                issued: row.date("issued")?,
                year: year.and_then(|year| i16::try_from(year).ok()),
            },
            held: Choice {
                target: row.get("target_id")?,
                sure: row.get("sure")?,
            },
        })
    }
}

/// Looks again for what the mentions of an act's number and name mean, now that it is here or
/// known otherwise: the addresses of the acts whose links that changed, and the acts that they no
/// longer mean.
async fn resolve_again(tx: &mut Tx, act: &Act) -> Result<(Vec<String>, Vec<i64>)> {
    let number = act_slug(act.number.as_deref().unwrap_or_default());
    let name = own_name(act.kind, &act.title).unwrap_or_default();
    let lookups: BTreeSet<&str> = [number.as_str(), name.as_str()]
        .into_iter()
        .filter(|lookup| !lookup.is_empty())
        .collect();
    let waiting = waiting(tx, act.id, &lookups).await?;
    if waiting.is_empty() {
        return Ok(Default::default());
    }
    let candidates = candidates(tx, &lookups).await?;
    let mut changed: Vec<(&Waiting, Choice)> = Vec::new();
    for group in waiting.chunk_by(|a, b| a.act == b.act) {
        let mentions: Vec<Mention> = group.iter().map(|one| one.mention.clone()).collect();
        let held: Vec<Choice> = group.iter().map(|one| one.held).collect();
        let citing = group.first().map(|one| one.citing.clone()).unwrap_or_default();
        let choices = choose(&mentions, &held, &citing, &candidates);
        changed.extend(
            group
                .iter()
                .zip(choices)
                .filter(|(one, choice)| one.held != *choice),
        );
    }
    update(tx, &changed).await?;
    let left = changed.iter().filter_map(|(one, _)| one.held.target).collect();
    Ok((
        changed.into_iter().map(|(one, _)| one.slug.clone()).collect(),
        left,
    ))
}

async fn waiting(tx: &mut Tx, act: ActId, lookups: &BTreeSet<&str>) -> Result<Vec<Waiting>> {
    let lookups: Vec<&str> = lookups.iter().copied().collect();
    if lookups.is_empty() {
        return Ok(Vec::new());
    }
    // What pointed here and is known by another number or name now is looked at as well.
    let start = "SELECT m.act_id, m.ord, m.lookup, m.by_name, m.issuer, m.issued, m.year, m.target_id, m.sure, \
         a.slug, a.issuers, a.issued AS written FROM mentions m JOIN acts a ON a.id = m.act_id WHERE m.lookup";
    let query = among(sql(start), &lookups)
        .push(" OR m.target_id = ")
        .push_bind(act.0)
        .push(" ORDER BY m.act_id, m.ord");
    query.all(tx).await?.iter().map(Waiting::of).collect()
}

async fn update(tx: &mut Tx, changed: &[(&Waiting, Choice)]) -> Result<()> {
    for (one, choice) in changed {
        sql("UPDATE mentions SET target_id = $1, sure = $2 WHERE act_id = $3 AND ord = $4")
            .bind(choice.target)
            .bind(choice.sure)
            .bind(one.act)
            .bind(one.ord)
            .run(&mut *tx)
            .await?;
    }
    Ok(())
}

/// Derives anew what this reader has not derived yet, for at most `limit` acts; how many it did.
/// After an update of the program, and after a copy was restored.
///
/// # Errors
/// What the engine says.
pub async fn links_catch_up(db: &Db, limit: i64) -> Result<usize> {
    let query = sql("SELECT a.id FROM acts a WHERE NOT EXISTS \
         (SELECT 1 FROM linked l WHERE l.act_id = a.id AND l.maker = $1) ORDER BY a.id LIMIT $2");
    let rows = query.bind(READER).bind(limit).all(db).await?;
    for row in &rows {
        let id = ActId(row.get("id")?);
        if let Some(act) = read::act_by_id(db, id).await? {
            catch_up(db, &act).await?;
        }
    }
    Ok(rows.len())
}

async fn catch_up(db: &Db, act: &Act) -> Result<()> {
    let text = text::base_text(db, act.id, Language::Vi)
        .await?
        .filter(|_| act.confidence.is_none())
        .unwrap_or_default();
    let finding = tokio::task::spawn_blocking(move || Found::of(&text));
    let found = finding.await.unwrap_or_default();
    let mut tx = db.begin().await?;
    let wrote = Wrote {
        name: true,
        text: false,
    };
    follow(&mut tx, act, wrote, Some(&found)).await?;
    changes::append_all(&mut tx, LINKS, std::slice::from_ref(&act.slug)).await?;
    tx.commit().await
}
