//! Which keys changed when, in numbers of the change log.

use std::collections::HashMap;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Number of the last change of one key that this node has seen.
pub type Slot = Arc<AtomicI64>;

/// Slots are dropped when nobody holds them and there are more than this.
const SWEEP_ABOVE: usize = 50_000;

/// The last change of every key somebody depends on, and of the log as a whole.
///
/// A page remembers the number of the log when its work began; it holds as long as none of its
/// slots is above that number. A new slot starts at the present number, so that a change between
/// the beginning of the work and the birth of the slot is never missed.
#[derive(Debug)]
pub struct Versions {
    seq: AtomicI64,
    slots: Mutex<HashMap<Box<str>, Slot>>,
}

impl Versions {
    /// Starts at a number of the change log.
    pub fn new(seq: i64) -> Self {
        Versions {
            seq: AtomicI64::new(seq),
            slots: Mutex::default(),
        }
    }

    /// Number of the last change seen.
    pub fn seq(&self) -> i64 {
        self.seq.load(Ordering::Acquire)
    }

    /// The slot of one key.
    pub fn slot(&self, key: &str) -> Slot {
        let mut slots = self.lock();
        if slots.len() > SWEEP_ABOVE {
            slots.retain(|_, slot| Arc::strong_count(slot) > 1);
        }
        let now = self.seq();
        let slot = slots
            .entry(key.into())
            .or_insert_with(|| Arc::new(AtomicI64::new(now)));
        Arc::clone(slot)
    }

    /// Takes note of one change: `act` + `x` stales `act:x` and `acts`.
    pub fn advance(&self, seq: i64, kind: &str, key: &str) {
        let slots = self.lock();
        for name in [format!("{kind}:{key}"), format!("{kind}s")] {
            if let Some(slot) = slots.get(name.as_str()) {
                slot.store(seq, Ordering::Release);
            }
        }
        self.seq.store(seq, Ordering::Release);
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<Box<str>, Slot>> {
        // A panic elsewhere cannot leave the map half-written.
        self.slots.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_reaches_its_key_and_its_kind_only() {
        let versions = Versions::new(5);
        let (a, b, all) = (
            versions.slot("act:a"),
            versions.slot("act:b"),
            versions.slot("acts"),
        );
        versions.advance(6, "act", "a");
        let read = |slot: &Slot| slot.load(Ordering::Acquire);
        assert_eq!((read(&a), read(&b), read(&all), versions.seq()), (6, 5, 6, 6));
    }

    #[test]
    fn a_slot_born_after_a_change_knows_it() {
        let versions = Versions::new(5);
        let seen = versions.seq();
        versions.advance(6, "act", "a");
        assert!(versions.slot("act:a").load(Ordering::Acquire) > seen);
    }
}
