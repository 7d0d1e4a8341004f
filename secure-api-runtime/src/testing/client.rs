//! The client: an app without its sockets, and those who call it.

use std::{
    fmt,
    net::{IpAddr, Ipv4Addr},
    sync::{Arc, OnceLock},
    time::Duration,
};

use axum::Router;
use serde_json::Value;

use super::{
    bearer::{Bearer, TENANT},
    request::Request,
    time::{self, moment},
};
use crate::{app::AppBuilder, clock::Clock, compose, error::StartError, role::Roles, route::Api};

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
pub fn client(mut app: AppBuilder) -> Result<Client, StartError> {
    if !app.settings.clock.is_manual() {
        app.settings.clock = Clock::manual(app.settings.clock.unix_seconds());
    }
    let issuers = app.issuers.iter().filter_map(|issuer| issuer.name_in_tests());
    let issuers = issuers.map(str::to_owned).collect();
    let clock = app.settings.clock.clone();
    let host = app.settings.hosts.first().cloned().unwrap_or_else(|| "localhost".to_owned());
    let app = app.build()?;
    // Makes every route's service now, instead of at every request.
    let router = app.router().with_state(());
    let shared = Arc::new(Shared { api: app.api(), router, clock, host, issuers });
    Ok(Client { shared, peer: IpAddr::V4(Ipv4Addr::LOCALHOST) })
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
    api: &'static Api,
    pub(super) router: Router,
    clock: Clock,
    pub(super) host: String,
    /// The app's issuers whose tokens can be made here.
    issuers: Vec<String>,
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
        Actor { client: self.clone(), bearer: Bearer::new(subject), token: OnceLock::new() }
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

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("api", &self.shared.api.name).finish_non_exhaustive()
    }
}

/// Somebody who calls: a subject, what it may, and one access token.
///
/// The token is signed at the first request, by the time of the app's clock, and sent with every one. It is good for ten
/// minutes, and half a minute more for clocks that differ: time that passes can end it.
#[derive(Clone)]
pub struct Actor {
    client: Client,
    bearer: Bearer,
    token: OnceLock<String>,
}

impl Actor {
    /// Adds a role.
    ///
    /// # Panics
    ///
    /// If the role is of another enum than the API's.
    #[must_use]
    #[track_caller]
    pub fn role<R: Roles>(self, role: R) -> Self {
        let (api, table) = (self.client.shared.api, R::TABLE);
        assert!(
            api.roles.is(table),
            "the roles of {} are {}, and not {}",
            api.name,
            api.roles.type_name,
            compose::other_name(api.roles.type_name, table.type_name)
        );
        self.with(|bearer| bearer.role(role))
    }

    /// Adds an OAuth scope.
    #[must_use]
    pub fn scope(self, scope: &str) -> Self {
        self.with(|bearer| bearer.scope(scope))
    }

    /// Sets the lifetime of the token, in whole seconds.
    #[must_use]
    pub fn lifetime(self, lifetime: Duration) -> Self {
        self.with(|bearer| bearer.lifetime(lifetime))
    }

    /// Sets the tenant, in an API with `tenants`. [`issuer`](super::issuer) reads it from the claim `tenant`.
    #[must_use]
    pub fn tenant(self, tenant: &str) -> Self {
        self.with(|bearer| bearer.claim(TENANT, tenant.into()))
    }

    /// Sets a claim of the token, also one that has another value by default, such as `aud`.
    #[must_use]
    pub fn claim(self, name: &str, value: impl Into<Value>) -> Self {
        let value = value.into();
        self.with(|bearer| bearer.claim(name, value))
    }

    /// Sets the issuer of the token by its name: see [`issuer_named`](super::issuer_named).
    ///
    /// # Panics
    ///
    /// If the app does not trust it.
    #[must_use]
    #[track_caller]
    pub fn issuer(self, name: &str) -> Self {
        self.check_issuer(name);
        self.with(|bearer| name.clone_into(&mut bearer.issuer))
    }

    /// Returns its access token, as it is sent after `Bearer`.
    ///
    /// # Panics
    ///
    /// If the app does not trust its issuer.
    #[track_caller]
    pub fn token(&self) -> &str {
        self.check_issuer(&self.bearer.issuer);
        self.token.get_or_init(|| self.bearer.sign(self.client.shared.clock.unix_seconds()))
    }

    fn with(mut self, change: impl FnOnce(&mut Bearer)) -> Self {
        change(&mut self.bearer);
        // What was signed before said something else.
        self.token = OnceLock::new();
        self
    }

    #[track_caller]
    fn check_issuer(&self, name: &str) {
        let Shared { api, issuers, .. } = &*self.client.shared;
        assert!(
            issuers.iter().any(|issuer| issuer == name),
            "{} accepts no tokens of {name}, but of {}",
            api.name,
            issuers.join(", ")
        );
    }
}

impl fmt::Debug for Actor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Actor").field(&self.bearer.shown()).finish()
    }
}

/// The verbs, of a client and of an actor.
macro_rules! verbs {
    ($($name:ident $method:ident)*) => {
        impl Client {
            $(#[doc = concat!("A ", stringify!($method), " request without credentials, to a path with its version: `/v1/orders`.")]
            ///
            /// # Panics
            ///
            /// If that is no path.
            #[track_caller]
            pub fn $name(&self, path: &str) -> Request {
                self.request(stringify!($method), path)
            })*

            /// Begins the same of any method: `"HEAD"`.
            ///
            /// # Panics
            ///
            /// If that is no method or no path.
            #[track_caller]
            pub fn request(&self, method: &str, path: &str) -> Request {
                Request::new(self, "nobody".to_owned(), method, path)
            }
        }

        impl Actor {
            $(#[doc = concat!("A ", stringify!($method), " request with its token.")]
            ///
            /// # Panics
            ///
            /// If that is no path, or the app does not trust the token's issuer.
            #[track_caller]
            pub fn $name(&self, path: &str) -> Request {
                self.request(stringify!($method), path)
            })*

            /// Begins the same of any method: `"HEAD"`.
            ///
            /// # Panics
            ///
            /// If that is no method or no path, or the app does not trust the token's issuer.
            #[track_caller]
            pub fn request(&self, method: &str, path: &str) -> Request {
                Request::new(&self.client, self.bearer.shown(), method, path).token(self.token())
            }
        }
    };
}

verbs! { get GET post POST put PUT patch PATCH delete DELETE }
