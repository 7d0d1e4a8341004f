//! The signals that stop the process.

use std::future::pending;

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
