//! The page of results, through the kernel as a browser meets it.
#![allow(clippy::unwrap_used, missing_docs)]

mod common;

use axum::body::Body;
use axum::http::{Request, StatusCode};
use blob::{BlobConfig, Blobs};
use common::Shelf;
use http_body_util::BodyExt;
use jiff::civil::date;
use legal::model::ActKind;
use search::Index;
use std::sync::Arc;
use web::{Clock, Kernel, KernelOptions, Site, SiteOptions};

async fn kernel(shelf: &Shelf) -> Arc<Kernel> {
    kernel_of(shelf, &shelf.index().await).await
}

async fn kernel_of(shelf: &Shelf, index: &Index) -> Arc<Kernel> {
    let blobs = Blobs::open(&BlobConfig::Folder(shelf.folder.path().join("files"))).unwrap();
    let clock = Clock::Fixed("2026-11-23T05:00:00Z".parse().unwrap());
    let site = Site::new(
        shelf.db.clone(),
        blobs,
        SiteOptions {
            clock,
            ..SiteOptions::default()
        },
    );
    let routes = search::site::routes(index);
    Kernel::start(site, routes, KernelOptions::default())
        .await
        .unwrap()
}

async fn get(kernel: &Kernel, address: &str) -> (StatusCode, String) {
    let request = Request::get(address).body(Body::empty()).unwrap();
    let response = kernel.answer(request, None).await;
    let status = response.status();
    let body = response.into_body().collect().await.unwrap().to_bytes();
    (status, String::from_utf8(body.to_vec()).unwrap())
}

#[tokio::test]
async fn results_are_counted_marked_and_carry_their_validity() {
    let shelf = Shelf::filled().await;
    let kernel = kernel(&shelf).await;
    let (status, page) = get(&kernel, "/tim?q=luat+dat+dai").await;
    assert_eq!(status, StatusCode::OK);
    assert!(
        page.contains(r#"role="status""#) && page.contains("2 văn bản"),
        "{page}"
    );
    assert!(page.contains("<mark>Luật Đất đai</mark>"));
    let (holds, expired) = (
        page.find("Còn hiệu lực").unwrap(),
        page.find("Hết hiệu lực").unwrap(),
    );
    assert!(holds < expired);
    assert!(page.contains(r#"href="/van-ban/31-2024-qh15""#));
    let (_, english) = get(&kernel, "/en/tim?q=luat+dat+dai").await;
    assert!(english.contains(r#"href="/en/van-ban/31-2024-qh15""#));
}

#[tokio::test]
async fn nothing_found_is_no_dead_end() {
    let shelf = Shelf::filled().await;
    let kernel = kernel(&shelf).await;
    let (status, page) = get(&kernel, "/tim?q=zzzz").await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("không có kết quả") && page.contains(r#"href="/van-ban""#));
    let (_, start) = get(&kernel, "/tim").await;
    assert!(start.contains("Ví dụ"));
}

#[tokio::test]
async fn a_search_has_a_feed_latest_first() {
    let shelf = Shelf::filled().await;
    let kernel = kernel(&shelf).await;
    let (_, page) = get(&kernel, "/tim?q=luat+dat+dai&xep=cu").await;
    let linked = r#"<link rel="alternate" type="application/atom+xml" title="Nguồn tin của lượt tìm này" href="/tim.atom?q=luat%20dat%20dai">"#;
    assert!(page.contains(linked), "{page}");
    let (status, feed) = get(&kernel, "/tim.atom?q=luat+dat+dai").await;
    assert_eq!(status, StatusCode::OK);
    let (new, old) = (
        feed.find("/van-ban/31-2024-qh15</id>").unwrap(),
        feed.find("/van-ban/45-2013-qh13</id>").unwrap(),
    );
    assert!(new < old, "{feed}");
    assert!(
        feed.contains("<published>2024-01-17T17:00:00Z</published>"),
        "{feed}"
    );
    let (_, narrowed) = get(&kernel, "/tim.atom?q=luat+dat+dai&nam=2013").await;
    assert!(!narrowed.contains("31-2024-qh15") && narrowed.contains("nam=2013</id>"));
    let (status, _) = get(&kernel, "/tim.atom?q=+").await;
    assert_eq!(status, StatusCode::NOT_FOUND);
    let (status, odd) = get(&kernel, "/tim.atom?q=%3Cb%3E%26zzzz").await;
    assert_eq!((status, odd.contains("<b>")), (StatusCode::OK, false));
}

#[tokio::test]
async fn what_is_typed_never_becomes_markup() {
    let shelf = Shelf::filled().await;
    let kernel = kernel(&shelf).await;
    let (status, page) = get(&kernel, "/tim?q=%3Cscript%3Ealert(1)%3C/script%3E%22%27&trang=-7").await;
    assert_eq!(status, StatusCode::OK);
    assert!(!page.contains("<script>alert"), "{page}");
    let (status, _) = get(&kernel, "/tim?q=%ff%fe%00&trang=99999999999999999999").await;
    assert_eq!(status, StatusCode::OK);
    let (status, _) = get(&kernel, "/tim?q=a&q=b").await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn a_named_provision_is_quoted_first() {
    let shelf = Shelf::filled().await;
    let kernel = kernel(&shelf).await;
    let (_, page) = get(
        &kernel,
        "/tim?q=%C4%91i%E1%BB%81u+105+b%E1%BB%99+lu%E1%BA%ADt+d%C3%A2n+s%E1%BB%B1",
    )
    .await;
    let quoted = page
        .split("<blockquote")
        .nth(1)
        .unwrap()
        .split("</blockquote>")
        .next()
        .unwrap();
    assert!(quoted.contains("giấy tờ có giá"), "{quoted}");
    assert!(
        page.contains("không phải lời tư vấn") && page.contains(r#"href="/van-ban/91-2015-qh13/dieu-105""#)
    );
    let (_, plain) = get(&kernel, "/tim?q=luat").await;
    assert!(!plain.contains("<blockquote"));
}

#[tokio::test]
async fn facets_narrow_and_stay_in_the_address() {
    let shelf = Shelf::filled().await;
    let kernel = kernel(&shelf).await;
    let (_, all) = get(&kernel, "/tim?q=%C4%91%E1%BA%A5t").await;
    assert!(all.contains(r#"<option value="2013">2013 (1)</option>"#), "{all}");
    let (_, old) = get(&kernel, "/tim?q=%C4%91%E1%BA%A5t&nam=2013").await;
    assert!(old.contains("45-2013-qh13") && !old.contains("/van-ban/31-2024-qh15"));
    let (_, then) = get(&kernel, "/tim?q=%C4%91%E1%BA%A5t&ngay=2020-01-01").await;
    assert!(then.contains("45-2013-qh13") && !then.contains("/van-ban/31-2024-qh15"));
    let (_, none) = get(&kernel, "/tim?q=%C4%91%E1%BA%A5t&loai=phap-lenh").await;
    assert!(none.contains("bỏ các điều kiện lọc"));
    let (_, newest) = get(&kernel, "/tim?q=%C4%91%E1%BA%A5t&xep=cu").await;
    assert!(newest.find("/van-ban/45-2013-qh13") < newest.find("/van-ban/31-2024-qh15"));
}

#[tokio::test]
async fn suggestions_come_as_json_and_slips_are_named() {
    let shelf = Shelf::filled().await;
    let kernel = kernel(&shelf).await;
    let (status, json) = get(&kernel, "/tim/goi-y?q=luat%20dat%20d").await;
    assert_eq!(status, StatusCode::OK);
    let first = json.find("31-2024-qh15").unwrap();
    assert!(first < json.find("45-2013-qh13").unwrap(), "{json}");
    assert!(
        get(&kernel, "/tim/goi-y?q=100/20")
            .await
            .1
            .contains("100-2019-nd-cp")
    );
    assert_eq!(get(&kernel, "/tim/goi-y?q=%22%28").await.1, "[]");
    let (_, slip) = get(&kernel, "/tim?q=n%E1%BB%93ng%20%C4%91%E1%BB%99%20c%E1%BB%93nn").await;
    assert!(
        slip.contains("Có phải bạn tìm") && slip.contains("<b>nồng độ cồn</b>"),
        "{slip}"
    );
}

#[tokio::test]
async fn missed_searches_are_counted_without_a_trace() {
    let shelf = Shelf::filled().await;
    let kernel = kernel(&shelf).await;
    for address in [
        "/tim?q=zzzz",
        "/tim?q=ZZZZ",
        "/tim?q=0912345678",
        "/tim?q=zzzz&trang=2",
        "/tim?q=luat",
    ] {
        get(&kernel, address).await;
    }
    let missed = search::store::missed_list(&shelf.db, common::TODAY, 10)
        .await
        .unwrap();
    let counted: Vec<(&str, i64)> = missed.iter().map(|one| (one.words.as_str(), one.times)).collect();
    assert_eq!(counted, [("zzzz", 2)]);
}

/// Many ask the same at once: the finished page answers them, until the index shows something else.
#[tokio::test]
async fn a_page_of_results_is_kept_until_the_index_changes() {
    let shelf = Shelf::filled().await;
    let index = shelf.index().await;
    let kernel = kernel_of(&shelf, &index).await;
    let hits = || kernel.stats().hits.load(std::sync::atomic::Ordering::Relaxed);
    let address = "/tim?q=luat+dat+dai";
    let request = Request::get(address).body(Body::empty()).unwrap();
    let response = kernel.answer(request, None).await;
    assert_eq!(response.headers()["cache-control"], "no-store", "by nobody else");
    let (_, before) = get(&kernel, address).await;
    assert_eq!(hits(), 1);
    assert!(before.contains("2 văn bản"), "{before}");
    // Asked in another way, in another look: another page.
    assert!(
        get(&kernel, "/tim?q=luat+dat+dai&nam=2013")
            .await
            .1
            .contains("1 văn bản")
    );
    assert!(
        get(&kernel, "/en/tim?q=luat+dat+dai")
            .await
            .1
            .contains("/en/van-ban/")
    );
    assert_eq!(hits(), 1);

    index.catch_up(&shelf.db).await.unwrap();
    get(&kernel, address).await;
    assert_eq!(hits(), 2, "no change, no loss");
    let articles = [("1", "Phạm vi", "Luật này quy định về đất đai.")];
    let fresh = common::act(
        ActKind::Luat,
        "99/2026/QH16",
        "Đất đai",
        date(2026, 6, 1),
        &articles,
    );
    shelf.put(&fresh).await;
    index.catch_up(&shelf.db).await.unwrap();
    let (_, after) = get(&kernel, address).await;
    assert!(
        after.contains("99-2026-qh16") && after.contains("3 văn bản"),
        "{after}"
    );
    index.rebuild(&shelf.db).await.unwrap();
    get(&kernel, address).await;
    assert_eq!(hits(), 2, "another index");
}
