//! What a change of law touches. A room whose content cites provisions registers as a [`Citer`]; the
//! queue is kept here, by following the change log and the days on which acts end. Each room knows its
//! items, units and pages; this one knows none of them.

use std::collections::BTreeSet;

use db::{Db, Result, changes};
use futures::future::BoxFuture;
use jiff::civil::Date;
use policy::{Permission, UnitId};
use web::Site;

use crate::store::{self, Pin, TouchedKey};

/// What a room answers.
pub type Answer<T> = BoxFuture<'static, Result<Vec<T>>>;

/// A room whose public items cite the law.
#[derive(Clone, Copy, Debug)]
pub struct Citer {
    /// Word of the kind: `post`.
    pub kind: &'static str,
    /// The public items that cite an act, given by its address: each pin with the number of its item.
    pub citing: fn(Db, String) -> Answer<Citing>,
    /// What the queue says of items that wait; those that are public no more are left out.
    pub told: fn(Db, Vec<i64>) -> Answer<Told>,
    /// Who is told of an item of his units: any of these permissions.
    pub may: &'static [Permission],
}

/// A pin of an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Citing {
    /// Number of the item in its room.
    pub item: i64,
    /// The provision; empty: the act as a whole.
    pub provision: String,
    /// Hash of what the act said there ([`store::CitedLaw::hash`]).
    pub hash: String,
}

/// An item as the queue shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// Number of the item in its room.
    pub item: i64,
    /// The unit that answers for it.
    pub unit: UnitId,
    /// Title.
    pub title: String,
    /// The page on which it is looked at.
    pub path: String,
}

/// Entries of the log that are read at once.
const BATCH: i64 = 500;

/// Brings the queue up to the log and the day; how many acts were looked at, 0 where nothing is left.
/// Called again and again; several nodes may do so.
///
/// # Errors
/// What the engine says.
pub async fn follow(site: &Site, citers: &[Citer]) -> Result<usize> {
    let (db, today) = (site.db(), site.today());
    let (seq, day) = store::seen(db).await?;
    let log = changes::since(db, seq, BATCH).await?;
    let mut slugs: BTreeSet<String> = log
        .iter()
        .filter(|one| one.kind == "act" || one.kind == "about")
        .map(|one| one.key.clone())
        .collect();
    if let Some(day) = day.filter(|day| *day < today) {
        slugs.extend(store::ended_between(db, day, today).await?);
    }
    let last = log.last().map_or(seq, |one| one.seq);
    if last == seq && day == Some(today) {
        return Ok(0);
    }
    for slug in &slugs {
        look_at(db, citers, slug, today).await?;
    }
    let mut tx = db.begin().await?;
    store::seen_put(&mut tx, last, today).await?;
    tx.commit().await?;
    Ok(log.len().max(slugs.len()))
}

/// Looks anew at everything that cites an act.
async fn look_at(db: &Db, citers: &[Citer], act: &str, day: Date) -> Result<()> {
    for citer in citers {
        let citing = (citer.citing)(db.clone(), act.to_owned()).await?;
        let pins: Vec<Pin<'_>> = citing
            .iter()
            .map(|one| Pin {
                act,
                provision: &one.provision,
                hash: &one.hash,
            })
            .collect();
        let touched = store::touched(db, &pins, day).await?;
        let keys: BTreeSet<TouchedKey> = touched
            .iter()
            .filter_map(|one| {
                let pin = citing.get(one.pin)?;
                Some(TouchedKey {
                    item: pin.item,
                    provision: pin.provision.clone(),
                    since: one.since,
                })
            })
            .collect();
        let keys: Vec<TouchedKey> = keys.into_iter().collect();
        if keys.is_empty() && !store::touched_any(db, citer.kind, act).await? {
            continue;
        }
        let mut tx = db.begin().await?;
        store::touched_put(&mut tx, citer.kind, act, &keys).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// What waits in the room of a citer, longest first.
///
/// # Errors
/// What the engine says.
pub async fn waiting(db: &Db, citer: &Citer) -> Result<Vec<Told>> {
    let items = store::touched_items(db, citer.kind).await?;
    if items.is_empty() {
        return Ok(Vec::new());
    }
    let order: Vec<i64> = items.iter().map(|one| one.item).collect();
    let mut told = (citer.told)(db.clone(), order.clone()).await?;
    told.sort_by_key(|one| order.iter().position(|item| *item == one.item));
    Ok(told)
}
