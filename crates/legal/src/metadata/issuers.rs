//! Bodies that issue acts, in canonical spelling.

use crate::model::{Language, Para};
use crate::structure::is_upper;

use super::recase::capitalised;

/// Codes in numbers, names, English names. Former bodies stay: their acts do.
const BODIES: &[(&str, &str, &str)] = &[
    ("QH", "Quốc hội", "NATIONAL ASSEMBLY"),
    (
        "UBTVQH",
        "Ủy ban Thường vụ Quốc hội",
        "NATIONAL ASSEMBLY STANDING COMMITTEE",
    ),
    ("CTN", "Chủ tịch nước", "PRESIDENT"),
    ("CP", "Chính phủ", "GOVERNMENT"),
    ("TTg", "Thủ tướng Chính phủ", "PRIME MINISTER"),
    ("HĐBT", "Hội đồng Bộ trưởng", "COUNCIL OF MINISTERS"),
    ("BCA", "Bộ Công an", "MINISTRY OF PUBLIC SECURITY"),
    ("BCT", "Bộ Công Thương", "MINISTRY OF INDUSTRY AND TRADE"),
    (
        "BDTTG",
        "Bộ Dân tộc và Tôn giáo",
        "MINISTRY OF ETHNIC AND RELIGIOUS AFFAIRS",
    ),
    (
        "BGDĐT",
        "Bộ Giáo dục và Đào tạo",
        "MINISTRY OF EDUCATION AND TRAINING",
    ),
    ("BGTVT", "Bộ Giao thông vận tải", "MINISTRY OF TRANSPORT"),
    (
        "BKHĐT",
        "Bộ Kế hoạch và Đầu tư",
        "MINISTRY OF PLANNING AND INVESTMENT",
    ),
    (
        "BKHCN",
        "Bộ Khoa học và Công nghệ",
        "MINISTRY OF SCIENCE AND TECHNOLOGY",
    ),
    (
        "BLĐTBXH",
        "Bộ Lao động - Thương binh và Xã hội",
        "MINISTRY OF LABOR, WAR INVALIDS AND SOCIAL AFFAIRS",
    ),
    ("BNG", "Bộ Ngoại giao", "MINISTRY OF FOREIGN AFFAIRS"),
    (
        "BNNMT",
        "Bộ Nông nghiệp và Môi trường",
        "MINISTRY OF AGRICULTURE AND ENVIRONMENT",
    ),
    (
        "BNNPTNT",
        "Bộ Nông nghiệp và Phát triển nông thôn",
        "MINISTRY OF AGRICULTURE AND RURAL DEVELOPMENT",
    ),
    ("BNV", "Bộ Nội vụ", "MINISTRY OF HOME AFFAIRS"),
    ("BQP", "Bộ Quốc phòng", "MINISTRY OF NATIONAL DEFENSE"),
    ("BTC", "Bộ Tài chính", "MINISTRY OF FINANCE"),
    ("BTM", "Bộ Thương mại", "MINISTRY OF TRADE"),
    ("BCN", "Bộ Công nghiệp", "MINISTRY OF INDUSTRY"),
    (
        "BTNMT",
        "Bộ Tài nguyên và Môi trường",
        "MINISTRY OF NATURAL RESOURCES AND ENVIRONMENT",
    ),
    ("BTP", "Bộ Tư pháp", "MINISTRY OF JUSTICE"),
    (
        "BTTTT",
        "Bộ Thông tin và Truyền thông",
        "MINISTRY OF INFORMATION AND COMMUNICATIONS",
    ),
    (
        "BVHTT",
        "Bộ Văn hóa - Thông tin",
        "MINISTRY OF CULTURE AND INFORMATION",
    ),
    (
        "BVHTTDL",
        "Bộ Văn hóa, Thể thao và Du lịch",
        "MINISTRY OF CULTURE, SPORTS AND TOURISM",
    ),
    ("BXD", "Bộ Xây dựng", "MINISTRY OF CONSTRUCTION"),
    ("BYT", "Bộ Y tế", "MINISTRY OF HEALTH"),
    ("NHNN", "Ngân hàng Nhà nước Việt Nam", "STATE BANK OF VIETNAM"),
    ("TTCP", "Thanh tra Chính phủ", "GOVERNMENT INSPECTORATE"),
    ("UBDT", "Ủy ban Dân tộc", "COMMITTEE FOR ETHNIC MINORITY AFFAIRS"),
    ("VPCP", "Văn phòng Chính phủ", "GOVERNMENT OFFICE"),
    ("VPQH", "Văn phòng Quốc hội", "NATIONAL ASSEMBLY OFFICE"),
    ("VPCTN", "Văn phòng Chủ tịch nước", "OFFICE OF THE PRESIDENT"),
    ("TANDTC", "Tòa án nhân dân tối cao", "SUPREME PEOPLE'S COURT"),
    (
        "HĐTP",
        "Hội đồng Thẩm phán Tòa án nhân dân tối cao",
        "JUDGES' COUNCIL",
    ),
    (
        "VKSNDTC",
        "Viện kiểm sát nhân dân tối cao",
        "SUPREME PEOPLE'S PROCURACY",
    ),
    (
        "VKSTC",
        "Viện kiểm sát nhân dân tối cao",
        "SUPREME PEOPLE'S PROCURACY",
    ),
    ("KTNN", "Kiểm toán nhà nước", "STATE AUDIT"),
    ("BHXH", "Bảo hiểm xã hội Việt Nam", "VIETNAM SOCIAL SECURITY"),
    (
        "UBTƯMTTQVN",
        "Ủy ban Trung ương Mặt trận Tổ quốc Việt Nam",
        "VIETNAM FATHERLAND FRONT",
    ),
    (
        "ĐCTUBTWMTTQVN",
        "Đoàn Chủ tịch Ủy ban Trung ương Mặt trận Tổ quốc Việt Nam",
        "VIETNAM FATHERLAND FRONT CENTRAL COMMITTEE",
    ),
    (
        "UBCK",
        "Ủy ban Chứng khoán Nhà nước",
        "STATE SECURITIES COMMISSION",
    ),
    ("TCTK", "Tổng cục Thống kê", "GENERAL STATISTICS OFFICE"),
    ("TCHQ", "Tổng cục Hải quan", "GENERAL DEPARTMENT OF CUSTOMS"),
];

/// Words that begin names of bodies.
const BEGINS: &[&str] = &[
    "BỘ ",
    "ỦY BAN",
    "UỶ BAN",
    "CHÍNH PHỦ",
    "QUỐC HỘI",
    "THỦ TƯỚNG",
    "CHỦ TỊCH",
    "HỘI ĐỒNG",
    "TÒA ÁN",
    "TOÀ ÁN",
    "VIỆN KIỂM",
    "NGÂN HÀNG",
    "THANH TRA",
    "KIỂM TOÁN",
    "TỔNG ",
    "VĂN PHÒNG",
    "BẢO HIỂM",
    "MẶT TRẬN",
    "ĐOÀN CHỦ TỊCH",
    "TỔNG KIỂM",
    "HĐND",
    "UBND",
    "THỐNG ĐỐC",
    "BAN ",
    "SỞ ",
    "CỤC ",
    "THE GOVERNMENT",
    "THE PRIME",
    "THE NATIONAL",
    "THE MINIST",
    "GOVERNMENT",
    "NATIONAL ASSEMBLY",
    "MINISTRY",
    "THE STATE BANK",
    "THE PRESIDENT",
    "THE STANDING",
    "PRIME MINISTER",
    "STATE BANK",
];

/// Whether a line in capitals names a body or its head ("BỘ TRƯỞNG BỘ TÀI CHÍNH").
pub(crate) fn is_body(text: &str) -> bool {
    text.len() < 160 && !text.starts_with("BAN HÀNH") && BEGINS.iter().any(|word| text.starts_with(word))
}

/// Canonical spelling of one body, or of several joined by dashes.
#[must_use]
pub fn named(printed: &str) -> Vec<String> {
    let text = printed.split_whitespace().collect::<Vec<_>>().join(" ");
    let text = text.trim_matches(['-', '–', '_', '*', ' ', ':', '.']);
    if text.is_empty() {
        return Vec::new();
    }
    if let Some(known) = known(text) {
        return vec![known.to_owned()];
    }
    let pieces: Vec<&str> = text
        .split([';', '–'])
        .flat_map(|piece| piece.split(" - "))
        .flat_map(|piece| piece.split(", Bộ "))
        .collect();
    if pieces.len() > 1
        && pieces
            .iter()
            .all(|piece| known(piece.trim()).is_some() || known(&format!("Bộ {}", piece.trim())).is_some())
    {
        return pieces
            .iter()
            .filter_map(|piece| known(piece.trim()).or_else(|| known(&format!("Bộ {}", piece.trim()))))
            .map(str::to_owned)
            .collect();
    }
    vec![if is_upper(text) {
        spelled(text)
    } else {
        text.to_owned()
    }]
}

/// A body of the table, whatever the case, the place of the tone mark (Ủy, Uỷ) and the head named.
fn known(text: &str) -> Option<&'static str> {
    let key = viet::slug(text);
    let key = key
        .strip_prefix("bo-truong-")
        .or_else(|| key.strip_prefix("the-"))
        .unwrap_or(&key);
    let table = || BODIES.iter();
    table()
        .find(|row| viet::slug(row.1) == key || viet::slug(row.2) == key)
        .or_else(|| table().find(|row| key.strip_prefix("ministry-").is_some() && viet::slug(row.2) == key))
        .map(|row| row.1)
        .or_else(|| {
            (key == "ngan-hang-nha-nuoc" || key == "thong-doc-ngan-hang-nha-nuoc-viet-nam")
                .then_some("Ngân hàng Nhà nước Việt Nam")
        })
        .or_else(|| {
            (key == "standing-committee-of-the-national-assembly").then_some("Ủy ban Thường vụ Quốc hội")
        })
}

/// A name in capitals that the table does not hold: provincial bodies and the like.
fn spelled(upper: &str) -> String {
    const COMMON: &[&str] = &[
        "ban",
        "nhân",
        "dân",
        "hội",
        "đồng",
        "tỉnh",
        "thành",
        "phố",
        "xã",
        "phường",
        "huyện",
        "quận",
        "thị",
        "trấn",
        "và",
        "đặc",
        "khu",
        "nước",
        "trưởng",
        "tịch",
        "án",
        "tối",
        "cao",
        "cục",
        "vụ",
        "phòng",
        "của",
        "phủ",
        "thời",
    ];
    let words: Vec<String> = upper
        .split(' ')
        .enumerate()
        .map(|(place, word)| {
            let lower = word.to_lowercase();
            if place > 0 && COMMON.contains(&lower.as_str()) {
                lower
            } else {
                capitalised(&lower)
            }
        })
        .collect();
    words.join(" ")
}

/// The issuers of an act: the head of the text, else the codes of its number.
pub(super) fn read(head: &[&Para], number: Option<&str>, language: Language) -> Vec<String> {
    let coded = number.map(by_number).unwrap_or_default();
    let printed = by_head(head, language);
    let sure = !printed.is_empty() && printed.iter().all(|name| BODIES.iter().any(|row| row.1 == name));
    match (sure, coded.is_empty()) {
        (true, _) => printed,
        (false, false) => coded,
        (false, true) => printed,
    }
}

/// Lines left of or above the state's name; in translations the first line that names a body.
fn by_head(head: &[&Para], language: Language) -> Vec<String> {
    if language == Language::En {
        let body = head
            .iter()
            .take(14)
            .find(|para| is_body(&para.text) && is_upper(&para.text));
        return body
            .and_then(|para| known(&para.text))
            .map(str::to_owned)
            .into_iter()
            .collect();
    }
    let mut lines: Vec<&str> = Vec::new();
    for para in head.iter().take(10) {
        let text = para.text.as_str();
        if text.contains("XÃ HỘI CHỦ NGHĨA") || text.starts_with("Cộng hòa xã hội") {
            break;
        }
        if is_upper(text) && text.len() < 120 {
            lines.push(text);
        } else if text.chars().any(char::is_alphanumeric) {
            break;
        }
    }
    let joined = lines.join(" ");
    if let Some(name) = known(&joined) {
        return vec![name.to_owned()];
    }
    if lines.len() > 1
        && lines
            .iter()
            .all(|line| known(line.trim_matches(['-', '–', ' '])).is_some())
    {
        return lines.iter().flat_map(|line| named(line)).collect();
    }
    if is_body(&joined) {
        named(&joined)
    } else {
        Vec::new()
    }
}

/// Bodies by the codes of a number: `14/2014/TTLT-BTC-BTP` has two.
pub(super) fn by_number(number: &str) -> Vec<String> {
    let last = number.rsplit('/').next().unwrap_or_default();
    let mut names: Vec<String> = Vec::new();
    for code in last.split('-').flat_map(|piece| piece.split(',')) {
        let plain = code.trim_end_matches(|c: char| c.is_ascii_digit());
        let row = BODIES
            .iter()
            .find(|row| row.0 == code || row.0 == plain || row.0.eq_ignore_ascii_case(plain));
        if let Some(row) = row
            && !names.iter().any(|name| name == row.1)
        {
            names.push(row.1.to_owned());
        }
    }
    names
}

/// The code of a body written without marks in small letters: "bldtbxh" is BLĐTBXH.
pub(crate) fn code(plain: &str) -> Option<&'static str> {
    let mut known = BODIES.iter().map(|row| row.0);
    known.find(|code| viet::fold(code) == plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bodies_by_name_and_number() {
        assert_eq!(named("UỶ BAN THƯỜNG VỤ QUỐC HỘI"), ["Ủy ban Thường vụ Quốc hội"]);
        assert_eq!(named("BỘ TÀI CHÍNH - BỘ TƯ PHÁP"), ["Bộ Tài chính", "Bộ Tư pháp"]);
        assert_eq!(
            named("ỦY BAN NHÂN DÂN TỈNH LÀO CAI"),
            ["Ủy ban nhân dân tỉnh Lào Cai"]
        );
        assert_eq!(by_number("14/2014/TTLT-BTC-BTP"), ["Bộ Tài chính", "Bộ Tư pháp"]);
        assert_eq!(by_number("91/2015/QH13"), ["Quốc hội"]);
        assert_eq!(by_number("10/2025/QĐ-UBND"), [] as [&str; 0]);
    }
}
