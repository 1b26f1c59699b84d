//! Whole acts from Word files.

use super::*;

use legal::model::{ActKind, ActText, PartKind};

fn act(body: &str, parts: &[(&str, &str)]) -> ActText {
    match crate::read("x.docx", &word(body, parts))
        .items
        .into_iter()
        .next()
        .map(|item| item.outcome)
    {
        Some(crate::Outcome::Act(act)) => *act,
        other => panic!("no act: {other:?}"),
    }
}

fn centred(text: &str) -> String {
    para(r#"<w:jc w:val="center"/>"#, text)
}

fn plain(lines: &[&str]) -> String {
    lines.iter().map(|line| para("", line)).collect()
}

#[test]
fn a_decision_with_an_attached_regulation_and_an_appendix() {
    let body = [
        centred("THỦ TƯỚNG CHÍNH PHỦ"),
        para("", "Số: 12/2025/QĐ-TTg"),
        centred("QUYẾT ĐỊNH"),
        centred("Ban hành Quy chế làm việc"),
        plain(&[
            "Căn cứ Luật Tổ chức Chính phủ;",
            "Điều 1. Ban hành kèm theo Quyết định này Quy chế làm việc.",
            "Điều 2. Quyết định này có hiệu lực từ ngày ký.",
        ]),
        centred("THỦ TƯỚNG"),
        centred("Phạm Minh Chính"),
        centred("QUY CHẾ"),
        centred("Làm việc"),
        centred("(Ban hành kèm theo Quyết định số 12/2025/QĐ-TTg)"),
        plain(&[
            "Điều 1. Phạm vi",
            "1. Một.",
            "2. Hai.",
            "Điều 2. Nguyên tắc",
            "Điều 3. Thi hành",
        ]),
        centred("PHỤ LỤC I"),
        centred("DANH MỤC BIỂU MẪU"),
        para("", "Mẫu số 01"),
    ]
    .concat();
    let act = act(&body, &[]);
    assert_eq!(legal::inspect::article_counts(&act), "2+3");
    let kinds: Vec<PartKind> = act.parts.iter().map(|part| part.kind).collect();
    assert_eq!(kinds, [PartKind::Main, PartKind::Attached, PartKind::Appendix]);
    assert_eq!(act.metadata.kind, Some(ActKind::QuyetDinh));
    assert_eq!(act.metadata.number.as_deref(), Some("12/2025/QĐ-TTg"));
}

#[test]
fn articles_numbered_by_word_are_articles() {
    let level = |place: u8, format: &str, text: &str| {
        format!(
            r#"<w:lvl w:ilvl="{place}"><w:start w:val="1"/><w:numFmt w:val="{format}"/><w:lvlText w:val="{text}"/></w:lvl>"#
        )
    };
    let numbering = format!(
        r#"<w:abstractNum w:abstractNumId="0">{}{}{}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>"#,
        level(0, "decimal", "Điều %1."),
        level(1, "decimal", "%2."),
        level(2, "lowerLetter", "%3)")
    );
    let at = |place: u8, text: &str| {
        para(
            &format!(r#"<w:numPr><w:ilvl w:val="{place}"/><w:numId w:val="1"/></w:numPr>"#),
            text,
        )
    };
    let body = [
        centred("NGHỊ ĐỊNH"),
        at(0, "Phạm vi"),
        at(1, "Khoản một:"),
        at(2, "điểm một;"),
        at(2, "điểm hai."),
        at(1, "Khoản hai."),
        at(0, "Đối tượng"),
        at(1, "Khoản một."),
    ]
    .concat();
    let act = act(&body, &[("numbering", &numbering)]);
    let ids: Vec<&str> = act
        .provisions
        .iter()
        .map(|provision| provision.id.as_str())
        .collect();
    assert_eq!(
        ids,
        [
            "art_1",
            "art_1__clause_1",
            "art_1__clause_1__point_a",
            "art_1__clause_1__point_b",
            "art_1__clause_2",
            "art_2",
            "art_2__clause_1"
        ]
    );
}

const SECTION: &str = r#"<w:sectPr><w:headerReference w:type="default" r:id="r_header"/></w:sectPr>"#;

/// A header as a part: its root is `w:hdr`, which the reader does not ask for.
fn with_header(body: &str, header: &str) -> Draft {
    draft_of(&format!("{body}{SECTION}"), &[("header", header)])
}

#[test]
fn headers_are_left_out_unless_they_hold_the_head_of_the_act() {
    let body = plain(&["NGHỊ ĐỊNH", "Điều 1. A"]);
    let running = with_header(&body, &plain(&["CÔNG BÁO/Số 12/Ngày 1-2-2025"]));
    assert_eq!(running.blocks.len(), 2);
    assert!(running.warnings.is_empty());

    let head = plain(&["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Số: 5/2025/NĐ-CP"]);
    let letterhead = with_header(&body, &head);
    assert_eq!(
        shown(&letterhead.blocks[0])[0],
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    );
    assert_eq!(codes(&letterhead), ["head-in-header"]);

    let twice = with_header(&(head.clone() + &body), &head);
    assert_eq!(twice.blocks.len(), 4);
    assert!(twice.warnings.is_empty());

    let number = with_header(&body, &plain(&["Số: 5/2025/NĐ-CP"]));
    assert_eq!(number.blocks.len(), 2);
    assert_eq!(codes(&number), ["number-in-header"]);
}

#[test]
fn pictures_and_foreign_pieces_are_named() {
    let body = format!(
        r#"<w:p><w:r><w:drawing><a:blip r:embed="r1"/></w:drawing></w:r></w:p><w:altChunk r:id="r2"/>{}"#,
        para("", "chữ")
    );
    assert_eq!(codes(&draft_of(&body, &[])), ["picture", "foreign-content"]);
}
