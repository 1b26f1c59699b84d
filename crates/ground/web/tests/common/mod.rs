//! A small site over SQLite in a folder of its own.
#![allow(dead_code, missing_docs)]

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use axum::body::Body;
use axum::extract::State;
use axum::response::Response;
use blob::{BlobConfig, Blobs};
use db::{Db, changes};
use http::{HeaderMap, Request};
use http_body_util::BodyExt;
use web::{Access, Clock, Kernel, KernelOptions, Look, Page, Problem, Routes, Site, SiteOptions};

/// How often the handler of `/van-ban/a` ran. One test process may run several tests, so each
/// test takes its own kernel and reads its own counter through `Kernel::stats`.
pub static SLOW_RUNS: AtomicUsize = AtomicUsize::new(0);

pub const NOON: &str = "2026-11-23T05:00:00Z";

pub struct Fixture {
    pub kernel: Arc<Kernel>,
    pub db: Db,
    _folder: tempfile::TempDir,
}

async fn act(State(site): State<Site>, look: Look) -> Result<Page, Problem> {
    let text = format!(
        "{} {} {}",
        look.t("Trang chủ"),
        site.today(),
        "Điều 1. ".repeat(100)
    );
    Ok(Page::bytes("text/html; charset=utf-8", text)
        .dep("act:a")
        .fresh_until(site.next_midnight()))
}

async fn list() -> Page {
    Page::bytes("text/html; charset=utf-8", "danh sách").dep("acts")
}

async fn slow() -> Page {
    SLOW_RUNS.fetch_add(1, Ordering::SeqCst);
    tokio::time::sleep(Duration::from_millis(300)).await;
    Page::bytes("text/plain; charset=utf-8", "chậm")
}

async fn failing() -> Result<Page, Problem> {
    Err(Problem::Invalid("ngày không đúng".into()))
}

async fn panicking() -> Page {
    panic!("on purpose")
}

pub fn routes() -> Routes {
    Routes::new()
        .get("/", Access::Public, list)
        .get("/van-ban/a", Access::Public, act)
        .get("/cham", Access::Public, slow)
        .get("/hong", Access::Public, failing)
        .get("/vo", Access::Public, panicking)
        .get("/api/v1/hong", Access::Public, failing)
}

pub async fn fixture_with(options: KernelOptions, base_url: &str) -> Fixture {
    let folder = tempfile::tempdir().expect("a folder");
    let db = Db::connect(None, folder.path()).await.expect("a database");
    let blobs = Blobs::open(&BlobConfig::Folder(folder.path().join("files"))).expect("files");
    let clock = Clock::Fixed(NOON.parse().expect("an instant"));
    let site_options = SiteOptions {
        base_url: base_url.into(),
        clock,
        ..SiteOptions::default()
    };
    let site = Site::new(db.clone(), blobs, site_options);
    let kernel = Kernel::start(site, routes(), options).await.expect("a kernel");
    Fixture {
        kernel,
        db,
        _folder: folder,
    }
}

pub async fn fixture() -> Fixture {
    fixture_with(KernelOptions::default(), "http://localhost:8080").await
}

pub fn get(uri: &str) -> Request<Body> {
    with(uri, &[("accept-encoding", "br, gzip")])
}

pub fn with(uri: &str, headers: &[(&str, &str)]) -> Request<Body> {
    let mut request = Request::get(uri);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request.body(Body::empty()).expect("a request")
}

pub async fn bytes(response: Response) -> Vec<u8> {
    response
        .into_body()
        .collect()
        .await
        .expect("a body")
        .to_bytes()
        .to_vec()
}

pub async fn text(response: Response) -> String {
    String::from_utf8(bytes(response).await).expect("text")
}

pub fn header<'a>(headers: &'a HeaderMap, name: &str) -> &'a str {
    headers
        .get(name)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default()
}

/// Commits one change and waits until the kernel's follower has seen it.
pub async fn change(fixture: &Fixture, kind: &str, key: &str) {
    let before = fixture.kernel.cache().versions().seq();
    let mut tx = fixture.db.begin().await.expect("a transaction");
    changes::append(&mut tx, kind, key).await.expect("appended");
    tx.commit().await.expect("committed");
    let seen = async {
        while fixture.kernel.cache().versions().seq() == before {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(5), seen)
        .await
        .expect("the follower sees it");
}
