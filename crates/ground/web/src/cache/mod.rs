//! Finished answers in memory, bounded by bytes, dropped exactly when what they show changes.

mod edition;
mod entry;
pub mod flight;
mod key;
pub mod versions;

pub use edition::Edition;
pub use entry::{Entry, Freshness, etag_of};
pub use key::CacheKey;

use std::sync::Arc;

use flight::Flights;
use versions::Versions;

/// Entries above this are sent but not kept.
const LARGEST: usize = 8 << 20;

/// The page cache of one node.
#[derive(Clone)]
pub struct Cache {
    entries: moka::sync::Cache<CacheKey, Arc<Entry>>,
    versions: Arc<Versions>,
    flights: Flights,
}

impl Cache {
    /// An empty cache of at most `bytes`, at number `seq` of the change log.
    pub fn new(bytes: u64, seq: i64) -> Self {
        let entries = moka::sync::Cache::builder()
            .max_capacity(bytes)
            .weigher(|key: &CacheKey, entry: &Arc<Entry>| {
                u32::try_from(key.len() + entry.weight()).unwrap_or(u32::MAX)
            })
            .build();
        Cache {
            entries,
            versions: Arc::new(Versions::new(seq)),
            flights: Flights::default(),
        }
    }

    /// The entry, if it still holds at `now` (epoch microseconds).
    pub fn get(&self, key: &CacheKey, now: impl FnOnce() -> i64) -> Option<Arc<Entry>> {
        let entry = self.entries.get(key)?;
        entry.holds(now).then_some(entry)
    }

    /// Keeps an entry, unless it is already out of date or too large.
    pub fn put(&self, key: CacheKey, entry: Arc<Entry>) {
        if entry.weight() <= LARGEST {
            self.entries.insert(key, entry);
        }
    }

    /// What changed when.
    pub fn versions(&self) -> &Versions {
        &self.versions
    }

    /// Pages being made.
    pub fn flights(&self) -> &Flights {
        &self.flights
    }

    /// Entries and bytes held (approximate, for metrics).
    pub fn size(&self) -> (u64, u64) {
        (self.entries.entry_count(), self.entries.weighted_size())
    }
}
