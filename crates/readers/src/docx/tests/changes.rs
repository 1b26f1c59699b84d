use super::*;

fn run(text: &str) -> String {
    format!("<w:r><w:t>{text}</w:t></w:r>")
}

#[test]
fn changes_are_read_as_accepted_with_a_warning() {
    let body = format!(
        r#"<w:p><w:ins w:id="1">{}</w:ins><w:del w:id="2"><w:r><w:delText>cũ</w:delText></w:r></w:del><w:moveFrom w:id="3">{}</w:moveFrom>{}<w:moveTo w:id="4">{}</w:moveTo></w:p>"#,
        run("mới "),
        run("đi"),
        run("và"),
        run("đến"),
    );
    let draft = draft_of(&body, &[]);
    assert_eq!(first_para(&draft).text, "mớivàđến");
    assert_eq!(codes(&draft), ["tracked-changes"]);
    assert!(draft.warnings[0].message.contains("2 chỗ thêm, 2 chỗ bỏ"));
}

#[test]
fn a_deleted_paragraph_mark_joins_paragraphs_and_an_emptied_one_is_gone() {
    let deleted = r#"<w:rPr><w:del w:id="1"/></w:rPr>"#;
    let body = format!(
        "{}<w:p><w:pPr>{deleted}</w:pPr><w:del w:id=\"2\"><w:r><w:delText>bỏ</w:delText></w:r></w:del></w:p>{}{}",
        para("", "một"),
        para(deleted, "hai,"),
        para("", "ba"),
    );
    assert_eq!(lines(&body, &[]), ["một", "hai,ba"]);
}

#[test]
fn joined_paragraphs_count_once() {
    let numbering = r#"<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>"#;
    let place = r#"<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>"#;
    let deleted = format!(r#"{place}<w:rPr><w:del w:id="1"/></w:rPr>"#);
    let body = [
        para(place, "a"),
        para(&deleted, "b"),
        para(place, "c"),
        para(place, "d"),
    ]
    .concat();
    assert_eq!(
        lines(&body, &[("numbering", numbering)]),
        ["1. a", "2. bc", "3. d"]
    );
}

#[test]
fn what_properties_were_before_does_not_count() {
    let body = r#"<w:p><w:pPr><w:pPrChange w:id="1"><w:pPr><w:jc w:val="center"/></w:pPr></w:pPrChange></w:pPr><w:r><w:rPr><w:rPrChange w:id="2"><w:rPr><w:b/></w:rPr></w:rPrChange></w:rPr><w:t>a</w:t></w:r></w:p>"#;
    let draft = draft_of(body, &[]);
    assert_eq!(
        first_para(&draft),
        &Para {
            text: "a".into(),
            ..Para::default()
        }
    );
}
