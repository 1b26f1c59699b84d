//! Pages and API of units, asked through the whole kernel.

use std::path::Path;
use std::sync::Arc;

use axum::body::Body;
use blob::{BlobConfig, Blobs};
use db::Db;
use http::{Request, StatusCode};
use http_body_util::BodyExt;
use jiff::Timestamp;
use jiff::civil::date;
use serde_json::Value;
use units::model::{Basis, Contact, Name, PerMille, Shares, State, UnitId};
use units::{reorganise, store};
use web::{Clock, Kernel, KernelOptions, Site, SiteOptions};

const NEW: jiff::civil::Date = date(2025, 7, 1);

struct Served {
    kernel: Arc<Kernel>,
    db: Db,
    _folder: tempfile::TempDir,
}

struct Answer {
    status: StatusCode,
    location: String,
    body: String,
}

impl Served {
    async fn get(&self, uri: &str) -> Answer {
        let request = Request::get(uri).body(Body::empty()).expect("a request");
        let response = self.kernel.answer(request, None).await;
        let location = response.headers().get("location");
        let location = location
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
            .to_owned();
        let status = response.status();
        let bytes = response.into_body().collect().await.expect("a body").to_bytes();
        Answer {
            status,
            location,
            body: String::from_utf8_lossy(&bytes).into_owned(),
        }
    }

    async fn page(&self, uri: &str) -> String {
        let answer = self.get(uri).await;
        assert_eq!(answer.status, StatusCode::OK, "{uri}: {}", answer.body);
        answer.body
    }

    async fn json(&self, uri: &str) -> Value {
        serde_json::from_str(&self.page(uri).await).expect("JSON")
    }
}

fn state(full: &str, kind: (&str, &str), parent: Option<UnitId>) -> State {
    let english = (full == "Tỉnh Tuyên Quang").then_some("Tuyen Quang Province");
    State {
        name: Name::of(full, kind.1, english),
        kind: kind.0.into(),
        parent,
        code: Some("08".into()),
    }
}

fn basis() -> Basis {
    Basis {
        text: "Nghị quyết số 202/2025/QH15 <về> việc sắp xếp".into(),
        number: Some("202/2025/QH15".into()),
        act: Some("202-2025-qh15".into()),
    }
}

/// Two provinces that became one, a commune that was split, one that was renamed, one that ended
/// without an heir, and 110 more.
async fn site() -> Served {
    let folder = tempfile::tempdir().expect("a folder");
    let db = Db::connect(None, folder.path()).await.expect("a database");
    let mut tx = db.begin().await.expect("begin");
    store::kinds_ensure(&mut tx).await.expect("kinds");
    let (province, commune) = (("province", "Tỉnh"), ("commune", "Xã"));
    let mut ids = Vec::new();
    for (full, slug) in [
        ("Tỉnh Hà Giang", "ha-giang"),
        ("Tỉnh Tuyên Quang", "tuyen-quang-truoc-2025-07"),
    ] {
        let made = reorganise::create(&mut tx, Some(slug), None, state(full, province, None)).await;
        ids.push(made.expect("created"));
    }
    let new = state("Tỉnh Tuyên Quang", province, None);
    let new = reorganise::create(&mut tx, Some("tuyen-quang"), Some(NEW), new)
        .await
        .expect("new");
    let mut communes = Vec::new();
    for full in ["Xã Đông", "Xã Tây", "Xã Nam", "Xã Ma <b>"] {
        let state = state(full, commune, Some(ids[0]));
        communes.push(
            reorganise::create(&mut tx, None, None, state)
                .await
                .expect("created"),
        );
    }
    reorganise::abolish(&mut tx, communes[3], NEW, basis())
        .await
        .expect("abolished");
    for id in &communes[..2] {
        reorganise::move_to(&mut tx, *id, NEW, Some(new), basis())
            .await
            .expect("moved");
    }
    let phuong = Name::of("Phường Đông", "Phường", None);
    reorganise::rename(&mut tx, communes[0], date(2026, 4, 30), phuong, "ward", basis())
        .await
        .expect("renamed");
    reorganise::readdress(&mut tx, communes[0], "phuong-dong")
        .await
        .expect("readdressed");
    let share = |unit, share| (unit, PerMille::new(share).expect("in range"));
    let shares = Shares::known(vec![share(communes[0], 255), share(communes[1], 745)]).expect("whole");
    reorganise::split(&mut tx, communes[2], shares, NEW, basis())
        .await
        .expect("split");
    reorganise::merge(&mut tx, ids, new, NEW, basis())
        .await
        .expect("merged");
    more(&mut tx, new).await;
    tx.commit().await.expect("commit");
    over(folder, db).await
}

/// Communes enough for two pages, and how to reach the province.
async fn more(tx: &mut db::Tx, new: UnitId) {
    for number in 0..110 {
        let one = state(&format!("Xã Số {number}"), ("commune", "Xã"), Some(new));
        reorganise::create(tx, None, Some(NEW), one)
            .await
            .expect("created");
    }
    let contact = Contact {
        functions: "Quản lý nhà nước".into(),
        functions_en: "State management".into(),
        phone: "0207 3822 000".into(),
        email: "ubnd@example.vn".into(),
        ..Contact::default()
    };
    store::contact_put(tx, new, "tuyen-quang", NEW, contact)
        .await
        .expect("contact");
}

async fn over(folder: tempfile::TempDir, db: Db) -> Served {
    let blobs = Blobs::open(&BlobConfig::Folder(folder.path().join("files"))).expect("files");
    let now: Timestamp = "2026-11-26T03:00:00Z".parse().expect("an instant");
    let options = SiteOptions {
        base_url: "https://tinh.example.vn".into(),
        clock: Clock::Fixed(now),
        ..SiteOptions::default()
    };
    let site = Site::new(db.clone(), blobs, options);
    let kernel = Kernel::start(site, units::routes(), KernelOptions::default())
        .await
        .expect("a kernel");
    Served {
        kernel,
        db,
        _folder: folder,
    }
}

/// The pieces stand in the page in this order.
fn in_order(page: &str, pieces: &[&str]) {
    let mut from = 0;
    for piece in pieces {
        let at = page[from..].find(piece);
        from += at.unwrap_or_else(|| panic!("“{piece}” is not there or not in its place:\n{page}"));
    }
}

#[tokio::test]
async fn the_tree_is_entered_in_the_new_or_the_old_structure() {
    let served = site().await;
    let now = served.page("/don-vi").await;
    in_order(
        &now,
        &[
            "Cơ cấu mới (từ 01/07/2025)",
            "Cơ cấu cũ (đến 30/06/2025)",
            "Cơ cấu tại ngày 26/11/2026.",
            "Tỉnh <span class=\"count\">(1)</span>",
            "href=\"/don-vi/tuyen-quang\"",
        ],
    );
    let old = served.page("/don-vi?ngay=2025-06-30").await;
    in_order(
        &old,
        &[
            "Dữ liệu cơ cấu cũ phản ánh tình trạng đến ngày 30/06/2025",
            "(2)",
            "href=\"/don-vi/ha-giang?ngay=2025-06-30\"",
        ],
    );
    let english = served.page("/en/don-vi").await;
    in_order(&english, &["<h1>Units</h1>", "Provinces", "Tuyen Quang Province"]);
    // Nonsense names nothing.
    served.page("/don-vi?ngay=khong&trang=x").await;
    assert_eq!(
        served.get("/don-vi?q=xa&trang=99").await.status,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn names_are_found_and_pages_lead_on() {
    let served = site().await;
    let found = served.page("/don-vi?q=ha+giang").await;
    in_order(
        &found,
        &[
            "(1 đơn vị)",
            "href=\"/don-vi/ha-giang\"",
            "đến hết ngày 30/06/2025",
        ],
    );
    let many = served.page("/don-vi?q=x%C3%A3&trang=2").await;
    in_order(
        &many,
        &[
            "rel=\"prev\" href=\"/don-vi?q=x%C3%A3\"",
            "rel=\"next\" href=\"/don-vi?q=x%C3%A3&#38;trang=3\"",
        ],
    );
    let none = served.page("/don-vi?q=%3Cscript%3E").await;
    assert!(none.contains("Không có đơn vị nào có tên này") && !none.contains("<script>"));
}

#[tokio::test]
async fn a_unit_says_what_it_is_and_was() {
    let served = site().await;
    let province = served.page("/don-vi/tuyen-quang").await;
    in_order(
        &province,
        &[
            "Đang hoạt động",
            "từ ngày 01/07/2025",
            "Tỉnh Tuyên Quang</h1>",
            "Tuyen Quang Province",
            "tel:0207 3822 000",
            "State management",
            "(112)",
            "rel=\"next\" href=\"/don-vi/tuyen-quang?trang=2\"",
            "01/07/2025: Sáp nhập",
            "Hình thành từ toàn bộ:",
            "ha-giang",
            "202/2025/QH15 &#60;về&#62;",
            "href=\"/tim?q=202%2F2025%2FQH15\"",
        ],
    );
    assert_eq!(province.matches("Xã Số ").count(), 99);
    let next = served.page("/don-vi/tuyen-quang?trang=2").await;
    assert_eq!(next.matches("Xã Số ").count(), 11);
    assert_eq!(
        served.get("/don-vi/tuyen-quang?trang=3").await.status,
        StatusCode::NOT_FOUND
    );
    let renamed = served.page("/don-vi/phuong-dong").await;
    in_order(
        &renamed,
        &[
            "Phường Đông</h1>",
            "Tên qua các thời kỳ",
            "Xã Đông",
            "đến hết ngày 29/04/2026",
            "Tỉnh Hà Giang → Tỉnh Tuyên Quang",
            "25,5 %",
            "Xã Đông → Phường Đông",
        ],
    );
}

#[tokio::test]
async fn an_ended_unit_keeps_its_page_and_names_its_heirs() {
    let served = site().await;
    let ended = served.page("/don-vi/ha-giang").await;
    in_order(
        &ended,
        &[
            "Đã kết thúc",
            "đến hết ngày 30/06/2025",
            "Đơn vị kế thừa hiện nay:",
            "href=\"/don-vi/tuyen-quang\"",
            "toàn bộ",
            "Tại ngày 30/06/2025",
            "phuong-dong",
        ],
    );
    let split = served.page("/don-vi/xa-nam").await;
    in_order(
        &split,
        &[
            "Đơn vị kế thừa hiện nay:",
            "khoảng 74,5 %",
            "khoảng 25,5 %",
            "Chia tách",
            "Được chia cho:",
        ],
    );
    let orphan = served.page("/don-vi/xa-ma-b").await;
    in_order(
        &orphan,
        &[
            "không có đơn vị kế thừa",
            "href=\"/don-vi/tuyen-quang\"",
            "Kết thúc hoạt động",
        ],
    );
    assert!(!orphan.contains("Ma <b>"));
    let moved = served.get("/en/don-vi/xa-dong").await;
    assert_eq!(
        (moved.status, moved.location.as_str()),
        (StatusCode::PERMANENT_REDIRECT, "/en/don-vi/phuong-dong")
    );
    assert_eq!(served.get("/don-vi/khong-co").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_change_shows_at_once() {
    let served = site().await;
    served.page("/don-vi/xa-tay").await;
    let mut tx = served.db.begin().await.expect("begin");
    let unit = store::leads_to(&mut tx, "xa-dong")
        .await
        .expect("read")
        .expect("known");
    let name = Name::of("Phường Đông Mới", "Phường", None);
    reorganise::rename(&mut tx, unit, date(2026, 5, 1), name, "ward", basis())
        .await
        .expect("renamed");
    tx.commit().await.expect("commit");
    let mut shown = String::new();
    for _ in 0..100 {
        shown = served.page("/don-vi/phuong-dong").await;
        if shown.contains("Phường Đông Mới") {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    assert!(shown.contains("Phường Đông Mới</h1>"));
}

#[tokio::test]
async fn the_sitemap_lists_living_units() {
    let served = site().await;
    let map = served.page("/sitemap/don-vi.xml").await;
    assert!(map.contains("<loc>https://tinh.example.vn/don-vi/tuyen-quang</loc>"));
    assert!(!map.contains("/don-vi/ha-giang<"));
}

#[tokio::test]
async fn the_api_tells_the_same() {
    let served = site().await;
    let top = served.json("/api/v1/units?on=2025-06-30").await;
    assert_eq!(
        (&top["total"], &top["units"][0]["slug"]),
        (&2.into(), &"ha-giang".into())
    );
    let page = served
        .json("/api/v1/units?parent=tuyen-quang&per_page=50&page=3")
        .await;
    assert_eq!(
        (
            &page["total"],
            &page["pages"],
            page["units"].as_array().map(Vec::len)
        ),
        (&112.into(), &3.into(), Some(12))
    );
    let named = served.json("/api/v1/units?q=X%C3%A3%20%C4%90%C3%B4ng").await;
    assert_eq!(named["units"][0]["slug"], "phuong-dong");
    let unit = served.json("/api/v1/units/ha-giang").await;
    assert_eq!(
        (&unit["active"], &unit["current"][0]["via"]),
        (&false.into(), &"succession".into())
    );
    assert_eq!(unit["current"][0]["part"]["denominator"], 1);
    assert_eq!(unit["states"][0]["until"], "2025-07-01");
    assert_eq!(unit["successions"][0]["event"], "merged");
    let then = served.json("/api/v1/units/xa-dong?on=2025-01-01").await;
    assert_eq!(
        (&then["name"], &then["slug"]),
        (&"Xã Đông".into(), &"phuong-dong".into())
    );
    assert_eq!(then["states"][1]["parent"], "tuyen-quang");
    assert_eq!(served.json("/api/v1/unit-kinds").await[0]["code"], "ministry");
    for (wrong, status) in [
        ("?on=1", 400),
        ("?page=0", 400),
        ("?per_page=501", 400),
        ("?parent=khong", 404),
        ("/khong", 404),
        ("/ha-giang?on=x", 400),
    ] {
        let answer = served.get(&format!("/api/v1/units{wrong}")).await;
        assert_eq!(answer.status, status, "{wrong}: {}", answer.body);
    }
}

/// `PHOLUAT_WRITE=1 cargo test -p pholuat-units --test pages` writes the file anew.
#[tokio::test]
async fn the_committed_description_is_current() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/openapi-units.json");
    let description = units::api::description().expect("a description");
    if std::env::var_os("PHOLUAT_WRITE").is_some() {
        std::fs::write(&path, &description).expect("written");
    }
    let committed = std::fs::read_to_string(path).unwrap_or_default();
    assert!(
        committed == description,
        "docs/openapi-units.json is out of date; see the comment of this test"
    );
    assert_eq!(site().await.page("/api/units/openapi.json").await, description);
}
