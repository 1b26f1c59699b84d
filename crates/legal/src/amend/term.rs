//! From which day until which: the words around "ngưng hiệu lực", "lùi", "kéo dài".

use jiff::civil::Date;

use super::Reason;

/// The time that a sentence names, before it is known what the sentence does with it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Term {
    from: Option<Date>,
    until: Option<Until>,
    /// Days that contradict each other, or a time that is told without a day.
    unclear: bool,
}

/// Where the time ends.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Until {
    /// "đến ngày": what that means depends on what is done.
    At(Date),
    /// "đến hết ngày", as the day after it; "đến trước ngày", as that day.
    Before(Date),
    /// "cho đến khi có quy định khác", "đến ngày Luật … có hiệu lực".
    Open,
}

/// Bytes between "ngày" and the date behind it.
const NEAR: usize = 8;

impl Term {
    /// Reads a clause.
    pub(super) fn read(text: &str) -> Self {
        let lower = text.to_lowercase();
        let mut term = Self::default();
        for (at, _) in lower.match_indices("từ ") {
            let rest = lower.get(at + "từ ".len()..).unwrap_or_default();
            let whole_word = lower
                .get(..at)
                .is_none_or(|head| !head.ends_with(char::is_alphanumeric));
            if let Some(day) = day_at(rest).filter(|_| whole_word) {
                term.unclear |= term.from.is_some_and(|known| known != day);
                term.from = Some(day);
            }
        }
        for word in ["đến ", "sang "] {
            for (at, _) in lower.match_indices(word) {
                let rest = lower.get(at + word.len()..).unwrap_or_default();
                let Some(until) = until_at(rest) else { continue };
                term.unclear |= term.until.is_some_and(|known| known != until);
                term.until = Some(until);
            }
        }
        // "trong thời hạn 12 tháng", "thêm 02 năm": from a day that is not told here.
        let counted = ["trong thời hạn ", "trong vòng ", " thêm "];
        term.unclear |= term.until.is_none() && counted.iter().any(|words| lower.contains(words));
        term
    }

    /// What stands above a list holds for its items, but where an item has a time of its own.
    pub(super) fn or(self, above: Option<Self>) -> Self {
        let says = self.from.is_some() || self.until.is_some() || self.unclear;
        if says { self } else { above.unwrap_or(self) }
    }

    /// Whether it names an end.
    pub(super) fn has_end(&self) -> bool {
        self.until.is_some()
    }

    /// First day of a suspension (`None`: that of the act that says so) and the first one behind it
    /// (`None`: no end is known). A time ends with its last day (Luật 91/2015/QH13 khoản 5 Điều 148).
    pub(super) fn suspended(&self) -> Result<(Option<Date>, Option<Date>), Reason> {
        let until = match self.until {
            Some(Until::At(day)) => day.tomorrow().ok(),
            Some(Until::Before(day)) => Some(day),
            Some(Until::Open) | None => None,
        };
        let backwards = until.is_some() && self.from >= until;
        if self.unclear || backwards {
            return Err(Reason::Postponed);
        }
        Ok((self.from, until))
    }

    /// The day from which something holds that was put off.
    pub(super) fn begins(&self) -> Result<Date, Reason> {
        match self.until {
            Some(Until::At(day) | Until::Before(day)) if !self.unclear && self.from < Some(day) => Ok(day),
            _ => Err(Reason::Postponed),
        }
    }

    /// The first day on which something no longer holds whose time was made longer.
    pub(super) fn ends(&self) -> Result<Date, Reason> {
        let day = match self.until {
            Some(Until::At(day)) => day.tomorrow().ok(),
            Some(Until::Before(day)) => Some(day),
            _ => None,
        };
        day.filter(|_| !self.unclear).ok_or(Reason::Postponed)
    }
}

/// The date that begins a text.
fn day_at(text: &str) -> Option<Date> {
    viet::dates_in(text)
        .first()
        .filter(|(at, _)| *at < NEAR)
        .map(|(_, day)| *day)
}

fn until_at(text: &str) -> Option<Until> {
    let text = text.trim_start();
    if let Some(rest) = text.strip_prefix("hết ") {
        let last = day_at(rest).or_else(|| last_of(rest)).and_then(after);
        return last.or(Some(Until::Open));
    }
    if let Some(day) = text.strip_prefix("trước ").and_then(day_at) {
        return Some(Until::Before(day));
    }
    if let Some(day) = day_at(text) {
        return Some(Until::At(day));
    }
    let open = ["khi ", "ngày ", "thời điểm "];
    open.iter()
        .any(|word| text.starts_with(word))
        .then_some(Until::Open)
}

fn after(day: Date) -> Option<Until> {
    day.tomorrow().ok().map(Until::Before)
}

/// The last day of "năm 2025", "tháng 6 năm 2025".
fn last_of(text: &str) -> Option<Date> {
    let mut words = text.split(|c: char| c.is_whitespace() || matches!(c, ',' | '.' | ';' | ':' | '/'));
    let (first, number) = (words.next()?, words.next()?);
    match first {
        "năm" => Date::new(number.parse().ok().filter(|year| *year > 1900)?, 12, 31).ok(),
        "tháng" => {
            let year = words.find_map(|word| word.parse().ok().filter(|year| *year > 1900))?;
            let begin = Date::new(year, number.parse().ok()?, 1).ok()?;
            Some(begin.last_of_month())
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn times_of_suspensions() {
        let (first, last) = (date(2023, 3, 5), date(2024, 1, 1));
        for (text, wanted) in [
            (
                "Ngưng hiệu lực Thông tư số 1/2020/TT-BTC ngày 02 tháng 01 năm 2020 đến hết ngày 31 tháng 12 năm 2023.",
                Ok((None, Some(last))),
            ),
            (
                "Ngưng hiệu lực Thông tư số 1/2020/TT-BTC từ ngày 05/3/2023 đến ngày 31/12/2023.",
                Ok((Some(first), Some(last))),
            ),
            (
                "… kể từ ngày 05 tháng 3 năm 2023 đến trước ngày 01/01/2024",
                Ok((Some(first), Some(last))),
            ),
            (
                "… từ ngày Thông tư này có hiệu lực đến hết năm 2023",
                Ok((None, Some(last))),
            ),
            ("… đến hết tháng 12 năm 2023", Ok((None, Some(last)))),
            (
                "… kể từ ngày Nghị quyết này có hiệu lực thi hành cho đến khi Quốc hội có quy định khác.",
                Ok((None, None)),
            ),
            ("Ngưng hiệu lực Thông tư số 1/2020/TT-BTC.", Ok((None, None))),
            (
                "… từ ngày 05/3/2023 đến ngày 31/12/2023; … đến hết ngày 30/6/2024",
                Err(Reason::Postponed),
            ),
            ("… trong thời hạn 12 tháng kể từ ngày ký", Err(Reason::Postponed)),
            ("… từ ngày 01/01/2024 đến ngày 31/12/2023", Err(Reason::Postponed)),
        ] {
            assert_eq!(Term::read(text).suspended(), wanted, "{text}");
        }
    }

    #[test]
    fn days_put_off_and_times_made_longer() {
        let begins = |text| Term::read(text).begins();
        assert_eq!(
            begins("từ ngày 01/7/2016 đến ngày 01 tháng 01 năm 2018"),
            Ok(date(2018, 1, 1))
        );
        assert_eq!(begins("đến hết ngày 31/12/2017"), Ok(date(2018, 1, 1)));
        assert_eq!(
            begins("từ ngày 01/7/2016 đến ngày Luật sửa đổi có hiệu lực"),
            Err(Reason::Postponed)
        );
        assert_eq!(
            begins("từ ngày 01/7/2016 sang ngày 01/01/2016"),
            Err(Reason::Postponed)
        );
        let ends = |text| Term::read(text).ends();
        assert_eq!(ends("đến hết ngày 31 tháng 12 năm 2025"), Ok(date(2026, 1, 1)));
        assert_eq!(ends("đến ngày 31/12/2025"), Ok(date(2026, 1, 1)));
        assert_eq!(ends("thêm 02 năm"), Err(Reason::Postponed));
        assert_eq!(ends("cho đến khi có quy định mới"), Err(Reason::Postponed));
    }
}
