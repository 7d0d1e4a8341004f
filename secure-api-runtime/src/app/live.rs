//! The live inventory of an app: what of a request is noted, where it is kept, and closing an operation before its sunset.

mod named;

use std::{
    mem,
    net::IpAddr,
    path::PathBuf,
    sync::{Arc, Weak},
    time::Duration,
};

use http::{StatusCode, request::Parts};
use tokio::{
    runtime::Handle,
    time::{sleep, timeout},
};

use super::{App, AppBuilder, record::Record, router::Endpoint, shared::Shared};
use crate::{
    clock::Clock,
    error::Problem,
    inventory::{
        LiveInventory,
        live::{Act, CONFIGURATION, Keeper, KeptIn, Live},
    },
    ledger::{AppLedger, Name},
};

/// The time between two looks at what is to be kept.
const OFTEN: Duration = Duration::from_secs(10);

/// The looks after which orphans are looked for, too.
const LOOKS: u32 = 60;

/// The time that somebody who reads it waits for what other machines have seen.
const PATIENCE: Duration = Duration::from_secs(2);

/// The time that the start of an app waits for what other machines know.
const FIRST: Duration = Duration::from_secs(5);

/// The time that the end of an app waits until what was seen last is kept.
const LAST: Duration = Duration::from_secs(10);

impl AppBuilder {
    /// Keeps the live inventory in this file: what is called, by whom, and what is called that is not there. By default it ends with
    /// the process. It is written behind the requests, every ten seconds and when the server has stopped. Machines have a file each,
    /// or [share](Self::inventory_shared) one inventory; of the two, the one that is stated last counts.
    /// What stands there and is no file, cannot be read, or is no inventory stays as it is, and the app does not start (SA234, SA235).
    /// An app that keeps it has a [`secret`](Self::secret), by which a client has one name after a restart too (SA236).
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
    /// build. Each is told to the log with its reason, on the target `secure_api::audit`. The console does not open it.
    #[must_use]
    pub fn close(mut self, operation: impl Into<String>, why: impl Into<String>) -> Self {
        let (operation, reason) = (operation.into(), why.into());
        let contrary = self.settings.reopened.iter().any(|(own, _)| *own == operation);
        match self.cannot_be("closed", &operation, &reason, contrary) {
            Some(problem) => self.problems.push(problem),
            None => self.closed.push((operation, reason)),
        }
        self
    }

    /// Opens an operation that somebody closed by the console, for whoever cannot open it there. It is told to the log as closing is.
    /// It opens once ever, for this reason: what is closed after that stays closed when the app starts again, here or, with
    /// [`inventory_shared`](Self::inventory_shared), on any machine. One that is open stays so, and then this is done, too.
    #[must_use]
    pub fn reopen(mut self, operation: impl Into<String>, why: impl Into<String>) -> Self {
        let (operation, reason) = (operation.into(), why.into());
        let contrary = self.closed.iter().any(|(own, _)| *own == operation);
        match self.cannot_be("opened", &operation, &reason, contrary) {
            Some(problem) => self.problems.push(problem),
            None => self.settings.reopened.push((operation, reason)),
        }
        self
    }

    /// Returns the hash by which the [live inventory](LiveInventory) knows a caller, so that one of its clients is found again by
    /// whoever knows the callers. `None` where the app states no secret, or none that can be read.
    ///
    /// ```
    /// # use secure_api::prelude::*;
    /// # #[derive(Role)] enum Role { Member }
    /// # #[derive(Version)] enum Version { V1 }
    /// # /// Ends the caller's visit.
    /// # #[delete("/visit", version = Version::V1.., role = Role::Member)]
    /// # async fn leave() -> NoContent { NoContent }
    /// # #[api(roles = Role, versions = Version, limit = Limit::per_principal(1).per_minute(), routes(leave))]
    /// # struct House;
    /// let app = House::app().secret(SecretBytes::random());
    /// assert_eq!(app.live_client("https://login.example", None, "alice").expect("a hash").len(), 16);
    /// assert_eq!(House::app().live_client("https://login.example", None, "alice"), None);
    /// ```
    pub fn live_client(&self, issuer: &str, tenant: Option<&str>, subject: &str) -> Option<String> {
        Some(caller_name(&self.names()?, (issuer, tenant, subject)))
    }

    /// Returns the hash by which the [live inventory](LiveInventory) knows an address from which nobody signed in. `None` as of
    /// [`live_client`](Self::live_client).
    pub fn live_address(&self, address: IpAddr) -> Option<String> {
        Some(address_name(&self.names()?, Some(address.to_canonical())))
    }

    fn names(&self) -> Option<AppLedger> {
        Some(AppLedger::new(&self.sound_secret()?, None, self.settings.clock.clone()))
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
    let Record { calls, is_gone, watched, client, arrived, .. } = record;
    let now = shared.live.second(&shared.settings.clock, *arrived);
    let Some(calls) = calls else {
        if refused.is_some_and(|problem| problem.kind().status() == StatusCode::NOT_FOUND) {
            let place = (parts.method.as_str(), parts.uri.path());
            let (ledger, address) = (&shared.ledger, client.address());
            let names = || (address_name(ledger, address), network_name(ledger, address));
            shared.live.nothing(place, now, (watched.address.unwrap_or_default(), names));
        }
        return;
    };
    let problem = refused.map(|problem| problem.kind().uri());
    // What is past its sunset is refused to all, before anybody is asked for a name: who calls it all the same is counted.
    let is_known = watched.is_admitted || watched.identity.is_some() || *is_gone;
    if let Some(problem) = problem.filter(|_| !is_known) {
        shared.live.stranger(calls, now, problem);
        return;
    }
    let key = watched.principal.or(watched.address).unwrap_or_default();
    let name = || match watched.identity.as_deref() {
        Some(caller) => {
            caller_name(&shared.ledger, (caller.issuer(), caller.tenant(), caller.subject()))
        }
        None => address_name(&shared.ledger, client.address()),
    };
    shared.live.call(calls, now, problem, (key, name));
}

/// Returns the name of a caller: of its issuer, its tenant and its subject.
fn caller_name(
    ledger: &AppLedger,
    (issuer, tenant, subject): (&str, Option<&str>, &str),
) -> String {
    short(ledger.name(&["client", issuer, tenant.unwrap_or_default(), subject]))
}

/// Returns the name of a client of whom nothing but its address is known.
fn address_name(ledger: &AppLedger, address: Option<IpAddr>) -> String {
    short(match address {
        Some(address) => ledger.name(&["address", &address.to_string()]),
        None => ledger.name(&["nobody"]),
    })
}

/// Returns the name of the network that a client is in: what one who has many addresses commonly has them in.
fn network_name(ledger: &AppLedger, address: Option<IpAddr>) -> String {
    short(match address {
        Some(IpAddr::V4(address)) => ledger.name(&[&b"network"[..], &address.octets()[..3]]),
        Some(IpAddr::V6(address)) => ledger.name(&[&b"network"[..], &address.octets()[..6]]),
        None => ledger.name(&["nobody"]),
    })
}

/// Returns so much of a name as tells clients apart.
fn short(name: Name) -> String {
    name.to_string()[..16].to_owned()
}

/// Closes and opens what the configuration states to be closed and opened. What is as it was to be stays so.
pub(super) fn configure(endpoint: &Endpoint, closed: &[(String, String)]) {
    let (shared, now) = (endpoint.shared(), endpoint.now());
    for (operation, reason) in closed {
        let _ = shared.live.close(Act { operation, reason, by: CONFIGURATION }, now);
    }
    // What machines share is not read yet, and with it what was opened before.
    if shared.keeper.as_ref().is_none_or(|keeper| !keeper.is_shared()) {
        reopen(&shared.live, &shared.settings.reopened, now);
    }
}

fn reopen(live: &Live, reopened: &[(String, String)], now: i64) {
    for (operation, reason) in reopened {
        live.reopen(operation, reason, now);
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

/// Keeps what was seen last. What it cannot keep it tells, and nothing comes after.
pub(super) async fn last(keeper: Keeper, live: Arc<Live>) {
    if timeout(LAST, keeper.keep(&live)).await.is_err() {
        tracing::error!(target: "secure_api::inventory", "the live inventory was not kept in time: what was seen last is lost");
    }
}

/// Hears once what other machines know, as what is closed, before requests are answered. A ledger that does not answer keeps nobody
/// waiting for ever: then the app is not ready until it has.
pub(super) async fn first(shared: &Shared) {
    let Shared { live, keeper, settings, .. } = shared;
    let Some(keeper) = keeper.as_ref().filter(|keeper| !keeper.has_read()) else { return };
    if timeout(FIRST, keeper.keep(live)).await == Ok(true) {
        reopen(live, &settings.reopened, settings.clock.unix_seconds());
    }
}

/// Begins to look for orphans and to keep the live inventory, as long as the app is there.
pub(super) fn begin(shared: &Shared) {
    let Ok(runtime) = Handle::try_current() else { return };
    let Shared { live, keeper, settings, .. } = shared;
    let (clock, reopened) = (settings.clock.clone(), settings.reopened.clone());
    runtime.spawn(keep(keeper.clone(), Arc::downgrade(live), clock, reopened));
}

async fn keep(
    keeper: Option<Keeper>,
    live: Weak<Live>,
    clock: Clock,
    mut reopened: Vec<(String, String)>,
) {
    for look in 0_u32.. {
        let Some(live) = live.upgrade() else { return };
        if look % LOOKS == 0 {
            live.looked(clock.unix_seconds());
        }
        if let Some(keeper) = &keeper
            && keeper.keep(&live).await
        {
            // What another machine closed is known only now.
            reopen(&live, &mem::take(&mut reopened), clock.unix_seconds());
        }
        let urgent = live.urgent();
        drop(live);
        tokio::select! {
            () = sleep(OFTEN) => {}
            () = urgent.notified() => {}
        }
    }
}
