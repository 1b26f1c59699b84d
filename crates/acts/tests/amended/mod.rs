//! A decree with two that amend it.
#![allow(dead_code)]

use acts::model::{Act, ActId};
use acts::store::{self, Put};
use db::Db;
use jiff::civil::{Date, date};
use legal::model::{ActKind, ActText, Block, Metadata, Para, Part, Provision, ProvisionKind, Quote};

pub fn para(text: &str) -> Block {
    Block::Para(Para {
        text: text.into(),
        ..Para::default()
    })
}

pub fn article(number: &str, heading: &str, texts: &[&str]) -> Provision {
    Provision {
        id: format!("art_{number}"),
        part: "main".into(),
        kind: ProvisionKind::Article,
        number: number.into(),
        heading: Some(heading.into()),
        parent: None,
        blocks: texts.iter().map(|text| para(text)).collect(),
        notes: vec![],
        heading_marks: vec![],
    }
}

pub fn decree(
    number: &str,
    title: &str,
    issued: Date,
    in_force: Date,
    provisions: Vec<Provision>,
) -> ActText {
    ActText {
        metadata: Metadata {
            kind: Some(ActKind::NghiDinh),
            number: Some(number.into()),
            issuers: vec!["Chính phủ".into()],
            issued: Some(issued),
            in_force: Some(in_force),
            title: Some(title.into()),
            ..Metadata::default()
        },
        parts: vec![Part {
            id: "main".into(),
            ..Part::default()
        }],
        provisions,
        ..ActText::default()
    }
}

pub fn base() -> ActText {
    let provisions = vec![
        article("1", "Phạm vi", &["Nghị định này quy định về mức thu cũ."]),
        article("2", "Mức thu", &["Mức thu là 100 đồng."]),
        article(
            "3",
            "Hiệu lực",
            &["Nghị định này có hiệu lực từ ngày 01 tháng 01 năm 2020."],
        ),
    ];
    decree(
        "10/2019/NĐ-CP",
        "Về mức thu",
        date(2019, 12, 1),
        date(2020, 1, 1),
        provisions,
    )
}

pub const OF_BASE: &str = "Nghị định số 10/2019/NĐ-CP ngày 01 tháng 12 năm 2019 của Chính phủ";

/// Article 2 anew.
pub fn first() -> ActText {
    let sentence = format!("Sửa đổi, bổ sung Điều 2 {OF_BASE} về mức thu như sau:");
    let mut provision = article("1", "Sửa đổi Điều 2", &[&sentence]);
    provision.blocks.push(Block::Quote(Quote {
        id: "quo_1".into(),
        blocks: vec![para("Điều 2. Mức thu"), para("Mức thu là 200 đồng.")],
        closed: true,
    }));
    let title = format!("Sửa đổi, bổ sung một số điều của {OF_BASE} về mức thu");
    let (issued, in_force) = (date(2021, 3, 1), date(2021, 5, 1));
    decree("20/2021/NĐ-CP", &title, issued, in_force, vec![provision])
}

/// A phrase for another, in what the first one made.
pub fn second() -> ActText {
    let sentence =
        format!("Thay thế cụm từ “200 đồng” bằng cụm từ “300 đồng” tại Điều 2 {OF_BASE} về mức thu.");
    let provisions = vec![article("1", "Thay thế cụm từ", &[&sentence])];
    let title = format!("Sửa đổi, bổ sung một số điều của {OF_BASE} về mức thu");
    decree(
        "30/2022/NĐ-CP",
        &title,
        date(2022, 3, 1),
        date(2022, 5, 1),
        provisions,
    )
}

/// Writes an act: its number and address.
pub async fn put(db: &Db, text: &ActText, sha: &str) -> (ActId, String) {
    let mut tx = db.begin().await.expect("begin");
    let put = Put {
        text,
        has_text: true,
        sha256: sha,
        item: 0,
        file_name: "a.html",
        format: "html",
        media_type: "text/html; charset=utf-8",
        size: 10,
        parser: "1",
        confidence: None,
    };
    let put = store::act_put(&mut tx, &put).await.expect("put");
    tx.commit().await.expect("commit");
    (put.act, put.slug)
}

/// Derives everything that waits.
pub async fn derived(db: &Db) {
    while !store::versions_catch_up(db, 100)
        .await
        .expect("versions")
        .is_empty()
    {}
}

/// The act as it is known now.
pub async fn read(db: &Db, act: ActId) -> Act {
    store::act_by_id(db, act).await.expect("read").expect("an act")
}
