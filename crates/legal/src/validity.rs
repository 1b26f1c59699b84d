//! Whether an act or a provision holds on a date.
//!
//! Words as the national database of law uses them (Luật 64/2025/QH15 Điều 53–57):
//! chưa có hiệu lực, còn hiệu lực, hết hiệu lực một phần, hết hiệu lực.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// The state of an act on a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// The text names no date that we could read.
    Unknown,
    /// In force from a later date.
    NotYet,
    /// In force.
    InForce,
    /// In force, but some of its provisions no longer are.
    PartlyExpired,
    /// No longer in force.
    Expired,
}

impl Status {
    /// As an official writes it.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Unknown => "Chưa xác định hiệu lực",
            Self::NotYet => "Chưa có hiệu lực",
            Self::InForce => "Còn hiệu lực",
            Self::PartlyExpired => "Hết hiệu lực một phần",
            Self::Expired => "Hết hiệu lực",
        }
    }

    /// Word for addresses and style classes.
    #[must_use]
    pub fn slug(self) -> &'static str {
        match self {
            Self::Unknown => "chua-ro",
            Self::NotYet => "chua-co-hieu-luc",
            Self::InForce => "con-hieu-luc",
            Self::PartlyExpired => "het-mot-phan",
            Self::Expired => "het-hieu-luc",
        }
    }

    /// The state that an address names.
    #[must_use]
    pub fn from_slug(slug: &str) -> Option<Self> {
        [
            Self::Unknown,
            Self::NotYet,
            Self::InForce,
            Self::PartlyExpired,
            Self::Expired,
        ]
        .into_iter()
        .find(|status| status.slug() == slug)
    }
}

/// State on `date` of something in force from `in_force` (inclusive) until
/// `expires` (exclusive: the first day on which it no longer holds).
///
/// Unknown without a first day: an expiry alone does not prove that it ever held,
/// but once past it the thing is expired whatever came before.
#[must_use]
pub fn status_on(in_force: Option<Date>, expires: Option<Date>, date: Date) -> Status {
    match (in_force, expires) {
        (_, Some(end)) if date >= end => Status::Expired,
        (None, _) => Status::Unknown,
        (Some(start), _) if date < start => Status::NotYet,
        (Some(_), _) => Status::InForce,
    }
}

/// The state that a source's words name: "Hết hiệu lực toàn bộ", "Còn hiệu lực" …
#[must_use]
pub fn claimed_status(words: &str) -> Option<Status> {
    let words = viet::fold(words);
    [
        ("mot phan", Status::PartlyExpired),
        ("het hieu luc", Status::Expired),
        ("chua co hieu luc", Status::NotYet),
        ("con hieu luc", Status::InForce),
    ]
    .into_iter()
    .find_map(|(sign, status)| words.contains(sign).then_some(status))
}

/// What a page says. Dates decide; a source adds what dates cannot know: that the act has
/// expired, wholly or in part, or that it holds where its text names no day.
#[must_use]
pub fn standing(dated: Status, claimed: Option<Status>) -> Status {
    match (dated, claimed) {
        (Status::InForce, Some(said @ (Status::PartlyExpired | Status::Expired))) => said,
        (Status::Unknown, Some(said)) => said,
        (dated, _) => dated,
    }
}

/// First day from which detailing acts outlive their parent: Luật 64/2025/QH15 (in force on it)
/// keeps them unless they are contrary or announced to have ended (khoản 2 Điều 57).
const OUTLIVES_FROM: Date = jiff::civil::date(2025, 4, 1);

/// First day of Luật 80/2015/QH13 (its Điều 172), whose Điều 154 khoản 4 ended them with their
/// parent without exception. Of the laws that it stands for (17/2008/QH12, 31/2004/QH11) no text
/// was at hand to read: before this day nothing is concluded.
const LAPSES_FROM: Date = jiff::civil::date(2016, 7, 1);

/// Whether an act that only details (quy định chi tiết) another one lapses with it by law alone,
/// where that one ends as a whole on `parent_end`.
#[must_use]
pub fn lapses_with_parent(parent_end: Date) -> bool {
    (LAPSES_FROM..OUTLIVES_FROM).contains(&parent_end)
}

/// The next day after `date` on which the state changes, if any is known.
#[must_use]
pub fn next_change(in_force: Option<Date>, expires: Option<Date>, date: Date) -> Option<Date> {
    [in_force, expires]
        .into_iter()
        .flatten()
        .filter(|day| *day > date)
        .min()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn state_follows_the_calendar() {
        let start = Some(date(2017, 1, 1));
        let end = Some(date(2027, 1, 1));
        assert_eq!(status_on(start, end, date(2016, 12, 31)), Status::NotYet);
        assert_eq!(status_on(start, end, date(2017, 1, 1)), Status::InForce);
        assert_eq!(status_on(start, end, date(2026, 12, 31)), Status::InForce);
        assert_eq!(status_on(start, end, date(2027, 1, 1)), Status::Expired);
        assert_eq!(status_on(None, None, date(2027, 1, 1)), Status::Unknown);
        assert_eq!(status_on(None, end, date(2027, 1, 1)), Status::Expired);
    }

    #[test]
    fn a_source_adds_what_dates_cannot_know() {
        let said = |words| standing(Status::InForce, claimed_status(words));
        assert_eq!(said("Hết hiệu lực toàn bộ"), Status::Expired);
        assert_eq!(said("Hết hiệu lực một phần"), Status::PartlyExpired);
        assert_eq!(said("Chưa có hiệu lực"), Status::InForce);
        assert_eq!(
            standing(Status::Unknown, claimed_status("Còn hiệu lực")),
            Status::InForce
        );
        assert_eq!(
            standing(Status::NotYet, claimed_status("Hết hiệu lực")),
            Status::NotYet
        );
        assert_eq!(claimed_status("Không rõ"), None);
    }

    #[test]
    fn detailing_acts_outlive_their_parent_from_2025_04_01() {
        assert!(lapses_with_parent(date(2016, 7, 1)));
        assert!(lapses_with_parent(date(2025, 3, 31)));
        assert!(!lapses_with_parent(date(2025, 4, 1)));
        assert!(!lapses_with_parent(date(2016, 6, 30)));
    }

    #[test]
    fn next_change_is_strictly_later() {
        let start = Some(date(2017, 1, 1));
        let end = Some(date(2027, 1, 1));
        assert_eq!(next_change(start, end, date(2016, 1, 1)), start);
        assert_eq!(next_change(start, end, date(2017, 1, 1)), end);
        assert_eq!(next_change(start, end, date(2027, 1, 1)), None);
    }
}
