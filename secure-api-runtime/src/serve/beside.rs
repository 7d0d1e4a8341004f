//! The server that runs beside another one, and outlasts it: who runs an app sees how it stops.

use std::{
    future::Future,
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use tokio::sync::oneshot;

use super::BoundServer;

/// The state of an app that was told to stop. Clones share it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Stopping(Arc<AtomicBool>);

impl Stopping {
    /// Returns `true` once the app was told to stop.
    pub(crate) fn is_told(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// A server beside another one.
pub(super) struct Beside {
    server: Box<BoundServer>,
    stopping: Stopping,
}

impl BoundServer {
    /// Runs this server beside, until the other has stopped.
    pub(crate) fn beside(mut self, server: BoundServer, stopping: Stopping) -> Self {
        self.beside = Some(Beside { server: Box::new(server), stopping });
        self
    }

    /// Returns the address of the management listener, where the app has one.
    pub fn manage_addr(&self) -> Option<SocketAddr> {
        self.beside.as_ref().map(|beside| beside.server.address)
    }
}

impl Beside {
    /// Runs both. What stands beside is told at once that the app stops, and stops after it.
    pub(super) async fn run(self, served: BoundServer, shutdown: impl Future<Output = ()>) {
        let Self { server, stopping } = self;
        let (over, last) = oneshot::channel::<()>();
        let served = async move {
            let told = async {
                shutdown.await;
                stopping.0.store(true, Ordering::Relaxed);
            };
            served.run_alone(told).await;
            drop(over);
        };
        // The error is that it is over.
        let last = async {
            let _ = last.await;
        };
        tokio::join!(served, server.run_alone(last));
    }
}
