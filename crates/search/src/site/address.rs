//! Addresses of searches: what they ask for, and how they are written.

use jiff::civil::Date;
use legal::model::ActKind;
use serde::Deserialize;

use crate::LONGEST_QUERY;
use crate::filter::Filter;
use crate::find::{Order, Query};

/// What an address asks for; nonsense counts as not asked.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    /// Words.
    pub q: String,
    /// Page.
    trang: String,
    /// Kind, as in addresses.
    loai: String,
    /// Issuer, as written.
    #[serde(rename = "co-quan")]
    co_quan: String,
    /// Field of law, as written.
    #[serde(rename = "linh-vuc")]
    linh_vuc: String,
    /// Year of issue.
    nam: String,
    /// Date on which the act is in force, `2026-11-23` or `23/11/2026`.
    ngay: String,
    /// `moi` or `cu`: by date of issue.
    xep: String,
}

impl Asked {
    /// The search asked for.
    pub(super) fn query(&self, today: Date) -> Query {
        let text: String = self.q.trim().chars().take(LONGEST_QUERY).collect();
        let some = |text: &str| (!text.trim().is_empty()).then(|| text.trim().to_owned());
        Query {
            page: self.trang.parse().unwrap_or(1),
            filter: Filter {
                kind: ActKind::from_slug(&self.loai),
                issuer: some(&self.co_quan),
                area: some(&self.linh_vuc),
                year: self.nam.trim().parse().ok(),
                in_force_on: date(&self.ngay),
            },
            order: match self.xep.as_str() {
                "moi" => Order::Newest,
                "cu" => Order::Oldest,
                _ => Order::Best,
            },
            ..Query::new(text, today)
        }
    }
}

fn date(text: &str) -> Option<Date> {
    text.trim().parse().ok().or_else(|| viet::parse_date(text.trim()))
}

/// Words with which an order stands in addresses; none for the best first.
pub(super) fn order_word(order: Order) -> &'static str {
    match order {
        Order::Best => "",
        Order::Newest => "moi",
        Order::Oldest => "cu",
    }
}

/// The address of a search and one of its pages.
pub(super) fn address(query: &Query, page: usize) -> String {
    format!("/tim?{}", asked(query, query.order, page))
}

/// The address of the feed of a search, whatever its order and page.
pub(super) fn feed_address(query: &Query) -> String {
    format!("/tim.atom?{}", asked(query, Order::Best, 1))
}

/// What an address asks for, behind the question mark.
fn asked(query: &Query, order: Order, page: usize) -> String {
    let filter = &query.filter;
    let kind = filter.kind.map(ActKind::slug).unwrap_or_default();
    let parts = [
        ("q", query.text.clone()),
        ("loai", kind.to_owned()),
        ("co-quan", filter.issuer.clone().unwrap_or_default()),
        ("linh-vuc", filter.area.clone().unwrap_or_default()),
        (
            "nam",
            filter.year.map(|year| year.to_string()).unwrap_or_default(),
        ),
        (
            "ngay",
            filter
                .in_force_on
                .map(|date| date.to_string())
                .unwrap_or_default(),
        ),
        ("xep", order_word(order).to_owned()),
        ("trang", if page > 1 { page.to_string() } else { String::new() }),
    ];
    let asked = parts
        .iter()
        .filter(|(name, value)| *name == "q" || !value.is_empty());
    let asked: Vec<String> = asked
        .map(|(name, value)| format!("{name}={}", percent(value)))
        .collect();
    asked.join("&")
}

/// Percent-encoding of a value in the query of an address.
fn percent(text: &str) -> String {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    let mut out = String::with_capacity(2 * text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push('%');
            out.extend([byte >> 4, byte & 15].map(|digit| char::from(DIGITS[usize::from(digit)])));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn addresses_hold_any_words() {
        let query = Query::new("đất & nhà", date(2026, 11, 23));
        assert_eq!(address(&query, 1), "/tim?q=%C4%91%E1%BA%A5t%20%26%20nh%C3%A0");
        assert_eq!(
            address(&Query::new("a", date(2026, 11, 23)), 3),
            "/tim?q=a&trang=3"
        );
        let newest = Query {
            order: Order::Newest,
            ..Query::new("a", date(2026, 11, 23))
        };
        assert_eq!(feed_address(&newest), "/tim.atom?q=a");
    }

    #[test]
    fn what_an_address_asks_is_written_again() {
        let asked = Asked {
            q: " a ".into(),
            loai: "nghi-dinh".into(),
            co_quan: "Chính phủ".into(),
            nam: "2019".into(),
            ngay: "23/11/2026".into(),
            xep: "moi".into(),
            trang: "x".into(),
            ..Asked::default()
        };
        let query = asked.query(date(2026, 11, 23));
        assert_eq!(
            address(&query, query.page),
            "/tim?q=a&loai=nghi-dinh&co-quan=Ch%C3%ADnh%20ph%E1%BB%A7&nam=2019&ngay=2026-11-23&xep=moi"
        );
        assert_eq!(
            Asked {
                nam: "?".into(),
                loai: "?".into(),
                ..Asked::default()
            }
            .query(date(2026, 1, 1))
            .filter,
            Filter::default()
        );
    }
}
