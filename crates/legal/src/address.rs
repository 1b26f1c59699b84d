//! Addresses of acts and provisions: what a person types, and the ids inside a text.
//!
//! | id | address |
//! |---|---|
//! | `art_7__clause_2__point_dd` | `dieu-7/khoan-2/diem-dd` |
//! | `part_1__chp_2__sec_1` | `phan-1/chuong-2/muc-1` |
//! | `att_1__art_3` | `kem-theo-1/dieu-3` |
//! | `app_2` | `phu-luc-2` |
//!
//! In ids and addresses đ is written `dd`, so that điểm d and điểm đ stay two.

use crate::model::ProvisionKind;

/// Prefix in an id, prefix in an address. A prefix is followed by `_` or `-` and a number.
const SEGMENTS: &[(&str, &str)] = &[
    ("att", "kem-theo"),
    ("app", "phu-luc"),
    ("part", "phan"),
    ("chp", "chuong"),
    ("subsec", "tieu-muc"),
    ("sec", "muc"),
    ("art", "dieu"),
    ("clause", "khoan"),
    ("point", "diem"),
];

/// Words that stand after `/van-ban/` and therefore are no act's address.
const RESERVED: &[&str] = &[
    "moi",
    "sap-co-hieu-luc",
    "sap-het-hieu-luc",
    "loai",
    "co-quan",
    "linh-vuc",
    "nam",
];

/// The id segment of a provision: `segment(Point, "đ")` is `point_dd`,
/// `segment(Chapter, "2")` is `chp_2`. Letters are lower-cased; anything that is
/// no ASCII letter or digit becomes a hyphen.
#[must_use]
pub fn segment(kind: ProvisionKind, number: &str) -> String {
    let prefix = match kind {
        ProvisionKind::Part => "part",
        ProvisionKind::Chapter => "chp",
        ProvisionKind::Section => "sec",
        ProvisionKind::Subsection => "subsec",
        ProvisionKind::Article => "art",
        ProvisionKind::Clause => "clause",
        ProvisionKind::Point => "point",
    };
    format!("{prefix}_{}", ascii_number(number))
}

/// A printed number in ASCII: "7a" → "7a", "Đ" → "dd", "12 bis" → "12-bis".
#[must_use]
pub fn ascii_number(number: &str) -> String {
    let mut out = String::with_capacity(number.len());
    for letter in number.trim().chars().flat_map(char::to_lowercase) {
        match letter {
            'đ' => out.push_str("dd"),
            c if c.is_ascii_alphanumeric() => out.push(c),
            _ if !out.ends_with('-') => out.push('-'),
            _ => {}
        }
    }
    out.trim_matches('-').to_owned()
}

/// The address of an id, without the act: `art_7__clause_2` → `dieu-7/khoan-2`.
/// `None` for an id that is not one of ours.
#[must_use]
pub fn path_of_id(id: &str) -> Option<String> {
    map_segments(id, "__", '_', "/", '-', |(from, to)| (from, to))
}

/// The id of an address: `dieu-7/khoan-2/diem-dd` → `art_7__clause_2__point_dd`.
/// Upper case, `đ` and a trailing slash are forgiven. `None` for anything else.
#[must_use]
pub fn id_of_path(path: &str) -> Option<String> {
    let path = path.trim_matches('/').to_lowercase().replace('đ', "dd");
    map_segments(&path, "/", '-', "__", '_', |(to, from)| (from, to))
}

fn map_segments(
    input: &str,
    split: &str,
    joint: char,
    join: &str,
    out_joint: char,
    pair: fn((&'static str, &'static str)) -> (&'static str, &'static str),
) -> Option<String> {
    let mut out = String::with_capacity(input.len());
    for segment in input.split(split) {
        let (to, number) = SEGMENTS.iter().copied().map(pair).find_map(|(from, to)| {
            let number = segment.strip_prefix(from)?.strip_prefix(joint)?;
            is_number(number).then_some((to, number))
        })?;
        if !out.is_empty() {
            out.push_str(join);
        }
        out.push_str(to);
        out.push(out_joint);
        out.push_str(number);
    }
    Some(out)
}

fn is_number(text: &str) -> bool {
    !text.is_empty()
        && text.len() <= 24
        && text.starts_with(|c: char| c.is_ascii_alphanumeric())
        && text
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
}

/// The address of an act from its number: `91/2015/QH13` → `91-2015-qh13`.
///
/// Numbers repeat between issuers; the store adds issuer and date where they do.
/// Empty when the number holds no letter or digit.
#[must_use]
pub fn act_slug(number: &str) -> String {
    let mut out = String::with_capacity(number.len());
    for letter in number.trim().chars() {
        match fold_letter(letter) {
            Some(c) => out.push(c),
            None if !out.is_empty() && !out.ends_with('-') => out.push('-'),
            None => {}
        }
    }
    let slug = out.trim_end_matches('-').to_owned();
    if RESERVED.contains(&slug.as_str()) {
        format!("so-{slug}")
    } else {
        slug
    }
}

fn fold_letter(letter: char) -> Option<char> {
    let folded = match letter {
        'Đ' | 'đ' | 'Ð' | 'ð' => 'd',
        'Ư' | 'ư' => 'u',
        'Ơ' | 'ơ' | 'Ô' | 'ô' => 'o',
        'Â' | 'â' | 'Ă' | 'ă' => 'a',
        'Ê' | 'ê' => 'e',
        c => c.to_ascii_lowercase(),
    };
    folded.is_ascii_alphanumeric().then_some(folded)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn ids_and_addresses_correspond() {
        let table = [
            ("art_7__clause_2__point_dd", "dieu-7/khoan-2/diem-dd"),
            (
                "part_1__chp_2__sec_1__subsec_3",
                "phan-1/chuong-2/muc-1/tieu-muc-3",
            ),
            ("att_1__art_3", "kem-theo-1/dieu-3"),
            ("app_2", "phu-luc-2"),
            ("art_5-2", "dieu-5-2"),
        ];
        for (id, path) in table {
            assert_eq!(path_of_id(id).as_deref(), Some(path));
            assert_eq!(id_of_path(path).as_deref(), Some(id));
        }
        assert_eq!(
            id_of_path("Dieu-7/Khoan-1a/diem-đ/").as_deref(),
            Some("art_7__clause_1a__point_dd")
        );
    }

    #[test]
    fn nonsense_is_refused() {
        for path in [
            "",
            "dieu",
            "dieu-",
            "dieu-7//khoan-1",
            "dieu-7/../x",
            "dieu-<b>",
            "khoan--1",
            "tieu-muc",
        ] {
            assert_eq!(id_of_path(path), None, "{path}");
        }
    }

    #[test]
    fn segments_keep_d_apart() {
        assert_eq!(segment(ProvisionKind::Point, "đ"), "point_dd");
        assert_eq!(segment(ProvisionKind::Point, "d"), "point_d");
        assert_eq!(segment(ProvisionKind::Article, "48b"), "art_48b");
        assert_eq!(segment(ProvisionKind::Article, "12 bis"), "art_12-bis");
    }

    #[test]
    fn act_slugs() {
        assert_eq!(act_slug("91/2015/QH13"), "91-2015-qh13");
        assert_eq!(act_slug("78/2025/NĐ-CP"), "78-2025-nd-cp");
        assert_eq!(act_slug("66.15/2026/NQ-CP"), "66-15-2026-nq-cp");
        assert_eq!(act_slug("53/ 2014/QĐ- UBND"), "53-2014-qd-ubnd");
        assert_eq!(act_slug("351/2017/UBTVQH14"), "351-2017-ubtvqh14");
        assert_eq!(act_slug("--"), "");
    }

    proptest! {
        #[test]
        fn paths_never_panic_and_round_trip(path in "\\PC{0,40}") {
            if let Some(id) = id_of_path(&path) {
                let back = path_of_id(&id).expect("own id");
                prop_assert_eq!(id_of_path(&back), Some(id));
            }
        }
    }
}
