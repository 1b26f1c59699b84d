//! The kernel in process: cache, looks, headers, refusals, limits.

mod common;

use std::num::NonZeroU32;
use std::sync::atomic::Ordering;
use std::time::Duration;

use axum::body::Body;
use common::{bytes, change, fixture, fixture_with, get, header, text, with};
use http::{Method, Request, StatusCode};
use web::{Kernel, KernelOptions};

fn counts(kernel: &Kernel) -> (u64, u64, u64) {
    let stats = kernel.stats();
    let read = |value: &std::sync::atomic::AtomicU64| value.load(Ordering::SeqCst);
    (read(&stats.hits), read(&stats.stored), read(&stats.made))
}

#[tokio::test]
async fn a_page_is_made_once_and_dropped_exactly_when_its_act_changes() {
    let site = fixture().await;
    let first = site.kernel.answer(get("/van-ban/a"), None).await;
    assert_eq!(header(first.headers(), "content-encoding"), "br");
    let etag = header(first.headers(), "etag").to_owned();
    let again = site.kernel.answer(get("/van-ban/a"), None).await;
    assert_eq!(header(again.headers(), "etag"), etag);
    assert_eq!(counts(&site.kernel), (1, 0, 1));
    change(&site, "act", "b").await;
    site.kernel.answer(get("/van-ban/a"), None).await;
    assert_eq!(counts(&site.kernel), (2, 0, 1), "another act changed");
    change(&site, "act", "a").await;
    site.kernel.answer(get("/van-ban/a"), None).await;
    assert_eq!(counts(&site.kernel), (2, 0, 2), "its act changed");
}

#[tokio::test]
async fn a_list_depends_on_all_acts() {
    let site = fixture().await;
    for _ in 0..2 {
        site.kernel.answer(get("/"), None).await;
    }
    assert_eq!(counts(&site.kernel), (1, 0, 1));
    change(&site, "act", "anything").await;
    site.kernel.answer(get("/"), None).await;
    assert_eq!(counts(&site.kernel), (1, 0, 2));
}

#[tokio::test]
async fn codings_have_their_own_tags_and_the_same_text() {
    let site = fixture().await;
    let mut tags = std::collections::BTreeSet::new();
    for (accept, coding) in [("br", "br"), ("gzip", "gzip"), ("identity", "")] {
        let ask = || with("/van-ban/a", &[("accept-encoding", accept)]);
        let response = site.kernel.answer(ask(), None).await;
        assert_eq!(header(response.headers(), "content-encoding"), coding);
        let tag = header(response.headers(), "etag").to_owned();
        let length: usize = header(response.headers(), "content-length")
            .parse()
            .expect("a number");
        assert_eq!(bytes(response).await.len(), length);
        let known = with(
            "/van-ban/a",
            &[("accept-encoding", accept), ("if-none-match", &tag)],
        );
        let unchanged = site.kernel.answer(known, None).await;
        assert_eq!(unchanged.status(), StatusCode::NOT_MODIFIED);
        assert!(header(unchanged.headers(), "vary").contains("accept-encoding"));
        assert!(tags.insert(tag), "a tag stands for one coding");
    }
}

#[tokio::test]
async fn head_has_the_length_but_no_body() {
    let site = fixture().await;
    let length = header(
        site.kernel.answer(get("/van-ban/a"), None).await.headers(),
        "content-length",
    )
    .to_owned();
    let mut request = get("/van-ban/a");
    *request.method_mut() = Method::HEAD;
    let response = site.kernel.answer(request, None).await;
    assert_eq!(header(response.headers(), "content-length"), length);
    assert!(bytes(response).await.is_empty());
}

#[tokio::test]
async fn language_theme_and_size_make_their_own_pages() {
    let site = fixture().await;
    let vi = text(site.kernel.answer(with("/van-ban/a", &[]), None).await).await;
    let en = text(site.kernel.answer(with("/en/van-ban/a", &[]), None).await).await;
    assert!(vi.starts_with("Trang chủ 2026-11-23") && en.starts_with("Home 2026-11-23"));
    site.kernel
        .answer(with("/van-ban/a", &[("cookie", "pl_look=dark.large")]), None)
        .await;
    assert_eq!(counts(&site.kernel), (0, 0, 3));
}

#[tokio::test]
async fn every_route_and_every_refusal_carries_the_headers() {
    let site = fixture_with(KernelOptions::default(), "https://luat.example/").await;
    let mut uris: Vec<String> = site.kernel.table().iter().map(|r| r.path.to_owned()).collect();
    uris.extend([
        "/khong-co".into(),
        web::asset("app.css").into(),
        "/en/khong-co".into(),
    ]);
    for uri in uris {
        let uri = uri.replace("{*name}", "x");
        for method in [Method::GET, Method::POST, Method::DELETE] {
            let request = Request::builder().method(method.clone()).uri(&uri);
            let response = site
                .kernel
                .answer(request.body(Body::empty()).expect("a request"), None)
                .await;
            let headers = response.headers();
            let what = format!("{method} {uri} {}", response.status());
            assert!(
                header(headers, "content-security-policy").contains("default-src 'none'"),
                "{what}"
            );
            assert_eq!(header(headers, "x-content-type-options"), "nosniff", "{what}");
            assert_eq!(
                header(headers, "cross-origin-opener-policy"),
                "same-origin",
                "{what}"
            );
            assert_eq!(header(headers, "x-frame-options"), "SAMEORIGIN", "{what}");
            assert!(
                header(headers, "strict-transport-security").contains("max-age"),
                "{what}"
            );
            for name in [
                "referrer-policy",
                "permissions-policy",
                "cache-control",
                "x-request-id",
            ] {
                assert!(!header(headers, name).is_empty(), "{name} {what}");
            }
        }
    }
}

#[tokio::test]
async fn refusals_are_pages_in_the_readers_language_or_json() {
    let site = fixture().await;
    let response = site
        .kernel
        .answer(with("/khong-co", &[("x-request-id", "abc-1")]), None)
        .await;
    assert_eq!(response.status(), StatusCode::NOT_FOUND);
    assert_eq!(header(response.headers(), "x-request-id"), "abc-1");
    let page = text(response).await;
    assert!(page.contains("Không tìm thấy trang") && page.contains("abc-1"));
    let page = text(site.kernel.answer(with("/en/khong-co", &[]), None).await).await;
    assert!(page.contains("Page not found"), "{page}");
    let response = site.kernel.answer(with("/hong", &[]), None).await;
    assert_eq!(response.status(), StatusCode::BAD_REQUEST);
    assert!(text(response).await.contains("ngày không đúng"));
    let response = site.kernel.answer(with("/api/v1/hong", &[]), None).await;
    assert_eq!(
        header(response.headers(), "content-type"),
        "application/problem+json"
    );
    assert!(text(response).await.contains("ngày không đúng"));
    let response = site.kernel.answer(with("/vo", &[]), None).await;
    assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR);
    assert!(!text(response).await.contains("on purpose"));
    let request = Request::delete("/van-ban/a")
        .body(Body::empty())
        .expect("a request");
    let response = site.kernel.answer(request, None).await;
    assert_eq!(response.status(), StatusCode::METHOD_NOT_ALLOWED);
    assert!(header(response.headers(), "allow").contains("GET"));
}

#[tokio::test]
async fn the_choice_of_look_sets_the_cookie_and_returns() {
    let site = fixture().await;
    let request = Request::post("/giao-dien")
        .header("content-type", "application/x-www-form-urlencoded")
        .body(Body::from("theme=dark&ve=%2Fen%2Fvan-ban"))
        .expect("a request");
    let response = site.kernel.answer(request, None).await;
    assert_eq!(response.status(), StatusCode::SEE_OTHER);
    assert_eq!(header(response.headers(), "location"), "/en/van-ban");
    assert!(header(response.headers(), "set-cookie").starts_with("pl_look=dark.normal; Path=/"));
    assert_eq!(header(response.headers(), "cache-control"), "no-store");
}

#[tokio::test]
async fn assets_are_immutable_and_fonts_are_shared() {
    let site = fixture().await;
    let css = site.kernel.answer(get(web::asset("app.css")), None).await;
    assert!(header(css.headers(), "cache-control").contains("immutable"));
    assert_eq!(header(css.headers(), "content-encoding"), "br");
    for name in web::assets::names()
        .into_iter()
        .filter(|name| name.ends_with(".woff2"))
    {
        let font = site.kernel.answer(get(web::asset(name)), None).await;
        assert_eq!(header(font.headers(), "access-control-allow-origin"), "*");
        assert_eq!(header(font.headers(), "content-encoding"), "");
    }
}

#[tokio::test]
async fn many_readers_of_one_page_cause_one_piece_of_work() {
    let site = fixture().await;
    let asked: Vec<_> = (0..20)
        .map(|_| {
            let kernel = site.kernel.clone();
            tokio::spawn(async move { kernel.answer(with("/cham", &[]), None).await.status() })
        })
        .collect();
    for one in asked {
        assert_eq!(one.await.expect("answered"), StatusCode::OK);
    }
    assert_eq!(counts(&site.kernel).2, 1);
}

#[tokio::test]
async fn one_address_is_limited_but_not_for_pages_in_memory() {
    let burst = NonZeroU32::new(3).expect("three");
    let options = KernelOptions {
        per_second: NonZeroU32::MIN,
        burst,
        ..KernelOptions::default()
    };
    let site = fixture_with(options, "http://localhost:8080").await;
    let peer = Some("203.0.113.9".parse().expect("an address"));
    let mut seen = Vec::new();
    for n in 0..5 {
        seen.push(site.kernel.answer(with(&format!("/?n={n}"), &[]), peer).await);
    }
    let refused = seen.pop().expect("five");
    assert_eq!(refused.status(), StatusCode::TOO_MANY_REQUESTS);
    assert!(!header(refused.headers(), "retry-after").is_empty());
    assert_eq!(seen[2].status(), StatusCode::OK);
    let again = site.kernel.answer(with("/?n=0", &[]), peer).await;
    assert_eq!(again.status(), StatusCode::OK, "from memory");
    let other = Some("203.0.113.10".parse().expect("an address"));
    assert_eq!(
        site.kernel.answer(with("/?n=9", &[]), other).await.status(),
        StatusCode::OK
    );
}

#[tokio::test]
async fn when_all_is_busy_readers_get_a_small_waiting_page() {
    let options = KernelOptions {
        places: 1,
        queue: 0,
        patience: Duration::from_millis(10),
        ..KernelOptions::default()
    };
    let site = fixture_with(options, "http://localhost:8080").await;
    let kernel = site.kernel.clone();
    let first = tokio::spawn(async move { kernel.answer(with("/cham?n=1", &[]), None).await.status() });
    tokio::time::sleep(Duration::from_millis(50)).await;
    let refused = site.kernel.answer(with("/cham?n=2", &[]), None).await;
    assert_eq!(refused.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(header(refused.headers(), "retry-after"), "5");
    let page = text(refused).await;
    assert!(page.len() <= 3_000 && page.contains("http-equiv=\"refresh\"") && page.contains("đang bận"));
    assert_eq!(first.await.expect("answered"), StatusCode::OK);
}

#[tokio::test]
async fn a_handler_that_takes_too_long_is_ended() {
    let options = KernelOptions {
        request_timeout: Duration::from_millis(30),
        ..KernelOptions::default()
    };
    let site = fixture_with(options, "http://localhost:8080").await;
    let response = site.kernel.answer(with("/cham", &[]), None).await;
    assert_eq!(response.status(), StatusCode::SERVICE_UNAVAILABLE);
}

#[tokio::test]
async fn health_readiness_and_metrics() {
    let site = fixture().await;
    assert_eq!(
        site.kernel.answer(get("/healthz"), None).await.status(),
        StatusCode::OK
    );
    assert_eq!(
        site.kernel.answer(get("/readyz"), None).await.status(),
        StatusCode::OK
    );
    site.kernel.answer(get("/van-ban/a"), None).await;
    let metrics = site.kernel.metrics().await;
    for name in [
        "pholuat_cache_total",
        "pholuat_request_seconds_bucket",
        "pholuat_change_log_lag",
    ] {
        assert!(metrics.contains(name), "{name} in {metrics}");
    }
    assert!(metrics.contains("route=\"/van-ban/a\""), "{metrics}");
    site.db.close().await;
    let ready = site.kernel.answer(get("/readyz"), None).await;
    assert_eq!(ready.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert!(text(ready).await.contains("database: unreachable"));
    let kept = site.kernel.answer(get("/van-ban/a"), None).await;
    assert_eq!(
        kept.status(),
        StatusCode::OK,
        "pages in memory outlive the database"
    );
}
