//! The client: an app without its sockets, and those who call it.

use std::{
    fmt,
    net::{IpAddr, Ipv4Addr},
    sync::Arc,
    time::Duration,
};

use axum::Router;

use super::{
    actor::Actor,
    request::Request,
    time::{self, moment},
    verbs::verbs,
};
use crate::{
    app::{AppBuilder, Tested},
    clock::Clock,
    error::StartError,
    identity::Revocations,
    inventory::ApiModel,
    role::Roles,
    route::Api,
    session::Keeper,
};

/// Builds an app and gives the client that calls it.
///
/// If the app's clock is the machine's, it is stopped at this second: time passes when the test says so, by
/// [`Client::advance`]. An app with a clock that is moved by hand keeps it: see [`at`](super::at).
///
/// # Errors
///
/// Whatever keeps the app from starting, all together, as [`AppBuilder::build`] says it.
///
/// ```
/// use secure_api::{prelude::*, testing};
/// # #[derive(Role)] enum Role { Customer }
/// # #[derive(Version)] enum Version { V1 }
/// # #[derive(Resource)] #[view(Counted, public, fields(orders))] struct Count { orders: u32 }
///
/// #[get("/count", version = Version::V1.., role = Role::Customer, view = Counted)]
/// async fn count() -> Count {
///     Count { orders: 3 }
/// }
///
/// #[api(roles = Role, versions = Version, limit = Limit::per_principal(60).per_minute(), routes(count))]
/// struct Shop;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), StartError> {
/// let shop = testing::client(Shop::app().tokens(testing::issuer()))?;
/// let alice = shop.as_caller(Role::Customer, "alice");
/// let reply = alice.get("/v1/count").await;
/// assert_eq!(reply.assert_status(200).json_pointer("/orders"), 3);
/// shop.get("/v1/count").await.assert_status(401);
/// # Ok(()) }
/// ```
pub fn client(app: AppBuilder) -> Result<Client, StartError> {
    Ok(built(app)?.client)
}

/// An app under test, and what of it no client needs.
pub(super) struct Built {
    pub(super) client: Client,
    pub(super) model: ApiModel,
    pub(super) revocations: Revocations,
    pub(super) tested: Tested,
    pub(super) sessions: Option<Arc<Keeper>>,
}

/// Builds an app, its clock in the test's hand.
pub(super) fn built(app: AppBuilder) -> Result<Built, StartError> {
    let mut app = app.configured();
    if !app.settings.clock.is_manual() {
        app.settings.clock = Clock::manual(app.settings.clock.unix_seconds());
    }
    let issuers = app.issuers.iter().filter_map(|issuer| issuer.name_in_tests());
    let issuers = issuers.map(str::to_owned).collect();
    let clock = app.settings.clock.clone();
    let host = app.settings.hosts.first().cloned().unwrap_or_else(|| "localhost".to_owned());
    let url = app.dpop.as_ref().and(app.settings.base_url.as_ref()).map(ToString::to_string);
    let tested = std::mem::take(&mut app.tested);
    let app = app.build()?;
    let (model, revocations) = (app.model().clone(), app.revocations().clone());
    // Makes every route's service now, instead of at every request.
    let router = app.served().with_state(());
    let shared = Arc::new(Shared { api: app.api(), router, clock, host, url, issuers });
    let client = Client { shared, peer: IpAddr::V4(Ipv4Addr::LOCALHOST) };
    let sessions = app.sessions();
    Ok(Built { client, model, revocations, tested, sessions })
}

/// Calls an app in this process, without sockets, through everything that a request over a socket passes.
///
/// Clones call the same app. What it sends by itself has no credentials; [`as_caller`](Self::as_caller) gives somebody
/// who has.
#[derive(Clone)]
pub struct Client {
    pub(super) shared: Arc<Shared>,
    pub(super) peer: IpAddr,
}

pub(super) struct Shared {
    pub(super) api: &'static Api,
    pub(super) router: Router,
    pub(super) clock: Clock,
    pub(super) host: String,
    /// The URL that proofs are for, where the app takes some.
    pub(super) url: Option<String>,
    /// The app's issuers whose tokens can be made here.
    pub(super) issuers: Vec<String>,
}

impl Client {
    /// Returns an actor with this role. More can be said of it before it calls.
    ///
    /// # Panics
    ///
    /// If the app does not trust [`issuer()`](super::issuer), or the role is of another enum than the API's.
    #[track_caller]
    pub fn as_caller<R: Roles>(&self, role: R, subject: &str) -> Actor {
        self.as_subject(subject).role(role)
    }

    /// Returns an actor with a good token that names no role.
    ///
    /// # Panics
    ///
    /// If the app does not trust [`issuer()`](super::issuer).
    #[track_caller]
    pub fn as_subject(&self, subject: &str) -> Actor {
        assert!(
            !self.shared.issuers.is_empty(),
            "{} accepts no tokens of tests: add `.tokens(testing::issuer())` to the app",
            self.shared.api.name
        );
        Actor::new(self, subject)
    }

    /// Returns the same client at another address: limits per address count it by itself. Without this it is
    /// `127.0.0.1`.
    ///
    /// # Panics
    ///
    /// If that is no IP address.
    #[must_use]
    #[track_caller]
    pub fn at_address(&self, address: &str) -> Self {
        let Ok(peer) = address.parse() else { panic!("{address:?} is no IP address") };
        Self { shared: Arc::clone(&self.shared), peer }
    }

    /// Returns the app's clock.
    pub fn clock(&self) -> &Clock {
        &self.shared.clock
    }

    /// Lets time pass: tokens expire, limits refill, idempotency keys and open steps age. See
    /// [`testing`](super#time) for what does not move.
    pub fn advance(&self, by: Duration) {
        self.shared.clock.advance(by);
    }

    /// Begins a request of any method: `"HEAD"`.
    ///
    /// # Panics
    ///
    /// If that is no method or no path.
    #[track_caller]
    pub fn request(&self, method: &str, path: &str) -> Request {
        Request::new(self, "nobody".to_owned(), method, path)
    }

    /// Lets time pass until a day begins (`2027-01-01`), or until a second (`2027-01-01T12:00:00Z`).
    ///
    /// # Panics
    ///
    /// If that is no time, or one that has passed: a clock is not turned back.
    #[track_caller]
    pub fn advance_to(&self, time: &str) {
        time::advance_to(&self.shared.clock, moment(time));
    }
}

verbs! {
    Client,
    "without credentials, to a path with its version: `/v1/orders`.",
    "If that is no path."
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("api", &self.shared.api.name).finish_non_exhaustive()
    }
}
