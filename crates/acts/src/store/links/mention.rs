//! An act as another one names it, in the form in which it is looked up.

use jiff::civil::Date;
use legal::address::act_slug;
use legal::citations::ActRef;
use legal::model::ActKind;

/// What a text says of an act that it names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mention {
    /// Number key or name.
    pub(super) lookup: String,
    pub(super) by_name: bool,
    /// As a reader would name it.
    pub(super) label: String,
    /// Slug of the issuer printed with it.
    pub(super) issuer: Option<String>,
    pub(super) issued: Option<Date>,
    pub(super) year: Option<i16>,
}

impl Mention {
    /// `None` for this act itself and for words that name no act.
    pub(super) fn of(named: &ActRef) -> Option<Self> {
        match named {
            ActRef::Number {
                number,
                issuer,
                issued,
            } => Some(Self {
                lookup: act_slug(number),
                by_name: false,
                label: dated(number, None, *issued),
                issuer: issuer.as_deref().map(viet::slug),
                issued: *issued,
                year: None,
            }),
            ActRef::Name { name, year, issued } => Some(Self {
                lookup: name_key(name),
                by_name: true,
                label: dated(name, *year, *issued),
                issuer: None,
                issued: *issued,
                year: *year,
            }),
            ActRef::This | ActRef::Amended | ActRef::Short { .. } => None,
        }
        .filter(|one| !one.lookup.is_empty())
    }

    /// Nothing says which one of several acts of this number or name is meant.
    pub(super) fn is_bare(&self) -> bool {
        let undated = self.issued.is_none() && self.year.is_none();
        undated && (self.by_name || !numbered_once(&self.lookup))
    }

    /// The number of a province's or commune's act, which repeats between them.
    pub(super) fn is_local(&self) -> bool {
        let local = ["ubnd", "hdnd", "ub"];
        !self.by_name && self.lookup.split('-').any(|word| local.contains(&word))
    }
}

fn dated(name: &str, year: Option<i16>, issued: Option<Date>) -> String {
    match (issued, year) {
        (Some(day), _) => format!("{name} {}", viet::date_in_words(day)),
        (None, Some(year)) => format!("{name} năm {year}"),
        (None, None) => name.to_owned(),
    }
}

/// Whether the number holds the year or the term of the assembly: others begin anew each year.
fn numbered_once(number: &str) -> bool {
    let year = |word: &str| word.len() == 4 && (word.starts_with("19") || word.starts_with("20"));
    let digits = |word: &str| word.chars().all(|c| c.is_ascii_digit());
    let term = |word: &str| {
        ["qh", "ubtvqh"].iter().any(|mark| {
            word.strip_prefix(mark)
                .is_some_and(|n| !n.is_empty() && digits(n))
        })
    };
    // The first word is the number itself.
    number
        .split('-')
        .skip(1)
        .any(|word| (year(word) && digits(word)) || term(word))
}

/// Key of the name by which a law is cited: "Luật Đất đai" → `luat-dat-dai`. The Constitution is
/// cited by its kind alone.
pub(super) fn name_key(name: &str) -> String {
    let key: String = viet::slug(name).chars().take(120).collect();
    if key.starts_with("hien-phap") {
        "hien-phap".to_owned()
    } else {
        key
    }
}

/// The key under which an act can be cited by name; only laws are.
pub(super) fn own_name(kind: ActKind, title: &str) -> Option<String> {
    let law = matches!(kind, ActKind::BoLuat | ActKind::Luat | ActKind::PhapLenh) && !title.is_empty();
    (law || kind == ActKind::HienPhap).then(|| name_key(&format!("{} {title}", kind.label())))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(number: &str) -> Mention {
        let named = ActRef::Number {
            number: number.into(),
            issuer: None,
            issued: None,
        };
        Mention::of(&named).expect("a mention")
    }

    #[test]
    fn a_number_without_year_or_term_is_bare() {
        for once in [
            "100/2019/NĐ-CP",
            "45/2013/QH13",
            "351/2017/UBTVQH14",
            "09/1998/PL-UBTVQH10",
        ] {
            assert!(!number(once).is_bare(), "{once}");
        }
        for bare in ["471/QĐ-TTg", "101/CP", "2019/QĐ-TTg"] {
            assert!(number(bare).is_bare(), "{bare}");
        }
    }

    #[test]
    fn numbers_of_provinces_are_local() {
        assert!(number("10/2025/QĐ-UBND").is_local() && number("11/2024/NQ-HĐND").is_local());
        assert!(!number("78/2025/NĐ-CP").is_local() && !number("351/2017/UBTVQH14").is_local());
    }

    #[test]
    fn laws_are_known_by_name_other_acts_are_not() {
        assert_eq!(
            own_name(ActKind::Luat, "Đất đai").as_deref(),
            Some("luat-dat-dai")
        );
        assert_eq!(own_name(ActKind::HienPhap, "").as_deref(), Some("hien-phap"));
        assert_eq!(name_key("Hiến pháp nước Cộng hòa"), "hien-phap");
        assert_eq!(own_name(ActKind::NghiDinh, "Quy định chi tiết"), None);
    }
}
