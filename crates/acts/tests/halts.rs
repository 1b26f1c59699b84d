//! Law suspended, put off and made longer: what an act is worth on any day, in lists and on pages.

mod amended;
mod served;

use acts::model::ListQuery;
use acts::store::{self, About, How};
use amended::{OF_BASE, article, base, decree, derived, put, read};
use db::{Db, both_engines};
use jiff::civil::{Date, date};
use legal::amend::Reason;
use legal::consolidate::Change;
use legal::model::{ActText, Claim, Provision, ProvisionKind};
use legal::validity::Status;

/// A decree of 2024 in force from `day` with these sentences about the base.
fn saying(number: &str, day: Date, sentences: &[&str]) -> ActText {
    let sentences: Vec<String> = sentences.iter().map(|one| one.replace("{}", OF_BASE)).collect();
    let lines: Vec<&str> = sentences.iter().map(String::as_str).collect();
    let provisions = vec![
        article("1", "Ngưng, lùi, kéo dài hiệu lực", &lines),
        article("2", "Trách nhiệm", &["Bộ Tài chính thi hành Nghị định này."]),
    ];
    decree(
        number,
        "Về hiệu lực của văn bản",
        date(2020, 6, 1),
        day,
        provisions,
    )
}

/// How many acts a list shows that have a state on a day.
async fn listed(db: &Db, status: Status, on: Date) -> u64 {
    let query = ListQuery {
        status: Some(status),
        ..ListQuery::on(on)
    };
    store::act_list(db, &query).await.expect("list").total
}

both_engines!(an_act_is_suspended_from_a_day_until_another, |test| {
    let db = &test.db;
    let (act, _) = put(db, &base(), "aa").await;
    let from = date(2024, 7, 1);
    let sentence = "Ngưng hiệu lực thi hành {} đến hết ngày 31 tháng 12 năm 2024.";
    put(db, &saying("30/2024/NĐ-CP", from, &[sentence]), "bb").await;
    derived(db).await;
    let known = read(db, act).await;
    for (day, wanted) in [
        (date(2024, 6, 30), Status::InForce),
        (from, Status::Suspended),
        (date(2024, 12, 31), Status::Suspended),
        (date(2025, 1, 1), Status::InForce),
    ] {
        assert_eq!(known.status_on(day), wanted, "{day}");
        assert_eq!(known.dated_status_on(day), wanted, "{day}");
        let count = listed(db, Status::Suspended, day).await;
        assert_eq!(count, u64::from(wanted == Status::Suspended), "{day}");
    }
    // Deriving again what is the same writes nothing.
    let changes = store::changes_of(db, act).await.expect("changes");
    let how: Vec<How> = changes.iter().map(|row| row.how).collect();
    assert_eq!(
        how,
        [How::Changed(Change::Suspended), How::Changed(Change::Resumed)]
    );
});

both_engines!(provisions_are_suspended_without_an_end, |test| {
    let db = &test.db;
    let (act, _) = put(db, &base(), "aa").await;
    let sentence =
        "Tạm ngưng hiệu lực thi hành Điều 2 của {} từ ngày 01/8/2024 cho đến khi có quy định khác.";
    put(db, &saying("30/2024/NĐ-CP", date(2024, 7, 1), &[sentence]), "bb").await;
    derived(db).await;
    let known = read(db, act).await;
    assert_eq!(known.status_on(date(2024, 7, 31)), Status::InForce);
    assert_eq!(known.status_on(date(2034, 8, 1)), Status::PartlySuspended);
    assert_eq!(listed(db, Status::PartlySuspended, date(2034, 8, 1)).await, 1);
    assert_eq!(listed(db, Status::InForce, date(2024, 7, 31)).await, 2);
});

both_engines!(a_source_that_calls_it_in_force_is_shown_beside_ours, |test| {
    let db = &test.db;
    let mut text = base();
    text.metadata.claims = vec![Claim {
        field: "status".into(),
        value: "Còn hiệu lực".into(),
        source: "nguồn".into(),
        seen: None,
    }];
    put(db, &text, "aa").await;
    let sentence = "Ngưng hiệu lực thi hành {} đến hết ngày 31 tháng 12 năm 2024.";
    put(db, &saying("30/2024/NĐ-CP", date(2024, 7, 1), &[sentence]), "bb").await;
    derived(db).await;
    let about = |day| async move {
        let found = store::status_disputes(db, day, None, 10)
            .await
            .expect("disputes")
            .found;
        found.into_iter().map(|one| one.about).collect::<Vec<_>>()
    };
    let wanted = [About::Status(Status::InForce, Status::Suspended)];
    assert_eq!(about(date(2024, 8, 1)).await, wanted);
    assert_eq!(about(date(2025, 8, 1)).await, []);
});

both_engines!(an_act_put_off_begins_later_and_so_does_what_it_amends, |test| {
    let db = &test.db;
    let (act, _) = put(db, &base(), "aa").await;
    let planned = date(2024, 7, 1);
    let (amending, _) = put(
        db,
        &saying("30/2024/NĐ-CP", planned, &["Bãi bỏ Điều 2 của {}."]),
        "bb",
    )
    .await;
    let own = "Nghị định số 30/2024/NĐ-CP ngày 01 tháng 6 năm 2020 của Chính phủ";
    let later = format!("Lùi thời điểm có hiệu lực thi hành của {own} đến ngày 01 tháng 01 năm 2025.");
    put(db, &saying("31/2024/NĐ-CP", date(2024, 6, 1), &[&later]), "cc").await;
    derived(db).await;
    let moved = read(db, amending).await;
    let begins = date(2025, 1, 1);
    assert_eq!((moved.in_force, moved.planned), (Some(begins), Some(planned)));
    assert_eq!(moved.status_on(date(2024, 12, 31)), Status::NotYet);
    assert_eq!(listed(db, Status::NotYet, date(2024, 12, 31)).await, 1);
    assert_eq!(moved.status_on(begins), Status::InForce);
    let versions = store::versions(db, act).await.expect("versions");
    let days: Vec<Date> = versions.iter().map(|one| one.valid_from).collect();
    assert_eq!(days, [begins]);
    // The act comes again: its own day stays what its text says.
    put(
        db,
        &saying("30/2024/NĐ-CP", planned, &["Bãi bỏ Điều 2 của {}."]),
        "bd",
    )
    .await;
    derived(db).await;
    let again = read(db, amending).await;
    assert_eq!((again.in_force, again.planned), (Some(begins), Some(planned)));
});

/// An amending act with an article on its commencement.
fn amending_from(day: Date, commencement: &str) -> ActText {
    let repeal = format!("Bãi bỏ Điều 2 của {OF_BASE}.");
    let provisions = vec![
        article("1", "Bãi bỏ", &[&repeal]),
        article("2", "Hiệu lực thi hành", &[commencement]),
    ];
    decree(
        "30/2024/NĐ-CP",
        "Bãi bỏ một số quy định về mức thu",
        date(2024, 1, 1),
        day,
        provisions,
    )
}

/// A third act that exchanges words of that article.
fn moving(old: &str, new: &str, day: Date) -> ActText {
    let sentence = format!(
        "Thay thế cụm từ “{old}” bằng cụm từ “{new}” tại Điều 2 của Nghị định số 30/2024/NĐ-CP ngày 01 tháng 01 năm 2024 của Chính phủ."
    );
    let provisions = vec![article("1", "Thay thế cụm từ", &[&sentence])];
    decree(
        "31/2024/NĐ-CP",
        "Về ngày có hiệu lực",
        date(2024, 2, 1),
        day,
        provisions,
    )
}

both_engines!(a_commencement_article_that_is_amended_moves_the_day, |test| {
    let db = &test.db;
    let (act, _) = put(db, &base(), "aa").await;
    let planned = date(2024, 7, 1);
    let text = "Nghị định này có hiệu lực thi hành từ ngày 01 tháng 7 năm 2024.";
    let (amending, _) = put(db, &amending_from(planned, text), "bb").await;
    derived(db).await;
    let days = || async {
        let versions = store::versions(db, act).await.expect("versions");
        versions.iter().map(|one| one.valid_from).collect::<Vec<_>>()
    };
    assert_eq!(days().await, [planned]);
    let (old, new) = ("ngày 01 tháng 7 năm 2024", "ngày 01 tháng 01 năm 2025");
    put(db, &moving(old, new, date(2024, 3, 1)), "cc").await;
    derived(db).await;
    let begins = date(2025, 1, 1);
    assert_eq!(days().await, [begins]);
    let moved = read(db, amending).await;
    assert_eq!((moved.in_force, moved.planned), (Some(begins), Some(planned)));
});

both_engines!(
    a_commencement_that_is_no_certain_day_is_told_of_the_amended_act,
    |test| {
        let db = &test.db;
        let (act, _) = put(db, &base(), "aa").await;
        let text = "Nghị định này có hiệu lực thi hành từ ngày 01 tháng 7 năm 2024.";
        put(db, &amending_from(date(2024, 7, 1), text), "bb").await;
        let new = "ngày Luật Phí có hiệu lực";
        put(
            db,
            &moving("ngày 01 tháng 7 năm 2024", new, date(2024, 3, 1)),
            "cc",
        )
        .await;
        derived(db).await;
        let changes = store::changes_of(db, act).await.expect("changes");
        let told = |row: &&store::ChangeRow| row.reason == Some(Reason::DayMoved) && row.provision.is_empty();
        assert_eq!(changes.iter().filter(told).count(), 1, "{changes:?}");
    }
);

both_engines!(what_holds_already_is_not_put_off, |test| {
    let db = &test.db;
    let (act, _) = put(db, &base(), "aa").await;
    let sentence = "Lùi hiệu lực thi hành của {} đến ngày 01 tháng 01 năm 2025.";
    put(db, &saying("31/2024/NĐ-CP", date(2024, 6, 1), &[sentence]), "cc").await;
    derived(db).await;
    let known = read(db, act).await;
    assert_eq!(
        (known.planned, known.status_on(date(2024, 7, 1))),
        (None, Status::InForce)
    );
    let changes = store::changes_of(db, act).await.expect("changes");
    let refused = |row: &store::ChangeRow| row.how == How::Refused && row.reason == Some(Reason::Postponed);
    assert!(changes.len() == 1 && changes.iter().all(refused), "{changes:?}");
});

both_engines!(a_time_made_longer_ends_later_than_a_source_says, |test| {
    let db = &test.db;
    let mut text = base();
    text.metadata.claims = vec![Claim {
        field: "expires".into(),
        value: "2024-01-01".into(),
        source: "nguồn".into(),
        seen: None,
    }];
    let (act, _) = put(db, &text, "aa").await;
    let sentence = "Kéo dài thời hạn áp dụng {} đến hết ngày 31 tháng 12 năm 2026.";
    put(db, &saying("31/2024/NĐ-CP", date(2023, 6, 1), &[sentence]), "cc").await;
    derived(db).await;
    let known = read(db, act).await;
    assert_eq!(known.ends, Some(date(2027, 1, 1)));
    assert_eq!(known.status_on(date(2026, 12, 31)), Status::InForce);
    let disputes = store::status_disputes(db, date(2025, 1, 1), None, 10)
        .await
        .expect("disputes");
    assert_eq!(disputes.found.len(), 1, "both are kept and shown");
});

#[tokio::test]
async fn pages_say_it_on_every_day() {
    let served = served::empty("http://localhost").await;
    let db = served.kernel.site().db();
    let mut text = base();
    let clause = Provision {
        id: "art_2__clause_1".into(),
        kind: ProvisionKind::Clause,
        parent: Some("art_2".into()),
        heading: None,
        ..article("1", "", &["Mức thu áp dụng cho mọi người."])
    };
    text.provisions.insert(2, clause);
    put(db, &text, "aa").await;
    let sentences = [
        "Ngưng hiệu lực thi hành {} từ ngày 01/7/2024 đến hết ngày 31 tháng 12 năm 2024.",
        "Ngưng hiệu lực thi hành Điều 2 của {} từ ngày 01/02/2025 cho đến khi có quy định khác.",
    ];
    put(db, &saying("30/2024/NĐ-CP", date(2024, 7, 1), &sentences), "bb").await;
    derived(db).await;
    let page = |tail: &'static str| {
        let address = format!("/van-ban/10-2019-nd-cp{tail}");
        let served = &served;
        async move { served.get(&address).await.body }
    };
    let act = page("").await;
    assert!(act.contains("Ngưng hiệu lực một phần"), "{act}");
    assert!(act.contains("Ngưng hiệu lực từ ngày 01/07/2024 theo"), "{act}");
    assert!(
        act.contains("Có hiệu lực trở lại từ ngày 01/01/2025 theo"),
        "{act}"
    );
    assert!(
        act.contains("Đang ngưng hiệu lực từ ngày 01/02/2025, chưa xác định"),
        "{act}"
    );
    // Said at the article alone, and on the page of the clause at the clause.
    let halted = "Đang ngưng hiệu lực từ ngày 01/02/2025";
    assert_eq!(act.matches(halted).count(), 1, "{act}");
    let clause = page("/dieu-2/khoan-1").await;
    assert_eq!(clause.matches(halted).count(), 1, "{clause}");
    let then = page("?ngay=2024-08-01").await;
    assert!(
        then.contains("Tình trạng của văn bản vào ngày này: Ngưng hiệu lực."),
        "{then}"
    );
    assert!(!then.contains("Đang ngưng hiệu lực từ ngày 01/02/2025"), "{then}");
    let xml = page(".xml").await;
    assert!(
        xml.contains("type=\"inapplication\"") && xml.contains("date=\"2025-01-01\""),
        "{xml}"
    );
    let list = served.get("/van-ban?hieu-luc=ngung-mot-phan").await.body;
    assert!(list.contains("10/2019/NĐ-CP"), "{list}");
    let api = served
        .get("/api/v1/acts?on=2024-08-01&status=ngung-hieu-luc")
        .await
        .body;
    assert!(
        api.contains("10/2019/NĐ-CP") && api.contains("ngung-hieu-luc"),
        "{api}"
    );
}
