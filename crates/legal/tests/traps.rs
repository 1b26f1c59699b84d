//! Traps of amending acts: what must not be applied, or only to a part, or on another day.

mod library;

use jiff::civil::date;
use legal::amend::{Reason, read};
use legal::consolidate::{Amending, Applied, Expression, consolidate};
use legal::inspect::full_text;
use legal::model::{ActText, Block};
use library::{act, amending_from, apply, base, reasons, text};

/// What an act that is no law on libraries alone does to the base.
fn upon(base: &ActText, lines: &[&str]) -> Expression {
    let act = act(lines);
    consolidate(base, &[Amending::of(&act, &read(&act), &base.metadata)], None)
}

/// Lines of an amending law, an article, what stands in it then, the flags.
const WORDS: [(&[&str], &str, &str, &[Reason]); 10] = [
    // What one pair brings is no place for another.
    (
        &[
            "1. Thay cụm từ “Người lớn” bằng cụm từ “Trẻ em”, cụm từ “Trẻ em” bằng cụm từ “Thiếu niên” tại khoản 2 Điều 2.",
        ],
        "2",
        "a) Trẻ em;\nb) Thiếu niên.",
        &[],
    ),
    // The longer of two words that overlap.
    (
        &[
            "1. Thay cụm từ “thư viện” bằng cụm từ “nhà sách”, cụm từ “phát triển thư viện” bằng cụm từ “xây thư viện” tại Điều 1.",
        ],
        "1",
        "quy định về nhà sách và quy hoạch, kế hoạch xây thư viện.",
        &[],
    ),
    // Two words, of which one stands nowhere.
    (
        &[
            "1. Thay cụm từ “mọi người” bằng cụm từ “bạn đọc”, cụm từ “bảo tàng” bằng cụm từ “nhà sách” tại Điều 3.",
        ],
        "3",
        "Thư viện phục vụ bạn đọc.",
        &[Reason::PhraseNotFound],
    ),
    (
        &["1. Bỏ cụm từ “Thư viện” tại Điều 3."],
        "3",
        "Phục vụ mọi người.",
        &[],
    ),
    (
        &["1. Bỏ từ “kế hoạch” tại Điều 1."],
        "1",
        "thư viện và quy hoạch phát triển thư viện.",
        &[Reason::LooseComma],
    ),
    (
        &["1. Bổ sung cụm từ “chiến lược,” vào sau từ “quy hoạch” tại Điều 1."],
        "1",
        "quy hoạch, chiến lược, kế hoạch phát triển",
        &[],
    ),
    (
        &["1. Bổ sung cụm từ “tên sách,” vào trước cụm từ “từ ngữ” tại tên Điều 2."],
        "2",
        "\n1. Thư viện là nơi lưu giữ sách.",
        &[],
    ),
    // A piece beside provisions is not the provision.
    (
        &["1. Bãi bỏ Điều 3 và đoạn cuối khoản 1 Điều 2."],
        "2",
        "1. Thư viện là nơi lưu giữ sách.",
        &[Reason::Piece],
    ),
    // "Phần căn cứ" is a piece, Điều 3 beside it is not.
    (
        &["1. Bỏ cụm từ “mọi” tại Điều 2, phần căn cứ ban hành, Điều 3."],
        "3",
        "Thư viện phục vụ người.",
        &[Reason::PhraseNotFound],
    ),
    (
        &[
            "1. Bổ sung điểm c khoản 3 vào sau điểm b khoản 2 Điều 2 như sau:",
            "“c) Người nước ngoài.”",
        ],
        "2",
        "b) Trẻ em.\n3. Ủy ban nhân dân",
        &[Reason::UnknownAnchor],
    ),
];

#[test]
fn words_and_pieces_change_only_what_is_said() {
    for (lines, number, wanted, flags) in WORDS {
        let expression = apply(&base(), lines);
        let found = format!("\n{}", text(&expression, number));
        assert!(found.contains(wanted), "{lines:?} {found}");
        assert_eq!(reasons(&expression), flags, "{lines:?}");
    }
}

/// The law on libraries with an appendix.
fn with_appendix(line: &str) -> ActText {
    act(&[
        "QUỐC HỘI",
        "Luật số: 10/2020/QH14",
        "Hà Nội, ngày 01 tháng 6 năm 2020",
        "LUẬT",
        "THƯ VIỆN",
        "Điều 1. Sách",
        "Ủy ban nhân dân huyện giữ sách và báo.",
        "Điều 2. Báo",
        "Ủy ban nhân dân huyện giữ báo.",
        "PHỤ LỤC I",
        "DANH MỤC THƯ VIỆN",
        line,
    ])
}

#[test]
fn words_of_a_whole_act_change_in_its_appendices_or_nowhere() {
    let base = with_appendix("Thư viện huyện và tỉnh.");
    let done = apply(
        &base,
        &["1. Thay cụm từ “huyện” bằng cụm từ “xã” tại Luật Thư viện số 10/2020/QH14."],
    );
    assert_eq!(reasons(&done), []);
    assert!(text(&done, "2").contains("nhân dân xã"), "{}", text(&done, "2"));
    let appendix = done.text.parts.last().map(|part| part.opening.clone());
    let told = appendix
        .iter()
        .flatten()
        .any(|block| matches!(block, Block::Para(para) if para.text.contains("Thư viện xã và tỉnh")));
    assert!(told, "{appendix:?}");

    // "giữ sách và ." is no sentence: the words stay everywhere.
    let refused = apply(&base, &["1. Bỏ cụm từ “báo” tại Luật Thư viện số 10/2020/QH14."]);
    assert_eq!(reasons(&refused), [Reason::Remainder]);
    assert_eq!(refused.text, base);
}

#[test]
fn a_name_alone_never_means_a_law_passed_later() {
    let older = [
        "QUỐC HỘI",
        "Luật số: 5/2010/QH12",
        "Hà Nội, ngày 20 tháng 6 năm 2010",
        "LUẬT",
        "SỬA ĐỔI, BỔ SUNG MỘT SỐ ĐIỀU CỦA LUẬT THƯ VIỆN",
        "Điều 1. Sửa đổi, bổ sung một số điều của Luật Thư viện",
        "1. Bãi bỏ Điều 3.",
    ];
    let base = base();
    let expression = upon(&base, &older);
    assert!(expression.outcomes.is_empty());
    assert_eq!(expression.text, base);
}

#[test]
fn an_exception_within_the_sentence_gives_instructions_their_day() {
    let act = amending_from(
        &["1. Bãi bỏ Điều 3.", "2. Bãi bỏ khoản 3 Điều 2."],
        "Luật này có hiệu lực thi hành từ ngày 01 tháng 01 năm 2024, trừ khoản 2 Điều 1 của Luật này có hiệu lực thi hành từ ngày 01 tháng 7 năm 2024.",
    );
    let days: Vec<_> = read(&act).instructions.iter().map(|one| one.in_force).collect();
    assert_eq!(days, [None, Some(date(2024, 7, 1))]);
}

/// The base with a Điều 2a, put in before.
fn with_2a() -> ActText {
    let mut base = base();
    let place = base
        .provisions
        .iter()
        .position(|one| one.id == "art_3")
        .expect("Điều 3");
    let mut new = base.provisions[place].clone();
    (new.id, new.number) = ("art_2a".to_owned(), "2a".to_owned());
    base.provisions.insert(place, new);
    base
}

#[test]
fn a_range_takes_in_what_was_put_in_between() {
    let base = with_2a();
    for (line, gone, flags) in [
        (
            "1. Bãi bỏ Điều 1 đến Điều 3.",
            true,
            &[Reason::InRange] as &[Reason],
        ),
        ("1. Bãi bỏ các điều 1, 2 và 3.", false, &[]),
        ("1. Bãi bỏ Điều 1, Điều 2, Điều 2a và Điều 3.", true, &[]),
    ] {
        let expression = apply(&base, &[line]);
        let is_gone = expression.outcomes.iter().any(|one| match &one.result {
            Applied::Changed { provisions, .. } => provisions.iter().any(|id| id == "art_2a"),
            Applied::Refused { .. } => false,
        });
        assert_eq!(is_gone, gone, "{line}");
        assert_eq!(reasons(&expression), flags, "{line}");
    }
}

#[test]
fn changes_without_a_certain_day_are_flagged() {
    for (commencement, flags) in [
        (
            "Luật này có hiệu lực thi hành sau 06 tháng kể từ ngày thông qua.",
            &[] as &[Reason],
        ),
        (
            "Luật này có hiệu lực thi hành sau 15 ngày kể từ ngày đăng Công báo.",
            &[Reason::NoDay],
        ),
        (
            "Luật này có hiệu lực từ ngày 01/01/2024, trừ quy định về mức thu có hiệu lực từ ngày 01/7/2025.",
            &[Reason::DayByMatter],
        ),
        (
            "Luật này có hiệu lực từ ngày 01/01/2024; khoản 1 Điều 1 có hiệu lực từ ngày Luật Báo chí có hiệu lực.",
            &[Reason::NoDay],
        ),
    ] {
        let base = base();
        let act = amending_from(&["1. Bãi bỏ Điều 3."], commencement);
        let amending = Amending::of(&act, &read(&act), &base.metadata);
        let expression = consolidate(&base, &[amending], None);
        assert_eq!(reasons(&expression), flags, "{commencement}");
    }
}

/// A decision that issues a regulation, whose articles begin at 1 again.
fn regulation() -> ActText {
    act(&[
        "BỘ TRƯỞNG BỘ VĂN HÓA",
        "Số: 12/2020/TT-BVH",
        "Hà Nội, ngày 01 tháng 6 năm 2020",
        "THÔNG TƯ",
        "Ban hành Quy chế thư viện",
        "Điều 1. Ban hành kèm theo Thông tư này Quy chế thư viện.",
        "Điều 2. Thông tư này có hiệu lực từ ngày 01 tháng 7 năm 2020.",
        "Điều 3. Chánh Văn phòng chịu trách nhiệm thi hành.",
        "BỘ TRƯỞNG",
        "QUY CHẾ",
        "THƯ VIỆN",
        "(Ban hành kèm theo Thông tư số 12/2020/TT-BVH ngày 01 tháng 6 năm 2020 của Bộ trưởng Bộ Văn hóa)",
        "Điều 1. Phạm vi",
        "Quy chế này quy định về thư viện.",
        "Điều 2. Sách",
        "Sách được giữ gìn.",
        "Điều 3. Báo",
        "Báo được giữ gìn.",
    ])
}

/// Title of the amending circular, its first article, and the article that changes.
const REGULATIONS: [(&str, &[&str], &str); 4] = [
    // The title alone says so.
    (
        "Sửa đổi, bổ sung một số điều của Quy chế thư viện ban hành kèm theo Thông tư số 12/2020/TT-BVH ngày 01 tháng 6 năm 2020 của Bộ trưởng Bộ Văn hóa",
        &["Điều 1. Bãi bỏ Điều 2 của Quy chế thư viện."],
        "att_1__art_2",
    ),
    // A heading says so.
    (
        "Sửa đổi, bổ sung một số điều của các thông tư",
        &[
            "Điều 1. Sửa đổi, bổ sung một số điều của Quy chế thư viện ban hành kèm theo Thông tư số 12/2020/TT-BVH",
            "1. Bãi bỏ Điều 2.",
        ],
        "att_1__art_2",
    ),
    // The sentence says so.
    (
        "Sửa đổi, bổ sung một số điều của Thông tư số 12/2020/TT-BVH",
        &["Điều 1. Bãi bỏ Điều 2 của Quy chế thư viện ban hành kèm theo Thông tư số 12/2020/TT-BVH."],
        "att_1__art_2",
    ),
    // The act itself, whatever its title tells of.
    (
        "Sửa đổi, bổ sung một số điều của Quy chế thư viện ban hành kèm theo Thông tư số 12/2020/TT-BVH ngày 01 tháng 6 năm 2020 của Bộ trưởng Bộ Văn hóa",
        &["Điều 1. Bãi bỏ Điều 2 của Thông tư số 12/2020/TT-BVH."],
        "art_2",
    ),
];

#[test]
fn a_regulation_issued_with_an_act_has_articles_of_its_own() {
    let base = regulation();
    assert!(base.provisions.iter().any(|one| one.id == "att_1__art_2"));
    for (title, lines, wanted) in REGULATIONS {
        let mut all = vec![
            "BỘ TRƯỞNG BỘ VĂN HÓA",
            "Số: 20/2023/TT-BVH",
            "Hà Nội, ngày 20 tháng 6 năm 2023",
            "THÔNG TƯ",
            title,
        ];
        all.extend(lines);
        let expression = upon(&base, &all);
        let repealed: Vec<&str> = expression
            .text
            .provisions
            .iter()
            .enumerate()
            .filter(|(place, one)| {
                one.heading.as_deref() == Some("(được bãi bỏ)")
                    || full_text(&expression.text, *place).contains("(được bãi bỏ)")
            })
            .map(|(_, one)| one.id.as_str())
            .collect();
        assert_eq!(repealed, [wanted], "{title} {lines:?} {:?}", expression.flags);
    }
}

#[test]
fn titles_of_laws_go_on_behind_their_comma() {
    for (line, wanted) in [
        (
            "1. Bãi bỏ Điều 3 của Luật Phòng, chống cháy rừng.",
            "Luật Phòng, chống cháy rừng",
        ),
        (
            "1. Bãi bỏ Điều 3 của Luật Quản lý, sử dụng đất công.",
            "Luật Quản lý, sử dụng đất công",
        ),
        (
            "1. Bãi bỏ Điều 3 của Luật Phòng, chống nhiễm vi rút gây ra hội chứng suy giảm miễn dịch mắc phải ở người (HIV/AIDS).",
            "Luật Phòng, chống nhiễm vi rút gây ra hội chứng suy giảm miễn dịch mắc phải ở người (HIV/AIDS)",
        ),
        ("1. Bãi bỏ Điều 3 của Luật Giá, Điều 4 của Luật Sách.", "Luật Giá"),
        (
            "1. Bãi bỏ Điều 3 của Luật Nhà sách công lập nước Cộng hòa xã hội chủ nghĩa Việt Nam ở nước ngoài.",
            "Luật Nhà sách công lập nước Cộng hòa xã hội chủ nghĩa Việt Nam ở nước ngoài",
        ),
    ] {
        let plain = act(&["LUẬT", "THƯ VIỆN", "Điều 1. Việc làm", line, "2. Việc khác."]);
        let found = read(&plain);
        let named = found
            .instructions
            .first()
            .map(|one| format!("{:?}", one.target.act));
        assert!(
            named
                .as_ref()
                .is_some_and(|named| named.contains(&format!("\"{wanted}\""))),
            "{line} {named:?}"
        );
    }
}

/// An item of a point is no provision: nothing is done to the point instead.
#[test]
fn items_of_points_are_left_to_people() {
    for line in [
        &["1. Bãi bỏ điểm a(i) khoản 2 Điều 2."][..],
        &["1. Bãi bỏ điểm a.1 khoản 2 Điều 2."],
        &["1. Thay cụm từ “Người lớn” bằng cụm từ “Ai” tại điểm a.1.2 khoản 2 Điều 2."],
        &[
            "1. Sửa đổi, bổ sung điểm a.1 khoản 2 Điều 2 như sau:",
            "“a.1) Người già;”.",
        ],
    ] {
        let expression = apply(&base(), line);
        assert_eq!(
            text(&expression, "2"),
            text(&apply(&base(), &[]), "2"),
            "{line:?}"
        );
        assert_eq!(reasons(&expression), [Reason::Piece], "{line:?}");
    }
    let one = [
        "1. Bổ sung điểm c vào sau điểm a(i) khoản 2 Điều 2 như sau:",
        "“c) Ai.”.",
    ];
    let expression = apply(&base(), &one);
    assert_eq!(text(&expression, "2"), text(&apply(&base(), &[]), "2"));
    assert_eq!(reasons(&expression).len(), 1);
}
