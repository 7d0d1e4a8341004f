//! An app: an API with its stores, services and issuers, checked as a whole and ready to run.
//!
//! Only this module knows all concerns. The order in which a request meets them is written in `stages`.

use std::{fmt, pin::Pin};

use axum::{
    Router,
    extract::{ConnectInfo, Request},
    middleware::map_request,
};
use tokio::net::TcpListener;

#[cfg(feature = "tls")]
use crate::serve::Tls;
use crate::{
    error::{StartError, StartProblem},
    identity::Revocations,
    inventory::{self, ApiModel},
    ledger::AppLedger,
    manage::Manage,
    route::Api,
    serve::{
        Addresses, BoundServer, CheckedServer, Connection, HostAndPort, Server, ServerSettings,
        shutdown_signal,
    },
};

mod admission;
mod against;
mod apart;
mod aside;
mod asked;
mod audited;
mod behavior;
mod besides;
mod body;
mod builder;
mod callable;
mod called;
mod callers;
mod challenge;
mod client;
mod configured;
mod console;
mod cors;
mod deadline;
mod ended;
mod exchange;
mod head;
mod headers;
mod host;
mod hygiene;
mod last;
mod live;
mod load;
mod made;
mod manage;
mod model;
mod mount;
mod open;
mod operation;
mod passage;
mod paths;
mod place;
mod reader;
mod readers;
mod record;
mod registered;
mod router;
mod scores;
mod settings;
mod shared;
mod signals;
mod sources;
mod spool;
mod stages;
mod stated;
mod tables;
mod traced;
mod unbuilt;
mod unhandled;
mod units;
#[cfg(feature = "client")]
mod upstreams;
mod verify;

pub use crate::proxies::ForwardedHeader;
pub use builder::AppBuilder;
#[cfg(feature = "testing")]
pub(crate) use callers::Tested;
use headers::Vary;
use router::{Endpoint, Layered};
pub(crate) use settings::Settings;
pub use stages::listing;
pub use unbuilt::{IsBuilt, Names, Unbuilt};

/// An app on its way to its socket. Its type says nothing of the address, so that what is no address is one error.
pub type Serving<'a, T> = Pin<Box<dyn Future<Output = Result<T, StartError>> + Send + 'a>>;

/// An API that is ready to run.
pub struct App {
    api: &'static Api,
    model: ApiModel,
    endpoint: Endpoint,
    revocations: Revocations,
    ledger: Option<AppLedger>,
    manage: Option<Manage>,
    /// The router that stands before the endpoint, where there is one.
    changed: Option<Router>,
    #[cfg(feature = "tls")]
    tls: Option<Tls>,
    server: ServerSettings,
    scaled: bool,
    /// `true` if tokens that tests make up are accepted.
    tested: bool,
}

impl App {
    /// Returns the app as a plain axum router: tower layers go on, other routes stand beside, another server runs it.
    ///
    /// A server of your own should give requests `ConnectInfo<SocketAddr>`; without it all callers share one
    /// address, and its limit. What [`bind`](Self::bind) refuses on an address that others can reach, multiplied limits and
    /// the tokens of tests, nobody refuses there.
    ///
    /// The path of a request is looked up by the app itself, whatever axum matched before: a layer that changes the URI
    /// changes the operation.
    pub fn router(&self) -> Router {
        self.endpoint.start();
        self.changed.clone().unwrap_or_else(|| self.endpoint.router())
    }

    /// Returns what [`serve`](Self::serve) serves, as a router.
    #[cfg(feature = "testing")]
    pub(crate) fn served(&self) -> Router {
        let alone = || Router::new().fallback_service(self.endpoint.clone());
        self.changed.clone().unwrap_or_else(alone)
    }

    /// Returns what keeps its sessions, where it has some.
    #[cfg(feature = "testing")]
    pub(crate) fn sessions(&self) -> Option<std::sync::Arc<crate::session::Keeper>> {
        self.endpoint.state().service()
    }

    /// Changes the router that [`serve`](Self::serve) runs: adds layers, or routes beside those of the API,
    /// which find `ConnectInfo<SocketAddr>`.
    #[must_use]
    pub fn map_router(mut self, change: impl FnOnce(Router) -> Router) -> Self {
        let routes = change(self.router());
        self.changed = Some(routes.layer(map_request(async |mut request: Request| {
            if let Some(Connection { peer, .. }) = request.extensions().get().copied() {
                request.extensions_mut().insert(ConnectInfo(peer));
            }
            request
        })));
        self
    }

    /// Serves on `address` until the process is told to stop; requests in flight finish.
    ///
    /// It is what tokio's `TcpListener::bind` takes: `"127.0.0.1:8443"`, `"localhost:8080"`, `("::1", 8443)`, a `SocketAddr`.
    /// Port 0 lets the machine choose one. Of a name, each address has to be allowed, and the first to be had is served on.
    ///
    /// # Errors
    ///
    /// SA202 where it is no address, SA201 where it would be plaintext off loopback, SA203 where the machine does not give it;
    /// SA224 where a setting of the server is none that works; SA135 where the ledger cannot be used; SA160 and SA304 where others can reach what is for tests.
    pub fn serve<'a>(self, address: impl HostAndPort + 'a) -> Serving<'a, ()> {
        let bound = self.bind(address);
        Box::pin(async move {
            bound.await?.run(shutdown_signal()).await;
            Ok(())
        })
    }

    /// Opens the socket, for whoever wants to know its port or to say when to stop.
    ///
    /// # Errors
    ///
    /// Those of [`serve`](Self::serve).
    pub fn bind<'a>(mut self, address: impl HostAndPort + 'a) -> Serving<'a, BoundServer> {
        let addresses = address.look_up();
        Box::pin(async move {
            let addresses = addresses.await;
            let unready = self.ready().await.err();
            let (managed, last) = (self.managed()?, self.endpoint.last());
            let bound = self.server(&addresses, unready)?.bind(&addresses).await?;
            Ok(managed.beside(bound)?.last(Some(last)))
        })
    }

    /// Serves on a socket that is open already, as a service manager hands it over, or a test that has to know its port
    /// first.
    ///
    /// ```no_run
    /// # async fn serve(app: secure_api::app::App) -> Result<(), Box<dyn std::error::Error>> {
    /// let listener = tokio::net::TcpListener::bind(("127.0.0.1", 8080)).await?;
    /// app.listen(listener)?.run(secure_api::serve::shutdown_signal()).await;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// SA201, SA224, SA160 and SA304 as [`serve`](Self::serve) has them. The ledger is not asked: [`ready`](Self::ready) does.
    pub fn listen(mut self, listener: TcpListener) -> Result<BoundServer, StartError> {
        let addresses = Addresses::of(&listener);
        let (managed, last) = (self.managed()?, self.endpoint.last());
        Ok(managed.beside(self.server(&addresses, None)?.listen(listener)?)?.last(Some(last)))
    }

    /// Asks what the app depends on if it can be used, as [`serve`](Self::serve) and [`bind`](Self::bind) do: its ledger. Hears,
    /// for some seconds at most, what is closed by other machines that share its live inventory. Whoever serves the [`router`](Self::router) or a socket of their own asks before.
    ///
    /// # Errors
    ///
    /// SA135 where the ledger is a `Redis` that cannot be used; what a ledger of your own says.
    pub async fn ready(&self) -> Result<(), StartError> {
        if let Some(ledger) = &self.ledger {
            ledger.ready().await.map_err(|problem| StartError(vec![problem]))?;
        }
        self.endpoint.first().await;
        Ok(())
    }

    /// Returns the server of this app, if it may serve on these addresses.
    fn server(
        self,
        addresses: &Addresses,
        unready: Option<StartError>,
    ) -> Result<CheckedServer, StartError> {
        let endpoint = self.endpoint.clone();
        let server = match self.changed {
            // Makes every route's service now, instead of at every request.
            Some(router) => Server::responding(Layered {
                router: router.with_state(()),
                endpoint: self.endpoint,
            }),
            None => Server::responding(self.endpoint),
        };
        #[cfg(feature = "tls")]
        let server = match self.tls {
            Some(tls) => {
                let counted = &endpoint.shared().metrics.certificates;
                counted.get_or_init(|| tls.counts());
                server.tls(tls)
            }
            None => server,
        };
        let server = server.settings(self.server).proxies(endpoint.proxies().clone());
        let mut problems = unready.map_or_else(Vec::new, |StartError(problems)| problems);
        let reachable = addresses.reachable();
        if let Some(address) = reachable.as_ref().filter(|_| self.tested) {
            problems.push(StartProblem {
                code: "SA160",
                text: format!("tokens of tests are accepted on {address}, which others can reach"),
                help: "give the app its own issuer; `testing::issuer()` is for tests",
            });
        }
        if let Some(address) = reachable.as_ref().filter(|_| self.scaled) {
            problems.push(StartProblem {
                code: "SA304",
                text: format!("limits are multiplied on {address}, which others can reach"),
                help: "serve on 127.0.0.1 or [::1], or leave the limits as they are declared",
            });
        }
        let checked = server.checked(addresses, problems)?;
        endpoint.start();
        Ok(checked)
    }

    /// Returns the API as it was declared.
    #[cfg(feature = "testing")]
    pub(crate) fn api(&self) -> &'static Api {
        self.api
    }

    /// Returns the API and the app's settings as owned plain data, for documents, tools and tests.
    pub fn model(&self) -> &ApiModel {
        &self.model
    }

    /// Returns the revocations, for what runs beside the app: a consumer of messages that signs people out, an administrator's
    /// task. A handler takes [`Revocations`] as an argument.
    pub fn revocations(&self) -> &Revocations {
        &self.revocations
    }

    /// Returns the inventory as text: every operation with its callers, limits and views, and every exception.
    pub fn inventory(&self) -> String {
        inventory::routes(&self.model)
    }
}

impl fmt::Debug for App {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("App").field("api", &self.api.name).finish_non_exhaustive()
    }
}
