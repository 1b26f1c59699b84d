//! Provisions cited without an act: the surroundings say whose they are.

use legal::citations::{ActRef, Status, citations, text_at};
use legal::draft::Draft;
use legal::model::{ActText, Block, Cell, MarkKind, Para, ProvisionKind, Row, Table};
use legal::structure::structure;

fn para(text: &str) -> Para {
    Para {
        text: text.trim().to_owned(),
        ..Para::default()
    }
}

fn blocks(text: &str) -> Vec<Block> {
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    lines.map(|line| Block::Para(para(line))).collect()
}

fn act_of(blocks: Vec<Block>) -> ActText {
    structure(Draft {
        blocks,
        ..Draft::default()
    })
}

/// An act with "Điều 1" … "Điều 3" around the text of its second article.
fn act(text: &str) -> ActText {
    act_of(blocks(&format!(
        "NGHỊ ĐỊNH\nĐiều 1. Phạm vi\n1. Một.\n2. Hai:\na) Ba;\nb) Bốn.\nĐiều 2. Nội dung\n{text}\nĐiều 3. Hiệu lực\nNghị định này có hiệu lực từ ngày ký."
    )))
}

/// "words → act!provision status" of every provision cited.
fn read(act: &ActText) -> Vec<String> {
    let mut out = Vec::new();
    for placed in citations(act) {
        let text = text_at(act, &placed.spot).unwrap_or_default();
        let words = text.get(placed.citation.span.clone()).unwrap_or_default();
        for target in placed
            .citation
            .targets
            .iter()
            .filter(|target| target.provision.is_some())
        {
            let whose = match &target.act {
                ActRef::This => "this",
                ActRef::Amended => "amended",
                ActRef::Number { number, .. } => number,
                ActRef::Name { name, .. } => name,
                ActRef::Short { text } => text,
            };
            let status = if target.status == Status::Ambiguous {
                "?"
            } else if target.status == Status::Dangling {
                "!"
            } else {
                ""
            };
            out.push(format!(
                "{words} → {whose} {}{status}",
                target.provision.as_deref().unwrap_or_default()
            ));
        }
    }
    out
}

#[test]
fn a_line_opens_a_list_of_another_acts_provisions() {
    let act = act(
        "1. Nghị định này quy định chi tiết các điều, khoản sau đây của Luật Giá:
        a) Khoản 1 Điều 3 về bình ổn giá;
        b) Biện pháp quy định tại Điều 18.
        2. Việc báo cáo theo khoản 1 Điều 1.",
    );
    assert_eq!(
        read(&act),
        [
            "Khoản 1 Điều 3 → Luật Giá art_3__clause_1",
            "Điều 18 → Luật Giá art_18",
            "khoản 1 Điều 1 → this art_1__clause_1",
        ]
    );
}

#[test]
fn long_lists_number_their_points_beside_the_line_that_opens_them() {
    let act = act("1. Bãi bỏ:
        đ) Không.
        a) Các điều, khoản, điểm của Nghị định số 151/2025/NĐ-CP, bao gồm:
        a1) Điều 4; khoản 3 Điều 7;
        b) Khác.");
    let found = read(&act);
    assert!(
        found
            .iter()
            .any(|one| one.contains("151/2025/NĐ-CP art_7__clause_3")),
        "{found:?}"
    );
}

#[test]
fn the_sentence_names_the_act_of_an_article_that_is_not_there() {
    let one = act("Theo khoản 1 Điều 44 và người quy định tại khoản 2 Điều 45 của Luật Giá.");
    assert_eq!(
        read(&one),
        [
            "khoản 1 Điều 44 → Luật Giá art_44__clause_1",
            "khoản 2 Điều 45 của Luật Giá → Luật Giá art_45__clause_2"
        ]
    );
    let next = act("Theo khoản 1 Điều 44. Người quy định tại khoản 2 Điều 45 của Luật Giá.");
    assert_eq!(
        read(&next)[0],
        "khoản 1 Điều 44 → this art_44__clause_1?",
        "another sentence"
    );
}

#[test]
fn a_clause_belongs_to_the_article_that_the_sentence_names_later_or_before() {
    let later =
        act("Hội đồng quy định tại điểm a khoản 2 và thành lập theo điểm b khoản 2 Điều 1 Nghị định này.");
    assert_eq!(read(&later)[0], "điểm a khoản 2 → this art_1__clause_2__point_a");
    let before = act("Hành vi quy định tại Điều 1 Nghị định này, không gồm điểm b khoản 2.");
    assert_eq!(read(&before)[1], "điểm b khoản 2 → this art_1__clause_2__point_b");
    let none = act("Hội đồng quy định tại điểm k khoản 2 và theo điểm b khoản 2 Điều 1 Nghị định này.");
    assert_eq!(
        read(&none)[0],
        "điểm k khoản 2 → this art_2__clause_2__point_k!",
        "nothing is made up"
    );
}

#[test]
fn items_of_points_are_passed_over() {
    for words in [
        "điểm a(i), b(ii) khoản 2 Điều 1 Nghị định này",
        "điểm a.1, b.2.1 khoản 2 Điều 1 Nghị định này",
    ] {
        assert_eq!(
            read(&act(&format!("Nội dung tại {words}."))),
            [
                format!("{words} → this art_1__clause_2__point_a"),
                format!("{words} → this art_1__clause_2__point_b")
            ]
        );
    }
}

#[test]
fn the_row_of_a_table_names_the_act() {
    let cell = |text: &str, rowspan| Cell {
        paras: vec![para(text)],
        colspan: 1,
        rowspan,
        header: false,
    };
    let row = |cells: Vec<Cell>| Row { cells };
    let table = Table {
        rows: vec![
            row(vec![
                cell("Thông tư", 2),
                cell("Số 27/2016/TT-BTC ngày 01/9/2016", 2),
                cell("Điều 24, khoản 6 Điều 25", 1),
            ]),
            row(vec![cell("Khoản 1 Điều 9", 1)]),
            row(vec![
                cell("Luật Giá số 16/2023/QH15", 1),
                cell("Khoản 1 Điều 71", 1),
            ]),
            row(vec![cell("Khoản 1 Điều 72", 1)]),
        ],
        ..Table::default()
    };
    let mut blocks = blocks(
        "NGHỊ ĐỊNH\nĐiều 1. Phạm vi\nMột.\nNơi nhận:\nTM. CHÍNH PHỦ\nPHỤ LỤC I\n(Kèm theo Nghị định số 1/2025/NĐ-CP)",
    );
    blocks.push(Block::Table(table));
    assert_eq!(
        read(&act_of(blocks)),
        [
            "Điều 24, khoản 6 Điều 25 → 27/2016/TT-BTC art_24",
            "Điều 24, khoản 6 Điều 25 → 27/2016/TT-BTC art_25__clause_6",
            "Khoản 1 Điều 9 → 27/2016/TT-BTC art_9__clause_1",
            "Khoản 1 Điều 71 → 16/2023/QH15 art_71__clause_1",
            "Khoản 1 Điều 72 → this app_1__art_72__clause_1?",
        ]
    );
}

#[test]
fn words_inside_an_appendix_mean_the_appendix() {
    let blocks = blocks(
        "NGHỊ ĐỊNH\nĐiều 1. Phạm vi\nMột.\nNơi nhận:\nTM. CHÍNH PHỦ
        DANH MỤC
        (Kèm theo Nghị định số 1/2025/NĐ-CP)
        Một
        Hai
        Ba
        Bốn
        Năm
        PHỤ LỤC II
        MẪU QUYẾT ĐỊNH
        Điều 1. Giao đất cho ông …
        Điều 2. Như Điều 1;
        Theo Phụ lục này, khoản 2 Điều này và mục này.
        Theo Điều 14.",
    );
    let found = read(&act_of(blocks));
    assert_eq!(
        found,
        [
            "Điều 1 → this app_2",
            "Phụ lục này, khoản 2 Điều này và mục này → this app_2",
            "Phụ lục này, khoản 2 Điều này và mục này → this app_2",
            "Phụ lục này, khoản 2 Điều này và mục này → this app_2",
            "Điều 14 → this app_2__art_14?",
        ]
        .map(str::to_owned)
    );
}

#[test]
fn a_form_named_with_the_appendix_tells_which_one() {
    let act = act_of(blocks(
        "NGHỊ ĐỊNH\nĐiều 1. Phạm vi\nĐơn theo Mẫu số 02 quy định tại Phụ lục ban hành kèm theo Nghị định này.\nNơi nhận:\nTM. CHÍNH PHỦ
        Mẫu số 01\nĐƠN\nA\nB\nC\nD\nE\nMẫu số 02\nĐƠN\nA",
    ));
    assert_eq!(
        read(&act),
        ["Phụ lục ban hành kèm theo Nghị định này → this app_2"]
    );
}

#[test]
fn a_note_quotes_the_amending_act() {
    let act = act_of(blocks(
        "NGHỊ ĐỊNH\nĐiều 1. Phạm vi[1]\nMột.\nĐiều 2. Hiệu lực\nHai.\nNơi nhận:\nTM. CHÍNH PHỦ
        [1] Điều này được sửa đổi theo Điều 3 của Nghị định số 9/2024/NĐ-CP, quy định như sau:
        “Điều 7. Thực hiện theo khoản 4 Điều 1 Nghị định này.”",
    ));
    let article = act
        .provisions
        .iter()
        .find(|one| one.id == "art_1")
        .expect("Điều 1");
    assert_eq!(article.notes.len(), 1, "{:?}", act.parts);
    assert!(
        matches!(article.heading_marks.first().map(|mark| &mark.kind), Some(MarkKind::Note(id)) if id == "fn_1")
    );
    assert!(
        act.parts
            .iter()
            .all(|part| part.closing.len() < 3 && part.notes.is_empty())
    );
    let found = read(&act);
    assert!(found.contains(&"Điều này → this art_1".to_owned()), "{found:?}");
    assert!(
        found.contains(&"khoản 4 Điều 1 Nghị định này → 09/2024/NĐ-CP art_1__clause_4".to_owned()),
        "{found:?}"
    );
}

#[test]
fn brackets_without_signs_in_the_text_are_no_notes() {
    let act = act_of(blocks(
        "NGHỊ ĐỊNH\nĐiều 1. Phạm vi\nMột.\nTÀI LIỆU\n[1] Sách.\n[2] Báo.",
    ));
    let notes = act.provisions.iter().map(|one| one.notes.len()).sum::<usize>()
        + act.parts.iter().map(|part| part.notes.len()).sum::<usize>();
    assert_eq!(notes, 0);
}

#[test]
fn a_section_that_lapsed_keeps_its_note() {
    let act = act_of(blocks(
        "NGHỊ ĐỊNH\nChương I\nCHUNG\nMỤC 1[1] (được bãi bỏ)\nMỤC 2\nRIÊNG\nĐiều 1. Phạm vi\nMột.\nĐiều 2. Hiệu lực\nHai.\nNơi nhận:\nTM. CHÍNH PHỦ
        [1] Mục này bao gồm Điều 9 được bãi bỏ.",
    ));
    let section = act
        .provisions
        .iter()
        .find(|one| one.kind == ProvisionKind::Section)
        .expect("Mục 1");
    assert_eq!(section.heading.as_deref(), Some("[1] (được bãi bỏ)"));
    assert_eq!(section.notes.len(), 1);
}

#[test]
fn many_provisions_that_are_not_there_take_linear_time() {
    let text = "người ở điểm k khoản 2 làm theo Điều 77, ".repeat(20_000);
    assert!(citations(&act(&text)).len() > 10_000);
}

#[test]
fn the_line_that_enacts_an_act_does_not_cite_it() {
    let cited = |title: &str| {
        let act = act_of(blocks(&format!(
            "QUỐC HỘI\nLuật số: 79/2015/QH13\nLUẬT\n{title}\nCăn cứ Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam;\n\
             Quốc hội ban hành Luật thú y.\nĐiều 1. Phạm vi điều chỉnh\nLuật này quy định về việc nuôi.\nĐiều 2. Hiệu lực\nLuật này có hiệu lực từ ngày ký."
        )));
        let names = citations(&act)
            .into_iter()
            .flat_map(|placed| placed.citation.targets);
        names
            .filter(|target| matches!(&target.act, ActRef::Name { name, .. } if name.contains("thú y")))
            .count()
    };
    assert_eq!(cited("THÚ Y"), 0);
    assert_eq!(cited("CHĂN NUÔI"), 1, "another act");
}
