//! Threads that answer what people ask, one a core.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use tokio::sync::oneshot;

use crate::error::SearchError;

type Work = Box<dyn FnOnce() + Send>;

/// Threads that take what is asked in the order in which it comes. More than cores would take no less
/// time together, and each longer by itself. They end with the last asker.
pub(super) struct Threads {
    queue: Sender<Work>,
}

impl Threads {
    /// Starts them.
    ///
    /// # Errors
    /// The system gives no threads.
    pub(super) fn start() -> std::io::Result<Self> {
        let (queue, work) = channel();
        let work = Arc::new(Mutex::new(work));
        for _ in 0..thread::available_parallelism().map_or(2, usize::from) {
            let work = Arc::clone(&work);
            thread::Builder::new()
                .name("search".into())
                .spawn(move || run(&work))?;
        }
        Ok(Self { queue })
    }

    /// Runs `work` when its turn has come; never where the returned future was dropped before.
    ///
    /// # Errors
    /// [`SearchError::Thread`] where the work panics, else what it says.
    pub(super) async fn in_turn<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, SearchError> + Send + 'static,
    ) -> Result<T, SearchError> {
        let (reply, answer) = oneshot::channel();
        let work = Box::new(move || {
            if !reply.is_closed() {
                // Who asked may have left meanwhile.
                let _ = reply.send(work());
            }
        });
        self.queue.send(work).map_err(|_| SearchError::Thread)?;
        answer.await.unwrap_or(Err(SearchError::Thread))
    }
}

fn run(queue: &Mutex<Receiver<Work>>) {
    loop {
        let next = queue.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(work) = next else { return };
        // A damaged index may panic; the asker is told by the reply that never comes.
        let _: Result<(), Box<dyn Any + Send>> = catch_unwind(AssertUnwindSafe(work));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_panic_ends_one_answer_and_no_thread() {
        let threads = Threads::start().expect("threads");
        for round in 0..20 {
            let failed = threads.in_turn(|| -> Result<(), SearchError> { panic!("on purpose") });
            assert!(matches!(failed.await, Err(SearchError::Thread)));
            assert_eq!(threads.in_turn(move || Ok(round)).await.ok(), Some(round));
        }
    }
}
