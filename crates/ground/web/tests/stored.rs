//! Pages kept in the database: written with the change, read once, never out of date.

mod common;

use std::sync::atomic::Ordering;

use common::{Fixture, bytes, change, fixture, get, header, with};
use db::changes;
use http::StatusCode;
use web::stored::{self, Packed};
use web::{Lang, Page};

async fn write(site: &Fixture, build: &str, words: &str) -> Packed {
    let page = Page::bytes("text/html; charset=utf-8", words.repeat(50)).dep("act:a");
    let packed = Packed::of("/van-ban/a", Lang::Vi, &page).expect("one owner");
    let before = site.kernel.cache().versions().seq();
    let mut tx = site.db.begin().await.expect("a transaction");
    changes::append(&mut tx, "act", "a").await.expect("appended");
    stored::put(&mut tx, build, &packed, None).await.expect("kept");
    tx.commit().await.expect("committed");
    while site.kernel.cache().versions().seq() == before {
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    }
    packed
}

fn counts(site: &Fixture) -> (u64, u64) {
    let stats = site.kernel.stats();
    (
        stats.stored.load(Ordering::SeqCst),
        stats.made.load(Ordering::SeqCst),
    )
}

#[tokio::test]
async fn the_first_request_after_a_change_is_one_read() {
    let site = fixture().await;
    site.kernel.answer(get("/van-ban/a"), None).await;
    let build = site.kernel.site().build().to_owned();
    let packed = write(&site, &build, "mới ").await;
    let response = site.kernel.answer(get("/van-ban/a"), None).await;
    assert_eq!(counts(&site), (1, 1));
    assert_eq!(header(response.headers(), "content-encoding"), "br");
    assert!(header(response.headers(), "content-security-policy").contains("'none'"));
    assert_eq!(bytes(response).await.len(), packed.sizes()[0]);
    let gzip = site
        .kernel
        .answer(with("/van-ban/a", &[("accept-encoding", "gzip")]), None)
        .await;
    assert_eq!(bytes(gzip).await.len(), packed.sizes()[1]);
    site.kernel.answer(get("/van-ban/a"), None).await;
    assert_eq!(
        counts(&site),
        (2, 1),
        "the second request is answered from memory"
    );
    // Readers with another look, or without compression, get a page made for them.
    site.kernel.answer(with("/van-ban/a", &[]), None).await;
    site.kernel.answer(get("/en/van-ban/a"), None).await;
    assert_eq!(counts(&site), (2, 3));
}

#[tokio::test]
async fn a_kept_page_ends_with_a_later_change_another_build_or_its_owner() {
    let site = fixture().await;
    let build = site.kernel.site().build().to_owned();
    write(&site, "another build", "cũ ").await;
    site.kernel.answer(get("/van-ban/a"), None).await;
    assert_eq!(counts(&site), (0, 1), "another build made it");
    let old = stored::stale(&site.db, &build, 0, 10).await.expect("a list");
    assert_eq!(old.len(), 1);
    assert_eq!((old[0].path.as_str(), old[0].lang), ("/van-ban/a", Lang::Vi));
    write(&site, &build, "mới ").await;
    assert!(
        stored::stale(&site.db, &build, 0, 10)
            .await
            .expect("a list")
            .is_empty()
    );
    change(&site, "act", "a").await;
    site.kernel.answer(get("/van-ban/a"), None).await;
    assert_eq!(counts(&site), (0, 2), "the act changed without a new page");
    write(&site, &build, "mới nữa ").await;
    let mut tx = site.db.begin().await.expect("a transaction");
    assert_eq!(stored::drop_owner(&mut tx, "act", "a").await.expect("dropped"), 2);
    tx.commit().await.expect("committed");
    site.kernel.answer(get("/van-ban/a"), None).await;
    assert_eq!(counts(&site), (0, 3));
}

#[tokio::test]
async fn pages_of_an_older_build_are_made_anew() {
    let site = fixture().await;
    write(&site, "another build", "cũ ").await;
    let done = web::refresh_stored(&site.kernel, std::time::Duration::ZERO)
        .await
        .expect("refreshed");
    assert_eq!(done, 1);
    let response = site.kernel.answer(get("/van-ban/a"), None).await;
    assert_eq!(response.status(), StatusCode::OK);
    assert_eq!(counts(&site), (1, 0), "read, not made");
}

#[tokio::test]
async fn pages_of_yesterday_are_made_anew() {
    let site = fixture().await;
    let (now, build) = (site.kernel.site().now(), site.kernel.site().build().to_owned());
    let page = Page::bytes("text/html; charset=utf-8", "hôm qua")
        .dep("act:a")
        .fresh_until(now);
    let packed = Packed::of("/van-ban/a", Lang::Vi, &page).expect("one owner");
    let mut tx = site.db.begin().await.expect("a transaction");
    stored::put(&mut tx, &build, &packed, None).await.expect("kept");
    tx.commit().await.expect("committed");
    let refreshed = web::refresh_stored(&site.kernel, std::time::Duration::ZERO).await;
    assert_eq!(refreshed.expect("refreshed"), 1);
    let response = site.kernel.answer(get("/van-ban/a"), None).await;
    assert_ne!(bytes(response).await.len(), packed.sizes()[0]);
    assert_eq!(counts(&site), (1, 0), "today's page is kept");
}

#[tokio::test]
async fn only_pages_with_one_owner_are_kept() {
    let page = |deps: &[&str]| {
        let page = Page::bytes("text/html", "x");
        let page = deps.iter().fold(page, |page, dep| page.dep(*dep));
        Packed::of("/", Lang::Vi, &page).is_some()
    };
    assert!(page(&["act:a", "links:a", "about:a"]));
    assert!(!page(&["act:a", "acts"]));
    assert!(!page(&["act:a", "links:b"]));
}

#[tokio::test]
async fn a_kept_page_ends_with_what_is_written_about_its_owner() {
    for kind in ["links", "about"] {
        let site = fixture().await;
        let build = site.kernel.site().build().to_owned();
        write(&site, &build, "mới ").await;
        change(&site, kind, "a").await;
        let old = stored::stale(&site.db, &build, 0, 10).await.expect("a list");
        assert_eq!(old.len(), 1, "{kind}");
        site.kernel.answer(get("/van-ban/a"), None).await;
        assert_eq!(counts(&site), (0, 1), "{kind}");
    }
}
