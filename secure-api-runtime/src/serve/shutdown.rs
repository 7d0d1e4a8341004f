//! The signals that stop the process, and the end of a server.

use std::{
    future::{Future, pending},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering::Relaxed},
    },
    time::Duration,
};

use tokio::{
    sync::watch,
    task::{JoinError, JoinSet},
    time::{sleep, timeout},
};

use super::pulse::Pulse;
use crate::error::discard_panic;

/// Completes on Ctrl-C and, on Unix, on SIGTERM, which is what service managers and containers send.
///
/// ```no_run
/// # async fn run(server: secure_api::serve::BoundServer) {
/// server.run(secure_api::serve::shutdown_signal()).await;
/// # }
/// ```
pub async fn shutdown_signal() {
    tokio::select! {
        () = interrupt() => {}
        () = terminate() => {}
    }
}

/// Completes so long after the signal. Meanwhile whoever asks is told that this server is not for new callers any more.
pub(super) async fn delayed(signal: impl Future<Output = ()>, delay: Duration) {
    signal.await;
    if !delay.is_zero() {
        tracing::info!(target: "secure_api::start", ?delay, "stopping, and served until then");
        sleep(delay).await;
    }
}

/// Completes when the server stops.
pub(super) async fn told(stop: &mut watch::Receiver<bool>) {
    // The error is that nobody can tell any more, which is a stop as well.
    let _ = stop.wait_for(|stop| *stop).await;
}

/// The end of a connection, at which those of its requests are counted that have no whole answer.
pub(super) struct Cut<'a> {
    pulse: Arc<Pulse>,
    all: &'a AtomicU64,
}

impl<'a> Cut<'a> {
    pub(super) fn new(pulse: &Arc<Pulse>, all: &'a AtomicU64) -> Self {
        Self { pulse: Arc::clone(pulse), all }
    }
}

impl Drop for Cut<'_> {
    fn drop(&mut self) {
        self.all.fetch_add(self.pulse.running(), Relaxed);
    }
}

/// Waits for the connections of a server that has stopped, and closes those that are left at the deadline. The counter is of the
/// requests that were cut so far.
pub(super) async fn drain(mut connections: JoinSet<()>, deadline: Duration, cut: &AtomicU64) {
    let drained = timeout(deadline, async {
        while let Some(ended) = connections.join_next().await {
            note(ended);
        }
    });
    if drained.await.is_err() {
        // Whoever hung up before was cut by nobody.
        let (before, left) = (cut.load(Relaxed), connections.len());
        connections.shutdown().await;
        tracing::warn!(
            connections = left,
            requests = cut.load(Relaxed).saturating_sub(before),
            "shutdown deadline passed, what was left is closed"
        );
    }
}

/// Notes the end of a connection. A layer of the app's own may have panicked, with whatever it likes.
pub(super) fn note(ended: Result<(), JoinError>) {
    if let Err(error) = ended
        && let Ok(panic) = error.try_into_panic()
    {
        discard_panic(panic);
        tracing::error!("serving a connection panicked");
    }
}

async fn interrupt() {
    if let Err(error) = tokio::signal::ctrl_c().await {
        tracing::error!(%error, "cannot listen for Ctrl-C");
        pending().await
    }
}

#[cfg(unix)]
async fn terminate() {
    use tokio::signal::unix::{SignalKind, signal};

    match signal(SignalKind::terminate()) {
        Ok(mut signal) => {
            signal.recv().await;
        }
        Err(error) => {
            tracing::error!(%error, "cannot listen for SIGTERM");
            pending().await
        }
    }
}

#[cfg(not(unix))]
async fn terminate() {
    pending().await
}
