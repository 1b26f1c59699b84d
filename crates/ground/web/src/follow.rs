//! The follower of the change log: stales exactly the pages a change names.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use db::Db;
use db::changes::{self, Follower};

use crate::cache::Cache;

const PAUSE_AFTER_FAILURE: Duration = Duration::from_secs(1);

/// Whether the follower can read the log at present.
#[derive(Debug, Clone)]
pub struct Pulse(Arc<AtomicBool>);

impl Default for Pulse {
    fn default() -> Self {
        Pulse(Arc::new(AtomicBool::new(true)))
    }
}

impl Pulse {
    /// True while the log can be followed.
    pub fn is_alive(&self) -> bool {
        self.0.load(Ordering::Acquire)
    }

    fn set(&self, alive: bool) {
        self.0.store(alive, Ordering::Release);
    }
}

/// Follows the log for ever. While the database is away pages stay as they are.
pub async fn follow(db: Db, cache: Cache, pulse: Pulse) {
    let mut follower = Follower::new(&db, cache.versions().seq());
    loop {
        match follower.next().await {
            Ok(news) => {
                for change in news {
                    cache.versions().advance(change.seq, &change.kind, &change.key);
                }
            }
            Err(error) => {
                tracing::warn!(%error, "the change log cannot be read");
                pulse.set(false);
                wait_for(&db).await;
                pulse.set(true);
            }
        }
    }
}

async fn wait_for(db: &Db) {
    while changes::latest(db).await.is_err() {
        tokio::time::sleep(PAUSE_AFTER_FAILURE).await;
    }
}
