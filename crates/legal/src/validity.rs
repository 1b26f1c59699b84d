//! Whether an act or a provision holds on a date.
//!
//! Words as the national database of law uses them (Luật 64/2025/QH15 Điều 53–57):
//! chưa có hiệu lực, còn hiệu lực, hết hiệu lực một phần, ngưng hiệu lực (một phần), hết hiệu lực.

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
    /// It does not hold for a time.
    Suspended,
    /// In force, but some of its provisions do not hold for a time.
    PartlySuspended,
    /// No longer in force.
    Expired,
}

/// A time for which an act does not hold (ngưng hiệu lực).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Halt {
    /// First day.
    pub from: Date,
    /// First day on which it holds again; `None`: none is known.
    pub until: Option<Date>,
    /// The whole act, not single provisions.
    pub whole: bool,
}

impl Halt {
    /// Whether it does not hold on a day.
    #[must_use]
    pub fn is_on(&self, date: Date) -> bool {
        self.from <= date && self.until.is_none_or(|end| date < end)
    }
}

impl Status {
    /// Every state, in the order of lists.
    pub const ALL: [Self; 7] = [
        Self::InForce,
        Self::NotYet,
        Self::PartlyExpired,
        Self::PartlySuspended,
        Self::Suspended,
        Self::Expired,
        Self::Unknown,
    ];

    /// As an official writes it.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Unknown => "Chưa xác định hiệu lực",
            Self::NotYet => "Chưa có hiệu lực",
            Self::InForce => "Còn hiệu lực",
            Self::PartlyExpired => "Hết hiệu lực một phần",
            Self::Suspended => "Ngưng hiệu lực",
            Self::PartlySuspended => "Ngưng hiệu lực một phần",
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
            Self::Suspended => "ngung-hieu-luc",
            Self::PartlySuspended => "ngung-mot-phan",
            Self::Expired => "het-hieu-luc",
        }
    }

    /// The state that an address names.
    #[must_use]
    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.slug() == slug)
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
    let part = words.contains("mot phan");
    if words.contains("ngung hieu luc") {
        let state = if part {
            Status::PartlySuspended
        } else {
            Status::Suspended
        };
        return Some(state);
    }
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
/// expired or is suspended, wholly or in part, or that it holds where its text names no day.
#[must_use]
pub fn standing(dated: Status, claimed: Option<Status>) -> Status {
    match (dated, claimed) {
        (Status::InForce, Some(said)) if !matches!(said, Status::Unknown | Status::NotYet) => said,
        (Status::Unknown, Some(said)) => said,
        (dated, _) => dated,
    }
}

/// The state with the times for which an act does not hold: only what is in force can be suspended.
#[must_use]
pub fn halted(status: Status, halts: &[Halt], date: Date) -> Status {
    use Status::{InForce, PartlyExpired, PartlySuspended, Suspended};
    let holds = matches!(status, InForce | PartlyExpired | PartlySuspended);
    let on = || halts.iter().filter(|halt| halt.is_on(date));
    match (holds, on().any(|halt| halt.whole), on().next()) {
        (true, true, _) => Suspended,
        (true, false, Some(_)) => PartlySuspended,
        _ => status,
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
        assert_eq!(said("Ngưng hiệu lực một phần"), Status::PartlySuspended);
        assert_eq!(said("Ngưng hiệu lực toàn bộ"), Status::Suspended);
    }

    #[test]
    fn a_time_of_suspension_has_a_first_and_a_last_day() {
        let halt = |whole, until| Halt {
            from: date(2023, 3, 5),
            until,
            whole,
        };
        let end = Some(date(2024, 1, 1));
        for (status, halts, day, wanted) in [
            (
                Status::InForce,
                vec![halt(true, end)],
                date(2023, 3, 4),
                Status::InForce,
            ),
            (
                Status::InForce,
                vec![halt(true, end)],
                date(2023, 3, 5),
                Status::Suspended,
            ),
            (
                Status::InForce,
                vec![halt(true, end)],
                date(2023, 12, 31),
                Status::Suspended,
            ),
            (
                Status::InForce,
                vec![halt(true, end)],
                date(2024, 1, 1),
                Status::InForce,
            ),
            (
                Status::InForce,
                vec![halt(true, None)],
                date(2044, 1, 1),
                Status::Suspended,
            ),
            (
                Status::PartlyExpired,
                vec![halt(false, end)],
                date(2023, 6, 1),
                Status::PartlySuspended,
            ),
            (
                Status::Expired,
                vec![halt(true, None)],
                date(2023, 6, 1),
                Status::Expired,
            ),
            (
                Status::NotYet,
                vec![halt(true, None)],
                date(2023, 6, 1),
                Status::NotYet,
            ),
        ] {
            assert_eq!(halted(status, &halts, day), wanted, "{status:?} {day}");
        }
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
