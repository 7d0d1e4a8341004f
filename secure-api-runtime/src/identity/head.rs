//! The head of a request, as a source of identity sees it.

use std::{
    fmt,
    net::{IpAddr, SocketAddr},
};

use http::{HeaderMap, Method, Uri, request::Parts};

use super::{ClientCertificate, InQuery};
use crate::{base_url::BaseUrl, clock::Clock};

/// The head of a request: all of it but its content.
#[derive(Clone, Copy)]
pub struct Head<'a> {
    parts: &'a Parts,
    clock: &'a Clock,
    peer: Option<SocketAddr>,
    client: Option<IpAddr>,
    base_url: Option<&'a BaseUrl>,
    /// The path below which the app was found.
    prefix: &'a str,
    certificate: Option<&'a ClientCertificate>,
}

impl<'a> Head<'a> {
    pub(crate) fn new(
        parts: &'a Parts,
        clock: &'a Clock,
        peer: Option<SocketAddr>,
        base_url: Option<&'a BaseUrl>,
        prefix: &'a str,
    ) -> Self {
        Self { parts, clock, peer, client: None, base_url, prefix, certificate: None }
    }

    pub(crate) fn with_client(self, client: Option<IpAddr>) -> Self {
        Self { client, ..self }
    }

    pub(crate) fn with_certificate(self, certificate: Option<&'a ClientCertificate>) -> Self {
        Self { certificate, ..self }
    }

    /// Returns the method.
    pub fn method(&self) -> &'a Method {
        &self.parts.method
    }

    /// Returns the target, as the app sees it: without a path that a proxy took off, or that it is mounted below, and without
    /// credentials in its query.
    pub fn uri(&self) -> &'a Uri {
        &self.parts.uri
    }

    /// Returns the credentials in its query, which is without them.
    pub(crate) fn in_query(&self) -> Option<&'a InQuery> {
        self.parts.extensions.get()
    }

    /// Returns the header fields.
    pub fn headers(&self) -> &'a HeaderMap {
        &self.parts.headers
    }

    /// Returns the app's clock.
    pub fn clock(&self) -> &'a Clock {
        self.clock
    }

    /// Returns the address that the connection comes from, which may be a proxy's that sent the request on; none where the server does not say.
    pub fn peer(&self) -> Option<SocketAddr> {
        self.peer
    }

    /// Returns the address of the client: that of the connection, or the one that a proxy tells which the app trusts. Limits are
    /// counted by it. None where the server does not say who is connected.
    pub fn client_address(&self) -> Option<IpAddr> {
        self.client
    }

    /// Returns the certificate that the caller proved to have: in the handshake of its connection, or to a proxy that the app
    /// trusts, and then only there. None if it is not good now.
    pub fn certificate(&self) -> Option<&'a ClientCertificate> {
        self.certificate
    }

    /// Returns the URL that the caller asked for, without its query; none where the app's
    /// [`base_url`](crate::app::AppBuilder::base_url) is not stated. It is made of that, of the path below
    /// which the app is mounted, and of the path, and of nothing else that was sent.
    pub fn url(&self) -> Option<String> {
        Some(format!("{}{}{}", self.base_url?.origin(), self.prefix, self.parts.uri.path()))
    }
}

// The header fields are left out: credentials are among them, and may be in the query.
impl fmt::Debug for Head<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Head")
            .field("method", &self.parts.method)
            .field("path", &self.parts.uri.path())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn credentials_are_not_told() {
        let request = http::Request::get("/v1/orders?access_token=hunter2");
        let request =
            request.header("authorization", "Bearer hunter3").body(()).expect("a request");
        let (parts, ()) = request.into_parts();
        let told = format!("{:?}", Head::new(&parts, &Clock::system(), None, None, ""));
        assert!(told.contains("/v1/orders") && !told.contains("hunter"), "{told}");
    }
}
