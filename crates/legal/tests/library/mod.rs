//! The law on libraries that tests amend: a base of 2020 and a law of 2023 that amends it.
#![allow(dead_code)]

use legal::amend::{Reason, read};
use legal::consolidate::{Amending, Expression, consolidate};
use legal::draft::Draft;
use legal::inspect::full_text;
use legal::model::{ActText, Block, Para, ProvisionKind};
use legal::structure::structure;

/// An act from its lines.
pub fn act(lines: &[&str]) -> ActText {
    let para = |line: &&str| {
        Block::Para(Para {
            text: (*line).to_owned(),
            ..Para::default()
        })
    };
    structure(Draft {
        blocks: lines.iter().map(para).collect(),
        ..Draft::default()
    })
}

pub fn base() -> ActText {
    act(&[
        "QUỐC HỘI",
        "Luật số: 10/2020/QH14",
        "Hà Nội, ngày 01 tháng 6 năm 2020",
        "LUẬT",
        "THƯ VIỆN",
        "Chương I",
        "QUY ĐỊNH CHUNG",
        "Điều 1. Phạm vi điều chỉnh",
        "Luật này quy định về thư viện và quy hoạch, kế hoạch phát triển thư viện.",
        "Điều 2. Giải thích từ ngữ",
        "1. Thư viện là nơi lưu giữ sách.",
        "2. Bạn đọc là người sử dụng thư viện, bao gồm:",
        "a) Người lớn;",
        "b) Trẻ em.",
        "3. Ủy ban nhân dân cấp huyện quản lý thư viện.",
        "Điều 3. Nguyên tắc",
        "Thư viện phục vụ mọi người.",
        "Chương II",
        "THI HÀNH",
        "Điều 4. Hiệu lực",
        "Luật này có hiệu lực từ ngày 01 tháng 7 năm 2021.",
    ])
}

/// An amending law with these lines below Điều 1.
pub fn amending(lines: &[&str]) -> ActText {
    amending_from(
        lines,
        "Luật này có hiệu lực thi hành từ ngày 01 tháng 01 năm 2024.",
    )
}

/// The same with this text of its Điều 2, "Hiệu lực thi hành".
pub fn amending_from(lines: &[&str], commencement: &str) -> ActText {
    let head = [
        "QUỐC HỘI",
        "Luật số: 20/2023/QH15",
        "Hà Nội, ngày 20 tháng 6 năm 2023",
        "LUẬT",
        "SỬA ĐỔI, BỔ SUNG MỘT SỐ ĐIỀU CỦA LUẬT THƯ VIỆN",
        "Quốc hội ban hành Luật sửa đổi, bổ sung một số điều của Luật Thư viện số 10/2020/QH14.",
        "Điều 1. Sửa đổi, bổ sung một số điều của Luật Thư viện",
    ];
    let tail = ["Điều 2. Hiệu lực thi hành", commencement];
    let all: Vec<&str> = head.iter().chain(lines).chain(&tail).copied().collect();
    act(&all)
}

/// What an amending law with these lines makes of the base.
pub fn apply(base: &ActText, lines: &[&str]) -> Expression {
    let act = amending(lines);
    consolidate(base, &[Amending::of(&act, &read(&act), &base.metadata)], None)
}

/// Why its provisions are in doubt.
pub fn reasons(expression: &Expression) -> Vec<Reason> {
    expression.flags.iter().map(|flag| flag.reason).collect()
}

/// Heading and text of an article.
fn article(expression: &Expression, number: &str) -> Option<(Option<String>, String)> {
    let provisions = &expression.text.provisions;
    let place = provisions
        .iter()
        .position(|one| one.kind == ProvisionKind::Article && one.number == number)?;
    Some((
        provisions[place].heading.clone(),
        full_text(&expression.text, place),
    ))
}

pub fn text(expression: &Expression, number: &str) -> String {
    article(expression, number)
        .map(|(_, text)| text)
        .unwrap_or_default()
}
