//! The work that is left when the server has stopped: whatever waits to be kept, written or sent.

use std::sync::{Arc, atomic::Ordering};

use futures_util::future::BoxFuture;

use super::{
    audited, live,
    router::{Endpoint, Places},
};

impl Endpoint {
    /// Returns what keeps the live inventory, writes the audit stream to its end, and sends the spans that wait.
    pub(super) fn last(&self) -> BoxFuture<'static, ()> {
        let endpoint = self.clone();
        Box::pin(async move {
            let shared = endpoint.shared();
            if let Some(keeper) = &shared.keeper {
                live::last(keeper.clone(), Arc::clone(endpoint.live())).await;
            }
            endpoint.0.ended.store(true, Ordering::Relaxed);
            audited::last(&shared.settings).await;
            #[cfg(feature = "otel")]
            crate::observe::flush().await;
        })
    }
}

impl Drop for Places {
    fn drop(&mut self) {
        if *self.started.get_mut() && !*self.ended.get_mut() {
            audited::gone(&self.shared.settings);
        }
    }
}
