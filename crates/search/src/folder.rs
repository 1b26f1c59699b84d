//! Folders of the index: which generation serves, and what is left behind.

use std::fs::File;
use std::path::{Path, PathBuf};

use crate::error::SearchError;
use crate::schema::VERSION;

/// Where the generations of this version stand.
pub(crate) fn version_folder(home: &Path) -> PathBuf {
    home.join(format!("v{VERSION}"))
}

/// The folder that serves, as the pointer names it.
pub(crate) fn current(home: &Path) -> Option<PathBuf> {
    let folder = version_folder(home);
    let name = std::fs::read_to_string(folder.join("current")).ok()?;
    let name = name.trim();
    (name.starts_with("g-") && name[2..].bytes().all(|b| b.is_ascii_digit())).then(|| folder.join(name))
}

/// Names the generation that serves from now on; a crash leaves the old name or the new one.
pub(crate) fn switch(home: &Path, name: &str) -> Result<(), SearchError> {
    let folder = version_folder(home);
    let draft = folder.join("current.new");
    std::fs::write(&draft, name)?;
    File::open(&draft)?.sync_all()?;
    std::fs::rename(&draft, folder.join("current"))?;
    File::open(&folder)?.sync_all()?;
    Ok(())
}

/// Removes other generations and other versions; what cannot be removed is left.
pub(crate) fn clean(home: &Path, keep: &str) {
    let own = version_folder(home);
    let folders = [home, own.as_path()]
        .into_iter()
        .filter_map(|folder| std::fs::read_dir(folder).ok());
    for entry in folders.flatten().flatten() {
        let name = entry.file_name();
        // The index of posts stands beside the generations and lives by itself.
        let is_kept = entry.path() == own || name == keep || name == crate::posts::FOLDER;
        if !is_kept
            && entry.path().is_dir()
            && let Err(error) = std::fs::remove_dir_all(entry.path())
        {
            tracing::warn!(%error, folder = %entry.path().display(), "old index left behind");
        }
    }
}

/// Tells operators that an index is given up.
pub(crate) fn damaged(folder: &Path, error: &SearchError) {
    tracing::warn!(%error, folder = %folder.display(), "search index is damaged and will be built again");
}
