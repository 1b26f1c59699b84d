//! Amending clauses that a third act changes before or after they were applied.

mod library;

use jiff::civil::{Date, date};
use legal::amend::{Reason, read};
use legal::consolidate::{Amending, Expression, consolidate};
use library::{act, amending, base, text};

/// An act of a later day about the amending law of [`amending`].
fn upon(line: &str, day: Date) -> Amending {
    let target = amending(&[]);
    let lines = [
        "QUỐC HỘI",
        "Luật số: 30/2023/QH15",
        "Hà Nội, ngày 21 tháng 6 năm 2023",
        "LUẬT",
        "BẢO TÀNG",
        "Điều 1. Sửa đổi, bổ sung một số luật",
        line,
        "“1. Sửa đổi, bổ sung Điều 3 như sau:”",
        "Điều 2. Việc khác",
        "Việc khác.",
    ];
    let text = act(&lines);
    let mut found = Amending::of(&text, &read(&text), &target.metadata);
    found.in_force = Some(day);
    found
}

/// What a later act says of the amending law, on or after the day on which that holds (01/01/2024);
/// what comes of it for the base, and whether Điều 3 is changed.
const CLAUSES: [(&str, i16, &[Reason], bool); 11] = [
    (
        "1. Bãi bỏ khoản 1 Điều 1 {}.",
        2024,
        &[Reason::ClauseRepealed],
        false,
    ),
    (
        "1. Bãi bỏ khoản 1 Điều 1 {}.",
        2025,
        &[Reason::AmendsClause],
        true,
    ),
    ("1. Bãi bỏ Điều 2 {}.", 2024, &[], true),
    ("1. Bãi bỏ khoản 10 Điều 1 {}.", 2024, &[], true),
    (
        "1. Sửa đổi, bổ sung khoản 1 Điều 1 {} như sau:",
        2024,
        &[Reason::ClauseAmended],
        false,
    ),
    (
        "1. Sửa đổi, bổ sung khoản 1 Điều 1 {} như sau:",
        2025,
        &[Reason::AmendsClause],
        true,
    ),
    (
        "1. Thay thế cụm từ “bạn đọc” bằng cụm từ “người đọc” tại khoản 1 Điều 1 {}.",
        2025,
        &[Reason::AmendsClause],
        true,
    ),
    (
        "1. Thay thế cụm từ “bảo tàng” bằng cụm từ “nhà sách” tại khoản 1 Điều 1 {}.",
        2025,
        &[],
        true,
    ),
    (
        "1. Luật số 20/2023/QH15 hết hiệu lực kể từ ngày 01 tháng 01 năm 2024.",
        2024,
        &[Reason::ClauseRepealed, Reason::ClauseRepealed],
        false,
    ),
    (
        "1. Luật số 20/2023/QH15 hết hiệu lực kể từ ngày 01 tháng 01 năm 2025.",
        2025,
        &[],
        true,
    ),
    (
        "1. Bãi bỏ Điều 1 {}.",
        2025,
        &[Reason::AmendsClause, Reason::AmendsClause],
        true,
    ),
];

/// The base with an amending law and a later act about that one.
fn with_clause_changed(line: &str, day: Date) -> Expression {
    let base = base();
    let clauses = amending(&[
        "1. Sửa đổi, bổ sung Điều 3 như sau:",
        "“Điều 3. Nguyên tắc",
        "Thư viện phục vụ bạn đọc.”",
        "2. Bỏ từ “quy hoạch,” tại Điều 1.",
    ]);
    let mut first = Amending::of(&clauses, &read(&clauses), &base.metadata);
    let later = upon(line, day);
    let mut about_base = Amending {
        instructions: Vec::new(),
        ..later.clone()
    };
    for (_, refusal) in first.met_by(&[later]) {
        about_base.take(refusal);
    }
    consolidate(&base, &[about_base, first], None)
}

#[test]
fn a_clause_that_was_changed_itself_is_not_applied_in_silence() {
    for (line, year, wanted, is_applied) in CLAUSES {
        let line = line.replace("{}", "của Luật số 20/2023/QH15 ngày 20 tháng 6 năm 2023");
        let found = with_clause_changed(&line, date(year, 1, 1));
        let reasons: Vec<Reason> = found.flags.iter().map(|flag| flag.reason).collect();
        assert_eq!(reasons, wanted, "{line} {year} {:?}", found.flags);
        let is_changed = text(&found, "3").contains("bạn đọc");
        assert_eq!(is_changed, is_applied, "{line} {year}");
        if let Some(flag) = found.flags.first() {
            assert_eq!(flag.provision.as_deref(), Some("art_3"), "{line}");
        }
    }
}
