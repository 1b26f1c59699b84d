//! The life of a text: each day on which it changed or will change.

use std::collections::BTreeMap;

use jiff::civil::Date;
use legal::consolidate::Change;
use web::Look;

use super::changes::deed;
use super::time::{Times, Way, article_of, by};
use super::words;
use crate::model::Act;
use crate::places;

/// A day on which the text changed or will change.
pub struct Step {
    /// "01/05/2021".
    pub day: String,
    /// It is still to come.
    pub ahead: bool,
    /// The acts that did it, with where.
    pub by: Vec<Way>,
    /// Articles that changed, each once: "Điều 2: Sửa đổi, bổ sung".
    pub articles: Vec<Way>,
    /// The text from that day on, and what changed on it.
    pub text: String,
    /// What changed on it.
    pub compared: String,
}

/// The life of the text, earliest first; empty where nothing amends it.
#[must_use]
pub fn steps(act: &Act, times: &Times, today: Date, look: Look) -> Vec<Step> {
    let home = format!("/van-ban/{}", act.slug);
    let each = times.versions.iter().map(|version| {
        let day = version.valid_from;
        let mut articles: BTreeMap<&str, Change> = BTreeMap::new();
        let mut order = Vec::new();
        for (row, change, _) in times.done().filter(|(_, _, on)| *on == day) {
            let article = article_of(&row.provision);
            if articles
                .insert(
                    article,
                    if article == row.provision {
                        change
                    } else {
                        Change::Amended
                    },
                )
                .is_none()
            {
                order.push(article);
            }
        }
        let eve = day.yesterday().unwrap_or(day);
        Step {
            day: words::short_date(day),
            ahead: day > today,
            by: by(times, |_, on| on == day, look),
            articles: order
                .into_iter()
                .map(|id| Way {
                    label: format!(
                        "{}: {}",
                        places::place(id),
                        look.t(articles.get(id).map_or("", |change| deed(*change)))
                    ),
                    path: format!("{}?ngay={day}", places::address(&home, id)),
                })
                .collect(),
            text: format!("{home}?ngay={day}"),
            compared: format!("{home}/so-sanh?tu={eve}&den={day}"),
        }
    });
    each.collect()
}
