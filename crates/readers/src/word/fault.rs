//! Why a Word file, of either format, cannot be read.

use crate::Refusal;

/// What stops the reading of a Word file; each says its sentence to the officer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Fault {
    #[error(
        "Tệp Word bị hỏng hoặc bị cắt cụt ({0}). Hãy lấy lại tệp gốc, hoặc mở bằng Word rồi lưu lại thành tệp .docx mới."
    )]
    Damaged(String),
    #[error(
        "Tệp Word bung ra lớn bất thường nên không được đọc. Hãy bỏ hình ảnh, chia nhỏ văn bản rồi nhập lại."
    )]
    TooLarge,
    #[error(
        "Tệp Word lồng các thành phần quá sâu nên không được đọc. Hãy sao chép nội dung sang tệp mới rồi nhập lại."
    )]
    TooDeep,
    #[error("Tệp Word chứa khai báo DTD, điều mà định dạng DOCX không cho phép, nên không được đọc.")]
    Dtd,
    #[error("Tệp Word được đặt mật khẩu. Hãy bỏ mật khẩu rồi nhập lại.")]
    Encrypted,
    #[error("{0}")]
    NotWord(&'static str),
}

impl Fault {
    fn code(&self) -> &'static str {
        match self {
            Self::Damaged(_) => "word-damaged",
            Self::TooLarge => "word-size",
            Self::TooDeep => "word-depth",
            Self::Dtd => "word-dtd",
            Self::Encrypted => "password",
            Self::NotWord(_) => "office",
        }
    }
}

impl From<Fault> for Refusal {
    fn from(fault: Fault) -> Self {
        Self::new(fault.code(), fault.to_string())
    }
}

// Why files of other programs in the same wrapping are no Word files.
pub(crate) const SHEET: &str = "Tệp là bảng tính (Excel hoặc tương tự), không phải văn bản. Hãy nhập văn bản ở dạng .docx, .doc, .pdf hoặc .html.";
pub(crate) const SLIDES: &str =
    "Tệp là bài trình chiếu, không phải văn bản. Hãy nhập văn bản ở dạng .docx, .doc, .pdf hoặc .html.";
pub(crate) const OPEN_TEXT: &str = "Tệp là văn bản OpenDocument (.odt). Hãy mở bằng LibreOffice hoặc Word, lưu lại dưới dạng .docx rồi nhập lại.";
pub(crate) const EPUB: &str =
    "Tệp là sách điện tử EPUB. Hãy nhập văn bản gốc ở dạng .docx, .doc, .pdf hoặc .html.";
pub(crate) const OTHER: &str = "Tệp không phải văn bản Word. Hãy lưu văn bản dưới dạng .docx rồi nhập lại; nếu là tệp nén ZIP thì hãy giải nén trước.";
pub(crate) const OLD_WORD: &str = "Tệp Word cũ hơn Word 6.0 (trước năm 1993) nên không đọc được. Hãy mở bằng Word hoặc LibreOffice, lưu lại thành .docx rồi nhập lại.";
