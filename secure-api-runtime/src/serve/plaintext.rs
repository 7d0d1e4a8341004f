//! Plaintext: which connections a server without a certificate admits.

use std::net::SocketAddr;

use crate::proxies::Proxies;

/// The rule of connections in plaintext: they come from this machine, or from a trusted proxy.
pub(super) struct Plaintext<'a> {
    proxies: &'a Proxies,
    /// `true` once somebody was told of one that does not.
    told: bool,
}

impl<'a> Plaintext<'a> {
    /// Begins to hold the rule, and says so where others can reach the address.
    pub(super) fn begin(address: SocketAddr, proxies: &'a Proxies) -> Self {
        if !address.ip().to_canonical().is_loopback() {
            tracing::warn!(
                target: "secure_api::start",
                %address,
                "plaintext for trusted proxies alone: connections from elsewhere are closed"
            );
        }
        Self { proxies, told: false }
    }

    /// Returns `true` if a connection from this address is admitted. The log tells aloud of the first that is not: anybody can
    /// open many.
    pub(super) fn admits(&mut self, peer: SocketAddr) -> bool {
        let ip = peer.ip();
        let admits = ip.to_canonical().is_loopback() || self.proxies.trust(Some(ip));
        match (admits, self.told) {
            (true, _) => {}
            (false, false) => {
                self.told = true;
                tracing::warn!(%peer, "a connection in plaintext that comes from no trusted proxy was closed");
            }
            (false, true) => {
                tracing::debug!(%peer, "no trusted proxy, so its connection was closed")
            }
        }
        admits
    }
}
