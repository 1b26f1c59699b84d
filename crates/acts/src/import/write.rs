//! Batches of files read → one transaction each, with the pages of the batch before.

use db::Tx;
use readers::{Item, Outcome};
use tokio::task::JoinHandle;

use super::read::{Done, ReadFile, short};
use super::scan;
use super::{ImportError, Progress, READER, Refused, Summary, Target, known};
use crate::publish::{self, Finished};
use crate::store::{Put, PutOutcome, PutResult, act_put_found, versions_derive};

/// Files in one transaction: one sync for all of them.
const BATCH: usize = 64;

/// Collects files and writes them. While a batch is being collected, the pages of the one before
/// are made; they are kept in the same transaction as the next acts.
pub(super) struct Writer<'a> {
    target: &'a Target,
    waiting: Vec<ReadFile>,
    summary: Summary,
    pages: Option<JoinHandle<Finished>>,
}

impl<'a> Writer<'a> {
    pub(super) fn new(target: &'a Target) -> Self {
        Self {
            target,
            waiting: Vec::new(),
            summary: Summary::default(),
            pages: None,
        }
    }

    pub(super) fn progress(&self) -> Progress {
        Progress {
            found: self.summary.files,
            done: self.summary.files - self.waiting.len() as u64,
        }
    }

    pub(super) fn summary(self) -> Summary {
        self.summary
    }

    pub(super) async fn take(&mut self, done: Done) -> Result<(), ImportError> {
        self.summary.files += 1;
        match done {
            Done::Known(known) => {
                self.summary.lists += u64::from(known.acts == 0 && known.refused.is_empty());
                self.summary.unchanged += known.acts;
                self.summary.refused.extend(known.refused);
            }
            Done::Lost(refused) => self.summary.refused.push(refused),
            Done::Read(file) => self.waiting.push(file),
        }
        if self.waiting.len() >= BATCH {
            self.flush().await?;
        }
        Ok(())
    }

    /// Writes what waits, then the versions of the acts that others amend (each once, however many
    /// of them came), and the last pages.
    pub(super) async fn finish(&mut self) -> Result<(), ImportError> {
        self.flush().await?;
        loop {
            let amended = versions_derive(&self.target.db, BATCH as i64).await?;
            // An act that ends makes others due.
            let last = amended.is_empty();
            self.flush().await?;
            let changed = amended.into_iter().filter(|one| one.changed);
            self.publish(changed.map(|one| one.slug).collect());
            if last {
                return self.flush().await;
            }
        }
    }

    /// Begins to make the pages of acts that changed.
    fn publish(&mut self, mut changed: Vec<String>) {
        changed.sort();
        changed.dedup();
        if let Some(site) = self.target.site.clone().filter(|_| !changed.is_empty()) {
            self.pages = Some(tokio::spawn(async move { publish::finish(site, changed).await }));
        }
    }

    /// Writes what waits and the pages that were made meanwhile; then the acts that changed get theirs.
    pub(super) async fn flush(&mut self) -> Result<(), ImportError> {
        let pages = match self.pages.take() {
            Some(making) => making.await?,
            None => Finished::default(),
        };
        if self.waiting.is_empty() && pages.is_empty() {
            return Ok(());
        }
        let files = std::mem::take(&mut self.waiting);
        let mut batch = Batch::default();
        let mut tx = self.target.db.begin().await?;
        for file in &files {
            batch.write(&mut tx, file).await?;
        }
        if let Some(site) = &self.target.site {
            pages.keep(&mut tx, site).await?;
        }
        tx.commit().await?;
        let changed = batch.count_into(&mut self.summary);
        self.publish(changed);
        Ok(())
    }
}

/// What one transaction writes; counted only once it is committed.
#[derive(Default)]
struct Batch {
    counts: Summary,
    changed: Vec<String>,
}

impl Batch {
    async fn write(&mut self, tx: &mut Tx, file: &ReadFile) -> Result<(), ImportError> {
        let mut refused = Vec::new();
        let mut acts = 0;
        for (place, (item, found)) in (0_i64..).zip(file.items.iter().zip(&file.found)) {
            match put(file, place, item) {
                Err(one) if scan::is_scan(&one.code) && file.items.len() == 1 => {
                    self.counts.scans += 1;
                    match scan::keep(tx, file).await? {
                        Some(written) => {
                            acts += 1;
                            self.count(written);
                        }
                        None => refused.push(scan::unidentified(one)),
                    }
                }
                Err(one) => refused.push(one),
                Ok(put) => {
                    acts += 1;
                    let written = act_put_found(tx, &put, found.as_ref()).await?;
                    self.count(written);
                }
            }
        }
        let name = short(&file.name);
        known::note(tx, &file.sha256, name, file.size, acts, &refused).await?;
        self.counts.lists += u64::from(file.items.is_empty());
        self.counts.refused.extend(refused);
        Ok(())
    }

    fn count(&mut self, written: PutResult) {
        match written.outcome {
            PutOutcome::New => self.counts.new += 1,
            PutOutcome::Updated => self.counts.updated += 1,
            PutOutcome::Unchanged => self.counts.unchanged += 1,
        }
        if written.outcome != PutOutcome::Unchanged {
            self.changed.push(written.slug);
        }
    }

    /// Adds the counts; returns the addresses of the acts that changed.
    fn count_into(self, summary: &mut Summary) -> Vec<String> {
        summary.new += self.counts.new;
        summary.updated += self.counts.updated;
        summary.unchanged += self.counts.unchanged;
        summary.lists += self.counts.lists;
        summary.scans += self.counts.scans;
        summary.refused.extend(self.counts.refused);
        self.changed
    }
}

fn put<'a>(file: &'a ReadFile, place: i64, item: &'a Item) -> Result<Put<'a>, Refused> {
    let (text, has_text) = match &item.outcome {
        Outcome::Act(text) => (text, true),
        Outcome::MetadataOnly(text) => (text, false),
        Outcome::Refused(refusal) => return Err(Refused::of(&item.name, refusal.clone())),
    };
    Ok(Put {
        text,
        has_text,
        sha256: &file.sha256,
        item: place,
        file_name: short(&file.name),
        format: file.format,
        media_type: file.media_type,
        size: file.size,
        parser: READER,
        confidence: None,
    })
}
