//! Numbers of acts in canonical spelling, and what they tell of kind and issuer.

mod file_name;

use crate::model::ActKind;

pub use file_name::in_file_name;

/// A number as canonical writing has it: no spaces, Đ for every look-alike.
///
/// `canonical("53/ 2014/QÐ- UBND") == "53/2014/QĐ-UBND"`.
#[must_use]
pub fn canonical(printed: &str) -> String {
    let mut log = viet::Mended::default();
    let mended = viet::mend(printed, &mut log);
    let dashed = mended.replace(['–', '—', '‑', '−'], "-");
    let mut joined = String::with_capacity(dashed.len());
    for piece in dashed.split_inclusive(['/', '-']) {
        let text = piece.trim_end_matches(['/', '-']);
        joined.push_str(text.trim());
        joined.push_str(&piece[text.len()..]);
    }
    // A number holds no space: what follows one is a remark. Translations print codes without marks.
    let first = joined.split_whitespace().next().unwrap_or_default();
    let joined = first.replace("/ND-", "/NĐ-").replace("/QD-", "/QĐ-");
    padded(joined.trim_matches(['.', ',', ';', ':', '/', '-', '_', '(', ')']))
}

/// Numbers below 10 of normative acts carry a zero: "1/2026/TT-BNV" is 01/2026/TT-BNV.
fn padded(number: &str) -> String {
    let mut pieces = number.splitn(3, '/');
    match (pieces.next(), pieces.next(), pieces.next()) {
        (Some(first), Some(year), Some(code))
            if first.len() == 1 && year.len() == 4 && code.contains('-') =>
        {
            format!("0{first}/{year}/{code}")
        }
        _ => number.to_owned(),
    }
}

/// Codes of kinds inside numbers.
const CODES: &[(&str, ActKind)] = &[
    ("NĐ", ActKind::NghiDinh),
    ("ND", ActKind::NghiDinh),
    ("QĐ", ActKind::QuyetDinh),
    ("QD", ActKind::QuyetDinh),
    ("TTLT", ActKind::ThongTuLienTich),
    ("TTLN", ActKind::ThongTuLienTich),
    ("TT", ActKind::ThongTu),
    ("NQLT", ActKind::NghiQuyetLienTich),
    ("NQ", ActKind::NghiQuyet),
    ("PL", ActKind::PhapLenh),
    ("CT", ActKind::ChiThi),
    ("SL", ActKind::SacLenh),
    ("L", ActKind::Lenh),
    ("VBHN", ActKind::VanBanHopNhat),
    ("KH", ActKind::KeHoach),
    ("HD", ActKind::HuongDan),
    ("BC", ActKind::BaoCao),
    ("TB", ActKind::ThongBao),
];

/// The kind that a number's code names; laws and resolutions of Quốc hội share theirs, so `None`.
#[must_use]
pub fn kind_of(number: &str) -> Option<ActKind> {
    number
        .split('/')
        .skip(1)
        .flat_map(|piece| piece.split('-').next())
        .find_map(|code| CODES.iter().find(|row| row.0 == code).map(|row| row.1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wild_spellings_become_canonical() {
        for (printed, expected) in [
            ("53/ 2014/QĐ- UBND", "53/2014/QĐ-UBND"),
            ("78/2025/N\u{d0}-CP", "78/2025/NĐ-CP"),
            ("152/2025/TT-BT\u{421}", "152/2025/TT-BTC"),
            ("14/2014/TTLT–BTC–BTP.", "14/2014/TTLT-BTC-BTP"),
            ("76/2010/QD-TTg", "76/2010/QĐ-TTg"),
            ("867/QĐ-QLTA Lỗi", "867/QĐ-QLTA"),
            ("18 /2025/TT-BVHTTDL", "18/2025/TT-BVHTTDL"),
            ("1/2026/TT-BNV", "01/2026/TT-BNV"),
            ("", ""),
            ("09/1998/PL-UBTVQH10", "09/1998/PL-UBTVQH10"),
        ] {
            assert_eq!(canonical(printed), expected);
        }
    }

    #[test]
    fn codes_tell_the_kind() {
        assert_eq!(kind_of("78/2025/NĐ-CP"), Some(ActKind::NghiDinh));
        assert_eq!(kind_of("06/VBHN-BNV"), Some(ActKind::VanBanHopNhat));
        assert_eq!(kind_of("91/2015/QH13"), None);
    }
}
