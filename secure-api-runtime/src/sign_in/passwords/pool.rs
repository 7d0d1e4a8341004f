//! A pool for work that takes memory and a thread: so many at once, so many in the queue, and no more.

use std::{sync::Arc, thread::available_parallelism};

use tokio::{sync::Semaphore, task::spawn_blocking};

use crate::sign_in::SignInError;

/// The places in the queue for each that works: half a second of waiting, about.
const QUEUE: usize = 16;

/// A bounded pool.
pub(super) struct Pool {
    /// The places at work.
    work: Arc<Semaphore>,
    /// The places at work and in the queue.
    admitted: Arc<Semaphore>,
}

impl Pool {
    /// Creates one for this machine: half its cores, since the others answer requests, and two at least.
    pub(super) fn of_machine() -> Self {
        let cores = available_parallelism().map_or(1, usize::from);
        let workers = (cores / 2).max(2);
        Self::new(workers, workers * QUEUE)
    }

    pub(super) fn new(workers: usize, queue: usize) -> Self {
        let semaphore = |places| Arc::new(Semaphore::new(places));
        Self { work: semaphore(workers), admitted: semaphore(workers + queue) }
    }

    /// Does some work off the async threads, in its turn.
    ///
    /// # Errors
    ///
    /// [`SignInError::Busy`] where the queue is full.
    pub(super) async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, SignInError> {
        let admitted = Arc::clone(&self.admitted).try_acquire_owned();
        let admitted = admitted.map_err(|_| SignInError::Busy)?;
        let place =
            Arc::clone(&self.work).acquire_owned().await.map_err(SignInError::unavailable)?;
        let done = spawn_blocking(move || {
            // Both are kept until the work is done, also for a caller who has gone.
            let _places = (admitted, place);
            work()
        });
        done.await.map_err(SignInError::unavailable)
    }
}

#[cfg(test)]
impl Pool {
    pub(super) fn free(&self) -> usize {
        self.admitted.available_permits()
    }
}
