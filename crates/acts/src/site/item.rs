//! One act in a list.

use jiff::civil::Date;
use web::Look;

use super::standing::{Standing, standing};
use super::words;
use crate::model::Act;

/// What a list shows of an act.
#[derive(Clone, Debug)]
pub struct Item {
    /// Local address without language prefix.
    pub path: String,
    /// One line that names the act.
    pub name: String,
    /// Issuers in one line.
    pub issuers: String,
    /// "24/11/2015"; empty where not known.
    pub issued: String,
    /// State today.
    pub standing: Standing,
    /// Only metadata is kept.
    pub bare: bool,
}

impl Item {
    /// The act as seen on `today`.
    #[must_use]
    pub fn of(act: &Act, today: Date, look: Look) -> Self {
        Self {
            path: format!("/van-ban/{}", act.slug),
            name: words::one_line(act),
            issuers: act.issuers.join(", "),
            issued: act.issued.map(words::short_date).unwrap_or_default(),
            standing: standing(act, today, look),
            bare: !act.has_text && !act.has_english,
        }
    }

    /// Several acts.
    #[must_use]
    pub fn list(acts: &[Act], today: Date, look: Look) -> Vec<Self> {
        acts.iter().map(|act| Self::of(act, today, look)).collect()
    }
}
