use super::*;

const IN_TABLE: [u8; 3] = [0x16, 0x24, 1];
const ROW_END: [u8; 3] = [0x17, 0x24, 1];

/// How a row is made: edges of its cells, and the flags of each.
fn row(edges: &[i16], flags: &[u16]) -> Vec<u8> {
    let mut out = vec![u8::try_from(flags.len()).expect("few")];
    out.extend(edges.iter().flat_map(|edge| edge.to_le_bytes()));
    for flags in flags {
        out.extend(flags.to_le_bytes());
        out.extend([0; 18]);
    }
    let length = u16::try_from(out.len() + 1).expect("short").to_le_bytes();
    let make = [&sprm(0xd608, &length), out.as_slice()].concat();
    [&IN_TABLE[..], &ROW_END, &make].concat()
}

fn cell(text: &str) -> (Vec<Run<'_>>, Vec<u8>) {
    (vec![(text, Vec::new()), ("\u{7}", Vec::new())], IN_TABLE.to_vec())
}

fn end_of_row(edges: &[i16], flags: &[u16]) -> (Vec<Run<'static>>, Vec<u8>) {
    (vec![("\u{7}", Vec::new())], row(edges, flags))
}

#[test]
fn text_of_one_and_two_bytes_is_read() {
    let wide = Written {
        body: vec![para("Điều 1. Phạm vi", vec![]), para("Một\tdòng\u{b}hai", vec![])],
        ..Written::default()
    };
    assert_eq!(lines(&wide), ["Điều 1. Phạm vi", "Một dòng", "hai"]);
    let narrow = Written {
        body: vec![(
            vec![("\u{a7}i\u{d2}u 1", sprm(0x4a51, &[0, 0])), ("\r", vec![])],
            vec![],
        )],
        fonts: vec![".VnTime"],
        narrow: true,
        ..Written::default()
    };
    assert_eq!(lines(&narrow), ["Điều 1"]);
}

#[test]
fn fonts_tell_encoding_and_capitals() {
    let font = |number: u8| [sprm(0x4a4f, &[number, 0]), sprm(0x4a51, &[number, 0])].concat();
    let runs = vec![
        ("bé luËt ", font(1)),
        ("d©n sù", font(0)),
        (" Số", font(2)),
        ("\r", vec![]),
    ];
    let written = Written {
        body: vec![(runs, vec![])],
        fonts: vec![".VnTime", ".VnTimeH", "Arial"],
        ..Written::default()
    };
    assert_eq!(lines(&written), ["BỘ LUẬT dân sự Số"]);
}

#[test]
fn old_letters_under_a_font_of_unicode_are_known_by_their_sense() {
    let long =
        "NghÞ ®Þnh nµy quy ®Þnh viÖc xö ph¹t vi ph¹m hµnh chÝnh trong lÜnh vùc b¶o vÖ nguån lîi thuû s¶n.";
    let written = Written {
        body: vec![para("§iÒu 1. Ph¹m vi", vec![]), para(long, vec![])],
        fonts: vec!["Times New Roman"],
        ..Written::default()
    };
    let draft = draft_of(&written);
    assert!(
        draft
            .warnings
            .iter()
            .any(|warning| warning.code == "old-encoding")
    );
    let read = lines(&written);
    assert_eq!(read[0], "Điều 1. Phạm vi");
    assert!(read[1].ends_with("bảo vệ nguồn lợi thuỷ sản."), "{read:?}");
}

#[test]
fn looks_become_marks_and_hidden_text_is_left_out() {
    let runs = vec![
        ("đậm", sprm(0x0835, &[1])),
        ("ẩn", sprm(0x083c, &[1])),
        ("hoa", sprm(0x083b, &[1])),
        ("\r", vec![]),
    ];
    let draft = draft_of(&Written {
        body: vec![(runs, sprm(0x2461, &[1]))],
        ..Written::default()
    });
    let Some(Block::Para(para)) = draft.blocks.first() else {
        panic!("no paragraph")
    };
    assert_eq!(para.text, "đậmHOA");
    assert_eq!(para.align, legal::model::Align::Center);
    assert_eq!(para.marks.len(), 1);
    assert!(draft.warnings.iter().any(|warning| warning.code == "hidden-text"));
}

#[test]
fn tracked_changes_are_accepted() {
    let runs = vec![
        ("giữ ", vec![]),
        ("bỏ", sprm(0x0800, &[1])),
        ("thêm", sprm(0x0801, &[1])),
        ("\r", sprm(0x0800, &[1])),
    ];
    let written = Written {
        body: vec![(runs, vec![]), para(" nối", vec![])],
        ..Written::default()
    };
    assert_eq!(lines(&written), ["giữ thêm nối"]);
    let warnings = draft_of(&written).warnings;
    assert!(warnings.iter().any(|warning| warning.code == "tracked-changes"));
}

#[test]
fn fields_show_their_results() {
    let special = || sprm(0x0855, &[1]);
    let runs = vec![
        ("xem ", vec![]),
        ("\u{13}", special()),
        ("HYPERLINK x", vec![]),
        ("\u{14}", special()),
        ("Điều 5", vec![]),
        ("\u{15}", special()),
        ("\r", vec![]),
    ];
    let written = Written {
        body: vec![(runs, vec![])],
        ..Written::default()
    };
    assert_eq!(lines(&written), ["xem Điều 5"]);
}

#[test]
fn lists_count_as_word_prints_them() {
    let at = |list: u8| [sprm(0x260a, &[0]), sprm(0x460b, &[list, 0])].concat();
    let written = Written {
        body: vec![
            para("Một", at(1)),
            para("a", at(2)),
            para("b", at(2)),
            para("Hai", at(1)),
            para("không số", at(0)),
        ],
        lists: vec![(0, "Điều \u{0}.", 4), (4, "\u{0})", 1)],
        ..Written::default()
    };
    assert_eq!(
        lines(&written),
        ["Điều 4. Một", "a) a", "b) b", "Điều 5. Hai", "không số"]
    );
}

#[test]
fn tables_keep_rows_and_joined_cells() {
    let written = Written {
        body: vec![
            cell("STT"),
            cell("Tên"),
            end_of_row(&[0, 1000, 3000], &[0x60, 0]),
            cell(""),
            cell("b"),
            cell("c"),
            end_of_row(&[0, 1000, 2000, 3000], &[0x20, 0, 0]),
            para("sau bảng", vec![]),
        ],
        ..Written::default()
    };
    assert_eq!(lines(&written), ["| STT | Tên ", "| b | c ", "sau bảng"]);
    let draft = draft_of(&written);
    let Some(Block::Table(table)) = draft.blocks.first() else {
        panic!("no table")
    };
    assert_eq!(table.rows[0].cells[0].rowspan, 2);
    assert_eq!(table.rows[0].cells[1].colspan, 2);
}

#[test]
fn a_table_in_a_cell_gives_its_paragraphs() {
    let inner = |text: &'static str, more: &[u8]| {
        let depth = sprm(0x6649, &2u32.to_le_bytes());
        let end = ("\r", Vec::new());
        (
            vec![(text, Vec::new()), end],
            [&IN_TABLE[..], &depth, more].concat(),
        )
    };
    let written = Written {
        body: vec![
            inner("trong", &sprm(0x244b, &[1])),
            inner("", &[sprm(0x244b, &[1]), sprm(0x244c, &[1])].concat()),
            cell("ngoài"),
            cell("b"),
            end_of_row(&[0, 1000, 2000], &[0, 0]),
        ],
        ..Written::default()
    };
    assert_eq!(lines(&written), ["| trong / ngoài | b "]);
}

#[test]
fn notes_hang_on_their_signs() {
    let runs = vec![
        ("Điều 1", vec![]),
        ("\u{2}", sprm(0x0855, &[1])),
        (". A", vec![]),
        ("\r", vec![]),
    ];
    let draft = draft_of(&Written {
        body: vec![(runs, vec![])],
        notes: vec!["chú thích một"],
        ..Written::default()
    });
    let Some(Block::Para(para)) = draft.blocks.first() else {
        panic!("no paragraph")
    };
    assert_eq!(para.text, "Điều 1[1]. A");
    assert_eq!(draft.notes.len(), 1);
    assert_eq!(draft.notes[0].text, "chú thích một");
}

#[test]
fn a_header_that_alone_names_the_state_becomes_the_head() {
    let written = Written {
        body: vec![para("NGHỊ ĐỊNH", vec![])],
        header: "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\r",
        ..Written::default()
    };
    assert_eq!(
        lines(&written),
        ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "NGHỊ ĐỊNH"]
    );
}
