//! `backup`, `restore` and `check` as an operator meets them, between the two engines.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use blob::{BlobConfig, Blobs};
use tempfile::TempDir;

fn act(number: u32) -> String {
    format!(
        "CHÍNH PHỦ\n-------\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n\
         Số: {number}/2024/NĐ-CP\nHà Nội, ngày 26 tháng 11 năm 2024\n\nNGHỊ ĐỊNH\nVề thử nghiệm số {number}\n\n\
         Điều 1. Phạm vi\nNghị định này quy định về “thử nghiệm” \\ 100%.\n\n\
         Điều 2. Hiệu lực\nNghị định này có hiệu lực thi hành từ ngày 01 tháng 7 năm 2025.\n"
    )
}

fn pholuat(data: &Path, url: Option<&str>, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_pholuat"));
    command
        .arg("--data")
        .arg(data)
        .args(arguments)
        .env_remove("DATABASE_URL");
    if let Some(url) = url {
        command.env("DATABASE_URL", url);
    }
    command.output().expect("the program runs")
}

fn said(output: &Output) -> String {
    format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    )
}

fn succeeds(output: &Output) {
    assert!(output.status.success(), "{}", said(output));
}

const PICTURE: &[u8] = b"what an officer uploaded";

/// Puts an uploaded file into a data folder.
fn upload(data: &Path) {
    let data = data.to_owned();
    let put = async move {
        let db = db::Db::connect(None, &data).await.expect("a database");
        let blobs = Blobs::open(&BlobConfig::Folder(data.join("files"))).expect("files");
        let file = posts::model::File {
            name: "anh-960.jpg".to_owned(),
            media_type: "image/jpeg".to_owned(),
            width: 960,
            height: 540,
            size: 24,
            sha256: blobs.put(PICTURE).await.expect("kept"),
        };
        let who = policy::Visitor {
            account: policy::AccountId(1),
            name: "Trần Thị Soạn".to_owned(),
            grants: Vec::new(),
            second_proof: false,
        };
        let (unit, kind) = (policy::UnitId::of(1), media::Kind::Picture);
        let mut tx = db.begin().await.expect("a transaction");
        posts::store::media_insert(&mut tx, unit, kind, "anh.jpg", false, &[file], &who)
            .await
            .expect("written");
        tx.commit().await.expect("committed");
        db.close().await;
    };
    // Some of these tests have a runtime of their own.
    let run = move || tokio::runtime::Runtime::new().expect("a runtime").block_on(put);
    std::thread::spawn(run).join().expect("uploaded");
}

/// The uploaded file in a data folder.
async fn uploaded(data: &Path) -> Option<Vec<u8>> {
    let blobs = Blobs::open(&BlobConfig::Folder(data.join("files"))).expect("files");
    let bytes = blobs.get(&blob::sha256(PICTURE)).await.expect("read");
    bytes.map(|bytes| bytes.to_vec())
}

/// A data folder with a few acts and an uploaded file, and a copy of it.
fn copied() -> (TempDir, PathBuf, PathBuf) {
    let place = tempfile::tempdir().expect("folder");
    let (data, files) = (place.path().join("data"), place.path().join("files"));
    std::fs::create_dir(&files).expect("folder");
    for number in 11..=14 {
        std::fs::write(files.join(format!("{number}.txt")), act(number)).expect("file");
    }
    succeeds(&pholuat(&data, None, &["import", &files.display().to_string()]));
    upload(&data);
    let copy = place.path().join("copy.tar.zst");
    succeeds(&pholuat(&data, None, &["backup", &copy.display().to_string()]));
    (place, data, copy)
}

fn export(data: &Path, url: Option<&str>) -> String {
    let output = pholuat(data, url, &["export", "12-2024-nd-cp", "--format", "json"]);
    succeeds(&output);
    said(&output)
}

#[tokio::test]
async fn a_copy_restores_into_an_empty_folder_and_is_whole() {
    let (place, data, copy) = copied();
    let to = place.path().join("restored");
    let restore = [
        "restore",
        &copy.display().to_string(),
        "--to",
        &to.display().to_string(),
    ];
    succeeds(&pholuat(&data, None, &restore));
    succeeds(&pholuat(&to, None, &["check"]));
    assert_eq!(export(&data, None), export(&to, None));
    assert_eq!(uploaded(&to).await.as_deref(), Some(PICTURE));
    let again = pholuat(&data, None, &restore);
    assert!(
        !again.status.success() && said(&again).contains("không trống"),
        "{}",
        said(&again)
    );
    let over = pholuat(&data, None, &["backup", &copy.display().to_string()]);
    assert!(!over.status.success(), "an existing file is never overwritten");
}

#[test]
fn a_copy_is_readable_without_this_program() {
    let (place, _, copy) = copied();
    let out = place.path().join("plain");
    std::fs::create_dir(&out).expect("folder");
    let decoder = zstd::Decoder::new(std::fs::File::open(&copy).expect("copy")).expect("zstd");
    tar::Archive::new(decoder).unpack(&out).expect("tar");
    let acts = std::fs::read_to_string(out.join("tables/acts.jsonl")).expect("table");
    assert_eq!(acts.lines().count(), 4);
    let first: serde_json::Value = serde_json::from_str(acts.lines().next().expect("a line")).expect("JSON");
    assert_eq!(first["kind"], "nghi-dinh");
}

#[test]
fn every_flipped_byte_is_found() {
    let (place, _, copy) = copied();
    let whole = std::fs::read(&copy).expect("copy");
    let broken = place.path().join("broken.tar.zst");
    let to = place.path().join("to");
    let mut state = 0x2545_F491_4F6C_DD1D_u64;
    let mut next = move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state >> 1).expect("64 bits")
    };
    for turn in 0..200 {
        let mut bytes = whole.clone();
        let at = match turn {
            0 => 0,
            1 => whole.len() - 1,
            _ => next() % whole.len(),
        };
        bytes[at] ^= 1 << (next() % 8);
        std::fs::write(&broken, &bytes).expect("file");
        let restore = [
            "restore",
            &broken.display().to_string(),
            "--to",
            &to.display().to_string(),
        ];
        let output = pholuat(place.path(), None, &restore);
        assert!(!output.status.success(), "a flip at byte {at} was not found");
        assert!(!to.exists(), "a refused copy leaves nothing");
    }
    std::fs::write(&broken, &whole[..whole.len() / 2]).expect("file");
    let restore = [
        "restore",
        &broken.display().to_string(),
        "--to",
        &to.display().to_string(),
    ];
    assert!(
        !pholuat(place.path(), None, &restore).status.success(),
        "cut in half"
    );
}

#[tokio::test]
async fn a_copy_moves_between_the_engines() {
    let Some(url) = db::testing::postgres_url().await else {
        return;
    };
    let (place, data, copy) = copied();
    let node = place.path().join("node");
    succeeds(&pholuat(
        &node,
        None,
        &["restore", &copy.display().to_string(), "--to", &url],
    ));
    succeeds(&pholuat(&node, Some(&url), &["check"]));
    assert_eq!(uploaded(&node).await.as_deref(), Some(PICTURE));
    assert_eq!(export(&data, None), export(&node, Some(&url)));
    let second = pholuat(
        &node,
        None,
        &["restore", &copy.display().to_string(), "--to", &url],
    );
    assert!(!second.status.success(), "only into an empty database");
    let back = place.path().join("back.tar.zst");
    succeeds(&pholuat(
        &node,
        Some(&url),
        &["backup", &back.display().to_string()],
    ));
    let home = place.path().join("home");
    let restore = [
        "restore",
        &back.display().to_string(),
        "--to",
        &home.display().to_string(),
    ];
    succeeds(&pholuat(&data, None, &restore));
    assert_eq!(export(&data, None), export(&home, None));
}

#[test]
fn check_finds_an_altered_and_a_missing_original_and_a_broken_database() {
    let (_place, data, _) = copied();
    succeeds(&pholuat(&data, None, &["check"]));
    let mut originals = Vec::new();
    for folder in std::fs::read_dir(data.join("files")).expect("files").flatten() {
        originals.extend(
            std::fs::read_dir(folder.path())
                .expect("folder")
                .flatten()
                .map(|one| one.path()),
        );
    }
    std::fs::write(&originals[0], "khác").expect("file");
    std::fs::remove_file(&originals[1]).expect("removed");
    let output = pholuat(&data, None, &["check"]);
    let found = said(&output);
    assert_eq!(output.status.code(), Some(1), "{found}");
    assert!(
        found.contains("đã bị thay đổi") && found.contains("Thiếu tệp gốc"),
        "{found}"
    );
    assert!(found.contains("Phát hiện 2 lỗi"), "{found}");
}

#[tokio::test]
async fn check_finds_a_gap_in_the_log_and_text_without_an_original() {
    let (_place, data, _) = copied();
    let opened = db::Db::connect(None, &data).await.expect("database");
    let mut tx = opened.begin().await.expect("begin");
    db::sql("DELETE FROM change_log WHERE seq = 2")
        .run(&mut tx)
        .await
        .expect("delete");
    db::sql("UPDATE expressions SET known_until = 1 WHERE act_id = 1")
        .run(&mut tx)
        .await
        .expect("update");
    tx.commit().await.expect("commit");
    opened.close().await;
    let output = pholuat(&data, None, &["check"]);
    let found = said(&output);
    assert_eq!(output.status.code(), Some(1), "{found}");
    assert!(found.contains("đứt quãng sau số: 1"), "{found}");
    assert!(found.contains("không có bản gốc đang dùng"), "{found}");
}
