//! One piece of work for many who ask for the same page at once.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::watch;

type Map = Arc<Mutex<HashMap<String, watch::Receiver<()>>>>;

/// The pages being made right now.
#[derive(Debug, Default, Clone)]
pub struct Flights {
    map: Map,
}

/// Held by the one who does the work; dropping it (done, failed or abandoned) wakes the others.
#[derive(Debug)]
pub struct Lead {
    map: Map,
    key: String,
    _wake: watch::Sender<()>,
}

/// What to do about a missing page.
#[derive(Debug)]
pub enum Seat {
    /// Make it.
    Lead(Lead),
    /// Somebody makes it: [`wait`] and look again.
    Wait(watch::Receiver<()>),
}

impl Flights {
    /// Takes the lead for `key`, or a place among those who wait.
    pub fn board(&self, key: &str) -> Seat {
        let mut map = self.map.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(waiting) = map.get(key) {
            return Seat::Wait(waiting.clone());
        }
        let (wake, waiting) = watch::channel(());
        map.insert(key.to_owned(), waiting);
        Seat::Lead(Lead {
            map: Arc::clone(&self.map),
            key: key.to_owned(),
            _wake: wake,
        })
    }
}

/// Returns when the lead is gone.
pub async fn wait(mut seat: watch::Receiver<()>) {
    // Nothing is ever sent: the only news is that the sender was dropped.
    let _ = seat.changed().await;
}

impl Drop for Lead {
    fn drop(&mut self) {
        self.map
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .remove(&self.key);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn one_leads_others_wait_until_the_lead_is_dropped() {
        let flights = Flights::default();
        let Seat::Lead(lead) = flights.board("x") else {
            panic!("first leads")
        };
        let Seat::Wait(seat) = flights.board("x") else {
            panic!("second waits")
        };
        assert!(matches!(flights.board("y"), Seat::Lead(_)));
        let waiting = tokio::spawn(wait(seat));
        drop(lead);
        waiting.await.expect("woken");
        assert!(matches!(flights.board("x"), Seat::Lead(_)));
    }
}
