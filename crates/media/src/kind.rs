//! What a file is: by its first bytes, and the name must say the same.

use memchr::memmem;
use readers::Refusal;
use serde::{Deserialize, Serialize};

/// What a file is to its readers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// A picture.
    Picture,
    /// A document to be downloaded.
    Document,
    /// Sound.
    Audio,
    /// Film.
    Video,
}

impl Kind {
    /// The word in the database.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Picture => "picture",
            Self::Document => "document",
            Self::Audio => "audio",
            Self::Video => "video",
        }
    }

    /// The kind of a word.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Picture, Self::Document, Self::Audio, Self::Video]
            .into_iter()
            .find(|kind| kind.code() == code)
    }

    /// Whether it is listened to or watched: a transcript belongs to it.
    #[must_use]
    pub fn plays(self) -> bool {
        matches!(self, Self::Audio | Self::Video)
    }
}

/// A format that may be uploaded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Format {
    pub kind: Kind,
    pub media_type: &'static str,
    pub extension: &'static str,
}

const OFFICE: &str = "application/vnd.openxmlformats-officedocument";

macro_rules! formats {
    ($($extension:literal $kind:ident $media_type:expr;)*) => {
        const FORMATS: &[Format] = &[$(Format { kind: Kind::$kind, media_type: $media_type, extension: $extension }),*];
    };
}

formats! {
    "jpg" Picture "image/jpeg";
    "png" Picture "image/png";
    "webp" Picture "image/webp";
    "gif" Picture "image/gif";
    "pdf" Document "application/pdf";
    "docx" Document "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    "xlsx" Document "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    "pptx" Document "application/vnd.openxmlformats-officedocument.presentationml.presentation";
    "odt" Document "application/vnd.oasis.opendocument.text";
    "ods" Document "application/vnd.oasis.opendocument.spreadsheet";
    "mp3" Audio "audio/mpeg";
    "m4a" Audio "audio/mp4";
    "ogg" Audio "audio/ogg";
    "mp4" Video "video/mp4";
    "webm" Video "video/webm";
}

/// Bytes at the end in which the directory of a zip file must stand.
const ZIP_END: usize = 22 + 0xffff;
/// Bytes at the beginning in which a browser would look for HTML.
const HEAD: usize = 1_024;

/// The format that bytes have and name says.
pub fn recognise(name: &str, bytes: &[u8]) -> Result<Format, Refusal> {
    let said = name
        .rsplit_once('.')
        .map_or("", |(_, end)| end)
        .to_ascii_lowercase();
    let said = match said.as_str() {
        "jpeg" | "jpe" | "jfif" => "jpg",
        other => other,
    };
    let head: Vec<u8> = bytes.iter().take(HEAD).map(u8::to_ascii_lowercase).collect();
    let holds = |word: &str| memmem::find(&head, word.as_bytes()).is_some();
    if said == "svg" || said == "svgz" || holds("<svg") {
        let why = "Hình SVG có thể chứa mã chạy được nên không nhận. Xin lưu hình thành PNG rồi tải lên.";
        return Err(Refusal::new("svg", why));
    }
    let known = FORMATS.iter().find(|format| format.extension == said);
    let Some(format) = known else {
        let why = "Cổng chỉ nhận hình JPEG, PNG, WebP, GIF; tài liệu PDF, DOCX, XLSX, PPTX, ODT, ODS; âm thanh MP3, M4A, OGG; video MP4, WebM.";
        return Err(Refusal::new("format", why));
    };
    let starts = starts_as(format.extension, bytes);
    let mixed = ["<html", "<script", "<!doctype", "<?php", "<body"]
        .iter()
        .any(|word| holds(word));
    let zip_behind = !is_zip(format.extension) && {
        let tail = &bytes[bytes.len().saturating_sub(ZIP_END)..];
        memmem::find(tail, b"PK\x05\x06").is_some()
    };
    if !starts {
        let why = format!(
            "Nội dung tệp không phải là .{said} như tên tệp nói. Xin mở tệp bằng phần mềm quen dùng và lưu lại đúng định dạng."
        );
        return Err(Refusal::new("wrong-name", why));
    }
    if mixed || zip_behind {
        let why =
            "Tệp mang hai định dạng cùng lúc (trong tệp còn giấu trang web hoặc tệp nén) nên không nhận.";
        return Err(Refusal::new("polyglot", why));
    }
    Ok(*format)
}

pub fn is_zip(extension: &str) -> bool {
    matches!(extension, "docx" | "xlsx" | "pptx" | "odt" | "ods")
}

/// Whether bytes begin as files of a format do (signatures of the formats' own specifications).
fn starts_as(extension: &str, bytes: &[u8]) -> bool {
    let at = |from: usize, word: &[u8]| bytes.get(from..).is_some_and(|rest| rest.starts_with(word));
    match extension {
        "jpg" => at(0, b"\xff\xd8\xff"),
        "png" => at(0, b"\x89PNG\r\n\x1a\n"),
        "gif" => at(0, b"GIF87a") || at(0, b"GIF89a"),
        "webp" => at(0, b"RIFF") && at(8, b"WEBP"),
        "pdf" => at(0, b"%PDF-"),
        "mp3" => at(0, b"ID3") || matches!(bytes, [0xff, second, ..] if second & 0xe6 == 0xe2),
        "m4a" | "mp4" => at(0, b"\0\0") && at(4, b"ftyp"),
        "ogg" => at(0, b"OggS"),
        "webm" => at(0, b"\x1a\x45\xdf\xa3"),
        other => is_zip(other) && at(0, b"PK\x03\x04"),
    }
}

/// What the list of types, or the first file, of a zip file of this format must name.
pub fn office_mark(extension: &str) -> &'static str {
    let known = FORMATS.iter().find(|format| format.extension == extension);
    let media_type = known.map_or("", |format| format.media_type);
    // "…wordprocessingml" also stands in the types of templates and of files with macros.
    media_type
        .strip_prefix(OFFICE)
        .map_or(media_type, |rest| rest.trim_start_matches('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_and_name_must_agree() {
        let code = |name: &str, bytes: &[u8]| recognise(name, bytes).map_err(|why| why.code);
        let png = b"\x89PNG\r\n\x1a\nxxxx";
        assert_eq!(
            code("a.PNG", png).map(|format| format.media_type),
            Ok("image/png")
        );
        assert_eq!(
            code("a.jpeg", b"\xff\xd8\xff\xe0").map(|format| format.extension),
            Ok("jpg")
        );
        for (name, bytes, why) in [
            ("a.jpg", &png[..], "wrong-name"),
            ("a.png.exe", png, "format"),
            ("a", png, "format"),
            ("a.svg", b"<svg onload=alert(1)>", "svg"),
            ("a.png", b"<?xml?><svg>", "svg"),
            ("a.html", b"<html>", "format"),
            ("a.pdf", b"\n%PDF-1.7", "wrong-name"),
            ("a.pdf", b"%PDF-1.7 <script>alert(1)</script>", "polyglot"),
            ("a.gif", b"GIF89a/*<script>*/=1", "polyglot"),
            ("a.jpg", b"\xff\xd8\xff\xe0 PK\x03\x04 PK\x05\x06 ", "polyglot"),
            ("a.mp4", b"PK\x03\x04ftyp", "wrong-name"),
        ] {
            assert_eq!(code(name, bytes), Err(why.to_owned()), "{name} {bytes:?}");
        }
    }
}
