//! Citations, relations and definitions of whole acts, written as short texts.

use legal::citations::{ActRef, Status, citations, text_at};
use legal::definitions::{DefinitionKind, definitions};
use legal::draft::Draft;
use legal::model::{ActText, Block, Para};
use legal::relations::{RelationKind, relations};
use legal::structure::structure;

fn act(text: &str) -> ActText {
    let blocks = text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .map(|line| {
            Block::Para(Para {
                text: line.to_owned(),
                ..Para::default()
            })
        });
    structure(Draft {
        blocks: blocks.collect(),
        ..Draft::default()
    })
}

fn decree() -> ActText {
    act("CHÍNH PHỦ
        Số: 12/2024/NĐ-CP
        Hà Nội, ngày 05 tháng 02 năm 2024
        NGHỊ ĐỊNH
        Quy định chi tiết một số điều của Luật Giá
        Căn cứ Luật Giá ngày 19 tháng 6 năm 2023;
        Điều 1. Phạm vi điều chỉnh
        1. Nghị định này quy định chi tiết Điều 5 của Luật Giá.
        2. Việc thực hiện theo Nghị định số 30/2020/NĐ-CP (sau đây gọi tắt là Nghị định số 30).
        Điều 2. Giải thích từ ngữ
        Trong Nghị định này, các từ ngữ dưới đây được hiểu như sau:
        1. Bình ổn giá (sau đây gọi là bình ổn) là việc Nhà nước áp dụng biện pháp:
        a) Về kinh tế;
        b) Về hành chính.
        Điều 3. Điều khoản thi hành
        1. Thực hiện khoản 1 Điều 1, điểm b khoản 1 Điều 2, khoản 9 Điều 1 Nghị định này và Điều 4 Nghị định số 30.
        2. Nghị định số 89/2013/NĐ-CP hết hiệu lực kể từ ngày Nghị định này có hiệu lực.
        3. Bãi bỏ khoản 2 Điều 7 Nghị định số 109/2013/NĐ-CP.")
}

fn amending() -> ActText {
    act("QUỐC HỘI
        Luật số: 03/2022/QH15
        LUẬT
        SỬA ĐỔI, BỔ SUNG MỘT SỐ ĐIỀU CỦA LUẬT ĐIỆN LỰC
        Điều 1. Sửa đổi, bổ sung một số điều của Luật Điện lực số 28/2004/QH11
        1. Sửa đổi, bổ sung khoản 2 Điều 4 như sau:
        “2. Nhà nước độc quyền theo quy định tại khoản 1 Điều này và Điều 62 của Luật này.”.
        2. Bỏ cụm từ “theo Điều 9 của Luật này” tại khoản 3 Điều 8.
        Điều 2. Hiệu lực thi hành
        Điều 1 của Luật này có hiệu lực từ ngày 01 tháng 3 năm 2022.")
}

#[test]
fn provisions_of_the_act_itself_resolve_or_dangle() {
    let act = decree();
    let found = citations(&act);
    let at = found.iter().filter(|c| c.spot.at == "art_3__clause_1");
    let targets: Vec<_> = at.flat_map(|c| &c.citation.targets).collect();
    let shown: Vec<_> = targets
        .iter()
        .map(|t| (t.provision.as_deref(), t.status))
        .collect();
    assert_eq!(
        shown,
        [
            (Some("art_1__clause_1"), Status::Resolved),
            (Some("art_2__clause_1__point_b"), Status::Resolved),
            (Some("art_1__clause_9"), Status::Dangling),
            (Some("art_4"), Status::Pending),
        ]
    );
    let last = &targets.last().expect("four targets").act;
    assert!(
        matches!(last, ActRef::Number { number, .. } if number == "30/2020/NĐ-CP"),
        "{last:?}"
    );
}

#[test]
fn every_span_names_its_words() {
    for act in [decree(), amending()] {
        for placed in citations(&act) {
            let text = text_at(&act, &placed.spot).expect("a text");
            assert!(text.get(placed.citation.span.clone()).is_some());
            for target in &placed.citation.targets {
                assert!(
                    text.get(target.span.clone())
                        .is_some_and(|words| !words.is_empty())
                );
            }
        }
    }
}

#[test]
fn quoted_text_speaks_for_the_amended_act() {
    let act = amending();
    let found = citations(&act);
    let quoted: Vec<_> = found
        .iter()
        .filter(|c| c.spot.quote.is_some())
        .flat_map(|c| &c.citation.targets)
        .collect();
    assert_eq!(quoted.len(), 2);
    for target in &quoted {
        assert!(matches!(&target.act, ActRef::Number { number, .. } if number == "28/2004/QH11"));
    }
    assert_eq!(quoted[0].provision.as_deref(), Some("art_4__clause_1"));
    let phrase: Vec<_> = found
        .iter()
        .filter(|c| c.spot.at == "art_1__clause_2")
        .flat_map(|c| &c.citation.targets)
        .collect();
    assert!(
        phrase.iter().all(|target| target.act != ActRef::This),
        "{phrase:?}"
    );
    let own = found.iter().find(|c| c.spot.at == "art_2").expect("a citation");
    assert_eq!(own.citation.status(), Status::Resolved);
}

#[test]
fn relations_come_from_title_bases_and_closing_articles() {
    let found = relations(&decree());
    let has = |kind, key: &str, provisions: &[&str]| {
        found.iter().any(|relation| {
            let name = match &relation.target {
                ActRef::Number { number, .. } => number.as_str(),
                ActRef::Name { name, .. } => name.as_str(),
                _ => "",
            };
            relation.kind == kind && name.eq_ignore_ascii_case(key) && relation.provisions == provisions
        })
    };
    assert!(has(RelationKind::Bases, "Luật Giá", &[]), "{found:#?}");
    assert!(has(RelationKind::Details, "Luật Giá", &["art_5"]), "{found:#?}");
    assert!(has(RelationKind::Ends, "89/2013/NĐ-CP", &[]));
    assert!(has(
        RelationKind::RepealsPartly,
        "109/2013/NĐ-CP",
        &["art_7__clause_2"]
    ));
    assert!(has(RelationKind::Cites, "30/2020/NĐ-CP", &["art_4"]));
    let amending = relations(&amending());
    assert!(
        amending
            .iter()
            .any(|r| r.kind == RelationKind::AmendsPartly
                && r.provisions.contains(&"art_4__clause_2".to_owned())),
        "{amending:#?}"
    );
}

/// Acts that amended the one that ends are told of it; they stay.
#[test]
fn acts_that_tell_of_the_ended_one_do_not_end() {
    let law = act("QUỐC HỘI
        Luật số: 41/2024/QH15
        LUẬT
        BẢO HIỂM XÃ HỘI
        Điều 1. Hiệu lực thi hành
        1. Luật số 58/2014/QH13 đã được sửa đổi, bổ sung một số điều theo Luật số 84/2015/QH13, Luật số 35/2018/QH14, Bộ luật số 45/2019/QH14 (sau đây gọi chung là Luật số 58/2014/QH13) và Nghị quyết số 93/2015/QH13 hết hiệu lực thi hành kể từ ngày Luật này có hiệu lực thi hành.");
    let ended: Vec<_> = relations(&law)
        .into_iter()
        .filter(|one| one.kind == RelationKind::Ends)
        .filter_map(|one| match one.target {
            ActRef::Number { number, .. } => Some(number),
            _ => None,
        })
        .collect();
    assert_eq!(ended, ["58/2014/QH13", "93/2015/QH13"]);
}

#[test]
fn definitions_have_term_text_and_scope() {
    let found = definitions(&decree());
    let glossary = found
        .iter()
        .find(|d| d.kind == DefinitionKind::Glossary)
        .expect("a definition");
    assert_eq!(
        (
            glossary.term.as_str(),
            glossary.scope.as_str(),
            glossary.at.as_str()
        ),
        ("Bình ổn giá", "main", "art_2__clause_1")
    );
    assert_eq!(glossary.also, ["bình ổn"]);
    assert!(glossary.text.contains("b) Về hành chính."));
    let short = found
        .iter()
        .find(|d| d.kind == DefinitionKind::Short)
        .expect("a short form");
    assert_eq!(short.term, "Nghị định số 30");
}

#[test]
fn this_clause_takes_no_other_article() {
    let context = legal::citations::Context {
        at: "art_43__clause_4",
        ..Default::default()
    };
    let text = "Quy định tại các điểm b, c khoản này và điểm h khoản 1 Điều 42 của Luật này.";
    let found = legal::citations::find(text, &context);
    let ids: Vec<_> = found
        .iter()
        .flat_map(|c| &c.targets)
        .filter_map(|t| t.provision.as_deref())
        .collect();
    assert_eq!(
        ids,
        [
            "art_43__clause_4__point_b",
            "art_43__clause_4__point_c",
            "art_42__clause_1__point_h"
        ]
    );
}

#[test]
fn hostile_text_takes_linear_time() {
    let context = legal::citations::Context::default();
    for piece in [
        "khoản 1, ",
        "Điều 1 đến Điều 9999 ",
        "Luật sửa đổi, bổ sung một số điều của ",
        "điểm a khoản ",
        "“",
        "sau đây gọi là Luật ",
    ] {
        let text = piece.repeat(2_000_000 / piece.len());
        let start = std::time::Instant::now();
        let found = legal::citations::find(&text, &context);
        let targets: usize = found.iter().map(|c| c.targets.len()).sum();
        assert!(start.elapsed().as_secs() < 20, "{piece}");
        assert!(targets < text.len(), "{piece}");
    }
}
