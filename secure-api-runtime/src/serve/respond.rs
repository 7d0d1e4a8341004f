//! The responder of a server: a router, or anything else that answers every request.

use std::fmt;

use axum::{Router, body::Body};
use bytes::Bytes;
use futures_util::future::BoxFuture;
use http::{Request, Response, StatusCode};
use hyper::body::Incoming;
use tokio::time::Instant;
use tower::Service;

use super::{Connection, room::Part};

/// A response that is being made.
pub(crate) type Responding = BoxFuture<'static, Response<Content>>;

/// The content of a response: most have it whole, and need no box for it.
#[derive(Debug)]
pub(crate) enum Content {
    /// All of it, and the part of the room for such content that it has until it is sent.
    Whole(Bytes, Option<Part>),
    /// Content that is made while it is sent.
    Made(Body),
}

impl Content {
    /// Returns it as a body, whose part of any room ends here.
    pub(crate) fn into_body(self) -> Body {
        match self {
            Self::Whole(bytes, _) => Body::from(bytes),
            Self::Made(body) => body,
        }
    }
}

impl From<Bytes> for Content {
    fn from(bytes: Bytes) -> Self {
        Self::Whole(bytes, None)
    }
}

/// The time at which an answer that is made while it is sent ends at the latest, whoever reads it how slowly. It is among the
/// extensions of the response.
#[derive(Debug, Clone, Copy)]
pub(crate) struct EndsBy(pub(crate) Instant);

/// A responder to the requests of a server. None of them fails: whatever happens is a response.
pub(crate) trait Respond: fmt::Debug + Send + Sync + 'static {
    /// Responds to a request that came over this connection.
    fn respond(&self, request: Request<Incoming>, connection: Connection) -> Responding;

    /// Answers what came over this connection and cannot be read as a request, by this status. `None` leaves it to the server, whose
    /// answer is the status alone.
    fn refuse(&self, _status: StatusCode, _connection: Connection) -> Option<Responding> {
        None
    }

    /// Ends what would not end by itself, since the server stops.
    fn stops(&self) {}
}

impl Respond for Router {
    fn respond(&self, mut request: Request<Incoming>, connection: Connection) -> Responding {
        request.extensions_mut().insert(connection);
        // A router is always ready.
        let response = self.clone().call(request);
        Box::pin(async {
            let response = response.await.unwrap_or_else(|never| match never {});
            response.map(Content::Made)
        })
    }
}
