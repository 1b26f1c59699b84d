//! An act over time, in words: which day is shown, what was changed until then and what comes,
//! what could not be applied, and the history of each provision.

use std::collections::{BTreeMap, BTreeSet};

use db::{Db, Result};
use jiff::civil::Date;
use legal::address::path_of_id;
use legal::consolidate::Change;
use web::{Chrome, Look, Problem, Site};

use super::endings::{Ending, endings};
use super::words;
use crate::model::Act;
use crate::places;
use crate::store::{self, ChangeRow, How, Transition, Version};

/// What is known of the texts of one act.
#[derive(Clone, Debug, Default)]
pub struct Times {
    /// Versions after the text as passed, earliest first.
    pub versions: Vec<Version>,
    /// What was done, in order.
    pub changes: Vec<ChangeRow>,
    /// Transitional articles of the acts that amend this one.
    transitions: Vec<Transition>,
}

impl Times {
    /// Everything that others do to `act`.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn load(db: &Db, act: &Act) -> Result<Self> {
        let changes = store::changes_of(db, act.id).await?;
        if changes.is_empty() {
            return Ok(Self::default());
        }
        Ok(Self {
            versions: store::versions(db, act.id).await?,
            transitions: store::transitions_of(db, act.id).await?,
            changes,
        })
    }

    /// Whether the text changes on a later day by the calendar alone.
    #[must_use]
    pub fn changes_after(&self, day: Date) -> bool {
        self.versions.iter().any(|one| one.valid_from > day)
    }

    pub(super) fn done(&self) -> impl Iterator<Item = (&ChangeRow, Change, Date)> {
        self.changes
            .iter()
            // What ends the act as a whole leaves its words as they are.
            .filter(|one| !one.provision.is_empty())
            .filter_map(|one| match (one.how, one.valid_from) {
                (How::Changed(change), Some(day)) => Some((one, change, day)),
                _ => None,
            })
    }

    /// Articles (or parts) that differ between two days, of those that a provision meets.
    fn touched(&self, one: Date, other: Date, within: &str) -> BTreeSet<&str> {
        let (from, to) = (one.min(other), one.max(other));
        let between = self.done().filter(|(_, _, day)| *day > from && *day <= to);
        let between = between.filter(|(row, _, _)| meets(&row.provision, within));
        between.map(|(row, _, _)| article_of(&row.provision)).collect()
    }
}

/// The article that a provision stands in; itself where it stands in none.
pub(super) fn article_of(id: &str) -> &str {
    let Some(at) = id.find("art_") else { return id };
    id[at..].find("__").map_or(id, |end| &id[..at + end])
}

/// The day that an address asks for.
///
/// # Errors
/// [`Problem::Invalid`] with a sentence where it is no day.
pub fn asked_day(text: &str) -> Result<Option<Date>, Problem> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let as_written = || {
        let mut numbers = text.split(['/', '.']).map(str::parse::<i16>);
        let (Some(Ok(day)), Some(Ok(month)), Some(Ok(year)), None) =
            (numbers.next(), numbers.next(), numbers.next(), numbers.next())
        else {
            return None;
        };
        Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
    };
    let found = text.get(..10).filter(|_| text.len() == 10);
    let day = found.and_then(|text| text.parse().ok()).or_else(as_written);
    day.filter(|day| (1900..2200).contains(&day.year())).map(Some).ok_or_else(|| {
        Problem::Invalid(
            "Ngày không đúng. Hãy viết năm-tháng-ngày, ví dụ 2018-05-01, hoặc ngày/tháng/năm, ví dụ 01/05/2018."
                .to_owned(),
        )
    })
}

/// The page of an asked day is its own address; search engines are led to today's.
pub fn dated(chrome: &mut Chrome, asked: Option<Date>) {
    if let Some(day) = asked {
        chrome.path = format!("{}?ngay={day}", chrome.path);
        chrome.title = format!("{} – {}", chrome.title, words::short_date(day));
        chrome.robots = "noindex";
    }
}

/// A link with its words.
pub struct Way {
    /// Words.
    pub label: String,
    /// Local address without language prefix.
    pub path: String,
}

/// An amendment that is not in the text, or is in it with a doubt.
pub struct Waiting {
    /// The sentence of the amending act.
    pub sentence: String,
    /// Why.
    pub reason: String,
    /// Where it stands.
    pub way: Way,
    /// Since when it holds; empty where that is not known.
    pub since: String,
}

/// What a page says of the day that it shows.
pub struct When {
    /// Value of the date field: `2018-05-01`.
    pub value: String,
    /// Local address that the form asks.
    pub action: String,
    /// A day was asked for.
    pub chosen: bool,
    /// One line: which text this is.
    pub line: String,
    /// What ends the act as a whole.
    pub ended: Vec<Ending>,
    /// What makes it so: each amending act with its day.
    pub by: Vec<Way>,
    /// What an asked day says besides, a sentence each.
    pub more: Vec<String>,
    /// Comparison with today, and the text as passed.
    pub ways: Vec<Way>,
    /// Transitional articles of the acts that changed the text since.
    pub transitional: Vec<Way>,
    /// What is known and not yet in force.
    pub coming: Vec<Way>,
    /// What could not be applied.
    pub refused: Vec<Waiting>,
    /// What officers decided not to apply.
    pub turned_down: Vec<Waiting>,
    /// What was applied and is in doubt.
    pub doubted: Vec<Waiting>,
}

/// What the pages of an act say of the day that they show. `tail` is the address below the act
/// ("/dieu-5", or empty), `within` the provision shown (empty: the act).
#[must_use]
pub fn when(
    site: &Site,
    look: Look,
    act: &Act,
    times: &Times,
    asked: Option<Date>,
    (tail, within): (&str, &str),
) -> When {
    let today = site.today();
    let day = asked.unwrap_or(today);
    let home = format!("/van-ban/{}", act.slug);
    // What holds only later is no matter of the text of a day that was asked for.
    let by_then = |row: &ChangeRow| asked.is_none_or(|day| row.valid_from.is_none_or(|on| on <= day));
    let refused = |row: &ChangeRow| row.how == How::Refused && !row.is_turned_down() && by_then(row);
    let turned_down = |row: &ChangeRow| row.is_turned_down() && by_then(row);
    let doubted = |row: &ChangeRow| row.how == How::Doubted && by_then(row);
    let mut shown = When {
        value: day.to_string(),
        action: format!("{home}{tail}"),
        chosen: asked.is_some(),
        line: line(act, times, asked, (day, within), look),
        ended: endings(times, look),
        by: by(times, |row, on| on <= day && meets(&row.provision, within), look),
        more: Vec::new(),
        ways: Vec::new(),
        transitional: Vec::new(),
        coming: Vec::new(),
        refused: waiting(times, within, refused, look),
        turned_down: waiting(times, within, turned_down, look),
        doubted: waiting(times, within, doubted, look),
    };
    if asked.is_some() {
        asked_into(&mut shown, act, times, (day, today), within, look);
    } else {
        shown.coming = coming(times, today, &shown.action, look);
        if let (Some(passed), false) = (act.issued.or(act.in_force), times.versions.is_empty()) {
            shown.ways.push(Way {
                label: look.t("Nội dung khi ban hành").to_owned(),
                path: format!("{}?ngay={passed}", shown.action),
            });
            shown.ways.push(Way {
                label: look.t("So sánh với khi ban hành").to_owned(),
                path: compared(&home, passed, today, within),
            });
        }
    }
    shown
}

fn line(act: &Act, times: &Times, asked: Option<Date>, (day, within): (Date, &str), look: Look) -> String {
    let amended = times
        .done()
        .any(|(row, _, on)| on <= day && meets(&row.provision, within));
    let date = words::long_date(day, look);
    match (asked, amended) {
        (Some(_), true) => look.fill(
            "Nội dung tại {}, đã gồm các sửa đổi có hiệu lực đến ngày đó:",
            &[&date],
        ),
        (Some(_), false) => look.fill("Nội dung tại {}: như khi ban hành.", &[&date]),
        (None, true) => look
            .t("Nội dung hôm nay, đã gồm các sửa đổi đang có hiệu lực:")
            .to_owned(),
        (None, false) if times.changes.is_empty() || act.confidence.is_some() => String::new(),
        (None, false) => look.t("Nội dung như khi ban hành.").to_owned(),
    }
}

/// Whether a provision is another one, stands in it or holds it; everything meets the act (`""`).
fn meets(one: &str, other: &str) -> bool {
    let within = |one: &str, id: &str| {
        let rest = one.strip_prefix(id);
        id.is_empty() || rest.is_some_and(|rest| rest.is_empty() || rest.starts_with("__"))
    };
    within(one, other) || within(other, one)
}

/// Each act that changed the text, with the day, once.
pub(super) fn by(times: &Times, holds: impl Fn(&ChangeRow, Date) -> bool, look: Look) -> Vec<Way> {
    let mut seen = BTreeMap::new();
    for (row, _, day) in times.done().filter(|(row, _, day)| holds(row, *day)) {
        let days: &mut (String, BTreeSet<Date>) = seen
            .entry((row.by.issued, row.by.slug.clone()))
            .or_insert_with(|| (named(&row.by), BTreeSet::new()));
        days.1.insert(day);
    }
    let each = seen.into_iter().map(|((_, slug), (name, days))| {
        let days: Vec<String> = days.into_iter().map(words::short_date).collect();
        Way {
            label: look.fill("{} (từ {})", &[&name, &days.join(", ")]),
            path: format!("/van-ban/{slug}"),
        }
    });
    each.collect()
}

/// The comparison of two days: of the article that is shown, or of the act.
fn compared(home: &str, from: Date, until: Date, within: &str) -> String {
    let of = match path_of_id(article_of(within)).filter(|_| is_in_article(within)) {
        Some(path) => format!("&muc={path}"),
        None => String::new(),
    };
    format!("{home}/so-sanh?tu={from}&den={until}{of}")
}

/// Whether a provision is an article or stands in one: what a group holds is not seen by its id.
fn is_in_article(id: &str) -> bool {
    id.contains("art_")
}

fn asked_into(
    shown: &mut When,
    act: &Act,
    times: &Times,
    (day, today): (Date, Date),
    within: &str,
    look: Look,
) {
    let home = format!("/van-ban/{}", act.slug);
    if act.issued.is_some_and(|issued| day < issued) {
        shown
            .more
            .push(look.t("Vào ngày này văn bản chưa được ban hành.").to_owned());
    } else {
        let status = act.dated_status_on(day).label();
        shown
            .more
            .push(look.fill("Tình trạng của văn bản vào ngày này: {}.", &[&look.t(status)]));
    }
    if day == today {
        return;
    }
    let own = is_in_article(within);
    let touched = times.touched(day, today, if own { within } else { "" }).len();
    shown.more.push(match (touched, own) {
        (0, _) => look
            .t("Nội dung hôm nay không khác nội dung ngày này.")
            .to_owned(),
        (_, true) => look.t("Nội dung hôm nay khác nội dung ngày này.").to_owned(),
        (count, false) => look.fill("Nội dung hôm nay khác nội dung ngày này ở {} điều.", &[&count]),
    });
    if touched > 0 {
        shown.ways.push(Way {
            label: look.t("So sánh với hôm nay").to_owned(),
            path: compared(&home, day.min(today), day.max(today), within),
        });
    }
    shown.ways.push(Way {
        label: look.t("Xem nội dung hôm nay").to_owned(),
        path: shown.action.clone(),
    });
    let since: BTreeSet<&str> = times
        .done()
        .filter(|(_, _, on)| *on > day && *on <= today)
        .map(|(row, _, _)| row.by.slug.as_str())
        .collect();
    let transitions = times
        .transitions
        .iter()
        .filter(|one| since.contains(one.by.slug.as_str()));
    shown.transitional = transitions
        .map(|one| Way {
            label: format!("{} – {}", one.heading, named(&one.by)),
            path: places::address(&format!("/van-ban/{}", one.by.slug), &one.provision),
        })
        .collect();
}

fn coming(times: &Times, today: Date, action: &str, look: Look) -> Vec<Way> {
    let later = times.versions.iter().filter(|one| one.valid_from > today);
    later
        .map(|one| {
            let names: BTreeSet<String> = times
                .done()
                .filter(|(_, _, day)| *day == one.valid_from)
                .map(|(row, _, _)| named(&row.by))
                .collect();
            let names: Vec<String> = names.into_iter().collect();
            let date = words::short_date(one.valid_from);
            Way {
                label: look.fill("Sẽ thay đổi từ ngày {} theo {}", &[&date, &names.join(", ")]),
                path: format!("{action}?ngay={}", one.valid_from),
            }
        })
        .collect()
}

fn waiting(times: &Times, within: &str, is_it: impl Fn(&ChangeRow) -> bool, look: Look) -> Vec<Waiting> {
    let about = |row: &&ChangeRow| {
        let other = row.provision.strip_prefix(within);
        let own = other.is_some_and(|rest| rest.is_empty() || rest.starts_with("__"));
        is_it(row) && (within.is_empty() || own || row.provision.is_empty())
    };
    let mut all: Vec<Waiting> = Vec::new();
    for row in times.changes.iter().filter(about) {
        let way = said_by(row);
        if all
            .iter()
            .any(|one| one.way.path == way.path && one.sentence == row.sentence)
        {
            continue;
        }
        all.push(Waiting {
            sentence: row.sentence.clone(),
            reason: match row.decided.filter(|_| row.is_turned_down()) {
                Some(day) => look.fill("Cán bộ quyết định ngày {}.", &[&words::short_date(day)]),
                None => row
                    .reason
                    .map_or("", |reason| look.t(reason.sentence()))
                    .to_owned(),
            },
            since: row.valid_from.map(words::short_date).unwrap_or_default(),
            way,
        });
    }
    all
}

/// An amending act by its number: laws that amend the same law bear the same name.
pub(crate) fn named(act: &Act) -> String {
    let short = words::short(act);
    match &act.number {
        Some(number) if !short.contains(number.as_str()) => format!("{} số {number}", act.kind.label()),
        _ => short,
    }
}

/// The provision of the amending act that says so.
pub(super) fn said_by(row: &ChangeRow) -> Way {
    Way {
        label: format!("{} {}", places::place(&row.place), named(&row.by)),
        path: places::address(&format!("/van-ban/{}", row.by.slug), &row.place),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn days_as_people_write_them() {
        let day = Some(date(2018, 5, 1));
        for text in ["2018-05-01", "01/05/2018", "1/5/2018", " 1.5.2018 "] {
            assert_eq!(asked_day(text), Ok(day), "{text}");
        }
        assert_eq!(asked_day(""), Ok(None));
        for text in [
            "hôm qua",
            "2018",
            "2018-02-30",
            "0018-01-01",
            "1/1/1/1",
            "2018-05-01x",
        ] {
            assert!(matches!(asked_day(text), Err(Problem::Invalid(_))), "{text}");
        }
    }

    #[test]
    fn an_article_is_counted_once_whatever_of_it_changed() {
        assert_eq!(article_of("art_7__clause_2__point_a"), "art_7");
        assert_eq!(article_of("att_1__art_7__clause_2"), "att_1__art_7");
        assert_eq!(article_of("app_2"), "app_2");
    }
}
