//! The index of this node: which generation serves, and how it follows the database.
//!
//! ```text
//! {data}/index/v2/current        name of the folder that serves
//! {data}/index/v2/g-…/           one generation
//! {data}/index/lock              held by the one process that writes
//! {data}/names.tsv               spoken names that officers add
//! ```

mod answers;
mod threads;

use std::collections::BTreeSet;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError, RwLock};
use std::time::Duration;

use acts::store;
use db::Db;
use db::changes::{self, Follower};
use tantivy::IndexWriter;
use web::Edition;

use crate::error::SearchError;
use crate::feed::{belongs, position_of, put, read};
use crate::folder::{clean, current, damaged, switch, version_folder};
use crate::generation::{Generation, Position};
use crate::names::Names;
use crate::posts::{PostSource, Posts};
use threads::Threads;

/// Acts between two commits while catching up with many. Until a commit they may all wait in memory for the
/// thread that writes: 400 took 110 MB more than 100, for a fifth less time (`bench/run.sh memory`).
const BATCH: usize = 100;
/// Acts read from the database before they go to the index.
const HANDFUL: usize = 16;
const PAGE: i64 = 1_000;
const RETRY: Duration = Duration::from_secs(2);

/// The index. Cheap to clone.
#[derive(Clone)]
pub struct Index {
    inner: Arc<Inner>,
}

struct Inner {
    home: PathBuf,
    serving: RwLock<Option<Arc<Generation>>>,
    names: Arc<Names>,
    /// The lock file, once this process is the one that writes.
    lock: Mutex<Option<File>>,
    writing: tokio::sync::Mutex<()>,
    threads: Threads,
    suspect: AtomicBool,
    complete: AtomicBool,
    /// Posts beside the acts, where the composition named their source.
    posts: OnceLock<Arc<Posts>>,
}

impl Index {
    /// Opens the index below `home` (`{data}/index`, made if missing). A missing, damaged or
    /// older index is no error: it is built again by [`Index::catch_up`].
    ///
    /// # Errors
    /// The folder cannot be made, or no thread started.
    pub fn open(home: &Path) -> Result<Self, SearchError> {
        std::fs::create_dir_all(version_folder(home))?;
        let serving = match current(home) {
            Some(folder) => Generation::open(&folder)
                .map(Arc::new)
                .map_err(|error| damaged(&folder, &error))
                .ok(),
            None => None,
        };
        let inner = Inner {
            home: home.to_owned(),
            names: Arc::new(Names::load(&home.with_file_name("names.tsv"))),
            complete: AtomicBool::new(serving.is_some()),
            serving: RwLock::new(serving),
            lock: Mutex::new(None),
            writing: tokio::sync::Mutex::new(()),
            threads: Threads::start()?,
            suspect: AtomicBool::new(false),
            posts: OnceLock::new(),
        };
        Ok(Self {
            inner: Arc::new(inner),
        })
    }

    /// Searches posts too; to be called once, before the index is followed.
    ///
    /// # Errors
    /// The folder cannot be made.
    pub fn with_posts(self, source: PostSource) -> Result<Self, SearchError> {
        let posts = Posts::open(&self.inner.home, source)?;
        let _ = self.inner.posts.set(Arc::new(posts));
        Ok(self)
    }

    /// Number of the last change held; 0 for an empty index.
    #[must_use]
    pub fn seq(&self) -> i64 {
        self.serving()
            .and_then(|generation| generation.position().ok())
            .map_or(0, |position| position.seq)
    }

    /// Changes its number whenever searches may find something else than before.
    #[must_use]
    pub fn edition(&self) -> Edition {
        self.serving()
            .map_or_else(Edition::default, |generation| generation.edition.clone())
    }

    /// Brings the index up to the newest change; returns its number. Builds anew what is missing,
    /// damaged, or belongs to another database. Where another process writes, takes over what that
    /// one has committed.
    ///
    /// # Errors
    /// What database or index say; the next call goes on from the last commit.
    pub async fn catch_up(&self, db: &Db) -> Result<i64, SearchError> {
        let _writing = self.inner.writing.lock().await;
        if !self.take_lock()? {
            return self.follow_other();
        }
        let generation = match self.usable(db).await? {
            Some(generation) => generation,
            None => self.build(db, true).await?,
        };
        let caught_up = self.apply_log(db, &generation).await;
        if caught_up.as_ref().is_err_and(SearchError::is_damage) {
            self.inner.suspect.store(true, Ordering::Release);
        }
        if let Some(posts) = self.inner.posts.get()
            && posts.catch_up(db).await?
        {
            // Pages of searches show posts too.
            generation.edition.advance();
        }
        caught_up
    }

    /// Builds the whole index again beside the one that serves, then switches.
    ///
    /// # Errors
    /// What database or index say; the old index goes on serving.
    pub async fn rebuild(&self, db: &Db) -> Result<i64, SearchError> {
        let _writing = self.inner.writing.lock().await;
        if !self.take_lock()? {
            return self.follow_other();
        }
        let generation = self.build(db, false).await?;
        self.apply_log(db, &generation).await
    }

    /// Follows the change log for ever; errors are logged and tried again.
    pub async fn follow(&self, db: &Db) {
        loop {
            match self.catch_up(db).await {
                Ok(seq) => {
                    if !self.is_writer() {
                        tokio::time::sleep(RETRY / 4).await;
                    }
                    let mut follower = Follower::new(db, seq);
                    let patience = Duration::from_secs(60);
                    // Now and then without a change: damage that a search met is repaired then.
                    let _ = tokio::time::timeout(patience, self.stirred(&mut follower)).await;
                }
                Err(error) => {
                    tracing::warn!(%error, "search index lags behind");
                    tokio::time::sleep(RETRY).await;
                }
            }
        }
    }

    /// Until a change comes or a search meets damage.
    async fn stirred(&self, follower: &mut Follower) {
        let suspicion = async {
            while !self.inner.suspect.load(Ordering::Acquire) {
                tokio::time::sleep(RETRY).await;
            }
        };
        tokio::select! {
            _ = follower.next() => {}
            () = suspicion => {}
        }
    }

    /// Compares the index with its checksums and the database; `Ok` holds how many changes it lags.
    ///
    /// # Errors
    /// What is damaged.
    pub async fn check(&self, db: &Db) -> Result<i64, SearchError> {
        let generation = self
            .serving()
            .ok_or_else(|| SearchError::Shape("chưa có chỉ mục".into()))?;
        let position = generation.position()?;
        tokio::task::spawn_blocking(move || generation.verify()).await??;
        if !belongs(db, position).await? {
            return Err(SearchError::Shape("chỉ mục thuộc cơ sở dữ liệu khác".into()));
        }
        Ok(changes::latest(db).await? - position.seq)
    }

    fn serving(&self) -> Option<Arc<Generation>> {
        self.inner
            .serving
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    fn serve(&self, generation: Arc<Generation>) {
        let mut serving = self.inner.serving.write().unwrap_or_else(PoisonError::into_inner);
        if let Some(old) = serving.replace(generation) {
            old.edition.advance();
        }
    }

    /// True once this process is the one that writes; the lock ends with the process.
    fn take_lock(&self) -> Result<bool, SearchError> {
        let mut lock = self.inner.lock.lock().unwrap_or_else(PoisonError::into_inner);
        if lock.is_none() {
            let file = File::create(self.inner.home.join("lock"))?;
            if file.try_lock().is_err() {
                return Ok(false);
            }
            *lock = Some(file);
        }
        Ok(true)
    }

    fn is_writer(&self) -> bool {
        self.inner
            .lock
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .is_some()
    }

    /// Another process writes: take over its generation and its commits.
    fn follow_other(&self) -> Result<i64, SearchError> {
        let folder = current(&self.inner.home);
        let own = self.serving().map(|generation| generation.folder().to_owned());
        match folder {
            Some(folder) if own.as_ref() != Some(&folder) => self.serve(Arc::new(Generation::open(&folder)?)),
            _ => {
                if let Some(generation) = self.serving() {
                    generation.reload()?;
                }
            }
        }
        if let Some(posts) = self.inner.posts.get() {
            posts.reload()?;
        }
        self.inner.complete.store(true, Ordering::Release);
        Ok(self.seq())
    }

    /// The serving generation, where it is sound and belongs to this database.
    async fn usable(&self, db: &Db) -> Result<Option<Arc<Generation>>, SearchError> {
        let Some(generation) = self.serving() else {
            return Ok(None);
        };
        if self.inner.suspect.swap(false, Ordering::AcqRel) {
            let checked = Arc::clone(&generation);
            if let Err(error) = tokio::task::spawn_blocking(move || checked.verify()).await? {
                damaged(generation.folder(), &error);
                return Ok(None);
            }
        }
        let position = match generation.position() {
            Ok(position) => position,
            Err(error) => {
                damaged(generation.folder(), &error);
                return Ok(None);
            }
        };
        Ok(belongs(db, position).await?.then_some(generation))
    }

    /// Fills a new generation with every act. With `at_once` it serves from its first commit on.
    async fn build(&self, db: &Db, at_once: bool) -> Result<Arc<Generation>, SearchError> {
        let name = format!("g-{}", jiff::Timestamp::now().as_microsecond());
        let folder = version_folder(&self.inner.home).join(&name);
        let generation = Arc::new(Generation::create(&folder)?);
        if at_once {
            self.inner.complete.store(false, Ordering::Release);
            self.serve(Arc::clone(&generation));
        }
        // The number is taken first: what changes meanwhile comes again through the log.
        let start = position_of(db, changes::latest(db).await?).await?;
        let mut slugs = Vec::new();
        loop {
            let after = slugs.last().map_or("", String::as_str);
            let page = store::slugs_all(db, after, PAGE).await?;
            if page.is_empty() {
                break;
            }
            slugs.extend(page);
        }
        let writer = generation.first_writer()?;
        let writer = apply(db, &generation, writer, slugs, (Position::default(), start)).await?;
        let joined = Arc::clone(&generation);
        tokio::task::spawn_blocking(move || joined.join(writer)).await??;
        switch(&self.inner.home, &name)?;
        self.serve(Arc::clone(&generation));
        self.inner.complete.store(true, Ordering::Release);
        clean(&self.inner.home, &name);
        Ok(generation)
    }

    async fn apply_log(&self, db: &Db, generation: &Arc<Generation>) -> Result<i64, SearchError> {
        let mut position = generation.position()?;
        loop {
            let page = changes::since(db, position.seq, PAGE).await?;
            let Some(last) = page.last() else {
                return Ok(position.seq);
            };
            let next = Position {
                seq: last.seq,
                at: last.at,
            };
            let acts = page
                .iter()
                .filter(|change| change.kind == "act")
                .map(|change| change.key.clone());
            let slugs: BTreeSet<String> = acts.collect();
            let slugs = slugs.into_iter().collect();
            let writer = apply(db, generation, generation.writer()?, slugs, (position, next)).await?;
            tokio::task::spawn_blocking(move || writer.wait_merging_threads()).await??;
            generation.reload()?;
            position = next;
        }
    }
}

/// Puts acts into a generation; commits in between at the first position, at the end at the second.
async fn apply(
    db: &Db,
    generation: &Arc<Generation>,
    mut writer: IndexWriter,
    slugs: Vec<String>,
    (before, after): (Position, Position),
) -> Result<IndexWriter, SearchError> {
    let mut uncommitted = 0;
    for handful in slugs.chunks(HANDFUL) {
        let fresh = read(db, handful).await?;
        uncommitted += handful.len();
        let between = (uncommitted >= BATCH).then_some(before);
        writer = put(generation, writer, fresh, between).await?;
        if between.is_some() {
            uncommitted = 0;
        }
    }
    put(generation, writer, Vec::new(), Some(after)).await
}
