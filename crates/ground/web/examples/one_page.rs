//! Serves one HTML file as a page, to measure the server without the rooms above it:
//! `one_page FILE PORT` answers at `/van-ban/mot`.

use std::time::Duration;

use axum::extract::State;
use blob::{BlobConfig, Blobs};
use db::Db;
use tokio_util::sync::CancellationToken;
use web::{Access, Kernel, KernelOptions, Page, Routes, Site, SiteOptions};

async fn page(State(_): State<Site>) -> Page {
    let file = std::env::args().nth(1).unwrap_or_default();
    let text = std::fs::read(file).unwrap_or_default();
    Page::bytes("text/html; charset=utf-8", text).dep("act:mot")
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let port = std::env::args().nth(2).unwrap_or_else(|| "8081".to_owned());
    let folder = std::env::temp_dir().join(format!("one-page-{}", std::process::id()));
    let db = Db::connect(None, &folder).await?;
    let blobs = Blobs::open(&BlobConfig::Folder(folder.join("files")))?;
    let site = Site::new(db, blobs, SiteOptions::default());
    let routes = Routes::new().get("/van-ban/mot", Access::Public, page);
    let kernel = Kernel::start(site, routes, KernelOptions::default()).await?;
    let listener = tokio::net::TcpListener::bind(format!("127.0.0.1:{port}")).await?;
    web::serve(kernel, listener, CancellationToken::new(), Duration::ZERO).await;
    Ok(())
}
