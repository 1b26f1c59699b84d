//! Small RTF files, feature by feature.

use legal::model::{Block, MarkKind, Para};
use proptest::prelude::*;

use super::*;

fn file(body: &str) -> Vec<u8> {
    format!(
        "{{\\rtf1\\ansi\\ansicpg1252\\uc1\\deff0{{\\fonttbl{{\\f0\\fcharset0{{\\*\\falt X}}Times New Roman;}}{{\\f1 .VnTimeH;}}\
         {{\\f2\\fcharset163 Arial;}}{{\\f3\\fcharset2 Symbol;}}}}{{\\stylesheet{{\\s1 Heading;}}}}{{\\*\\generator Riched;}}{body}}}"
    )
    .into_bytes()
}

fn paras(body: &str) -> Vec<Para> {
    let draft = draft(&file(body)).unwrap_or_default();
    let shown = |block: Block| match block {
        Block::Para(para) => vec![para],
        Block::Table(table) => {
            let cells = table.rows.into_iter().flat_map(|row| row.cells);
            cells.flat_map(|cell| cell.paras).collect()
        }
        Block::Quote(_) => Vec::new(),
    };
    draft.blocks.into_iter().flat_map(shown).collect()
}

fn lines(body: &str) -> Vec<String> {
    paras(body).into_iter().map(|para| para.text).collect()
}

#[test]
fn letters_are_read_in_every_way_they_are_written() {
    for (body, text) in [
        ("\\u272?i\\u7873?u 1. A\\par", "Điều 1. A"),
        ("\\uc2\\u272 ??i\\par", "Đi"),
        ("{\\uc0\\u272}i\\u7873 ?u\\par", "Điều"),
        ("{\\f2 Ba\\'d2n\\par}", "Bản"),
        ("{\\f1 \\'ae\\'d2\\par}", "ĐỀ"),
        ("{\\f3 \\'a3}\\par", "≤"),
        ("a\\~b\\_c\\tab d\\ldblquote e\\rdblquote\\par", "a b-c d“e”"),
        ("a{\\v x}b{\\*\\unknown y}c{\\deleted z}d\\par", "abcd"),
        ("a\\{b\\}\\\\\\par", "a{b}\\"),
        (
            "{\\pict 0102}a{\\field{\\*\\fldinst HYPERLINK x}{\\fldrslt b}}c\\par",
            "abc",
        ),
        ("{\\upr{x}{\\*\\ud{\\u272?}}}\\par", "Đ"),
        ("{\\listtext 1.\\tab}a\\par", "1. a"),
        ("no end", "no end"),
    ] {
        assert_eq!(lines(body), [text], "{body}");
    }
}

#[test]
fn notes_tables_and_boxes_stand_where_they_belong() {
    let noted = paras("a{\\super\\chftn{\\footnote\\pard\\plain{\\chftn} ghi ch\\u250?}}b\\par c\\par");
    assert_eq!(noted[0].text, "a[1]b");
    assert!(
        noted[0]
            .marks
            .iter()
            .any(|mark| matches!(&mark.kind, MarkKind::Note(id) if id == "fn_1"))
    );
    let table = "x\\par\\trowd\\cellx100\\cellx200\\pard\\intbl a\\par b\\cell c\\cell\\row\
                 \\trowd\\clvmgf\\cellx100\\cellx200\\pard\\intbl d\\cell e\\cell\\row\\pard y\\par";
    let draft = draft(&file(table)).unwrap_or_default();
    let [Block::Para(_), Block::Table(table), Block::Para(_)] = draft.blocks.as_slice() else {
        panic!("{:?}", draft.blocks);
    };
    let cells = table.rows.iter().map(|row| row.cells.len());
    assert_eq!(cells.collect::<Vec<_>>(), [2, 2]);
    assert_eq!(table.rows[0].cells[0].paras.len(), 2);
    let boxed = "a{\\shp{\\*\\shpinst{\\shptxt \\pard b\\par}}}c\\par d\\par";
    assert_eq!(lines(boxed), ["ac", "b", "d"]);
}

/// A table that stands in a frame stays a table; in a cell of a real one it comes apart, in order.
#[test]
fn tables_in_tables_are_read() {
    let inner = "\\pard\\intbl\\itap2 a\\nestcell b\\nestcell{\\*\\nesttableprops\\trowd\\cellx50\\cellx90\\nestrow}{\\nonesttables\\par}\
                 c\\nestcell d\\nestcell{\\*\\nesttableprops\\trowd\\cellx50\\cellx90\\nestrow}";
    let frame =
        format!("\\trowd\\cellx100\\pard\\intbl x\\par{inner}\\pard\\intbl y\\cell\\row\\pard z\\par");
    let blocks = draft(&file(&frame)).unwrap_or_default().blocks;
    let [
        Block::Para(x),
        Block::Table(table),
        Block::Para(y),
        Block::Para(z),
    ] = blocks.as_slice()
    else {
        panic!("{blocks:?}");
    };
    assert_eq!([x.text.as_str(), &y.text, &z.text], ["x", "y", "z"]);
    let cells = table.rows.iter().map(|row| row.cells.len());
    assert_eq!(cells.collect::<Vec<_>>(), [2, 2]);
    let real = format!(
        "\\trowd\\cellx100\\cellx200\\pard\\intbl x\\par{inner}\\pard\\intbl y\\cell q\\cell\\row\
         \\trowd\\cellx100\\cellx200\\pard\\intbl r\\cell s\\cell\\row\\pard z\\par"
    );
    let blocks = draft(&file(&real)).unwrap_or_default().blocks;
    let [Block::Table(table), Block::Para(_)] = blocks.as_slice() else {
        panic!("{blocks:?}");
    };
    let cells = table.rows.iter().map(|row| row.cells.len());
    assert_eq!(cells.collect::<Vec<_>>(), [2, 2]);
    let first: Vec<&str> = table.rows[0].cells[0]
        .paras
        .iter()
        .map(|para| para.text.as_str())
        .collect();
    assert_eq!(first, ["x", "a", "b", "c", "d", "y"]);
}

#[test]
fn formulas_are_kept_in_one_line_with_a_warning() {
    let fraction = "M = {\\mmath{\\*\\moMath{\\mf{\\mfPr{\\mctrlPr\\b x}}{\\mnum{\\mr a+b}}{\\mden{\\md{\\mdPr{\\mbegChr [}}{\\me{\\mr c}}}}}\
                    {\\msSup{\\me{\\mr x}}{\\msup{\\mr 2}}}}{\\mmathPict{\\pict 0102}}} m\\par";
    let read = draft(&file(fraction)).unwrap_or_default();
    assert_eq!(lines(fraction), ["M = a+b/(c)x2 m"]);
    let codes = read.warnings.iter().map(|warning| warning.code.as_str());
    assert_eq!(codes.collect::<Vec<_>>(), ["formula"]);
    assert!(
        paras(fraction)[0]
            .marks
            .iter()
            .any(|mark| mark.kind == MarkKind::Sup)
    );
}

#[test]
fn depth_and_size_are_bounded() {
    assert_eq!(draft(&file(&"{".repeat(10_000))).err(), Some(Fault::TooDeep));
    assert_eq!(
        draft(&file(&"\\par".repeat(300_000))).err(),
        Some(Fault::TooLarge)
    );
    assert_eq!(draft(&file(&"chu ".repeat(5 << 20))).err(), Some(Fault::TooLarge));
    let row = format!("\\trowd{}\\intbl a\\cell\\row", "\\cellx9".repeat(100));
    assert!(draft(&file(&row.repeat(60_000))).is_err());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_order_of_words_is_survived(pieces in proptest::collection::vec(prop::sample::select(vec![
        "{", "}", "\\par ", "\\cell ", "\\row ", "\\trowd\\cellx9 ", "\\intbl ", "\\pard ", "\\u-3? ", "\\u55357?\\u56832?", "\\'e1", "\\*",
        "{\\footnote ", "{\\shptxt ", "{\\field", "{\\fldinst TOC}", "\\fldrslt ", "\\f1 ", "\\plain ", "\\v ", "x", "\\bin5 ", "\\uc3 ", "\\ftnalt ", "\\itap3 ", "\\nestcell ",
        "{\\*\\nesttableprops\\nestrow}", "{\\mmath{\\*\\moMath{\\md ",
    ]), 0..60)) {
        let _ = draft(&file(&pieces.concat()));
        let _ = crate::read("x.rtf", pieces.concat().as_bytes());
    }
}
