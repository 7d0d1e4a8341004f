//! The live inventory of an app: what of a request is noted, where it is kept, and closing an operation before its sunset.

use std::{
    path::PathBuf,
    sync::{Arc, Weak},
    time::Duration,
};

use http::{StatusCode, request::Parts};
use tokio::{
    runtime::Handle,
    time::{sleep, timeout},
};

use super::{App, AppBuilder, client::Client, exchange::Record, router::Endpoint, shared::Shared};
use crate::{
    clock::Clock,
    error::{Problem, StartProblem},
    inventory::{
        LiveInventory,
        live::{Act, CONFIGURATION, Keeper, KeptIn, Live},
    },
    reason::is_sentence,
};

/// The time between two looks at what is to be kept.
const OFTEN: Duration = Duration::from_secs(10);

/// The looks after which orphans are looked for, too.
const LOOKS: u32 = 60;

/// The time that somebody who reads it waits for what other machines have seen.
const PATIENCE: Duration = Duration::from_secs(2);

impl AppBuilder {
    /// Keeps the live inventory in this file: what is called, by whom, and what is called that is not there. By default it ends with
    /// the process. It is written behind the requests, every ten seconds and when the server has stopped. Machines have a file each,
    /// or [share](Self::inventory_shared) one inventory; of the two, the one that is stated last counts.
    #[must_use]
    pub fn inventory_file(mut self, path: impl Into<PathBuf>) -> Self {
        self.settings.inventory = KeptIn::File(path.into());
        self
    }

    /// Keeps the live inventory in the [ledger](Self::ledger), so that all machines that share that have one: the sum of what each
    /// has seen. It is told behind the requests, every ten seconds and when the server has stopped. While the ledger does not
    /// answer, what is seen waits in the process. An app without a ledger of its own does not start (SA136).
    #[must_use]
    pub fn inventory_shared(mut self) -> Self {
        self.settings.inventory = KeptIn::Ledger;
        self
    }

    /// Closes an operation before its sunset, in all its versions: it answers 410. Whoever starts the app may state it without a new
    /// build. Each is told to the log with its reason, on the target `secure_api::audit`.
    #[must_use]
    pub fn close(mut self, operation: impl Into<String>, why: impl Into<String>) -> Self {
        let (operation, reason) = (operation.into(), why.into());
        let is_there = self.api.routes().any(|route| route.name == operation);
        if is_there && is_sentence(&reason) {
            self.closed.push((operation, reason));
        } else {
            self.problems.push(StartProblem {
                code: "SA229",
                text: format!("`{operation}` cannot be closed: it is no operation, or there is no reason in words"),
                help: "write `.close(\"operation\", \"the reason, a sentence of three words or more\")`, with a name of the inventory",
            });
        }
        self
    }
}

impl App {
    /// Returns what was seen of the app's traffic so far; of other machines, what was known ten seconds ago.
    pub fn live_inventory(&self) -> LiveInventory {
        self.endpoint.live().seen()
    }
}

/// Notes a request that was answered.
pub(super) fn note(shared: &Shared, record: &Record<'_>, parts: &Parts, refused: Option<&Problem>) {
    let Record { calls, watched, client, arrived, .. } = record;
    let now = shared.live.second(&shared.settings.clock, *arrived);
    let Some(calls) = calls else {
        if refused.is_some_and(|problem| problem.kind().status() == StatusCode::NOT_FOUND) {
            let place = (parts.method.as_str(), parts.uri.path());
            let name = || address_name(shared, client);
            shared.live.nothing(place, now, (watched.address.unwrap_or_default(), name));
        }
        return;
    };
    let key = watched.principal.or(watched.address).unwrap_or_default();
    let name = || match watched.identity.as_deref() {
        Some(caller) => {
            let tenant = caller.tenant().unwrap_or_default();
            let texts = ["client", caller.issuer(), tenant, caller.subject()];
            shared.ledger.name(&texts).to_string()[..16].to_owned()
        }
        None => address_name(shared, client),
    };
    let problem = refused.map(|problem| problem.kind().uri());
    shared.live.call(calls, now, problem, (key, name));
}

/// Returns the name of a client of whom nothing but its address is known.
fn address_name(shared: &Shared, client: &Client) -> String {
    let name = match client.address() {
        Some(address) => shared.ledger.name(&["address", &address.to_string()]),
        None => shared.ledger.name(&["nobody"]),
    };
    name.to_string()[..16].to_owned()
}

/// Closes what the configuration states to be closed.
pub(super) fn close(endpoint: &Endpoint, closed: &[(String, String)]) {
    let now = endpoint.now();
    for (operation, reason) in closed {
        // What is closed already stays so, and the builder knows the names.
        let _ = endpoint.live().close(Act { operation, reason, by: CONFIGURATION }, now);
    }
}

/// Returns the live inventory as it is now. What other machines have seen is waited for, where they share it, and orphans are looked
/// for.
pub(super) async fn current(shared: &Shared) -> LiveInventory {
    if let Some(keeper) = shared.keeper.as_ref().filter(|keeper| keeper.is_shared()) {
        // What is known here is told in any case.
        let _ = timeout(PATIENCE, keeper.keep(&shared.live)).await;
    }
    shared.live.looked(shared.settings.clock.unix_seconds())
}

/// Begins to look for orphans and to keep the live inventory, as long as the app is there.
pub(super) fn begin(shared: &Shared) {
    let Ok(runtime) = Handle::try_current() else { return };
    let Shared { live, keeper, settings, .. } = shared;
    runtime.spawn(keep(keeper.clone(), Arc::downgrade(live), settings.clock.clone()));
}

async fn keep(keeper: Option<Keeper>, live: Weak<Live>, clock: Clock) {
    for look in 0_u32.. {
        let Some(live) = live.upgrade() else { return };
        if look % LOOKS == 0 {
            live.looked(clock.unix_seconds());
        }
        if let Some(keeper) = &keeper {
            keeper.keep(&live).await;
        }
        let urgent = live.urgent();
        drop(live);
        tokio::select! {
            () = sleep(OFTEN) => {}
            () = urgent.notified() => {}
        }
    }
}
