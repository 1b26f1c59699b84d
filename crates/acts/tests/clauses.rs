//! Acts that change the clause by which another act amends, on both engines, in any order of arrival.

use acts::store::{self, How, Sought};
use db::{Db, both_engines};
use jiff::civil::{Date, date};
use legal::amend::Reason;
use legal::consolidate::Change;
use legal::model::{ActText, Language};

mod amended;
mod served;

use amended::{article, base, decree, first, put};

/// A decree about Điều 1 of the one that amends the base from 01/5/2021.
fn about_the_clause(number: &str, issued: Date, in_force: Date) -> ActText {
    let of = "Nghị định số 20/2021/NĐ-CP ngày 01 tháng 3 năm 2021 của Chính phủ";
    let line = format!("Bãi bỏ Điều 1 {of}.");
    let provisions = vec![article("1", "Bãi bỏ", &[&line])];
    decree(number, "Về phí", issued, in_force, provisions)
}

/// Puts three acts in an order, deriving after each; the last one must make the base due.
async fn told(db: &Db, acts: [&ActText; 3], order: [usize; 3]) -> Vec<(String, How, Option<Reason>)> {
    let mut last = Vec::new();
    for place in order {
        put(db, acts[place], &format!("{place}{place}")).await;
        last = store::versions_catch_up(db, 100).await.expect("versions");
    }
    assert!(last.contains(&"10-2019-nd-cp".to_owned()), "{order:?} {last:?}");
    assert!(
        store::versions_catch_up(db, 100)
            .await
            .expect("versions")
            .is_empty()
    );
    let act = store::act_by_slug(db, "10-2019-nd-cp")
        .await
        .expect("act")
        .expect("the base");
    let changes = store::changes_of(db, act.id).await.expect("changes");
    for one in &changes {
        assert_eq!(one.provision, "art_2", "{one:?}");
    }
    changes
        .into_iter()
        .map(|one| (one.by.slug, one.how, one.reason))
        .collect()
}

const ORDERS: [[usize; 3]; 6] = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]];

/// What came of it, the same in every order; one of them in the database given.
async fn in_any_order(db: &Db, later: &ActText, wanted: &[(&str, How, Option<Reason>)]) {
    let (base, first) = (base(), first());
    for order in ORDERS {
        let clean = db::testing::sqlite().await;
        let db = if order == [0, 2, 1] { db } else { &clean.db };
        let told = told(db, [&base, &first, later], order).await;
        let told: Vec<_> = told.iter().map(|one| (one.0.as_str(), one.1, one.2)).collect();
        assert_eq!(told, wanted, "{order:?}");
    }
}

both_engines!(a_clause_repealed_before_it_holds_is_not_applied, |test| {
    let later = about_the_clause("25/2021/NĐ-CP", date(2021, 4, 1), date(2021, 5, 1));
    let wanted = [("20-2021-nd-cp", How::Refused, Some(Reason::ClauseRepealed))];
    in_any_order(&test.db, &later, &wanted).await;
});

both_engines!(a_clause_changed_after_it_holds_waits_for_an_officer, |test| {
    let db = &test.db;
    let later = about_the_clause("30/2022/NĐ-CP", date(2022, 3, 1), date(2022, 5, 1));
    let wanted = [
        ("20-2021-nd-cp", How::Changed(Change::Amended), None),
        ("30-2022-nd-cp", How::Refused, Some(Reason::AmendsClause)),
    ];
    in_any_order(db, &later, &wanted).await;
    let list = store::amendment_list(
        db,
        &Sought {
            act: Some("10-2019-nd-cp".into()),
            ..Sought::default()
        },
        10,
        0,
    )
    .await
    .expect("list");
    let [item] = list.as_slice() else {
        panic!("{list:?}");
    };
    assert_eq!(item.reason, Some(Reason::AmendsClause));
    // The officer's page finds it: a refusal about the base, not the order about the other act.
    let about = item.act.as_ref().map(|act| act.id);
    let mut tx = db.begin().await.expect("begin");
    let said = store::said(&mut tx, item.by.id, about, &item.seen)
        .await
        .expect("said");
    tx.rollback().await.expect("rollback");
    let said = said.expect("the sentence");
    assert_eq!(
        (said.reason(), said.provision()),
        (Some(Reason::AmendsClause), Some("art_2"))
    );
    let act = about.expect("the base");
    let text = store::act_text(db, act, Language::Vi, date(2023, 1, 1))
        .await
        .expect("text");
    assert!(format!("{text:?}").contains("200 đồng"), "what was applied stays");
    // A better copy of the later decree has no such sentence: nothing waits any more.
    let mut without = later.clone();
    without.provisions = vec![
        article("1", "Phí", &["Mức phí là 5 đồng."]),
        article("2", "Hiệu lực", &["Có hiệu lực ngay."]),
    ];
    put(db, &without, "99").await;
    store::versions_catch_up(db, 100).await.expect("versions");
    assert_eq!(store::amendments_waiting(db).await.expect("count"), 0);
});

#[tokio::test]
async fn readers_are_told_under_the_provision() {
    let served = served::empty("http://localhost").await;
    let later = about_the_clause("30/2022/NĐ-CP", date(2022, 3, 1), date(2022, 5, 1));
    let db = served.kernel.site().db();
    told(db, [&base(), &first(), &later], [0, 1, 2]).await;
    let page = served.get("/van-ban/10-2019-nd-cp/dieu-2").await.body;
    assert!(page.contains("Mức thu là 200 đồng."), "{page}");
    assert!(page.contains(Reason::AmendsClause.sentence()), "{page}");
    assert!(page.contains("href=\"/van-ban/30-2022-nd-cp/dieu-1\""), "{page}");
}
