//! Scans, their queue and recognised texts, on both engines.

mod served;

use std::collections::BTreeSet;

use acts::import::{self, FileReader, Target, Unpacked};
use acts::model::ScanState;
use acts::recognise::{self, Recognised, Recogniser};
use acts::store::{self, Put, act_put};
use blob::{BlobConfig, Blobs};
use bytes::Bytes;
use db::{Db, both_engines};
use legal::model::{Claim, Language};
use readers::{Reading, Refusal, Sidecar};

/// Reads in this process.
struct Plain;

impl FileReader for Plain {
    async fn read(&self, name: &str, bytes: Bytes, claims: Vec<Claim>) -> Result<Reading, Refusal> {
        Ok(readers::read_described(name, &bytes, &claims))
    }

    async fn lists(&self, name: &str, bytes: Bytes) -> Result<Sidecar, Refusal> {
        Sidecar::read(name, &bytes, &readers::archive::Limits::default())
    }

    async fn unpack(&self, _: &str, _: Bytes, _: tokio::sync::mpsc::Sender<Unpacked>) -> Result<(), Refusal> {
        Err(Refusal::new("none", "Không có tệp nén."))
    }
}

/// Finds the same letters in every picture, or none.
struct Letters(Option<String>);

impl Recogniser for Letters {
    fn maker(&self) -> &str {
        "letters 1"
    }

    async fn recognise(&self, media_type: &str, _: Bytes) -> Result<Recognised, Refusal> {
        assert_eq!(media_type, "image/png");
        let text = self
            .0
            .clone()
            .ok_or_else(|| Refusal::new("no-letters", "Không có chữ."))?;
        Ok(Recognised {
            text,
            pages: 2,
            confidence: 83,
        })
    }
}

fn law(word: &str) -> String {
    format!(
        "QUỐC HỘI\nLuật số: 77/2024/QH15\nHà Nội, ngày 26 tháng 11 năm 2024\nLUẬT\nVỀ THỬ NGHIỆM\n\
         Căn cứ Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam;\n\
         Điều 1. Phạm vi điều chỉnh\nLuật này quy định về {word} theo Luật Đất đai số 31/2024/QH15.\n\
         Điều 2. Hiệu lực thi hành\nLuật này có hiệu lực thi hành từ ngày 01 tháng 7 năm 2025.\n"
    )
}

struct Place {
    target: Target,
    folder: tempfile::TempDir,
}

impl Place {
    fn new(db: &Db) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let blobs = Blobs::open(&BlobConfig::Folder(folder.path().join("kept"))).expect("files");
        let target = Target {
            db: db.clone(),
            blobs,
            site: None,
        };
        Self { target, folder }
    }

    async fn import(&self, name: &str, bytes: &[u8]) -> import::Summary {
        let path = self.folder.path().join(name);
        std::fs::write(&path, bytes).expect("a file");
        import::run(&self.target, std::sync::Arc::new(Plain), vec![path], 1, |_| ())
            .await
            .expect("imported")
    }

    async fn recognise(&self, text: Option<&str>) -> recognise::Done {
        let letters = Letters(text.map(str::to_owned));
        recognise::next(&self.target, &letters, &Plain)
            .await
            .expect("no fault")
            .expect("a scan waits")
    }
}

/// A picture that no other is equal to.
fn picture(number: u8) -> Vec<u8> {
    [b"\x89PNG\r\n\x1a\n".as_slice(), &[number; 40]].concat()
}

both_engines!(
    an_exact_text_replaces_a_recognised_one_and_never_the_reverse,
    |test| {
        let place = Place::new(&test.db);
        let summary = place.import("luat-77-2024-qh15.png", &picture(1)).await;
        assert_eq!((summary.new, summary.scans), (1, 1), "{summary:?}");
        assert!(summary.refused.is_empty());
        let act = store::act_by_slug(&test.db, "77-2024-qh15")
            .await
            .expect("asked")
            .expect("known by the name of its file");
        assert!(!act.has_text);
        let scans = store::scans_of_act(&test.db, act.id).await.expect("scans");
        assert_eq!(scans[0].state, ScanState::Waiting);

        let done = place.recognise(Some(&law("phép thư"))).await;
        assert_eq!((done.pages, done.confidence), (2, Some(83)));
        let act = store::act_by_id(&test.db, act.id)
            .await
            .expect("asked")
            .expect("act");
        assert_eq!((act.has_text, act.confidence), (true, Some(83)));
        assert_eq!(act.in_force, None, "a misread day would mislead");
        let day = jiff::civil::date(2026, 1, 1);
        let text = store::act_text(&test.db, act.id, Language::Vi, day)
            .await
            .expect("asked")
            .expect("text");
        assert_eq!(text.warnings[0].code, "recognised");
        assert!(
            store::links(&test.db, act.id, None)
                .await
                .expect("links")
                .is_empty()
        );
        while store::links_catch_up(&test.db, 10).await.expect("caught up") > 0 {}
        assert!(
            store::links(&test.db, act.id, None)
                .await
                .expect("links")
                .is_empty()
        );

        let again = place.import("luat-77-2024-qh15.png", &picture(1)).await;
        assert_eq!((again.new, again.updated, again.unchanged), (0, 0, 1));

        let summary = place.import("luat.txt", law("phép thử").as_bytes()).await;
        assert_eq!(summary.updated, 1, "{summary:?}");
        let act = store::act_by_id(&test.db, act.id)
            .await
            .expect("asked")
            .expect("act");
        assert_eq!(act.confidence, None);
        assert_eq!(act.in_force, Some(jiff::civil::date(2025, 7, 1)));
        assert!(
            !store::links(&test.db, act.id, None)
                .await
                .expect("links")
                .is_empty()
        );

        // A longer text that was recognised later does not take its place.
        let mut longer = readers_text(&law("phép thử"));
        longer.provisions.extend(longer.provisions.clone());
        let put = Put {
            text: &longer,
            has_text: true,
            sha256: "ff",
            item: 0,
            file_name: "b.png",
            format: "png",
            media_type: "image/png",
            size: 1,
            parser: "1",
            confidence: Some(99),
        };
        let mut tx = test.db.begin().await.expect("begin");
        act_put(&mut tx, &put).await.expect("put");
        tx.commit().await.expect("commit");
        let originals = store::originals(&test.db, act.id).await.expect("originals");
        let standing: Vec<_> = originals.iter().filter(|one| one.stands).collect();
        assert_eq!(standing.len(), 1);
        assert_eq!(standing[0].file_name, "luat.txt");
        let act = store::act_by_id(&test.db, act.id)
            .await
            .expect("asked")
            .expect("act");
        assert_eq!(act.confidence, None);
    }
);

fn readers_text(text: &str) -> legal::model::ActText {
    let reading = readers::read("a.txt", text.as_bytes());
    match reading.items.into_iter().next().expect("an item").outcome {
        readers::Outcome::Act(text) => *text,
        other => panic!("{other:?}"),
    }
}

both_engines!(an_exact_text_equal_to_the_recognised_one_gets_its_links, |test| {
    let place = Place::new(&test.db);
    place.import("77-2024-qh15.png", &picture(1)).await;
    place.recognise(Some(&law("phép thử"))).await;
    place.import("luat.txt", law("phép thử").as_bytes()).await;
    let act = store::act_by_slug(&test.db, "77-2024-qh15")
        .await
        .expect("asked")
        .expect("act");
    assert_eq!(act.confidence, None);
    assert!(
        !store::links(&test.db, act.id, None)
            .await
            .expect("links")
            .is_empty()
    );
});

both_engines!(
    what_nobody_can_assign_waits_in_a_list_and_failures_are_told,
    |test| {
        let place = Place::new(&test.db);
        let summary = place.import("IMG_0001.png", &picture(1)).await;
        assert_eq!((summary.new, summary.scans, summary.refused.len()), (0, 1, 1));
        assert!(summary.refused[0].message.contains("đã lưu"));
        let open = store::scans_open(&test.db, 10).await.expect("open");
        assert_eq!((open.len(), open[0].act), (1, None));

        let done = place.recognise(None).await;
        assert_eq!(done.message, "Không có chữ.");
        let letters = Letters(None);
        let next = recognise::next(&place.target, &letters, &Plain)
            .await
            .expect("no fault");
        assert_eq!(next, None, "what failed is not tried again by itself");
        assert_eq!(
            store::scans_open(&test.db, 10).await.expect("open")[0].state,
            ScanState::Failed
        );
        assert_eq!(store::scans_retry(&test.db).await.expect("retried"), 1);

        // Its letters tell which act it is.
        let done = place.recognise(Some(&law("phép thử"))).await;
        assert_eq!(done.slug.as_deref(), Some("77-2024-qh15"), "{done:?}");
        assert!(store::scans_open(&test.db, 10).await.expect("open").is_empty());
    }
);

both_engines!(one_worker_holds_a_scan_and_no_exact_act_is_recognised, |test| {
    let place = Place::new(&test.db);
    place.import("luat.txt", law("phép thử").as_bytes()).await;
    place.import("77-2024-QH15.png", &picture(1)).await;
    place.import("78-2024-QH15.png", &picture(2)).await;
    place.import("79-2024-QH15.png", &picture(3)).await;
    let mut taken = BTreeSet::new();
    while let Some(scan) = store::scan_take(&test.db).await.expect("taken") {
        assert!(taken.insert(scan.file_name), "each once");
    }
    assert_eq!(
        taken,
        BTreeSet::from(["78-2024-QH15.png".into(), "79-2024-QH15.png".into()])
    );
});

#[tokio::test]
async fn pages_say_that_a_scan_waits_and_that_a_text_was_recognised() {
    let served = served::empty("http://localhost").await;
    let site = served.kernel.site().clone();
    let place = Place {
        target: Target {
            db: site.db().clone(),
            blobs: site.blobs().clone(),
            site: Some(site.clone()),
        },
        folder: tempfile::tempdir().expect("a folder"),
    };
    place.import("77-2024-qh15.png", &picture(1)).await;
    let page = served.get("/van-ban/77-2024-qh15").await.body;
    assert!(
        page.contains("Cần nhận dạng chữ") && page.contains("77-2024-qh15.png"),
        "{page}"
    );
    place.recognise(None).await;
    served.until("/van-ban/77-2024-qh15", "Không có chữ.").await;
    store::scans_retry(site.db()).await.expect("retried");
    place.recognise(Some(&law("phép thử"))).await;
    for address in ["/van-ban/77-2024-qh15", "/van-ban/77-2024-qh15/dieu-1"] {
        let page = served
            .until(address, "Văn bản do máy nhận dạng, độ tin cậy 83 %.")
            .await;
        assert!(page.contains("phép thử"), "{page}");
    }
    let lines = served.get("/van-ban/77-2024-qh15/dieu-1?doan=1").await.body;
    assert!(lines.contains("máy nhận dạng"), "{lines}");
    let history = served.get("/van-ban/77-2024-qh15/lich-su").await.body;
    assert!(history.contains("Đã nhận dạng chữ, độ tin cậy 83 %"), "{history}");
    let list = served.get("/van-ban").await.body;
    assert!(list.contains("Văn bản do máy nhận dạng"), "{list}");
}
