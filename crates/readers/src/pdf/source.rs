//! Opening a PDF that a stranger made: what it may cost, and why it is refused.

use std::io::Read;

use flate2::read::ZlibDecoder;
use hayro_syntax::object::{Array, Stream};
use hayro_syntax::page::Page;
use hayro_syntax::{DecryptionError, Filter, LoadPdfError, Pdf};

use crate::Refusal;

/// Bytes that one stream may unpack to.
const STREAM: usize = 24 << 20;
/// Bytes that all streams of a file may unpack to together.
const ALL: usize = 192 << 20;
/// Bytes that the tables of objects, which the library keeps, may unpack to together.
const OBJECTS: usize = 64 << 20;
/// Bytes of tables that tell the text of codes, which fonts keep.
const MAPS: usize = 12 << 20;
/// Letters of one text in such a table, as hexadecimal digits.
const LONGEST_TEXT: usize = 512;
/// Widths of glyphs that all fonts may keep.
const GLYPHS: usize = 4_000_000;
/// Deflate never unpacks a byte to more than this (zlib's own figure), LZW neither.
const GROWTH: usize = 1_400;
/// Pages above which a file is refused.
const PAGES: usize = 5_000;

/// Why a PDF gives no text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum Fault {
    #[error("Tệp PDF bị hỏng hoặc bị cắt ngắn nên không đọc được.")]
    Broken,
    #[error("Tệp PDF được đặt mật khẩu. Hãy bỏ mật khẩu rồi nhập lại.")]
    Locked,
    #[error(
        "Tệp PDF giải nén ra quá lớn nên không được đọc. Hãy kiểm tra nguồn gốc của tệp rồi tách nhỏ tệp."
    )]
    Bomb,
    #[error("Tệp PDF là bản quét, không có lớp văn bản; cần nhận dạng chữ (OCR) trước khi nhập nội dung.")]
    Scan,
    #[error("Tệp PDF không ghi mã chữ Unicode của phông nên không đọc được; cần nhận dạng chữ (OCR).")]
    Codes,
}

impl From<Fault> for Refusal {
    fn from(fault: Fault) -> Self {
        let code = match fault {
            Fault::Broken => "pdf",
            Fault::Locked => "locked",
            Fault::Bomb => "bomb",
            Fault::Scan | Fault::Codes => "scan",
        };
        Self::new(code, fault.to_string())
    }
}

/// Opens a file after looking at what its tables of objects unpack to.
pub(super) fn open(bytes: &[u8]) -> Result<Pdf, Fault> {
    weigh_objects(bytes)?;
    let pdf = Pdf::new(bytes.to_vec()).map_err(|error| match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => Fault::Locked,
        LoadPdfError::Decryption(_) | LoadPdfError::Invalid => Fault::Broken,
    })?;
    if pdf.pages().len() > PAGES {
        return Err(Fault::Bomb);
    }
    Ok(pdf)
}

/// Refuses files whose object streams or cross-reference streams are bombs: the library
/// unpacks those whole, so they are measured before it sees them.
fn weigh_objects(bytes: &[u8]) -> Result<(), Fault> {
    let mut left = OBJECTS;
    for at in memchr::memmem::find_iter(bytes, b"stream") {
        let Some(head) = bytes.get(at.saturating_sub(1_024)..at) else {
            continue;
        };
        let head = memchr::memmem::rfind(head, b" obj").map_or(head, |from| &head[from..]);
        let holds = |word: &[u8]| memchr::memmem::find(head, word).is_some();
        if head.ends_with(b"end") || !(holds(b"ObjStm") || holds(b"XRef")) {
            continue;
        }
        let body = bytes.get(at + 6..).unwrap_or_default();
        let body = body.strip_prefix(b"\r").unwrap_or(body);
        let body = body.strip_prefix(b"\n").unwrap_or(body);
        let cost = if holds(b"LZW") || memchr::memmem::find_iter(head, b"Decode").count() > 2 {
            let packed = memchr::memmem::find(body, b"endstream").unwrap_or(body.len());
            packed.saturating_mul(GROWTH)
        } else {
            unpacked_size(body, left)
        };
        left = left.checked_sub(cost).ok_or(Fault::Bomb)?;
    }
    Ok(())
}

/// Bytes that packed data unpacks to, counted no further than just above `limit`.
fn unpacked_size(packed: &[u8], limit: usize) -> usize {
    let mut reader = ZlibDecoder::new(packed).take(limit as u64 + 1);
    let mut buffer = [0; 16 << 10];
    let mut size = 0;
    while let Ok(read @ 1..) = reader.read(&mut buffer) {
        size += read;
    }
    size
}

/// Unpacks streams as long as the whole stays within bounds, and says what fonts may keep of them.
pub(super) struct Unpacker {
    left: usize,
    maps: usize,
    glyphs: usize,
}

impl Unpacker {
    /// A fresh allowance for one file.
    pub(super) fn new() -> Self {
        Self {
            left: ALL,
            maps: MAPS,
            glyphs: GLYPHS,
        }
    }

    /// A table of codes; empty where a text in it is out of all measure.
    pub(super) fn map(&mut self, stream: &Stream<'_>) -> Result<Vec<u8>, Fault> {
        let data = self.stream(stream)?;
        self.maps = self.maps.checked_sub(data.len()).ok_or(Fault::Bomb)?;
        let long = data
            .split(|byte| *byte == b'<')
            .any(|text| memchr::memchr(b'>', text).unwrap_or(text.len()) > LONGEST_TEXT);
        Ok(if long { Vec::new() } else { data })
    }

    /// Counts widths that a font keeps.
    pub(super) fn keep_widths(&mut self, count: usize) -> Result<(), Fault> {
        self.glyphs = self.glyphs.checked_sub(count).ok_or(Fault::Bomb)?;
        Ok(())
    }

    /// The operators of a page, streams joined as the format says.
    pub(super) fn page(&mut self, page: &Page<'_>) -> Result<Vec<u8>, Fault> {
        if let Some(stream) = page.raw().get::<Stream<'_>>("Contents") {
            return self.stream(&stream);
        }
        let mut all = Vec::new();
        if let Some(streams) = page.raw().get::<Array<'_>>("Contents") {
            for stream in streams.iter::<Stream<'_>>() {
                all.extend(self.stream(&stream)?);
                all.push(b'\n');
            }
        }
        Ok(all)
    }

    /// One stream; damaged ones give what could be unpacked.
    pub(super) fn stream(&mut self, stream: &Stream<'_>) -> Result<Vec<u8>, Fault> {
        let limit = STREAM.min(self.left);
        let filters = stream.filters();
        let predicted = stream.dict().contains_key("DecodeParms") || stream.dict().contains_key("DP");
        let data = match filters.as_slice() {
            [] => stream.raw_data().into_owned(),
            [Filter::FlateDecode] if !predicted => inflate(&stream.raw_data(), limit),
            _ => {
                let growth = filters.iter().fold(stream.raw_data().len(), |size, filter| {
                    size.saturating_mul(match filter {
                        Filter::FlateDecode | Filter::LzwDecode => GROWTH,
                        Filter::RunLengthDecode => 128,
                        _ => 1,
                    })
                });
                if growth > limit.saturating_mul(4) {
                    return Err(Fault::Bomb);
                }
                stream
                    .decoded_data()
                    .map(std::borrow::Cow::into_owned)
                    .unwrap_or_default()
            }
        };
        if data.len() > limit {
            return Err(Fault::Bomb);
        }
        self.left -= data.len();
        Ok(data)
    }
}

/// Unpacks at most one byte more than `limit`, so that the caller sees an overflow.
fn inflate(packed: &[u8], limit: usize) -> Vec<u8> {
    let mut out = Vec::new();
    // An error in the middle keeps what came before it, as other readers of PDF do.
    let _ = ZlibDecoder::new(packed)
        .take(limit as u64 + 1)
        .read_to_end(&mut out);
    out
}
