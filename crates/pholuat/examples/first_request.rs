//! Measures the first request after a change beside a static file:
//! `first_request DATA ACT-PORT ACT-PATH FILE-PORT FILE-PATH ROUNDS`.
//!
//! Each round appends the act to the change log and writes its kept page again in one transaction
//! (what an import does, without making the page anew), waits until the service has seen the
//! change, and times one request on an open connection to each server, in turn. Prints the medians
//! in microseconds and how many times as fast the file was.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use db::{Db, changes, sql};

struct Client {
    stream: BufReader<TcpStream>,
    ask: String,
    body: Vec<u8>,
}

impl Client {
    fn new(port: &str, path: &str, coding: &str) -> Result<Self> {
        let stream = TcpStream::connect(format!("127.0.0.1:{port}"))?;
        stream.set_nodelay(true)?;
        let ask = format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: {coding}\r\n\r\n");
        Ok(Self {
            stream: BufReader::with_capacity(256 << 10, stream),
            ask,
            body: Vec::new(),
        })
    }

    /// One request; how long until its last byte was there.
    fn timed(&mut self) -> Result<Duration> {
        let began = Instant::now();
        self.stream.get_mut().write_all(self.ask.as_bytes())?;
        let mut length = 0;
        loop {
            let mut line = String::new();
            self.stream.read_line(&mut line)?;
            let line = line.trim_end().to_ascii_lowercase();
            if let Some(value) = line.strip_prefix("content-length:") {
                length = value.trim().parse()?;
            }
            if line.is_empty() {
                break;
            }
        }
        self.body.resize(length, 0);
        self.stream.read_exact(&mut self.body)?;
        Ok(began.elapsed())
    }
}

async fn change(db: &Db, path: &str) -> Result<i64> {
    let slug = path.rsplit('/').next().context("a path")?;
    let mut tx = db.begin().await?;
    changes::append(&mut tx, "act", slug).await?;
    let seq: i64 = sql("SELECT max(seq) AS seq FROM change_log")
        .one(&mut tx)
        .await?
        .get("seq")?;
    let rows = sql("SELECT coding, body FROM pages WHERE path = $1 AND variant = 0")
        .bind(path)
        .all(&mut tx)
        .await?;
    for row in &rows {
        sql("UPDATE pages SET seq = $1, body = $2 WHERE path = $3 AND variant = 0 AND coding = $4")
            .bind(seq)
            .bind(row.get::<Vec<u8>>("body")?)
            .bind(path)
            .bind(row.get::<String>("coding")?)
            .run(&mut tx)
            .await?;
    }
    anyhow::ensure!(
        !rows.is_empty(),
        "no page is kept for {path}: import the act first"
    );
    tx.commit().await?;
    Ok(seq)
}

/// Until the service has seen the newest change.
fn settled(port: &str) -> Result<()> {
    for _ in 0..500 {
        let mut ready = Client::new(port, "/readyz", "identity")?;
        ready.timed()?;
        if String::from_utf8_lossy(&ready.body).contains("lag: 0") {
            return Ok(());
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    anyhow::bail!("the service does not follow the change log")
}

fn median(mut times: Vec<Duration>) -> f64 {
    times.sort_unstable();
    times
        .get(times.len() / 2)
        .map_or(0.0, |time| time.as_secs_f64() * 1e6)
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [data, port, path, file_port, file, rounds] = args.as_slice() else {
        anyhow::bail!("first_request DATA ACT-PORT ACT-PATH FILE-PORT FILE-PATH ROUNDS")
    };
    let url = std::env::var("DATABASE_URL").ok();
    let db = Db::connect(url.as_deref(), Path::new(data)).await?;
    let mut act = Client::new(port, path, "gzip")?;
    let mut static_file = Client::new(file_port, file, "identity")?;
    let (mut first, mut plain, mut again) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..rounds.parse()? {
        change(&db, path).await?;
        settled(port)?;
        first.push(act.timed()?);
        again.push(act.timed()?);
        static_file.timed()?;
        plain.push(static_file.timed()?);
    }
    let (first, plain, again) = (median(first), median(plain), median(again));
    println!(
        "first request after a change  {first:8.0} µs ({} bytes)",
        act.body.len()
    );
    println!("second request (memory)       {again:8.0} µs");
    println!(
        "nginx, static, uncompressed   {plain:8.0} µs ({} bytes)",
        static_file.body.len()
    );
    println!("ratio (bar: at least 0.25)    {:8.2}", plain / first);
    Ok(())
}
