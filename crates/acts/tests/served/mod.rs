//! A site with acts, asked in this process or through a loopback port.
#![allow(dead_code)]

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::time::Duration;

use acts::store::{self, Put};
use axum::body::Body;
use blob::{BlobConfig, Blobs};
use db::Db;
use http::{Request, StatusCode};
use http_body_util::BodyExt;
use jiff::civil::date;
use legal::model::{ActKind, ActText, Block, Language, Metadata, Para, Part, Provision, ProvisionKind};
use tokio_util::sync::CancellationToken;
use web::{Kernel, KernelOptions, Site, SiteOptions};

pub struct Served {
    pub kernel: Arc<Kernel>,
    _folder: tempfile::TempDir,
}

/// Answer of the site: status, content type, body.
pub struct Answer {
    pub status: StatusCode,
    pub content_type: String,
    pub body: String,
}

/// A site at `base_url` with the Civil Code (two articles), its translation, an act without text and
/// `more` decrees.
pub async fn site(base_url: &str, more: usize) -> Served {
    let folder = tempfile::tempdir().expect("a folder");
    let db = Db::connect(None, folder.path()).await.expect("a database");
    fill(&db, more).await;
    over(base_url, folder, db).await
}

/// A site without any act.
pub async fn empty(base_url: &str) -> Served {
    let folder = tempfile::tempdir().expect("a folder");
    let db = Db::connect(None, folder.path()).await.expect("a database");
    over(base_url, folder, db).await
}

async fn over(base_url: &str, folder: tempfile::TempDir, db: Db) -> Served {
    let blobs = Blobs::open(&BlobConfig::Folder(folder.path().join("files"))).expect("files");
    let options = SiteOptions {
        base_url: base_url.to_owned(),
        ..SiteOptions::default()
    };
    // A harvester on the same machine must not run into the limits per address.
    let thousand = std::num::NonZeroU32::new(100_000).expect("not zero");
    let limits = KernelOptions {
        per_second: thousand,
        burst: thousand,
        ..KernelOptions::default()
    };
    let site = Site::new(db, blobs, options);
    let kernel = Kernel::start(site, acts::routes(), limits)
        .await
        .expect("a kernel");
    Served {
        kernel,
        _folder: folder,
    }
}

impl Served {
    pub async fn get(&self, uri: &str) -> Answer {
        self.ask(Request::get(uri).body(Body::empty()).expect("a request"))
            .await
    }

    /// The page once it says something, which it does when the cache has followed the change log.
    pub async fn until(&self, uri: &str, words: &str) -> String {
        let mut page = String::new();
        for _ in 0..100 {
            page = self.get(uri).await.body;
            if page.contains(words) {
                return page;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("{uri} never says {words}: {page}");
    }

    pub async fn ask(&self, request: Request<Body>) -> Answer {
        let response = self.kernel.answer(request, None).await;
        let status = response.status();
        let content_type = response
            .headers()
            .get("content-type")
            .and_then(|value| value.to_str().ok());
        let content_type = content_type.unwrap_or_default().to_owned();
        let bytes = response.into_body().collect().await.expect("a body").to_bytes();
        Answer {
            status,
            content_type,
            body: String::from_utf8_lossy(&bytes).into_owned(),
        }
    }
}

/// Serves on a free loopback port while `work` runs in a thread of its own, with the port's address.
pub async fn while_served<T: Send + 'static>(
    more: usize,
    work: impl FnOnce(String) -> T + Send + 'static,
) -> T {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
        .await
        .expect("a port");
    let address = format!("http://{}", listener.local_addr().expect("an address"));
    let served = site(&address, more).await;
    let stop = CancellationToken::new();
    let kernel = Arc::clone(&served.kernel);
    let server = tokio::spawn(web::serve(kernel, listener, stop.clone(), Duration::from_secs(1)));
    let done = tokio::task::spawn_blocking(move || work(address))
        .await
        .expect("the work");
    stop.cancel();
    server.await.expect("the server stops");
    done
}

/// A Python with packages of PyPI, under the target folder; `None` where pip cannot get them.
pub fn python(name: &str, packages: &[&str]) -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let python = folder.join("bin/python");
    let ready = folder.join("ready");
    if !ready.exists() {
        let made = Command::new("python3")
            .args(["-m", "venv"])
            .arg(&folder)
            .status()
            .ok()?;
        let pip = Command::new(&python)
            .args(["-m", "pip", "install", "-q"])
            .args(packages)
            .status()
            .ok()?;
        if !made.success() || !pip.success() {
            return None;
        }
        std::fs::write(ready, "").ok()?;
    }
    Some(python)
}

async fn fill(db: &Db, more: usize) {
    put(db, &code(Language::Vi), "aa", true).await;
    put(db, &code(Language::En), "bb", true).await;
    let bare = ActText {
        metadata: named(ActKind::QuyetDinh, "12/1999/QĐ-UB", "Về <giá> & phí"),
        ..ActText::default()
    };
    put(db, &bare, "cc", false).await;
    for at in 0..more {
        let mut decree = code(Language::Vi);
        decree.metadata = named(
            ActKind::NghiDinh,
            &format!("{}/2020/NĐ-CP", at + 1),
            "Quy định chi tiết",
        );
        put(db, &decree, &format!("{at:064x}"), true).await;
    }
}

pub async fn put(db: &Db, text: &ActText, sha256: &str, has_text: bool) {
    let mut tx = db.begin().await.expect("begin");
    let put = Put {
        text,
        has_text,
        sha256,
        item: 0,
        file_name: "a.html",
        format: "html",
        media_type: "text/html; charset=utf-8",
        size: 10,
        parser: "1",
        confidence: None,
    };
    store::act_put(&mut tx, &put).await.expect("put");
    tx.commit().await.expect("commit");
}

pub fn named(kind: ActKind, number: &str, title: &str) -> Metadata {
    Metadata {
        kind: Some(kind),
        number: Some(number.to_owned()),
        issuers: vec!["Chính phủ".to_owned()],
        issued: Some(date(2020, 1, 2)),
        in_force: Some(date(2020, 3, 1)),
        title: Some(title.to_owned()),
        field: Some("Đất đai".to_owned()),
        ..Metadata::default()
    }
}

pub fn para(text: &str) -> Block {
    Block::Para(Para {
        text: text.to_owned(),
        ..Para::default()
    })
}

pub fn provision(id: &str, kind: ProvisionKind, number: &str, parent: Option<&str>, text: &str) -> Provision {
    Provision {
        id: id.to_owned(),
        part: "main".to_owned(),
        kind,
        number: number.to_owned(),
        heading: (kind == ProvisionKind::Article).then(|| format!("Tên điều {number}")),
        parent: parent.map(str::to_owned),
        blocks: vec![para(text)],
        notes: Vec::new(),
        heading_marks: Vec::new(),
    }
}

fn code(language: Language) -> ActText {
    use ProvisionKind::{Article, Clause, Point};
    let mut metadata = named(ActKind::BoLuat, "91/2015/QH13", "Dân sự");
    metadata.issuers = vec!["Quốc hội".to_owned()];
    metadata.field = Some("Dân sự".to_owned());
    ActText {
        language,
        metadata,
        parts: vec![Part {
            id: "main".to_owned(),
            title: "Bộ luật Dân sự".to_owned(),
            opening: vec![para("Căn cứ Hiến pháp;")],
            ..Part::default()
        }],
        provisions: vec![
            provision(
                "art_1",
                Article,
                "1",
                None,
                "Bộ luật này quy định địa vị pháp lý.",
            ),
            provision("art_2", Article, "2", None, "Ở nước Cộng hòa:"),
            provision("art_2__clause_1", Clause, "1", Some("art_2"), "Khoản một:"),
            provision(
                "art_2__clause_1__point_dd",
                Point,
                "đ",
                Some("art_2__clause_1"),
                "Điểm đ.",
            ),
        ],
        ..ActText::default()
    }
}
