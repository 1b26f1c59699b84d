//! The page of results, through the kernel as a browser meets it.
#![allow(clippy::unwrap_used, missing_docs)]

mod common;

use axum::body::Body;
use axum::http::{Request, StatusCode};
use blob::{BlobConfig, Blobs};
use common::Shelf;
use http_body_util::BodyExt;
use std::sync::Arc;
use web::{Clock, Kernel, KernelOptions, Site, SiteOptions};

async fn kernel(shelf: &Shelf) -> Arc<Kernel> {
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
    let routes = search::site::routes(&shelf.index().await);
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
