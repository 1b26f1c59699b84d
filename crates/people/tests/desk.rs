//! From the first administrator to a contributor in a commune, through the pages, on both engines.

mod portal;

use http::StatusCode;
use people::store;
use policy::{Permission, Role};
use portal::{PASSWORD, Portal, SECRET};

db::both_engines!(from_invitation_to_desk, |test| {
    let portal = Portal::new(test).await;
    let link = portal
        .operator_invites("Nguyễn Văn An", "an@stp.example.vn")
        .await;
    let page = portal.get(&link, "").await;
    assert!(page.body.contains("Quản trị toàn cổng"), "{}", page.body);
    // What was typed is not lost when something is wrong with it.
    let weak = portal
        .post(&link, "", "ho_ten=Nguyễn+Văn+An&mat_khau=matkhau12345")
        .await;
    assert_eq!(weak.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        weak.body.contains("dễ đoán") && weak.body.contains("Nguyễn Văn An"),
        "{}",
        weak.body
    );
    let form = format!("ho_ten=Nguyễn+Văn+An&mat_khau={PASSWORD}");
    assert_eq!(portal.post(&link, "", &form).await.location, "/dang-nhap");
    let again = portal.post(&link, "", &form).await;
    assert!(
        again.body.contains("không còn hiệu lực"),
        "an invitation is good once: {}",
        again.body
    );

    let session = portal.sign_in("an@stp.example.vn").await;
    let desk = portal.get("/ban-lam-viec", &session).await;
    assert!(
        desk.location.starts_with("/tai-khoan/hai-lop"),
        "an administrator gives a second proof"
    );
    let session = portal.set_up_app(&session).await;
    let desk = portal.get("/ban-lam-viec", &session).await;
    assert!(desk.body.contains("Người dùng và vai trò"), "{}", desk.body);
    assert_eq!(desk.cache, "no-store");

    // A new session needs the code, and the code that set the app up is used.
    let half = portal
        .post(
            "/dang-nhap",
            "",
            &format!("dia_chi=AN@stp.example.vn&mat_khau={PASSWORD}"),
        )
        .await;
    assert!(half.location.starts_with("/dang-nhap/ma"), "{}", half.location);
    assert!(
        portal
            .get("/ban-lam-viec", &half.session)
            .await
            .location
            .starts_with("/dang-nhap")
    );
    let used = portal
        .post("/dang-nhap/ma", &half.session, &format!("ma={}", portal.code()))
        .await;
    assert_eq!(
        used.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "a code is good once"
    );
});

db::both_engines!(reach_ends_at_the_own_unit, |test| {
    let portal = Portal::new(test).await;
    let admin = portal.person(Role::UnitAdmin, portal.commune).await;
    let writer = portal.person(Role::Contributor, portal.commune).await;
    let stranger = portal.person(Role::Contributor, portal.other_commune).await;

    let list = portal.get("/ban-lam-viec/nguoi-dung", &admin.session).await;
    assert!(list.body.contains(&writer.email), "{}", list.body);
    assert!(
        !list.body.contains(&stranger.email),
        "people of another commune are not shown"
    );
    assert_eq!(
        portal
            .get("/ban-lam-viec/nguoi-dung", &writer.session)
            .await
            .status,
        StatusCode::FORBIDDEN
    );

    let invite = |role: Role, unit: policy::UnitId| {
        format!(
            "ho_ten=Trần+Bình&dia_chi=binh@xa.example.vn&vai_tro={}&don_vi={}",
            role.code(),
            unit.get()
        )
    };
    for (role, unit) in [
        (Role::Contributor, portal.other_commune),
        (Role::Contributor, portal.department),
        (Role::ProvincialAdmin, portal.commune),
        (Role::Auditor, portal.commune),
    ] {
        let refused = portal
            .post("/ban-lam-viec/nguoi-dung", &admin.session, &invite(role, unit))
            .await;
        assert!(
            refused.body.contains("không được giao vai trò"),
            "{role:?} {unit:?}"
        );
    }
    let invited = portal
        .post(
            "/ban-lam-viec/nguoi-dung",
            &admin.session,
            &invite(Role::Approver, portal.commune),
        )
        .await;
    assert!(invited.body.contains("/loi-moi/"), "{}", invited.body);

    // Neither taking a role nor stopping an account reaches the neighbour.
    let grants = store::grants_of(portal.db(), stranger.account)
        .await
        .expect("grants");
    let take = format!("vai_tro={}", grants[0].id);
    let refused = portal.post("/ban-lam-viec/vai-tro", &admin.session, &take).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let stop = format!("tai_khoan={}", stranger.account.0);
    let refused = portal
        .post("/ban-lam-viec/tam-ngung", &admin.session, &stop)
        .await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(!portal.get("/tai-khoan", &stranger.session).await.body.is_empty());

    let stop = format!("tai_khoan={}", writer.account.0);
    portal
        .post("/ban-lam-viec/tam-ngung", &admin.session, &stop)
        .await;
    let gone = portal.get("/tai-khoan", &writer.session).await;
    assert!(
        gone.location.starts_with("/dang-nhap"),
        "a stopped account is out at once"
    );
    let refused = portal
        .post(
            "/dang-nhap",
            "",
            &format!("dia_chi={}&mat_khau={PASSWORD}", writer.email),
        )
        .await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
});

db::both_engines!(forms_of_other_pages_change_nothing, |test| {
    let portal = Portal::new(test).await;
    let admin = portal.person(Role::UnitAdmin, portal.commune).await;
    let writer = portal.person(Role::Contributor, portal.commune).await;
    let stop = format!("tai_khoan={}", writer.account.0);
    for headers in [
        &[("sec-fetch-site", "cross-site")][..],
        &[("sec-fetch-site", "same-site")],
        &[("host", "portal.example.vn"), ("origin", "https://evil.example")],
        &[],
    ] {
        let answer = portal
            .post_with("/ban-lam-viec/tam-ngung", &admin.session, &stop, headers)
            .await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{headers:?}");
    }
    let account = store::account_by_id(portal.db(), writer.account)
        .await
        .expect("read")
        .expect("there");
    assert!(!account.suspended);
});

db::both_engines!(wrong_passwords_lock_for_a_while_and_tell_nothing, |test| {
    let portal = Portal::new(test).await;
    let writer = portal.person(Role::Contributor, portal.commune).await;
    let mut answers = Vec::new();
    for _ in 0..6 {
        let form = format!("dia_chi={}&mat_khau=sai+hoàn+toàn+rồi", writer.email);
        answers.push(portal.post("/dang-nhap", "", &form).await);
    }
    let unknown = portal
        .post(
            "/dang-nhap",
            "",
            "dia_chi=khong-co@xa.example.vn&mat_khau=sai+hoàn+toàn+rồi",
        )
        .await;
    let plain = |body: &str| {
        body.replace(&writer.email, "")
            .replace("khong-co@xa.example.vn", "")
    };
    let same = |body: &str| {
        plain(body)
            .split("id=\"loi\"")
            .nth(1)
            .map(|rest| rest[..200].to_owned())
    };
    assert!(
        answers
            .iter()
            .all(|answer| same(&answer.body) == same(&unknown.body))
    );
    let right = portal
        .post(
            "/dang-nhap",
            "",
            &format!("dia_chi={}&mat_khau={PASSWORD}", writer.email),
        )
        .await;
    assert_eq!(right.status, StatusCode::UNPROCESSABLE_ENTITY, "locked");
    let account = store::account_by_id(portal.db(), writer.account)
        .await
        .expect("read")
        .expect("there");
    assert_eq!(account.failures, 5, "nothing is counted while locked");
});

db::both_engines!(a_second_proof_is_replaced_with_the_password, |test| {
    let portal = Portal::new(test).await;
    let approver = portal.person(Role::Approver, portal.commune).await;
    let page = portal.get("/tai-khoan/hai-lop", &approver.session).await;
    assert!(page.body.contains("name=\"hien_tai\""), "{}", page.body);
    let form = |password: &str| format!("bi_mat={SECRET}&ma={}&hien_tai={password}", portal.code());
    for wrong in ["", "sai"] {
        let refused = portal
            .post("/tai-khoan/hai-lop", &approver.session, &form(wrong))
            .await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(
            refused.body.contains("Mật khẩu hiện tại không đúng"),
            "{}",
            refused.body
        );
    }
    let key = portal
        .post("/tai-khoan/khoa", &approver.session, "the=a&tra_loi=b")
        .await;
    assert!(key.body.contains("Mật khẩu hiện tại không đúng"), "{}", key.body);
    let done = portal
        .post("/tai-khoan/hai-lop", &approver.session, &form(PASSWORD))
        .await;
    assert!(done.body.contains("Mã dự phòng"), "{}", done.body);
});

db::both_engines!(own_sessions_and_password, |test| {
    let portal = Portal::new(test).await;
    let writer = portal.person(Role::Contributor, portal.commune).await;
    let other = portal.sign_in(&writer.email).await;
    let page = portal.get("/tai-khoan", &writer.session).await;
    assert!(page.body.contains("Kết thúc mọi phiên khác"), "{}", page.body);
    let wrong = portal
        .post(
            "/tai-khoan/mat-khau",
            &writer.session,
            "hien_tai=sai&moi=bảy+con+chim+sẻ+đậu+mái+ngói",
        )
        .await;
    assert!(wrong.body.contains("Mật khẩu hiện tại không đúng"));
    let form = format!("hien_tai={PASSWORD}&moi=bảy+con+chim+sẻ+đậu+mái+ngói");
    assert_eq!(
        portal
            .post("/tai-khoan/mat-khau", &writer.session, &form)
            .await
            .location,
        "/tai-khoan"
    );
    assert!(
        portal
            .get("/tai-khoan", &other)
            .await
            .location
            .starts_with("/dang-nhap"),
        "others end"
    );
    assert_eq!(
        portal.get("/tai-khoan", &writer.session).await.status,
        StatusCode::OK
    );
    portal.post("/dang-xuat", &writer.session, "").await;
    assert!(
        portal
            .get("/tai-khoan", &writer.session)
            .await
            .location
            .starts_with("/dang-nhap")
    );
});

db::both_engines!(every_change_is_a_line_and_a_touched_line_is_found, |test| {
    let portal = Portal::new(test).await;
    let admin = portal.person(Role::ProvincialAdmin, portal.department).await;
    let writer = portal.person(Role::Contributor, portal.commune).await;
    portal
        .post(
            "/ban-lam-viec/tam-ngung",
            &admin.session,
            &format!("tai_khoan={}", writer.account.0),
        )
        .await;
    let log = portal.get("/ban-lam-viec/nhat-ky", &admin.session).await;
    for act in [
        "Mời người dùng",
        "Nhận lời mời",
        "Đăng nhập",
        "Tạm ngừng tài khoản",
    ] {
        assert!(log.body.contains(act), "{act}: {}", log.body);
    }
    assert!(!log.body.contains(PASSWORD));
    assert_eq!(portal.verified().await, 0);
    let mut tx = portal.db().begin().await.expect("a transaction");
    db::sql("UPDATE audit_log SET actor = 'người khác' WHERE seq = 2")
        .run(&mut tx)
        .await
        .expect("an edit");
    tx.commit().await.expect("committed");
    assert_eq!(portal.verified().await, 1);
});

#[test]
fn the_desk_names_only_what_a_role_may_open() {
    let writer = policy::Visitor {
        account: policy::AccountId(1),
        name: String::new(),
        grants: Vec::new(),
        second_proof: false,
    };
    assert!(!writer.may(Permission::ReadPeople) && writer.may(Permission::OpenDesk));
}
