//! Arguments of the API. Values arrive as text, so that each wrong one gets a sentence of its own.

use jiff::civil::Date;
use legal::model::{ActKind, Language};
use legal::validity::Status;
use serde::Deserialize;
use utoipa::IntoParams;
use web::Problem;

use crate::model::{ListQuery, Order};

/// Filters and page of the list of acts.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub(super) struct ListAsked {
    /// Loại văn bản: `bo-luat`, `luat`, `nghi-dinh` …
    #[param(required = false)]
    kind: String,
    /// Cơ quan ban hành, ví dụ `quoc-hoi`.
    #[param(required = false)]
    issuer: String,
    /// Lĩnh vực, ví dụ `dan-su`.
    #[param(required = false)]
    field: String,
    /// Năm ban hành.
    #[param(required = false, value_type = i16)]
    year: String,
    /// Hiệu lực tại ngày `on`: `chua-co-hieu-luc`, `con-hieu-luc`, `het-mot-phan`, `ngung-mot-phan`, `ngung-hieu-luc`, `het-hieu-luc`, `chua-ro`.
    #[param(required = false)]
    status: String,
    /// Ngày xét hiệu lực, mặc định là hôm nay.
    #[param(required = false, value_type = String, format = Date)]
    on: String,
    /// Thứ tự: `issued` (mặc định), `coming-into-force`, `expiring`, `updated`.
    #[param(required = false)]
    order: String,
    /// Trang, từ 1.
    #[param(required = false, value_type = u32, minimum = 1)]
    page: String,
    /// Số văn bản mỗi trang, từ 1 đến 200, mặc định 20.
    #[param(required = false, value_type = u32, minimum = 1, maximum = 200)]
    per_page: String,
}

impl ListAsked {
    /// The list asked for; a sentence for the first argument that is wrong.
    pub fn query(self, today: Date) -> Result<ListQuery, Problem> {
        let on = date("on", &self.on)?.unwrap_or(today);
        let defaults = ListQuery::on(on);
        Ok(ListQuery {
            kind: word("kind", &self.kind, ActKind::from_slug)?,
            issuer: slug("issuer", self.issuer)?,
            field: slug("field", self.field)?,
            year: number("year", &self.year, 1, 9999)?.and_then(|year| i16::try_from(year).ok()),
            status: word("status", &self.status, Status::from_slug)?,
            order: word("order", &self.order, order)?.unwrap_or_default(),
            page: number("page", &self.page, 1, u32::MAX)?.unwrap_or(defaults.page),
            per_page: number("per_page", &self.per_page, 1, 200)?.unwrap_or(defaults.per_page),
            ..defaults
        })
    }
}

/// Page of a list.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub(super) struct PageAsked {
    /// Trang, từ 1; mỗi trang 100 mục.
    #[param(required = false, value_type = u32, minimum = 1)]
    page: String,
}

impl PageAsked {
    /// The page; a sentence where it is none.
    pub fn page(&self) -> Result<u32, Problem> {
        Ok(number("page", &self.page, 1, u32::MAX)?.unwrap_or(1))
    }
}

/// Date and language of a text.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub(super) struct AtAsked {
    /// Nội dung tại ngày này; mặc định là hôm nay.
    #[param(required = false, value_type = String, format = Date)]
    on: String,
    /// `vi` hoặc `en`; mặc định là tiếng Việt nếu có.
    #[param(required = false)]
    language: String,
}

/// What was asked for, understood.
#[derive(Clone, Copy, Debug)]
pub(super) struct At {
    pub on: Option<Date>,
    pub language: Option<Language>,
}

impl AtAsked {
    /// Date and language; a sentence for the first that is wrong.
    pub fn at(self) -> Result<At, Problem> {
        let language = |word: &str| match word {
            "vi" => Some(Language::Vi),
            "en" => Some(Language::En),
            _ => None,
        };
        Ok(At {
            on: date("on", &self.on)?,
            language: word("language", &self.language, language)?,
        })
    }
}

fn order(word: &str) -> Option<Order> {
    match word {
        "issued" => Some(Order::Issued),
        "coming-into-force" => Some(Order::ComingIntoForce),
        "expiring" => Some(Order::Expiring),
        "updated" => Some(Order::Updated),
        _ => None,
    }
}

fn wrong(name: &str, rule: &str) -> Problem {
    Problem::Invalid(format!("Tham số {name} {rule}."))
}

/// A word of a list; one that is left out or empty is no argument.
///
/// # Errors
/// A sentence that names the argument.
pub fn word<T>(name: &str, text: &str, read: impl Fn(&str) -> Option<T>) -> Result<Option<T>, Problem> {
    if text.is_empty() {
        return Ok(None);
    }
    read(text)
        .map(Some)
        .ok_or_else(|| wrong(name, "không nhận giá trị này"))
}

fn slug(name: &str, text: String) -> Result<Option<String>, Problem> {
    let fits = text.len() <= 200 && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    if !fits {
        return Err(wrong(name, "chỉ gồm chữ không dấu, chữ số và dấu gạch nối"));
    }
    Ok((!text.is_empty()).then_some(text))
}

/// A whole number from `least` to `most`; one that is left out or empty is no argument.
///
/// # Errors
/// A sentence that names the argument.
pub fn number(name: &str, text: &str, least: u32, most: u32) -> Result<Option<u32>, Problem> {
    let read = |text: &str| text.parse().ok().filter(|number| (least..=most).contains(number));
    if text.is_empty() {
        return Ok(None);
    }
    read(text)
        .map(Some)
        .ok_or_else(|| wrong(name, &format!("là số nguyên từ {least} đến {most}")))
}

fn date(name: &str, text: &str) -> Result<Option<Date>, Problem> {
    // Exactly so: longer forms would also name a time of day.
    let read = |text: &str| (text.len() == 10).then(|| text.parse().ok()).flatten();
    if text.is_empty() {
        return Ok(None);
    }
    read(text)
        .map(Some)
        .ok_or_else(|| wrong(name, "là ngày dạng 2026-11-23"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn each_wrong_argument_is_named() {
        let today = date(2026, 11, 23);
        type Set = fn(&mut ListAsked, String);
        let cases: [(&str, Set); 6] = [
            ("kind", |asked, text| asked.kind = text),
            ("issuer", |asked, text| asked.issuer = text),
            ("year", |asked, text| asked.year = text),
            ("on", |asked, text| asked.on = text),
            ("page", |asked, text| asked.page = text),
            ("per_page", |asked, text| asked.per_page = text),
        ];
        for (name, set) in cases {
            let mut asked = ListAsked::default();
            set(&mut asked, "không đúng".to_owned());
            let Err(Problem::Invalid(why)) = asked.query(today) else {
                panic!("{name} was accepted")
            };
            assert!(why.contains(name), "{why}");
        }
        assert!(ListAsked::default().query(today).is_ok());
    }
}
