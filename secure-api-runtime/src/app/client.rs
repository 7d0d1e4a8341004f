//! The client of a request: its address, and if a trusted proxy speaks for it.

use std::{
    net::{IpAddr, Ipv4Addr, SocketAddr},
    sync::atomic::{AtomicBool, Ordering},
};

use axum::extract::ConnectInfo;
use http::request::Parts;

use super::Settings;
use crate::{
    limit::AddressKey,
    serve::{Connection, Transport},
};

/// The client of a request, as far as anybody says who it is.
#[derive(Clone, Copy)]
pub(super) struct Client {
    address: Option<IpAddr>,
    /// `true` if what the connection's other end says of the caller counts: it is a trusted proxy, and no client of one.
    pub(super) proxied: bool,
    /// The fault in what a trusted proxy says.
    pub(super) fault: Option<&'static str>,
    /// The transport that the client's own connection has.
    pub(super) transport: Option<Transport>,
}

impl Client {
    /// Finds the client of a request. Nobody's word on its address counts but that of a trusted proxy, which is the other end of
    /// the connection.
    pub(super) fn of(parts: &Parts, connection: Option<Connection>, settings: &Settings) -> Self {
        let Settings { proxies, forwarded, base_url, .. } = settings;
        let ours = connection.map(|connection| connection.peer);
        let stated = || parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0);
        let peer = ours.or_else(stated).map(|peer| peer.ip().to_canonical());
        let mut client = Self {
            address: peer,
            proxied: false,
            fault: None,
            transport: connection.map(|connection| connection.transport),
        };
        let Some(address) = peer.filter(|_| !proxies.is_empty()) else { return client };
        // A proxy that tells by the PROXY protocol of nobody it knows has a client all the same, whose words these are.
        let of_nobody = |connection: Connection| connection.proxy == Some(connection.peer);
        client.proxied = proxies.trust(peer) && !connection.is_some_and(of_nobody);
        if client.proxied {
            match proxies.client(*forwarded, &parts.headers, address) {
                Ok(told) => client.address = Some(told),
                Err(fault) => client.fault = Some(fault),
            }
        }
        // The client's own connection ends at the proxy, which is found by the app's URL.
        let through =
            client.proxied || connection.is_some_and(|connection| connection.proxy.is_some());
        if through && base_url.as_ref().is_some_and(|url| url.origin().starts_with("https:")) {
            client.transport = Some(Transport::Tls);
        }
        client
    }

    /// Returns the address, in its shortest form; none where the server does not say who is connected.
    pub(super) fn address(&self) -> Option<IpAddr> {
        self.address
    }

    /// Returns the key of its limits. A server that does not say who is connected makes all callers one, which the log tells of
    /// once.
    pub(super) fn key(&self, told: &AtomicBool) -> AddressKey {
        AddressKey::address(self.address.unwrap_or_else(|| {
            if !told.swap(true, Ordering::Relaxed) {
                tracing::warn!(
                    target: "secure_api::serve",
                    "requests have no `ConnectInfo<SocketAddr>`, so all callers share the limits of one address: serve the router \
                     by `into_make_service_with_connect_info`"
                );
            }
            IpAddr::V4(Ipv4Addr::UNSPECIFIED)
        }))
    }
}
