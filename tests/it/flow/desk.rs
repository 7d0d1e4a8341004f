//! A desk that knows how often the handlers of the till ran, and holds those that are to be slow.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use tokio::sync::Semaphore;

use super::till::{TillError, Way};
use crate::support::store::Broken;

/// Clones share what is on it.
#[derive(Clone)]
pub(crate) struct Desk(Arc<Counts>);

struct Counts {
    begun: AtomicUsize,
    finished: AtomicUsize,
    slow: Semaphore,
}

impl Desk {
    pub(crate) fn new() -> Self {
        let (begun, finished) = Default::default();
        Self(Arc::new(Counts { begun, finished, slow: Semaphore::new(0) }))
    }

    /// Returns the number of times that a handler ran.
    pub(crate) fn runs(&self) -> usize {
        self.0.begun.load(Ordering::SeqCst)
    }

    /// Lets one slow handler go on.
    pub(crate) fn let_go(&self) {
        self.0.slow.add_permits(1);
    }

    /// Waits until so many handlers have begun, then for a while in which more could begin, and lets all go on.
    pub(crate) async fn let_all_go(&self, times: usize) {
        self.begun(times).await;
        tokio::time::sleep(Duration::from_millis(150)).await;
        self.0.slow.add_permits(self.runs() + 1 - times);
    }

    pub(crate) async fn begun(&self, times: usize) {
        Self::until(|| self.runs() >= times).await;
    }

    /// Waits until so many handlers are done, and what follows them is too.
    pub(crate) async fn finished(&self, times: usize) {
        Self::until(|| self.0.finished.load(Ordering::SeqCst) >= times).await;
        tokio::time::sleep(Duration::from_millis(50)).await;
    }

    async fn until(condition: impl Fn() -> bool) {
        let wait = async {
            while !condition() {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        };
        tokio::time::timeout(Duration::from_secs(10), wait).await.expect("it comes true");
    }

    pub(crate) async fn handle(&self, way: Way) -> Result<(), TillError> {
        self.0.begun.fetch_add(1, Ordering::SeqCst);
        let outcome = match way {
            Way::Well => Ok(()),
            Way::Refused => Err(TillError::Refused),
            Way::Busy => Err(TillError::Busy),
            Way::Failed => Err(TillError::Failed(Broken)),
            Way::Panicked => panic!("the secret reason of the panic"),
            Way::Slow => {
                self.0.slow.acquire().await.expect("it is never closed").forget();
                Ok(())
            }
        };
        self.0.finished.fetch_add(1, Ordering::SeqCst);
        outcome
    }
}
