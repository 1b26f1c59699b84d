//! PDF files made to harm.

use std::fmt::Write as _;
use std::io::Write as _;

use flate2::Compression;
use flate2::write::ZlibEncoder;

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

fn stream(entries: &str, data: &str) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(data.as_bytes()).expect("memory");
    let packed = encoder.finish().expect("memory");
    let mut object = format!(
        "<< /Length {} /Filter /FlateDecode {entries} >>\nstream\n",
        packed.len()
    )
    .into_bytes();
    object.extend(packed);
    object.extend(b"\nendstream");
    object
}

/// As many pages as asked, all of one content; `more` objects follow from number 6 on.
fn pages(count: usize, content: &str, resources: &str, more: Vec<Vec<u8>>) -> Vec<u8> {
    let first = 6 + more.len();
    let kids: String = (0..count).map(|page| format!("{} 0 R ", first + page)).collect();
    let mut objects = vec![
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        format!("<< /Type /Pages /Kids [{kids}] /Count {count} /MediaBox [0 0 595 842] >>").into_bytes(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_vec(),
        stream("", content),
        format!("<< /Font << /F 3 0 R {resources} >> /XObject << /X 6 0 R >> >>").into_bytes(),
    ];
    objects.extend(more);
    objects.extend(vec![b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources 5 0 R >>".to_vec(); count]);
    pdf(&objects)
}

/// Words on so many lines of so many words each.
fn words(lines: usize, words: usize) -> String {
    let mut out = String::new();
    for line in 0..lines {
        let _ = writeln!(
            out,
            "BT /F 5 Tf 20 {} Td ({}) Tj ET",
            10 + line * 830 / lines,
            "a ".repeat(words)
        );
    }
    out
}

/// A raster of rules with its words.
fn raster(across: usize, down: usize) -> String {
    let mut out = words(20, 5);
    for row in 0..across {
        let _ = writeln!(
            out,
            "10 {} 560 0.5 re f",
            10.0 + 820.0 * row as f32 / across as f32
        );
    }
    for column in 0..down {
        let _ = writeln!(
            out,
            "{} 10 0.5 820 re f",
            10.0 + 560.0 * column as f32 / down as f32
        );
    }
    out
}

fn cmap(body: &str) -> String {
    format!(
        "/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> <ff> endcodespacerange {body} endcmap"
    )
}

fn font(to_unicode: &str) -> Vec<u8> {
    format!("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica {to_unicode} >>").into_bytes()
}

/// Fonts of many objects that all name one table of widths.
fn wide_fonts(count: usize) -> Vec<u8> {
    let names: String = (0..count)
        .map(|font| format!("/W{font} {} 0 R ", 8 + font))
        .collect();
    let used: String = (0..count)
        .map(|font| format!("BT /W{font} 9 Tf (ab) Tj ET\n"))
        .collect();
    let mut more = vec![
        b"[0 69000 500]".to_vec(),
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /A /W 6 0 R >>".to_vec(),
    ];
    more.extend(vec![
            b"<< /Type /Font /Subtype /Type0 /BaseFont /A /Encoding /Identity-H /DescendantFonts [7 0 R] >>"
                .to_vec();
            count
        ]);
    pages(1, &used, &names, more)
}

/// Forms that each draw the next one ten times.
fn forms() -> Vec<u8> {
    let form = |next: usize| {
        let entries = format!(
            "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /Font << /F 3 0 R >> /XObject << /X {next} 0 R >> >>"
        );
        stream(&entries, &"BT /F 9 Tf 1 1 Td (a b c) Tj ET /X Do ".repeat(12))
    };
    pages(
        1,
        &"/X Do ".repeat(12),
        "",
        (0..9).map(|at| form(7 + at)).collect(),
    )
}

/// Objects that name each other in circles, or unpack beyond all measure.
fn structure() -> Vec<(&'static str, Vec<u8>)> {
    vec![
        (
            "cycle.pdf",
            pdf(&[
                b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
                format!(
                    "<< /Type /Pages /Kids [{}] /Count 99 >>",
                    "2 0 R 3 0 R ".repeat(50_000)
                )
                .into_bytes(),
                b"<< /Type /Pages /Kids [2 0 R 3 0 R] /Parent 3 0 R /Count 99 >>".to_vec(),
            ]),
        ),
        // Every table of objects names itself as the one before it.
        (
            "tables.pdf",
            format!(
                "%PDF-1.5\n{}startxref\n9\n%%EOF",
                "xref\n0 1\n0000000000 65535 f \ntrailer << /Root 1 0 R /Prev 9 >>\n".repeat(20_000)
            )
            .into_bytes(),
        ),
        (
            "unpacked.pdf",
            pages(
                1,
                "",
                "",
                vec![stream("/Type /ObjStm /N 9 /First 40", &" ".repeat(70 << 20))],
            ),
        ),
    ]
}

/// All of them by name.
pub fn files() -> Vec<(&'static str, Vec<u8>)> {
    let long = "0061".repeat(20_000);
    let texts = vec![stream(
        "",
        &cmap(&format!("1 beginbfchar <61> <{long}> endbfchar")),
    )];
    let range = "<0000> <ffff> <0041>\n".repeat(100);
    let ranges = (0..2_000)
        .map(|_| format!("100 beginbfrange {range} endbfrange\n"))
        .collect::<String>();
    let mut with_text = texts;
    with_text.push(font("/ToUnicode 6 0 R"));
    let with_ranges = vec![stream("", &cmap(&ranges)), font("/ToUnicode 6 0 R")];
    let shown = |name: &str| format!("BT /{name} 9 Tf 20 700 Td ({}) Tj ET", "a ".repeat(100_000));
    let drawn = vec![
        ("full.pdf", pages(400, &words(60, 40), "", Vec::new())),
        ("pages.pdf", pages(5_000, &words(60, 40), "", Vec::new())),
        ("many-words.pdf", pages(300, &words(200, 280), "", Vec::new())),
        ("columns.pdf", pages(3_000, &words(400, 3), "", Vec::new())),
        ("raster.pdf", pages(2_000, &raster(63, 62), "", Vec::new())),
        ("rules.pdf", pages(1_500, &raster(1_450, 1_450), "", Vec::new())),
        ("wide-fonts.pdf", wide_fonts(3_000)),
        ("forms.pdf", forms()),
        ("long-texts.pdf", pages(1, &shown("L"), "/L 7 0 R", with_text)),
        ("ranges.pdf", pages(1, &shown("L"), "/L 7 0 R", with_ranges)),
        (
            "kids.pdf",
            pdf(&[
                b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
                format!(
                    "<< /Type /Pages /Kids [{}] /Count 9 /MediaBox [0 0 9 9] >>",
                    "3 0 R ".repeat(1_000_000)
                )
                .into_bytes(),
                b"<< /Type /Page /Parent 2 0 R >>".to_vec(),
            ]),
        ),
        ("objects.pdf", pdf(&vec![b"<< /Type /Page >>".to_vec(); 600_000])),
    ];
    drawn.into_iter().chain(structure()).collect()
}
