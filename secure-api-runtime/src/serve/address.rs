//! The addresses that a server is to serve on: looked up, and not open yet.

use std::{
    fmt, io,
    net::{SocketAddr, ToSocketAddrs as LookUpNow},
    pin::Pin,
};

use tokio::net::{TcpListener, ToSocketAddrs, lookup_host};

use crate::error::StartProblem;

/// An address to serve on: a host and a port, as tokio's `TcpListener::bind` takes them.
#[diagnostic::on_unimplemented(
    message = "SA654: `{Self}` is no address to serve on",
    label = "a host and a port are needed",
    note = "write a host and a port, as `\"127.0.0.1:8443\"` or `(\"127.0.0.1\", 8443)`"
)]
pub trait HostAndPort: Send {
    /// Looks up what it stands for.
    #[doc(hidden)]
    fn look_up<'a>(self) -> Pin<Box<dyn Future<Output = Addresses> + Send + 'a>>
    where
        Self: 'a;
}

#[diagnostic::do_not_recommend]
impl<A: ToSocketAddrs + fmt::Debug + Send> HostAndPort for A {
    fn look_up<'a>(self) -> Pin<Box<dyn Future<Output = Addresses> + Send + 'a>>
    where
        Self: 'a,
    {
        Box::pin(Addresses::look_up(self))
    }
}

/// The addresses that an app was told to serve on, or why there are none.
#[derive(Debug)]
pub struct Addresses {
    said: String,
    found: io::Result<Vec<SocketAddr>>,
}

impl Addresses {
    /// Looks up what tokio's `TcpListener::bind` takes: `127.0.0.1:8443`, `localhost:8080`, `("::1", 8443)`, a
    /// `SocketAddr` or several. A name may have several addresses.
    pub async fn look_up(address: impl ToSocketAddrs + fmt::Debug) -> Self {
        let said = format!("{address:?}");
        let found = lookup_host(address).await.map(Vec::from_iter).and_then(|found| {
            let none = || io::Error::new(io::ErrorKind::NotFound, "no address belongs to it");
            if found.is_empty() { Err(none()) } else { Ok(found) }
        });
        Self { said, found }
    }

    /// Looks up what std's `TcpListener::bind` takes, at once: of a name, the caller waits for its server.
    pub(crate) fn look_up_now(address: impl LookUpNow + fmt::Debug) -> Self {
        let said = format!("{address:?}");
        let found = address.to_socket_addrs().map(Vec::from_iter).and_then(|found| {
            let none = || io::Error::new(io::ErrorKind::NotFound, "no address belongs to it");
            if found.is_empty() { Err(none()) } else { Ok(found) }
        });
        Self { said, found }
    }

    /// Returns the problem of what stands for no address.
    pub(crate) fn problem(&self) -> Option<StartProblem> {
        self.found().err()
    }

    /// Reads the address of a socket that is open already.
    pub fn of(listener: &TcpListener) -> Self {
        Self { said: "the listener".to_owned(), found: listener.local_addr().map(|at| vec![at]) }
    }

    /// Returns the first address that others can reach. What could not be looked up is none: nothing is served on it, as
    /// SA202 tells.
    pub fn reachable(&self) -> Option<String> {
        let Ok(found) = &self.found else { return None };
        let remote = |address: &&SocketAddr| !address.ip().to_canonical().is_loopback();
        found.iter().find(remote).map(SocketAddr::to_string)
    }

    /// Returns the addresses.
    ///
    /// # Errors
    ///
    /// SA202 where what was said stands for none.
    pub(super) fn found(&self) -> Result<&[SocketAddr], StartProblem> {
        self.found.as_deref().map_err(|error| StartProblem {
            code: "SA202",
            text: format!("{} is not an address to serve on: {error}", self.said),
            help: "write a host and a port, as 127.0.0.1:8443, [::1]:8443 or localhost:8080",
        })
    }

    /// Opens a socket at once, on the first of the addresses that can be had.
    ///
    /// # Errors
    ///
    /// SA203 if the machine gives none of them.
    pub(super) fn open_now(&self) -> Result<TcpListener, StartProblem> {
        let found = self.found()?;
        let opened = std::net::TcpListener::bind(found).and_then(|listener| {
            listener.set_nonblocking(true)?;
            TcpListener::from_std(listener)
        });
        opened.map_err(|error| self.untaken(&error))
    }

    /// Opens a socket on the first of the addresses that can be had.
    ///
    /// # Errors
    ///
    /// SA203 if the machine gives none of them.
    pub(super) async fn open(&self) -> Result<TcpListener, StartProblem> {
        let found = self.found()?;
        TcpListener::bind(found).await.map_err(|error| self.untaken(&error))
    }

    fn untaken(&self, error: &io::Error) -> StartProblem {
        let found = self.found.as_deref().unwrap_or_default();
        let names: Vec<_> = found.iter().map(SocketAddr::to_string).collect();
        untaken(&names.join(" or "), error)
    }
}

/// Tells that an address could not be had.
pub(super) fn untaken(address: &str, error: &io::Error) -> StartProblem {
    StartProblem {
        code: "SA203",
        text: format!("cannot serve on {address}: {}", error.kind()),
        help: "choose an address of this machine and a port that nothing else uses",
    }
}
