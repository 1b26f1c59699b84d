//! The HTTP server: connections, timeouts, graceful stop.

use std::convert::Infallible;
use std::net::IpAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::response::Response;
use http::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::kernel::Kernel;
use crate::page::{Page, Policy};

/// How long a client may take to send its headers, and to come back on an open connection.
const HEADER_PATIENCE: Duration = Duration::from_secs(15);
/// Connections open at once; more wait in the listen queue.
const CONNECTIONS: usize = 8_192;
const SWEEP: Duration = Duration::from_secs(15);

/// Serves until `stop` is cancelled; then takes no new connection and gives those at work `grace`.
/// Returns the number of connections that had to be cut.
pub async fn serve(
    kernel: Arc<Kernel>,
    listener: TcpListener,
    stop: CancellationToken,
    grace: Duration,
) -> usize {
    let sweeper = tokio::spawn(sweep(Arc::clone(&kernel)));
    let tasks = TaskTracker::new();
    let places = Arc::new(Semaphore::new(CONNECTIONS));
    loop {
        let Ok(place) = Arc::clone(&places).acquire_owned().await else {
            break;
        };
        let stream = tokio::select! {
            accepted = listener.accept() => accepted,
            () = stop.cancelled() => break,
        };
        match stream {
            Ok((stream, peer)) => {
                let (kernel, stop) = (Arc::clone(&kernel), stop.clone());
                tasks.spawn(async move {
                    let _place = place;
                    let answer = move |request| answer(Arc::clone(&kernel), request, peer.ip());
                    connection(stream, answer, stop).await;
                });
            }
            Err(error) => {
                // Out of file descriptors: waiting is all that helps.
                tracing::warn!(%error, "a connection was not accepted");
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        }
    }
    drop(listener);
    sweeper.abort();
    tasks.close();
    let _ = tokio::time::timeout(grace, tasks.wait()).await;
    tasks.len()
}

async fn sweep(kernel: Arc<Kernel>) {
    loop {
        tokio::time::sleep(SWEEP).await;
        kernel.sweep();
    }
}

async fn answer(
    kernel: Arc<Kernel>,
    request: Request<Incoming>,
    peer: IpAddr,
) -> Result<Response, Infallible> {
    Ok(kernel.answer(request, Some(peer)).await)
}

/// Serves one connection. A reader who leaves drops the future of the request at work.
async fn connection<F, R>(stream: TcpStream, answer: F, stop: CancellationToken)
where
    F: Fn(Request<Incoming>) -> R,
    R: Future<Output = Result<Response, Infallible>>,
{
    // Answers are written whole; waiting for more to send would only delay them.
    let _ = stream.set_nodelay(true);
    let served = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEADER_PATIENCE)
        .max_headers(64)
        .serve_connection(TokioIo::new(stream), service_fn(answer));
    let mut served = pin!(served);
    let ended = tokio::select! {
        ended = served.as_mut() => ended,
        () = stop.cancelled() => {
            served.as_mut().graceful_shutdown();
            served.await
        }
    };
    if let Err(error) = ended {
        tracing::debug!(%error, "a connection ended early");
    }
}

/// Serves the metrics, on a listener of their own that only operators reach.
pub async fn serve_metrics(kernel: Arc<Kernel>, listener: TcpListener, stop: CancellationToken) {
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = stop.cancelled() => return,
        };
        if let Ok((stream, _)) = accepted {
            let (kernel, stop) = (Arc::clone(&kernel), stop.clone());
            tokio::spawn(connection(stream, move |_| metrics(Arc::clone(&kernel)), stop));
        }
    }
}

async fn metrics(kernel: Arc<Kernel>) -> Result<Response, Infallible> {
    use axum::response::IntoResponse;
    let text = kernel.metrics().await;
    Ok(Page::bytes("text/plain; version=0.0.4", text)
        .policy(Policy::Never)
        .into_response())
}
