//! Amending sentences in every form of the field, and what they do to a text.

mod library;

use jiff::civil::{Date, date};
use legal::amend::{Anchor, Instruction, Operation, Portion, Reading, Reason, read};
use legal::citations::ActRef;
use legal::consolidate::{Amending, Applied, Change, Expression, consolidate, consolidate_each};
use library::{act, amending, base, text};

fn reading(lines: &[&str]) -> Reading {
    read(&amending(lines))
}

/// What each instruction does to what, in short.
fn told(reading: &Reading) -> Vec<String> {
    let one = |instruction: &Instruction| {
        let what = match &instruction.operation {
            Operation::Insert(Anchor::ByNumber) => "insert".to_owned(),
            Operation::Insert(Anchor::After(at)) => format!("insert after {at}:"),
            Operation::Insert(Anchor::Before(at)) => format!("insert before {at}:"),
            Operation::ReplacePhrase(pairs) => pairs
                .iter()
                .map(|pair| format!("{}→{}", pair.old, pair.new))
                .collect::<Vec<_>>()
                .join(","),
            Operation::DropPhrase(words) => format!("drop {}", words.join(",")),
            Operation::AddPhrase(addition) => format!("add {} {:?}", addition.words, addition.side),
            Operation::Renumber(to) => format!("renumber to {to}:"),
            other => format!("{other:?}").to_lowercase(),
        };
        let portion = match &instruction.target.portion {
            Portion::Whole => String::new(),
            portion => format!(" {portion:?}"),
        };
        format!(
            "{what} {}{portion}",
            instruction.target.provision.as_deref().unwrap_or("act")
        )
    };
    reading.instructions.iter().map(one).collect()
}

/// Lines of an amending law, and what is read in them.
const FORMS: [(&[&str], &[&str]); 17] = [
    (
        &[
            "1. Sửa đổi, bổ sung khoản 1 Điều 2 như sau:",
            "“1. Thư viện là nơi đọc sách.”",
        ],
        &["replace art_2__clause_1"],
    ),
    (
        &[
            "1. Khoản 1 Điều 2 được sửa đổi, bổ sung như sau:",
            "“1. Thư viện là nơi đọc sách.”",
        ],
        &["replace art_2__clause_1"],
    ),
    (
        &[
            "1. Sửa đổi, bổ sung khoản 1; bổ sung khoản 4 và khoản 5 Điều 2 như sau:",
            "“1. Thư viện là nơi đọc sách.”",
            "“4. Sách là tài liệu.",
            "5. Báo là tài liệu.”",
        ],
        &[
            "replace art_2__clause_1",
            "insert art_2__clause_4",
            "insert art_2__clause_5",
        ],
    ),
    (
        &[
            "1. Sửa đổi, bổ sung điểm a khoản 2 và khoản 3 Điều 2 như sau:",
            "“a) Người già;”",
            "“3. Xã quản lý.”",
        ],
        &["replace art_2__clause_2__point_a", "replace art_2__clause_3"],
    ),
    (
        &[
            "1. Bổ sung điểm c vào sau điểm b khoản 2 Điều 2 như sau:",
            "“c) Người nước ngoài.”",
        ],
        &["insert after art_2__clause_2__point_b: art_2__clause_2__point_c"],
    ),
    (
        &["1. Bổ sung khoản 4 vào Điều 2 như sau:", "“4. Sách là tài liệu.”"],
        &["insert art_2__clause_4"],
    ),
    (
        &[
            "1. Bổ sung Điều 3a, Điều 3b vào sau Điều 3 như sau:",
            "“Điều 3a. Một",
            "Một.",
            "Điều 3b. Hai",
            "Hai.”",
        ],
        &["insert after art_3: art_3a", "insert after art_3a: art_3b"],
    ),
    (
        &["1. Bãi bỏ khoản 3 Điều 2, Điều 3."],
        &["repeal art_2__clause_3", "repeal art_3"],
    ),
    (
        &[
            "1. Thay thế cụm từ “cấp huyện” bằng cụm từ “cấp xã” tại khoản 3 Điều 2; cụm từ “sách” bằng “tài liệu” tại khoản 1 Điều 2.",
        ],
        &[
            "cấp huyện→cấp xã art_2__clause_3",
            "sách→tài liệu art_2__clause_1",
        ],
    ),
    (
        &["1. Sửa đổi cụm từ “cấp huyện” tại khoản 3 Điều 2 thành cụm từ “cấp xã”."],
        &["cấp huyện→cấp xã art_2__clause_3"],
    ),
    (&["1. Bỏ từ “quy hoạch,” tại Điều 1."], &["drop quy hoạch, art_1"]),
    (
        &["1. Bỏ từ “mọi” trước cụm từ “người” tại Điều 3."],
        &["mọi người→người art_3"],
    ),
    (
        &["1. Bổ sung cụm từ “và báo” vào sau cụm từ “sách” tại khoản 1 Điều 2."],
        &["add và báo After(\"sách\") art_2__clause_1"],
    ),
    (
        &[
            "1. Sửa đổi, bổ sung một số khoản của Điều 2 như sau:",
            "a) Sửa đổi, bổ sung tên điều như sau:",
            "“Điều 2. Từ ngữ”",
            "b) Bãi bỏ khoản 3.",
        ],
        &["replace art_2 Title", "repeal art_2__clause_3"],
    ),
    (
        &[
            "1. Sửa đổi, bổ sung đoạn mở đầu khoản 2 Điều 2 như sau:",
            "“2. Bạn đọc là:”",
        ],
        &["replace art_2__clause_2 Opening"],
    ),
    (
        &["1. Chuyển khoản 3 Điều 2 thành khoản 4 Điều 2."],
        &["renumber to art_2__clause_4: art_2__clause_3"],
    ),
    (
        &[
            "1. Sửa đổi, bổ sung các khoản 1 và 3; bổ sung khoản 1a vào sau khoản 1 Điều 2 như sau:",
            "“1. Một.",
            "1a. Một a.",
            "3. Ba.”",
        ],
        &[
            "replace art_2__clause_1",
            "replace art_2__clause_3",
            "insert after art_2__clause_1: art_2__clause_1a",
        ],
    ),
];

#[test]
fn every_form_of_sentence_is_read() {
    for (lines, wanted) in FORMS {
        let found = reading(lines);
        assert_eq!(told(&found), wanted, "{lines:?} {:?}", found.refusals);
        assert!(found.refusals.is_empty(), "{lines:?} {:?}", found.refusals);
        let base = base().metadata;
        assert!(
            found
                .instructions
                .iter()
                .all(|one| legal::consolidate::aims_at(&one.target.act, &base)),
            "{lines:?}"
        );
    }
}

#[test]
fn what_is_uncertain_is_refused_with_its_reason() {
    let cases: [(&[&str], Reason); 5] = [
        (
            &["1. Thay cụm từ “sách” bằng cụm từ “tài liệu”."],
            Reason::NoTarget,
        ),
        (
            &["1. Bãi bỏ quy định về quy hoạch tại Điều 1."],
            Reason::PartOfContent,
        ),
        (&["1. Sửa đổi, bổ sung khoản 1 Điều 2."], Reason::NoText),
        (
            &["1. Thay các từ “a”, “b”, “c” bằng các từ “d”, “e” tại Điều 1."],
            Reason::Pairs,
        ),
        (&["1. Sửa đổi Mẫu số 01 như sau:"], Reason::NoText),
    ];
    for (lines, reason) in cases {
        let found = reading(lines);
        assert!(found.instructions.is_empty(), "{lines:?} {:?}", told(&found));
        assert_eq!(
            found.refusals.first().map(|one| one.reason),
            Some(reason),
            "{lines:?}"
        );
    }
}

#[test]
fn ordinary_sentences_amend_nothing() {
    for line in [
        "1. Bổ sung hồ sơ theo yêu cầu của thư viện.",
        "1. Sửa đổi, bổ sung Điều lệ của thư viện.",
        "1. Bãi bỏ văn bản trái với Hiến pháp, luật.",
        "1. Giấy phép hết hiệu lực sau 05 năm.",
        "1. Thay thế sách cũ bằng sách mới tại phòng đọc.",
    ] {
        let plain = act(&["LUẬT", "THƯ VIỆN", "Điều 1. Việc làm", line, "2. Việc khác."]);
        let found = read(&plain);
        assert!(
            found.instructions.is_empty() && found.refusals.is_empty(),
            "{line} {found:?}"
        );
    }
}

fn applied(lines: &[&str]) -> Expression {
    let base = base();
    let amending = amending(lines);
    consolidate(
        &base,
        &[Amending::of(&amending, &read(&amending), &base.metadata)],
        None,
    )
}

/// Lines of an amending law, the article they change, and its text then.
const CHANGES: [(&[&str], &str, &str); 7] = [
    (
        &[
            "1. Bổ sung điểm c vào sau điểm b khoản 2 Điều 2 như sau:",
            "“c) Người nước ngoài.”",
        ],
        "2",
        "\n1. Thư viện là nơi lưu giữ sách.\n2. Bạn đọc là người sử dụng thư viện, bao gồm:\na) Người lớn;\nb) Trẻ em;\nc) Người nước ngoài.\n3. Ủy ban nhân dân cấp huyện quản lý thư viện.",
    ),
    (
        &["1. Bãi bỏ điểm a khoản 2 và khoản 3 Điều 2."],
        "2",
        "\n1. Thư viện là nơi lưu giữ sách.\n2. Bạn đọc là người sử dụng thư viện, bao gồm:\na) (được bãi bỏ)\nb) Trẻ em.\n3. (được bãi bỏ)",
    ),
    (
        &["1. Thay thế cụm từ “ủy ban nhân dân cấp huyện” bằng cụm từ “ủy ban nhân dân cấp xã” tại Điều 2."],
        "2",
        "\n1. Thư viện là nơi lưu giữ sách.\n2. Bạn đọc là người sử dụng thư viện, bao gồm:\na) Người lớn;\nb) Trẻ em.\n3. Ủy ban nhân dân cấp xã quản lý thư viện.",
    ),
    (
        &["1. Bỏ từ “quy hoạch,” tại Điều 1."],
        "1",
        "Luật này quy định về thư viện và kế hoạch phát triển thư viện.",
    ),
    (
        &[
            "1. Bổ sung Điều 3a vào sau Điều 3 như sau:",
            "“Điều 3a. Sách",
            "Sách là tài liệu.”",
        ],
        "3a",
        "Sách là tài liệu.",
    ),
    (
        &["1. Bổ sung cụm từ “và bạn đọc” vào cuối Điều 3."],
        "3",
        "Thư viện phục vụ mọi người và bạn đọc.",
    ),
    (
        &[
            "1. Sửa đổi, bổ sung đoạn mở đầu khoản 2 Điều 2 như sau:",
            "“2. Bạn đọc là:”",
        ],
        "2",
        "\n1. Thư viện là nơi lưu giữ sách.\n2. Bạn đọc là:\na) Người lớn;\nb) Trẻ em.\n3. Ủy ban nhân dân cấp huyện quản lý thư viện.",
    ),
];

#[test]
fn amendments_are_applied_to_the_letter() {
    for (lines, number, wanted) in CHANGES {
        let expression = applied(lines);
        assert_eq!(
            text(&expression, number).trim_start(),
            wanted.trim_start(),
            "{lines:?}"
        );
        assert!(expression.flags.is_empty(), "{lines:?} {:?}", expression.flags);
    }
    let order: Vec<String> = {
        let expression = applied(&[
            "1. Bổ sung Điều 3a vào sau Điều 3 như sau:",
            "“Điều 3a. Sách",
            "Sách là tài liệu.”",
        ]);
        expression.articles().map(str::to_owned).collect()
    };
    assert_eq!(order, ["art_1", "art_2", "art_3", "art_3a", "art_4"]);
}

#[test]
fn what_cannot_be_placed_changes_nothing_and_is_flagged() {
    let cases: [(&[&str], Reason, Option<&str>); 6] = [
        (
            &["1. Sửa đổi, bổ sung khoản 9 Điều 2 như sau:", "“9. Chín.”"],
            Reason::UnknownTarget,
            Some("art_2"),
        ),
        (
            &["1. Bổ sung khoản 3 vào Điều 2 như sau:", "“3. Ba.”"],
            Reason::AlreadyThere,
            Some("art_2__clause_3"),
        ),
        (
            &["1. Bổ sung khoản 4 vào sau khoản 9 Điều 2 như sau:", "“4. Bốn.”"],
            Reason::UnknownAnchor,
            Some("art_2"),
        ),
        (
            &["1. Thay cụm từ “bảo tàng” bằng cụm từ “thư viện” tại Điều 3."],
            Reason::PhraseNotFound,
            Some("art_3"),
        ),
        (&["1. Bãi bỏ Điều 40."], Reason::UnknownTarget, None),
        (
            &["1. Bỏ cụm từ “mọi người” tại Điều 3; bỏ cụm từ “lưu giữ sách” tại khoản 1 Điều 2."],
            Reason::Remainder,
            None,
        ),
    ];
    for (lines, reason, about) in cases {
        let expression = applied(lines);
        if reason != Reason::Remainder {
            assert_eq!(expression.text, base(), "{lines:?}");
        }
        let flag = expression.flags.first();
        if let Some(flag) = flag.filter(|_| reason != Reason::Remainder) {
            assert_eq!(
                (flag.reason, flag.provision.as_deref()),
                (reason, about),
                "{lines:?}"
            );
        } else {
            assert!(reason == Reason::Remainder, "{lines:?}");
        }
    }
}

/// The same instructions as of another law of another day.
fn later(lines: &[&str], number: &str, day: Date) -> Amending {
    let base = base();
    let act = amending(lines);
    let mut found = Amending::of(&act, &read(&act), &base.metadata);
    found.number = number.to_owned();
    found.issued = Some(day);
    found.in_force = Some(day);
    found
}

#[test]
fn the_order_of_arrival_does_not_matter_and_any_day_can_be_asked() {
    let acts = [
        later(
            &[
                "1. Sửa đổi, bổ sung khoản 1 Điều 2 như sau:",
                "“1. Thư viện là nơi đọc sách.”",
            ],
            "1/2022/QH15",
            date(2022, 1, 1),
        ),
        later(
            &["1. Thay cụm từ “đọc sách” bằng cụm từ “đọc báo” tại khoản 1 Điều 2."],
            "2/2023/QH15",
            date(2023, 1, 1),
        ),
        later(&["1. Bãi bỏ khoản 1 Điều 2."], "3/2024/QH15", date(2024, 1, 1)),
    ];
    let base = base();
    let whole = consolidate(&base, &acts, None);
    for order in [[0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
        let shuffled: Vec<Amending> = order.iter().map(|place| acts[*place].clone()).collect();
        let again = consolidate(&base, &shuffled, None);
        assert_eq!(
            serde_json::to_string(&again).ok(),
            serde_json::to_string(&whole).ok()
        );
    }
    for (day, wanted) in [
        (date(2021, 12, 31), "1. Thư viện là nơi lưu giữ sách."),
        (date(2022, 1, 1), "1. Thư viện là nơi đọc sách."),
        (date(2023, 6, 1), "1. Thư viện là nơi đọc báo."),
        (date(2024, 1, 1), "1. (được bãi bỏ)"),
    ] {
        let then = consolidate(&base, &acts, Some(day));
        assert!(text(&then, "2").contains(wanted), "{day} {}", text(&then, "2"));
    }
    // One pass gives the same texts as each day alone.
    let (all, texts) = consolidate_each(&base, &acts);
    assert_eq!(all, whole);
    let days: Vec<Date> = texts.iter().map(|one| one.0).collect();
    assert_eq!(days, [date(2022, 1, 1), date(2023, 1, 1), date(2024, 1, 1)]);
    for (day, text) in texts {
        assert_eq!(text, consolidate(&base, &acts, Some(day)).text, "{day}");
    }
    let hows: Vec<Change> = whole
        .outcomes
        .iter()
        .filter_map(|outcome| match outcome.result {
            Applied::Changed { how, .. } => Some(how),
            Applied::Refused { .. } => None,
        })
        .collect();
    assert_eq!(hows, [Change::Amended, Change::Amended, Change::Repealed]);
}

#[test]
fn earlier_amendments_that_a_sentence_tells_of_are_no_targets() {
    let found = reading(&[
        "1. Bãi bỏ khoản 3 Điều 2 của Luật Thư viện số 10/2020/QH14 đã được sửa đổi, bổ sung một số điều theo Luật số 15/2021/QH15 và Luật số 16/2022/QH15.",
    ]);
    assert_eq!(told(&found), ["repeal art_2__clause_3"]);
    let acts: Vec<&ActRef> = found.instructions.iter().map(|one| &one.target.act).collect();
    assert!(matches!(acts.as_slice(), [ActRef::Number { number, .. }] if number == "10/2020/QH14"));
}

#[test]
fn an_instruction_may_hold_from_a_day_of_its_own() {
    let act = act(&[
        "QUỐC HỘI",
        "Luật số: 20/2023/QH15",
        "Hà Nội, ngày 20 tháng 6 năm 2023",
        "LUẬT",
        "SỬA ĐỔI, BỔ SUNG MỘT SỐ ĐIỀU CỦA LUẬT THƯ VIỆN",
        "Quốc hội ban hành Luật sửa đổi, bổ sung một số điều của Luật Thư viện số 10/2020/QH14.",
        "Điều 1. Sửa đổi, bổ sung một số điều của Luật Thư viện",
        "1. Bãi bỏ Điều 3.",
        "2. Bãi bỏ khoản 3 Điều 2.",
        "Điều 2. Hiệu lực thi hành",
        "1. Luật này có hiệu lực thi hành từ ngày 01 tháng 01 năm 2024, trừ quy định tại khoản 2 Điều này.",
        "2. Khoản 2 Điều 1 của Luật này có hiệu lực thi hành từ ngày 01 tháng 7 năm 2024.",
    ]);
    let days: Vec<Option<Date>> = read(&act).instructions.iter().map(|one| one.in_force).collect();
    assert_eq!(days, [None, Some(date(2024, 7, 1))]);
}
