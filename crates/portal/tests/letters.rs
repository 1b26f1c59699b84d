//! What waits for each officer, on his page and in one letter a day, on both engines.

#[path = "../../posts/tests/common/mod.rs"]
mod common;

use common::{Portal, begin, draft, form, open_with, step};
use policy::Role;

async fn letters(portal: &Portal) -> Vec<(String, String)> {
    let rows = db::sql("SELECT recipient, body FROM letters WHERE subject LIKE '%đang chờ bạn%' ORDER BY id");
    let rows = rows.all(portal.db()).await.expect("letters");
    let text = |row: &db::Row, name: &str| row.get::<String>(name).expect("text");
    rows.iter()
        .map(|row| (text(row, "recipient"), text(row, "body")))
        .collect()
}

/// The site of the same portal on another day, with a mail server.
fn site(portal: &Portal, hours: i64, sends: bool) -> web::Site {
    let now = jiff::Timestamp::from_second(common::NOW).expect("a moment")
        + jiff::SignedDuration::from_hours(hours);
    let folder = blob::BlobConfig::Folder(std::env::temp_dir().join("no-files"));
    let options = web::SiteOptions {
        clock: web::Clock::Fixed(now),
        sends_letters: sends,
        ..web::SiteOptions::default()
    };
    web::Site::new(
        portal.db().clone(),
        blob::Blobs::open(&folder).expect("files"),
        options,
    )
}

db::both_engines!(
    a_day_of_review_waits_for_the_owner_and_stands_in_the_letter,
    |test| {
        let portal = open_with(test, portal::routes()).await;
        let writer = portal.person(Role::Contributor, portal.commune).await;
        let approver = portal.person(Role::Approver, portal.commune).await;
        let post = begin(&portal, &writer, portal.commune, "Bài cần xem lại", "Đoạn.").await;
        step(&portal, &writer, &post, "trinh", 1).await;
        step(&portal, &approver, &post, "duyet", 1).await;
        let shown = form(&[("phien_ban", "1"), ("xem_lai", "2026-11-28")]);
        portal
            .post(&format!("{post}/dang"), &approver.session, &shown)
            .await;
        let before = portal::write_letters(&site(&portal, 24, true)).await;
        assert_eq!(before.expect("written"), 0, "the day has not come");
        let on_the_day = portal::write_letters(&site(&portal, 48, true)).await;
        assert_eq!(on_the_day.expect("written"), 2, "writer and approver of the unit");
        for (_, body) in letters(&portal).await {
            assert!(
                body.contains("Đến ngày xem lại") && body.contains("Bài cần xem lại"),
                "{body}"
            );
        }
        // A newer version that is being written keeps the public one in the queue.
        let newer = format!(
            "{}&phien_ban=1",
            draft(portal.commune, "Bài đang viết lại", "Đoạn mới.")
        );
        let saved = portal.post(&format!("{post}/sua"), &writer.session, &newer).await;
        assert_eq!(saved.status, http::StatusCode::SEE_OTHER, "{}", saved.body);
        let due = site(&portal, 48, true);
        let waiting = posts::store::waiting(due.db(), due.today()).await.expect("read");
        let titles: Vec<_> = waiting.iter().map(|one| (one.why, one.title.as_str())).collect();
        assert_eq!(titles, [(posts::model::Why::Review, "Bài cần xem lại")]);
        // Looked at, with another day: nothing waits.
        let next = portal
            .post(
                &format!("{post}/xem-lai"),
                &approver.session,
                "xem_lai=2027-05-01",
            )
            .await;
        assert_eq!(next.status, http::StatusCode::SEE_OTHER, "{}", next.body);
        let after = portal::write_letters(&site(&portal, 72, true)).await;
        assert_eq!(after.expect("written"), 0);
    }
);

db::both_engines!(one_letter_a_day_and_none_without_need, |test| {
    let portal = open_with(test, portal::routes()).await;
    let page = portal::WAITING;
    let writer = portal.person(Role::Contributor, portal.commune).await;
    let approver = portal.person(Role::Approver, portal.commune).await;
    let stranger = portal.person(Role::Approver, portal.other_commune).await;
    // Nothing waits: the day is done without a letter.
    assert_eq!(
        portal::write_letters(&site(&portal, 0, true))
            .await
            .expect("written"),
        0
    );
    let post = begin(&portal, &writer, portal.commune, "Bài chờ duyệt", "Đoạn.").await;
    step(&portal, &writer, &post, "trinh", 1).await;
    for (who, there) in [(&writer, false), (&approver, true), (&stranger, false)] {
        assert_eq!(
            portal
                .get(page, &who.session)
                .await
                .body
                .contains("Bài chờ duyệt</a>"),
            there
        );
    }
    assert_eq!(
        portal::write_letters(&site(&portal, 1, true))
            .await
            .expect("written"),
        0
    );
    // Without a mail server, or before the morning, nothing is written.
    assert_eq!(
        portal::write_letters(&site(&portal, 24, false))
            .await
            .expect("written"),
        0
    );
    let night = site(&portal, 24 + 5, true);
    let early = jiff::tz::TimeZone::fixed(jiff::tz::Offset::constant(7))
        .to_datetime(night.now())
        .hour()
        < 6;
    if early {
        assert_eq!(portal::write_letters(&night).await.expect("written"), 0);
    }
    assert_eq!(
        portal::write_letters(&site(&portal, 24, true))
            .await
            .expect("written"),
        1
    );
    assert_eq!(
        portal::write_letters(&site(&portal, 25, true))
            .await
            .expect("written"),
        0
    );
    let sent = letters(&portal).await;
    assert_eq!(sent.len(), 1);
    assert!(
        sent[0].0 == approver.email && sent[0].1.contains("Bài chờ duyệt\n  http"),
        "{sent:?}"
    );

    // Returned: it waits for the writer. Who wants no letters gets none.
    let remark = form(&[("phien_ban", "1"), ("nhan_xet", "Xin sửa.")]);
    portal
        .post(&format!("{post}/tra-lai"), &approver.session, &remark)
        .await;
    assert!(
        portal
            .get(page, &writer.session)
            .await
            .body
            .contains("Bị trả lại, chờ bạn sửa")
    );
    assert!(
        !portal
            .get(page, &approver.session)
            .await
            .body
            .contains("Bài chờ duyệt</a>")
    );
    portal.post(page, &writer.session, "nhan=khong").await;
    assert_eq!(
        portal::write_letters(&site(&portal, 48, true))
            .await
            .expect("written"),
        0
    );
    portal.post(page, &writer.session, "nhan=co").await;
    assert_eq!(
        portal::write_letters(&site(&portal, 72, true))
            .await
            .expect("written"),
        1
    );
    assert_eq!(letters(&portal).await[1].0, writer.email);
    assert_eq!(portal.verified().await, 0);
});
