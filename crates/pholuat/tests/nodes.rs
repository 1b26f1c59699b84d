//! The real program: two nodes over one PostgreSQL, quick second start, graceful stop, refusals to
//! start.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

const ACT: &str = "QUỐC HỘI
-------
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------
Luật số: 999/2024/QH15
Hà Nội, ngày 26 tháng 11 năm 2024

LUẬT
VỀ HAI NÚT CÙNG MỘT CƠ SỞ DỮ LIỆU

Căn cứ Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam;

Điều 1. Phạm vi điều chỉnh
Luật này quy định về việc thử nghiệm.

Điều 2. Hiệu lực thi hành
Luật này có hiệu lực thi hành từ ngày 01 tháng 7 năm 2025.
";

const ADDRESS: &str = "/van-ban/999-2024-qh15";

struct Node {
    child: Child,
    port: u16,
}

impl Drop for Node {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn program(data: &Path, url: Option<&str>) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_pholuat"));
    command
        .arg("--data")
        .arg(data)
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    command
        .env("PHOLUAT_SERVER_METRICS_LISTEN", "")
        .env_remove("DATABASE_URL");
    if let Some(url) = url {
        command.env("DATABASE_URL", url);
    }
    command
}

fn start(data: &Path, url: Option<&str>) -> Node {
    let free = TcpListener::bind("127.0.0.1:0").and_then(|l| l.local_addr());
    let port = free.expect("a free port").port();
    let child = program(data, url)
        .env("PHOLUAT_SERVER_LISTEN", format!("127.0.0.1:{port}"))
        .arg("serve")
        .spawn()
        .expect("the program starts");
    Node { child, port }
}

/// Status of a GET; none while nobody answers.
fn status(port: u16, path: &str) -> Option<u16> {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).ok()?;
    stream.set_read_timeout(Some(Duration::from_secs(5))).ok()?;
    let ask = format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    stream.write_all(ask.as_bytes()).ok()?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).ok()?;
    let line = String::from_utf8_lossy(answer.get(..12)?).into_owned();
    line.rsplit(' ').next()?.parse().ok()
}

/// Waits until `path` answers 200; returns how long that took.
fn until_ok(node: &Node, path: &str, patience: Duration) -> Duration {
    let began = Instant::now();
    while status(node.port, path) != Some(200) {
        assert!(
            began.elapsed() < patience,
            "{path} never came on port {}",
            node.port
        );
        std::thread::sleep(Duration::from_millis(20));
    }
    began.elapsed()
}

fn import(data: &Path, url: Option<&str>) {
    let file = data.join("luat.txt");
    std::fs::write(&file, ACT).expect("a file");
    let done = program(data, url)
        .arg("import")
        .arg(&file)
        .status()
        .expect("the import runs");
    assert!(done.success());
}

#[tokio::test]
async fn two_nodes_over_one_postgresql_show_a_new_act_within_five_seconds() {
    let Some(url) = db::testing::postgres_url().await else {
        return;
    };
    let (one, two) = (
        tempfile::tempdir().expect("a folder"),
        tempfile::tempdir().expect("a folder"),
    );
    let nodes = [start(one.path(), Some(&url)), start(two.path(), Some(&url))];
    for node in &nodes {
        until_ok(node, "/readyz", Duration::from_secs(60));
        // Both keep the list and the missing page in memory before the act comes.
        assert_eq!(status(node.port, "/van-ban"), Some(200));
        assert_eq!(status(node.port, ADDRESS), Some(404));
    }
    import(one.path(), Some(&url));
    for node in &nodes {
        let took = until_ok(node, ADDRESS, Duration::from_secs(5));
        eprintln!("on port {} after {took:?}", node.port);
    }
}

#[test]
fn the_second_start_shows_its_first_page_within_a_second() {
    let data = tempfile::tempdir().expect("a folder");
    let first = start(data.path(), None);
    until_ok(&first, "/", Duration::from_secs(60));
    import(data.path(), None);
    drop(first);
    let second = start(data.path(), None);
    let took = until_ok(&second, ADDRESS, Duration::from_secs(60));
    // The bar is for the release build; the dev build of this test is several times slower.
    let bar = if cfg!(debug_assertions) { 5 } else { 1 };
    assert!(took < Duration::from_secs(bar), "{took:?}");
}

#[test]
fn sigterm_stops_it_cleanly_and_a_second_service_on_its_port_refuses() {
    let data = tempfile::tempdir().expect("a folder");
    let mut node = start(data.path(), None);
    until_ok(&node, "/healthz", Duration::from_secs(60));
    let other = tempfile::tempdir().expect("a folder");
    let refused = program(other.path(), None)
        .env("PHOLUAT_SERVER_LISTEN", format!("127.0.0.1:{}", node.port))
        .arg("serve")
        .stderr(Stdio::piped())
        .output()
        .expect("the program starts");
    assert!(!refused.status.success());
    assert!(String::from_utf8_lossy(&refused.stderr).contains("không mở được địa chỉ"));
    let pid = Pid::from_raw(i32::try_from(node.child.id()).expect("a pid"));
    kill(pid, Signal::SIGTERM).expect("signalled");
    let ended = node.child.wait().expect("ended");
    assert!(ended.success(), "{ended}");
}
