//! States that the change log does not name.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// The number of the state of something that follows the change log at its own pace, as the search
/// index does. A page made of it holds as long as the number is the one read before the work began.
#[derive(Debug, Clone, Default)]
pub struct Edition(Arc<AtomicU64>);

impl Edition {
    /// The present number.
    #[must_use]
    pub fn number(&self) -> u64 {
        self.0.load(Ordering::Acquire)
    }

    /// Another state is shown from now on.
    pub fn advance(&self) {
        self.0.fetch_add(1, Ordering::AcqRel);
    }
}
