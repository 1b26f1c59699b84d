//! The words of the formatted editor.

use serde_json::{Value, json};
use web::Look;

use crate::body::Lang;

/// Every word by its name in `editor/src`.
pub(super) fn of(look: Look) -> Value {
    let languages: serde_json::Map<String, Value> = Lang::ALL
        .into_iter()
        .map(|lang| (lang.code().to_owned(), json!(look.t(lang.label()))))
        .collect();
    json!({
        "bold": look.t("Đậm"),
        "italic": look.t("Nghiêng"),
        "section": look.t("Mục lớn"),
        "subsection": look.t("Mục nhỏ"),
        "bullets": look.t("Danh sách"),
        "numbers": look.t("Đánh số"),
        "quote": look.t("Trích dẫn"),
        "callout": look.t("Lưu ý"),
        "link": look.t("Liên kết"),
        "table": look.t("Bảng"),
        "head": look.t("Cột"),
        "row": look.t("Thêm hàng"),
        "column": look.t("Thêm cột"),
        "norow": look.t("Bỏ hàng"),
        "nocolumn": look.t("Bỏ cột"),
        "notable": look.t("Bỏ bảng"),
        "file": look.t("Hình, tệp"),
        "law": look.t("Dẫn luật (@)"),
        "undo": look.t("Hoàn tác"),
        "redo": look.t("Làm lại"),
        "tools": look.t("Công cụ soạn thảo"),
        "body": look.t("Nội dung"),
        "language": look.t("Ngôn ngữ của đoạn"),
        "cite": look.t("Văn bản có thể dẫn"),
        "alt": look.t("Hình cho thấy điều gì?"),
        "called": look.t("Tên gọi của tệp"),
        "said": look.t("Bản chữ"),
        "remove": look.t("Bỏ khỏi bài"),
        "missing": look.t("Không có tệp này"),
        "address": look.t("Địa chỉ liên kết"),
        "ok": look.t("Đồng ý"),
        "cancel": look.t("Thôi"),
        "sending": look.t("Đang tải tệp lên"),
        "sent": look.t("Đã thêm tệp vào bài"),
        "lost": look.t("Có hình chưa dán được. Xin chép riêng từng hình rồi dán, hoặc bấm “Hình, tệp” để tải lên."),
        "failed": look.t("Chưa thực hiện được. Xin thử lại."),
        "languages": languages,
    })
}
