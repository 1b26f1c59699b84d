use super::*;

const NOTES: &str = concat!(
    r#"<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>"#,
    r#"<w:footnote w:id="2"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t xml:space="preserve"> Sửa đổi theo khoản 1</w:t></w:r></w:p>"#,
    r#"<w:p><w:r><w:t>Điều 1.</w:t></w:r></w:p></w:footnote>"#,
    r#"<w:footnote w:id="3"><w:p><w:r><w:t>Bãi bỏ.</w:t></w:r></w:p></w:footnote>"#,
    r#"<w:footnote w:id="4"><w:p><w:r><w:t>Không ai nhắc đến.</w:t></w:r></w:p></w:footnote>"#,
);

fn sign(id: u8) -> String {
    format!(
        r#"<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="{id}"/></w:r>"#
    )
}

#[test]
fn notes_hang_on_their_signs_in_the_order_of_the_text() {
    let body = format!(
        "<w:p><w:r><w:t>Điều 5.</w:t></w:r>{}<w:r><w:t xml:space=\"preserve\"> Tên</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>ô</w:t></w:r>{}</w:p></w:tc><w:tc>{}</w:tc></w:tr><w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr></w:tbl>",
        sign(3),
        sign(2),
        para("", "b"),
        para("", "c"),
        para("", "d"),
    );
    let draft = draft_of(&body, &[("footnotes", NOTES)]);
    assert_eq!(first_para(&draft).text, "Điều 5.[1] Tên");
    assert!(marked(first_para(&draft)).contains(&(MarkKind::Note("fn_1".into()), "[1]")));
    let texts: Vec<(&str, &str, &str)> = draft
        .notes
        .iter()
        .map(|note| (note.id.as_str(), note.sign.as_str(), note.text.as_str()))
        .collect();
    assert_eq!(
        texts,
        [
            ("fn_1", "1", "Bãi bỏ."),
            ("fn_2", "2", "Sửa đổi theo khoản 1\nĐiều 1.")
        ]
    );
    assert_eq!(shown(&draft.blocks[1])[0], "| ô[2] | b ");
}

#[test]
fn own_signs_and_endnotes_keep_their_series() {
    let body = concat!(
        r#"<w:p><w:r><w:t>a</w:t></w:r><w:r><w:footnoteReference w:customMarkFollows="1" w:id="2"/><w:t>(*)</w:t></w:r>"#,
        r#"<w:r><w:t>b</w:t><w:endnoteReference w:id="9"/><w:footnoteReference w:id="3"/></w:r></w:p>"#,
    );
    let endnotes = r#"<w:endnote w:id="9"><w:p><w:r><w:t>Cuối.</w:t></w:r></w:p></w:endnote>"#;
    let draft = draft_of(body, &[("footnotes", NOTES), ("endnotes", endnotes)]);
    assert_eq!(first_para(&draft).text, "a(*)b[i][1]");
    let signs: Vec<&str> = draft.notes.iter().map(|note| note.sign.as_str()).collect();
    assert_eq!(signs, ["(*)", "i", "1"]);
    let pieces: Vec<&str> = marked(first_para(&draft))
        .into_iter()
        .filter(|(kind, _)| matches!(kind, MarkKind::Note(_)))
        .map(|(_, text)| text)
        .collect();
    assert_eq!(pieces, ["(*)", "[i]", "[1]"]);
}

#[test]
fn settings_count_notes() {
    let settings = r#"<w:footnotePr><w:numFmt w:val="lowerLetter"/><w:numStart w:val="3"/></w:footnotePr>"#;
    let body = format!("<w:p>{}{}{}</w:p>", sign(2), sign(3), sign(77));
    let draft = draft_of(&body, &[("footnotes", NOTES), ("settings", settings)]);
    assert_eq!(first_para(&draft).text, "[c][d]");
}

#[test]
fn sections_count_notes_anew_where_they_say_so() {
    let section = |format: &str, restart: &str| {
        format!(
            r#"<w:sectPr><w:footnotePr><w:numFmt w:val="{format}"/><w:numStart w:val="2"/><w:numRestart w:val="{restart}"/></w:footnotePr></w:sectPr>"#
        )
    };
    let body = format!(
        "<w:p><w:pPr>{}</w:pPr>{}</w:p><w:p>{}</w:p>{}",
        section("chicago", "eachSect"),
        sign(2),
        sign(3),
        section("decimal", "eachSect"),
    );
    assert_eq!(lines(&body, &[("footnotes", NOTES)]), ["[†]", "[2]"]);
    let continuous = body.replace("eachSect", "continuous");
    assert_eq!(lines(&continuous, &[("footnotes", NOTES)]), ["[†]", "[3]"]);
}

#[test]
fn notes_reach_the_article_they_stand_in() {
    let body = [
        para("", "NGHỊ ĐỊNH"),
        format!(
            "<w:p><w:r><w:t>Điều 1.</w:t></w:r>{}<w:r><w:t xml:space=\"preserve\"> Phạm vi</w:t></w:r></w:p>",
            sign(2)
        ),
        para("", "1. Khoản một."),
        format!("<w:p><w:r><w:t>2. Khoản hai</w:t></w:r>{}</w:p>", sign(3)),
    ]
    .concat();
    let reading = crate::read("x.docx", &word(&body, &[("footnotes", NOTES)]));
    let Some(crate::Outcome::Act(act)) = reading.items.into_iter().next().map(|item| item.outcome) else {
        panic!("no act");
    };
    let notes = |id: &str| {
        let provision = act
            .provisions
            .iter()
            .find(|provision| provision.id == id)
            .expect(id);
        provision
            .notes
            .iter()
            .map(|note| note.text.clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(notes("art_1"), ["Sửa đổi theo khoản 1\nĐiều 1."]);
    assert_eq!(notes("art_1__clause_2"), ["Bãi bỏ."]);
    assert_eq!(act.provisions[0].heading.as_deref(), Some("[1] Phạm vi"));
}
