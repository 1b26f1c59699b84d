//! Forms that were passed over until consolidated articles were compared with Bộ Pháp điển.

mod library;

use legal::amend::Reason;
use library::{act, apply, base, reasons, text};

/// Lines of an amending law, an article, what stands in it then, the flags.
const FORMS: [(&[&str], &str, &str, &[Reason]); 15] = [
    // The act that the sentence begins with is that of all its pieces.
    (
        &[
            "1. Trong Luật Thư viện số 10/2020/QH14, cụm từ “thư viện” được thay bằng cụm từ “nhà sách”; cụm từ “mọi người” được thay bằng cụm từ “bạn đọc”.",
        ],
        "3",
        "Nhà sách phục vụ bạn đọc.",
        &[],
    ),
    // What reads so already stays.
    (
        &[
            "1. Sửa đổi, bổ sung Điều 3 như sau:",
            "“Điều 3. Nguyên tắc",
            "Thư viện phục vụ mọi người dân và mọi người.”",
            "2. Thay cụm từ “mọi người” bằng cụm từ “mọi người dân” tại Điều 3.",
        ],
        "3",
        "Thư viện phục vụ mọi người dân và mọi người dân.",
        &[],
    ),
    // One new word behind the places of several old ones.
    (
        &[
            "1. Thay cụm từ “Người lớn” tại điểm a khoản 2 Điều 2; cụm từ “Trẻ em” tại điểm b khoản 2 Điều 2 bằng cụm từ “Bạn nhỏ”.",
        ],
        "2",
        "a) Bạn nhỏ;\nb) Bạn nhỏ.",
        &[],
    ),
    // Several new ones behind the places: each for its own, and none for what stands before.
    (
        &[
            "1. Thay cụm từ “Người lớn” tại điểm a khoản 2 Điều 2; cụm từ “Trẻ”, “em” tại điểm b khoản 2 Điều 2 bằng các từ “Bạn”, “nhỏ”.",
        ],
        "2",
        "a) Người lớn;\nb) Bạn nhỏ.",
        &[Reason::Pairs],
    ),
    // The title of the chapter, then the whole article.
    (
        &["1. Thay cụm từ “phát triển thư viện” bằng cụm từ “xây thư viện” tại tên Chương I, Điều 1."],
        "1",
        "kế hoạch xây thư viện.",
        &[Reason::PhraseNotFound],
    ),
    // The title of a khoản is its first paragraph.
    (
        &[
            "1. Sửa đổi, bổ sung tên khoản 2 Điều 2 như sau:",
            "“2. Bạn đọc gồm có:”",
        ],
        "2",
        "2. Bạn đọc gồm có:\na) Người lớn;",
        &[],
    ),
    // The new text of the place says all.
    (
        &[
            "1. Bỏ cụm từ “mọi” tại Điều 3 và sửa đổi, bổ sung Điều này như sau:",
            "“Điều 3. Nguyên tắc",
            "Thư viện phục vụ tất cả.”",
        ],
        "3",
        "Thư viện phục vụ tất cả.",
        &[],
    ),
    // "Điều này" is not the điểm.
    (
        &[
            "1. Thay cụm từ “Trẻ em” bằng cụm từ “Trẻ nhỏ” tại điểm b khoản 2 Điều 2 và sửa đổi, bổ sung Điều này như sau:",
            "“Điều 2. Giải thích",
            "Sách.”",
        ],
        "2",
        "b) Trẻ nhỏ.",
        &[Reason::NoTarget],
    ),
    (
        &[
            "1. Điều 3 được sửa đổi, bổ sung nhu sau:",
            "“Điều 3. Nguyên tắc",
            "Thư viện mở cửa.”",
        ],
        "3",
        "Thư viện mở cửa.",
        &[],
    ),
    // New text follows, whatever the words before it mean.
    (
        &[
            "1. Điều 3 được sử dụng, bổ sung như sau:",
            "“Điều 3. Nguyên tắc",
            "Thư viện mở cửa.”",
        ],
        "3",
        "Thư viện phục vụ mọi người.",
        &[Reason::Unread],
    ),
    // A list of places from which matters are taken away.
    (
        &[
            "1. Bãi bỏ các nội dung quy định về trẻ em tại:",
            "a) Điều 3 của Luật Thư viện số 10/2020/QH14;",
            "b) Khoản 2 Điều 2 của Luật Thư viện số 10/2020/QH14.",
        ],
        "3",
        "Thư viện phục vụ mọi người.",
        &[Reason::PartOfContent, Reason::PartOfContent],
    ),
    // What is about the whole điều stays below its last khoản.
    (
        &[
            "1. Sửa đổi, bổ sung khoản 3 Điều 2 như sau:",
            "“3. Xã quản lý:",
            "a) Sách;",
            "b) Báo.",
            "Chính phủ quy định chi tiết Điều này.”",
            "2. Sửa đổi, bổ sung khoản 3 Điều 2 như sau:",
            "“3. Tỉnh quản lý.”",
        ],
        "2",
        "3. Tỉnh quản lý.\nChính phủ quy định chi tiết Điều này.",
        &[],
    ),
    (
        &[
            "1. Sửa đổi, bổ sung khoản 3 Điều 2 như sau:",
            "“3. Xã quản lý.",
            "Chính phủ quy định chi tiết Điều này.”",
            "2. Bãi bỏ khoản 3 Điều 2.",
        ],
        "2",
        "3. (được bãi bỏ)\nChính phủ quy định chi tiết Điều này.",
        &[],
    ),
    // A paragraph is taken away where it is one.
    (
        &[
            "1. Sửa đổi, bổ sung khoản 3 Điều 2 như sau:",
            "“3. Xã quản lý.",
            "Tỉnh giúp xã.",
            "Chính phủ giúp tỉnh.”",
            "2. Bãi bỏ đoạn 2 khoản 3 Điều 2.",
        ],
        "2",
        "3. Xã quản lý.\nChính phủ giúp tỉnh.",
        &[],
    ),
    (
        &["1. Bãi bỏ đoạn 2 khoản 2 Điều 2."],
        "2",
        "bao gồm:\na) Người lớn;",
        &[Reason::Piece],
    ),
];

#[test]
fn forms_that_had_been_passed_over() {
    for (lines, number, wanted, flags) in FORMS {
        let expression = apply(&base(), lines);
        let found = text(&expression, number);
        assert!(found.contains(wanted), "{lines:?} {found}");
        assert_eq!(reasons(&expression), flags, "{lines:?}");
    }
}

#[test]
fn a_chapter_is_renamed() {
    let lines = [
        "1. Sửa đổi, bổ sung tên gọi của Chương II như sau:",
        "“TỔ CHỨC THI HÀNH”",
    ];
    let expression = apply(&base(), &lines);
    let chapter = expression.text.provisions.iter().find(|one| one.id == "chp_2");
    let heading = chapter.and_then(|one| one.heading.as_deref());
    assert_eq!(heading, Some("TỔ CHỨC THI HÀNH"));
    assert_eq!(reasons(&expression), []);
}

#[test]
fn one_word_in_two_spellings_is_one_word() {
    let base = act(&[
        "QUỐC HỘI",
        "Luật số: 10/2020/QH14",
        "Hà Nội, ngày 01 tháng 6 năm 2020",
        "LUẬT",
        "THƯ VIỆN",
        "Điều 1. Phạm vi",
        "Tòa án tỉnh và Toà án tỉnh; tòa án tỉnh khác.",
    ]);
    let lines = ["1. Thay cụm từ “Tòa án tỉnh” bằng cụm từ “Tòa án khu vực” tại Điều 1."];
    let expression = apply(&base, &lines);
    assert_eq!(
        text(&expression, "1"),
        "Tòa án khu vực và Tòa án khu vực; tòa án tỉnh khác."
    );
}
