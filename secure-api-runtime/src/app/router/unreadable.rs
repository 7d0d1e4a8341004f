//! The answer to what cannot be read as a request: the same as to one that is refused for its form.

use axum::body::Body;
use http::{Method, Request, Response, StatusCode};

use super::Endpoint;
use crate::{
    app::{exchange, open, record::Record},
    error::{Problem, problem},
    route::PathParameters,
    serve::{Connection, Content, Responding},
};

impl Endpoint {
    /// Answers what came over a connection, by the status that HTTP has for it.
    pub(super) fn unreadable(
        &self,
        status: StatusCode,
        connection: Connection,
    ) -> Option<Responding> {
        let problem = problem(status)?;
        Some(Box::pin(self.clone().refused(problem, connection)))
    }

    /// Runs a request that asks for nothing to its refusal: it is limited, counted and logged as each one is.
    async fn refused(self, problem: Problem, connection: Connection) -> Response<Content> {
        let mut nothing = Request::new(Body::empty());
        // None that anybody sends.
        *nothing.method_mut() = Method::from_bytes(b"-").unwrap_or_default();
        let (mut parts, mut body) = nothing.into_parts();
        let (shared, place) = (&*self.0.shared, &self.0.nowhere);
        let none = PathParameters::default();
        let mut record = Record::new(shared, place, &parts, none, Some(connection));
        record.unreadable = Some(problem);
        let answer = exchange::run(shared, place, &mut parts, &mut body, &mut record).await;
        open::content(&self.0, parts, &mut record, answer)
    }
}

/// Returns the problem of a head that cannot be read.
fn problem(status: StatusCode) -> Option<Problem> {
    let (kind, detail) = match status {
        StatusCode::BAD_REQUEST => (&problem::MALFORMED, "the head cannot be read"),
        StatusCode::URI_TOO_LONG => (&problem::TARGET_TOO_LONG, "more than 8 KiB"),
        StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE => {
            (&problem::TOO_MANY_FIELDS, "more than 100 header fields, or more bytes than are read")
        }
        _ => return None,
    };
    Some(Problem::new(kind).saying(detail))
}
