//! Numbers of acts in the names of files.

use crate::metadata::issuer_code;

/// Years that a number may hold.
const YEARS: std::ops::RangeInclusive<u16> = 1945..=2100;
/// Longest code of an issuer that is taken though it is not known ("UBND", "VKSNDTC").
const CODE: usize = 9;

/// The number that the name of a file gives: `nghi-dinh-so-74-2025-nd-cp_signed.pdf` is that of
/// 74/2025/NĐ-CP, `18.2024.QH15.pdf` that of 18/2024/QH15, `471-qd-ttg.pdf` that of 471/QĐ-TTg.
/// `None` where it gives none or more than one.
#[must_use]
pub fn in_file_name(name: &str) -> Option<String> {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let slug = viet::slug(stem);
    let words: Vec<&str> = slug.split('-').collect();
    let mut found: Vec<String> = Vec::new();
    let mut rest = words.as_slice();
    while let Some((_, next)) = rest.split_first() {
        match number_at(rest) {
            Some((number, length)) => {
                if !found.contains(&number) {
                    found.push(number);
                }
                rest = &rest[length..];
            }
            None => rest = next,
        }
    }
    let only = (found.len() == 1).then(|| found.pop()).flatten();
    only.map(|number| super::canonical(&number))
}

/// A number at the start of these words, and how many of them it takes.
fn number_at(words: &[&str]) -> Option<(String, usize)> {
    let (first, rest) = words.split_first()?;
    if first.len() > 5 || !first.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let year = rest.first().filter(|word| is_year(word));
    let coded = rest.get(usize::from(year.is_some())..)?;
    let (code, taken) = code_at(coded, year.is_some())?;
    let head = year.map_or_else(|| (*first).to_owned(), |year| format!("{first}/{year}"));
    let length = 1 + usize::from(year.is_some()) + taken;
    Some((format!("{}/{code}", head.to_uppercase()), length))
}

fn is_year(word: &str) -> bool {
    word.len() == 4 && word.parse().is_ok_and(|year: u16| YEARS.contains(&year))
}

/// The code of kind and issuers: "QH15", "UBTVQH15", "NĐ-CP", "TTLT-BTC-BTP".
fn code_at(words: &[&str], with_year: bool) -> Option<(String, usize)> {
    let (first, issuers) = words.split_first()?;
    if with_year && let Some(house) = house(first) {
        return Some((house, 1));
    }
    let kind = super::CODES
        .iter()
        .find(|row| viet::fold(row.0) == *first && !row.0.eq_ignore_ascii_case("l"))?
        .0;
    if let Some(house) = issuers.first().and_then(|word| house(word)) {
        return Some((format!("{kind}-{house}"), 2));
    }
    let known: Vec<&str> = issuers.iter().map_while(|word| issuer_code(word)).collect();
    if !known.is_empty() {
        return Some((format!("{kind}-{}", known.join("-")), 1 + known.len()));
    }
    let other = issuers
        .first()
        .filter(|word| (2..=CODE).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_alphabetic()))?;
    Some((format!("{kind}-{}", other.to_uppercase()), 2))
}

/// "qh15" → "QH15", "ubtvqh15" → "UBTVQH15".
fn house(word: &str) -> Option<String> {
    let term = word.strip_prefix("ubtvqh").or_else(|| word.strip_prefix("qh"))?;
    let fits = (1..=2).contains(&term.len()) && term.bytes().all(|b| b.is_ascii_digit());
    fits.then(|| word.to_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_files_as_offices_give_them() {
        for (name, number) in [
            ("nghi-dinh-so-74-2025-nd-cp-44712.pdf", Some("74/2025/NĐ-CP")),
            ("18.2024.QH15.pdf", Some("18/2024/QH15")),
            ("78_2025_NĐ-CP_signed.signed.pdf", Some("78/2025/NĐ-CP")),
            ("Thông tư số 12-2022-TT-BLĐTBXH.png", Some("12/2022/TT-BLĐTBXH")),
            ("01_2021_tt-bldtbxh.tif", Some("01/2021/TT-BLĐTBXH")),
            ("14-2014-TTLT-BTC-BTP.pdf", Some("14/2014/TTLT-BTC-BTP")),
            (
                "nghi-quyet-so-17-2022-ubtvqh15-36956.pdf",
                Some("17/2022/UBTVQH15"),
            ),
            ("09-1998-PL-UBTVQH10.pdf", Some("09/1998/PL-UBTVQH10")),
            ("471-qd-ttg.pdf", Some("471/QĐ-TTg")),
            ("10-2025-qd-ubnd.pdf", Some("10/2025/QĐ-UBND")),
            ("3-2020-tt-btc.pdf", Some("03/2020/TT-BTC")),
            ("luat-dat-dai.pdf", None),
            ("scan_20251103_0001.pdf", None),
            ("IMG-2024-1102.jpg", None),
            ("74-2025-nd-cp va 75-2025-nd-cp.pdf", None),
            ("", None),
        ] {
            assert_eq!(in_file_name(name).as_deref(), number, "{name}");
        }
    }
}
