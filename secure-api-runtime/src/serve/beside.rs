//! The server that runs beside another one, and outlasts it: who runs an app sees how it stops.

use std::{
    future::Future,
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use futures_util::future::BoxFuture;
use tokio::sync::oneshot;

use super::{Addresses, BoundServer, CheckedServer};
use crate::error::StartError;

/// The listener of an app, as the log calls it.
const API: &str = "api";

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

/// The work that is left when a server has stopped.
pub(super) type Last = BoxFuture<'static, ()>;

impl CheckedServer {
    /// Opens the socket at once.
    pub(crate) fn bind_now(self, addresses: &Addresses) -> Result<BoundServer, StartError> {
        let listener = addresses.open_now().map_err(|problem| StartError(vec![problem]))?;
        self.listen(listener)
    }
}

impl BoundServer {
    /// Serves until `shutdown` completes and `ServerSettings::shutdown_delay` is over; then accepts nothing more, lets the requests
    /// that have begun finish within `ServerSettings::shutdown_deadline`, and drops those that have not.
    pub async fn run(mut self, shutdown: impl Future<Output = ()>) {
        // What stands beside has the same pairs: were it to look too, the next look would come at once.
        #[cfg(feature = "tls")]
        let _watching = self.service.watch(self.settings.certificate_interval);
        let last = self.last.take();
        match self.beside.take() {
            Some(beside) => Box::pin(beside.run(self, shutdown)).await,
            None => self.run_alone(API, shutdown).await,
        }
        if let Some(last) = last {
            last.await;
        }
    }

    /// Runs this server beside, until the other has stopped.
    pub(crate) fn beside(mut self, server: BoundServer, stopping: Stopping) -> Self {
        self.beside = Some(Beside { server: Box::new(server), stopping });
        self
    }

    /// Does this when it has stopped.
    pub(crate) fn last(mut self, last: Option<Last>) -> Self {
        self.last = last;
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
            served.run_alone(API, told).await;
            drop(over);
        };
        // The error is that it is over.
        let last = async {
            let _ = last.await;
        };
        tokio::join!(served, server.run_alone("management", last));
    }
}
