//! The look at the files of certificates while a server serves: now and then, and when it is told to by SIGHUP. What is ordered by
//! ACME is renewed beside it.

use std::{future::pending, time::Duration};

use tokio::task::{JoinSet, spawn_blocking};

use super::pairs::{Pairs, now};

/// The tasks that look at the files of certificates, and renew others, until this is dropped.
pub(in crate::serve) struct Watching(
    #[expect(dead_code, reason = "its tasks end when it is dropped")] JoinSet<()>,
);

impl Watching {
    /// Begins to look, at once and in this interval.
    ///
    /// The contents are compared, and no notice of the file system is waited for: where a volume is replaced as a whole, as
    /// that of a secret in Kubernetes, there is none for the file.
    pub(super) fn begin(pairs: Pairs, interval: Duration) -> Self {
        #[cfg(feature = "development-certificates")]
        pairs.developments().for_each(|development| development.tell());
        let mut tasks = JoinSet::new();
        #[cfg(feature = "acme")]
        for (kept, ordering) in pairs.ordered() {
            tasks.spawn(super::acme::keep(pairs.clone(), kept, ordering));
        }
        tasks.spawn(async move {
            let mut hangup = Hangup::new(pairs.have_files());
            let mut asked = false;
            loop {
                let pairs = pairs.clone();
                // A look that panics is one that is not had; there is a next one.
                let _ = spawn_blocking(move || pairs.look(now(), asked)).await;
                asked = tokio::select! {
                    () = tokio::time::sleep(interval) => false,
                    () = hangup.told() => true,
                };
            }
        });
        Self(tasks)
    }
}

/// SIGHUP, by which daemons are told to read their files again.
#[cfg(unix)]
struct Hangup(Option<tokio::signal::unix::Signal>);

#[cfg(unix)]
impl Hangup {
    /// Listens, if there are files. Otherwise the signal ends the process, as it does by default.
    fn new(have_files: bool) -> Self {
        use tokio::signal::unix::{SignalKind, signal};

        let listened = have_files.then(|| signal(SignalKind::hangup()));
        let listened = listened.and_then(|signal| {
            signal.inspect_err(|error| tracing::error!(%error, "cannot listen for SIGHUP")).ok()
        });
        Self(listened)
    }

    async fn told(&mut self) {
        match &mut self.0 {
            Some(signal) => {
                // The end of signals is none.
                if signal.recv().await.is_none() {
                    pending::<()>().await;
                }
            }
            None => pending().await,
        }
    }
}

#[cfg(not(unix))]
struct Hangup;

#[cfg(not(unix))]
impl Hangup {
    fn new(_: bool) -> Self {
        Self
    }

    async fn told(&mut self) {
        pending().await
    }
}
