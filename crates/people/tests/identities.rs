//! Identities at another house: what is kept of them, and which answers open nothing, on both engines.
//! That a right answer opens an account is shown with a real server in `e2e/tests/house.test.js`.

mod portal;

use std::sync::Arc;

use http::StatusCode;
use people::model::{Email, Identity, NO_PASSWORD};
use people::oidc::{Provider, Settings};
use people::store;
use policy::{AccountId, Role};
use portal::{NOW, Portal};

const HOUSE: &str = "https://sso.example.vn";

fn identity(account: AccountId, subject: &str) -> Identity {
    Identity {
        issuer: HOUSE.to_owned(),
        subject: subject.to_owned(),
        account,
        name: "ha@sso.example.vn".to_owned(),
        created: jiff::Timestamp::from_second(NOW).expect("a moment"),
        used: None,
    }
}

async fn link(portal: &Portal, account: AccountId, subject: &str) -> db::Result<()> {
    let mut tx = portal.db().begin().await?;
    store::identity_add(&mut tx, &identity(account, subject)).await?;
    tx.commit().await
}

db::both_engines!(an_identity_has_one_account_and_no_other_drops_it, |test| {
    let portal = Portal::new(test).await;
    let one = portal.person(Role::Contributor, portal.commune).await;
    let other = portal.person(Role::Contributor, portal.other_commune).await;
    link(&portal, one.account, "u-7").await.expect("linked");
    let taken = link(&portal, other.account, "u-7").await;
    assert!(taken.is_err_and(|error| error.is_duplicate()));
    let mut tx = portal.db().begin().await.expect("a transaction");
    store::identity_used(&mut tx, HOUSE, "u-7", NOW * 1_000_000)
        .await
        .expect("used");
    tx.commit().await.expect("committed");
    let found = store::identity_find(portal.db(), HOUSE, "u-7")
        .await
        .expect("read");
    let found = found.expect("there");
    assert_eq!(found.account, one.account);
    assert_eq!(found.used.map(|used| used.as_second()), Some(NOW));
    // The same person of another house is another person.
    let elsewhere = store::identity_find(portal.db(), "https://other.vn", "u-7").await;
    assert_eq!(elsewhere.expect("read"), None);

    let form = "danh_tinh=u-7";
    let refused = portal.post("/tai-khoan/lien-ket/bo", &other.session, form).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let page = portal.get("/tai-khoan", &one.session).await;
    assert!(page.body.contains("ha@sso.example.vn"), "{}", page.body);
    let gone = portal.post("/tai-khoan/lien-ket/bo", &one.session, form).await;
    assert_eq!(gone.location, "/tai-khoan", "{}", gone.body);
    let left = store::identity_list(portal.db(), one.account).await;
    assert_eq!(left.expect("read"), Vec::new());
    assert_eq!(portal.verified().await, 0);
});

db::both_engines!(who_has_no_password_keeps_the_last_way_in, |test| {
    let portal = Portal::new(test).await;
    let email = Email::read("moi@xa.example.vn").expect("an address");
    let mut tx = portal.db().begin().await.expect("a transaction");
    let account = store::account_insert(&mut tx, &email, "Vũ Thị Mời", NO_PASSWORD).await;
    let account = account.expect("an account");
    let now = NOW * 1_000_000;
    let live = store::Live {
        account,
        seen: now,
        expires: now + 1_000_000_000,
        second_proof: false,
    };
    let session = people::session_hash("phien");
    store::session_add(&mut tx, &session, live, "thử")
        .await
        .expect("a session");
    tx.commit().await.expect("committed");
    link(&portal, account, "u-8").await.expect("linked");
    let refused = portal
        .post("/tai-khoan/lien-ket/bo", "phien", "danh_tinh=u-8")
        .await;
    assert!(refused.body.contains("cách duy nhất"), "{}", refused.body);
    link(&portal, account, "u-9").await.expect("linked");
    let gone = portal
        .post("/tai-khoan/lien-ket/bo", "phien", "danh_tinh=u-8")
        .await;
    assert_eq!(gone.location, "/tai-khoan", "{}", gone.body);
    // No password is none that fits.
    for typed in [NO_PASSWORD, ""] {
        let form = format!("dia_chi=moi@xa.example.vn&mat_khau={typed}");
        assert_eq!(portal.post("/dang-nhap", "", &form).await.session, "");
    }
});

db::both_engines!(without_an_answer_from_the_house_nothing_opens, |test| {
    // Nobody listens there.
    let settings = Settings {
        issuer: "http://127.0.0.1:9".to_owned(),
        client_id: "cong".to_owned(),
        ..Settings::default()
    };
    let house = Provider::new(settings).expect("a client");
    let options = web::SiteOptions {
        sign_in_with: "Tài khoản tỉnh".to_owned(),
        ..web::SiteOptions::default()
    };
    let routes = people::routes(&[], Some(Arc::new(house)));
    let portal = Portal::with_options(test, routes, options).await;
    let one = portal.person(Role::Contributor, portal.commune).await;
    let page = portal.get("/dang-nhap", "").await;
    assert!(page.body.contains("Tài khoản tỉnh"), "{}", page.body);
    for (path, session, says) in [
        ("/dang-nhap/tap-trung?ve=/tai-khoan", "", "Chưa kết nối được"),
        ("/loi-moi/abc/tap-trung", "", "Chưa kết nối được"),
        (
            "/tai-khoan/lien-ket/moi",
            one.session.as_str(),
            "Chưa kết nối được",
        ),
        (
            "/dang-nhap/tap-trung/ve?state=a&code=b",
            "",
            "đăng nhập lại từ đầu",
        ),
        (
            "/dang-nhap/tap-trung/ve",
            one.session.as_str(),
            "đăng nhập lại từ đầu",
        ),
    ] {
        let refused = portal.get(path, session).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{path}");
        assert_eq!(
            (refused.session.as_str(), refused.cache.as_str()),
            ("", "no-store")
        );
        assert!(refused.body.contains(says), "{path}: {}", refused.body);
    }
    let refused = portal.post("/tai-khoan/lien-ket", &one.session, "the=abc").await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
});

db::both_engines!(without_a_house_there_are_no_doors_to_it, |test| {
    let portal = Portal::new(test).await;
    for path in [
        "/dang-nhap/tap-trung",
        "/dang-nhap/tap-trung/ve",
        "/loi-moi/a/tap-trung",
    ] {
        assert_eq!(portal.get(path, "").await.status, StatusCode::NOT_FOUND, "{path}");
    }
    assert!(!portal.get("/dang-nhap", "").await.body.contains("tap-trung"));
});
