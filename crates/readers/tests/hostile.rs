//! Files made to harm: the reader answers in bounded time and never panics.

use std::time::{Duration, Instant};

use proptest::prelude::*;
use readers::{Outcome, read};

/// Far above what any of these needs, far below what a quadratic scan takes.
const PATIENCE: Duration = Duration::from_secs(20);

fn in_time(name: &str, text: &str) {
    let start = Instant::now();
    let reading = read(name, text.as_bytes());
    assert!(!reading.items.is_empty());
    assert!(start.elapsed() < PATIENCE, "{name} took {:?}", start.elapsed());
}

#[test]
fn deep_nesting_is_no_recursion() {
    in_time("div.html", &format!("<html>{}Điều 1. x", "<div>".repeat(20_000)));
    in_time(
        "table.html",
        &format!("<html>{}Điều 1. x", "<table><tr><td>".repeat(3_000)),
    );
}

#[test]
fn quotes_that_never_close_stay_linear() {
    let mut text = String::from("LUẬT\nSỬA ĐỔI\nĐiều 1. Sửa đổi, bổ sung một số điều\n");
    for number in 1..4_000 {
        text.push_str(&format!(
            "Sửa đổi khoản {number} như sau:\n“{number}. Nội dung mới\n"
        ));
    }
    in_time("open.txt", &text);
}

#[test]
fn thousands_of_articles_and_signatures_stay_linear() {
    let mut text = String::from("NGHỊ ĐỊNH\nSố: 1/2020/NĐ-CP\n");
    for _ in 0..20_000 {
        text.push_str("Điều 5. Tên điều\nKT. BỘ TRƯỞNG\n");
    }
    in_time("many.txt", &text);
}

#[test]
fn refusals_speak_vietnamese() {
    for (bytes, code) in [
        (&b""[..], "empty"),
        (b"%PDF-1.7 x", "pdf"),
        (b"\xd0\xcf\x11\xe0xxxx", "word-damaged"),
        (b"{\"a\": ", "json"),
        (b"{\"a\": 1}", "json-shape"),
        (b"hello world, this is no act", "no-act"),
        // TCVN3: "Điều 1. Phạm vi" in the one-byte encoding of old Word files.
        (b"\xa7i\xd2u 1. Ph\xb9m vi \xae\xdat \xbc x", "encoding"),
    ] {
        let reading = read("x", bytes);
        let Some(Outcome::Refused(refusal)) = reading.items.first().map(|item| &item.outcome) else {
            panic!("{code}: not refused");
        };
        assert_eq!(refusal.code, code);
        assert!(!refusal.message.is_ascii(), "{}", refusal.message);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let _ = read("x", &bytes);
    }

    #[test]
    fn pieces_of_law_never_panic_and_ids_stay_unique(pieces in proptest::collection::vec(
        prop::sample::select(vec![
            "Điều 1. Phạm vi\n", "Điều 2.\n", "Điều 2a. x\n", "Điều 9\n", "“Điều 3. y\n", "z”.\n", "1. k\n", "2. k như sau:\n",
            "a) đ\n", "đ) e\n", "Chương I\n", "QUY ĐỊNH CHUNG\n", "PHỤ LỤC I\n", "QUY CHẾ\n", "(Ban hành kèm theo Quyết định số 1)\n",
            "TM. CHÍNH PHỦ\n", "Nơi nhận:\n", "NGHỊ ĐỊNH\n", "Số: 1/2020/NĐ-CP\n", "Phần thứ nhất\n", "''\n", "\"\n", "Căn cứ Hiến pháp;\n",
        ]), 0..40)
    ) {
        for item in read("x.txt", pieces.concat().as_bytes()).items {
            if let Outcome::Act(act) = item.outcome {
                let mut ids: Vec<&str> = act.provisions.iter().map(|provision| provision.id.as_str()).collect();
                let all = ids.len();
                ids.sort_unstable();
                ids.dedup();
                prop_assert_eq!(ids.len(), all);
                for provision in &act.provisions {
                    if let Some(parent) = &provision.parent {
                        prop_assert!(ids.binary_search(&parent.as_str()).is_ok());
                    }
                }
            }
        }
    }
}
