//! The JSON API of posts: what is public and nothing else, on both engines.

mod common;

use common::{begin, open, step};
use http::StatusCode;
use policy::Role;
use serde_json::Value;

const BODY: &str = "## Tuổi\n\nTheo Điều 20 Bộ luật Dân sự, **đủ 18 tuổi**.\n\n{en} Eighteen years.\n\n| Tuổi | Là |\n| 18 | người lớn |";

async fn json(portal: &common::Portal, path: &str) -> Value {
    let answer = portal.get(path, "").await;
    assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.body);
    serde_json::from_str(&answer.body).expect("JSON")
}

db::both_engines!(a_post_is_there_once_it_is_public, |test| {
    let portal = open(test).await;
    let writer = portal.person(Role::Contributor, portal.commune).await;
    let approver = portal.person(Role::Approver, portal.commune).await;
    let post = begin(&portal, &writer, portal.commune, "Người thành niên", BODY).await;
    assert_eq!(json(&portal, "/api/v1/posts").await["total"], 0);
    for (who, way) in [(&writer, "trinh"), (&approver, "duyet"), (&approver, "dang")] {
        assert_eq!(
            step(&portal, who, &post, way, 1).await.status,
            StatusCode::SEE_OTHER
        );
    }
    common::until(&portal, "/api/v1/posts", "nguoi-thanh-nien", true).await;
    let one = json(&portal, "/api/v1/posts/nguoi-thanh-nien").await;
    assert_eq!(one["url"], "http://localhost:8080/bai/nguoi-thanh-nien");
    assert_eq!(one["unit"]["name"], "Xã An Hòa");
    assert_eq!(one["languages"], serde_json::json!(["vi", "en"]));
    assert_eq!(one["topics"], serde_json::json!(["dan-su", "hon-nhan-gia-dinh"]));
    let blocks = one["blocks"].as_array().expect("blocks");
    let kinds: Vec<&str> = blocks.iter().filter_map(|block| block["type"].as_str()).collect();
    assert_eq!(kinds, ["heading", "paragraph", "paragraph", "table"]);
    assert_eq!(
        (&blocks[2]["lang"], &blocks[2]["stale"]),
        (&"en".into(), &false.into())
    );
    assert_eq!(blocks[1]["line"]["marks"][0]["kind"], "bold");
    // A citation names its line and is pinned to what the law says.
    let cited = &one["citations"][0];
    assert_eq!(
        (&cited["act"], &cited["provision"]),
        (&"91-2015-qh13".into(), &"art_20".into())
    );
    assert_eq!(cited["line"], blocks[1]["line"]["number"]);
    assert_eq!(cited["pinned_sha256"].as_str().map(str::len), Some(64));
    assert_eq!(cited["changed"], Value::Null);
    assert_eq!(cited["url"], "http://localhost:8080/van-ban/91-2015-qh13/dieu-20");

    for (query, there) in [
        ("kind=huong-dan", 1),
        ("kind=tin", 0),
        ("topic=dan-su", 1),
        ("unit=xa-an-hoa", 1),
        ("unit=xa-binh-son", 0),
        ("act=91-2015-qh13", 1),
        ("act=91-2015-qh13&provision=art_20", 1),
        ("act=91-2015-qh13&provision=art_21", 0),
        ("page=2", 0),
    ] {
        let list = json(&portal, &format!("/api/v1/posts?{query}")).await;
        assert_eq!(
            list["posts"].as_array().map(Vec::len),
            Some(there),
            "{query}: {list}"
        );
    }
    for (query, status) in [
        ("?kind=khong", 400),
        ("?topic=khong", 400),
        ("?page=0", 400),
        ("?per_page=201", 400),
        ("?unit=khong", 404),
        ("?act=khong", 404),
        ("/khong", 404),
    ] {
        let answer = portal.get(&format!("/api/v1/posts{query}"), "").await;
        assert_eq!(answer.status, status, "{query}: {}", answer.body);
    }
    assert_eq!(json(&portal, "/api/v1/post-kinds").await[0]["code"], "huong-dan");
    assert!(
        json(&portal, "/api/v1/topics")
            .await
            .as_array()
            .is_some_and(|all| !all.is_empty())
    );

    step(&portal, &approver, &post, "go", 1).await;
    common::until(&portal, "/api/v1/posts", "nguoi-thanh-nien", false).await;
    let gone = portal.get("/api/v1/posts/nguoi-thanh-nien", "").await;
    assert_eq!(gone.status, StatusCode::NOT_FOUND);
});

/// `PHOLUAT_WRITE=1 cargo test -p pholuat-posts --test api` writes the file anew.
#[test]
fn the_committed_description_is_current() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/openapi-posts.json");
    let description = posts::api::description().expect("a description");
    if std::env::var_os("PHOLUAT_WRITE").is_some() {
        std::fs::write(&path, &description).expect("written");
    }
    let committed = std::fs::read_to_string(path).unwrap_or_default();
    assert!(
        committed == description,
        "docs/openapi-posts.json is out of date; see the comment of this test"
    );
}

db::both_engines!(
    the_posts_of_a_unit_without_an_heir_pass_to_the_unit_above,
    |test| {
        let portal = open(test).await;
        let writer = portal.person(Role::Contributor, portal.commune).await;
        let approver = portal.person(Role::Approver, portal.commune).await;
        let above = portal.person(Role::Publisher, portal.department).await;
        let beside = portal.person(Role::Publisher, portal.other_commune).await;
        let post = begin(&portal, &writer, portal.commune, "Người thành niên", BODY).await;
        for (who, way) in [(&writer, "trinh"), (&approver, "duyet"), (&approver, "dang")] {
            step(&portal, who, &post, way, 1).await;
        }
        let units = units::store::units(portal.db(), &[portal.department])
            .await
            .expect("read");
        let department = &format!("/api/v1/posts?unit={}", units[0].slug);
        common::until(&portal, "/api/v1/posts", "nguoi-thanh-nien", true).await;
        assert_eq!(
            json(&portal, department).await["total"],
            0,
            "a unit above is not the unit itself"
        );
        let basis = units::model::Basis {
            text: "Nghị quyết về việc giải thể xã An Hòa".to_owned(),
            number: None,
            act: None,
        };
        let mut tx = portal.db().begin().await.expect("a transaction");
        let today = portal.site().today();
        units::reorganise::abolish(&mut tx, portal.commune, today, basis)
            .await
            .expect("abolished");
        tx.commit().await.expect("committed");
        common::until(&portal, department, "nguoi-thanh-nien", true).await;
        let page = portal.get("/bai/nguoi-thanh-nien", "").await;
        assert_eq!(page.status, StatusCode::OK, "it stays public at its address");
        // Posts pass on, powers do not: who had a role there has none above.
        let refused = portal
            .post(
                "/ban-lam-viec/bai/moi",
                &writer.session,
                &common::draft(portal.department, "Của cấp trên", "Đoạn."),
            )
            .await;
        assert!(refused.location.is_empty(), "{}", refused.location);
        let refused = step(&portal, &beside, &post, "go", 1).await;
        assert_ne!(refused.status, StatusCode::SEE_OTHER);
        assert_eq!(
            step(&portal, &above, &post, "go", 1).await.status,
            StatusCode::SEE_OTHER
        );
        common::until(&portal, department, "nguoi-thanh-nien", false).await;
    }
);
