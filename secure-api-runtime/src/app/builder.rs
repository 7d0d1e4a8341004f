//! The parts of an app, until it is built.

use std::{any::TypeId, sync::Arc, time::Duration};

use super::{Names, Settings, configured::Configuration};
use crate::{
    base_url::BaseUrl,
    behavior::Behavior,
    clock::Clock,
    docs::Docs,
    dpop::{Dpop, Nonces},
    error::StartProblem,
    identity::{AnySource, Kind, Standing},
    ledger::{AnyLedger, AppLedger},
    limit::Limit,
    manage::Manage,
    observe::Audit,
    route::{Api, State},
    secret::SecretBytes,
    serve::ServerSettings,
    session::SessionSettings,
    sign_in::SignIn,
    token::{Issuer, OwnKeys},
    version::Versions,
};
#[cfg(feature = "tls")]
use crate::{error::StartError, serve::Tls};

/// Makes a source of an app's own.
pub(super) type MakeSource = Box<dyn FnOnce(Clock) -> Box<dyn AnySource> + Send>;

/// The parts of an app, on the way to [`build`](Self::build).
pub struct AppBuilder {
    pub(super) api: &'static Api,
    pub(super) state: State,
    pub(crate) issuers: Vec<Issuer>,
    /// The sources of the app's own, to be made once the clock is known.
    pub(super) sources: Vec<(Kind, MakeSource)>,
    pub(crate) settings: Settings,
    pub(super) secret: Option<SecretBytes>,
    pub(super) ledger: Option<Box<dyn AnyLedger>>,
    /// The ledger that the app asks, once it is checked.
    pub(super) remembers: Option<AppLedger>,
    /// The settings of signing in, if the app issues tokens itself.
    pub(super) sign_in: Option<SignIn>,
    /// The keys that it signs them with, once they are set up.
    pub(super) own_keys: Option<Arc<OwnKeys>>,
    pub(crate) dpop: Option<Dpop>,
    /// The nonces of proofs, once the secret is known.
    pub(super) nonces: Option<Arc<Nonces>>,
    pub(super) sessions: Option<SessionSettings>,
    #[cfg(feature = "testing")]
    pub(crate) tested: super::callers::Tested,
    pub(crate) standing: Option<Standing>,
    /// The audit stream, until it is begun.
    pub(super) audit: Option<Audit>,
    /// The management listener, none unless it is stated: whoever starts an app need not have a second socket.
    pub(super) manage: Option<Manage>,
    /// The other services that are called.
    #[cfg(feature = "client")]
    pub(super) upstreams: Vec<super::upstreams::Called>,
    /// The operations that are closed, with the reasons.
    pub(super) closed: Vec<(String, String)>,
    #[cfg(feature = "tls")]
    pub(super) tls: Option<Result<Tls, StartError>>,
    /// The settings that a file and the environment state.
    pub(super) configuration: Configuration,
    /// The mistakes found so far; `build` adds its own and reports all together.
    pub(super) problems: Vec<StartProblem>,
    /// The services that could not be made.
    pub(super) unmade: Vec<TypeId>,
}

impl AppBuilder {
    /// Begins an app of this API. `#[api]` makes `Shop::app()`, which calls it.
    #[doc(hidden)]
    pub fn new(api: &'static Api) -> Self {
        Self {
            api,
            state: State::default(),
            issuers: Vec::new(),
            sources: Vec::new(),
            settings: Settings::default(),
            secret: None,
            ledger: None,
            remembers: None,
            sign_in: None,
            own_keys: None,
            dpop: None,
            nonces: None,
            sessions: None,
            #[cfg(feature = "testing")]
            tested: Default::default(),
            standing: None,
            audit: None,
            manage: None,
            #[cfg(feature = "client")]
            upstreams: Vec::new(),
            closed: Vec::new(),
            #[cfg(feature = "tls")]
            tls: None,
            configuration: Configuration::default(),
            problems: Vec::new(),
            unmade: Vec::new(),
        }
    }

    /// Sets the clock, by default the machine's; a test moves one of its own.
    #[must_use]
    pub fn clock(mut self, clock: Clock) -> Self {
        self.settings.clock = clock;
        self
    }

    /// Sets the rate limit of one address over the whole app, unmatched paths included. The default is 1200
    /// per minute: generous for a person or a small office behind one address, and a bound for a scanner.
    #[must_use]
    pub fn address_limit(mut self, limit: Limit) -> Self {
        self.settings.address_limit = limit;
        self
    }

    /// Decides by what callers have less of their limits when they look, guess and try. The default is
    /// [`Behavior::scored`](crate::behavior::Behavior::scored).
    #[must_use]
    pub fn behavior(mut self, behavior: Behavior) -> Self {
        self.settings.behavior = behavior;
        self
    }

    /// Multiplies every limit, saturating, for load tests, in which nobody's behavior is weighed. An app with a scale other than 1
    /// is served on loopback only.
    #[must_use]
    pub fn limit_scale(mut self, factor: u32) -> Self {
        self.settings.limit_scale = factor.max(1);
        self
    }

    /// Sets the bounds of the server that [`serve`](super::App::serve) runs: connections, headers, the time for each. The
    /// defaults and their reasons are at [`ServerSettings`].
    #[must_use]
    pub fn server(mut self, settings: ServerSettings) -> Self {
        self.settings.server = settings;
        self
    }

    /// Sets the most bytes that a request's body may have. The default is 64 KiB: larger than any form, smaller than what
    /// could hurt.
    #[must_use]
    pub fn body_limit(mut self, bytes: usize) -> Self {
        self.settings.body_limit = bytes;
        self
    }

    /// Sets the deadline of a request: its body has this time to arrive, after which the answer is 408, and then what
    /// answers it has it again, after which it is 503. The default is 15 seconds: long for a database, short for a caller
    /// that waits.
    #[must_use]
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.settings.deadline = deadline;
        self
    }

    /// Sets the hosts that this app answers for, as in `Host`, with a port where it is not the default; others get 421.
    /// A name is the same in any case, and a default port is as none (RFC 9110, section 4.2.3). Without any, every host
    /// that is well-formed is answered for; nothing is ever built from it either way.
    #[must_use]
    pub fn hosts(mut self, hosts: impl Names) -> Self {
        self.settings.hosts.extend(hosts.names());
        self
    }

    /// Sets the URL that callers find the app at, as `https://shop.example/api`: `https`, or `http` on this machine. Its path is
    /// one that a proxy takes off each request; `Location` and links begin with it, and the documents name the whole URL as
    /// their server. A router of axum's that the app is nested in needs no setting for its path.
    ///
    /// Without it nothing names a host, and an app is taken to stand at the root.
    #[must_use]
    pub fn base_url(mut self, url: impl AsRef<str>) -> Self {
        match BaseUrl::parse(url.as_ref()) {
            Some(url) => self.settings.base_url = Some(url),
            None => self.problems.push(StartProblem {
                code: "SA223",
                text: format!("`{}` is no URL that an app is found at", url.as_ref()),
                help: "write it as `https://shop.example/api`: https, plain segments, no slash at the end, no query",
            }),
        }
        self
    }

    /// Sets the origins whose pages may read answers in a browser (CORS), as `https://app.example`. By default there are none.
    ///
    /// Preflights are answered with the verbs of their path. Credentials that a browser adds by itself, as cookies, are
    /// never allowed, and there is no `*`: each origin is named. Who may call what is decided by the token alone.
    #[must_use]
    pub fn cors(mut self, origins: impl Names) -> Self {
        self.settings.origins.extend(origins.names());
        self
    }

    /// Decides if the OpenAPI documents and the documentation page are served, and to whom. By default only a debug build serves
    /// them.
    #[must_use]
    pub fn docs(mut self, docs: Docs) -> Self {
        self.settings.docs = docs;
        self
    }

    /// Serves a version that is a `#[version(preview)]`. Without this it answers 404, and has no document: nobody
    /// depends by accident on what is free to break.
    #[must_use]
    pub fn preview<V: Versions>(mut self, version: V) -> Self {
        let (table, index) = (V::TABLE, version.index());
        match table.versions.get(index).filter(|version| version.preview) {
            Some(_) if table.is(self.api.versions) => {
                self.settings.previews.add(index);
            }
            version => {
                let variant =
                    version.or(table.versions.get(index)).map_or("…", |info| info.variant);
                self.problems.push(StartProblem {
                    code: "SA624",
                    text: format!("`{variant}` is not a preview of {}", self.api.name),
                    help: "remove `.preview(…)`: versions that are released are always served",
                });
            }
        }
        self
    }

    /// Serves all previews, as for a staging machine.
    #[must_use]
    pub fn previews(mut self) -> Self {
        (0..self.api.versions.versions.len()).for_each(|index| self.settings.previews.add(index));
        self
    }

    /// Sets the certificate to serve HTTPS with. Without one the app is served on loopback, and to trusted
    /// [`proxies`](Self::proxies).
    #[cfg(feature = "tls")]
    #[must_use]
    pub fn tls(mut self, tls: Result<Tls, impl Into<StartError>>) -> Self {
        self.tls = Some(tls.map_err(Into::into));
        self
    }
}
