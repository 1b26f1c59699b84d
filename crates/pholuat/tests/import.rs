//! `pholuat import` and its children as an operator meets them: the real program.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

fn act(number: u32) -> String {
    format!(
        "QUỐC HỘI\n-------\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n\
         Luật số: {number}/2024/QH15\nHà Nội, ngày 26 tháng 11 năm 2024\n\nLUẬT\nVỀ THỬ NGHIỆM SỐ {number}\n\n\
         Căn cứ Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam;\n\n\
         Điều 1. Phạm vi điều chỉnh\nLuật này quy định về việc thử nghiệm.\n\n\
         Điều 2. Hiệu lực thi hành\nLuật này có hiệu lực thi hành từ ngày 01 tháng 7 năm 2025.\n"
    )
}

fn pholuat(data: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_pholuat"))
        .arg("--data")
        .arg(data)
        .args(arguments)
        .env_remove("DATABASE_URL")
        .output()
        .expect("the program runs")
}

fn import(data: &Path, path: &Path) -> Value {
    let output = pholuat(data, &["import", "--json", &path.display().to_string()]);
    serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&output.stderr)))
}

fn counts(summary: &Value) -> [u64; 4] {
    let refused = summary["refused"].as_array().map_or(0, Vec::len) as u64;
    let count = |name: &str| summary[name].as_u64().unwrap_or(u64::MAX);
    [count("new"), count("updated"), count("unchanged"), refused]
}

#[test]
fn the_child_cannot_reach_network_files_programs_threads_or_more_memory() {
    let output = Command::new(env!("CARGO_BIN_EXE_pholuat"))
        .args(["parse-worker", "--probe"])
        .output()
        .expect("the worker runs");
    let probe: Value = serde_json::from_slice(&output.stdout).expect("a report");
    let probe = probe.as_object().expect("an object");
    assert_eq!(probe.len(), 5);
    assert!(probe.values().all(|refused| refused == true), "{probe:?}");
}

#[test]
fn importing_again_changes_nothing_and_bad_files_cost_only_themselves() {
    let place = tempfile::tempdir().expect("folder");
    let (data, files) = (place.path().join("data"), place.path().join("files"));
    std::fs::create_dir(&files).expect("folder");
    for number in 1..=5 {
        std::fs::write(files.join(format!("luat-{number}.txt")), act(number)).expect("file");
    }
    // The same act once more from another source: one act, two originals.
    std::fs::write(files.join("luat-5-ban-khac.txt"), act(5) + "\n\n").expect("file");
    std::fs::write(files.join("empty.html"), "").expect("file");
    std::fs::write(files.join("noise.bin"), [0xff_u8, 0, 0x13, 0x80].repeat(5_000)).expect("file");
    let nested = "<div>".repeat(400_000) + "Điều 1. x";
    std::fs::write(files.join("nested.html"), nested).expect("file");
    let first = import(&data, &files);
    let [new, updated, _, refused] = counts(&first);
    assert_eq!((new, updated), (5, 1), "{first}");
    assert!(refused >= 2, "{first}");
    let reasons = first["refused"].as_array().expect("list");
    assert!(
        reasons
            .iter()
            .all(|one| one["message"].as_str().is_some_and(|why| why.ends_with('.'))),
        "{first}"
    );
    let again = import(&data, &files);
    assert_eq!(counts(&again)[..3], [0, 0, 6], "{again}");
    let checked = pholuat(&data, &["check"]);
    assert!(
        checked.status.success(),
        "{}",
        String::from_utf8_lossy(&checked.stdout)
    );
}

#[test]
fn archives_are_opened_in_a_child_and_bombs_are_cut() {
    let place = tempfile::tempdir().expect("folder");
    let tarball = place.path().join("acts.tar.zst");
    let file = std::fs::File::create(&tarball).expect("file");
    let mut archive = tar::Builder::new(zstd::Encoder::new(file, 3).expect("zstd"));
    let mut add = |name: &str, bytes: &[u8]| {
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        header.set_mode(0o644);
        archive.append_data(&mut header, name, bytes).expect("member");
    };
    for number in 1..=3 {
        add(&format!("x/luat-{number}.txt"), act(number).as_bytes());
    }
    add("bomb.txt", &vec![b' '; 300 << 20]);
    add("after.txt", act(4).as_bytes());
    archive
        .into_inner()
        .expect("tar")
        .finish()
        .expect("zstd")
        .flush()
        .expect("file");
    let summary = import(&place.path().join("data"), &tarball);
    let [new, _, _, refused] = counts(&summary);
    assert_eq!((new, refused), (3, 1), "{summary}");
}

const LIST: &str = "{\"file\": \"ban-dich.html\", \"number\": \"28/2021/NĐ-CP\", \"status\": \"Còn hiệu lực\", \
     \"url\": \"https://example.gov.vn/28\", \"updated\": \"07/04/2026\"}\n\
     {\"file\": \"khong-co.html\", \"number\": \"29/2021/NĐ-CP\"}\n";

fn translation() -> String {
    let articles = (1..=5).map(|number| {
        format!(
            "<p><b>Article {number}.</b> Scope of regulation number {number}</p>\
             <p>This Decree provides for the tests that ministries and provinces shall carry out.</p>"
        )
    });
    format!("<html><body>{}</body></html>", articles.collect::<String>())
}

fn decree() -> String {
    act(28)
        .replace("QUỐC HỘI", "CHÍNH PHỦ")
        .replace("Luật số: 28/2024/QH15", "Số: 28/2021/NĐ-CP")
        .replace("LUẬT\n", "NGHỊ ĐỊNH\n")
}

#[test]
fn a_list_tells_which_act_a_translation_is_whichever_comes_first() {
    let place = tempfile::tempdir().expect("folder");
    for (round, decree_name) in ["a.txt", "z.txt"].into_iter().enumerate() {
        let files = place.path().join(format!("files-{round}"));
        let data = place.path().join(format!("data-{round}"));
        std::fs::create_dir(&files).expect("folder");
        std::fs::write(files.join("ban-dich.html"), translation()).expect("file");
        std::fs::write(files.join(decree_name), decree()).expect("file");
        std::fs::write(files.join("docs.jsonl"), LIST).expect("file");
        let first = import(&data, &files);
        assert_eq!(counts(&first), [1, 1, 0, 0], "{first}");
        assert_eq!(first["lists"], 1, "{first}");
        for language in [None, Some("--english")] {
            let arguments = ["export", "28-2021-nd-cp", "--format", "json"];
            let arguments: Vec<_> = arguments.into_iter().chain(language).collect();
            let exported = pholuat(&data, &arguments);
            let said = String::from_utf8_lossy(&exported.stdout);
            let expected = if language.is_some() {
                "This Decree provides"
            } else {
                "thử nghiệm"
            };
            assert!(exported.status.success() && said.contains(expected), "{said}");
        }
        let again = import(&data, &files);
        assert_eq!(
            (counts(&again), &again["lists"]),
            ([0, 0, 2, 0], &Value::from(1)),
            "{again}"
        );
        // A later edition of the list is news about that act alone.
        let later = LIST
            .replace("Còn hiệu lực", "Hết hiệu lực")
            .replace("07/04", "08/05");
        std::fs::write(files.join("docs.jsonl"), later).expect("file");
        let news = import(&data, &files);
        assert_eq!(counts(&news), [0, 1, 1, 0], "{news}");
        // Without its list the file says nothing new.
        let alone = import(&data, &files.join("ban-dich.html"));
        assert_eq!(counts(&alone), [0, 0, 1, 0], "{alone}");
    }
}

#[test]
fn a_list_in_an_archive_counts_wherever_it_stands() {
    let place = tempfile::tempdir().expect("folder");
    let tarball = place.path().join("acts.tar");
    let mut archive = tar::Builder::new(std::fs::File::create(&tarball).expect("file"));
    for (name, content) in [
        ("set/ban-dich.html", translation()),
        ("set/docs.jsonl", LIST.to_owned()),
        ("set/nghi-dinh.txt", decree()),
    ] {
        let mut header = tar::Header::new_gnu();
        header.set_size(content.len() as u64);
        header.set_mode(0o644);
        let added = archive.append_data(&mut header, name, content.as_bytes());
        added.expect("member");
    }
    archive.into_inner().expect("tar").flush().expect("file");
    let summary = import(&place.path().join("data"), &tarball);
    assert_eq!(counts(&summary), [1, 1, 0, 0], "{summary}");
    assert_eq!(summary["lists"], 1, "{summary}");
}

#[test]
fn a_reader_of_the_answer_may_leave_early() {
    let place = tempfile::tempdir().expect("folder");
    let file = place.path().join("luat.txt");
    std::fs::write(&file, act(17)).expect("file");
    let file = file.display().to_string();
    for arguments in [
        &["import", "--json", &file][..],
        &["inspect", "--json", &file],
        &["export", "17-2024-qh15"],
        &["search", "thử nghiệm"],
        &["check"],
        &["config", "example"],
    ] {
        let mut running = Command::new(env!("CARGO_BIN_EXE_pholuat"))
            .arg("--data")
            .arg(place.path().join("data"))
            .args(arguments)
            .env_remove("DATABASE_URL")
            .stdout(std::process::Stdio::piped())
            .stderr(std::process::Stdio::piped())
            .spawn()
            .expect("the program runs");
        drop(running.stdout.take());
        let output = running.wait_with_output().expect("ended");
        let complaints = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{arguments:?}: {complaints}");
        assert!(complaints.is_empty(), "{arguments:?}: {complaints}");
    }
}

#[test]
fn an_interrupted_import_goes_on_where_it_stopped() {
    let place = tempfile::tempdir().expect("folder");
    let (data, files) = (place.path().join("data"), place.path().join("files"));
    std::fs::create_dir(&files).expect("folder");
    for number in 1..=300 {
        std::fs::write(files.join(format!("luat-{number:03}.txt")), act(number)).expect("file");
    }
    let mut running = Command::new(env!("CARGO_BIN_EXE_pholuat"))
        .arg("--data")
        .arg(&data)
        .args(["import", "--no-pages"])
        .arg(&files)
        .env_remove("DATABASE_URL")
        .stdout(std::process::Stdio::null())
        .spawn()
        .expect("the program runs");
    std::thread::sleep(std::time::Duration::from_millis(700));
    running.kill().expect("killed");
    running.wait().expect("ended");
    let summary = import(&data, &files);
    let [new, updated, unchanged, refused] = counts(&summary);
    assert_eq!((new + unchanged, updated, refused), (300, 0, 0), "{summary}");
    assert_eq!(counts(&import(&data, &files)), [0, 0, 300, 0]);
    assert!(pholuat(&data, &["check"]).status.success());
}

#[test]
fn inspect_needs_no_database_and_names_what_it_read() {
    let place = tempfile::tempdir().expect("folder");
    let file = place.path().join("luat.txt");
    std::fs::write(&file, act(17)).expect("file");
    let data = place.path().join("none");
    let json = pholuat(&data, &["inspect", "--json", &file.display().to_string()]);
    let read: Value = serde_json::from_slice(&json.stdout).expect("JSON");
    assert_eq!(read["metadata"]["number"], "17/2024/QH15");
    assert_eq!(read["provisions"].as_array().map(Vec::len), Some(2));
    let shown = pholuat(&data, &["inspect", &file.display().to_string()]);
    assert!(String::from_utf8_lossy(&shown.stdout).contains("Số, ký hiệu: 17/2024/QH15"));
    assert!(!data.exists(), "nothing is made");
}

#[test]
fn a_configuration_that_makes_no_sense_is_refused_by_name() {
    let place = tempfile::tempdir().expect("folder");
    let file = place.path().join("x.toml");
    std::fs::write(&file, "[server]\nlisten = \"khong-co-cong\"\n").expect("file");
    let arguments = ["--config", &file.display().to_string(), "serve"];
    let output = pholuat(&place.path().join("data"), &arguments);
    assert!(!output.status.success());
    assert!(String::from_utf8_lossy(&output.stderr).contains("server.listen"));
    let example = pholuat(place.path(), &["config", "example"]);
    assert!(String::from_utf8_lossy(&example.stdout).contains("database_url"));
}
