//! The answer of a handler: checked against the verb by its type, then shown through the view that fits the caller.

use std::future::Future;

use super::Context;
use crate::{error::Problem, rendered::Rendered, route::facts::AnswerInfo};

mod accepted;
mod again;
mod byte_stream;
mod created;
mod csv;
mod download;
mod events;
mod exists;
mod form;
mod headers;
mod link;
mod location;
mod map;
mod probe;
mod projection;
mod range;
mod redirect;
mod reply;
mod scalar;
mod shown;
mod text;

pub use accepted::AcceptedWith;
pub(super) use again::unrepeated;
pub use again::{Again, Load, again};
pub use byte_stream::ByteStream;
pub use created::CreatedWith;
pub use csv::Csv;
pub use download::{Download, DownloadKinds};
pub use events::{Event, EventSender, Events};
pub use exists::Exists;
pub use form::{NoContent, Performed};
pub use headers::{HeaderFields, HeaderText, ResponseHeaders, WithHeaders};
pub use location::{Accepted, AcceptedAt, Created, Place};
pub use map::Map;
pub use probe::{Probe, Unproven};
pub use projection::Projection;
pub(super) use projection::projection;
pub use redirect::{Permanent, Redirect, RedirectStatus, SeeOther, Temporary};
pub use scalar::{Scalar, ScalarValue};
pub use shown::{Shown, one};
pub use text::{RawBytes, Text};

/// The answer, or the problem that takes its place.
pub type Answered = Result<Rendered, Problem>;

/// The views of a route, each with its projection.
pub type Arms<S> = &'static [Projection<<S as Shown>::Resource>];

/// The return type of a handler: an answer, or a `Result` of an answer and an error.
///
/// None of the traits that a result is taken apart by has a condition on what is inside. So what is inside is
/// asked by itself, and what is wrong with it is one error.
#[diagnostic::on_unimplemented(
    message = "SA702: `{Self}` cannot leave: it has no views",
    label = "not an answer",
    note = "return a type with `#[derive(Resource)]` and `#[view(…)]`, `Page<…>` in place of `Vec<…>`, or `NoContent`",
    note = "return `Book` in place of `Json<Book>`, `Page<Book>` in place of `Vec<Book>`, and `NoContent` in place of `Option<NoContent>` and `()`",
    note = "text and numbers are fields of a resource, bytes a `Download`, a status that of `Created`, `Accepted`, `NoContent`, `Redirect` or of an error; pages for people are served beside the API"
)]
pub trait Outcome: Sized {
    /// The answer.
    #[doc(hidden)]
    type Success;
    /// The error.
    #[doc(hidden)]
    type Error;

    /// Converts it into a `Result`.
    #[doc(hidden)]
    fn result(self) -> Result<Self::Success, Self::Error>;
}

impl<A, E> Outcome for Result<A, E> {
    type Success = A;
    type Error = E;

    fn result(self) -> Self {
        self
    }
}

/// A form of answer, around what it shows. Each resource is one too, by `#[derive(Resource)]`.
#[diagnostic::on_unimplemented(
    message = "SA702: `{Self}` cannot leave: it has no views",
    label = "not an answer",
    note = "return a type with `#[derive(Resource)]` and `#[view(…)]`, `Page<…>` in place of `Vec<…>`, or `NoContent`",
    note = "return `Book` in place of `Json<Book>`, `Page<Book>` in place of `Vec<Book>`, and `NoContent` in place of `Option<NoContent>` and `()`",
    note = "text and numbers are fields of a resource, bytes a `Download`, a status that of `Created`, `Accepted`, `NoContent`, `Redirect` or of an error; pages for people are served beside the API"
)]
pub trait Answer: Sized {
    /// The type that is shown.
    #[doc(hidden)]
    type Inner;

    /// The facts for documents and checks.
    #[doc(hidden)]
    const INFO: AnswerInfo;

    /// Makes the response. A route is compiled with what its own answer needs, and with no other form's.
    #[doc(hidden)]
    fn answer(self, context: &Context, arms: Arms<Self::Inner>) -> Answered
    where
        Self::Inner: Shown;

    /// Makes the same response of what was created: an object asks its proof for that.
    #[doc(hidden)]
    fn created(self, context: &Context, arms: Arms<Self::Inner>) -> Answered
    where
        Self::Inner: Shown,
    {
        self.answer(context, arms)
    }
}

/// The placeholder for a resource where nothing is returned.
#[derive(Debug)]
pub enum Nothing {}

/// The placeholder for the value that leaves without proof, where a proof is there.
#[derive(Debug)]
pub enum Proven {}

/// Nothing is returned, so no view is needed.
#[diagnostic::on_unimplemented(
    message = "SA701: the route returns `{Self}` and states no view",
    label = "nothing says which of its fields leave",
    note = "write `view = …` with a view that is declared above `{Self}`"
)]
pub trait NoView {
    /// Asks for it.
    #[doc(hidden)]
    const IS_NEEDED: () = ();
}

#[diagnostic::do_not_recommend]
impl NoView for Nothing {}

/// Runs a handler. That it may move between threads is asked here, so that the answer stands at its name.
pub fn handled<T>(handler: impl Future<Output = T> + Send) -> impl Future<Output = T> + Send {
    handler
}
