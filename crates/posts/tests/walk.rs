//! From a writer over another person to the public, through the pages, on both engines.

mod common;

use common::{DESK, begin, draft, form, open, put_law, step, until};
use http::StatusCode;
use policy::Role;
use posts::model::PostId;
use posts::store;

const BODY: &str = "## Khi nào là người thành niên?\n\nTheo Điều 20 Bộ luật Dân sự, đó là người từ đủ 18 tuổi.\n\n- **Một** ý\n- Hai";

db::both_engines!(written_returned_mended_approved_seen, |test| {
    let portal = open(test).await;
    let writer = portal.person(Role::Contributor, portal.commune).await;
    let approver = portal.person(Role::Approver, portal.commune).await;
    let post = begin(&portal, &writer, portal.commune, "Người thành niên", BODY).await;
    let preview = portal.get(&post, &writer.session).await;
    assert!(
        preview.body.contains("<h2>Khi nào là người thành niên?</h2>"),
        "{}",
        preview.body
    );
    let link = "<a class=\"ref\" href=\"/van-ban/91-2015-qh13/dieu-20\">Điều 20 Bộ luật Dân sự</a>";
    assert!(preview.body.contains(link), "{}", preview.body);

    // A draft can be neither approved nor published.
    for way in ["duyet", "dang"] {
        assert_eq!(
            step(&portal, &approver, &post, way, 1).await.status,
            StatusCode::UNPROCESSABLE_ENTITY
        );
    }
    assert_eq!(
        step(&portal, &writer, &post, "trinh", 1).await.status,
        StatusCode::SEE_OTHER
    );
    assert!(
        portal
            .get(&post, &approver.session)
            .await
            .body
            .contains("name=\"doan_2\" form=\"tra-lai\"")
    );
    let nothing = form(&[("phien_ban", "1"), ("nhan_xet", " "), ("doan_2", " ")]);
    let refused = portal
        .post(&format!("{post}/tra-lai"), &approver.session, &nothing)
        .await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    // Of a block that is not there nothing is kept.
    let remark = form(&[
        ("phien_ban", "1"),
        ("nhan_xet", "Xin nói rõ hơn."),
        ("doan_2", "Điều này có ngoại lệ <b>nào</b>?"),
        ("doan_99", "Không có đoạn này."),
    ]);
    let back = portal
        .post(&format!("{post}/tra-lai"), &approver.session, &remark)
        .await;
    assert_eq!(back.status, StatusCode::SEE_OTHER, "{}", back.body);
    assert!(
        portal
            .get(&post, &writer.session)
            .await
            .body
            .contains("Xin nói rõ hơn.")
    );
    // On the text itself, beside what it is about, and while the writer mends it.
    for page in [post.clone(), format!("{post}/sua")] {
        let body = portal.get(&page, &writer.session).await.body;
        let kept = "Đoạn 2 <q lang=\"vi\">Theo Điều 20 Bộ luật Dân sự, đó là người từ đủ 18 tuổi.</q>: \
                    <span lang=\"vi\">Điều này có ngoại lệ &#60;b&#62;nào&#60;/b&#62;?</span>";
        assert!(body.contains(kept), "{body}");
        assert!(!body.contains("Không có đoạn này."), "{body}");
    }
    let beside = portal.get(&post, &writer.session).await.body;
    let place = beside.find("đó là người từ đủ 18 tuổi.</p><div class=\"note warn\"");
    assert!(place.is_some(), "{beside}");

    let better = format!(
        "{}&phien_ban=1",
        draft(portal.commune, "Người thành niên", &format!("{BODY}\n\nRõ hơn."))
    );
    let saved = portal
        .post(&format!("{post}/sua"), &writer.session, &better)
        .await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
    assert_eq!(
        step(&portal, &writer, &post, "trinh", 2).await.status,
        StatusCode::SEE_OTHER
    );
    // The writer may not approve at all; nothing is public on one person's word.
    assert_eq!(
        step(&portal, &writer, &post, "duyet", 2).await.status,
        StatusCode::FORBIDDEN
    );
    assert!(!portal.get("/bai", "").await.body.contains("Người thành niên"));
    assert_eq!(
        step(&portal, &approver, &post, "duyet", 2).await.status,
        StatusCode::SEE_OTHER
    );
    assert_eq!(
        portal.get("/bai/nguoi-thanh-nien", "").await.status,
        StatusCode::NOT_FOUND
    );
    assert_eq!(
        step(&portal, &approver, &post, "dang", 2).await.status,
        StatusCode::SEE_OTHER
    );

    let public = until(&portal, "/bai/nguoi-thanh-nien", "Rõ hơn.", true).await;
    assert!(
        public.body.contains(link) && public.body.contains("Luật liên quan"),
        "{}",
        public.body
    );
    until(&portal, "/bai", "Người thành niên", true).await;
    for (path, there) in [
        ("/bai?nhom=dan-su", true),
        ("/bai?nhom=dat-dai", false),
        ("/bai?loai=huong-dan", true),
        ("/bai?loai=tin", false),
        ("/bai?luat=91-2015-qh13&dieu=dieu-20", true),
        ("/bai?luat=91-2015-qh13&dieu=dieu-2", false),
        ("/bai.atom?nhom=dan-su", true),
        ("/bai.atom?nhom=dat-dai", false),
    ] {
        assert_eq!(
            portal.get(path, "").await.body.contains("/bai/nguoi-thanh-nien"),
            there,
            "{path}"
        );
    }

    // What it cites is pinned: when the law says something else, the hash says so.
    let pinned = store::citations(portal.db(), PostId(1), 2)
        .await
        .expect("citations");
    assert_eq!((pinned.len(), pinned[0].provision.as_str()), (1, "art_20"));
    put_law(portal.db(), "Người từ đủ mười tám tuổi trở lên.").await;
    let again = begin(&portal, &writer, portal.commune, "Bài khác", BODY).await;
    let now = store::citations(portal.db(), PostId(2), 1)
        .await
        .expect("citations");
    assert!(
        now[0].hash != pinned[0].hash && pinned[0].hash.len() == 64,
        "{again}"
    );

    assert_eq!(
        step(&portal, &approver, &post, "go", 2).await.status,
        StatusCode::SEE_OTHER
    );
    until(&portal, "/bai", "Người thành niên", false).await;
    assert_eq!(
        portal.get("/bai/nguoi-thanh-nien", "").await.status,
        StatusCode::NOT_FOUND
    );
    assert_eq!(portal.verified().await, 0);
    let mut tx = portal.db().snapshot().await.expect("a snapshot");
    let lines = db::sql("SELECT act FROM audit_log WHERE object = 'post:1' ORDER BY seq")
        .all(&mut tx)
        .await;
    let acts: Vec<String> = lines
        .expect("lines")
        .iter()
        .map(|row| row.get("act").expect("act"))
        .collect();
    assert_eq!(
        acts,
        [
            "post.create",
            "post.submit",
            "post.return",
            "post.save",
            "post.submit",
            "post.approve",
            "post.publish",
            "post.withdraw"
        ]
    );
});

db::both_engines!(nobody_approves_what_he_wrote, |test| {
    let portal = open(test).await;
    let admin = portal.person(Role::UnitAdmin, portal.commune).await;
    let approver = portal.person(Role::Approver, portal.commune).await;
    let post = begin(&portal, &approver, portal.commune, "Của người duyệt", BODY).await;
    step(&portal, &approver, &post, "trinh", 1).await;
    let refused = step(&portal, &approver, &post, "duyet", 1).await;
    assert!(
        refused.body.contains("không duyệt bài của mình"),
        "{}",
        refused.body
    );
    step(&portal, &admin, &post, "tra-lai", 1).await;
    let remark = form(&[("phien_ban", "1"), ("nhan_xet", "Sửa.")]);
    portal
        .post(&format!("{post}/tra-lai"), &admin.session, &remark)
        .await;
    // Who mends a word is a writer too.
    let mended = format!("{}&phien_ban=1", draft(portal.commune, "Của hai người", BODY));
    portal.post(&format!("{post}/sua"), &admin.session, &mended).await;
    step(&portal, &admin, &post, "trinh", 2).await;
    for who in [&admin, &approver] {
        let refused = step(&portal, who, &post, "duyet", 2).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let above = portal.person(Role::ProvincialAdmin, portal.department).await;
    assert_eq!(
        step(&portal, &above, &post, "duyet", 2).await.status,
        StatusCode::SEE_OTHER
    );
});

db::both_engines!(two_editors_never_overwrite_each_other, |test| {
    let portal = open(test).await;
    let writer = portal.person(Role::Contributor, portal.commune).await;
    let other = portal.person(Role::UnitAdmin, portal.commune).await;
    let post = begin(&portal, &writer, portal.commune, "Chung", "Bản đầu.").await;
    let text = |body: &str, seen: i64| format!("{}&phien_ban={seen}", draft(portal.commune, "Chung", body));
    portal
        .post(
            &format!("{post}/sua"),
            &other.session,
            &text("Bản của người kia.", 1),
        )
        .await;
    let clash = portal
        .post(&format!("{post}/sua"), &writer.session, &text("Bản của tôi.", 1))
        .await;
    assert_eq!(clash.status, StatusCode::CONFLICT);
    assert!(
        clash.body.contains("Bản của người kia.") && clash.body.contains("Bản của tôi."),
        "{}",
        clash.body
    );
    assert!(
        portal
            .get(&post, &writer.session)
            .await
            .body
            .contains("Bản của người kia.")
    );
    let joined = portal
        .post(&format!("{post}/sua"), &writer.session, &text("Bản ghép.", 2))
        .await;
    assert_eq!(joined.status, StatusCode::SEE_OTHER);
    let old = portal.get(&format!("{post}?ban=2"), &writer.session).await;
    assert!(old.body.contains("Bản của người kia."), "versions are kept");
    // A step with a version that is not the newest is not taken.
    assert_eq!(
        step(&portal, &writer, &post, "trinh", 2).await.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
});

db::both_engines!(scheduled_posts_appear_on_their_day, |test| {
    let portal = open(test).await;
    let writer = portal.person(Role::Contributor, portal.commune).await;
    let approver = portal.person(Role::Approver, portal.commune).await;
    let post = begin(&portal, &writer, portal.commune, "Ngày mai", BODY).await;
    step(&portal, &writer, &post, "trinh", 1).await;
    step(&portal, &approver, &post, "duyet", 1).await;
    let wrong = form(&[
        ("phien_ban", "1"),
        ("tu", "2026-11-28T08:00"),
        ("den", "2026-11-28T07:00"),
    ]);
    let refused = portal
        .post(&format!("{post}/dang"), &approver.session, &wrong)
        .await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        refused.body.contains("value=\"2026-11-28T08:00\""),
        "nothing typed is lost"
    );
    let right = form(&[
        ("phien_ban", "1"),
        ("tu", "2026-11-28T08:00"),
        ("den", "2026-12-28T07:00"),
    ]);
    let done = portal
        .post(&format!("{post}/dang"), &approver.session, &right)
        .await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    assert!(!portal.get("/bai", "").await.body.contains("Ngày mai"));
    assert_eq!(
        portal.get("/bai/ngay-mai", "").await.status,
        StatusCode::NOT_FOUND
    );
    let at = |text: &str| text.parse::<jiff::Timestamp>().expect("a moment");
    let db = portal.db();
    let shown = |when: &str| store::shown_at(db, "ngay-mai", at(when));
    assert!(shown("2026-11-28T00:59:59Z").await.expect("read").is_none());
    assert!(shown("2026-11-28T01:00:00Z").await.expect("read").is_some());
    assert!(shown("2026-12-28T00:00:00Z").await.expect("read").is_none());
    let next = store::next_boundary(db, at("2026-11-27T00:00:00Z"))
        .await
        .expect("read");
    assert_eq!(next, Some(at("2026-11-28T01:00:00Z")));
});

db::both_engines!(a_draft_is_nowhere_but_on_the_desk_of_its_unit, |test| {
    const CANARY: &str = "chim-hoàng-yến-7391";
    let portal = open(test).await;
    let writer = portal.person(Role::Contributor, portal.commune).await;
    let approver = portal.person(Role::Approver, portal.commune).await;
    let body = format!("{BODY}\n\n{CANARY} nội dung");
    let title = format!("{CANARY} tiêu đề");
    let post = begin(&portal, &writer, portal.commune, &title, &body).await;
    let strangers = [
        portal.person(Role::UnitAdmin, portal.other_commune).await,
        portal.person(Role::Contributor, portal.other_commune).await,
        portal.person(Role::Approver, portal.other_commune).await,
    ];
    let slug = format!("/bai/{}", viet::slug(&title));
    let places = [
        "/bai",
        "/bai.atom",
        "/",
        "/bai?don-vi=xa-an-hoa",
        "/van-ban/91-2015-qh13",
        "/sitemap/chung.xml",
        &slug,
        DESK,
        &post,
    ];
    for turn in 0..2 {
        for place in places {
            assert!(!portal.get(place, "").await.body.contains(CANARY), "{place}");
            for stranger in &strangers {
                let seen = portal.get(place, &stranger.session).await;
                assert!(!seen.body.contains(CANARY), "{place}");
            }
        }
        for stranger in &strangers {
            for way in ["trinh", "tra-lai", "duyet", "dang", "go", "sua"] {
                let form = format!("{}&phien_ban=1&nhan_xet=x", draft(portal.other_commune, "x", "x"));
                let answer = portal
                    .post(&format!("{post}/{way}"), &stranger.session, &form)
                    .await;
                assert!(
                    matches!(answer.status, StatusCode::NOT_FOUND | StatusCode::FORBIDDEN),
                    "{way}: {}",
                    answer.status
                );
                assert!(!answer.body.contains(CANARY));
            }
            let foreign = draft(portal.commune, "Ở xã khác", "x");
            let refused = portal
                .post(&format!("{DESK}/moi"), &stranger.session, &foreign)
                .await;
            assert!(refused.status.is_client_error(), "{}", refused.status);
        }
        if turn == 0 {
            step(&portal, &writer, &post, "trinh", 1).await;
            step(&portal, &approver, &post, "duyet", 1).await;
        }
    }
    // A newer draft of a public post stays inside too.
    step(&portal, &approver, &post, "dang", 1).await;
    until(&portal, "/bai", CANARY, true).await;
    let newer = format!("{}&phien_ban=1", draft(portal.commune, "Mới", "kín-5520"));
    let saved = portal.post(&format!("{post}/sua"), &writer.session, &newer).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER);
    for place in ["/bai", "/bai.atom", slug.as_str()] {
        let seen = portal.get(place, "").await;
        assert!(
            seen.body.contains(CANARY) && !seen.body.contains("kín-5520"),
            "{place}"
        );
    }
});

db::both_engines!(a_new_version_of_a_public_post_waits_for_its_day, |test| {
    let portal = open(test).await;
    let writer = portal.person(Role::Contributor, portal.commune).await;
    let approver = portal.person(Role::Approver, portal.commune).await;
    let post = begin(&portal, &writer, portal.commune, "Lệ phí", "Mức cũ.").await;
    for (who, way) in [(&writer, "trinh"), (&approver, "duyet"), (&approver, "dang")] {
        step(&portal, who, &post, way, 1).await;
    }
    until(&portal, "/bai/le-phi", "Mức cũ.", true).await;
    let newer = format!("{}&phien_ban=1", draft(portal.commune, "Lệ phí", "Mức mới."));
    portal.post(&format!("{post}/sua"), &writer.session, &newer).await;
    step(&portal, &writer, &post, "trinh", 2).await;
    step(&portal, &approver, &post, "duyet", 2).await;
    let later = form(&[
        ("phien_ban", "2"),
        ("tu", "2026-11-28T08:00"),
        ("xem_lai", "2027-01-01"),
    ]);
    let done = portal
        .post(&format!("{post}/dang"), &approver.session, &later)
        .await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    assert_eq!(
        posts::later::appear(portal.site()).await.expect("read"),
        0,
        "not before its day"
    );
    assert!(portal.get("/bai/le-phi", "").await.body.contains("Mức cũ."));
    assert!(
        portal
            .get(&post, &writer.session)
            .await
            .body
            .contains("Bản 2 thay bản đang hiện lúc 08:00 28/11/2026")
    );
    let mut tx = portal.db().begin().await.expect("begin");
    db::sql("UPDATE posts_due SET shown_from = 1")
        .run(&mut tx)
        .await
        .expect("moved");
    tx.commit().await.expect("committed");
    assert_eq!(posts::later::appear(portal.site()).await.expect("shown"), 1);
    assert_eq!(posts::later::appear(portal.site()).await.expect("shown"), 0);
    until(&portal, "/bai/le-phi", "Mức mới.", true).await;
    // As one file to keep, which tells where the newest text is.
    let kept = portal.get("/bai/le-phi.html", "").await;
    let link = format!(
        "<a href=\"{0}/bai/le-phi\">{0}/bai/le-phi</a>",
        portal.site().base_url()
    );
    assert!(
        kept.body.contains("<p>Mức mới.</p>") && kept.body.contains(&link),
        "{}",
        kept.body
    );
    assert_eq!(
        portal.get("/bai/khong-co.html", "").await.status,
        StatusCode::NOT_FOUND
    );

    // On the day of review the desk says so, until somebody looked.
    let due = format!("{DESK}?trang-thai=xem-lai");
    assert!(!portal.get(&due, &approver.session).await.body.contains("Lệ phí"));
    let mut tx = portal.db().begin().await.expect("begin");
    db::sql("UPDATE posts_shown SET review_on = '2026-11-01'")
        .run(&mut tx)
        .await
        .expect("moved");
    tx.commit().await.expect("committed");
    assert!(portal.get(&due, &approver.session).await.body.contains("Lệ phí"));
    let wrong = portal
        .post(
            &format!("{post}/xem-lai"),
            &approver.session,
            "xem_lai=2020-01-01",
        )
        .await;
    assert!(wrong.body.contains("phải sau hôm nay"), "{}", wrong.body);
    let done = portal
        .post(
            &format!("{post}/xem-lai"),
            &approver.session,
            "xem_lai=2027-05-01",
        )
        .await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    assert!(!portal.get(&due, &approver.session).await.body.contains("Lệ phí"));
    assert_eq!(portal.verified().await, 0);
});

db::both_engines!(what_is_typed_is_kept_for_its_officer_until_it_is_saved, |test| {
    let portal = open(test).await;
    let writer = portal.person(Role::Contributor, portal.commune).await;
    let other = portal.person(Role::Approver, portal.commune).await;
    let post = begin(&portal, &writer, portal.commune, "Bài", "Bản một.").await;
    let typed = |body: &str| format!("{}&phien_ban=1", draft(portal.commune, "Bài", body));
    let keep = format!("{post}/tu-luu");
    let kept = portal.post(&keep, &writer.session, &typed("Đang viết dở.")).await;
    assert_eq!(kept.status, StatusCode::OK, "{}", kept.body);
    let edit = format!("{post}/sua");
    assert!(
        portal
            .get(&edit, &writer.session)
            .await
            .body
            .contains("Đang viết dở.")
    );
    assert!(
        !portal
            .get(&edit, &other.session)
            .await
            .body
            .contains("Đang viết dở."),
        "nobody else's"
    );
    // Somebody else saves in between: 409, and the copy is still there.
    portal.post(&edit, &other.session, &typed("Bản hai.")).await;
    let clash = portal.post(&edit, &writer.session, &typed("Đang viết dở.")).await;
    assert_eq!(clash.status, StatusCode::CONFLICT);
    let again = portal.get(&edit, &writer.session).await.body;
    assert!(
        again.contains("Đang viết dở.") && again.contains("Đã khôi phục"),
        "{again}"
    );
    let dropped = portal.post(&edit, &writer.session, "viec=bo-nhap").await;
    assert_eq!(dropped.status, StatusCode::SEE_OTHER);
    let fresh = portal.get(&edit, &writer.session).await.body;
    assert!(
        fresh.contains("Bản hai.") && !fresh.contains("Đang viết dở."),
        "{fresh}"
    );
});
