use super::*;

use legal::model::Align;

fn line(inner: &str) -> Vec<String> {
    lines(&format!("<w:p>{inner}</w:p>"), &[])
}

fn run(properties: &str, inner: &str) -> String {
    format!("<w:r><w:rPr>{properties}</w:rPr>{inner}</w:r>")
}

#[test]
fn spaces_tabs_breaks_and_hyphens() {
    assert_eq!(
        line(
            "<w:r><w:t> a </w:t><w:t>b</w:t><w:tab/><w:t>c</w:t><w:noBreakHyphen/><w:t>d</w:t><w:softHyphen/><w:t>e</w:t></w:r>"
        ),
        ["ab c-de"]
    );
    assert_eq!(
        line(
            "<w:r><w:t>một</w:t><w:br/><w:t>hai</w:t><w:br w:type=\"page\"/><w:t xml:space=\"preserve\"> ba</w:t><w:cr/></w:r>"
        ),
        ["một", "hai", "ba"]
    );
    assert_eq!(line("<w:r><w:t>a &lt; b &amp; &#273;</w:t></w:r>"), ["a < b & đ"]);
}

#[test]
fn marks_and_alignment() {
    let body = format!(
        r#"<w:p><w:pPr><w:jc w:val="center"/></w:pPr>{}{}{}</w:p>"#,
        run("<w:b/>", "<w:t>đậm</w:t>"),
        run("<w:i/><w:b w:val=\"0\"/>", "<w:t>nghiêng</w:t>"),
        run("<w:vertAlign w:val=\"superscript\"/>", "<w:t>2</w:t>"),
    );
    let draft = draft_of(&body, &[]);
    let para = first_para(&draft);
    assert_eq!(para.align, Align::Center);
    assert_eq!(
        marked(para),
        [
            (MarkKind::Bold, "đậm"),
            (MarkKind::Italic, "nghiêng"),
            (MarkKind::Sup, "2")
        ]
    );
}

#[test]
fn styles_set_looks_and_two_switches_cancel() {
    let styles = concat!(
        r#"<w:docDefaults><w:pPrDefault><w:pPr><w:jc w:val="both"/></w:pPr></w:pPrDefault></w:docDefaults>"#,
        r#"<w:style w:type="paragraph" w:default="1" w:styleId="N"><w:name w:val="Normal"/><w:rPr><w:i/></w:rPr></w:style>"#,
        r#"<w:style w:type="paragraph" w:styleId="H"><w:name w:val="h"/><w:basedOn w:val="N"/><w:pPr><w:jc w:val="right"/></w:pPr><w:rPr><w:b/></w:rPr></w:style>"#,
        r#"<w:style w:type="character" w:styleId="S"><w:name w:val="s"/><w:rPr><w:b/></w:rPr></w:style>"#,
    );
    let body = r#"<w:p><w:pPr><w:pStyle w:val="H"/></w:pPr><w:r><w:t xml:space="preserve">a </w:t></w:r><w:r><w:rPr><w:rStyle w:val="S"/></w:rPr><w:t>b</w:t></w:r></w:p>"#;
    let draft = draft_of(body, &[("styles", styles)]);
    assert_eq!(first_para(&draft).align, Align::End);
    assert_eq!(
        marked(first_para(&draft)),
        [(MarkKind::Bold, "a"), (MarkKind::Italic, "a b")]
    );
}

#[test]
fn capitals_and_hidden_text() {
    assert_eq!(
        line(&run("<w:caps/>", "<w:t>nghị định đường</w:t>")),
        ["NGHỊ ĐỊNH ĐƯỜNG"]
    );
    let body = format!(
        "<w:p>{}{}</w:p>{}",
        run("", "<w:t>thấy</w:t>"),
        run("<w:vanish/>", "<w:t>ẩn</w:t><w:br/>"),
        r#"<w:p><w:pPr><w:rPr><w:vanish/></w:rPr></w:pPr><w:r><w:rPr><w:vanish/></w:rPr><w:t>ẩn</w:t></w:r></w:p>"#
    );
    let draft = draft_of(&body, &[]);
    assert_eq!(draft.blocks.iter().flat_map(shown).collect::<Vec<_>>(), ["thấy"]);
    assert_eq!(codes(&draft), ["hidden-text"]);
}

#[test]
fn a_hidden_paragraph_mark_joins_two_paragraphs() {
    let body = r#"<w:p><w:pPr><w:rPr><w:vanish/><w:specVanish/></w:rPr></w:pPr><w:r><w:t xml:space="preserve">Điều 1. </w:t></w:r></w:p>"#.to_owned()
        + &para("", "Tên");
    assert_eq!(lines(&body, &[]), ["Điều 1. Tên"]);
}

#[test]
fn signs_of_symbol_fonts() {
    assert_eq!(
        line(
            r#"<w:r><w:t>x</w:t><w:sym w:font="Symbol" w:char="F0A3"/><w:sym w:font="Wingdings" w:char="F0A8"/></w:r>"#
        ),
        ["x≤□"]
    );
    let fonts = r#"<w:rFonts w:ascii="Symbol" w:hAnsi="Symbol"/>"#;
    assert_eq!(line(&run(fonts, "<w:t>ab\u{f0b3}</w:t>")), ["αβ≥"]);
}

#[test]
fn old_vietnamese_fonts_read_as_unicode() {
    let fonts = |name: &str| format!(r#"<w:rFonts w:ascii="{name}" w:hAnsi="{name}"/>"#);
    assert_eq!(
        line(&run(&fonts(".VnTime"), "<w:t>§iÒu 1. Ph¹m vi ®iÒu chØnh</w:t>")),
        ["Điều 1. Phạm vi điều chỉnh"]
    );
    assert_eq!(
        line(&run(&fonts(".VnTimeH"), "<w:t>nghÞ ®Þnh</w:t>")),
        ["NGHỊ ĐỊNH"]
    );
    assert_eq!(
        line(&run(&fonts("VNI-Times"), "<w:t>Nghò ñònh</w:t>")),
        ["Nghị định"]
    );
    // The font kept its name, the text was converted long ago.
    assert_eq!(
        line(&run(&fonts(".VnTime"), "<w:t>Điều 1. Phạm vi</w:t>")),
        ["Điều 1. Phạm vi"]
    );
}

#[test]
fn fields_show_their_result_only() {
    let field = |code: &str, result: &str| {
        format!(
            r#"<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>{code}</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>{result}<w:r><w:fldChar w:fldCharType="end"/></w:r>"#
        )
    };
    let inner = field("PAGE", "<w:r><w:t>7</w:t></w:r>");
    assert_eq!(
        line(&field("REF x", &format!("<w:r><w:t>Điều </w:t></w:r>{inner}"))),
        ["Điều7"]
    );
    assert_eq!(
        line(r#"<w:fldSimple w:instr=" REF y "><w:r><w:t>khoản 2</w:t></w:r></w:fldSimple>"#),
        ["khoản 2"]
    );
    // The result of a field inside the code of another is not printed.
    let nested = format!(
        r#"<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>IF</w:instrText></w:r>{inner}<w:r><w:fldChar w:fldCharType="separate"/><w:t>có</w:t><w:fldChar w:fldCharType="end"/></w:r>"#
    );
    assert_eq!(line(&nested), ["có"]);
}

#[test]
fn a_broken_field_hides_no_more_than_its_paragraph() {
    let body = r#"<w:p><w:r><w:fldChar w:fldCharType="begin"/><w:instrText>REF</w:instrText><w:t>mất</w:t></w:r></w:p>"#
        .to_owned()
        + &para("", "còn");
    assert_eq!(lines(&body, &[]), ["còn"]);
}

#[test]
fn tables_of_contents_are_left_out_unless_they_never_end() {
    let styles = r#"<w:style w:type="paragraph" w:styleId="M1"><w:name w:val="toc 1"/></w:style>"#;
    let begin = r#"<w:p><w:r><w:fldChar w:fldCharType="begin"/><w:instrText> TOC \o "1-3" </w:instrText><w:fldChar w:fldCharType="separate"/><w:t>Điều 1. A 5</w:t></w:r></w:p>"#;
    let end = r#"<w:p><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>"#;
    let styled = para(r#"<w:pStyle w:val="M1"/>"#, "Điều 2. B 6");
    let after = para("", "Điều 1. A");
    assert_eq!(
        lines(&format!("{begin}{styled}{end}{after}"), &[("styles", styles)]),
        ["Điều 1. A"]
    );
    assert_eq!(
        lines(&format!("{begin}{after}"), &[]),
        ["Điều 1. A 5", "Điều 1. A"]
    );
}

#[test]
fn wrappers_are_transparent() {
    assert_eq!(
        line(concat!(
            r#"<w:sdt><w:sdtPr><w:alias w:val="x"/><w:rPr><w:b/></w:rPr></w:sdtPr><w:sdtContent><w:r><w:t>a</w:t></w:r></w:sdtContent></w:sdt>"#,
            r#"<w:smartTag w:element="p"><w:smartTagPr/><w:r><w:t>b</w:t></w:r></w:smartTag>"#,
            r#"<w:hyperlink r:id="r9"><w:r><w:t>c</w:t></w:r></w:hyperlink><w:bookmarkStart w:id="0" w:name="n"/>"#,
            r#"<x:extra><w:r><w:t>d</w:t></w:r></x:extra>"#,
        )),
        ["abcd"]
    );
    let block = format!("<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>", para("", "khối"));
    assert_eq!(lines(&block, &[]), ["khối"]);
}

#[test]
fn text_boxes_are_read_once_after_their_paragraph() {
    let inner = para("", "trong hộp");
    let body = format!(
        concat!(
            r#"<w:p><w:r><w:t>trước</w:t></w:r><w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:wsp><wps:txbx><w:txbxContent>{0}</w:txbxContent></wps:txbx></wps:wsp></w:drawing></mc:Choice>"#,
            r#"<mc:Fallback><w:pict><v:shape><v:textbox><w:txbxContent>{0}</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r><w:r><w:t>sau</w:t></w:r></w:p>{1}"#
        ),
        inner,
        para("", "kế")
    );
    assert_eq!(lines(&body, &[]), ["trướcsau", "trong hộp", "kế"]);
    let unknown = body.replace(r#"Requires="wps""#, r#"Requires="x""#);
    assert_eq!(lines(&unknown, &[]), ["trướcsau", "trong hộp", "kế"]);
}

#[test]
fn lines_drawn_with_signs_are_no_text() {
    let body = para("", "-------") + &para("", "________________") + &para("", "- -") + &para("", "***");
    assert_eq!(lines(&body, &[]), ["- -", "***"]);
}

#[test]
fn formulas_keep_their_order() {
    let run = |text: &str| format!("<m:r><m:t>{text}</m:t></m:r>");
    let body = format!(
        "<w:p><m:oMath>{}<m:f><m:num>{}</m:num><m:den>{}</m:den></m:f><m:d><m:e>{}</m:e></m:d><m:sSup><m:e>{}</m:e><m:sup>{}</m:sup></m:sSup></m:oMath></w:p>",
        run("L="),
        run("a"),
        run("b"),
        run("c"),
        run("x"),
        run("2")
    );
    let draft = draft_of(&body, &[]);
    assert_eq!(first_para(&draft).text, "L=a/b(c)x2");
    assert_eq!(marked(first_para(&draft)), [(MarkKind::Sup, "2")]);
}
