//! The run of one operation: from an admitted request to the arguments of a handler, and from its result to a response.

use std::{any::TypeId, future::Future, pin::Pin};

use crate::error::Problem;

mod accept;
mod answer;
mod argument;
mod condition;
mod context;
pub(crate) mod etag;
mod extractor;
mod key;
mod precondition;
mod values;

pub(crate) use accept::{Offers, named, names_like, weight};
pub use answer::{
    Accepted, AcceptedAt, AcceptedWith, Again, Answer, Answered, Arms, ByteStream, Created,
    CreatedWith, Csv, Download, DownloadKinds, Event, EventSender, Events, Exists, HeaderFields,
    HeaderText, Load, Map, NoContent, NoView, Nothing, Outcome, Performed, Permanent, Place, Probe,
    Projection, Proven, RawBytes, Redirect, RedirectStatus, ResponseHeaders, Scalar, ScalarValue,
    SeeOther, Shown, Temporary, Text, Unproven, WithHeaders, again, handled, one,
};
pub use argument::{
    Argument, Arguments, Collaborator, Decoded, Handed, NamedInPath, PathArgument, RequestContext,
    Service,
};
pub(crate) use condition::{Condition, Conditions, Reading};
pub(crate) use context::{Apart, PathParameters};
pub use context::{Context, State};
pub use extractor::{BodyExtractor, Extractor};
pub use key::PathKey;
pub use precondition::{NotShown, Showing, ShowingUnknown, ShownAs};

/// The steps of one route, as its macro writes them. Each says what is done; when it is done is said once, by
/// [`app::stages`](crate::app).
///
/// The types name an argument's type and nothing that depends on what it is ([`Decoded`]), each on its own token. So an
/// argument that is none is one error.
pub trait Call {
    /// The handler's arguments, in the order in which they are resolved.
    type Arguments: Arguments;
    /// The handler's result.
    type Outcome;

    /// Decodes every argument.
    ///
    /// # Errors
    ///
    /// 404 where a parameter of the path is no key, 400 and 422 where a query or a body is not what was declared.
    fn decode(context: &mut Context) -> Step<<Self::Arguments as Arguments>::Decoded>;

    /// Refuses an object that does not belong to the one before it in the path.
    fn relate(_arguments: &Self::Arguments) -> Step<()> {
        Ok(())
    }

    /// Refuses a change of an object that is no longer in the state that `If-Match` names.
    fn unchanged(_arguments: &Self::Arguments, _context: &Context) -> Step<()> {
        Ok(())
    }

    /// Calls the handler.
    fn call(arguments: Self::Arguments) -> impl Future<Output = Self::Outcome> + Send;

    /// Shows the result through the view that fits the caller.
    fn show(outcome: Self::Outcome, context: &Context) -> Answered;

    /// The type of the key of what it creates, where a repetition loads that and shows it again.
    const CREATES: Option<fn() -> TypeId> = None;

    /// Shows what an earlier request with the same idempotency key created, as the caller may see it now.
    fn again<'a>(_context: &'a Context, _key: &'a str) -> Again<'a> {
        Box::pin(async { Err(answer::unrepeated()) })
    }
}

/// The result of a step of a route: what it makes, or the problem that ends the request.
pub type Step<T> = Result<T, Problem>;

/// The run of one route: its steps in their order.
pub type Run = fn(Context) -> Pin<Box<dyn Future<Output = Answered> + Send>>;
