//! Both structures of administrative units, before and after 1 July 2025, from the files of public
//! data sets: read, matched with each other, written once. Importing again changes nothing, and what
//! officers recorded since is never undone.

mod drafts;
mod files;
mod keys;
mod laws;
mod plan;
mod write;

use std::path::Path;

use db::{Db, DbError};
use serde::Serialize;

use files::read_folder;
use plan::plan;

/// First day of the new structure.
pub const NEW_STRUCTURE: jiff::civil::Date = jiff::civil::date(2025, 7, 1);

/// Why nothing was imported. The sentences are for officers.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The folder or a file cannot be read.
    #[error("không đọc được {0}: {1}")]
    Unreadable(String, std::io::Error),
    /// A file is longer than any data of units is.
    #[error("{0} quá lớn (giải nén trên {1} MB)")]
    TooLarge(String, u64),
    /// A file that looks right at first is not.
    #[error("{0} không đúng dạng: {1}")]
    Shape(String, String),
    /// The folder does not hold what is needed.
    #[error(
        "thư mục {0} không có tệp nào về {1}; cần ba tệp JSON (có thể nén .zst): đơn vị trước 01/7/2025, \
         đơn vị hiện nay, bảng chuyển đổi cũ – mới"
    )]
    Missing(String, &'static str),
    /// The data contradict themselves.
    #[error("dữ liệu mâu thuẫn, không nhập gì: {0}")]
    Contradiction(String),
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// What could not be placed, or was placed with a reservation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Doubt {
    /// Which unit or entry.
    pub name: String,
    /// What is the matter, a sentence.
    pub why: String,
}

/// What an import did.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// Units of each kind on the last day of the old structure, in the order of lists.
    pub before: Vec<(String, u64)>,
    /// Units of each kind now.
    pub after: Vec<(String, u64)>,
    /// Units added.
    pub added: u64,
    /// Units that were there already.
    pub unchanged: u64,
    /// Successions added, by kind of event.
    pub successions: Vec<(String, u64)>,
    /// Old units that passed on in stated or whole shares, and in unknown ones.
    pub split_unknown: u64,
    /// What could not be placed.
    pub doubts: Vec<Doubt>,
}

/// Reads a folder, matches and writes in one transaction. `advance` hears how much of the work is done.
///
/// # Errors
/// Files that cannot be used; data that contradict themselves; a failing database. Nothing is written then.
pub async fn run(db: &Db, folder: &Path, mut advance: impl FnMut(Step)) -> Result<Summary, ImportError> {
    advance(Step::Reading);
    let files = read_folder(folder)?;
    advance(Step::Matching);
    let plan = plan(&files)?;
    advance(Step::Writing);
    let summary = write::write(db, plan).await?;
    advance(Step::Done);
    Ok(summary)
}

/// Where an import stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Files are being read.
    Reading,
    /// Old and new units are being matched.
    Matching,
    /// Units are being written.
    Writing,
    /// All is written.
    Done,
}

impl Step {
    /// Vietnamese words for a progress bar.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Reading => "Đọc tệp",
            Self::Matching => "Đối chiếu cơ cấu cũ và mới",
            Self::Writing => "Ghi vào cơ sở dữ liệu",
            Self::Done => "Xong",
        }
    }
}
