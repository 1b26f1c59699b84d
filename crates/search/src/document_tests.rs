use super::*;
use legal::model::{Para, Table};

fn provision(id: &str, kind: ProvisionKind, number: &str, parent: Option<&str>, text: &str) -> Provision {
    let para = Para {
        text: text.into(),
        ..Para::default()
    };
    Provision {
        id: id.into(),
        part: "main".into(),
        kind,
        number: number.into(),
        heading: (kind == ProvisionKind::Article).then(|| "Hiệu lực".into()),
        parent: parent.map(Into::into),
        blocks: if text.is_empty() {
            vec![]
        } else {
            vec![Block::Para(para)]
        },
        notes: vec![],
        heading_marks: vec![],
    }
}

fn act(provisions: Vec<Provision>) -> ActText {
    let main = Part {
        id: "main".into(),
        ..Part::default()
    };
    ActText {
        parts: vec![main],
        provisions,
        ..ActText::default()
    }
}

#[test]
fn an_article_holds_the_text_below_it() {
    let text = act(vec![
        provision("chp_1", ProvisionKind::Chapter, "I", None, ""),
        provision("art_7", ProvisionKind::Article, "7", Some("chp_1"), ""),
        provision(
            "art_7__clause_1",
            ProvisionKind::Clause,
            "1",
            Some("art_7"),
            "Một.",
        ),
        provision(
            "art_7__clause_1__point_dd",
            ProvisionKind::Point,
            "đ",
            Some("art_7__clause_1"),
            "Hai.",
        ),
    ]);
    let pieces = pieces(&text);
    assert_eq!(pieces.len(), 1);
    assert_eq!(pieces[0].card.path, "dieu-7");
    assert_eq!(pieces[0].card.label, "Điều 7. Hiệu lực");
    assert_eq!(pieces[0].text, "1. Một.\nđ) Hai.");
}

#[test]
fn clauses_without_article_stand_by_themselves() {
    let text = act(vec![
        provision("clause_1", ProvisionKind::Clause, "1", None, "Giao Bộ Tư pháp"),
        provision(
            "clause_1__point_a",
            ProvisionKind::Point,
            "a",
            Some("clause_1"),
            "chủ trì",
        ),
        provision(
            "clause_2",
            ProvisionKind::Clause,
            "2",
            None,
            "Chỉ thị này có hiệu lực",
        ),
    ]);
    let paths: Vec<String> = pieces(&text).into_iter().map(|piece| piece.card.path).collect();
    assert_eq!(paths, ["khoan-1", "khoan-2"]);
}

#[test]
fn an_appendix_without_provisions_is_found_with_its_tables() {
    let mut text = act(vec![provision(
        "art_1",
        ProvisionKind::Article,
        "1",
        None,
        "Ban hành kèm theo",
    )]);
    let cell = legal::model::Cell {
        paras: vec![Para {
            text: "Mã vùng".into(),
            ..Para::default()
        }],
        ..legal::model::Cell::default()
    };
    let table = Table {
        id: "tbl_1".into(),
        rows: vec![legal::model::Row { cells: vec![cell] }],
    };
    text.parts.push(Part {
        id: "app_1".into(),
        kind: PartKind::Appendix,
        title: "Phụ lục I".into(),
        opening: vec![Block::Table(table)],
        ..Part::default()
    });
    let last = pieces(&text).pop().unwrap();
    assert_eq!(
        (last.card.path.as_str(), last.text.trim()),
        ("phu-luc-1", "Mã vùng")
    );
}

#[test]
fn a_loop_of_parents_ends() {
    let text = act(vec![
        provision("clause_1", ProvisionKind::Clause, "1", Some("clause_2"), "a"),
        provision("clause_2", ProvisionKind::Clause, "2", Some("clause_1"), "b"),
    ]);
    assert!(!pieces(&text).is_empty());
}

#[test]
fn names_have_keys_with_and_without_year() {
    let card = ActCard {
        kind: Some(ActKind::Luat),
        title: "Đất đai".into(),
        issued: Some(Date::constant(2024, 1, 18)),
        ..ActCard::default()
    };
    let keys = card.name_keys();
    for key in ["luat-dat-dai", "luat-dat-dai-2024", "dat-dai", "dat-dai-2024"] {
        assert!(keys.iter().any(|have| have == key), "{key}");
    }
}
