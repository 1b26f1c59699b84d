//! Dates as acts write them.

use std::sync::LazyLock;

use jiff::civil::Date;
use regex::{Captures, Regex};

use crate::numbers::from_words;

/// "ngày 24 tháng 11 năm 2015". Days under 10 and the months 1 and 2 carry a zero,
/// as NĐ 30/2020/NĐ-CP asks ("ngày 05 tháng 01 năm 2020").
#[must_use]
pub fn date_in_words(date: Date) -> String {
    let month = date.month();
    let zero = if month < 3 { "0" } else { "" };
    format!("ngày {:02} tháng {zero}{month} năm {}", date.day(), date.year())
}

/// "24/11/2015".
#[must_use]
pub fn date_numeric(date: Date) -> String {
    format!("{:02}/{:02}/{}", date.day(), date.month(), date.year())
}

static DATE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?i)\bngày\s{0,3}(?P<d1>\d{1,2})\s{0,3}tháng\s{0,3}(?P<m1>\d{1,2})\s{0,3}năm\s{0,3}(?P<y1>\d{4})\b",
        r"|\b(?P<d2>\d{1,2})\s?[/\-.]\s?(?P<m2>\d{1,2})\s?[/\-.]\s?(?P<y2>\d{4})\b",
        r"|\b(?P<y3>\d{4})-(?P<m3>\d{2})-(?P<d3>\d{2})\b",
        r"|\bngày\s(?P<dw>mồng\s\p{L}+|\p{L}+(?:\s\p{L}+){0,2}?)\stháng\s(?P<mw>\p{L}+(?:\s\p{L}+)?)\snăm\s(?P<y4>\d{4})\b",
        r"|\b(?P<me>January|February|March|April|May|June|July|August|September|October|November|December)\s(?P<de>\d{1,2}),?\s(?P<y5>\d{4})\b",
        r"|\b(?P<df>\d{1,2})(?:st|nd|rd|th)?\s(?P<mf>January|February|March|April|May|June|July|August|September|October|November|December),?\s(?P<y6>\d{4})\b",
    ))
    .expect("the pattern of dates is fixed")
});

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// Every readable date of a text with its byte offset, in order.
///
/// Knows "ngày 24 tháng 11 năm 2015", "24/11/2015", "24-11-2015", ISO, days and months
/// in words ("ngày mồng năm tháng giêng năm 2020") and English ("November 24, 2015").
/// Impossible dates are left out.
#[must_use]
pub fn dates_in(text: &str) -> Vec<(usize, Date)> {
    DATE.captures_iter(text)
        .filter_map(|found| Some((found.get(0)?.start(), date_of(&found)?)))
        .collect()
}

/// The first date of a text.
#[must_use]
pub fn parse_date(text: &str) -> Option<Date> {
    DATE.captures_iter(text).find_map(|found| date_of(&found))
}

fn date_of(found: &Captures<'_>) -> Option<Date> {
    let number = |name: &str| found.name(name).and_then(|m| m.as_str().parse::<i16>().ok());
    let either = |names: &[&str]| names.iter().find_map(|name| number(name));
    let year = either(&["y1", "y2", "y3", "y4", "y5", "y6"])?;
    let month = either(&["m1", "m2", "m3"])
        .or_else(|| month_in_words(found.name("mw")?.as_str()))
        .or_else(|| english_month(found.name("me").or_else(|| found.name("mf"))?.as_str()))?;
    let day = either(&["d1", "d2", "d3", "de", "df"]).or_else(|| day_in_words(found.name("dw")?.as_str()))?;
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

fn day_in_words(words: &str) -> Option<i16> {
    let lower = words.to_lowercase();
    let plain = lower
        .strip_prefix("mồng ")
        .or_else(|| lower.strip_prefix("mùng "))
        .unwrap_or(&lower);
    from_words(plain).and_then(|day| i16::try_from(day).ok())
}

fn month_in_words(words: &str) -> Option<i16> {
    match words.to_lowercase().as_str() {
        "giêng" => Some(1),
        "chạp" => Some(12),
        other => from_words(other).and_then(|month| i16::try_from(month).ok()),
    }
}

fn english_month(name: &str) -> Option<i16> {
    let lower = name.to_lowercase();
    let place = MONTHS.iter().position(|month| *month == lower)?;
    i16::try_from(place + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn writes_as_offices_do() {
        assert_eq!(date_in_words(date(2015, 11, 24)), "ngày 24 tháng 11 năm 2015");
        assert_eq!(date_in_words(date(2020, 1, 5)), "ngày 05 tháng 01 năm 2020");
        assert_eq!(date_in_words(date(2020, 3, 5)), "ngày 05 tháng 3 năm 2020");
        assert_eq!(date_numeric(date(2020, 1, 5)), "05/01/2020");
    }

    #[test]
    fn reads_every_form() {
        for text in [
            "Hà Nội, ngày 05 tháng 9 năm 2025",
            "ngày 5/9/2025",
            "05-09-2025",
            "2025-09-05",
            "ngày mồng năm tháng chín năm 2025",
            "ngày năm tháng chín năm 2025",
            "Hanoi, September 05, 2025",
            "5th September 2025",
            "Ngày5tháng9năm2025",
        ] {
            assert_eq!(parse_date(text), Some(date(2025, 9, 5)), "{text}");
        }
        assert_eq!(parse_date("ngày 31 tháng 02 năm 2020"), None);
        assert_eq!(parse_date("91/2015/QH13"), None);
        assert_eq!(dates_in("từ 01/7/2024 đến 01/7/2025").len(), 2);
    }

    #[test]
    fn round_trips() {
        let mut day = date(2019, 12, 25);
        for _ in 0..400 {
            assert_eq!(parse_date(&date_in_words(day)), Some(day));
            assert_eq!(parse_date(&date_numeric(day)), Some(day));
            day = day.tomorrow().unwrap_or(day);
        }
    }
}
