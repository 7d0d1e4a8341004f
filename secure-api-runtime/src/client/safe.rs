//! The client of one service, as a handler has it: with the request that its calls are made for.

use std::{fmt, marker::PhantomData, sync::Arc};

use http::{HeaderMap, Method, header};
use secrecy::SecretString;
use tokio::time::Instant;

use super::{connector::Connector, outgoing::Outgoing, settings::Upstream};
use crate::{
    clock::Clock,
    identity::{Bearer, Credential as _, DPOP, Identity},
    observe::Trace,
    value::WebUrl,
};

/// The client of one service, an argument of a handler whose app declares the [`Upstream`].
///
/// Its calls are part of the request: they end before its deadline, and carry its caller's token where the service is declared so.
///
/// ```
/// # mod app {
/// use secure_api::{client::{SafeClient, Upstream, UpstreamError}, prelude::*};
/// # #[derive(Role)] pub enum Role { Member }
/// # #[derive(Version)] pub enum Version { V1 }
/// # #[derive(Resource)]
/// # #[view(RateView, role = Role::Member, fields(cents))]
/// # pub struct Rate { cents: u32 }
/// pub struct Rates;
///
/// /// An answer of the service, with its bounds.
/// #[derive(Input)]
/// pub struct RateAnswer {
///     #[input(range = 0..=1_000_000)]
///     cents: u32,
/// }
///
/// /// Tells what a day costs.
/// #[get("/rate", version = Version::V1.., role = Role::Member, view = RateView)]
/// pub async fn read_rate(rates: SafeClient<Rates>) -> Result<Rate, UpstreamError> {
///     let RateAnswer { cents } = rates.get(["rates", "today"]).json().await?;
///     Ok(Rate { cents })
/// }
/// # use secure_api::api;
/// # #[api(roles = Role, versions = Version, limit = Limit::per_principal(60).per_minute(), routes(read_rate))]
/// # pub struct Days;
///
/// # fn app() -> secure_api::app::AppBuilder {
/// Days::app().upstream(Upstream::<Rates>::at("https://rates.example/v1").passes_token())
/// # }
/// # }
/// ```
pub struct SafeClient<T> {
    connector: Arc<Connector>,
    origin: Origin,
    of: PhantomData<fn() -> T>,
}

/// The request that calls are made for. Whatever they take from it stands here.
#[derive(Clone, Default)]
pub(crate) struct Origin {
    /// The caller's access token.
    pub(crate) subject: Option<Subject>,
    /// The time by which they have to be answered.
    pub(crate) until: Option<Instant>,
    /// The trace that they are part of.
    pub(crate) trace: Option<Trace>,
}

/// The access token of a caller.
#[derive(Clone)]
pub(crate) struct Subject {
    pub(super) token: SecretString,
    /// `true` if it is bound to a key, so that nobody else can use it.
    pub(super) is_bound: bool,
}

impl Subject {
    /// Returns the token that a caller was known by; none where it was something else.
    pub(crate) fn of(identity: &Identity, headers: &HeaderMap) -> Option<Self> {
        let is_dpop = identity.kind().is(&DPOP);
        if !is_dpop && !identity.kind().is(&Bearer::KIND) {
            return None;
        }
        let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
        let (_, token) = value.split_once(' ')?;
        let is_bound = is_dpop || identity.confirmation().is_some();
        Some(Self { token: token.trim().into(), is_bound })
    }
}

impl<T> SafeClient<T> {
    /// Returns the client of a program without an app.
    pub(super) fn alone(upstream: Upstream<T>, clock: &Clock) -> Self {
        let (client, connector) = Self::unclocked(upstream);
        connector.set_clock(clock);
        client
    }

    fn over(connector: Arc<Connector>) -> Self {
        Self { connector, origin: Origin::default(), of: PhantomData }
    }

    /// Returns the client of an app that is not built yet, and what is to be told its clock.
    pub(crate) fn unclocked(upstream: Upstream<T>) -> (Self, Arc<Connector>) {
        let connector = Arc::new(Connector::new(upstream.stated));
        (Self::over(Arc::clone(&connector)), connector)
    }

    /// Returns the client whose calls are made for this request.
    pub(crate) fn for_request(self, origin: Origin) -> Self {
        Self { origin, ..self }
    }

    /// Returns the same client for work that goes on when the request is over: without its deadline, without
    /// its caller, and in no trace.
    #[must_use]
    pub fn apart(&self) -> Self {
        Self::over(Arc::clone(&self.connector))
    }

    /// Begins a GET. Each segment of the path is encoded, so that a text that a user gave is one segment, whatever is in it.
    pub fn get<'s>(&self, path: impl IntoIterator<Item = &'s str>) -> Outgoing<'_> {
        self.call(Method::GET, path)
    }

    /// Begins a POST, as [`get`](Self::get) does a GET.
    pub fn post<'s>(&self, path: impl IntoIterator<Item = &'s str>) -> Outgoing<'_> {
        self.call(Method::POST, path)
    }

    /// Begins a PUT, as [`get`](Self::get) does a GET.
    pub fn put<'s>(&self, path: impl IntoIterator<Item = &'s str>) -> Outgoing<'_> {
        self.call(Method::PUT, path)
    }

    /// Begins a PATCH, as [`get`](Self::get) does a GET.
    pub fn patch<'s>(&self, path: impl IntoIterator<Item = &'s str>) -> Outgoing<'_> {
        self.call(Method::PATCH, path)
    }

    /// Begins a DELETE, as [`get`](Self::get) does a GET.
    pub fn delete<'s>(&self, path: impl IntoIterator<Item = &'s str>) -> Outgoing<'_> {
        self.call(Method::DELETE, path)
    }

    /// Begins a GET of an address that a user gave, of a service that is [`of_users`](Upstream::of_users).
    pub fn get_from(&self, url: &WebUrl) -> Outgoing<'_> {
        Outgoing::to_user(&self.connector, &self.origin, Method::GET, url)
    }

    /// Begins a POST to an address that a user gave, of a service that is [`of_users`](Upstream::of_users).
    pub fn post_to(&self, url: &WebUrl) -> Outgoing<'_> {
        Outgoing::to_user(&self.connector, &self.origin, Method::POST, url)
    }

    fn call<'s>(&self, method: Method, path: impl IntoIterator<Item = &'s str>) -> Outgoing<'_> {
        Outgoing::to_base(&self.connector, &self.origin, method, path)
    }
}

impl<T> Clone for SafeClient<T> {
    fn clone(&self) -> Self {
        Self {
            connector: Arc::clone(&self.connector),
            origin: self.origin.clone(),
            of: PhantomData,
        }
    }
}

impl<T> fmt::Debug for SafeClient<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SafeClient")
            .field("name", &self.connector.stated.name)
            .finish_non_exhaustive()
    }
}
