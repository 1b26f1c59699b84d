//! The home page as officers arrange it, life events, posts beside the law, on both engines.

#[path = "../../posts/tests/common/mod.rs"]
mod common;

use common::{Portal, begin, form, open_with, step, until};
use http::StatusCode;
use policy::Role;

const DESK: &str = portal::DESK;

async fn published(portal: &Portal, title: &str, body: &str) -> String {
    let writer = portal.person(Role::Contributor, portal.commune).await;
    let approver = portal.person(Role::Approver, portal.commune).await;
    let post = begin(portal, &writer, portal.commune, title, body).await;
    step(portal, &writer, &post, "trinh", 1).await;
    step(portal, &approver, &post, "duyet", 1).await;
    let shown = step(portal, &approver, &post, "dang", 1).await;
    assert_eq!(shown.status, StatusCode::SEE_OTHER, "{}", shown.body);
    post
}

/// The form of the desk with one event; blocks get the numbers given.
fn arrangement(seen: i64, blocks: &[(&str, &str)], name: &str, links: &str) -> String {
    let seen = seen.to_string();
    let mut pairs = vec![("phien_ban", seen.as_str())];
    pairs.extend_from_slice(blocks);
    pairs.extend_from_slice(&[
        ("ma", ""),
        ("ten", name),
        ("ten_en", "Wills"),
        ("hinh", "scroll"),
        ("nhom", "dan-su"),
        ("lien_ket", links),
    ]);
    form(&pairs)
}

db::both_engines!(a_post_stands_on_home_event_and_beside_its_law, |test| {
    let portal = open_with(test, portal::routes()).await;
    let home = portal.get("/", "").await;
    assert!(home.body.contains("/viec/thua-ke") && !home.body.contains("Người thành niên"));
    for path in ["/van-ban/91-2015-qh13", "/van-ban/91-2015-qh13/dieu-20"] {
        assert!(
            !portal.get(path, "").await.body.contains("Bài giải thích"),
            "{path}"
        );
    }
    let post = published(
        &portal,
        "Người thành niên",
        "Theo Điều 20 Bộ luật Dân sự thì đủ 18 tuổi.",
    )
    .await;
    for path in [
        "/",
        "/viec/thua-ke",
        "/van-ban/91-2015-qh13",
        "/van-ban/91-2015-qh13/dieu-20",
    ] {
        let page = until(&portal, path, "Người thành niên</a>", true).await;
        assert!(page.body.contains("href=\"/bai/nguoi-thanh-nien\""), "{path}");
    }
    assert!(
        until(&portal, "/", "Xã An Hòa</a>", true)
            .await
            .body
            .contains("(1 bài)")
    );
    assert_eq!(
        portal.get("/viec/khong-co", "").await.status,
        StatusCode::NOT_FOUND
    );

    let approver = portal.person(Role::UnitAdmin, portal.commune).await;
    step(&portal, &approver, &post, "go", 1).await;
    for path in [
        "/",
        "/viec/thua-ke",
        "/van-ban/91-2015-qh13",
        "/van-ban/91-2015-qh13/dieu-20",
    ] {
        until(&portal, path, "/bai/nguoi-thanh-nien", false).await;
    }
});

db::both_engines!(officers_arrange_the_home_page, |test| {
    let portal = open_with(test, portal::routes()).await;
    let admin = portal.person(Role::ProvincialAdmin, portal.department).await;
    let other = portal.person(Role::UnitAdmin, portal.commune).await;
    assert_eq!(
        portal.get(DESK, &other.session).await.status,
        StatusCode::FORBIDDEN
    );
    let desk = portal.get(DESK, &admin.session).await;
    assert!(desk.body.contains("Bị bạo lực, lừa đảo"), "{}", desk.body);

    // Only what is chosen is shown, in the order of the numbers; the address comes of the name.
    let good = arrangement(
        0,
        &[("van-ban", "1"), ("su-kien", "2"), ("loi-vao", "")],
        "  Di chúc,  thừa kế ",
        "Điều 20 | /van-ban/91-2015-qh13/dieu-20\nBài đã gỡ | /bai/khong-con",
    );
    let saved = portal.post(DESK, &admin.session, &good).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
    let home = until(&portal, "/", "Di chúc, thừa kế", true).await.body;
    let (law, events) = (home.find("id=\"newest\""), home.find("id=\"su-kien\""));
    assert!(
        law.is_some() && law < events && !home.contains("g-loai"),
        "{home}"
    );
    let event = portal.get("/viec/di-chuc-thua-ke", "").await.body;
    assert!(
        event.contains("/van-ban/91-2015-qh13/dieu-20") && !event.contains("khong-con"),
        "{event}"
    );
    assert!(
        portal
            .get("/en/viec/di-chuc-thua-ke", "")
            .await
            .body
            .contains("<h1>Wills</h1>")
    );

    // What was seen is old; a link elsewhere; no block; nothing of it changes the page.
    for (seen, blocks, links, said) in [
        (0, vec![("van-ban", "1")], "", "Người khác đã sắp xếp"),
        (
            1,
            vec![("van-ban", "1")],
            "Xấu | https://xau.example",
            "chỉ dẫn đến trang của cổng",
        ),
        (
            1,
            vec![("van-ban", "1")],
            "Xấu | //xau.example",
            "chỉ dẫn đến trang của cổng",
        ),
        (
            1,
            vec![("van-ban", "1")],
            "Xấu | /a\"onload=x",
            "chỉ dẫn đến trang của cổng",
        ),
        (1, vec![], "", "ít nhất một khối"),
    ] {
        let refused = portal
            .post(
                DESK,
                &admin.session,
                &arrangement(seen, &blocks, "<b>Khác</b>", links),
            )
            .await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{said}");
        assert!(
            refused.body.contains(said) && !refused.body.contains("<b>Khác"),
            "{}",
            refused.body
        );
    }
    assert!(portal.get("/", "").await.body.contains("Di chúc, thừa kế"));
    assert_eq!(portal.verified().await, 0);
});

db::both_engines!(nothing_inline_and_one_heading, |test| {
    let portal = open_with(test, portal::routes()).await;
    published(&portal, "Một bài", "Theo Điều 20 Bộ luật Dân sự.").await;
    for path in ["/", "/en", "/viec/ket-hon", "/en/viec/ket-hon"] {
        let page = portal.get(path, "").await.body;
        for bad in [" style=\"", " onclick=", "javascript:", "<style"] {
            assert!(!page.contains(bad), "{path}: {bad}");
        }
        assert_eq!(page.matches("<h1").count(), 1, "{path}");
    }
});
