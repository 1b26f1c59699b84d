//! Import: files → originals kept → read in child processes → acts in the database.
//!
//! Batches are written in one transaction together with the note that their files were read,
//! so an import that is interrupted goes on where it stopped, and importing again changes nothing.

mod discover;
mod known;
mod read;
mod scan;
mod write;

pub(crate) use scan::BY_NAME;

use std::future::Future;
use std::path::PathBuf;
use std::sync::{Arc, RwLock};
use std::time::{Duration, Instant};

use blob::{BlobError, Blobs};
use bytes::Bytes;
use db::{Db, DbError};
use legal::model::Claim;
use readers::{Reading, Refusal, Sidecar};
use serde::Serialize;
use tokio::sync::mpsc;
use web::Site;

/// Version of the reader, named by its sources.
pub const READER: &str = env!("PHOLUAT_READER");

/// A file that came out of an archive.
#[derive(Debug)]
pub struct Unpacked {
    /// Its name, with the archive's.
    pub name: String,
    /// Its content.
    pub bytes: Bytes,
}

/// Reads files where they can do no harm.
pub trait FileReader: Send + Sync + 'static {
    /// Reads one file; `claims` is what a list beside it says of it. A refusal means that the
    /// reader did not survive or finish it: it may be tried again later. What the reader itself
    /// refuses stands in the reading.
    fn read(
        &self,
        name: &str,
        bytes: Bytes,
        claims: Vec<Claim>,
    ) -> impl Future<Output = Result<Reading, Refusal>> + Send;

    /// The lists in a file or an archive that describe files beside them.
    fn lists(&self, name: &str, bytes: Bytes) -> impl Future<Output = Result<Sidecar, Refusal>> + Send;

    /// Opens an archive and hands its files over one by one.
    fn unpack(
        &self,
        name: &str,
        bytes: Bytes,
        files: mpsc::Sender<Unpacked>,
    ) -> impl Future<Output = Result<(), Refusal>> + Send;
}

/// Where acts are imported to.
#[derive(Clone)]
pub struct Target {
    /// The database.
    pub db: Db,
    /// The store of originals.
    pub blobs: Blobs,
    /// Whose pages are made as soon as an act is written; `None` leaves them to the first reader.
    pub site: Option<Site>,
}

/// How far an import is, for a progress bar.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Files found so far, those inside archives included.
    pub found: u64,
    /// Files done.
    pub done: u64,
}

/// What an import did.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Summary {
    /// Files seen.
    pub files: u64,
    /// Acts that were not known.
    pub new: u64,
    /// Acts that changed or got another original.
    pub updated: u64,
    /// Acts that were there already.
    pub unchanged: u64,
    /// Lists that describe other files: used, but no acts.
    pub lists: u64,
    /// Scans that wait for their letters to be recognised; counted above as well where it is
    /// known which act they are.
    pub scans: u64,
    /// What was refused, and why.
    pub refused: Vec<Refused>,
    /// How long it took, in seconds.
    pub seconds: f64,
}

/// A file, or an act in it, that was refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Refused {
    /// Its name.
    pub name: String,
    /// Stable code for programs.
    pub code: String,
    /// A sentence for the officer.
    pub message: String,
}

impl Refused {
    pub(crate) fn of(name: impl Into<String>, refusal: Refusal) -> Self {
        Self {
            name: name.into(),
            code: refusal.code,
            message: refusal.message,
        }
    }
}

/// Why an import stopped. What was written before stays.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The database.
    #[error(transparent)]
    Db(#[from] DbError),
    /// The store of files.
    #[error(transparent)]
    Blob(#[from] BlobError),
    /// A task of the import ended without a result.
    #[error("việc nhập dừng bất thường: {0}")]
    Task(#[from] tokio::task::JoinError),
}

/// What the lists met so far say. Those of an archive are met before its files.
type Lists = Arc<RwLock<Sidecar>>;

/// Files on their way for each reader: while some are read, others are hashed and kept. Keeping
/// waits for the disk, not for the processor.
const FILES_PER_READER: usize = 4;

/// Imports files, folders, archives and JSON lines. `workers` files are read at once;
/// `progress` is called after each file.
///
/// # Errors
/// Where database or store fail. Bad files are no error: they are refused in the summary.
pub async fn run<R: FileReader>(
    target: &Target,
    reader: Arc<R>,
    paths: Vec<PathBuf>,
    workers: usize,
    mut progress: impl FnMut(Progress),
) -> Result<Summary, ImportError> {
    let started = Instant::now();
    let (files, queue) = mpsc::channel(4);
    let (done, mut results) = mpsc::channel(64);
    let lists = Lists::default();
    let finder = tokio::spawn(discover::feed(
        Arc::clone(&reader),
        paths,
        Arc::clone(&lists),
        files,
    ));
    let queue = Arc::new(tokio::sync::Mutex::new(queue));
    let readers: Vec<_> = (0..workers * FILES_PER_READER)
        .map(|_| {
            let (target, reader, queue) = (target.clone(), Arc::clone(&reader), Arc::clone(&queue));
            let (lists, done) = (Arc::clone(&lists), done.clone());
            tokio::spawn(async move { read::work(&target, &*reader, &lists, &queue, &done).await })
        })
        .collect();
    drop(done);
    let mut writer = write::Writer::new(target);
    while let Some(file) = next(&mut results, &mut writer).await? {
        writer.take(file).await?;
        progress(writer.progress());
    }
    writer.finish().await?;
    for reader in readers {
        reader.await??;
    }
    let mut summary = writer.summary();
    summary.refused.extend(finder.await?);
    summary.refused.sort_by(|a, b| a.name.cmp(&b.name));
    summary.seconds = started.elapsed().as_secs_f64();
    Ok(summary)
}

/// The next file read; while none comes, what waits is written.
async fn next(
    results: &mut mpsc::Receiver<read::Done>,
    writer: &mut write::Writer<'_>,
) -> Result<Option<read::Done>, ImportError> {
    match tokio::time::timeout(Duration::from_millis(500), results.recv()).await {
        Ok(file) => Ok(file),
        Err(_) => {
            writer.flush().await?;
            Ok(results.recv().await)
        }
    }
}
