//! Acts that end: by other acts, in part, with what they detail, and against what sources say.

mod amended;
mod served;

use acts::store::{self, About, How};
use amended::{OF_BASE, article, base, decree, derived, put, read};
use db::both_engines;
use jiff::civil::{Date, date};
use legal::amend::Reason;
use legal::consolidate::Change;
use legal::model::{ActKind, ActText, Claim};
use legal::validity::Status;

const END: Date = date(2024, 7, 1);

/// A decree in force from `day` whose last article says this of the base.
fn ending(day: Date, sentence: &str) -> ActText {
    let provisions = vec![
        article("1", "Phạm vi", &["Nghị định này quy định về mức thu."]),
        article("2", "Hiệu lực thi hành", &[sentence]),
    ];
    decree(
        "30/2024/NĐ-CP",
        "Quy định về mức thu",
        date(2024, 1, 1),
        day,
        provisions,
    )
}

fn lapses() -> String {
    format!("{OF_BASE} về mức thu hết hiệu lực kể từ ngày Nghị định này có hiệu lực thi hành.")
}

fn said(value: &str, seen: Option<Date>) -> ActText {
    let mut text = base();
    text.metadata.claims = vec![Claim {
        field: "status".into(),
        value: value.into(),
        source: "nguồn".into(),
        seen,
    }];
    text
}

both_engines!(an_act_ends_by_the_clause_of_another, |test| {
    let db = &test.db;
    let (act, _) = put(db, &base(), "aa").await;
    put(db, &ending(END, &lapses()), "bb").await;
    derived(db).await;
    let known = read(db, act).await;
    assert_eq!((known.ended, known.ends), (Some(END), Some(END)));
    assert_eq!(known.status_on(date(2024, 6, 30)), Status::InForce);
    assert_eq!(known.status_on(END), Status::Expired);
    assert!(
        store::versions(db, act).await.expect("versions").is_empty(),
        "its words stay"
    );
    let changes = store::changes_of(db, act).await.expect("changes");
    let [row] = changes.as_slice() else {
        panic!("{changes:?}")
    };
    assert_eq!(
        (row.how, row.valid_from),
        (How::Changed(Change::Lapsed), Some(END))
    );
    assert_eq!((row.place.as_str(), row.provision.as_str()), ("art_2", ""));
});

both_engines!(exceptions_end_an_act_in_part_or_wait, |test| {
    let db = &test.db;
    let (act, _) = put(db, &base(), "aa").await;
    let kept = lapses().replace("thi hành.", "thi hành, trừ Điều 2.");
    put(db, &ending(END, &kept), "bb").await;
    derived(db).await;
    let known = read(db, act).await;
    assert_eq!((known.ended, known.partly), (None, Some(END)));
    assert_eq!(known.status_on(END), Status::PartlyExpired);
    let changes = store::changes_of(db, act).await.expect("changes");
    let lapsed: Vec<&str> = changes.iter().map(|row| row.provision.as_str()).collect();
    assert_eq!(lapsed, ["art_1", "art_3"]);
});

both_engines!(
    an_unclear_exception_is_refused_and_leaves_the_act_in_part,
    |test| {
        let db = &test.db;
        let (act, _) = put(db, &base(), "aa").await;
        let told = lapses().replace("thi hành.", "thi hành, trừ trường hợp đã nộp hồ sơ.");
        put(db, &ending(END, &told), "bb").await;
        derived(db).await;
        let known = read(db, act).await;
        assert_eq!((known.ended, known.partly), (None, Some(END)));
        let changes = store::changes_of(db, act).await.expect("changes");
        let refused =
            |row: &store::ChangeRow| row.how == How::Refused && row.reason == Some(Reason::Exception);
        assert!(changes.iter().all(refused), "{changes:?}");
    }
);

both_engines!(what_a_source_says_stands_beside_what_acts_say, |test| {
    let db = &test.db;
    let (act, _) = put(db, &said("Còn hiệu lực", None), "aa").await;
    put(db, &ending(END, &lapses()), "bb").await;
    derived(db).await;
    let known = read(db, act).await;
    assert_eq!((known.ended, known.ends), (Some(END), None));
    assert_eq!(
        known.status_on(date(2025, 1, 1)),
        Status::InForce,
        "the source's word"
    );
    let disputes = store::status_disputes(db, date(2025, 1, 1), None, 10)
        .await
        .expect("disputes");
    let about: Vec<&About> = disputes.found.iter().map(|one| &one.about).collect();
    assert_eq!(about, [&About::Status(Status::InForce, Status::Expired)]);
    // Said before the end, it says nothing of it.
    put(db, &said("Còn hiệu lực", Some(date(2024, 1, 1))), "ab").await;
    put(db, &said("Còn hiệu lực", Some(date(2024, 1, 1))), "aa").await;
    derived(db).await;
    let later = store::status_disputes(db, date(2025, 1, 1), None, 10)
        .await
        .expect("disputes");
    assert!(later.found.len() <= 1, "{later:?}");
});

both_engines!(
    what_is_cited_after_an_act_has_ended_is_not_touched_by_its_end,
    |test| {
        let db = &test.db;
        put(db, &base(), "aa").await;
        put(db, &ending(END, &lapses()), "bb").await;
        derived(db).await;
        let lines = [format!("Theo Điều 2 {OF_BASE}"), OF_BASE.to_owned()];
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        for (written, wanted) in [(date(2024, 6, 30), 2), (END, 0), (date(2025, 1, 1), 0)] {
            let mut tx = db.begin().await.expect("begin");
            let cited = store::cited_law(&mut tx, &lines, written).await.expect("cited");
            tx.rollback().await.expect("nothing written");
            let pins: Vec<store::Pin<'_>> = cited.iter().map(store::Pin::from).collect();
            assert_eq!(pins.len(), 2, "{cited:?}");
            let touched = store::touched(db, &pins, date(2026, 1, 1))
                .await
                .expect("touched");
            assert_eq!(touched.len(), wanted, "{written}: {touched:?}");
        }
    }
);

/// A circular that details the base.
fn circular() -> ActText {
    let title = format!("Quy định chi tiết một số điều của {OF_BASE} về mức thu");
    let mut text = decree(
        "05/2020/TT-BTC",
        &title,
        date(2020, 2, 1),
        date(2020, 3, 1),
        vec![article("1", "Phạm vi", &["Thông tư này quy định chi tiết."])],
    );
    text.metadata.kind = Some(ActKind::ThongTu);
    text.metadata.issuers = vec!["Bộ Tài chính".into()];
    text
}

both_engines!(what_details_an_act_ended_with_it_until_2025_04_01, |test| {
    let db = &test.db;
    put(db, &base(), "aa").await;
    let (detail, _) = put(db, &circular(), "dd").await;
    put(db, &ending(END, &lapses()), "bb").await;
    derived(db).await;
    assert_eq!(read(db, detail).await.ended, Some(END));
    let changes = store::changes_of(db, detail).await.expect("changes");
    assert_eq!(
        changes.first().and_then(|row| row.reason),
        Some(Reason::WithParent)
    );
});

both_engines!(what_details_an_act_outlives_it_since_2025_04_01, |test| {
    let db = &test.db;
    let (detail, _) = put(db, &circular(), "dd").await;
    put(db, &ending(date(2025, 4, 1), &lapses()), "bb").await;
    let (parent, _) = put(db, &base(), "aa").await;
    derived(db).await;
    assert_eq!(read(db, parent).await.ended, Some(date(2025, 4, 1)));
    assert_eq!(read(db, detail).await.ended, None);
});

#[tokio::test]
async fn the_reader_says_what_ended_an_act() {
    let served = served::empty("http://localhost").await;
    let db = served.kernel.site().db();
    put(db, &said("Còn hiệu lực", None), "aa").await;
    put(db, &circular(), "dd").await;
    put(db, &ending(END, &lapses()), "bb").await;
    derived(db).await;
    let page = served.get("/van-ban/10-2019-nd-cp").await.body;
    assert!(page.contains("Hết hiệu lực từ ngày 01/07/2024 theo"), "{page}");
    assert!(page.contains("href=\"/van-ban/30-2024-nd-cp/dieu-2\""), "{page}");
    assert!(
        page.contains("Nguồn cung cấp văn bản ghi “Còn hiệu lực”"),
        "{page}"
    );
    let detail = served.get("/van-ban/05-2020-tt-btc").await.body;
    assert!(
        detail.contains("Theo quy tắc áp dụng trước ngày 01/4/2025"),
        "{detail}"
    );
}
