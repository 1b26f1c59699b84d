//! Forms of appendices and rows of their tables: what is changed, and what must wait.

use legal::amend::{Portion, Reason, read};
use legal::consolidate::{Amending, Applied, Expression, consolidate};
use legal::draft::Draft;
use legal::model::{ActText, Block, Cell, Para, Row, Table};
use legal::structure::structure;

fn para(text: &str) -> Para {
    Para {
        text: text.to_owned(),
        ..Para::default()
    }
}

/// "| 1 | Sách": cells; "^2" behind a cell: it reaches over two rows.
fn row(line: &str) -> Row {
    let cell = |text: &str| {
        let (text, rowspan) = text.split_once('^').unwrap_or((text, "1"));
        Cell {
            paras: vec![para(text.trim())],
            colspan: 1,
            rowspan: rowspan.trim().parse().unwrap_or(1),
            header: false,
        }
    };
    Row {
        cells: line.trim_start_matches('|').split('|').map(cell).collect(),
    }
}

/// An act from its lines; those that begin with "|" are rows of a table.
fn act(lines: &[&str]) -> ActText {
    let mut blocks: Vec<Block> = Vec::new();
    for line in lines {
        match blocks.last_mut() {
            Some(Block::Table(table)) if line.starts_with('|') => table.rows.push(row(line)),
            _ if line.starts_with('|') => blocks.push(Block::Table(Table {
                id: format!("tbl_{}", blocks.len()),
                rows: vec![row(line)],
            })),
            _ => blocks.push(Block::Para(para(line))),
        }
    }
    structure(Draft {
        blocks,
        ..Draft::default()
    })
}

/// Lines of a part; cells of a row parted by " | ".
fn flat(act: &ActText, id: &str) -> Vec<String> {
    let part = act.parts.iter().find(|part| part.id == id);
    let mut out = Vec::new();
    for block in part.iter().flat_map(|part| &part.opening) {
        match block {
            Block::Para(para) => out.push(para.text.clone()),
            Block::Table(table) => out.extend(table.rows.iter().map(|row| {
                let cells = row.cells.iter().flat_map(|cell| &cell.paras);
                cells
                    .map(|para| para.text.as_str())
                    .collect::<Vec<_>>()
                    .join(" | ")
            })),
            Block::Quote(_) => {}
        }
    }
    out
}

const BASE: [&str; 41] = [
    "BỘ VĂN HÓA",
    "Số: 10/2020/TT-BVH",
    "Hà Nội, ngày 01 tháng 6 năm 2020",
    "THÔNG TƯ",
    "QUY ĐỊNH VỀ THƯ VIỆN",
    "Điều 1. Mẫu và danh mục",
    "1. Mẫu và danh mục ban hành kèm theo Thông tư này.",
    "| STT | Loại sách | Phí",
    "| 1 | Sách in | 1.000",
    "| 2 | Sách nói | 2.000",
    "Điều 2. Hiệu lực",
    "Thông tư này có hiệu lực từ ngày 01 tháng 7 năm 2020.",
    "PHỤ LỤC I",
    "CÁC MẪU",
    "| Mẫu số 01 | Thẻ bạn đọc",
    "| Mẫu số 02 | Phiếu mượn",
    "| Mẫu số 03 | Phiếu trả",
    "Mẫu số 01. Thẻ bạn đọc",
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Họ và tên bạn đọc, huyện:",
    "Mẫu số 02",
    "Tên sách mượn:",
    "Huyện:",
    "Mẫu số 03",
    "Tên sách trả:",
    "PHỤ LỤC II",
    "DANH MỤC SÁCH",
    "A. SÁCH IN",
    "| STT | Tên sách | Nơi giữ",
    "| I | Sách cũ | Kho một",
    "| 1 | Sách sử | Huyện",
    "| 2 | Sách địa | Tỉnh^2",
    "| 3 | Sách văn",
    "| II | Sách mới | Kho hai",
    "| 1 | Sách toán | Huyện",
    "B. SÁCH NÓI",
    "| STT | Tên sách | Nơi giữ",
    "| 7 | Chuyện kể | Xã",
    "PHỤ LỤC III",
    "DANH SÁCH HUYỆN",
    "Huyện Một.",
];

/// The circular that amends, with the lines of its Điều 1 and of its appendix.
fn apply(lines: &[&str], appendix: &[&str]) -> (ActText, Expression) {
    let head = [
        "BỘ VĂN HÓA",
        "Số: 20/2023/TT-BVH",
        "Hà Nội, ngày 20 tháng 6 năm 2023",
        "THÔNG TƯ",
        "SỬA ĐỔI, BỔ SUNG THÔNG TƯ SỐ 10/2020/TT-BVH",
        "Điều 1. Sửa đổi, bổ sung một số điều của Thông tư số 10/2020/TT-BVH",
    ];
    let tail = [
        "Điều 2. Hiệu lực thi hành",
        "Thông tư này có hiệu lực từ ngày 01 tháng 01 năm 2024.",
    ];
    let all: Vec<&str> = head
        .iter()
        .chain(lines)
        .chain(&tail)
        .chain(appendix)
        .copied()
        .collect();
    let (base, amending) = (act(&BASE), act(&all));
    let done = consolidate(
        &base,
        &[Amending::of(&amending, &read(&amending), &base.metadata)],
        None,
    );
    (base, done)
}

const FORMS: [&str; 9] = [
    "PHỤ LỤC",
    "CÁC MẪU",
    "Mẫu số 02",
    "Tên sách mượn và ngày trả:",
    "| STT | Tên sách",
    "Mẫu số 05. Sổ kho",
    "Số sách trong kho:",
    "Mẫu số 06",
    "Xã:",
];

type Done = (
    &'static [&'static str],
    &'static str,
    &'static [(&'static str, &'static [&'static str])],
);

/// Lines of the amending act, the part, and for a line of the old text what stands in its place.
const APPLIED: [Done; 13] = [
    (
        &["1. Thay thế Mẫu số 02 tại Phụ lục I bằng Mẫu số 02 ban hành kèm theo Thông tư này."],
        "app_1",
        &[
            (
                "Tên sách mượn:",
                &["Tên sách mượn và ngày trả:", "STT | Tên sách"],
            ),
            ("Huyện:", &[]),
        ],
    ),
    // What the act called Mẫu số 03 goes on being called so.
    (
        &["1. Sửa đổi Mẫu số 03 thành Mẫu số 05 ban hành kèm theo Thông tư này."],
        "app_1",
        &[("Tên sách trả:", &["Số sách trong kho:"])],
    ),
    (
        &["1. Bổ sung Mẫu số 05 vào Phụ lục I."],
        "app_1",
        &[(
            "Tên sách trả:",
            &["Tên sách trả:", "Mẫu số 05. Sổ kho", "Số sách trong kho:"],
        )],
    ),
    (
        &[
            "1. Bổ sung Mẫu số 05 vào sau Mẫu số 01 Phụ lục I theo Mẫu số 05 tại Phụ lục ban hành kèm theo Thông tư này.",
        ],
        "app_1",
        &[(
            "Họ và tên bạn đọc, huyện:",
            &[
                "Họ và tên bạn đọc, huyện:",
                "Mẫu số 05. Sổ kho",
                "Số sách trong kho:",
            ],
        )],
    ),
    (
        &["1. Bãi bỏ các Mẫu số 02 và 03 Phụ lục I."],
        "app_1",
        &[
            ("Tên sách mượn:", &["(được bãi bỏ)"]),
            ("Huyện:", &[]),
            ("Tên sách trả:", &["(được bãi bỏ)"]),
        ],
    ),
    (
        &["1. Thay từ “huyện” bằng từ “xã” tại Mẫu số 01 Phụ lục I."],
        "app_1",
        &[("Họ và tên bạn đọc, huyện:", &["Họ và tên bạn đọc, xã:"])],
    ),
    (
        &[
            "1. Sửa đổi số thứ tự 1 mục II phần A Phụ lục II như sau:",
            "| STT | Tên sách | Nơi giữ",
            "| 1 | Sách lý | Xã",
        ],
        "app_2",
        &[("1 | Sách toán | Huyện", &["1 | Sách lý | Xã"])],
    ),
    (
        &[
            "1. Bổ sung số thứ tự 8 và 8a vào sau số thứ tự 7 Phụ lục II như sau:",
            "| 8 | Thơ | Xã",
            "| 8a | Ca dao | Xã",
        ],
        "app_2",
        &[(
            "7 | Chuyện kể | Xã",
            &["7 | Chuyện kể | Xã", "8 | Thơ | Xã", "8a | Ca dao | Xã"],
        )],
    ),
    (
        &[
            "1. Bổ sung số thứ tự 6 vào trước số thứ tự 7 phần B Phụ lục II như sau:",
            "| 6 | Thơ | Xã",
        ],
        "app_2",
        &[("7 | Chuyện kể | Xã", &["6 | Thơ | Xã", "7 | Chuyện kể | Xã"])],
    ),
    (
        &["1. Bãi bỏ số thứ tự 7 của Phụ lục II."],
        "app_2",
        &[("7 | Chuyện kể | Xã", &["7 | (được bãi bỏ) | "])],
    ),
    (
        &["1. Thay từ “Xã” bằng từ “Huyện” tại số thứ tự 7 Phụ lục II."],
        "app_2",
        &[("7 | Chuyện kể | Xã", &["7 | Chuyện kể | Huyện"])],
    ),
    // The appendix that has the only one.
    (
        &["1. Bãi bỏ Mẫu số 03."],
        "app_1",
        &[("Tên sách trả:", &["(được bãi bỏ)"])],
    ),
    // A heading over items that say what is done.
    (
        &[
            "1. Thay thế Mẫu số 02, bổ sung Mẫu số 05 tại Phụ lục I như sau:",
            "a) Thay thế Mẫu số 03 tại Phụ lục I bằng Mẫu số 05 ban hành kèm theo Thông tư này;",
            "b) Bãi bỏ Mẫu số 02 tại Phụ lục I.",
        ],
        "app_1",
        &[
            ("Tên sách mượn:", &["(được bãi bỏ)"]),
            ("Huyện:", &[]),
            ("Tên sách trả:", &["Số sách trong kho:"]),
        ],
    ),
];

#[test]
fn only_what_is_named_changes() {
    for (lines, id, changes) in APPLIED {
        let (base, done) = apply(lines, &FORMS);
        assert_eq!(done.flags, [], "{lines:?}");
        let wanted: Vec<String> = flat(&base, id)
            .into_iter()
            .flat_map(|line| match changes.iter().find(|(old, _)| *old == line) {
                Some((_, new)) => new.iter().map(|line| (*line).to_owned()).collect(),
                None => vec![line],
            })
            .collect();
        assert_eq!(flat(&done.text, id), wanted, "{lines:?}");
        assert_eq!(done.text.provisions, base.provisions, "{lines:?}");
        for (old, new) in base
            .parts
            .iter()
            .zip(&done.text.parts)
            .filter(|(old, _)| old.id != id)
        {
            assert_eq!(old, new, "{lines:?}");
        }
        let mut tables: Vec<&str> = Vec::new();
        for block in done.text.parts.iter().flat_map(|part| &part.opening) {
            if let Block::Table(table) = block {
                assert!(!tables.contains(&table.id.as_str()), "{lines:?} {}", table.id);
                tables.push(&table.id);
            }
        }
    }
}

#[test]
fn rows_of_a_table_in_a_provision() {
    let (_, done) = apply(
        &[
            "1. Sửa đổi số thứ tự 2 khoản 1 Điều 1 như sau:",
            "| 2 | Sách nói | 3.000",
        ],
        &[],
    );
    assert_eq!(done.flags, []);
    let clause = done
        .text
        .provisions
        .iter()
        .find(|one| one.id == "art_1__clause_1");
    let told = format!("{:?}", clause.map(|one| &one.blocks));
    assert!(
        told.contains("3.000") && told.contains("1.000") && !told.contains("2.000"),
        "{told}"
    );
}

/// Lines of the amending act, and why nothing is done.
const REFUSED: [(&[&str], Reason); 17] = [
    (
        &["1. Thay thế Mẫu số 09 tại Phụ lục I bằng Mẫu số 02 ban hành kèm theo Thông tư này."],
        Reason::NoForm,
    ),
    (
        &["1. Thay thế Mẫu số 02 tại Phụ lục I bằng Mẫu số 08 ban hành kèm theo Thông tư này."],
        Reason::NoNewForm,
    ),
    (
        &["1. Thay thế Mẫu số 01, Mẫu số 02 tại Phụ lục I bằng Mẫu số 02 ban hành kèm theo Thông tư này."],
        Reason::Pairs,
    ),
    (&["1. Thay thế Mẫu số 02 tại Phụ lục I."], Reason::Piece),
    (&["1. Bổ sung Mẫu số 02 vào Phụ lục I."], Reason::AlreadyThere),
    (
        &["1. Bổ sung Mẫu số 05 vào sau Mẫu số 09 Phụ lục I theo Mẫu số 05 ban hành kèm theo Thông tư này."],
        Reason::UnknownAnchor,
    ),
    // Something in the form, not the form.
    (
        &["1. Bãi bỏ nội dung tại Mẫu số 02 Phụ lục I."],
        Reason::PartOfContent,
    ),
    (&["1. Bổ sung chỉ tiêu ngày sinh tại Mẫu số 05."], Reason::Piece),
    (
        &["1. Bãi bỏ từ Mẫu số 01 đến Mẫu số 03 Phụ lục I."],
        Reason::Piece,
    ),
    (&["1. Bãi bỏ Phụ lục I Mẫu số 02."], Reason::Piece),
    (&["1. Bãi bỏ cột 2 Mẫu số 02 Phụ lục I."], Reason::Piece),
    (&["1. Bãi bỏ số thứ tự 1 phần A Phụ lục II."], Reason::Repeated),
    (&["1. Bãi bỏ số thứ tự 9 Phụ lục II."], Reason::NoRow),
    (
        &["1. Bãi bỏ số thứ tự 7 mục V phần A Phụ lục II."],
        Reason::NoTable,
    ),
    (&["1. Bãi bỏ số thứ tự 9 Phụ lục III."], Reason::NoTable),
    // The cell of row 2 reaches into row 3.
    (&["1. Bãi bỏ số thứ tự 3 Phụ lục II."], Reason::Merged),
    (
        &["1. Sửa đổi số thứ tự 7 Phụ lục II như sau:", "| 7 | Thơ"],
        Reason::Merged,
    ),
];

#[test]
fn what_is_not_certain_waits() {
    for (lines, reason) in REFUSED {
        let (base, done) = apply(lines, &FORMS);
        let reasons: Vec<Reason> = done.flags.iter().map(|flag| flag.reason).collect();
        assert!(
            !reasons.is_empty() && reasons.iter().all(|one| *one == reason),
            "{lines:?} {reasons:?}"
        );
        assert_eq!(done.text, base, "{lines:?}");
    }
}

#[test]
fn a_form_without_certain_bounds_waits() {
    let line = "1. Thay thế Mẫu số 02 tại Phụ lục I bằng Mẫu số 02 ban hành kèm theo Thông tư này.";
    let state = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM";
    for appendix in [
        // The label of a second form was lost.
        &["PHỤ LỤC", "Mẫu số 02", state, "Một", state, "Hai"][..],
        // The label stands below the head of its form.
        &["PHỤ LỤC", "CÁC MẪU", state, "Mẫu số 02", "Một"],
        // A list of contents names a form that is not there.
        &[
            "PHỤ LỤC",
            "| Mẫu số 02 | Một",
            "| Mẫu số 03 | Hai",
            "Mẫu số 02",
            "Một",
        ],
        &["PHỤ LỤC", "Mẫu số 02", "Một", "Biểu số 1", "Hai"],
    ] {
        let (base, done) = apply(&[line], appendix);
        let reasons: Vec<Reason> = done.flags.iter().map(|flag| flag.reason).collect();
        assert_eq!(reasons, [Reason::Bounds], "{appendix:?}");
        assert_eq!(done.text, base, "{appendix:?}");
    }
}

#[test]
fn a_new_form_where_every_form_is_an_appendix() {
    let base = act(&[
        "BỘ VĂN HÓA",
        "Số: 10/2020/TT-BVH",
        "Hà Nội, ngày 01 tháng 6 năm 2020",
        "THÔNG TƯ",
        "QUY ĐỊNH VỀ THƯ VIỆN",
        "Điều 1. Mẫu",
        "Thông tư này có hiệu lực từ ngày 01 tháng 7 năm 2020.",
        "Nơi nhận:",
        "BỘ TRƯỞNG",
        "Mẫu số 01",
        "Thẻ bạn đọc một hai ba:",
        "Họ và tên:",
        "Năm sinh:",
        "Nơi ở:",
        "Nghề nghiệp:",
        "Điện thoại:",
        "Mẫu số 02",
        "Tên sách:",
    ]);
    let ids = |act: &ActText| act.parts.iter().map(|part| part.id.clone()).collect::<Vec<_>>();
    assert_eq!(ids(&base), ["main", "app_1", "app_2"]);
    let amending = act(&[
        "BỘ VĂN HÓA",
        "Số: 20/2023/TT-BVH",
        "Hà Nội, ngày 20 tháng 6 năm 2023",
        "THÔNG TƯ",
        "SỬA ĐỔI, BỔ SUNG THÔNG TƯ SỐ 10/2020/TT-BVH",
        "Điều 1. Sửa đổi, bổ sung một số điều của Thông tư số 10/2020/TT-BVH",
        "1. Bổ sung Mẫu số 01a.",
        "Điều 2. Hiệu lực thi hành",
        "Thông tư này có hiệu lực từ ngày 01 tháng 01 năm 2024.",
        "PHỤ LỤC",
        "Mẫu số 01a",
        "Thẻ trẻ em:",
    ]);
    let done = consolidate(
        &base,
        &[Amending::of(&amending, &read(&amending), &base.metadata)],
        None,
    );
    assert_eq!(done.flags, []);
    assert_eq!(ids(&done.text), ["main", "app_1", "app_3", "app_2"]);
    assert_eq!(flat(&done.text, "app_3"), ["Mẫu số 01a", "Thẻ trẻ em:"]);
}

#[test]
fn an_instruction_names_its_form_as_data() -> Result<(), serde_json::Error> {
    let (_, done) = apply(
        &["1. Bãi bỏ Mẫu số 01/TV Phụ lục I; số thứ tự 5 Phụ lục II."],
        &[],
    );
    let results: Vec<&Applied> = done.outcomes.iter().map(|one| &one.result).collect();
    assert_eq!(results.len(), 2, "{results:?}");
    let json = serde_json::to_string(&Portion::Row("5a".to_owned()))?;
    assert_eq!(json, r#"{"row":"5a"}"#);
    let form: Portion = serde_json::from_str(r#"{"form":{"kind":"mau","number":"01/TV"}}"#)?;
    assert_eq!(form.words(), "Mẫu số 01/TV");
    Ok(())
}
