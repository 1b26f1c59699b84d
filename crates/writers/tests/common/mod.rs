//! Acts for the tests of the writers: one made by hand, any number made at random.
#![allow(dead_code)]

use jiff::civil::date;
use legal::model::*;
use proptest::prelude::*;
use writers::ExportAct;

pub fn para(text: &str) -> Block {
    Block::Para(Para {
        text: text.to_owned(),
        ..Para::default()
    })
}

pub fn provision(part: &str, id: &str, kind: ProvisionKind, number: &str, parent: Option<&str>) -> Provision {
    Provision {
        id: id.to_owned(),
        part: part.to_owned(),
        kind,
        number: number.to_owned(),
        heading: None,
        parent: parent.map(str::to_owned),
        blocks: Vec::new(),
        notes: Vec::new(),
        heading_marks: Vec::new(),
    }
}

fn cell(text: &str, colspan: u16, rowspan: u16, header: bool) -> Cell {
    let paras = vec![Para {
        text: text.to_owned(),
        ..Para::default()
    }];
    Cell {
        paras,
        colspan,
        rowspan,
        header,
    }
}

fn table() -> Block {
    let row = |cells| Row { cells };
    Block::Table(Table {
        id: "tbl_1".to_owned(),
        rows: vec![
            row(vec![cell("STT", 1, 2, true), cell("Mức phạt", 2, 1, true)]),
            row(vec![cell("Cá nhân", 1, 1, true), cell("Tổ chức", 1, 1, true)]),
            row(vec![
                cell("1", 1, 1, false),
                cell("5 < 10", 1, 1, false),
                cell("", 1, 1, false),
            ]),
            row(vec![]),
        ],
    })
}

fn noted() -> (Block, Footnote) {
    let text = "Bể có thể tích 2m3[1] trở lên".to_owned();
    let at = text.find("3[").expect("there") as u32;
    let marks = vec![
        Mark {
            start: 0,
            end: 4,
            kind: MarkKind::Bold,
        },
        Mark {
            start: at,
            end: at + 1,
            kind: MarkKind::Sup,
        },
        Mark {
            start: at + 1,
            end: at + 4,
            kind: MarkKind::Note("fn_1".to_owned()),
        },
    ];
    let note = Footnote {
        id: "fn_1".into(),
        sign: "[1]".into(),
        text: "Sửa đổi & bổ sung.".into(),
    };
    (
        Block::Para(Para {
            text,
            marks,
            align: Align::Start,
        }),
        note,
    )
}

fn provisions() -> Vec<Provision> {
    use ProvisionKind::*;
    let mut chapter = provision("main", "chp_1", Chapter, "I", None);
    chapter.heading = Some("QUY ĐỊNH CHUNG".to_owned());
    let mut article = provision("main", "chp_1__art_1", Article, "1", Some("chp_1"));
    article.heading = Some("Phạm vi điều chỉnh".to_owned());
    let mut clause = provision("main", "art_1__clause_1", Clause, "1", Some("chp_1__art_1"));
    let (noted, note) = noted();
    clause.blocks = vec![noted, table()];
    clause.notes = vec![note];
    let mut point = provision(
        "main",
        "art_1__clause_1__point_dd",
        Point,
        "đ",
        Some("art_1__clause_1"),
    );
    point.blocks = vec![para("Điểm đ có “ngoặc” và <thẻ> & dấu.")];
    point.notes = vec![Footnote {
        id: "fn_2".into(),
        sign: "*".into(),
        text: "Không ai dẫn tới.".into(),
    }];
    let mut amending = provision("main", "art_2", Article, "2", None);
    amending.blocks = vec![
        para("Sửa đổi Điều 5 như sau:"),
        Block::Quote(Quote {
            id: "quo_1".into(),
            blocks: vec![para("Điều 5. Nội dung mới"), para("1. Khoản mới.")],
            closed: true,
        }),
    ];
    let mut attached = provision("att_1", "att_1__art_1", Article, "1", None);
    attached.heading = Some("Quy chế".to_owned());
    vec![chapter, article, clause, point, amending, attached]
}

fn parts() -> Vec<Part> {
    let main = Part {
        id: "main".into(),
        opening: vec![para("Căn cứ Hiến pháp;"), para("Quốc hội ban hành Luật.")],
        closing: vec![
            para("Luật này được thông qua ngày 24 tháng 11 năm 2015."),
            para("Nguyễn Sinh Hùng"),
        ],
        ..Part::default()
    };
    let attached = Part {
        id: "att_1".into(),
        kind: PartKind::Attached,
        title: "Quy chế làm việc".into(),
        ..Part::default()
    };
    let appendix = Part {
        id: "app_1".into(),
        kind: PartKind::Appendix,
        number: Some("I".into()),
        title: "Phụ lục I. Danh mục".into(),
        ..Part::default()
    };
    vec![main, attached, appendix]
}

/// An act with everything the model knows.
pub fn rich() -> ExportAct {
    let signer = |name: &str, office: &str| Signer {
        name: name.into(),
        office: Some(office.into()),
    };
    let metadata = Metadata {
        kind: Some(ActKind::BoLuat),
        number: Some("91/2015/QH13".into()),
        issuers: vec!["Quốc hội".into()],
        signers: vec![
            signer("Nguyễn Sinh Hùng", "Chủ tịch Quốc hội"),
            signer("Người khác", "Phó Chủ tịch"),
        ],
        place: Some("Hà Nội".into()),
        issued: Some(date(2015, 11, 24)),
        in_force: Some(date(2017, 1, 1)),
        title: Some("Dân sự".into()),
        field: Some("Dân sự".into()),
        claims: Vec::new(),
    };
    export(ActText {
        metadata,
        parts: parts(),
        provisions: provisions(),
        ..ActText::default()
    })
}

/// An act of which only the number is known.
pub fn bare() -> ExportAct {
    let metadata = Metadata {
        number: Some("12/1999/QĐ-UB".into()),
        ..Metadata::default()
    };
    export(ActText {
        metadata,
        ..ActText::default()
    })
}

pub fn export(text: ActText) -> ExportAct {
    ExportAct {
        slug: "91-2015-qh13".into(),
        url: "https://luat.example.vn/van-ban/91-2015-qh13".into(),
        publisher: "Phổ Luật".into(),
        expires: None,
        on: None,
        changed: Vec::new(),
        changes: Vec::new(),
        named: Vec::new(),
        text,
    }
}

/// Acts of any shape: trees of provisions, text with any characters and any marks.
pub fn any_act() -> impl Strategy<Value = ExportAct> {
    let plan = (0..7usize, any_blocks(), prop::option::of(any_text()));
    let parts = prop::collection::vec((any_blocks(), any_blocks(), any_text()), 1..3);
    (
        parts,
        prop::collection::vec(plan, 0..14),
        prop::option::of(any_text()),
    )
        .prop_map(build)
}

/// Opening, closing and title of a part.
type PartPlan = (Vec<Block>, Vec<Block>, String);
/// Level, blocks and heading of a provision.
type Plan = (usize, Vec<Block>, Option<String>);

fn build((parts, plans, title): (Vec<PartPlan>, Vec<Plan>, Option<String>)) -> ExportAct {
    let mut act = ActText::default();
    act.metadata.title = title;
    for (at, (opening, closing, title)) in parts.into_iter().enumerate() {
        let (id, kind) = match at {
            0 => ("main".to_owned(), PartKind::Main),
            _ => (format!("app_{at}"), PartKind::Appendix),
        };
        act.parts.push(Part {
            id,
            kind,
            title,
            opening,
            closing,
            ..Part::default()
        });
    }
    for (at, (level, blocks, heading)) in plans.into_iter().enumerate() {
        let kind = LEVELS[level];
        let part = act
            .parts
            .get(at % 2)
            .or(act.parts.first())
            .map_or("main", |part| &part.id)
            .to_owned();
        let parent = act
            .provisions
            .iter()
            .rev()
            .find(|p| p.part == part && p.kind < kind);
        let parent = parent.map(|p| p.id.clone());
        let mut made = provision(
            &part,
            &format!("art_{at}"),
            kind,
            &at.to_string(),
            parent.as_deref(),
        );
        made.blocks = blocks;
        made.heading = heading.filter(|_| kind <= ProvisionKind::Article);
        act.provisions.push(made);
    }
    number_blocks(&mut act);
    export(act)
}

const LEVELS: [ProvisionKind; 7] = [
    ProvisionKind::Part,
    ProvisionKind::Chapter,
    ProvisionKind::Section,
    ProvisionKind::Subsection,
    ProvisionKind::Article,
    ProvisionKind::Clause,
    ProvisionKind::Point,
];

/// Gives the tables and quotes of a random act ids of their own.
fn number_blocks(act: &mut ActText) {
    let mut next = 0;
    let own = act.provisions.iter_mut().map(|provision| &mut provision.blocks);
    let lists = act
        .parts
        .iter_mut()
        .flat_map(|part| [&mut part.opening, &mut part.closing]);
    for blocks in own.chain(lists) {
        for block in blocks {
            next += 1;
            match block {
                Block::Table(table) => table.id = format!("tbl_{next}"),
                Block::Quote(quote) => quote.id = format!("quo_{next}"),
                Block::Para(_) => {}
            }
        }
    }
}

fn any_text() -> impl Strategy<Value = String> {
    "[\\PC\u{0}-\u{8}<>&\"\u{FFFE}đĐ“”]{0,20}".prop_map(|text| text.trim().to_owned())
}

fn any_para() -> impl Strategy<Value = Para> {
    let kind = prop_oneof![
        Just(MarkKind::Bold),
        Just(MarkKind::Italic),
        Just(MarkKind::Sup),
        Just(MarkKind::Note("fn_9".to_owned()))
    ];
    let marks = prop::collection::vec((0u32..20, 0u32..20, kind), 0..3);
    (any_text(), marks).prop_map(|(text, marks)| Para {
        text,
        marks: marks
            .into_iter()
            .map(|(start, end, kind)| Mark { start, end, kind })
            .collect(),
        align: Align::Start,
    })
}

fn any_blocks() -> impl Strategy<Value = Vec<Block>> {
    let cells = prop::collection::vec((any_para(), 0u16..4, 0u16..4), 0..4);
    let table = prop::collection::vec(cells, 0..4).prop_map(|rows| {
        let cell = |(para, colspan, rowspan)| Cell {
            paras: vec![para],
            colspan,
            rowspan,
            header: false,
        };
        let rows = rows.into_iter().map(|cells| Row {
            cells: cells.into_iter().map(cell).collect(),
        });
        Block::Table(Table {
            id: String::new(),
            rows: rows.collect(),
        })
    });
    let quote = prop::collection::vec(any_para(), 0..3).prop_map(|paras| {
        let blocks = paras.into_iter().map(Block::Para).collect();
        Block::Quote(Quote {
            id: String::new(),
            blocks,
            closed: true,
        })
    });
    let para = any_para().prop_map(Block::Para);
    prop::collection::vec(prop_oneof![4 => para, 1 => table, 1 => quote], 0..4)
}

/// The tests' own folder under the target folder.
pub fn folder(name: &str) -> std::path::PathBuf {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::create_dir_all(&folder).expect("a folder for the test");
    folder
}
