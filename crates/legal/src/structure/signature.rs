//! Where an act ends: the sentence of its passing, recipients, signatures.

use std::sync::LazyLock;

use regex::Regex;

static PASSED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"^(?:Luật|Bộ luật|Nghị quyết|Pháp lệnh|Hiến pháp)(?:\s\S+){0,14}?\s(?:này|\S+)\s(?:đã\s)?(?:được|đã)\s(?:Quốc hội|Ủy ban|Uỷ ban|Hội đồng|HĐND)",
        r".{0,160}(?:thông qua|khóa|khoá)",
        r"|^(?:This|The) (?:Law|Code|Resolution|Ordinance).{0,60}(?:was|is|has been) (?:passed|adopted|approved)",
    ))
    .expect("fixed pattern")
});

static OFFICE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"^(?:PHÓ\s|QUYỀN\s|THAY MẶT\s)?(?:BỘ TRƯỞNG|CHỦ TỊCH|THỨ TRƯỞNG|THỐNG ĐỐC|THỦ TƯỚNG|CHÁNH ÁN|VIỆN TRƯỞNG|TỔNG KIỂM TOÁN|TỔNG THANH TRA",
        r"|TỔNG GIÁM ĐỐC|TỔNG CỤC TRƯỞNG|GIÁM ĐỐC|CỤC TRƯỞNG|CHỦ NHIỆM|BỘ TRƯỞNG, CHỦ NHIỆM|TỔNG THƯ KÝ|TRƯỞNG BAN|TỔNG BIÊN TẬP)",
        r"|^(?:DEPUTY |VICE )?(?:CHAIRMAN|CHAIRPERSON|CHAIRWOMAN|PRIME MINISTER|MINISTER|PRESIDENT|GOVERNOR|THE PRIME MINISTER)\b",
    ))
    .expect("fixed pattern")
});

static MARK: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:TM|KT|TL|TUQ|Q|T/M|K/T|T\.M|K\.T)\s?[./]\s{0,3}[A-ZĐÀ-Ỹ]{2}").expect("fixed pattern")
});

/// "Luật này được Quốc hội … thông qua ngày …".
pub(crate) fn is_passing(text: &str) -> bool {
    text.len() < 500 && PASSED.is_match(text)
}

/// An office printed in capitals: "BỘ TRƯỞNG", "PHÓ THỦ TƯỚNG".
pub(crate) fn is_office(text: &str) -> bool {
    text.len() < 120 && OFFICE.is_match(text) && !text.ends_with([':', ';', '.']) && is_capital(text)
}

/// "TM. CHÍNH PHỦ", "KT. BỘ TRƯỞNG", "ON BEHALF OF THE GOVERNMENT".
pub(crate) fn is_mark(text: &str) -> bool {
    text.len() < 160
        && (MARK.is_match(text) || text.starts_with("ON BEHALF OF") || text.starts_with("FOR THE "))
        && is_capital(text)
}

/// "Nơi nhận:".
pub(crate) fn is_recipients(text: &str) -> bool {
    let head: String = text.chars().take(12).collect::<String>().to_lowercase();
    head.starts_with("nơi nhận") || head.starts_with("nơi gửi") || head.starts_with("recipients:")
}

/// Whether the text that ends an act begins with this paragraph.
pub(crate) fn begins(text: &str) -> bool {
    is_recipients(text) || is_mark(text) || is_office(text) || is_passing(text) || is_authentication(text)
}

/// "XÁC THỰC VĂN BẢN HỢP NHẤT", above the signature of a consolidated text.
pub(crate) fn is_authentication(text: &str) -> bool {
    text.len() < 60 && text.to_uppercase().starts_with("XÁC THỰC VĂN BẢN HỢP NHẤT")
}

/// What may stand left of that line: who consolidates, and the number of the consolidated text.
pub(crate) fn is_beside_authentication(text: &str) -> bool {
    let letters = text.chars().any(char::is_alphabetic);
    text.len() < 160 && (is_capital(text) || !letters || text.starts_with("Số") && text.contains("VBHN"))
}

/// Mostly capitals, so that "Chủ tịch …" in a sentence is none. Words of a few capitals stay out.
fn is_capital(text: &str) -> bool {
    let (mut upper, mut lower) = (0, 0);
    for c in text.chars().filter(|c| c.is_alphabetic()) {
        if c.is_uppercase() {
            upper += 1;
        } else {
            lower += 1;
        }
    }
    upper > 5 && upper >= lower
}
