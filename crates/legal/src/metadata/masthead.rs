//! Heads that name issuer, number and date in one sentence below the kind, as collections of
//! laws print them: "SẮC LỆNH / CỦA CHỦ TỊCH CHÍNH PHỦ LÂM THỜI SỐ 68 NGÀY 30 THÁNG 11 NĂM 1945".

use std::sync::LazyLock;

use jiff::civil::Date;
use regex::Regex;

use crate::model::{ActKind, Para};
use crate::number;
use crate::structure::is_upper;

use super::issuers;
use super::title::rest_of_line;

/// Lines over which the sentence may run.
const LINES: usize = 4;

static SENTENCE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?i)^(?:của\s(?P<of>.{4,160}?)\s)?số\s?:?\s?(?P<n>\d[\p{L}\d./\-–]*)\s?,?\s?(?P<d>ngày\s.{4,40}?\d{4})(?:\s|$)",
    )
    .expect("fixed pattern")
});

/// What the sentence says.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Masthead {
    pub number: Option<String>,
    pub issuers: Vec<String>,
    pub issued: Option<Date>,
}

/// Reads the sentence that begins on the line of the kind or below it.
pub(super) fn read(head: &[&Para], place: usize, kind: ActKind) -> Option<Masthead> {
    let first = rest_of_line(&head.get(place)?.text, kind);
    let below = head.iter().skip(place + 1).map(|para| para.text.as_str());
    let lines: Vec<&str> = std::iter::once(first)
        .chain(below.take_while(|line| is_of_it(line)).take(LINES))
        .filter(|line| !line.is_empty())
        .collect();
    let joined = lines.join(" ");
    let found = SENTENCE.captures(&joined)?;
    let printed = found.name("n")?.as_str();
    Some(Masthead {
        number: numbered(printed, kind),
        issuers: found
            .name("of")
            .map(|of| issuers::named(of.as_str()))
            .unwrap_or_default(),
        issued: viet::parse_date(&found.name("d")?.as_str().to_lowercase()),
    })
}

/// A line of capitals, save what a number writes small ("SỐ 63/QĐ-TTg NGÀY …").
fn is_of_it(line: &str) -> bool {
    is_upper(line) || (line.len() < 200 && ["CỦA ", "SỐ ", "NGÀY "].iter().any(|word| line.starts_with(word)))
}

/// The number in canonical spelling; decrees of 1945 and after leave their own code out.
fn numbered(printed: &str, kind: ActKind) -> Option<String> {
    let number = number::canonical(printed);
    if number.contains('/') {
        return Some(number);
    }
    (kind == ActKind::SacLenh && !number.is_empty()).then(|| format!("{}/SL", number.to_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn said(lines: &[&str], kind: ActKind) -> Option<Masthead> {
        let paras: Vec<Para> = lines
            .iter()
            .map(|line| Para {
                text: (*line).to_owned(),
                ..Para::default()
            })
            .collect();
        read(&paras.iter().collect::<Vec<_>>(), 0, kind)
    }

    #[test]
    fn one_sentence_over_several_lines() {
        let found = said(
            &[
                "THÔNG TƯ",
                "CỦA BỘ TÀI CHÍNH SỐ 03/2010/TT-BTC",
                "NGÀY 15 THÁNG 01 NĂM 2010",
                "HƯỚNG DẪN ÁP DỤNG",
            ],
            ActKind::ThongTu,
        );
        let found = found.expect("a sentence");
        assert_eq!(found.number.as_deref(), Some("03/2010/TT-BTC"));
        assert_eq!(found.issuers, ["Bộ Tài chính"]);
        assert_eq!(found.issued, Some(date(2010, 1, 15)));
    }

    #[test]
    fn decrees_of_1945_leave_their_code_out() {
        for (line, number) in [
            ("CỦA CHỦ TỊCH CHÍNH PHỦ SỐ 68 NGÀY 30 THÁNG 11 NĂM 1945", "68/SL"),
            ("CỦA CHỦ TỊCH SỐ 1/QĐ-TTg NGÀY 7 THÁNG 2 NĂM 1946", "1/QĐ-TTg"),
            ("SỐ 77-C NGÀY 28 THÁNG 12 NĂM 1945", "77-c/SL"),
            ("SỐ 74/CC NGÀY 17 THÁNG 12 NĂM 1945", "74/CC"),
        ] {
            let found = said(&["SẮC LỆNH", line], ActKind::SacLenh).and_then(|found| found.number);
            assert_eq!(found.as_deref(), Some(number), "{line}");
        }
        assert_eq!(said(&["LUẬT", "GIAO THÔNG ĐƯỜNG BỘ"], ActKind::Luat), None);
    }
}
