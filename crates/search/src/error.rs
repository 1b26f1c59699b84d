//! What can go wrong in the index.

use db::DbError;

/// An error of the index. Messages are for logs and operators.
#[derive(Debug, thiserror::Error)]
pub enum SearchError {
    /// The index could not be read or written.
    #[error("chỉ mục tìm kiếm báo lỗi: {0}")]
    Index(#[from] tantivy::TantivyError),
    /// A file or folder of the index.
    #[error("không đọc ghi được thư mục chỉ mục: {0}")]
    Io(#[from] std::io::Error),
    /// The database behind.
    #[error(transparent)]
    Db(#[from] DbError),
    /// The one who asked has gone.
    #[error("yêu cầu đã bị bỏ")]
    Abandoned,
    /// The search took longer than its allowance.
    #[error("tìm kiếm vượt quá thời gian cho phép")]
    Timeout,
    /// What stands in the index does not have the expected shape.
    #[error("chỉ mục không đúng dạng: {0}")]
    Shape(String),
    /// A thread failed.
    #[error("luồng tìm kiếm dừng đột ngột")]
    Thread,
}

impl SearchError {
    /// True where the files of the index may be damaged.
    pub(crate) fn is_damage(&self) -> bool {
        matches!(self, Self::Index(_) | Self::Io(_) | Self::Shape(_) | Self::Thread)
    }
}

impl From<tokio::task::JoinError> for SearchError {
    fn from(_: tokio::task::JoinError) -> Self {
        Self::Thread
    }
}
