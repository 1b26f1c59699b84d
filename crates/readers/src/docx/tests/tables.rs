use super::*;

use legal::model::Table;

fn cell(properties: &str, text: &str) -> String {
    format!("<w:tc><w:tcPr>{properties}</w:tcPr>{}</w:tc>", para("", text))
}

fn row(properties: &str, cells: &[String]) -> String {
    format!("<w:tr><w:trPr>{properties}</w:trPr>{}</w:tr>", cells.concat())
}

fn table(rows: &[String]) -> Table {
    let draft = draft_of(
        &format!("<w:tbl><w:tblPr/><w:tblGrid/>{}</w:tbl>", rows.concat()),
        &[],
    );
    match draft.blocks.into_iter().next() {
        Some(Block::Table(table)) => table,
        other => panic!("no table: {other:?}"),
    }
}

/// Text, columns and rows of every cell.
fn spans(table: &Table) -> Vec<Vec<(String, u16, u16)>> {
    let text = |paras: &[Para]| {
        paras
            .iter()
            .map(|para| para.text.as_str())
            .collect::<Vec<_>>()
            .join(" / ")
    };
    let cells = |row: &legal::model::Row| {
        row.cells
            .iter()
            .map(|cell| (text(&cell.paras), cell.colspan, cell.rowspan))
            .collect()
    };
    table.rows.iter().map(cells).collect()
}

fn own(text: &str, columns: u16, rows: u16) -> (String, u16, u16) {
    (text.to_owned(), columns, rows)
}

#[test]
fn merged_cells_span_columns_and_rows() {
    let wide = r#"<w:gridSpan w:val="2"/>"#;
    let (start, on) = (r#"<w:vMerge w:val="restart"/>"#, "<w:vMerge/>");
    let table = table(&[
        row("<w:tblHeader/>", &[cell(start, "STT"), cell(wide, "Mức phạt")]),
        row("", &[cell(on, "che"), cell("", "từ"), cell("", "đến")]),
        row("", &[cell("", "1"), cell(start, "2"), cell(start, "3")]),
        row("", &[cell("", "4"), cell(on, ""), cell("", "5")]),
        row("", &[cell("", "6"), cell(on, ""), cell(on, "7")]),
    ]);
    assert_eq!(
        spans(&table),
        [
            vec![own("STT", 1, 2), own("Mức phạt", 2, 1)],
            vec![own("từ", 1, 1), own("đến", 1, 1)],
            vec![own("1", 1, 1), own("2", 1, 3), own("3", 1, 1)],
            vec![own("4", 1, 1), own("5", 1, 1)],
            vec![own("6", 1, 1), own("7", 1, 1)],
        ]
    );
    assert!(table.rows[0].cells.iter().all(|cell| cell.header));
    assert!(!table.rows[1].cells[0].header);
}

#[test]
fn old_horizontal_merging_and_skipped_columns() {
    let table = table(&[
        row(
            "",
            &[
                cell(r#"<w:hMerge w:val="restart"/>"#, "a"),
                cell(r#"<w:hMerge w:val="continue"/>"#, "b"),
                cell("", "c"),
            ],
        ),
        row(r#"<w:gridBefore w:val="2"/>"#, &[cell("", "d")]),
    ]);
    assert_eq!(
        spans(&table),
        [
            vec![own("a", 2, 1), own("c", 1, 1)],
            vec![own("", 2, 1), own("d", 1, 1)]
        ]
    );
}

#[test]
fn rows_and_cells_deleted_in_a_tracked_change_are_gone() {
    let deleted = r#"<w:cellDel w:id="1"/>"#;
    let table = table(&[
        row("", &[cell("", "a"), cell(deleted, "b"), cell("", "c")]),
        row(r#"<w:del w:id="2"/>"#, &[cell("", "d"), cell("", "e")]),
        row(r#"<w:ins w:id="3"/>"#, &[cell("", "f"), cell("", "g")]),
    ]);
    assert_eq!(
        spans(&table),
        [
            vec![own("a", 1, 1), own("c", 1, 1)],
            vec![own("f", 1, 1), own("g", 1, 1)]
        ]
    );
}

#[test]
fn a_table_in_a_cell_gives_its_text_to_the_cell() {
    let inner = format!(
        "<w:tbl>{}{}</w:tbl>",
        row("", &[cell("", "x"), cell("", "y")]),
        row("", &[cell("", "z")])
    );
    let outer = format!("<w:tc>{}{inner}{}</w:tc>", para("", "trên"), para("", "dưới"));
    let table = table(&[
        row("", &[outer, cell("", "bên")]),
        row("", &[cell("", "a"), cell("", "b")]),
    ]);
    assert_eq!(
        spans(&table)[0],
        [own("trên / x / y / z / dưới", 1, 1), own("bên", 1, 1)]
    );
}

#[test]
fn the_head_of_an_act_set_in_a_table_becomes_lines() {
    let body = format!(
        "<w:tbl>{}</w:tbl>{}",
        row(
            "",
            &[
                format!(
                    "<w:tc>{}{}</w:tc>",
                    para("", "CHÍNH PHỦ"),
                    para("", "Số: 78/2025/NĐ-CP")
                ),
                format!(
                    "<w:tc>{}{}</w:tc>",
                    para("", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
                    para("", "Hà Nội, ngày 01 tháng 4 năm 2025")
                ),
            ]
        ),
        para("", "NGHỊ ĐỊNH")
    );
    assert_eq!(
        lines(&body, &[]),
        [
            "CHÍNH PHỦ",
            "Số: 78/2025/NĐ-CP",
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "Hà Nội, ngày 01 tháng 4 năm 2025",
            "NGHỊ ĐỊNH"
        ]
    );
}
