//! The portable copy of everything: one `.tar.zst` that any program can read.
//!
//! `manifest.json` comes first (format, versions, SHA-256 and rows of each table), then
//! `files/ab/cdef…` (originals, named by their SHA-256), then `tables/NAME.jsonl` (one row a
//! line). Behind the archive stands a zstd skippable frame with the SHA-256 of all bytes
//! before it: any flipped bit is found before anything is restored.

mod pack;
mod seal;
mod unpack;

use serde::{Deserialize, Serialize};

pub use pack::pack;
pub use unpack::unpack;

/// Tables that are kept, those first that others refer to.
pub const KEPT: &[&str] = &[
    "change_log",
    "acts",
    "act_issuers",
    "originals",
    "scans",
    "original_texts",
    "expressions",
    "part_versions",
    "provision_versions",
    "claims",
    "events",
    "files",
    "act_versions",
    "act_changes",
    "amendment_decisions",
    "missed_searches",
    "unit_kinds",
    "units",
    "unit_old_slugs",
    "unit_states",
    "unit_successions",
    "unit_succession_parts",
    "unit_contacts",
    "accounts",
    "recovery_codes",
    "passkeys",
    "identities",
    "grants",
    "invitations",
    "letters",
    "audit_log",
    "post_kinds",
    "topic_groups",
    "link_hosts",
    "posts",
    "post_versions",
    "post_citations",
    "post_confirmations",
    "posts_shown",
    "posts_shown_topics",
    "media",
    "media_files",
    "post_media",
    "home_versions",
    "illustration",
    "digest_days",
    "digest_off",
    "post_autosaves",
    "posts_due",
    "post_remarks",
];
/// Tables that are derived from the others and made again, and sessions, which end with a restore;
/// a test holds both lists to the schema.
#[cfg(test)]
pub const DERIVED: &[&str] = &[
    "sessions",
    "challenges",
    "pages",
    "linked",
    "act_names",
    "mentions",
    "citations",
    "relations",
    "definitions",
    "amendments",
    "versions_due",
    "law_touched",
    "law_touched_seen",
];

const FORMAT: &str = "pholuat-backup/1";
const MANIFEST: &str = "manifest.json";

/// What a copy holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// `pholuat-backup/1`.
    pub format: String,
    /// Version of the program that made it.
    pub program: String,
    /// Number of the newest migration.
    pub schema: i64,
    /// When it was made.
    pub made: jiff::Timestamp,
    /// The tables.
    pub tables: Vec<TableNote>,
    /// SHA-256 of every original, which is also its name.
    pub files: Vec<String>,
}

/// One table of a copy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableNote {
    /// Its name.
    pub name: String,
    /// Its rows.
    pub rows: u64,
    /// SHA-256 of its member.
    pub sha256: String,
}

/// Why a copy cannot be made or restored.
#[derive(Debug, thiserror::Error)]
pub enum PortableError {
    /// Reading or writing failed.
    #[error("lỗi đọc ghi: {0}")]
    Io(#[from] std::io::Error),
    /// The database.
    #[error(transparent)]
    Db(#[from] db::DbError),
    /// The store of files.
    #[error(transparent)]
    Blob(#[from] blob::BlobError),
    /// The manifest or a row is not readable.
    #[error("nội dung bản sao lưu không đọc được: {0}")]
    Json(#[from] serde_json::Error),
    /// The copy is not what it was.
    #[error("bản sao lưu đã bị hỏng hoặc bị sửa: {0}")]
    Damaged(String),
    /// The target holds something already.
    #[error("nơi khôi phục không trống: {0}")]
    NotEmpty(String),
    /// Made by a later program.
    #[error("bản sao lưu do phiên bản mới hơn tạo ra ({0}); hãy nâng cấp chương trình rồi khôi phục")]
    TooNew(String),
    /// An original is missing.
    #[error("thiếu tệp gốc {0}; hãy chạy “pholuat check”")]
    Missing(String),
}

/// Path of an original inside the archive.
fn file_path(name: &str) -> String {
    let (start, rest) = name.split_at(2.min(name.len()));
    format!("files/{start}/{rest}")
}

/// Path of a table inside the archive.
fn table_path(name: &str) -> String {
    format!("tables/{name}.jsonl")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn every_table_is_kept_or_derived() {
        let test = db::testing::sqlite().await;
        let tables = db::catalogue::tables(&test.db).await.expect("tables");
        let mut known: Vec<_> = KEPT.iter().chain(DERIVED).copied().collect();
        known.sort_unstable();
        assert_eq!(
            tables.iter().map(|table| table.name.as_str()).collect::<Vec<_>>(),
            known
        );
    }
}
