#![no_main]
//! Any bytes as a PDF file, and as what is written on the page of one whose fonts are in order.

/// A font of one byte a letter that stands for itself, and one of two bytes a letter.
const FRAME: &str = "%PDF-1.7
1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj
2 0 obj << /Type /Pages /Kids [3 0 R 3 0 R] /Count 2 /MediaBox [0 0 595 842] >> endobj
3 0 obj << /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /Font << /F 5 0 R /B 6 0 R /T 7 0 R >> /XObject << /X 10 0 R >> >> >> endobj
5 0 obj << /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >> endobj
6 0 obj << /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >> endobj
7 0 obj << /Type /Font /Subtype /Type0 /BaseFont /A /Encoding /Identity-H /DescendantFonts [8 0 R] /ToUnicode 9 0 R >> endobj
8 0 obj << /Type /Font /Subtype /CIDFontType2 /BaseFont /A /DW 500 /W [1 [500 600] 7 9 700] >> endobj
9 0 obj << /Length 172 >> stream
/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <0000> <FFFF> endcodespacerange
1 beginbfrange <0020> <1EFF> <0020> endbfrange endcmap end
endstream endobj
10 0 obj << /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Length 9 >> stream
/X Do 0 0 m
endstream endobj
";

fn file(content: &[u8]) -> Vec<u8> {
    let mut file = FRAME.as_bytes().to_vec();
    file.extend(format!("4 0 obj << /Length {} >> stream\n", content.len()).bytes());
    file.extend(content);
    file.extend(b"\nendstream endobj\ntrailer << /Root 1 0 R >>\n%%EOF\n");
    file
}

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if bytes.starts_with(b"%PDF") {
        let _ = readers::read("tep.pdf", bytes);
    } else {
        let _ = readers::read("tep.pdf", &file(bytes));
    }
});
