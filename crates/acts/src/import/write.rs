//! Batches of files read → one transaction each.

use readers::{Item, Outcome};

use super::read::{Done, ReadFile, short};
use super::{ImportError, Progress, READER, Refused, Summary, Target, known};
use crate::publish;
use crate::store::{Put, PutOutcome, act_put};

/// Files in one transaction: one sync for all of them.
const BATCH: usize = 64;

/// Collects files and writes them.
pub(super) struct Writer<'a> {
    target: &'a Target,
    waiting: Vec<ReadFile>,
    summary: Summary,
}

impl<'a> Writer<'a> {
    pub(super) fn new(target: &'a Target) -> Self {
        Self {
            target,
            waiting: Vec::new(),
            summary: Summary::default(),
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

    /// Writes what waits; then hands the acts that changed to the publisher.
    pub(super) async fn flush(&mut self) -> Result<(), ImportError> {
        if self.waiting.is_empty() {
            return Ok(());
        }
        let files = std::mem::take(&mut self.waiting);
        let mut changed = Vec::new();
        let mut batch = Summary::default();
        let mut tx = self.target.db.begin().await?;
        for file in &files {
            let mut refused = Vec::new();
            let mut acts = 0;
            for (place, item) in (0_i64..).zip(&file.items) {
                match put(file, place, item) {
                    Err(one) => refused.push(one),
                    Ok(put) => {
                        acts += 1;
                        let written = act_put(&mut tx, &put).await?;
                        count(&mut batch, written.outcome);
                        if written.outcome != PutOutcome::Unchanged {
                            changed.push(written.slug);
                        }
                    }
                }
            }
            known::note(
                &mut tx,
                &file.sha256,
                short(&file.name),
                file.size,
                acts,
                &refused,
            )
            .await?;
            batch.refused.extend(refused);
        }
        tx.commit().await?;
        self.summary.new += batch.new;
        self.summary.updated += batch.updated;
        self.summary.unchanged += batch.unchanged;
        self.summary.refused.extend(batch.refused);
        changed.sort();
        changed.dedup();
        self.publish(&changed).await;
        Ok(())
    }

    /// Pages that cannot be made now are made for their first reader: no reason to stop an import.
    async fn publish(&self, changed: &[String]) {
        if let Some(site) = self.target.site.as_ref().filter(|_| !changed.is_empty())
            && let Err(error) = publish::pages(site, changed).await
        {
            tracing::warn!(%error, "pages are left to their first readers");
        }
    }
}

fn count(batch: &mut Summary, outcome: PutOutcome) {
    match outcome {
        PutOutcome::New => batch.new += 1,
        PutOutcome::Updated => batch.updated += 1,
        PutOutcome::Unchanged => batch.unchanged += 1,
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
    })
}
