//! What can go wrong between a store function and its engine.

use sqlx::error::DatabaseError;

/// An error of the database layer. Messages are for logs and operators.
#[derive(Debug, thiserror::Error)]
pub enum DbError {
    /// The engine refused or failed.
    #[error("cơ sở dữ liệu báo lỗi: {0}")]
    Engine(#[from] sqlx::Error),
    /// Migrations could not be applied.
    #[error("không nâng cấp được cấu trúc cơ sở dữ liệu: {0}")]
    Migrate(#[from] sqlx::migrate::MigrateError),
    /// A statement took longer than its allowance.
    #[error("truy vấn vượt quá thời gian cho phép")]
    Timeout,
    /// A write failed at the storage level; nothing more is accepted until a restart.
    #[error("đã ngừng ghi vì thiết bị lưu trữ báo lỗi; hãy kiểm tra ổ đĩa rồi khởi động lại")]
    Halted,
    /// The address names no engine we know.
    #[error("địa chỉ cơ sở dữ liệu không hợp lệ: {0}")]
    Address(String),
    /// A stored value does not have the expected shape.
    #[error("dữ liệu lưu không đúng dạng: {0}")]
    Shape(String),
}

impl From<serde_json::Error> for DbError {
    fn from(error: serde_json::Error) -> Self {
        Self::Shape(error.to_string())
    }
}

impl From<jiff::Error> for DbError {
    fn from(error: jiff::Error) -> Self {
        Self::Shape(error.to_string())
    }
}

impl DbError {
    /// True where a second row with the same unique key was refused.
    #[must_use]
    pub fn is_duplicate(&self) -> bool {
        matches!(self, Self::Engine(sqlx::Error::Database(e)) if e.is_unique_violation())
    }

    /// True where the device below the engine failed: what was written may be lost,
    /// so nothing may be acknowledged any more. A full disk is not such a failure.
    pub(crate) fn is_broken_storage(&self) -> bool {
        match self {
            Self::Engine(sqlx::Error::Io(_)) => true,
            Self::Engine(sqlx::Error::Database(e)) => is_broken_code(e.as_ref()),
            _ => false,
        }
    }
}

/// SQLite: IOERR (10), CORRUPT (11), NOTADB (26) in the low byte of the extended code.
/// PostgreSQL: class 58 (system error) and XX001/XX002 (corruption).
fn is_broken_code(error: &dyn DatabaseError) -> bool {
    let Some(code) = error.code() else { return false };
    match code.parse::<u32>() {
        Ok(number) if code.len() < 5 => matches!(number & 0xff, 10 | 11 | 26),
        _ => code.starts_with("58") || code == "XX001" || code == "XX002",
    }
}
