//! Which citations of other rooms' texts (posts, answers, books) are pinned to words that the law
//! no longer says. The rooms keep what they cite and ask here; this room knows none of them.

use std::collections::BTreeMap;

use db::{Db, Result};
use jiff::civil::Date;
use legal::model::Language;

use super::read::{ChangeRow, How, changes_of, stored};
use crate::model::Act;
use crate::store::text::{is_within, provision_hash, provisions};
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

/// A citation whose words are others now.
#[derive(Clone, Debug, PartialEq)]
pub struct Touched {
    /// Which of the pins.
    pub pin: usize,
    /// The day of the last change.
    pub since: Date,
    /// The act that made it.
    pub by: Act,
}

/// The pins whose provisions acts have changed by `day`, so that they no longer say what they said
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
        if changes.is_empty() {
            continue;
        }
        let text = match stored(db, act.id, day).await? {
            Some(stored) => stored.provisions,
            None => provisions(db, act.id, Language::Vi).await?,
        };
        for place in places {
            let Some(pin) = pins.get(place) else { continue };
            let last = last_change(&changes, pin.provision, day);
            if let Some((row, since)) = last
                && provision_hash(&text, pin.provision) != pin.hash
            {
                let by = row.by.clone();
                found.push(Touched {
                    pin: place,
                    since,
                    by,
                });
            }
        }
    }
    found.sort_by_key(|one| one.pin);
    Ok(found)
}

/// The last change by a day of a provision, of what it stands in, or of what stands in it.
fn last_change<'a>(changes: &'a [ChangeRow], id: &str, day: Date) -> Option<(&'a ChangeRow, Date)> {
    let about = changes.iter().filter(|row| {
        matches!(row.how, How::Changed(_)) && (is_within(&row.provision, id) || is_within(id, &row.provision))
    });
    about
        .filter_map(|row| Some((row, row.valid_from.filter(|on| *on <= day)?)))
        .max_by_key(|(_, on)| *on)
}
