//! Small words of the pages: dates, sizes, names of acts, in the reader's language.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::{Offset, TimeZone};
use legal::model::ActKind;
use web::{Lang, Look};

use crate::model::Act;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// "ngày 24 tháng 11 năm 2015"; in English "24 November 2015".
#[must_use]
pub fn long_date(date: Date, look: Look) -> String {
    match look.lang {
        Lang::Vi => viet::date_in_words(date),
        Lang::En => {
            let month = MONTHS[usize::from(date.month().unsigned_abs() - 1) % 12];
            format!("{} {month} {}", date.day(), date.year())
        }
    }
}

/// "24/11/2015" in both languages.
#[must_use]
pub fn short_date(date: Date) -> String {
    viet::date_numeric(date)
}

/// "24/11/2015 09:05" in Vietnam, from epoch microseconds.
#[must_use]
pub fn moment(micros: i64) -> String {
    let Ok(at) = Timestamp::from_microsecond(micros) else {
        return String::new();
    };
    let local = TimeZone::fixed(Offset::constant(7)).to_datetime(at);
    format!(
        "{} {:02}:{:02}",
        short_date(local.date()),
        local.hour(),
        local.minute()
    )
}

/// A number as printed in each language: "1.234" or "1,234".
#[must_use]
pub fn number(value: u64, look: Look) -> String {
    let mark = if look.is_en() { ',' } else { '.' };
    let digits = value.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(mark);
        }
        out.push(digit);
    }
    out
}

/// "12 KB", "1,4 MB" (Vietnamese decimal comma).
#[must_use]
pub fn size(bytes: u64, look: Look) -> String {
    if bytes < 1_000 {
        return format!("{bytes} B");
    }
    if bytes < 1_000_000 {
        return format!("{} KB", (bytes + 500) / 1_000);
    }
    let mark = if look.is_en() { '.' } else { ',' };
    let tenths = (bytes + 50_000) / 100_000;
    format!("{}{mark}{} MB", tenths / 10, tenths % 10)
}

/// Name of a kind in the reader's language.
#[must_use]
pub fn kind(kind: ActKind, look: Look) -> &'static str {
    match look.lang {
        Lang::Vi => kind.label(),
        Lang::En => kind.label_en(),
    }
}

/// What an act is called for short: "Bộ luật Dân sự", "Nghị định 78/2025/NĐ-CP"; where only a
/// translation is kept, in English: "Decree 78/2025/NĐ-CP".
#[must_use]
pub fn short(act: &Act) -> String {
    if !act.translation_only {
        return act.name().short();
    }
    let named = act.number.as_deref().unwrap_or(&act.title);
    format!("{} {named}", act.kind.label_en()).trim_end().to_owned()
}

/// Language of an act's name: that of the only text kept.
#[must_use]
pub fn name_lang(act: &Act) -> &'static str {
    if act.translation_only { "en" } else { "vi" }
}

/// The two lines of an act's name: what stands above the heading, and the heading.
/// "Số 91/2015/QH13" / "Bộ luật Dân sự"; "Nghị định 78/2025/NĐ-CP" / "Quy định chi tiết …".
#[must_use]
pub fn heading(act: &Act) -> (String, String) {
    let short = short(act);
    if act.title.is_empty() {
        return (String::new(), short);
    }
    if short.ends_with(&act.title) {
        let number = act.number.as_ref().map(|number| format!("Số {number}"));
        return (number.unwrap_or_default(), short);
    }
    (short, act.title.clone())
}

/// A short name and what it leaves out: "Nghị định 78/2025/NĐ-CP" and its title,
/// "Bộ luật Dân sự" and "số 91/2015/QH13".
#[must_use]
pub fn name_and_rest(act: &Act) -> (String, String) {
    let short = short(act);
    let titled = act.title.is_empty() || short.ends_with(&act.title);
    let number = act
        .number
        .as_ref()
        .filter(|number| !short.contains(number.as_str()));
    let rest = match (titled, number) {
        (false, _) => act.title.clone(),
        (true, Some(number)) => format!("số {number}"),
        (true, None) => String::new(),
    };
    (short, rest)
}

/// One line for titles of pages and lists: "Bộ luật Dân sự số 91/2015/QH13",
/// "Nghị định 78/2025/NĐ-CP: Quy định chi tiết …".
#[must_use]
pub fn one_line(act: &Act) -> String {
    match name_and_rest(act) {
        (short, rest) if rest.is_empty() => short,
        (short, rest) if rest == act.title => format!("{short}: {rest}"),
        (short, rest) => format!("{short} {rest}"),
    }
}

/// That a machine recognised the text of an act, and how surely; empty for exact text.
#[must_use]
pub fn recognised(act: &Act, look: Look) -> String {
    let sentence = |percent: i64| look.fill("Văn bản do máy nhận dạng, độ tin cậy {} %.", &[&percent]);
    act.confidence.map(sentence).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn numbers_sizes_and_dates_in_both_languages() {
        let (vi, en) = (Look::plain(Lang::Vi), Look::plain(Lang::En));
        assert_eq!(number(1_234_567, vi), "1.234.567");
        assert_eq!(number(999, en), "999");
        assert_eq!(size(1_449_000, vi), "1,4 MB");
        assert_eq!(size(12_345, en), "12 KB");
        assert_eq!(long_date(date(2015, 11, 24), en), "24 November 2015");
        assert_eq!(long_date(date(2015, 11, 24), vi), "ngày 24 tháng 11 năm 2015");
        assert_eq!(moment(0), "01/01/1970 07:00");
    }
}
