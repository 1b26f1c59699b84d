//! What units share and how it follows them: topic groups, contacts, and what happens to posts and
//! roles after a merger, on both engines.

#[path = "../../posts/tests/common/mod.rs"]
mod common;

use common::{Portal, begin, form, open_with, step, until};
use http::StatusCode;
use jiff::civil::date;
use policy::Role;

async fn open(test: db::testing::TestDb) -> Portal {
    open_with(test, portal::routes().merge(units::routes())).await
}

fn topic(code: &str, name: &str, from: &str, until: &str, above: &str) -> String {
    form(&[
        ("ma", code),
        ("ten", name),
        ("ten_en", "Fishing"),
        ("tu", from),
        ("den", until),
        ("thu_tu", "5"),
        ("tren", above),
    ])
}

db::both_engines!(topic_groups_are_shared_and_dated, |test| {
    let portal = open(test).await;
    let admin = portal.person(Role::ProvincialAdmin, portal.department).await;
    let writer = portal.person(Role::Contributor, portal.commune).await;
    let desk = portal::TOPICS;
    assert_eq!(
        portal.get(desk, &writer.session).await.status,
        StatusCode::FORBIDDEN
    );
    let before = portal.get(desk, &admin.session).await.body;
    assert!(
        before.contains("Hôn nhân và gia đình") && before.contains("01/01/2000"),
        "{before}"
    );

    let put = |form: String| {
        let (portal, session) = (&portal, admin.session.clone());
        async move { portal.post(desk, &session, &form).await }
    };
    for (form, said) in [
        (
            topic("", "Biển, đảo", "2026-11-01", "2026-10-31", ""),
            "sau ngày bắt đầu",
        ),
        (topic("", "Biển, đảo", "mai", "", ""), "Ngày chưa đúng"),
        (
            topic("", "Dân sự thừa kế", "2026-11-01", "", "khong-co"),
            "đứng đầu",
        ),
        (topic("", "", "2026-11-01", "", ""), "cần tên"),
        (topic("../x", "Biển", "2026-11-01", "", ""), "chưa hợp lệ"),
    ] {
        let refused = put(form).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{said}");
        assert!(refused.body.contains(said), "{said}: {}", refused.body);
    }
    let saved = put(topic("", "Biển, đảo", "2026-11-01", "", "")).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
    assert_eq!(
        put(topic("", "Nghề cá", "2026-11-01", "", "bien-dao"))
            .await
            .status,
        StatusCode::SEE_OTHER
    );
    assert!(
        put(topic("", "Biển, đảo", "2026-11-01", "", ""))
            .await
            .body
            .contains("Đã có nhóm")
    );
    // Only one step deep, in both directions.
    assert!(
        put(topic("", "Lưới", "2026-11-01", "", "nghe-ca"))
            .await
            .body
            .contains("đứng đầu")
    );
    assert!(
        put(topic("bien-dao", "Biển", "2026-11-01", "", "dan-su"))
            .await
            .body
            .contains("đứng đầu")
    );

    // A post of the lower group stands in the list of the upper one; an ended group is chosen no more.
    let draft = form(&[
        ("don_vi", &portal.commune.get().to_string()),
        ("loai", "huong-dan"),
        ("nhom", "nghe-ca"),
        ("tieu_de", "Ra khơi"),
        ("tom_tat", "Trước khi ra khơi."),
        ("noi_dung", "Theo Điều 20 Bộ luật Dân sự."),
    ]);
    let made = portal
        .post("/ban-lam-viec/bai/moi", &writer.session, &draft)
        .await
        .location;
    let approver = portal.person(Role::Approver, portal.commune).await;
    step(&portal, &writer, &made, "trinh", 1).await;
    step(&portal, &approver, &made, "duyet", 1).await;
    step(&portal, &approver, &made, "dang", 1).await;
    until(&portal, "/bai?nhom=nghe-ca", "Ra khơi", true).await;
    for path in [
        "/bai?nhom=bien-dao",
        "/bai.atom?nhom=bien-dao",
        "/sitemap/bai.xml",
    ] {
        assert!(portal.get(path, "").await.body.contains("/bai/ra-khoi"), "{path}");
    }
    assert!(
        !portal
            .get("/bai?nhom=dan-su", "")
            .await
            .body
            .contains("/bai/ra-khoi")
    );
    put(topic(
        "nghe-ca",
        "Nghề cá xưa",
        "2026-11-01",
        "2026-11-20",
        "bien-dao",
    ))
    .await;
    until(&portal, "/bai/ra-khoi", "Nghề cá xưa", true).await;
    let editor = portal.get("/ban-lam-viec/bai/moi", &writer.session).await.body;
    assert!(!editor.contains("Nghề cá") && editor.contains("Biển, đảo"));
    assert_eq!(portal.verified().await, 0);
});

db::both_engines!(contacts_are_stated_in_both_languages, |test| {
    let portal = open(test).await;
    let admin = portal.person(Role::UnitAdmin, portal.commune).await;
    let desk = format!("{}/{}", units::desk::DESK, portal.commune.get());
    let other = format!("{}/{}", units::desk::DESK, portal.other_commune.get());
    let list = portal.get(units::desk::DESK, &admin.session).await.body;
    assert!(
        list.contains("Xã An Hòa") && !list.contains("Xã Bình Sơn"),
        "{list}"
    );
    let contact = |email: &str, phone: &str| {
        form(&[
            ("tu", "2026-11-26"),
            ("chuc_nang", "Bộ phận <b>một cửa</b>"),
            ("chuc_nang_en", "One-stop desk"),
            ("dia_chi", "Thôn 1"),
            ("dia_chi_en", "Hamlet 1"),
            ("dien_thoai", phone),
            ("thu", email),
        ])
    };
    for (email, phone, said) in [
        ("a@b.vn?cc=x", "", "ten@donvi"),
        ("khong", "", "ten@donvi"),
        ("", "<script>", "chữ số"),
    ] {
        let refused = portal.post(&desk, &admin.session, &contact(email, phone)).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.body.contains(said), "{}", refused.body);
    }
    let saved = portal
        .post(&desk, &admin.session, &contact("xa@anhoa.gov.vn", "0208 123"))
        .await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
    let page = until(&portal, "/don-vi/xa-an-hoa", "One-stop desk", true)
        .await
        .body;
    assert!(
        page.contains("mailto:xa@anhoa.gov.vn") && page.contains("&#60;b&#62;") && !page.contains("<b>một"),
        "{page}"
    );
    // Another unit's form is not there for him.
    assert_eq!(
        portal.get(&other, &admin.session).await.status,
        StatusCode::NOT_FOUND
    );
    assert_eq!(
        portal.post(&other, &admin.session, &contact("", "")).await.status,
        StatusCode::NOT_FOUND
    );
    assert_eq!(portal.verified().await, 0);
});

db::both_engines!(posts_and_roles_follow_a_merger, |test| {
    let portal = open(test).await;
    let writer = portal.person(Role::Contributor, portal.commune).await;
    let approver = portal.person(Role::Approver, portal.commune).await;
    let stranger = portal.person(Role::Contributor, portal.department).await;
    let post = begin(
        &portal,
        &writer,
        portal.commune,
        "Bài của xã cũ",
        "Theo Điều 20 Bộ luật Dân sự.",
    )
    .await;
    let waiting = begin(&portal, &writer, portal.commune, "Bài dở dang", "Đoạn.").await;
    step(&portal, &writer, &post, "trinh", 1).await;
    step(&portal, &approver, &post, "duyet", 1).await;
    step(&portal, &approver, &post, "dang", 1).await;
    until(&portal, "/don-vi/xa-an-hoa", "Bài của xã cũ", true).await;
    let heir = portal.person(Role::UnitAdmin, portal.other_commune).await;
    assert_eq!(
        portal.get(&waiting, &heir.session).await.status,
        StatusCode::NOT_FOUND
    );
    assert!(
        !portal
            .get("/bai?don-vi=xa-binh-son", "")
            .await
            .body
            .contains("Bài của xã cũ")
    );

    let mut tx = portal.db().begin().await.expect("begin");
    let basis = units::model::Basis::default();
    let from = vec![portal.commune];
    units::reorganise::merge(&mut tx, from, portal.other_commune, date(2026, 11, 25), basis)
        .await
        .expect("merged");
    tx.commit().await.expect("commit");

    // The public finds it with the heir, by both addresses, and is told who stands for the old unit.
    for path in [
        "/bai?don-vi=xa-binh-son",
        "/bai.atom?don-vi=xa-binh-son",
        "/don-vi/xa-binh-son",
        "/bai?don-vi=xa-an-hoa",
    ] {
        until(&portal, path, "Bài của xã cũ", true).await;
    }
    let shown = until(&portal, "/bai/bai-cua-xa-cu", "nay là", true).await.body;
    assert!(shown.contains("Xã An Hòa (nay là Xã Bình Sơn)"), "{shown}");

    // The heir's officers reach what waits, and those of the old unit work on in the new one.
    for who in [&heir, &writer] {
        assert!(
            portal
                .get("/ban-lam-viec/bai", &who.session)
                .await
                .body
                .contains("Bài dở dang")
        );
        assert_eq!(portal.get(&waiting, &who.session).await.status, StatusCode::OK);
    }
    let fresh = begin(&portal, &writer, portal.other_commune, "Bài của xã mới", "Đoạn.").await;
    assert_eq!(portal.get(&fresh, &heir.session).await.status, StatusCode::OK);
    assert_eq!(
        step(&portal, &writer, &waiting, "trinh", 1).await.status,
        StatusCode::SEE_OTHER
    );
    drop(stranger);
});
