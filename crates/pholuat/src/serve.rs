//! `pholuat serve`: database, files, index and pages put together behind one listener.

use std::io::IsTerminal;
use std::net::SocketAddr;
use std::num::NonZeroU32;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use db::Db;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio_util::sync::CancellationToken;
use web::{Kernel, KernelOptions, Net};

use crate::compose;
use crate::config::{Config, LogConfig};
use crate::heads;

/// Between two pages that are made anew after midnight or an update of the program.
const REFRESH_PAUSE: Duration = Duration::from_millis(200);
/// Acts whose citations are derived between two lines of the log.
const LINKS_AT_ONCE: i64 = 50;
/// Amended acts that are derived between two lines of the log.
const VERSIONS_AT_ONCE: i64 = 50;
/// Between two looks for amended acts that are due.
const VERSIONS_EVERY: Duration = Duration::from_secs(30);
/// Between two looks at an empty queue of scans.
const SCANS_EVERY: Duration = Duration::from_secs(20);
/// Between two looks whether the letters of the day are due.
const LETTERS_EVERY: Duration = Duration::from_secs(300);
/// Between two looks for versions of posts whose time has come.
const DUE_EVERY: Duration = Duration::from_secs(2);
/// How often uploads that nothing shows are looked for.
const SWEEP_EVERY: Duration = Duration::from_secs(6 * 3600);
/// Longest time between two looks for such pages.
const REFRESH_EVERY: Duration = Duration::from_secs(3600);

/// Serves until SIGTERM or SIGINT.
///
/// # Errors
/// Database, files, index or address cannot be had; the text says which and why, in Vietnamese.
pub async fn run(config: Config) -> Result<ExitCode> {
    let began = Instant::now();
    init_logs(&config.log);
    let limits = kernel_options(&config)?;
    // First the addresses: of two services on one port the second must not touch the data.
    let listen = address(&config.server.listen)?;
    let listener = bind(listen).await?;
    let metrics = bind_metrics(&config.server.metrics_listen).await?;
    let post = compose::post(&config)?;
    let site = compose::site(&config).await?;
    let index = search::Index::open(&config.index_folder())
        .and_then(|index| index.with_posts(compose::POSTS))
        .context("không mở được chỉ mục tìm kiếm")?;
    let routes = compose::routes(&index, compose::readers(&config)?, compose::house(&config)?);
    let kernel = Kernel::start(site, routes, limits)
        .await
        .context("không đọc được nhật ký thay đổi")?;
    let stop = CancellationToken::new();
    let helpers = [
        tokio::spawn(stop_on_signal(stop.clone())),
        tokio::spawn(follow_index(index, kernel.site().db().clone())),
        tokio::spawn(refresh(Arc::clone(&kernel))),
        tokio::spawn(derive_links(kernel.site().db().clone())),
        tokio::spawn(keep_versions(kernel.site().clone())),
        tokio::spawn(show_due_posts(kernel.site().clone())),
        tokio::spawn(sweep_uploads(kernel.site().clone())),
        tokio::spawn(queue_touched(kernel.site().clone())),
        tokio::spawn(recognise_scans(config.clone(), kernel.site().clone())),
        tokio::spawn(heads::keep_noting(
            kernel.site().db().clone(),
            config.heads_file(),
        )),
    ];
    if let Some(post) = post {
        tokio::spawn(mail::keep_sending(post, kernel.site().db().clone()));
        tokio::spawn(write_letters(kernel.site().clone()));
    }
    if let Some(metrics) = metrics {
        tokio::spawn(web::serve_metrics(Arc::clone(&kernel), metrics, stop.clone()));
    }
    announce(kernel.site().base_url(), listen, began);
    let grace = Duration::from_secs(config.server.stop_seconds.into());
    let cut = web::serve(Arc::clone(&kernel), listener, stop, grace).await;
    helpers.iter().for_each(tokio::task::JoinHandle::abort);
    kernel.site().db().close().await;
    tracing::info!(cut, "stopped");
    Ok(ExitCode::SUCCESS)
}

fn kernel_options(config: &Config) -> Result<KernelOptions> {
    let server = &config.server;
    let proxies = server.trusted_proxies.iter().map(|text| text.parse());
    let trusted_proxies: Result<Vec<Net>, String> = proxies.collect();
    Ok(KernelOptions {
        cache_bytes: u64::from(server.cache_mb) << 20,
        places: server.places as usize,
        queue: server.queue as usize,
        patience: Duration::from_secs(server.patience_seconds.into()),
        request_timeout: Duration::from_secs(server.request_seconds.into()),
        per_second: NonZeroU32::new(server.per_second).unwrap_or(NonZeroU32::MIN),
        burst: NonZeroU32::new(server.burst).unwrap_or(NonZeroU32::MIN),
        trusted_proxies: trusted_proxies.map_err(|why| anyhow::anyhow!("server.trusted_proxies: {why}"))?,
        ..KernelOptions::default()
    })
}

fn address(text: &str) -> Result<SocketAddr> {
    text.parse()
        .with_context(|| format!("“{text}” không phải là địa chỉ:cổng"))
}

async fn bind(address: SocketAddr) -> Result<TcpListener> {
    TcpListener::bind(address).await.with_context(|| {
        format!("không mở được địa chỉ {address} (có thể chương trình khác đang dùng cổng này)")
    })
}

/// A taken address costs the figures, never the service to citizens.
async fn bind_metrics(text: &str) -> Result<Option<TcpListener>> {
    if text.is_empty() {
        return Ok(None);
    }
    let bound = bind(address(text)?).await;
    Ok(bound
        .inspect_err(|why| tracing::warn!("metrics are not served: {why:#}"))
        .ok())
}

async fn follow_index(index: search::Index, db: Db) {
    index.follow(&db).await;
}

/// What texts say of each other is derived anew after an update of the program or a restore.
async fn derive_links(db: Db) {
    loop {
        match acts::store::links_catch_up(&db, LINKS_AT_ONCE).await {
            Ok(0) => return,
            Ok(acts) => tracing::info!(acts, "citations derived anew"),
            Err(error) => {
                tracing::warn!(%error, "citations wait");
                tokio::time::sleep(REFRESH_EVERY).await;
            }
        }
    }
}

/// Amended acts get their versions where an import could not finish them, and the log is told of
/// versions on the day on which they begin.
async fn keep_versions(site: web::Site) {
    loop {
        let done = acts::store::versions_catch_up(site.db(), VERSIONS_AT_ONCE).await;
        match done {
            Ok(acts) if !acts.is_empty() => tracing::info!(acts = acts.len(), "versions derived"),
            Ok(_) => {
                if let Err(error) = acts::store::versions_begin(site.db(), site.today()).await {
                    tracing::warn!(%error, "versions that begin today wait");
                }
                tokio::time::sleep(VERSIONS_EVERY).await;
            }
            Err(error) => {
                tracing::warn!(%error, "versions wait");
                tokio::time::sleep(VERSIONS_EVERY).await;
            }
        }
    }
}

/// Versions of posts that wait for their day appear on it.
async fn show_due_posts(site: web::Site) {
    loop {
        if let Err(error) = posts::later::appear(&site).await {
            tracing::warn!(%error, "scheduled posts wait");
        }
        tokio::time::sleep(DUE_EVERY).await;
    }
}

/// Uploaded files that no version ever showed go after a while.
async fn sweep_uploads(site: web::Site) {
    loop {
        match posts::sweep::unused(&site).await {
            Ok(0) => {}
            Ok(files) => tracing::info!(files, "unused uploads collected"),
            Err(error) => tracing::warn!(%error, "unused uploads wait"),
        }
        tokio::time::sleep(SWEEP_EVERY).await;
    }
}

/// Content whose law has changed goes to the queue of its unit.
async fn queue_touched(site: web::Site) {
    loop {
        match acts::touch::follow(&site, &portal::CITERS).await {
            Ok(0) => tokio::time::sleep(DUE_EVERY).await,
            Ok(_) => {}
            Err(error) => {
                tracing::warn!(%error, "what the law has changed waits");
                tokio::time::sleep(VERSIONS_EVERY).await;
            }
        }
    }
}

/// Scans that come in are recognised one after another, where the programs for it are installed.
async fn recognise_scans(config: Config, site: web::Site) {
    if !config.recognise.background {
        return;
    }
    let readers = compose::readers(&config);
    match (compose::recogniser(&config).await, readers) {
        (Ok(Some(recogniser)), Ok(readers)) => {
            let target = acts::import::Target {
                db: site.db().clone(),
                blobs: site.blobs().clone(),
                site: Some(site),
            };
            acts::recognise::follow(target, recogniser, readers, SCANS_EVERY).await;
        }
        (Ok(None), _) => tracing::info!("no tesseract with Vietnamese: scans wait"),
        (Err(error), _) | (_, Err(error)) => tracing::warn!(%error, "scans wait"),
    }
}

/// Kept pages of an older build or of yesterday are made anew: at the start and after midnight.
async fn refresh(kernel: Arc<Kernel>) {
    // Reading the program file for the build's name must not delay the first request.
    let site = kernel.site().clone();
    let _ = tokio::task::spawn_blocking(move || site.build().len()).await;
    loop {
        match web::refresh_stored(&kernel, REFRESH_PAUSE).await {
            Ok(0) => {}
            Ok(made) => tracing::info!(made, "kept pages made anew"),
            Err(error) => tracing::warn!(%error, "kept pages stay as they are"),
        }
        let left = kernel.site().now().duration_until(kernel.site().next_midnight());
        let left = Duration::try_from(left).unwrap_or(REFRESH_EVERY);
        tokio::time::sleep(left.min(REFRESH_EVERY) + Duration::from_secs(1)).await;
    }
}

/// The letters of what waits, once a morning.
async fn write_letters(site: web::Site) {
    loop {
        match portal::write_letters(&site).await {
            Ok(0) => {}
            Ok(letters) => tracing::info!(letters, "letters of what waits written"),
            Err(error) => tracing::warn!(%error, "letters of what waits are late"),
        }
        tokio::time::sleep(LETTERS_EVERY).await;
    }
}

async fn stop_on_signal(stop: CancellationToken) {
    let (Ok(mut term), Ok(mut int)) = (signal(SignalKind::terminate()), signal(SignalKind::interrupt()))
    else {
        tracing::error!("signals cannot be received");
        return;
    };
    tokio::select! {
        _ = term.recv() => {}
        _ = int.recv() => {}
    }
    stop.cancel();
}

fn announce(base_url: &str, listen: SocketAddr, began: Instant) {
    let ms = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
    tracing::info!(%listen, base_url, ms, "serving");
    println!("Phổ Luật đang phục vụ tại {base_url} (nghe tại {listen}). Dừng: Ctrl+C.");
}

/// Logs to stderr in the configured form; `RUST_LOG` wins over the configured level.
pub fn init_logs(config: &LogConfig) {
    use tracing_subscriber::EnvFilter;
    let filter = EnvFilter::try_from_default_env()
        .or_else(|_| EnvFilter::try_new(&config.level))
        .unwrap_or_else(|_| EnvFilter::new("info"));
    let on_terminal = std::io::stderr().is_terminal();
    let logs = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr);
    let json = config.format == "json" || (config.format == "auto" && !on_terminal);
    // A second call (tests) finds a subscriber in place: that one stays.
    let _ = if json {
        logs.json()
            .flatten_event(true)
            .with_current_span(false)
            .try_init()
    } else {
        logs.with_target(false).with_ansi(on_terminal).try_init()
    };
}

#[cfg(test)]
mod matrix;

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Body;
    use axum::http::{Method, Request};

    /// Every route of every room, whatever it answers, carries the headers of the policy.
    #[tokio::test]
    async fn every_route_carries_the_security_headers() {
        let folder = tempfile::tempdir().expect("a folder");
        let config = Config {
            data: folder.path().to_owned(),
            ..Config::default()
        };
        let site = compose::site(&config).await.expect("a site");
        let index = search::Index::open(&config.index_folder()).expect("an index");
        let limits = kernel_options(&config).expect("limits");
        let routes = compose::routes(&index, compose::readers(&config).expect("readers"), None);
        let kernel = Kernel::start(site, routes, limits).await.expect("a kernel");
        assert!(kernel.table().len() > 20, "the rooms' routes are there");
        for route in kernel.table() {
            let path: String = route.path.split('/').map(sample).collect::<Vec<_>>().join("/");
            for method in [Method::GET, Method::POST] {
                let request = Request::builder().method(&method).uri(&path).body(Body::empty());
                let response = kernel.answer(request.expect("a request"), None).await;
                for name in [
                    "content-security-policy",
                    "x-content-type-options",
                    "cross-origin-opener-policy",
                    "cross-origin-resource-policy",
                    "referrer-policy",
                    "permissions-policy",
                    "x-frame-options",
                    "cache-control",
                    "x-request-id",
                ] {
                    let what = format!("{name} on {method} {path}: {}", response.status());
                    assert!(response.headers().contains_key(name), "{what}");
                }
                assert!(!response.status().is_server_error(), "{method} {path}");
            }
        }
    }

    /// Who may open what, generated from the router's own table (trust.md 4.4): every guarded route
    /// is asked by every role, by a guest, and by people whose account or role no longer holds.
    /// The matrix stands in `tests/data/access.tsv`, which is read and agreed upon: a route that is
    /// new, or that answers another way, fails here until its line says so.
    #[tokio::test]
    async fn the_matrix_of_access_is_as_agreed() {
        let folder = tempfile::tempdir().expect("a folder");
        let config = Config {
            data: folder.path().to_owned(),
            ..Config::default()
        };
        let site = compose::site(&config).await.expect("a site");
        let kinds = matrix::kinds(&site).await;
        let index = search::Index::open(&config.index_folder()).expect("an index");
        let limits = kernel_options(&config).expect("limits");
        let routes = compose::routes(&index, compose::readers(&config).expect("readers"), None);
        let kernel = Kernel::start(site, routes, limits).await.expect("a kernel");
        let mut lines = Vec::new();
        for route in kernel.table() {
            if route.access == web::Access::Public {
                continue;
            }
            let path: String = route.path.split('/').map(sample).collect::<Vec<_>>().join("/");
            let mut may = Vec::new();
            for kind in &kinds {
                let reached = matrix::reached(&kernel, &route.method, &path, kind).await;
                may.extend(reached.then_some(kind.name.as_str()));
            }
            lines.push(format!("{} {}\t{}", route.method, route.path, may.join(" ")));
        }
        lines.sort();
        let found = lines.join("\n") + "\n";
        let agreed = include_str!("../tests/data/access.tsv");
        assert_eq!(
            found, agreed,
            "the matrix of access differs from tests/data/access.tsv:\n{found}"
        );
    }

    /// A segment of a route with its parameters filled in.
    fn sample(segment: &str) -> &str {
        if segment.starts_with('{') {
            "dieu-1"
        } else {
            segment
        }
    }
}
