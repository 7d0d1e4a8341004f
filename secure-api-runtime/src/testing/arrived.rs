//! A request as it arrives over a connection: whole, or with a body that does not go on.

use std::{convert::Infallible, net::SocketAddr};

use axum::body::Body;
use bytes::Bytes;
use http::{HeaderValue, Uri, header};

use super::request::Request;
use crate::serve::{Connection, Transport};

impl Request {
    /// Sends the head, and nothing of the body that it announces.
    pub(super) fn stalled(mut self) -> Self {
        self.stalls = true;
        self
    }

    /// Builds the request as it arrives over a connection.
    pub(super) fn arrived(self, uri: Uri) -> http::Request<Body> {
        let length = self.body.as_ref().map(Bytes::len);
        let body = match self.stalls {
            true => Body::from_stream(futures_util::stream::pending::<Result<Bytes, Infallible>>()),
            false => self.body.map_or_else(Body::empty, Body::from),
        };
        let mut request = http::Request::new(body);
        *request.method_mut() = self.method;
        *request.uri_mut() = uri;
        *request.headers_mut() = self.headers;
        let headers = request.headers_mut();
        if let Some(length) = length {
            headers.entry(header::CONTENT_LENGTH).or_insert(HeaderValue::from(length));
        }
        if let Ok(host) = HeaderValue::from_str(&self.client.shared.host) {
            headers.entry(header::HOST).or_insert(host);
        }
        // A port as a system gives one; nothing depends on it.
        let peer = SocketAddr::new(self.peer, 49_152);
        if let Some(certificate) = self.certificate {
            request.extensions_mut().insert(certificate);
        }
        request.extensions_mut().insert(Connection {
            peer,
            transport: Transport::Tls,
            proxy: None,
        });
        request
    }
}
