//! The socket: binds it, accepts connections within bounds, and serves a router on each until told to stop.
//!
//! Only this concern knows sockets. Everything that refuses to start is found before one opens, with a code
//! of SA2xx; everything that goes wrong later ends one connection and not the server.

mod accept;
mod address;
mod beside;
mod connection;
mod frames;
mod places;
mod plaintext;
mod preamble;
mod pulse;
mod respond;
mod room;
mod settings;
mod shutdown;
#[cfg(feature = "tls")]
mod tls;
mod unreadable;

use std::{fmt, future::Future, net::SocketAddr, pin::pin, sync::Arc};

use axum::Router;
use tokio::{
    net::{TcpListener, TcpStream},
    sync::watch,
    task::JoinSet,
};

pub(crate) use self::beside::Stopping;
#[cfg(fuzzing)]
pub use self::preamble::proxied;
pub(crate) use self::respond::{Content, EndsBy, Respond, Responding};
pub(crate) use self::room::{Part, Room};
pub(crate) use self::settings::without_room;
#[cfg(feature = "acme")]
pub use self::tls::Acme;
#[cfg(feature = "tls")]
pub use self::tls::Tls;
use self::{
    accept::{accept, queued},
    beside::{Beside, Last},
    connection::ConnectionService,
    places::Places,
    plaintext::Plaintext,
    shutdown::{delayed, drain, note},
};
pub use self::{
    address::{Addresses, HostAndPort},
    connection::{Connection, Transport},
    settings::ServerSettings,
    shutdown::shutdown_signal,
};
use crate::{
    error::{StartError, StartProblem},
    proxies::Proxies,
};

/// A router and the bounds that it is served within.
///
/// Every request that reaches the router carries its [`Connection`] in its extensions.
#[derive(Debug)]
pub struct Server {
    responds: Arc<dyn Respond>,
    settings: ServerSettings,
    proxies: Proxies,
    #[cfg(feature = "tls")]
    tls: Option<Tls>,
}

/// A server that may serve on the addresses it was checked for.
pub(crate) struct CheckedServer(Server);

/// A server whose socket is open: the kernel already queues connections for it.
pub struct BoundServer {
    listener: TcpListener,
    address: SocketAddr,
    service: ConnectionService,
    settings: ServerSettings,
    proxies: Proxies,
    is_plain: bool,
    /// The server that runs beside it, for those who run the app.
    beside: Option<Beside>,
    /// The work that is left when it has stopped.
    last: Option<Last>,
}

impl Server {
    /// Begins a server of `router`. Without [`tls`](Self::tls) it is plaintext, which is refused anywhere but on a loopback
    /// address, unless the app names proxies.
    pub fn new(router: Router) -> Self {
        // Makes every route's service now, instead of at every request.
        Self::responding(router.with_state(()))
    }

    /// Begins a server of what answers requests.
    pub(crate) fn responding(responds: impl Respond) -> Self {
        Self {
            responds: Arc::new(responds),
            settings: ServerSettings::default(),
            proxies: Proxies::default(),
            #[cfg(feature = "tls")]
            tls: None,
        }
    }

    /// Serves HTTPS with this certificate.
    #[cfg(feature = "tls")]
    #[must_use]
    pub fn tls(mut self, tls: Tls) -> Self {
        self.tls = Some(tls);
        self
    }

    /// Bounds and timeouts other than the defaults.
    #[must_use]
    pub fn settings(mut self, settings: ServerSettings) -> Self {
        self.settings = settings;
        self
    }

    /// Names the proxies, whose connections are those of many callers.
    pub(crate) fn proxies(mut self, proxies: Proxies) -> Self {
        self.proxies = proxies;
        self
    }

    /// Returns the problems that keep this server from starting, as far as they show without opening a socket.
    pub fn problems(&self, addresses: &Addresses) -> Vec<StartProblem> {
        self.address_problem(addresses).into_iter().chain(self.settings.problems()).collect()
    }

    fn address_problem(&self, addresses: &Addresses) -> Option<StartProblem> {
        if let Err(problem) = addresses.found() {
            return Some(problem);
        }
        #[cfg(feature = "development-certificates")]
        if let Some(address) = addresses.reachable()
            && self.tls.as_ref().is_some_and(Tls::is_for_development)
        {
            return Some(tls::misplaced(&format!("on {address}, which others can reach")));
        }
        #[cfg(feature = "tls")]
        let encrypted = self.tls.is_some();
        #[cfg(not(feature = "tls"))]
        let encrypted = false;
        // Where there are proxies, nobody else gets a connection in plaintext.
        let allowed = encrypted || !self.proxies.is_empty();
        let reachable = addresses.reachable().filter(|_| !allowed);
        reachable.map(|address| StartProblem {
            code: "SA201",
            text: format!("plaintext on {address}, which others can reach"),
            help: "give the server a certificate, or serve plaintext on 127.0.0.1 or [::1] only, or to trusted proxies alone: \
                   `.proxies([\"10.0.0.0/8\"])`",
        })
    }

    /// Opens the socket.
    ///
    /// # Errors
    ///
    /// SA202 if the addresses are none, SA201 if one would be plaintext off loopback, SA224 if a bound of the settings is 0,
    /// all before a socket opens; SA203 if the machine does not give one.
    pub async fn bind(self, addresses: &Addresses) -> Result<BoundServer, StartError> {
        self.checked(addresses, Vec::new())?.bind(addresses).await
    }

    /// Serves on a socket that is open.
    ///
    /// # Errors
    ///
    /// SA201 if it would be plaintext off loopback; SA202 or SA203 if the socket has no address.
    pub fn listen(self, listener: TcpListener) -> Result<BoundServer, StartError> {
        self.checked(&Addresses::of(&listener), Vec::new())?.listen(listener)
    }

    /// Returns the server as one that may serve on these addresses, if neither it nor its app has a problem there.
    pub(crate) fn checked(
        self,
        addresses: &Addresses,
        of_app: Vec<StartProblem>,
    ) -> Result<CheckedServer, StartError> {
        let mut problems = self.problems(addresses);
        problems.extend(of_app);
        if problems.is_empty() { Ok(CheckedServer(self)) } else { Err(StartError(problems)) }
    }
}

impl CheckedServer {
    /// Opens the socket on the addresses that were checked.
    pub(crate) async fn bind(self, addresses: &Addresses) -> Result<BoundServer, StartError> {
        let listener = addresses.open().await.map_err(|problem| StartError(vec![problem]))?;
        self.listen(listener)
    }

    /// Serves on the socket whose address was checked.
    pub(crate) fn listen(self, listener: TcpListener) -> Result<BoundServer, StartError> {
        let Self(server) = self;
        let address = listener.local_addr();
        let address =
            address.map_err(|error| StartError(vec![address::untaken("the listener", &error)]))?;
        #[cfg(feature = "tls")]
        let is_plain = server.tls.is_none();
        #[cfg(not(feature = "tls"))]
        let is_plain = true;
        let Server { responds, settings, proxies, .. } = server;
        let service = ConnectionService::new(
            responds,
            &settings,
            proxies.clone(),
            #[cfg(feature = "tls")]
            server.tls,
        );
        Ok(BoundServer {
            listener,
            address,
            service,
            settings,
            proxies,
            is_plain,
            beside: None,
            last: None,
        })
    }
}

impl BoundServer {
    /// Returns the address it is bound to, with the port the machine chose where it was 0.
    pub fn local_addr(&self) -> SocketAddr {
        self.address
    }

    /// Serves as [`run`](Self::run) does, without the server beside it, and is told of as this listener.
    pub(super) async fn run_alone(
        self,
        listener: &'static str,
        shutdown: impl Future<Output = ()>,
    ) {
        tracing::info!(target: "secure_api::start", address = %self.address, listener, "serving");
        let mut plaintext = self.is_plain.then(|| Plaintext::begin(self.address, &self.proxies));
        let mut shutdown = pin!(delayed(shutdown, self.settings.shutdown_delay));
        let (stop, stopped) = watch::channel(false);
        let places = Places::new(self.settings.max_connections, self.proxies.clone());
        let service = Arc::new(self.service);
        let mut connections = JoinSet::new();
        let mut serve = |connections: &mut JoinSet<()>,
                         free,
                         (stream, peer): (TcpStream, SocketAddr)| {
            if plaintext.as_mut().is_some_and(|plaintext| !plaintext.admits(peer)) {
                return;
            }
            let Some(free) = free else {
                tracing::debug!(%peer, "all places of connections are taken, and the server stops");
                return;
            };
            let Some(mut place) = places.take(free, peer.ip()) else {
                tracing::debug!(%peer, "an address has more connections than are left for others");
                return;
            };
            let (service, stopped) = (Arc::clone(&service), stopped.clone());
            connections.spawn(async move {
                service.serve(stream, peer, &mut place, stopped).await;
                drop(place);
            });
        };
        'serving: loop {
            let mut next = pin!(async {
                // A place first: whoever finds none waits in the kernel's queue, at no cost here.
                let free = places.free().await;
                (free, accept(&self.listener).await)
            });
            let (free, arrived) = loop {
                tokio::select! {
                    biased;
                    () = &mut shutdown => break 'serving,
                    Some(ended) = connections.join_next(), if !connections.is_empty() => {
                        note(ended);
                    }
                    arrival = &mut next => break arrival,
                }
            };
            serve(&mut connections, free, arrived);
        }

        // Whom the system accepted by then is answered, too.
        for arrived in queued(self.listener) {
            serve(&mut connections, places.free_now(), arrived);
        }
        // Nobody listens if there is no connection.
        let _ = stop.send(true);
        service.stops();
        drain(connections, self.settings.shutdown_deadline, &service.cut).await;
        tracing::info!(target: "secure_api::start", address = %self.address, listener, "stopped");
    }
}

impl fmt::Debug for BoundServer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BoundServer").field("address", &self.address).finish_non_exhaustive()
    }
}
