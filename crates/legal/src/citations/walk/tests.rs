use super::*;
use crate::model::{Para, Part, Provision, ProvisionKind};

fn article(number: u8, texts: &[&str]) -> Provision {
    let para = |text: &&str| {
        Block::Para(Para {
            text: (*text).to_owned(),
            ..Para::default()
        })
    };
    Provision {
        id: format!("art_{number}"),
        part: "main".into(),
        kind: ProvisionKind::Article,
        number: number.to_string(),
        heading: None,
        parent: None,
        blocks: texts.iter().map(para).collect(),
        notes: vec![],
        heading_marks: vec![],
    }
}

/// What is read of wanted provisions alone is what is read of them in the whole act.
#[test]
fn wanted_provisions_lean_on_the_others() {
    let act = ActText {
        parts: vec![Part {
            id: "main".into(),
            ..Part::default()
        }],
        provisions: vec![
            article(
                1,
                &[
                    "Theo Nghị định số 30/2020/NĐ-CP (sau đây gọi tắt là Nghị định số 30) và Điều 3 của Luật này.",
                ],
            ),
            article(
                2,
                &["Sửa đổi, bổ sung Điều 5 của Luật Đất đai số 31/2024/QH15 như sau:"],
            ),
            article(
                3,
                &[
                    "Hướng dẫn các điều sau đây của Luật Thủy sản số 18/2017/QH14:",
                    "Điều 7 và Điều 8;",
                ],
            ),
            article(
                4,
                &["Theo Điều 2 Nghị định số 30, Điều 1 và Điều 99 của Luật này."],
            ),
        ],
        ..ActText::default()
    };
    let all = citations(&act);
    for id in ["art_1", "art_2", "art_3", "art_4"] {
        let own: Vec<&PlacedCitation> = all.iter().filter(|one| one.spot.at == id).collect();
        let alone = citations_at(&act, &|at| at == id);
        assert!(!own.is_empty(), "{id}");
        assert_eq!(alone.iter().collect::<Vec<_>>(), own, "{id}");
    }
}
