//! Passkeys: what is kept of them, and which answers are refused, on both engines. That a right answer
//! is taken is shown with a real browser in `e2e/tests/passkeys.test.js`.

mod portal;

use http::StatusCode;
use people::model::Key;
use people::store;
use policy::Role;
use portal::{NOW, PASSWORD, Portal};

fn key(account: policy::AccountId, credential: &str) -> Key {
    Key {
        credential: credential.to_owned(),
        account,
        name: "Điện thoại".to_owned(),
        key: "{}".to_owned(),
        created: jiff::Timestamp::from_second(NOW).expect("a moment"),
        used: None,
    }
}

db::both_engines!(keys_are_kept_used_and_forgotten, |test| {
    let portal = Portal::new(test).await;
    let one = portal.person(Role::Contributor, portal.commune).await;
    let other = portal.person(Role::Contributor, portal.other_commune).await;
    let mut tx = portal.db().begin().await.expect("a transaction");
    let kept = key(one.account, "AAAA");
    store::passkey_add(&mut tx, &kept).await.expect("kept");
    store::passkey_used(&mut tx, "AAAA", "{\"n\":1}", NOW * 1_000_000)
        .await
        .expect("used");
    tx.commit().await.expect("committed");
    let found = store::passkey_find(portal.db(), "AAAA")
        .await
        .expect("read")
        .expect("a key");
    assert_eq!((found.account, found.key.as_str()), (one.account, "{\"n\":1}"));
    assert_eq!(found.used.map(|used| used.as_second()), Some(NOW));
    let account = store::account_by_id(portal.db(), one.account)
        .await
        .expect("read")
        .expect("one");
    assert!(account.keys == 1 && account.has_second_proof());

    // Nobody forgets the key of another, and no two accounts have one key.
    let mut tx = portal.db().begin().await.expect("a transaction");
    assert_eq!(
        store::passkey_drop(&mut tx, other.account, Some("AAAA"))
            .await
            .expect("asked"),
        0
    );
    let again = key(other.account, "AAAA");
    assert!(
        store::passkey_add(&mut tx, &again)
            .await
            .is_err_and(|error| error.is_duplicate())
    );
    drop(tx);
    let gone = portal
        .post("/tai-khoan/khoa/bo", &other.session, "khoa=AAAA")
        .await;
    assert_eq!(gone.status, StatusCode::UNPROCESSABLE_ENTITY);

    // A password alone no longer opens the account.
    assert!(
        portal
            .get("/tai-khoan", &one.session)
            .await
            .location
            .starts_with("/dang-nhap")
    );
    let form = format!("dia_chi={}&mat_khau={PASSWORD}", one.email);
    let half = portal.post("/dang-nhap", "", &form).await;
    assert!(half.location.starts_with("/dang-nhap/ma"), "{}", half.location);
    let asked = portal.post("/dang-nhap/khoa/hoi", &half.session, "").await;
    assert!(asked.body.contains("\"id\":\"AAAA\""), "{}", asked.body);
    assert_eq!(asked.cache, "no-store");
});

db::both_engines!(a_challenge_is_good_once_and_for_a_while, |test| {
    let portal = Portal::new(test).await;
    let mut tx = portal.db().begin().await.expect("a transaction");
    for (hash, expires) in [("a", 100), ("b", 100), ("late", 50)] {
        store::challenge_add(&mut tx, hash, hash, 10, expires)
            .await
            .expect("kept");
    }
    assert_eq!(
        store::challenge_take(&mut tx, "a", 60)
            .await
            .expect("taken")
            .as_deref(),
        Some("a")
    );
    for hash in ["a", "late", "none"] {
        assert_eq!(
            store::challenge_take(&mut tx, hash, 60).await.expect("asked"),
            None,
            "{hash}"
        );
    }
    store::challenge_add(&mut tx, "c", "c", 200, 300)
        .await
        .expect("kept");
    assert_eq!(
        store::challenge_take(&mut tx, "b", 60).await.expect("asked"),
        None,
        "swept"
    );
});

db::both_engines!(wrong_answers_open_nothing, |test| {
    let portal = Portal::new(test).await;
    let one = portal.person(Role::Contributor, portal.commune).await;
    let question = |body: &str| {
        let asked: serde_json::Value = serde_json::from_str(body).expect("a question");
        asked["token"].as_str().expect("a token").to_owned()
    };
    let nonsense = ["", "{}", "null", "%5B%5D", "%7B%22id%22%3A%22AAAA%22%7D"];
    for answer in nonsense {
        let asked = portal.post("/dang-nhap/khoa/hoi", "", "").await;
        let form = format!("the={}&tra_loi={answer}", question(&asked.body));
        let refused = portal.post("/dang-nhap/khoa", "", &form).await;
        assert_eq!(
            (refused.status, refused.session.as_str()),
            (StatusCode::UNPROCESSABLE_ENTITY, "")
        );
        let asked = portal.post("/tai-khoan/khoa/hoi", &one.session, "").await;
        let form = format!("the={}&tra_loi={answer}", question(&asked.body));
        let refused = portal.post("/tai-khoan/khoa", &one.session, &form).await;
        assert_eq!(
            refused.status,
            StatusCode::UNPROCESSABLE_ENTITY,
            "{}",
            refused.body
        );
        // The question is used up, and a question of one kind answers none of the other.
        let refused = portal.post("/dang-nhap/khoa", "", &form).await;
        assert!(refused.body.contains("Đã quá thời gian chờ"), "{}", refused.body);
    }
    assert!(
        store::passkey_list(portal.db(), one.account)
            .await
            .expect("read")
            .is_empty()
    );
    // A form of another host asks for nothing in the name of who is signed in.
    let foreign = [("sec-fetch-site", "cross-site")];
    let refused = portal
        .post_with("/tai-khoan/khoa/hoi", &one.session, "", &foreign)
        .await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
});
