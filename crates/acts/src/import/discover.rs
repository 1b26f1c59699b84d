//! From the paths that an operator names to single files.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use bytes::Bytes;
use readers::archive::is_archive;
use readers::{Refusal, looks_like_list};
use tokio::sync::mpsc;

use super::{FileReader, Lists, Refused, Unpacked};

/// Bytes that tell whether a file may be a list.
const HEAD: u64 = 64 << 10;
/// Larger files are not even opened.
const MAX_BYTES: u64 = 400 << 20;

/// Hands over every file below the paths, those in archives included. Returns what could not be
/// opened. Stops when nobody takes files any more. Lists are taken in before what they describe.
pub(super) async fn feed<R: FileReader>(
    reader: Arc<R>,
    paths: Vec<PathBuf>,
    lists: Lists,
    files: mpsc::Sender<Unpacked>,
) -> Vec<Refused> {
    let mut refused = Vec::new();
    let (found, maybe_lists) = tokio::task::spawn_blocking(move || {
        let found = below(&paths);
        let maybe_lists: Vec<_> = found
            .iter()
            .filter(|path| starts_as_list(path))
            .cloned()
            .collect();
        (found, maybe_lists)
    })
    .await
    .unwrap_or_default();
    for path in maybe_lists {
        let name = path.display().to_string();
        if let Ok(bytes) = load(path).await {
            take_lists(&*reader, &lists, &name, bytes).await;
        }
    }
    for path in found {
        let name = path.display().to_string();
        let handed = match load(path).await {
            Err(refusal) => Err(refusal),
            Ok(bytes) if is_archive(&bytes) => {
                take_lists(&*reader, &lists, &name, bytes.clone()).await;
                reader.unpack(&name, bytes, files.clone()).await
            }
            Ok(bytes) => {
                let file = Unpacked {
                    name: name.clone(),
                    bytes,
                };
                // The receiver is gone only when the import failed: then its error counts.
                files
                    .send(file)
                    .await
                    .map_err(|_| Refusal::new("stopped", "Việc nhập đã dừng."))
            }
        };
        refused.extend(handed.err().map(|refusal| Refused::of(name, refusal)));
        if files.is_closed() {
            break;
        }
    }
    refused
}

/// Takes in the lists of a file or an archive. What cannot be read is refused when it is opened as such.
async fn take_lists<R: FileReader>(reader: &R, lists: &Lists, name: &str, bytes: Bytes) {
    if let Ok(found) = reader.lists(name, bytes).await
        && let Ok(mut lists) = lists.write()
    {
        lists.extend(found);
    }
}

/// Whether the first letters of a file are those of a list.
fn starts_as_list(path: &Path) -> bool {
    let mut head = Vec::new();
    let read = File::open(path).and_then(|file| file.take(HEAD).read_to_end(&mut head));
    read.is_ok() && looks_like_list(&head)
}

/// Files below the paths in the order of their names; hidden ones and links inside folders are left out.
fn below(paths: &[PathBuf]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for path in paths {
        if path.is_dir() {
            descend(path, &mut found);
        } else {
            found.push(path.clone());
        }
    }
    found
}

fn descend(folder: &Path, found: &mut Vec<PathBuf>) {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut entries: Vec<_> = entries
        .filter(|entry| !entry.file_name().to_string_lossy().starts_with('.'))
        .collect();
    entries.sort_by_key(std::fs::DirEntry::file_name);
    for entry in entries {
        match entry.file_type() {
            Ok(kind) if kind.is_dir() => descend(&entry.path(), found),
            Ok(kind) if kind.is_file() => found.push(entry.path()),
            _ => {}
        }
    }
}

async fn load(path: PathBuf) -> Result<Bytes, Refusal> {
    let loaded = tokio::task::spawn_blocking(move || {
        if std::fs::metadata(&path)?.len() > MAX_BYTES {
            return Ok(None);
        }
        std::fs::read(&path).map(|bytes| Some(Bytes::from(bytes)))
    });
    match loaded.await {
        Ok(Ok(Some(bytes))) => Ok(bytes),
        Ok(Ok(None)) => Err(Refusal::new("too-large", "Tệp lớn hơn 400 MB nên không được mở.")),
        Ok(Err(error)) => Err(Refusal::new("unreadable", format!("Không mở được tệp: {error}."))),
        Err(error) => Err(Refusal::new("unreadable", format!("Không mở được tệp: {error}."))),
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn folders_are_walked_in_order_without_hidden_files_and_links() {
        let folder = tempfile::tempdir().expect("folder");
        let root = folder.path();
        std::fs::create_dir(root.join("b")).expect("folder");
        for name in ["c.html", "b/2.txt", "b/1.txt", ".hidden", "a.json"] {
            std::fs::write(root.join(name), name).expect("file");
        }
        std::os::unix::fs::symlink("/etc/passwd", root.join("link")).expect("link");
        let names: Vec<_> = super::below(&[root.to_owned()])
            .iter()
            .map(|path| path.strip_prefix(root).expect("below").display().to_string())
            .collect();
        assert_eq!(names, ["a.json", "b/1.txt", "b/2.txt", "c.html"]);
    }
}
