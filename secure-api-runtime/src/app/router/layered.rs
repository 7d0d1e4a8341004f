//! An app with layers of its own around it.

use axum::Router;
use http::{Request, StatusCode};
use hyper::body::Incoming;

use super::Endpoint;
use crate::serve::{Connection, Respond, Responding};

/// An endpoint behind a router with layers and other routes.
#[derive(Debug)]
pub(in crate::app) struct Layered {
    pub(in crate::app) router: Router,
    pub(in crate::app) endpoint: Endpoint,
}

impl Respond for Layered {
    fn respond(&self, request: Request<Incoming>, connection: Connection) -> Responding {
        self.router.respond(request, connection)
    }

    fn refuse(&self, status: StatusCode, connection: Connection) -> Option<Responding> {
        self.endpoint.refuse(status, connection)
    }

    fn stops(&self) {
        self.endpoint.stops();
    }
}
