//! Dates and years right after an act's name or number.

use jiff::civil::Date;

use super::lexis::{digits, eat, eat_next, ends_word, letter, spaces};

/// "ngày 29 tháng 11 năm 2013", "ngày 29/11/2013", "ngày 29-11-2013" after `at`.
pub(crate) fn date(text: &str, at: usize) -> Option<(Date, usize)> {
    let place = eat_next(text, at, "ngày")?;
    let (day, place) = digits(text, spaces(text, place), 2)?;
    let (month, year, end) = in_words(text, place).or_else(|| in_figures(text, place))?;
    let date = Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()?;
    Some((date, end))
}

fn in_words(text: &str, at: usize) -> Option<(&str, &str, usize)> {
    let place = eat_next(text, at, "tháng")?;
    let (month, place) = digits(text, spaces(text, place), 2)?;
    let place = eat_next(text, place, "năm")?;
    let (year, end) = digits(text, spaces(text, place), 4)?;
    Some((month, year, end))
}

fn in_figures(text: &str, at: usize) -> Option<(&str, &str, usize)> {
    let sign = |at: usize| letter(text, at).filter(|c| matches!(c, '/' | '-' | '.'));
    sign(at)?;
    let (month, place) = digits(text, at + 1, 2)?;
    sign(place)?;
    let (year, end) = digits(text, place + 1, 4)?;
    (year.len() == 4).then_some((month, year, end))
}

/// "năm 2013" or "2013" after `at`: a year in which laws are passed.
pub(crate) fn year(text: &str, at: usize) -> Option<(i16, usize)> {
    let start = spaces(text, at);
    if start == at {
        return None;
    }
    let place = eat(text, start, "năm").map_or(start, |end| spaces(text, end));
    let (found, end) = digits(text, place, 4)?;
    let year: i16 = found.parse().ok()?;
    let signs = !matches!(letter(text, end), Some('/' | '-'));
    ((1945..2100).contains(&year) && ends_word(text, end) && signs).then_some((year, end))
}
