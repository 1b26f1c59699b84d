//! Quoted passages: where they end when their closing mark is missing.

use legal::draft::Draft;
use legal::model::{ActText, Block, Para, PartKind};
use legal::structure::structure;

fn act(text: &str) -> ActText {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let para = |line: &str| {
        Block::Para(Para {
            text: line.to_owned(),
            ..Para::default()
        })
    };
    structure(Draft {
        blocks: lines.map(para).collect(),
        ..Draft::default()
    })
}

fn appendices(act: &ActText) -> Vec<&str> {
    let appendices = act.parts.iter().filter(|part| part.kind == PartKind::Appendix);
    appendices.filter_map(|part| part.number.as_deref()).collect()
}

/// A form quotes without amending: a mark that is never closed there swallows neither the form nor the next appendix,
/// and the head of the form is not taken for the next one's.
#[test]
fn an_open_mark_in_a_form_opens_nothing() {
    let read = act("
        THÔNG TƯ
        Điều 1. Phạm vi
        Thông tư này quy định biểu mẫu tại Phụ lục I và Phụ lục II.
        Điều 2. Hiệu lực
        Thông tư này có hiệu lực từ ngày ký.
        PHỤ LỤC I
        MẪU BIÊN BẢN
        CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
        Số: /……
        “V/v lập biên bản
        1. Biên bản này lập thành hai bản có giá trị như nhau.
        2. Ghi chú: ghi rõ họ tên.
        PHỤ LỤC II
        DANH MỤC HỒ SƠ
        Đơn đề nghị theo mẫu “số 1”.
        “Bản sao” có chứng thực.”
    ");
    assert_eq!(appendices(&read), ["I", "II"]);
    assert!(read.warnings.iter().any(|warning| warning.code == "quote-open"));
    let first = read.parts.iter().find(|part| part.number.as_deref() == Some("I"));
    let whole = first
        .map(|part| legal::inspect::text_of(&part.opening))
        .unwrap_or_default();
    assert!(whole.contains("“V/v lập biên bản"), "{whole}");
    let clauses = read.provisions.iter().filter(|one| one.id.starts_with("app_1__"));
    assert!(whole.contains("hai bản") || clauses.count() == 2);
}

/// An amending act quotes whole appendices: they stay inside the passage.
#[test]
fn appendices_that_an_amendment_quotes_stay_in_the_passage() {
    let read = act("
        NGHỊ ĐỊNH
        Điều 1. Sửa đổi, bổ sung một số điều
        1. Thay thế Phụ lục I và Phụ lục II như sau:
        “PHỤ LỤC I
        DANH MỤC MỘT
        Một.
        PHỤ LỤC II
        DANH MỤC HAI
        Hai.”
        Điều 2. Hiệu lực
        Nghị định này có hiệu lực từ ngày ký.
        PHỤ LỤC
        SỬA ĐỔI BIỂU MẪU
        Thay thế Phụ lục III như sau:
        “PHỤ LỤC III
        Ba.
        PHỤ LỤC IV
        Bốn.”
    ");
    assert_eq!(read.parts.len(), 2, "{:?}", read.parts);
    assert!(read.warnings.iter().all(|warning| warning.code != "quote-open"));
}
