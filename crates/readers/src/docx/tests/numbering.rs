use super::*;

/// A level: its place, format, text and what else it says.
fn level(place: u8, format: &str, text: &str, more: &str) -> String {
    format!(
        r#"<w:lvl w:ilvl="{place}"><w:start w:val="1"/><w:numFmt w:val="{format}"/>{more}<w:lvlText w:val="{text}"/></w:lvl>"#
    )
}

/// Definition 0 with these levels and list 1 of it.
fn lists(levels: &str, more: &str) -> String {
    format!(
        r#"<w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>{more}"#
    )
}

fn at(list: u8, level: u8, text: &str) -> String {
    para(
        &format!(r#"<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list}"/></w:numPr>"#),
        text,
    )
}

fn numbered(numbering: &str, body: &[String]) -> Vec<String> {
    lines(&body.concat(), &[("numbering", numbering)])
}

#[test]
fn levels_count_restart_and_name_each_other() {
    let levels = level(0, "decimal", "Điều %1.", "")
        + &level(1, "decimal", "%1.%2.", "")
        + &level(2, "lowerLetter", "%3)", "");
    let body = [
        at(1, 0, "A"),
        at(1, 1, "B"),
        at(1, 2, "C"),
        at(1, 2, "D"),
        at(1, 1, "E"),
        at(1, 2, "F"),
        at(1, 0, "G"),
        at(1, 1, "H"),
    ];
    assert_eq!(
        numbered(&lists(&levels, ""), &body),
        [
            "Điều 1. A",
            "1.1. B",
            "a) C",
            "b) D",
            "1.2. E",
            "a) F",
            "Điều 2. G",
            "2.1. H"
        ]
    );
}

#[test]
fn a_level_may_restart_never_or_after_one_level_only() {
    let levels = level(0, "upperRoman", "Chương %1", "")
        + &level(1, "decimal", "Điều %2.", r#"<w:lvlRestart w:val="0"/>"#)
        + &level(2, "decimal", "%3.", r#"<w:lvlRestart w:val="1"/>"#);
    let body = [
        at(1, 0, "A"),
        at(1, 1, "B"),
        at(1, 2, "C"),
        at(1, 1, "D"),
        at(1, 2, "E"),
        at(1, 0, "F"),
        at(1, 1, "G"),
        at(1, 2, "H"),
    ];
    assert_eq!(
        numbered(&lists(&levels, ""), &body),
        [
            "Chương I A",
            "Điều 1. B",
            "1. C",
            "Điều 2. D",
            "2. E",
            "Chương II F",
            "Điều 3. G",
            "1. H"
        ]
    );
}

#[test]
fn lists_of_one_definition_count_on_unless_they_start_anew() {
    let more = concat!(
        r#"<w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num>"#,
        r#"<w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>"#,
        r#"<w:num w:numId="4"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:lvl w:ilvl="0"><w:start w:val="1"/>"#,
        r#"<w:numFmt w:val="upperLetter"/><w:lvlText w:val="%1/"/></w:lvl></w:lvlOverride></w:num>"#,
    );
    let body = [
        at(1, 0, "A"),
        at(2, 0, "B"),
        at(3, 0, "C"),
        at(3, 0, "D"),
        at(4, 0, "E"),
    ];
    assert_eq!(
        numbered(&lists(&level(0, "decimal", "%1.", ""), more), &body),
        ["1. A", "2. B", "5. C", "6. D", "G/ E"]
    );
}

#[test]
fn gaps_legal_digits_and_missing_upper_levels() {
    let levels = level(0, "upperRoman", "%1.", r#"<w:suff w:val="space"/>"#)
        + &level(1, "decimal", "%1.%2", r#"<w:isLgl/><w:suff w:val="nothing"/>"#)
        + &level(2, "decimalZero", "(%3)", "");
    assert_eq!(
        numbered(
            &lists(&levels, ""),
            &[at(1, 1, "-A"), at(1, 0, "B"), at(1, 1, "-C"), at(1, 2, "D")]
        ),
        ["1.1-A", "I. B", "1.1-C", "(01) D"]
    );
}

#[test]
fn bullets_print_their_sign_and_empty_ones_nothing() {
    let symbol = r#"<w:rPr><w:rFonts w:ascii="Symbol" w:hAnsi="Symbol"/></w:rPr>"#;
    let levels = level(0, "bullet", "\u{f0b7}", symbol) + &level(1, "bullet", "–", "");
    assert_eq!(
        numbered(&lists(&levels, ""), &[at(1, 0, "A"), at(1, 1, "B"), at(1, 0, "")]),
        ["• A", "– B"]
    );
}

#[test]
fn numbers_alone_in_a_cell_are_printed() {
    let row = |text: &str| {
        format!(
            "<w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr>",
            at(1, 0, ""),
            para("", text)
        )
    };
    let table = format!("<w:tbl>{}{}</w:tbl>", row("A"), row("B"));
    assert_eq!(
        numbered(&lists(&level(0, "decimal", "%1", ""), ""), &[table]),
        ["| 1 | A ", "| 2 | B "]
    );
}

const STYLES: &str = concat!(
    r#"<w:style w:type="paragraph" w:styleId="Khoan"><w:name w:val="khoan"/><w:basedOn w:val="Dieu"/><w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr></w:pPr></w:style>"#,
    r#"<w:style w:type="paragraph" w:styleId="Dieu"><w:name w:val="dieu"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>"#,
    r#"<w:style w:type="paragraph" w:styleId="Con"><w:name w:val="con"/><w:basedOn w:val="Dieu"/></w:style>"#,
    r#"<w:style w:type="paragraph" w:styleId="Vong"><w:name w:val="vong"/><w:basedOn w:val="Vong"/></w:style>"#,
);

#[test]
fn styles_carry_numbers_through_what_they_are_based_on() {
    let levels =
        level(0, "decimal", "Điều %1.", r#"<w:pStyle w:val="Dieu"/>"#) + &level(1, "decimal", "%2.", "");
    let styled = |style: &str, text: &str| para(&format!(r#"<w:pStyle w:val="{style}"/>"#), text);
    let unnumbered = para(
        r#"<w:pStyle w:val="Dieu"/><w:numPr><w:numId w:val="0"/></w:numPr>"#,
        "không số",
    );
    let body = [
        styled("Dieu", "A"),
        styled("Khoan", "B"),
        styled("Con", "C"),
        unnumbered,
        styled("Vong", "D"),
    ];
    let numbering = lists(&levels, "");
    assert_eq!(
        lines(&body.concat(), &[("styles", STYLES), ("numbering", &numbering)]),
        ["Điều 1. A", "1. B", "Điều 2. C", "không số", "D"]
    );
}

#[test]
fn a_numbering_style_stands_between_list_and_definition() {
    let styles = r#"<w:style w:type="numbering" w:styleId="Muc"><w:name w:val="muc"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>"#;
    let more = r#"<w:abstractNum w:abstractNumId="7"><w:numStyleLink w:val="Muc"/></w:abstractNum><w:num w:numId="2"><w:abstractNumId w:val="7"/></w:num>"#;
    let numbering = lists(&level(0, "upperLetter", "%1.", ""), more);
    let body = at(2, 0, "x") + &at(2, 0, "y");
    assert_eq!(
        lines(&body, &[("styles", styles), ("numbering", &numbering)]),
        ["A. x", "B. y"]
    );
}

#[test]
fn numbers_look_like_their_paragraph_mark() {
    let body = r#"<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:rPr><w:b/></w:rPr></w:pPr><w:r><w:t>tên</w:t></w:r></w:p>"#;
    let numbering = lists(&level(0, "decimal", "điều %1.", "<w:rPr><w:caps/></w:rPr>"), "");
    let draft = draft_of(body, &[("numbering", &numbering)]);
    assert_eq!(first_para(&draft).text, "ĐIỀU 1. tên");
    assert_eq!(marked(first_para(&draft)), [(MarkKind::Bold, "ĐIỀU 1.")]);
}

#[test]
fn the_format_that_word_knows_is_taken_from_an_alternative() {
    let level = concat!(
        r#"<w:lvl w:ilvl="0"><w:start w:val="1"/><mc:AlternateContent><mc:Choice Requires="wps">"#,
        r#"<w:numFmt w:val="custom" w:format="001, 002, 003, ..."/></mc:Choice><mc:Fallback><w:numFmt w:val="decimal"/>"#,
        r#"</mc:Fallback></mc:AlternateContent><w:lvlText w:val="%1."/></w:lvl>"#,
    );
    assert_eq!(numbered(&lists(level, ""), &[at(1, 0, "A")]), ["001. A"]);
}
