//! Scans recognised by the real programs.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

fn pholuat(data: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_pholuat"))
        .arg("--data")
        .arg(data)
        .args(arguments)
        .env_remove("DATABASE_URL")
        .output()
        .expect("the program runs")
}

fn json(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&output.stderr)))
}

fn installed(program: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).any(|folder| folder.join(program).is_file())
}

fn vietnamese() -> bool {
    let models = Command::new("tesseract").arg("--list-langs").output();
    installed("pdftoppm") && models.is_ok_and(|out| String::from_utf8_lossy(&out.stdout).contains("vie"))
}

const ACT: &str = "<html><head><meta charset=utf-8><style>@page{size:A4;margin:0}body{font:21px 'Noto Serif','DejaVu Serif',serif;margin:90px;\
     width:800px;line-height:1.6}p{text-align:justify;text-indent:40px;margin:12px 0}h1{text-align:center;font-size:21px}</style></head><body>\
     <h1>QUỐC HỘI</h1><h1>Luật số: 77/2024/QH15</h1><h1>LUẬT<br>VỀ THỬ NGHIỆM</h1>\
     <p>Căn cứ Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam;</p><p>Quốc hội ban hành Luật về thử nghiệm.</p>\
     <p><b>Điều 1. Phạm vi điều chỉnh</b></p><p>Luật này quy định về việc thử nghiệm, quyền và nghĩa vụ của cơ quan, tổ chức, cá nhân có liên \
     quan đến hoạt động thử nghiệm trên lãnh thổ nước Cộng hòa xã hội chủ nghĩa Việt Nam.</p>\
     <p><b>Điều 2. Hiệu lực thi hành</b></p><p>Luật này có hiệu lực thi hành từ ngày 01 tháng 7 năm 2025.</p></body></html>";

/// A page of an act as a picture, drawn by the browser; `None` where there is none.
fn picture(folder: &Path) -> Option<PathBuf> {
    let browser = ["chromium", "chromium-browser", "google-chrome"]
        .into_iter()
        .find(|name| installed(name))?;
    let (page, picture) = (folder.join("page.html"), folder.join("77-2024-qh15.png"));
    std::fs::write(&page, ACT).expect("a page");
    let drawn = Command::new(browser)
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"])
        .args(["--window-size=1000,1400", "--force-device-scale-factor=2"])
        .arg(format!("--user-data-dir={}", folder.join("profile").display()))
        .arg(format!("--screenshot={}", picture.display()))
        .arg(format!("file://{}", page.display()))
        .output()
        .ok()?;
    (drawn.status.success() && picture.is_file()).then_some(picture)
}

/// The picture as the only page of a PDF, as office scanners make them.
fn scanned_pdf(picture: &Path, to: &Path) {
    let raw = to.with_extension("pgm");
    let converted = Command::new("tesseract")
        .arg(picture)
        .arg(to.with_extension(""))
        .args(["-l", "vie", "-c", "textonly_pdf=0", "pdf"])
        .output()
        .expect("tesseract runs");
    assert!(converted.status.success());
    // Its page has an invisible text layer: drawn again, only the picture is left.
    let drawn = Command::new("pdftoppm")
        .args(["-gray", "-r", "150", "-singlefile"])
        .arg(to)
        .arg(to.with_extension(""))
        .output()
        .expect("pdftoppm runs");
    assert!(drawn.status.success());
    std::fs::write(to, pdf_of(&std::fs::read(raw).expect("a grey map"))).expect("a PDF");
}

/// A PDF whose page is a grey map.
fn pdf_of(map: &[u8]) -> Vec<u8> {
    let ends: Vec<usize> = map
        .iter()
        .enumerate()
        .filter(|(_, b)| **b == b'\n')
        .map(|(at, _)| at + 1)
        .take(3)
        .collect();
    let head = String::from_utf8_lossy(&map[..ends[2]]).into_owned();
    let mut words = head.split_ascii_whitespace().skip(1);
    let (width, height) = (words.next().expect("width"), words.next().expect("height"));
    let samples = &map[ends[2]..];
    let objects: [Vec<u8>; 5] = [
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>".to_vec(),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</XObject<</I 4 0 R>>>>/Contents 5 0 R>>".to_vec(),
        [
            format!(
                "<</Type/XObject/Subtype/Image/Width {width}/Height {height}/ColorSpace/DeviceGray/BitsPerComponent 8/Length {}>>stream\n",
                samples.len()
            )
            .as_bytes(),
            samples,
            b"\nendstream",
        ]
        .concat(),
        b"<</Length 25>>stream\n595 0 0 842 0 0 cm /I Do\nendstream".to_vec(),
    ];
    let mut pdf = b"%PDF-1.4\n".to_vec();
    let mut table = "xref\n0 6\n0000000000 65535 f \n".to_owned();
    for (number, object) in objects.iter().enumerate() {
        table.push_str(&format!("{:010} 00000 n \n", pdf.len()));
        pdf.extend(format!("{} 0 obj\n", number + 1).into_bytes());
        pdf.extend(object);
        pdf.extend(b"\nendobj\n");
    }
    let end = format!(
        "{table}trailer<</Size 6/Root 1 0 R>>\nstartxref\n{}\n%%EOF\n",
        pdf.len()
    );
    pdf.extend(end.into_bytes());
    pdf
}

#[test]
fn scans_are_recognised_and_an_exact_text_replaces_them() {
    if !vietnamese() {
        println!("skipped: no tesseract with Vietnamese or no poppler on this machine");
        return;
    }
    let place = tempfile::tempdir().expect("folder");
    let Some(picture) = picture(place.path()) else {
        println!("skipped: no browser on this machine");
        return;
    };
    let (data, files) = (place.path().join("data"), place.path().join("files"));
    std::fs::create_dir(&files).expect("folder");
    scanned_pdf(&picture, &files.join("luat-77-2024-qh15.pdf"));
    std::fs::rename(&picture, files.join("anh chup.png")).expect("moved");
    std::fs::remove_file(files.join("luat-77-2024-qh15.pgm")).expect("removed");
    let files = files.display().to_string();
    let summary = json(&pholuat(&data, &["import", "--json", "--no-pages", &files]));
    assert_eq!(
        (&summary["new"], &summary["scans"]),
        (&1.into(), &2.into()),
        "{summary}"
    );
    let open = json(&pholuat(&data, &["recognise", "--list", "--json"]));
    assert_eq!(open.as_array().map(Vec::len), Some(2));

    let done = json(&pholuat(&data, &["recognise", "--json"]));
    let done = done.as_array().expect("a list");
    assert_eq!(done.len(), 2, "{done:?}");
    for one in done {
        assert_eq!(one["slug"], "77-2024-qh15", "{one}");
        assert!(
            one["confidence"].as_u64().is_some_and(|percent| percent > 70),
            "{one}"
        );
    }
    let act = json(&pholuat(&data, &["export", "77-2024-qh15", "--format", "json"]));
    let headings: Vec<_> = act["provisions"]
        .as_array()
        .expect("provisions")
        .iter()
        .map(|one| one["heading"].as_str().unwrap_or_default())
        .collect();
    assert_eq!(headings, ["Phạm vi điều chỉnh", "Hiệu lực thi hành"], "{act}");
    assert_eq!(act["metadata"]["in_force"], Value::Null);
    let checked = pholuat(&data, &["check"]);
    assert!(
        checked.status.success(),
        "{}",
        String::from_utf8_lossy(&checked.stdout)
    );
}

#[test]
fn what_runs_confined_cannot_write_talk_or_start_others() {
    let confined = |script: &str| {
        let output = Command::new(env!("CARGO_BIN_EXE_pholuat"))
            .args([
                "confine",
                "--memory-mb",
                "512",
                "--cpu-seconds",
                "5",
                "--",
                "/usr/bin/python3",
                "-c",
            ])
            .arg(script)
            .output()
            .expect("runs");
        String::from_utf8_lossy(&output.stdout).trim().to_owned()
    };
    if !Path::new("/usr/bin/python3").is_file() {
        println!("skipped: no python3 on this machine");
        return;
    }
    let place = tempfile::tempdir().expect("folder");
    let file = place.path().join("x");
    let attempts = [
        format!("open({:?}, 'w')", file.display().to_string()),
        "import socket; socket.socket()".to_owned(),
        "import os; os.fork()".to_owned(),
        "import threading; threading.Thread(target=print).start()".to_owned(),
        "import os; os.kill(1, 0)".to_owned(),
        "import os; os.unlink('/tmp/nothing')".to_owned(),
        "bytearray(600 << 20)".to_owned(),
    ];
    assert_eq!(confined("print(1)"), "1");
    for attempt in attempts {
        let script = format!(
            "try:\n    {}\n    print('done')\nexcept (OSError, RuntimeError, MemoryError) as e:\n    print('refused')",
            attempt.replace("; ", "\n    ")
        );
        assert_eq!(confined(&script), "refused", "{attempt}");
    }
    assert!(!file.exists());
}
