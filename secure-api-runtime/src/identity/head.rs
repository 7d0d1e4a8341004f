//! The head of a request, as a source of identity sees it.

use std::net::SocketAddr;

use http::{HeaderMap, Method, Uri, request::Parts};

use crate::base_url::BaseUrl;

/// The head of a request: all of it but its content.
#[derive(Debug, Clone, Copy)]
pub struct Head<'a> {
    parts: &'a Parts,
    peer: Option<SocketAddr>,
    base_url: Option<&'a BaseUrl>,
}

impl<'a> Head<'a> {
    pub(crate) fn new(
        parts: &'a Parts,
        peer: Option<SocketAddr>,
        base_url: Option<&'a BaseUrl>,
    ) -> Self {
        Self { parts, peer, base_url }
    }

    /// Returns the method.
    pub fn method(&self) -> &'a Method {
        &self.parts.method
    }

    /// Returns the target, as the app sees it: without a path that a proxy took off.
    pub fn uri(&self) -> &'a Uri {
        &self.parts.uri
    }

    /// Returns the header fields.
    pub fn headers(&self) -> &'a HeaderMap {
        &self.parts.headers
    }

    /// Returns the address that the connection comes from, which may be a proxy's; none where the server does not say.
    pub fn peer(&self) -> Option<SocketAddr> {
        self.peer
    }

    /// Returns the URL that the caller asked for, without its query; none where the app's
    /// [`base_url`](crate::app::AppBuilder::base_url) is not stated. It is made of that and of the path, and of nothing else
    /// that was sent.
    pub fn url(&self) -> Option<String> {
        let base_url = self.base_url?;
        Some(format!("{base_url}{}", self.parts.uri.path()))
    }
}
