//! The run of one operation: from an admitted request to the arguments of a handler, and from its result to a response.

use std::{future::Future, pin::Pin};

use axum::response::Response;

use super::facts::Route;
use crate::error::{Problem, problem};

mod answer;
mod argument;
mod context;
mod etag;
mod extractor;
mod key;
mod precondition;

pub use answer::{
    Accepted, AcceptedAt, Answer, Answered, Arm, Created, Form, NoContent, NoView, Nothing,
    Outcome, Performed, Place, Probe, Proven, Reply, Shown, Unproven, handled,
};
pub use argument::{
    Argument, Collaborator, Handed, NamedInPath, PathArgument, RequestContext, Resolving, Service,
};
pub use context::{Context, State};
pub use extractor::{BodyExtractor, Extractor};
pub use key::PathKey;
pub use precondition::{NotShown, ShownAs, if_match};

/// What runs a route: decodes the arguments, calls the handler, projects its result.
pub type Handler = fn(Context) -> Pin<Box<dyn Future<Output = Result<Response, Problem>> + Send>>;

/// An operation with the views of what it shows.
pub type Showing<R> = (&'static Route, &'static [Arm<R>]);

/// What stands in a description for what runs the operation: it refuses.
pub fn unlisted(_: Context) -> Pin<Box<dyn Future<Output = Result<Response, Problem>> + Send>> {
    let problem = Problem::new(&problem::INTERNAL).because("the route is in no list");
    Box::pin(std::future::ready(Err(problem)))
}
