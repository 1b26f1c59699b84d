//! A post tells its readers when the law it cites has changed, on both engines.

mod common;

use acts::store::{self, Put};
use common::{begin, open, put_law, step, until};
use http::StatusCode;
use jiff::civil::date;
use legal::model::{ActKind, ActText, Block, Metadata, Para, Part, Provision, ProvisionKind, Quote};
use policy::Role;

/// A law that gives article 20 of the Civil Code other words.
fn amending() -> ActText {
    let para = |text: &str| {
        Block::Para(Para {
            text: text.to_owned(),
            ..Para::default()
        })
    };
    let quote = Block::Quote(Quote {
        id: "quo_1".to_owned(),
        blocks: vec![para("Điều 20. Người thành niên"), para("Từ đủ mười bảy tuổi.")],
        closed: true,
    });
    let sentence = "Sửa đổi, bổ sung Điều 20 của Bộ luật Dân sự số 91/2015/QH13 như sau:";
    ActText {
        metadata: Metadata {
            kind: Some(ActKind::Luat),
            number: Some("7/2020/QH14".to_owned()),
            issuers: vec!["Quốc hội".to_owned()],
            issued: Some(date(2020, 6, 1)),
            in_force: Some(date(2021, 1, 1)),
            title: Some("Sửa đổi, bổ sung một số điều của Bộ luật Dân sự số 91/2015/QH13".to_owned()),
            ..Metadata::default()
        },
        parts: vec![Part {
            id: "main".to_owned(),
            ..Part::default()
        }],
        provisions: vec![Provision {
            id: "art_1".to_owned(),
            part: "main".to_owned(),
            kind: ProvisionKind::Article,
            number: "1".to_owned(),
            heading: Some("Sửa đổi Điều 20".to_owned()),
            parent: None,
            blocks: vec![para(sentence), quote],
            notes: Vec::new(),
            heading_marks: Vec::new(),
        }],
        ..ActText::default()
    }
}

db::both_engines!(a_post_tells_that_its_law_has_changed, |test| {
    let portal = open(test).await;
    put_law(portal.db(), "Từ đủ mười tám tuổi.").await;
    let writer = portal.person(Role::Contributor, portal.commune).await;
    let approver = portal.person(Role::Approver, portal.commune).await;
    let body = "Theo Điều 20 Bộ luật Dân sự năm 2015, đó là người từ đủ 18 tuổi.";
    let post = begin(&portal, &writer, portal.commune, "Người thành niên", body).await;
    for (who, way) in [(&writer, "trinh"), (&approver, "duyet"), (&approver, "dang")] {
        let answer = step(&portal, who, &post, way, 1).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{way}");
    }
    let path = "/bai/nguoi-thanh-nien";
    let said = "Quy định được dẫn trong bài đã thay đổi";
    let before = until(&portal, path, "Luật liên quan", true).await;
    assert!(!before.body.contains(said));
    let text = amending();
    let mut tx = portal.db().begin().await.expect("begin");
    let put = Put {
        text: &text,
        has_text: true,
        sha256: "ff",
        item: 0,
        file_name: "b.html",
        format: "html",
        media_type: "text/html; charset=utf-8",
        size: 10,
        parser: "1",
        confidence: None,
    };
    store::act_put(&mut tx, &put).await.expect("put");
    tx.commit().await.expect("commit");
    store::versions_catch_up(portal.db(), 10).await.expect("versions");
    let after = until(&portal, path, said, true).await;
    assert!(
        after.body.contains("thay đổi từ ngày 01/01/2021"),
        "{}",
        after.body
    );
    assert!(
        after.body.contains("href=\"/van-ban/7-2020-qh14\""),
        "{}",
        after.body
    );
});
