//! References to acts: "Luật này", "Nghị định số 100/2019/NĐ-CP ngày …", "Luật Đất đai năm 2013".

use std::ops::Range;

use crate::model::ActKind;
use crate::number::canonical;

use super::lexis::{before, digits, eat, eat_any, eat_next, ends_word, letter, rest, spaces, window, word};
use super::{ActRef, amended, dates, names};

/// Kinds by the words that name them, "liên tịch" before its shorter kin.
const KINDS: [(&str, ActKind); 21] = [
    ("nghị quyết liên tịch", ActKind::NghiQuyetLienTich),
    ("thông tư liên tịch", ActKind::ThongTuLienTich),
    ("thông tư liên bộ", ActKind::ThongTuLienTich),
    ("văn bản hợp nhất", ActKind::VanBanHopNhat),
    ("bộ luật", ActKind::BoLuat),
    ("luật", ActKind::Luat),
    ("pháp lệnh", ActKind::PhapLenh),
    ("nghị định", ActKind::NghiDinh),
    ("nghị quyết", ActKind::NghiQuyet),
    ("quyết định", ActKind::QuyetDinh),
    ("thông tư", ActKind::ThongTu),
    ("chỉ thị", ActKind::ChiThi),
    ("hiến pháp", ActKind::HienPhap),
    ("sắc lệnh", ActKind::SacLenh),
    ("sắc luật", ActKind::SacLuat),
    ("lệnh", ActKind::Lenh),
    ("công văn", ActKind::CongVan),
    ("kế hoạch", ActKind::KeHoach),
    ("thông báo", ActKind::ThongBao),
    ("hướng dẫn", ActKind::HuongDan),
    ("văn bản", ActKind::Khac),
];

/// Bytes after "của" in which an issuer's name ends.
const ISSUER: usize = 120;

/// An act as named at one place.
#[derive(Clone, Debug)]
pub(crate) struct Named {
    /// One act; several where one name has several years.
    pub acts: Vec<ActRef>,
    pub span: Range<usize>,
    /// The kind said, where one is.
    pub kind: Option<ActKind>,
}

/// The kind named at `at`, with the position after it.
pub(crate) fn kind(text: &str, at: usize) -> Option<(ActKind, usize)> {
    let words = KINDS.map(|(word, _)| word);
    let (found, end) = eat_any(text, at, &words)?;
    KINDS
        .iter()
        .find(|(word, _)| *word == found)
        .map(|(_, kind)| (*kind, end))
}

/// The act named at `at`. `after_chain`: provisions stand before it, so that a bare
/// "Luật" or "nghị định 100" can only be an act.
pub(crate) fn named(text: &str, at: usize, after_chain: bool) -> Option<Named> {
    let (kind, end) = kind(text, at)?;
    let capital = letter(text, at).is_some_and(char::is_uppercase);
    this(text, at, kind, end, capital)
        .or_else(|| numbered(text, at, kind, end))
        .or_else(|| amended::read(text, at, kind, end))
        .or_else(|| titled(text, at, kind, end, capital))
        .or_else(|| short(text, at, kind, end, capital, after_chain))
}

/// "Luật này"; "quyết định này" in small letters is a decision told of, not an act.
fn this(text: &str, at: usize, kind: ActKind, end: usize, capital: bool) -> Option<Named> {
    use ActKind::{BoLuat, Luat, NghiDinh, PhapLenh, ThongTu, ThongTuLienTich};
    let small = matches!(
        kind,
        BoLuat | Luat | NghiDinh | PhapLenh | ThongTu | ThongTuLienTich
    );
    let never = matches!(
        kind,
        ActKind::Khac | ActKind::CongVan | ActKind::HuongDan | ActKind::ThongBao
    );
    let end = eat_next(text, end, "này")?;
    ((capital || small) && !never).then(|| Named {
        acts: vec![ActRef::This],
        span: at..end,
        kind: Some(kind),
    })
}

/// "Nghị định số 100/2019/NĐ-CP ngày … của Chính phủ"; the issuer is kept, its words stay outside.
fn numbered(text: &str, at: usize, kind: ActKind, end: usize) -> Option<Named> {
    let place = eat_next(text, end, "số").unwrap_or(end);
    let (number, end) = full_number(text, place)?;
    let (acts, end) = dated(text, number, end);
    Some(Named {
        acts,
        span: at..end,
        kind: Some(kind),
    })
}

/// The act of a number, with the date and the issuer after it; the end is that of the date.
pub(crate) fn dated(text: &str, number: String, end: usize) -> (Vec<ActRef>, usize) {
    let date = dates::date(text, end);
    let end = date.map_or(end, |(_, end)| end);
    let act = ActRef::Number {
        number,
        issuer: issuer(text, end),
        issued: date.map(|(date, _)| date),
    };
    (vec![act], end)
}

fn issuer(text: &str, at: usize) -> Option<String> {
    const STOPS: [&str; 16] = [
        "về", "quy", "ban", "hướng", "sửa", "phê", "có", "được", "đã", "ngày", "tại", "trong", "thì", "và",
        "bãi", "công",
    ];
    let start = spaces(text, eat_next(text, at, "của")?);
    letter(text, start).filter(|c| c.is_uppercase())?;
    let near = window(text, start, ISSUER);
    let mut end = 0;
    for piece in near.split_inclusive(' ') {
        let bare = piece.trim_end_matches([' ', ',', '.', ';', ')', ':']);
        let and_body = bare == "và"
            && near
                .get(end + piece.len()..)
                .is_some_and(|n| n.starts_with(char::is_uppercase));
        if STOPS.contains(&bare) && !and_body || bare.starts_with('(') {
            break;
        }
        end += piece.len();
        if bare.len() < piece.trim_end().len() && !piece.trim_end().ends_with(',') {
            break;
        }
    }
    let name = near.get(..end)?.trim_end_matches(|c: char| !c.is_alphanumeric());
    (name.len() > 3).then(|| name.to_owned())
}

/// A number with its code: "100/2019/NĐ-CP", "52-CT/TW", "471/QĐ-TTg", "17 /2026/NQ-CP".
pub(crate) fn full_number(text: &str, at: usize) -> Option<(String, usize)> {
    let start = spaces(text, at);
    let (_, mut end) = digits(text, start, 6)?;
    let (mut letters, mut dots) = (0usize, 0);
    loop {
        let sign = spaces(text, end);
        match letter(text, sign) {
            Some('.') if sign == end && dots == 0 && digits(text, end + 1, 3).is_some() => {
                dots += 1;
                end = digits(text, end + 1, 3)?.1;
            }
            Some(c @ ('/' | '-' | '–')) => {
                let next = spaces(text, sign + c.len_utf8());
                let run = word(text, next);
                let code = is_code(run);
                let spaced = next > sign + c.len_utf8() || sign > end;
                if run.is_empty() || !code || (spaced && letters == 0 && !follows_number(run)) {
                    break;
                }
                letters += run.chars().filter(|c| c.is_alphabetic()).count();
                end = next + run.len();
            }
            Some(c) if sign == end && c.is_alphabetic() && letters == 0 => {
                let run = word(text, end);
                if run.chars().count() > 1 {
                    break;
                }
                end += run.len();
            }
            _ => break,
        }
    }
    (letters >= 1 && ends_word(text, end)).then(|| (canonical(text.get(start..end).unwrap_or_default()), end))
}

/// A piece of a number's code: a year, or letters of which the first is a capital.
fn is_code(run: &str) -> bool {
    let first = run.chars().next();
    first.is_some_and(|c| c.is_ascii_digit() && run.len() <= 4 || c.is_uppercase()) && run.len() < 24
}

/// Whether a piece after a spaced sign can still belong to the number.
fn follows_number(run: &str) -> bool {
    (run.len() == 4 && run.starts_with(['1', '2'])) || run.chars().filter(|c| c.is_uppercase()).count() >= 2
}

/// "Luật Đất đai số 31/2024/QH15", "Luật Đất đai năm 2013", "Hiến pháp".
fn titled(text: &str, at: usize, kind: ActKind, end: usize, capital: bool) -> Option<Named> {
    let end = match kind {
        ActKind::HienPhap if capital || names::is_dated(text, end) => names::after_constitution(text, end),
        ActKind::Luat | ActKind::BoLuat | ActKind::PhapLenh => names::title(text, end, kind, capital)?,
        _ => return None,
    };
    let name = match kind {
        ActKind::HienPhap => "Hiến pháp",
        _ => text.get(at..end)?,
    };
    let (acts, end) = after_name(text, name, end);
    Some(Named {
        acts,
        span: at..end,
        kind: Some(kind),
    })
}

/// What stands after a name: its number, its date or its years.
pub(crate) fn after_name(text: &str, name: &str, end: usize) -> (Vec<ActRef>, usize) {
    if let Some((number, end)) = eat_next(text, end, "số").and_then(|end| full_number(text, end)) {
        return dated(text, number, end);
    }
    let named = |year, issued| ActRef::Name {
        name: name.to_owned(),
        year,
        issued,
    };
    if let Some((date, end)) = dates::date(text, end) {
        return (vec![named(None, Some(date))], end);
    }
    let mut acts = Vec::new();
    let mut last = end;
    while let Some((year, after)) = dates::year(
        text,
        if acts.is_empty() {
            end
        } else {
            next_year(text, last)
        },
    ) {
        acts.push(named(Some(year), None));
        last = after;
        if acts.len() > 8 {
            break;
        }
    }
    if acts.is_empty() {
        return (vec![named(None, None)], end);
    }
    (acts, last)
}

/// Where a further year of the same name may stand: after ", " or " và" before "năm".
fn next_year(text: &str, at: usize) -> usize {
    let start = spaces(text, at);
    let place = match letter(text, start) {
        Some(',') => Some(start + 1),
        _ => eat(text, start, "và"),
    };
    match place {
        Some(place) if eat_next(text, place, "năm").is_some() => place,
        // No year begins at the end of the text.
        _ => text.len(),
    }
}

/// "Nghị định số 30", "nghị định 100/2019", and after provisions a bare "Luật".
fn short(
    text: &str,
    at: usize,
    kind: ActKind,
    end: usize,
    capital: bool,
    after_chain: bool,
) -> Option<Named> {
    use ActKind::{BoLuat, Luat, NghiDinh, NghiQuyet, PhapLenh, QuyetDinh, ThongTu, ThongTuLienTich};
    let citable = matches!(
        kind,
        NghiDinh | ThongTu | ThongTuLienTich | NghiQuyet | QuyetDinh | BoLuat | Luat | PhapLenh
    );
    if !citable {
        return None;
    }
    let said = eat_next(text, end, "số");
    let close = short_number(text, said.unwrap_or(end));
    let sure = capital || said.is_some() || after_chain || matches!(kind, NghiDinh | ThongTu);
    let end = match close {
        Some(end) if sure => end,
        _ if after_chain && capital && ends_clause(text, end) => end,
        _ => return None,
    };
    Some(Named {
        acts: vec![ActRef::Short {
            text: text.get(at..end)?.to_owned(),
        }],
        span: at..end,
        kind: Some(kind),
    })
}

/// "30", "100/2019" with nothing more of a number after it.
fn short_number(text: &str, at: usize) -> Option<usize> {
    let start = spaces(text, at);
    let (_, mut end) = digits(text, start, 4)?;
    if letter(text, end) == Some('/')
        && let Some((year, after)) = digits(text, end + 1, 4)
        && year.len() == 4
    {
        end = after;
    }
    let open = rest(text, end).starts_with(['/', '-', '%']);
    (start > at && ends_word(text, end) && !open).then_some(end)
}

/// Whether a bare kind word ends what is said of the act.
fn ends_clause(text: &str, at: usize) -> bool {
    const NEXT: [&str; 12] = [
        "và", "hoặc", "thì", "được", "về", "đối", "có", "phải", "không", "để", "như", "cho",
    ];
    let start = spaces(text, at);
    match letter(text, start) {
        None => true,
        Some(c) if c.is_alphanumeric() => NEXT.contains(&word(text, start)),
        Some(_) => true,
    }
}

/// A further number of a list: ", số 1518/BNG-NVVH ngày …", " và số …".
pub(crate) fn further_number(text: &str, at: usize) -> Option<Named> {
    let end = eat(text, at, "số")?;
    before(text, at).filter(|c| !c.is_alphanumeric())?;
    let (number, end) = full_number(text, end)?;
    let (acts, end) = dated(text, number, end);
    Some(Named {
        acts,
        span: at..end,
        kind: None,
    })
}
