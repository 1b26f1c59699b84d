//! A post tells its readers when the law it cites has changed, on both engines.

mod common;

use common::{begin, open, put_amending, put_law, step, until};
use http::StatusCode;
use jiff::civil::date;
use policy::Role;

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
    put_amending(
        portal.db(),
        "7/2020/QH14",
        date(2021, 1, 1),
        "Từ đủ mười bảy tuổi.",
    )
    .await;
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
