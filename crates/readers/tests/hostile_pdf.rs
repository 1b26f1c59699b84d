//! PDFs made to harm: a Vietnamese sentence or a reading, in bounded time, never a panic.

use std::fmt::Write as _;
use std::io::Write as _;
use std::time::{Duration, Instant};

use flate2::Compression;
use flate2::write::ZlibEncoder;
use proptest::prelude::*;
use readers::{Outcome, read};

/// The time that the sandbox leaves; tests run unoptimised beside others.
const PATIENCE: Duration = Duration::from_secs(10);

/// A file of numbered objects; the cross-reference table is left out, which readers repair.
fn pdf(objects: &[Vec<u8>]) -> Vec<u8> {
    let mut file = b"%PDF-1.7\n".to_vec();
    for (place, object) in objects.iter().enumerate() {
        file.extend(format!("{} 0 obj\n", place + 1).bytes());
        file.extend(object);
        file.extend(b"\nendobj\n");
    }
    file.extend(b"trailer\n<< /Root 1 0 R >>\n%%EOF\n");
    file
}

fn stream(entries: &str, data: &[u8]) -> Vec<u8> {
    let mut object = format!("<< /Length {} {entries} >>\nstream\n", data.len()).into_bytes();
    object.extend(data);
    object.extend(b"\nendstream");
    object
}

fn packed(size: usize) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::fast());
    let block = vec![b' '; 1 << 20];
    for _ in 0..size >> 20 {
        encoder.write_all(&block).expect("writing to memory");
    }
    encoder.finish().expect("writing to memory")
}

/// One page in Helvetica with the given content stream object.
fn page(content: Vec<u8>) -> Vec<u8> {
    pdf(&[
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 /MediaBox [0 0 595 842] >>".to_vec(),
        b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /Font << /F 5 0 R >> /XObject << /X 6 0 R >> >> >>"
            .to_vec(),
        content,
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_vec(),
        stream(
            "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 6 0 R >> >>",
            b"/X Do /X Do",
        ),
    ])
}

/// Reads in time and gives the code of the refusal, if any.
fn code(bytes: &[u8]) -> String {
    let start = Instant::now();
    let reading = read("x.pdf", bytes);
    assert!(start.elapsed() < PATIENCE, "took {:?}", start.elapsed());
    match reading.items.first().map(|item| &item.outcome) {
        Some(Outcome::Refused(refusal)) => {
            assert!(!refusal.message.is_ascii(), "{}", refusal.message);
            refusal.code.clone()
        }
        Some(_) => "read".to_owned(),
        None => "nothing".to_owned(),
    }
}

#[test]
fn a_generated_page_is_read_and_its_articles_stand() {
    let mut content = String::new();
    for (line, text) in [
        "NGHI DINH",
        "Article 1. Scope of this decree",
        "1. This decree governs files.",
        "Article 2. Effect",
    ]
    .iter()
    .enumerate()
    {
        let _ = writeln!(content, "BT /F 13 Tf 80 {} Td ({text}) Tj ET", 760 - line * 30);
    }
    let file = page(stream("", content.as_bytes()));
    let reading = read("x.pdf", &file);
    let Some(Outcome::Act(act)) = reading.items.first().map(|item| &item.outcome) else {
        panic!("not read: {reading:?}");
    };
    assert_eq!(legal::inspect::article_counts(act), "2");
}

#[test]
fn bombs_are_refused() {
    // 80 MB of operators in some hundred kB.
    let bomb = packed(80 << 20);
    assert_eq!(code(&page(stream("/Filter /FlateDecode", &bomb))), "bomb");
    // The same as a table of objects, which the library would unpack whole.
    let table = stream("/Type /ObjStm /N 1 /First 10 /Filter /FlateDecode", &bomb);
    assert_eq!(code(&page(table)), "bomb");
    // A chain of filters that multiplies.
    let chain = stream("/Filter [/FlateDecode /FlateDecode]", &bomb);
    assert_eq!(code(&page(chain)), "bomb");
}

#[test]
fn forms_that_draw_themselves_end() {
    assert_eq!(code(&page(stream("", b"/X Do /X Do /X Do"))), "scan");
}

#[test]
fn cycles_and_depth_end() {
    let cycle = pdf(&[
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        b"<< /Type /Pages /Kids [3 0 R 2 0 R] /Count 2 >>".to_vec(),
        b"<< /Type /Pages /Kids [2 0 R 3 0 R] /Parent 3 0 R /Count 2 >>".to_vec(),
    ]);
    assert!(matches!(code(&cycle).as_str(), "scan" | "pdf"));
    let loops =
        b"%PDF-1.5\nxref\n0 1\n0000000000 65535 f \ntrailer << /Root 1 0 R /Prev 9 >>\nstartxref\n9\n%%EOF"
            .to_vec();
    assert_eq!(code(&loops), "pdf");
    let length = pdf(&[
        b"<< /Type /Catalog /Pages 1 0 R /Kids 1 0 R >>".to_vec(),
        stream("/Length 2 0 R", b"x"),
    ]);
    assert!(matches!(code(&length).as_str(), "scan" | "pdf"));
    for open in ["[", "<<", "<< /A ", "("] {
        let nested = pdf(&[
            open.repeat(200_000).into_bytes(),
            b"<< /Type /Catalog /Pages 1 0 R >>".to_vec(),
        ]);
        assert!(matches!(code(&nested).as_str(), "scan" | "pdf"), "{open}");
        let content = format!("BT /F 9 Tf {} Tj ET", open.repeat(200_000));
        assert_eq!(code(&page(stream("", content.as_bytes()))), "scan", "{open}");
    }
}

#[test]
fn floods_of_small_things_stay_bounded() {
    let mut rules = String::new();
    for place in 0..30_000 {
        let _ = writeln!(
            rules,
            "{} 0 m {} 800 l S 0 {} m 500 {} l S",
            place % 590,
            place % 590,
            place % 840,
            place % 840
        );
    }
    assert_eq!(code(&page(stream("", rules.as_bytes()))), "scan");
    let mut words = String::from("BT /F 5 Tf ");
    for place in 0..100_000 {
        let _ = writeln!(words, "1 0 0 1 {} {} Tm (9) Tj", place * 7 % 590, place * 3 % 840);
    }
    words.push_str("ET");
    let _ = code(&page(stream("", words.as_bytes())));
    let saved = "q ".repeat(1_000_000);
    assert_eq!(code(&page(stream("", saved.as_bytes()))), "scan");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 120, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn damaged_files_never_panic(at in 0usize..900, byte in any::<u8>(), cut in 0usize..1_200) {
        let mut file = page(stream("", b"BT /F 13 Tf 80 700 Td (Article 1. Scope) Tj [(a) -250 (b)] TJ ET 1 0 0 1 0 0 cm 9 9 50 50 re S"));
        if let Some(place) = file.get_mut(at) {
            *place = byte;
        }
        file.truncate(cut.max(10));
        let _ = read("x.pdf", &file);
    }
}
