//! The places that a call may lead to: those of the public internet, and hosts of one's own network that were declared.
//!
//! It is asked twice. A URL is asked before it is used, on each hop, so that an address in it is judged in whatever form it was
//! written. A name is asked when it is looked up: the connection is made to the very addresses that were found good, so an answer
//! that changes afterwards changes nothing.

use std::{
    error::Error,
    fmt,
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
    sync::Arc,
};

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use url::{Host, Url};

use crate::value::is_public;

/// The reason for which a URL is not called.
pub(super) type Closed = &'static str;

/// Services of clouds that give credentials to whoever asks from inside, where no range of [`is_public`] has them, or where a
/// declared network would.
const METADATA: [IpAddr; 5] = [
    IpAddr::V4(Ipv4Addr::new(168, 63, 129, 16)),
    IpAddr::V4(Ipv4Addr::new(100, 100, 100, 200)),
    IpAddr::V4(Ipv4Addr::new(192, 0, 0, 192)),
    IpAddr::V6(Ipv6Addr::new(0xfd00, 0xec2, 0, 0, 0, 0, 0, 0x254)),
    IpAddr::V6(Ipv6Addr::new(0xfd20, 0xce, 0, 0, 0, 0, 0, 0x254)),
];

/// Returns `true` for an address that anything may lead to.
fn is_open(address: IpAddr) -> bool {
    is_public(address) && !METADATA.contains(&address)
}

/// Returns `true` for an address that a declared host may have: also one of a private network or of this machine, and never that of
/// a metadata service, of a link or of many.
fn may_be_declared(address: IpAddr) -> bool {
    let private = match address {
        IpAddr::V4(address) => {
            let [a, b, ..] = address.octets();
            address.is_private() || address.is_loopback() || (a == 100 && (64..128).contains(&b))
        }
        IpAddr::V6(address) => address.is_loopback() || address.is_unique_local(),
    };
    (private || is_public(address)) && !METADATA.contains(&address)
}

/// A host of one's own network, with the port that is called there.
#[derive(Debug, Clone)]
pub(super) struct Internal {
    host: Host<String>,
    port: u16,
}

impl Internal {
    /// Reads `name:port` or `address:port`; without a port it is 443.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let url = Url::parse(&format!("https://{text}/")).ok()?;
        let bare = url.path() == "/" && url.query().is_none() && url.fragment().is_none();
        let nobody = url.username().is_empty() && url.password().is_none();
        let (host, port) = (named(url.host()?), url.port_or_known_default()?);
        (bare && nobody && !text.contains(['/', '@']) && port != 0).then_some(Self { host, port })
    }
}

impl fmt::Display for Internal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.host, self.port)
    }
}

/// Returns a host without the point that may end a name: it is the same name.
fn named(host: Host<&str>) -> Host<String> {
    match host {
        Host::Domain(name) => Host::Domain(name.strip_suffix('.').unwrap_or(name).to_owned()),
        Host::Ipv4(address) => Host::Ipv4(address),
        Host::Ipv6(address) => Host::Ipv6(address),
    }
}

/// The places that the calls of one client may lead to.
#[derive(Debug, Default)]
pub(super) struct Reach(pub(super) Vec<Internal>);

impl Reach {
    /// Returns a URL as it is called, if it may be: `https`, and plaintext to a declared port of this machine alone.
    pub(super) fn checked(&self, mut url: Url) -> Result<Url, Closed> {
        let host = named(url.host().ok_or("it has no host")?);
        let port = url.port_or_known_default().filter(|port| *port != 0).ok_or("it has no port")?;
        if !url.username().is_empty() || url.password().is_some() {
            return Err("it holds a user name or a password");
        }
        let of_host = || self.0.iter().filter(|internal| internal.host == host);
        let declared = of_host().any(|internal| internal.port == port);
        let (open, here) = match &host {
            // What is declared is a port of a host, and not all of it.
            Host::Domain(name) => {
                ((declared || of_host().next().is_none()) && is_name(name), name == "localhost")
            }
            Host::Ipv4(address) => {
                (self.leads(IpAddr::V4(*address), declared), address.is_loopback())
            }
            Host::Ipv6(address) => {
                (self.leads(IpAddr::V6(*address), declared), address.is_loopback())
            }
        };
        if !open {
            return Err("it leads to an address inside");
        }
        if url.scheme() != "https" && !(url.scheme() == "http" && here && declared) {
            return Err("it is not https");
        }
        url.set_fragment(None);
        if matches!(&host, Host::Domain(name) if url.host_str() != Some(name)) {
            url.set_host(Some(&host.to_string())).map_err(|_| "it has no host")?;
        }
        Ok(url)
    }

    #[allow(clippy::unused_self, reason = "it is what the place may be")]
    fn leads(&self, address: IpAddr, declared: bool) -> bool {
        is_open(address) || (declared && may_be_declared(address))
    }

    /// Returns those of the addresses of a name that may be connected to.
    fn of_name(&self, name: &str, found: Vec<SocketAddr>) -> Vec<SocketAddr> {
        let name = name.strip_suffix('.').unwrap_or(name);
        let is_it = |internal: &Internal| matches!(&internal.host, Host::Domain(own) if own.eq_ignore_ascii_case(name));
        let declared = self.0.iter().any(is_it);
        let found = found.into_iter();
        found.filter(|address| self.leads(address.ip(), declared)).collect()
    }
}

/// Returns `true` for a name that is looked up: none that is an address to whoever reads it otherwise.
fn is_name(name: &str) -> bool {
    !name.is_empty() && name.parse::<IpAddr>().is_err() && !name.contains([':', '[', ']', '%'])
}

/// A function that looks names up.
pub(super) type LookUp = Arc<dyn Fn(&str) -> Vec<SocketAddr> + Send + Sync>;

/// The resolver of one client: of what a name leads to, it gives the addresses that may be connected to.
pub(super) struct Resolver {
    pub(super) reach: Arc<Reach>,
    /// The names of a test, in the place of the system's.
    pub(super) own: Option<LookUp>,
}

/// The refusal of a name that leads inside.
#[derive(Debug)]
pub(super) struct LeadsInside;

impl fmt::Display for LeadsInside {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name leads to no address outside")
    }
}

impl Error for LeadsInside {}

impl Resolve for Resolver {
    fn resolve(&self, name: Name) -> Resolving {
        let (reach, own) = (Arc::clone(&self.reach), self.own.clone());
        Box::pin(async move {
            let found = match own {
                Some(own) => own(name.as_str()),
                // The port is that of the URL.
                None => tokio::net::lookup_host((name.as_str(), 0)).await?.collect(),
            };
            let open = reach.of_name(name.as_str(), found);
            if open.is_empty() {
                return Err(LeadsInside.into());
            }
            let addresses: Addrs = Box::new(open.into_iter());
            Ok(addresses)
        })
    }
}
