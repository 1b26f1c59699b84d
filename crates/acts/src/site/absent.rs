//! A provision that the act does not have on the day asked: when it had it, and who changed that.

use askama::Template;
use jiff::civil::Date;
use web::{Chrome, Look, Page, Problem, Site};

use super::act::crumbs;
use super::time::{Times, Way, said_by};
use super::words;
use crate::model::Act;
use crate::store::How;
use crate::{places, store};

#[derive(Template)]
#[template(path = "absent.html")]
struct Absent {
    chrome: Chrome,
    /// "Điều 7a".
    title: String,
    /// Name and address of the act.
    act: (String, String),
    /// What is said of the day.
    line: String,
    /// When there is such a provision.
    spans: Vec<Way>,
    /// The sentences that made or took it.
    by: Vec<(String, Way)>,
}

/// The page, or [`Problem::NotFound`] where the act never has such a provision.
pub(super) async fn page(
    site: &Site,
    look: Look,
    act: &Act,
    times: &Times,
    (path, id): (&str, &str),
    asked: Option<Date>,
) -> Result<Page, Problem> {
    let days = store::provision_days(site.db(), act.id, id)
        .await
        .map_err(Problem::internal)?;
    if days.is_empty() {
        return Err(Problem::NotFound);
    }
    let day = asked.unwrap_or_else(|| site.today());
    let place = places::place(id);
    let mut letters = place.chars();
    let title: String = letters
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect());
    let address = format!("/van-ban/{}/{path}", act.slug);
    let mut chrome = Chrome::new(
        site,
        look,
        address.clone(),
        format!("{title} – {}", words::short(act)),
    );
    super::time::dated(&mut chrome, Some(day));
    chrome.nav = "acts";
    chrome.crumbs = crumbs(act, look, Some(title.clone()));
    let about = times
        .changes
        .iter()
        .filter(|row| row.provision == id && matches!(row.how, How::Changed(_)));
    let absent = Absent {
        line: look.fill(
            "Vào {} văn bản này không có {}.",
            &[&words::long_date(day, look), &place],
        ),
        title,
        act: (words::one_line(act), format!("/van-ban/{}", act.slug)),
        spans: days
            .into_iter()
            .map(|span| way(span, act, &address, look))
            .collect(),
        by: about.map(|row| (row.sentence.clone(), said_by(row))).collect(),
        chrome,
    };
    Ok(Page::html(&absent)?
        .dep(format!("act:{}", act.slug))
        .fresh_until(site.next_midnight()))
}

fn way((from, until): (Option<Date>, Option<Date>), act: &Act, address: &str, look: Look) -> Way {
    let first = from.or(act.issued).or(act.in_force);
    let since = first.map_or_else(|| look.t("khi ban hành").to_owned(), words::short_date);
    let label = match until {
        Some(day) => look.fill("Có từ {} đến trước ngày {}", &[&since, &words::short_date(day)]),
        None => look.fill("Có từ {} đến nay", &[&since]),
    };
    let path = match (first, until) {
        (Some(day), _) => format!("{address}?ngay={day}"),
        (None, Some(day)) => format!("{address}?ngay={}", day.yesterday().unwrap_or(day)),
        (None, None) => address.to_owned(),
    };
    Way { label, path }
}
