//! What a file is: its encoding and its shape, by content first, by name second.

use std::borrow::Cow;

use crate::Refusal;

/// Kinds of text files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    Empty,
    Html,
    Plain,
    Json,
    JsonLines,
    /// A document as Word 2003 writes it in XML.
    WordXml,
}

/// Files that are no text but hold one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Binary {
    Docx,
    Pdf,
    Doc,
    Rtf,
}

/// The kind of a binary file by its first bytes.
pub(crate) fn binary(bytes: &[u8]) -> Option<Binary> {
    let head = bytes.get(..1024).unwrap_or(bytes);
    if bytes.starts_with(b"PK\x03\x04") {
        Some(Binary::Docx)
    } else if bytes.starts_with(b"\xd0\xcf\x11\xe0") {
        Some(Binary::Doc)
    } else if bytes.starts_with(b"{\\rtf") {
        Some(Binary::Rtf)
    } else if head.windows(5).any(|window| window == b"%PDF-") {
        Some(Binary::Pdf)
    } else {
        None
    }
}

/// Decodes UTF-8 and UTF-16 with or without mark. Other texts are refused as `encoding`;
/// whether they are in an old encoding is for `old_text` to say.
pub(crate) fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, Refusal> {
    if let Some((_, code, message)) = BINARY.iter().find(|row| bytes.starts_with(row.0)) {
        return Err(Refusal::new(code, *message));
    }
    if let Some(rest) = bytes.strip_prefix(b"\xef\xbb\xbf") {
        return utf8(rest);
    }
    if let Some(rest) = bytes.strip_prefix(b"\xff\xfe") {
        return utf16(rest, u16::from_le_bytes);
    }
    if let Some(rest) = bytes.strip_prefix(b"\xfe\xff") {
        return utf16(rest, u16::from_be_bytes);
    }
    let zeros = |odd: usize| {
        bytes
            .iter()
            .take(512)
            .skip(odd)
            .step_by(2)
            .filter(|byte| **byte == 0)
            .count()
    };
    if bytes.len() >= 8 && zeros(1) * 4 > bytes.len().min(512) / 2 {
        return utf16(bytes, u16::from_le_bytes);
    }
    if bytes.len() >= 8 && zeros(0) * 4 > bytes.len().min(512) / 2 {
        return utf16(bytes, u16::from_be_bytes);
    }
    utf8(bytes)
}

fn utf8(bytes: &[u8]) -> Result<Cow<'_, str>, Refusal> {
    let text = String::from_utf8_lossy(bytes);
    let bad = text.matches('\u{fffd}').count();
    let nulls = bytes.iter().take(4096).filter(|byte| **byte == 0).count();
    if nulls > 0 || bad * 200 > text.len().max(200) {
        let message = "Tệp không phải văn bản Unicode (UTF-8 hoặc UTF-16), cũng không nhận ra được bảng mã cũ nào (TCVN3, VNI, VPS, VISCII, VIQR, Windows-1258). Hãy lưu lại tệp theo TCVN 6909:2001 rồi nhập lại.";
        return Err(Refusal::new("encoding", message));
    }
    Ok(text)
}

/// Why a picture is not read.
const PICTURE: &str =
    "Tệp là hình ảnh, không có lớp văn bản; cần nhận dạng chữ (OCR) trước khi nhập nội dung.";

/// Formats that are recognised only to say why they are not read.
const BINARY: &[(&[u8], &str, &str)] = &[
    (b"\xdb\xa5", "word-old", crate::word::OLD_WORD),
    (
        b"MIME-Version:",
        "mhtml",
        "Tệp là trang web lưu trọn gói (MHTML). Hãy mở bằng Word hoặc trình duyệt, lưu lại thành .docx hoặc .html rồi nhập lại.",
    ),
    (b"\x89PNG", "image", PICTURE),
    (b"\xff\xd8\xff", "image", PICTURE),
    (b"GIF8", "image", PICTURE),
    (b"II*\0", "image", PICTURE),
    (b"MM\0*", "image", PICTURE),
];

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<Cow<'_, str>, Refusal> {
    let units = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    let text: String = char::decode_utf16(units)
        .map(|c| c.unwrap_or('\u{fffd}'))
        .collect();
    if text.matches('\u{fffd}').count() * 200 > text.len().max(200) {
        return Err(Refusal::new(
            "encoding",
            "Tệp không phải văn bản Unicode (UTF-8 hoặc UTF-16).",
        ));
    }
    Ok(Cow::Owned(text))
}

/// The shape of a decoded text.
pub(crate) fn shape(name: &str, text: &str) -> Shape {
    let start = text.trim_start();
    if start.is_empty() {
        return Shape::Empty;
    }
    if start.starts_with("<?xml") && start.get(..2_000).unwrap_or(start).contains("wordDocument") {
        return Shape::WordXml;
    }
    if start.starts_with(['{', '[']) {
        let second = start.split('\n').skip(1).find(|line| !line.trim().is_empty());
        let first_ends = start
            .split('\n')
            .next()
            .is_some_and(|line| line.trim_end().ends_with('}'));
        let lines = first_ends
            && start.starts_with('{')
            && second.is_some_and(|line| line.trim_start().starts_with('{'));
        let lower = name.to_ascii_lowercase();
        let named = lower.ends_with(".jsonl") || lower.ends_with(".ndjson");
        return if lines || (named && start.starts_with('{')) {
            Shape::JsonLines
        } else {
            Shape::Json
        };
    }
    let head: String = start.chars().take(4_000).collect::<String>().to_ascii_lowercase();
    let tags = [
        "<html",
        "<!doctype",
        "<body",
        "<div",
        "<p>",
        "<p ",
        "<table",
        "<span",
        "<meta",
        "<br",
    ];
    let tagged = tags.iter().any(|tag| head.contains(tag));
    if tagged && (start.starts_with('<') || head.matches("</").count() > 2) {
        Shape::Html
    } else {
        Shape::Plain
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decodes_by_mark_and_by_look() {
        let utf16: Vec<u8> = "Điều 1. Phạm vi"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        assert_eq!(decode(&utf16).unwrap_or_default(), "Điều 1. Phạm vi");
        assert_eq!(decode(b"\xef\xbb\xbf\xc4\x90").unwrap_or_default(), "Đ");
        assert_eq!(binary(b"{\\rtf1"), Some(Binary::Rtf));
        let picture = [b"II*\0".as_slice(), &[b'a', 0].repeat(200)].concat();
        assert_eq!(
            decode(&picture).map_err(|refusal| refusal.code),
            Err("image".to_owned())
        );
        assert!(decode(&[0xc4; 400]).is_err());
    }

    #[test]
    fn content_decides_before_the_name() {
        assert_eq!(shape("a.txt", "<!DOCTYPE html><p>x"), Shape::Html);
        assert_eq!(shape("a.html", "Điều 1. a < b"), Shape::Plain);
        assert_eq!(shape("a", "{\"a\":1}\n{\"a\":2}\n"), Shape::JsonLines);
        assert_eq!(shape("a", "{\n \"a\":1}\n"), Shape::Json);
        assert_eq!(shape("a", " \n"), Shape::Empty);
    }
}
