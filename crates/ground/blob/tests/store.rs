//! The same contract on a folder and on a real S3-compatible server.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use blob::{BlobConfig, BlobError, Blobs, S3Config, sha256};

async fn keeps_its_promises(blobs: &Blobs) {
    let name = blobs.put("Điều 1".as_bytes()).await.expect("put");
    assert_eq!(name, sha256("Điều 1".as_bytes()));
    assert_eq!(blobs.put("Điều 1".as_bytes()).await.expect("again"), name);
    assert_eq!(
        blobs.get(&name).await.expect("get").as_deref(),
        Some("Điều 1".as_bytes())
    );
    assert!(blobs.exists(&name).await.expect("exists"));
    let big = vec![7_u8; 6 << 20];
    let big_name = blobs.put(big.clone()).await.expect("put");
    assert_eq!(
        blobs.get(&big_name).await.expect("get").as_deref(),
        Some(big.as_slice())
    );
    let empty = blobs.put(&b""[..]).await.expect("put");
    assert_eq!(blobs.get(&empty).await.expect("get").as_deref(), Some(&b""[..]));
    let missing = sha256(b"nothing");
    assert!(blobs.get(&missing).await.expect("get").is_none());
    assert!(!blobs.exists(&missing).await.expect("exists"));
    let (mut names, mut expected) = (blobs.list().await.expect("list"), vec![name, big_name, empty]);
    names.sort();
    expected.sort();
    assert_eq!(names, expected);
    for bad in ["", "../../etc/passwd", &"A".repeat(64), &"f".repeat(63)] {
        assert!(matches!(blobs.get(bad).await, Err(BlobError::Name(_))), "{bad}");
    }
}

#[tokio::test]
async fn a_folder() {
    let folder = tempfile::tempdir().expect("folder");
    let blobs = Blobs::open(&BlobConfig::Folder(folder.path().join("files"))).expect("open");
    keeps_its_promises(&blobs).await;
    let name = sha256("Điều 1".as_bytes());
    let path = folder.path().join("files").join(&name[..2]).join(&name[2..]);
    std::fs::write(&path, "Điều 2").expect("the file is where the documentation says");
    assert!(matches!(blobs.get(&name).await, Err(BlobError::Altered(_))));
    drop(std::fs::write(folder.path().join("files/stray"), ""));
    assert_eq!(
        blobs.list().await.expect("list").len(),
        3,
        "strangers in the folder are passed over"
    );
}

struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A server on a free port; `None`, with a printed line, where the package cannot be had.
fn server() -> Option<(Server, u16)> {
    let port = TcpListener::bind("127.0.0.1:0").ok()?.local_addr().ok()?.port();
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../tools/s3-server");
    let child = Command::new(script)
        .arg(port.to_string())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the script runs");
    let mut server = Server(child);
    let start = Instant::now();
    while start.elapsed() < Duration::from_secs(180) {
        if TcpStream::connect(("127.0.0.1", port)).is_ok() {
            return Some((server, port));
        }
        if server.0.try_wait().expect("state").is_some() {
            break;
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    eprintln!("skipped: S3-compatible storage (the package moto cannot be installed here)");
    None
}

fn make_bucket(port: u16) {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).expect("connects");
    let request = format!(
        "PUT /originals HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
    );
    stream.write_all(request.as_bytes()).expect("sent");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("answer");
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
}

#[tokio::test(flavor = "multi_thread")]
async fn s3_compatible_storage() {
    let Some((_server, port)) = server() else { return };
    make_bucket(port);
    let config = S3Config {
        bucket: "originals".into(),
        endpoint: format!("http://127.0.0.1:{port}"),
        region: String::new(),
        access_key: "key".into(),
        secret_key: "secret".into(),
    };
    let blobs = Blobs::open(&BlobConfig::S3(config)).expect("open");
    keeps_its_promises(&blobs).await;
    assert!(!format!("{blobs:?}").contains("secret"));
}
