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
    /// What the act is called: "Bộ luật Dân sự", "Nghị định 78/2025/NĐ-CP".
    pub name: String,
    /// What the name does not say: the title of a decree, the number of a law; may be empty.
    pub rest: String,
    /// Language of the name.
    pub lang: &'static str,
    /// Issuers in one line.
    pub issuers: String,
    /// "24/11/2015"; empty where not known.
    pub issued: String,
    /// State today.
    pub standing: Standing,
    /// Only metadata is kept.
    pub bare: bool,
    /// Its text was recognised by a machine.
    pub recognised: bool,
}

impl Item {
    /// The act as seen on `today`.
    #[must_use]
    pub fn of(act: &Act, today: Date, look: Look) -> Self {
        let (name, rest) = words::name_and_rest(act);
        Self {
            path: format!("/van-ban/{}", act.slug),
            name,
            rest,
            lang: words::name_lang(act),
            issuers: act.issuers.join(", "),
            issued: act.issued.map(words::short_date).unwrap_or_default(),
            standing: standing(act, today, look),
            bare: !act.has_text && !act.has_english,
            recognised: act.confidence.is_some(),
        }
    }

    /// Several acts.
    #[must_use]
    pub fn list(acts: &[Act], today: Date, look: Look) -> Vec<Self> {
        acts.iter().map(|act| Self::of(act, today, look)).collect()
    }
}
