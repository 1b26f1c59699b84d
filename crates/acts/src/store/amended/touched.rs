//! Which citations of other rooms' texts (posts, answers, books) are pinned to words that the law
//! no longer says. The rooms keep what they cite and ask here; this room knows none of them.

use std::collections::{BTreeMap, BTreeSet};

use db::{Db, Result, Tx, sql};
use jiff::civil::Date;
use legal::compare::Unit;
use legal::consolidate::Change;
use legal::inspect::text_of;
use legal::model::{Language, Provision, ProvisionKind};
use sha2::{Digest, Sha256};

use super::read::{ChangeRow, How, Stored, changes_of, stored};
use crate::model::{Act, ActId};
use crate::places;
use crate::store::text::{is_within, provision_hash, provisions, provisions_on};
use crate::store::{CitedLaw, read};

/// A citation as another room keeps it: what [`crate::store::cited_law`] said when the text was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pin<'a> {
    /// Address of the act.
    pub act: &'a str,
    /// Id of the provision; empty: the act as a whole.
    pub provision: &'a str,
    /// Hash of what the act said there.
    pub hash: &'a str,
}

impl<'a> From<&'a CitedLaw> for Pin<'a> {
    fn from(cited: &'a CitedLaw) -> Self {
        Self {
            act: &cited.act,
            provision: &cited.provision,
            hash: &cited.hash,
        }
    }
}

/// A citation that the law has changed since.
#[derive(Clone, Debug, PartialEq)]
pub struct Touched {
    /// Which of the pins.
    pub pin: usize,
    /// The day of the last change.
    pub since: Date,
    /// The act that made it; `None` where the act ended on that day.
    pub by: Option<Act>,
    /// What the act says there on the day asked for, as a pin keeps it.
    pub hash: String,
}

/// The pins whose provisions have changed or lapsed by `day`, so that they no longer hold as they did
/// when the pin was set, in the order of the pins.
///
/// # Errors
/// What the engine says.
pub async fn touched(db: &Db, pins: &[Pin<'_>], day: Date) -> Result<Vec<Touched>> {
    let mut by_act: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (place, pin) in pins.iter().enumerate() {
        by_act.entry(pin.act).or_default().push(place);
    }
    let mut found = Vec::new();
    for (slug, places) in by_act {
        let Some(act) = read::act_by_slug(db, slug).await? else {
            continue;
        };
        let changes = changes_of(db, act.id).await?;
        let ended = act.ends.filter(|end| *end <= day);
        let halted = act.halt_on(day).map(|halt| halt.from);
        if changes.is_empty() && ended.is_none() {
            continue;
        }
        let text = match stored(db, act.id, day).await? {
            Some(stored) => stored.provisions,
            None => provisions(db, act.id, Language::Vi).await?,
        };
        for place in places {
            let Some(pin) = pins.get(place) else { continue };
            let last = last_change(&changes, pin.provision, day).map(|(row, on)| (on, Some(row.by.clone())));
            let last = last.into_iter().chain(
                halted
                    .into_iter()
                    .chain(ended)
                    .map(|on| (on, ended_by(&changes, on))),
            );
            let hash = standing_hash(&text, &act, &changes, pin.provision, day);
            if let Some((since, by)) = last.max_by_key(|one| one.0)
                && hash != pin.hash
            {
                found.push(Touched {
                    pin: place,
                    since,
                    by,
                    hash,
                });
            }
        }
    }
    found.sort_by_key(|one| one.pin);
    Ok(found)
}

/// SHA-256 of what a provision is worth on a day: its words, and where it lapsed or was suspended, or
/// the act ended, that too.
fn standing_hash(text: &[Provision], act: &Act, changes: &[ChangeRow], id: &str, day: Date) -> String {
    marked(provision_hash(text, id), &mark(act, changes, id, day))
}

fn marked(hash: String, mark: &str) -> String {
    if mark.is_empty() {
        return hash;
    }
    hex::encode(Sha256::digest(format!("{hash} {mark}")))
}

/// What happened to a provision that leaves its words as they are.
fn mark(act: &Act, changes: &[ChangeRow], id: &str, day: Date) -> String {
    let by_day = |row: &&ChangeRow| row.valid_from.is_some_and(|on| on <= day);
    let resumed = |halt: &ChangeRow| {
        let mut later = changes
            .iter()
            .filter(by_day)
            .filter(|row| row.how == How::Changed(Change::Resumed) && row.valid_from > halt.valid_from);
        later.any(|row| row.provision == halt.provision && row.by.id == halt.by.id)
    };
    let stays = |row: &&ChangeRow| {
        let how = match row.how {
            How::Changed(Change::Lapsed) => true,
            How::Changed(Change::Suspended) => !resumed(row),
            _ => false,
        };
        how && meets(row, id) && by_day(row)
    };
    let each = changes.iter().filter(stays).map(|row| {
        let on = row.valid_from.map(|on| on.to_string()).unwrap_or_default();
        format!("{}@{on}", row.provision)
    });
    let ended = act.ends.filter(|end| *end <= day).map(|end| format!("@{end}"));
    let halted = act.halt_on(day).map(|halt| format!("ngưng@{}", halt.from));
    each.chain(halted).chain(ended).collect::<Vec<_>>().join(" ")
}

/// An act on the day on which a text that cites it is written; read once, whatever the text cites of it.
pub(in crate::store) struct Standing {
    act: Act,
    text: Vec<Provision>,
    changes: Vec<ChangeRow>,
    day: Date,
}

impl Standing {
    pub(in crate::store) async fn read(tx: &mut Tx, act: ActId, day: Date) -> Result<Option<Self>> {
        let Some(known) = read::act_by_id(&mut *tx, act).await? else {
            return Ok(None);
        };
        Ok(Some(Self {
            act: known,
            text: provisions_on(tx, act, day).await?,
            changes: changes_of(&mut *tx, act).await?,
            day,
        }))
    }

    pub(in crate::store) fn slug(&self) -> &str {
        &self.act.slug
    }

    /// The hash of a provision, and whether the act has none of that name.
    pub(in crate::store) fn hash(&self, id: &str) -> (String, bool) {
        let missing = !self.text.iter().any(|one| is_within(&one.id, id)) && !id.is_empty();
        let hash = standing_hash(&self.text, &self.act, &self.changes, id, self.day);
        (hash, missing)
    }
}

/// Whether a change is about a provision, what it stands in, or what stands in it. What ends the act
/// as a whole counts from the day that its `ends` says.
fn meets(row: &ChangeRow, id: &str) -> bool {
    !row.provision.is_empty() && (is_within(&row.provision, id) || is_within(id, &row.provision))
}

/// The act that ends this one on a day.
fn ended_by(changes: &[ChangeRow], on: Date) -> Option<Act> {
    let ends = |row: &&ChangeRow| {
        let whole = row.provision.is_empty() && matches!(row.how, How::Changed(_));
        whole && row.valid_from == Some(on)
    };
    changes.iter().find(ends).map(|row| row.by.clone())
}

/// The last change of a provision by a day.
fn last_change<'a>(changes: &'a [ChangeRow], id: &str, day: Date) -> Option<(&'a ChangeRow, Date)> {
    let about = changes
        .iter()
        .filter(|row| matches!(row.how, How::Changed(_)) && meets(row, id));
    about
        .filter_map(|row| Some((row, row.valid_from.filter(|on| *on <= day)?)))
        .max_by_key(|(_, on)| *on)
}

/// Texts looked through for the one that was pinned.
const TEXTS: i64 = 100;

/// What a pinned provision said when the pin was set, and what it says on a day, ready to be compared.
/// Where the text of then is kept no more it is `None`.
///
/// # Errors
/// What the engine says.
pub async fn pin_texts(db: &Db, pin: &Pin<'_>, day: Date) -> Result<(Option<Unit>, Unit)> {
    let Some(act) = read::act_by_slug(db, pin.act).await? else {
        return Ok((None, Unit::default()));
    };
    let changes = changes_of(db, act.id).await?;
    let eves = act.halts.iter().map(|halt| halt.from);
    let days = changes.iter().filter_map(|row| row.valid_from);
    let days = days.chain(eves).chain(act.ends);
    let marks: BTreeSet<String> = days.map(|on| mark(&act, &changes, pin.provision, on)).collect();
    let is_it = |text: &[Provision]| {
        let hash = provision_hash(text, pin.provision);
        hash == pin.hash || marks.iter().any(|mark| marked(hash.clone(), mark) == pin.hash)
    };
    let base = provisions(db, act.id, Language::Vi).await?;
    let now = stored(db, act.id, day).await?.map(|stored| stored.provisions);
    let unit = |text: &[Provision]| unit_of(text, pin.provision);
    let today = unit(now.as_ref().unwrap_or(&base));
    if is_it(&base) {
        return Ok((Some(unit(&base)), today));
    }
    // Versions that are no longer held to be right are kept too.
    let query = sql("SELECT content FROM act_versions WHERE act_id = $1 \
         ORDER BY valid_from DESC, known_from DESC LIMIT $2");
    for row in &query.bind(act.id.0).bind(TEXTS).all(db).await? {
        let text = Stored::unpacked(&row.get::<Vec<u8>>("content")?)?.provisions;
        if is_it(&text) {
            return Ok((Some(unit(&text)), today));
        }
    }
    Ok((None, today))
}

/// A provision with all below it as one piece of text.
fn unit_of(text: &[Provision], id: &str) -> Unit {
    let inside: Vec<Provision> = text
        .iter()
        .filter(|one| is_within(&one.id, id))
        .cloned()
        .collect();
    let heading = inside.first().and_then(|one| one.heading.clone());
    let name = if id.is_empty() {
        String::new()
    } else {
        places::place(id)
    };
    let lines = inside.iter().map(|one| {
        let number = match one.kind {
            ProvisionKind::Clause => format!("{}. ", one.number),
            ProvisionKind::Point => format!("{}) ", one.number),
            _ => String::new(),
        };
        format!("{number}{}", text_of(&one.blocks))
    });
    Unit {
        id: id.to_owned(),
        heading: heading.map_or_else(|| name.clone(), |heading| format!("{name}. {heading}")),
        text: lines.collect::<Vec<_>>().join("\n"),
    }
}
