//! Word files made to harm, and honest ones that were damaged on the way.

use std::time::{Duration, Instant};

use proptest::prelude::*;

use super::*;

/// What the program allows a file, tests being several times slower than it.
const PATIENCE: Duration = Duration::from_secs(10);

fn fault(bytes: &[u8]) -> Fault {
    let start = Instant::now();
    let fault = draft(bytes).map(|draft| draft.text_len()).expect_err("a fault");
    assert!(start.elapsed() < PATIENCE, "took {:?}", start.elapsed());
    fault
}

/// A file with something of everything.
fn rich() -> Vec<u8> {
    let numbering = r#"<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>"#;
    let notes = r#"<w:footnote w:id="2"><w:p><w:r><w:t>chú thích</w:t></w:r></w:p></w:footnote>"#;
    let styles = r#"<w:style w:type="paragraph" w:default="1" w:styleId="N"><w:name w:val="Normal"/><w:rPr><w:b/></w:rPr></w:style>"#;
    let body = [
        para(
            r#"<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>"#,
            "NGHỊ ĐỊNH",
        ),
        format!(
            "<w:tbl><w:tr><w:tc><w:tcPr><w:vMerge w:val=\"restart\"/></w:tcPr>{}</w:tc></w:tr></w:tbl>",
            para("", "ô")
        ),
        r#"<w:p><w:r><w:t>Điều 1. A</w:t><w:footnoteReference w:id="2"/></w:r></w:p>"#.to_owned(),
    ];
    word(
        &body.concat(),
        &[("styles", styles), ("numbering", numbering), ("footnotes", notes)],
    )
}

fn survives(bytes: &[u8]) {
    for item in crate::read("x.docx", bytes).items {
        if let crate::Outcome::Refused(refusal) = item.outcome {
            assert!(
                !refusal.message.is_ascii() && refusal.message.ends_with('.'),
                "{}",
                refusal.message
            );
        }
    }
}

#[test]
fn a_file_cut_off_anywhere_is_refused() {
    let whole = rich();
    assert!(draft(&whole).is_ok());
    for cut in (4..whole.len() - 1).step_by(97) {
        assert!(matches!(fault(&whole[..cut]), Fault::Damaged(_)), "cut at {cut}");
        survives(&whole[..cut]);
    }
}

#[test]
fn flipped_bytes_never_change_the_text_unseen() {
    let whole = rich();
    let honest = draft(&whole).expect("a Word file").blocks;
    for place in 0..whole.len() {
        let mut bytes = whole.clone();
        bytes[place] ^= 0x55;
        survives(&bytes);
        // Entries are checked against their sums: text is right or refused, or a part is gone whole.
        if let Ok(draft) = draft(&bytes) {
            let texts: Vec<String> = draft.blocks.iter().flat_map(shown).collect();
            let known: Vec<String> = honest.iter().flat_map(shown).collect();
            assert!(
                texts
                    .iter()
                    .all(|text| known.iter().any(|own| own.contains(text.as_str()))),
                "byte {place}: {texts:?}"
            );
        }
    }
}

#[test]
fn bombs_are_refused() {
    // 300 MB of spaces between two elements, and of elements, from some hundred kilobytes.
    let spaces = " ".repeat(60 << 20);
    assert_eq!(fault(&word(&spaces, &[])), Fault::TooLarge);
    let elements = "<w:p/>".repeat(10 << 20);
    assert_eq!(fault(&word(&elements, &[])), Fault::TooLarge);
    let attribute = format!("<w:p w:a=\"{}\"/>", "x".repeat(30 << 20));
    assert_eq!(fault(&word(&attribute, &[])), Fault::TooLarge);
}

#[test]
fn deep_nesting_is_refused() {
    for element in [
        "<w:sdt>",
        "<w:tbl><w:tr><w:tc>",
        "<w:pPr><w:rPr>",
        "<mc:AlternateContent><mc:Choice Requires=\"wps\">",
    ] {
        let fault = fault(&word(&format!("<w:p>{}", element.repeat(5_000)), &[]));
        assert_eq!(fault, Fault::TooDeep, "{element}");
    }
}

#[test]
fn entities_are_refused_or_stand_for_nothing() {
    let bomb = r#"<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]><w:document><w:body><w:p>&b;&c;</w:p></w:body></w:document>"#;
    let file = zip(&[("[Content_Types].xml", TYPES), ("word/document.xml", bomb)]);
    assert_eq!(fault(&file), Fault::Dtd);
    assert_eq!(lines("<w:p><w:r><w:t>a&b;c</w:t></w:r></w:p>", &[]), ["ac"]);
}

#[test]
fn too_many_entries_are_refused_before_they_are_listed() {
    let names: Vec<String> = (0..6_000).map(|n| format!("{n}.xml")).collect();
    let entries: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), "")).collect();
    assert_eq!(fault(&zip(&entries)), Fault::TooLarge);
}

#[test]
fn absurd_numbers_stay_harmless() {
    let numbering = r#"<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="9223372036854775807"/><w:numFmt w:val="lowerLetter"/><w:lvlRestart w:val="-5"/><w:lvlText w:val="%1%9%0%"/></w:lvl><w:lvl w:ilvl="77"/><w:lvl w:ilvl="-1"/></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="99"/></w:num>"#;
    let place = r#"<w:numPr><w:ilvl w:val="4000000000"/><w:numId w:val="1"/></w:numPr>"#;
    let zero = r#"<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>"#;
    let table = r#"<w:tbl><w:tr><w:trPr><w:gridBefore w:val="99999999999"/></w:trPr><w:tc><w:tcPr><w:gridSpan w:val="4294967295"/><w:vMerge/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>"#;
    let body = [
        para(place, "a"),
        para(zero, "b"),
        para(zero, "c"),
        table.to_owned(),
    ]
    .concat();
    assert_eq!(lines(&body, &[("numbering", numbering)]).len(), 3);
}

#[test]
fn elements_out_of_place_are_passed_over() {
    let body = concat!(
        r#"<w:tc><w:tr><w:t>x</w:t></w:tr></w:tc><w:txbxContent><w:p><w:r><w:t>a</w:t></w:r></w:p></w:txbxContent><w:fldChar w:fldCharType="end"/>"#,
        r#"<w:p><w:p><w:r><w:t>b</w:t></w:r></w:p><w:r><w:t>c</w:t></w:r></w:p><mc:Choice Requires="wps"><w:p/></mc:Choice><mc:Fallback/><w:tbl><w:p><w:r><w:t>d</w:t></w:r></w:p></w:tbl>"#,
    );
    let texts = lines(body, &[]);
    assert!(
        ["a", "b", "d"]
            .iter()
            .all(|text| texts.iter().any(|line| line.contains(text))),
        "{texts:?}"
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_order_of_elements_is_survived(pieces in proptest::collection::vec(prop::sample::select(vec![
        "<w:p>", "</w:p>", "<w:r>", "</w:r>", "<w:t>Điều 1. x</w:t>", "<w:tbl>", "</w:tbl>", "<w:tr>", "</w:tr>", "<w:tc>", "</w:tc>",
        "<w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr><w:rPr><w:del/></w:rPr></w:pPr>", "<w:pPr><w:rPr><w:vanish/></w:rPr></w:pPr>",
        "<w:txbxContent>", "</w:txbxContent>", "<mc:AlternateContent>", "</mc:AlternateContent>", "<mc:Choice Requires=\"wps\">", "</mc:Choice>",
        "<mc:Fallback>", "</mc:Fallback>", "<w:fldChar w:fldCharType=\"begin\"/>", "<w:fldChar w:fldCharType=\"separate\"/>",
        "<w:fldChar w:fldCharType=\"end\"/>", "<w:fldSimple w:instr=\"TOC\">", "</w:fldSimple>", "<w:instrText>TOC</w:instrText>",
        "<w:footnoteReference w:id=\"2\"/>", "<w:br/>", "<w:tcPr><w:vMerge/></w:tcPr>", "<w:del>", "</w:del>", "&amp;", "<m:d>", "</m:d>",
    ]), 0..60)) {
        let mut body = String::new();
        let mut open: Vec<&str> = Vec::new();
        for piece in pieces {
            let name = piece.trim_matches(['<', '/', '>']).split(' ').next().unwrap_or_default();
            if piece.starts_with("</") {
                // Close what stands between, so that the file stays well-formed.
                while let Some(top) = open.pop() {
                    body.push_str(&format!("</{top}>"));
                    if top == name {
                        break;
                    }
                }
                continue;
            }
            if piece.starts_with('<') && !piece.contains("</") && !piece.ends_with("/>") {
                open.push(name);
            }
            body.push_str(piece);
        }
        open.iter().rev().for_each(|name| body.push_str(&format!("</{name}>")));
        let notes = r#"<w:footnote w:id="2"><w:p><w:r><w:t>chú thích</w:t></w:r></w:p></w:footnote>"#;
        let bytes = word(&body, &[("footnotes", notes)]);
        prop_assert!(draft(&bytes).is_ok());
        survives(&bytes);
    }

    #[test]
    fn noise_in_a_part_is_survived(noise in "[<>/&;a-z:w\" =]{0,80}") {
        survives(&word(&noise, &[("numbering", &noise), ("styles", &noise)]));
    }
}
