//! Words of a sentence that are neither verbs nor names, and what they mean in an instruction.

use crate::citations::lexis::eat_any;

use super::sentence::Sign;

/// Keywords and what they mean.
#[rustfmt::skip]
const KEYWORDS: [(&[&str], Sign); 13] = [
    (&["như sau", "nhu sau", "sau đây", "dưới đây"], Sign::Follows),
    (
        &[
            "vào sau",
            "vào ngay sau",
            "ngay sau",
            "tiếp sau",
            "vào tiếp sau",
            "sau",
        ],
        Sign::After,
    ),
    (
        &["vào trước", "vào ngay trước", "ngay trước", "trước"],
        Sign::Before,
    ),
    (&["vào"], Sign::Into),
    (&["vào cuối", "ở cuối", "cuối", "vào phần cuối"], Sign::AtEnd),
    (&["vào đầu", "ở đầu"], Sign::AtStart),
    (&["về", "có liên quan", "liên quan", "liên quan đến", "có liên quan đến"], Sign::About),
    (&["bằng", "thành", "bởi"], Sign::By),
    (&["toàn bộ", "tất cả", "trong"], Sign::All),
    (&["một số", "một phần"], Sign::Some),
    (
        &[
            "đoạn mở đầu",
            "đoạn đầu",
            "đoạn dẫn",
            "câu dẫn",
            "lời dẫn",
            "phần mở đầu",
            "câu mở đầu",
            "khổ đầu",
        ],
        Sign::Opening,
    ),
    (
        &[
            "mẫu số",
            "mẫu",
            "các mẫu",
            "biểu mẫu",
            "biểu số",
            "biểu",
            "số thứ tự",
            "thứ tự",
            "dòng",
            "hàng",
            "cột",
            "bảng",
            "công thức",
            "hình",
            "tiết",
            "gạch đầu dòng",
            "câu",
            "đoạn cuối",
            "đoạn",
            "ví dụ",
            "ghi chú",
            "chú thích",
            "ý",
            "gạch",
            "phần căn cứ",
            "căn cứ",
            "danh mục",
            "mã số",
            "tên gọi",
        ],
        Sign::Piece,
    ),
    (
        &[
            "các",
            "những",
            "của",
            "và",
            "tại",
            "quy định",
            "hoặc",
            "từ",
            "cụm từ",
            "từ ngữ",
            "nội dung",
            "cụm",
            "chữ",
            "ở",
            "thuộc",
            "đối với",
            "được",
            "bị",
            "một",
            "thêm",
            "mới",
            "này",
            "ngày",
            "kể từ",
            "số",
            "với",
            "lần lượt",
            "tương ứng",
            "đồng thời",
            "tháng",
            "năm",
            "ban hành",
            "kèm theo",
            "thi hành",
            "là",
            "cũ",
            "hai",
            "ba",
            "bốn",
            "01",
            "02",
            "03",
            "1",
            "2",
            "3",
        ],
        Sign::Filler,
    ),
];

/// The longest keyword at `at`, with the position after it.
pub(super) fn keyword(text: &str, at: usize) -> Option<(Sign, usize)> {
    KEYWORDS
        .iter()
        .filter_map(|(words, sign)| eat_any(text, at, words).map(|(_, end)| (sign, end)))
        .max_by_key(|(_, end)| *end)
        .map(|(sign, end)| (sign.clone(), end))
}
