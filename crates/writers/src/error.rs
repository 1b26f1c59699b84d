//! What can go wrong while writing.

/// A file could not be put together. None of these depends on what the act says.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The archive of a DOCX or EPUB could not be written.
    #[error("không đóng gói được tệp: {0}")]
    Archive(#[from] zip::result::ZipError),
    /// Writing into memory failed.
    #[error("không ghi được tệp: {0}")]
    Io(#[from] std::io::Error),
    /// The act has no JSON form.
    #[error("không viết được JSON: {0}")]
    Json(#[from] serde_json::Error),
}
