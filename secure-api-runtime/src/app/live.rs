//! The live inventory of an app: what of a request is noted, where it is kept, and closing an operation before its sunset.

use std::{
    path::PathBuf,
    sync::{Arc, Weak},
    time::Duration,
};

use http::{StatusCode, request::Parts};
use tokio::runtime::Handle;

use super::{App, AppBuilder, exchange::Record, router::Endpoint, shared::Shared};
use crate::{
    error::{Problem, StartProblem},
    inventory::{
        LiveInventory,
        live::{Act, CONFIGURATION, Keeper, Live},
    },
    reason::is_sentence,
};

/// The time between two looks at what is to be kept.
const OFTEN: Duration = Duration::from_secs(10);

impl AppBuilder {
    /// Keeps the live inventory in this file: what is called, by whom, and what is called that is not there. By default it ends with
    /// the process. It is written behind the requests, every ten seconds and when the server has stopped. Machines have a file each.
    #[must_use]
    pub fn inventory_file(mut self, path: impl Into<PathBuf>) -> Self {
        self.settings.inventory_file = Some(path.into());
        self
    }

    /// Closes an operation before its sunset, in all its versions: it answers 410. Whoever starts the app may state it without a new
    /// build. Each is told to the log with its reason, on the target `secure_api::audit`. The console does not open it.
    #[must_use]
    pub fn close(mut self, operation: impl Into<String>, why: impl Into<String>) -> Self {
        let (operation, reason) = (operation.into(), why.into());
        if self.may_be(&operation, &reason)
            && !self.reopened.iter().any(|(own, _)| *own == operation)
        {
            self.closed.push((operation, reason));
        } else {
            self.problems.push(StartProblem {
                code: "SA229",
                text: format!("`{operation}` cannot be closed: it is no operation, it is opened as well, or there is no reason in words"),
                help: "write `.close(\"operation\", \"the reason, a sentence of three words or more\")`, with a name of the inventory",
            });
        }
        self
    }

    /// Opens an operation that somebody closed by the console, for whoever cannot open it there. It is told to the log as closing is.
    /// One that is not closed stays as it is. It opens at each start: remove it when it has.
    #[must_use]
    pub fn reopen(mut self, operation: impl Into<String>, why: impl Into<String>) -> Self {
        let (operation, reason) = (operation.into(), why.into());
        if self.may_be(&operation, &reason) && !self.closed.iter().any(|(own, _)| *own == operation)
        {
            self.reopened.push((operation, reason));
        } else {
            self.problems.push(StartProblem {
                code: "SA229",
                text: format!("`{operation}` cannot be opened: it is no operation, it is closed as well, or there is no reason in words"),
                help: "write `.reopen(\"operation\", \"the reason, a sentence of three words or more\")`, with a name of the inventory",
            });
        }
        self
    }

    /// Returns `true` if an operation of this name may be closed or opened for this reason.
    fn may_be(&self, operation: &str, reason: &str) -> bool {
        self.api.routes().any(|route| route.name == operation) && is_sentence(reason)
    }
}

impl App {
    /// Returns what was seen of the app's traffic so far.
    pub fn live_inventory(&self) -> LiveInventory {
        self.endpoint.live().seen()
    }
}

/// Notes a request that was answered.
pub(super) fn note(shared: &Shared, record: &Record<'_>, parts: &Parts, refused: Option<&Problem>) {
    let now = shared.settings.clock.unix_seconds();
    let Record { calls, watched, client, .. } = record;
    let Some(calls) = calls else {
        if refused.is_some_and(|problem| problem.kind().status() == StatusCode::NOT_FOUND) {
            let client = watched.address.unwrap_or_default();
            shared.live.nothing(parts.method.as_str(), parts.uri.path(), now, client);
        }
        return;
    };
    let key = watched.principal.or(watched.address).unwrap_or_default();
    let name = || {
        let name = match (watched.identity.as_deref(), client.address()) {
            (Some(caller), _) => {
                let tenant = caller.tenant().unwrap_or_default();
                shared.ledger.name(&["client", caller.issuer(), tenant, caller.subject()])
            }
            (None, Some(address)) => shared.ledger.name(&["address", &address.to_string()]),
            (None, None) => shared.ledger.name(&["nobody"]),
        };
        name.to_string()[..16].to_owned()
    };
    let problem = refused.map(|problem| problem.kind().uri());
    shared.live.call(calls, now, problem, (key, name));
}

/// Closes and opens what the configuration states to be closed and opened. What is as it was to be stays so.
pub(super) fn configure(
    endpoint: &Endpoint,
    closed: &[(String, String)],
    reopened: &[(String, String)],
) {
    let now = endpoint.shared().settings.clock.unix_seconds();
    let act = |(operation, reason)| Act { operation, reason, by: CONFIGURATION };
    for (operation, reason) in closed {
        let _ = endpoint.live().close(act((operation, reason)), now);
    }
    for (operation, reason) in reopened {
        let _ = endpoint.live().open(act((operation, reason)), now);
    }
}

/// Begins to keep the live inventory, as long as the app is there.
pub(super) fn begin(shared: &Shared) {
    let (Some(keeper), Ok(runtime)) = (&shared.keeper, Handle::try_current()) else { return };
    runtime.spawn(keep(keeper.clone(), Arc::downgrade(&shared.live)));
}

async fn keep(keeper: Keeper, live: Weak<Live>) {
    loop {
        tokio::time::sleep(OFTEN).await;
        let Some(live) = live.upgrade() else { return };
        let keeper = keeper.clone();
        // A file system that is slow keeps no request waiting. A panic there is told by its hook.
        let _ = tokio::task::spawn_blocking(move || keeper.keep(&live)).await;
    }
}
