//! The server over real sockets: readers who leave, graceful stop.

mod common;

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use common::fixture;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio_util::sync::CancellationToken;

async fn until(what: &str, mut holds: impl FnMut() -> bool) {
    let began = Instant::now();
    while !holds() {
        assert!(began.elapsed() < Duration::from_secs(5), "never: {what}");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

#[tokio::test]
async fn the_work_for_a_reader_who_left_is_dropped_and_counted() {
    let site = fixture().await;
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let stop = CancellationToken::new();
    tokio::spawn(web::serve(
        Arc::clone(&site.kernel),
        listener,
        stop,
        Duration::from_secs(1),
    ));
    let mut reader = TcpStream::connect(address).await.expect("connected");
    reader
        .write_all(b"GET /cham HTTP/1.1\r\nHost: x\r\n\r\n")
        .await
        .expect("sent");
    let stats = site.kernel.stats();
    until("at work", || stats.in_flight.load(Ordering::SeqCst) == 1).await;
    drop(reader);
    until("abandoned", || stats.abandoned.load(Ordering::SeqCst) == 1).await;
    assert_eq!(stats.in_flight.load(Ordering::SeqCst), 0);
    assert_eq!(site.kernel.cache().size().0, 0, "nothing was finished");
}

#[tokio::test]
async fn a_stop_lets_the_request_at_work_end() {
    let site = fixture().await;
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let stop = CancellationToken::new();
    let served = tokio::spawn(web::serve(
        Arc::clone(&site.kernel),
        listener,
        stop.clone(),
        Duration::from_secs(5),
    ));
    let mut reader = TcpStream::connect(address).await.expect("connected");
    reader
        .write_all(b"GET /cham HTTP/1.1\r\nHost: x\r\n\r\n")
        .await
        .expect("sent");
    let stats = site.kernel.stats();
    until("at work", || stats.in_flight.load(Ordering::SeqCst) == 1).await;
    stop.cancel();
    let mut answer = String::new();
    reader.read_to_string(&mut answer).await.expect("an answer");
    assert!(
        answer.starts_with("HTTP/1.1 200") && answer.ends_with("chậm"),
        "{answer}"
    );
    assert_eq!(served.await.expect("stopped"), 0, "no connection was cut");
    assert!(TcpStream::connect(address).await.is_err());
}

#[tokio::test]
async fn one_connection_serves_many_requests() {
    let site = fixture().await;
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    tokio::spawn(web::serve(
        Arc::clone(&site.kernel),
        listener,
        CancellationToken::new(),
        Duration::ZERO,
    ));
    let mut reader = TcpStream::connect(address).await.expect("connected");
    let ask = b"GET / HTTP/1.1\r\nHost: x\r\n\r\nGET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    reader.write_all(ask).await.expect("sent");
    let mut answers = String::new();
    reader.read_to_string(&mut answers).await.expect("answers");
    assert_eq!(answers.matches("HTTP/1.1 200 OK").count(), 2);
}
