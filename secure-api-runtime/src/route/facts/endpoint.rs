//! The name of a handler as a type.

use super::Route;
use crate::flow::OperationName;

/// A handler as a type: what its name resolves to among types.
#[diagnostic::on_unimplemented(
    message = "SA018: `{Self}` is not a route",
    label = "no verb, path and policy are declared by this",
    note = "name a handler with `#[get]`, `#[post]`, `#[put]`, `#[patch]` or `#[delete]` above it"
)]
pub trait Endpoint {
    /// The key that fills the path's parameters: the unit, one key, or a tuple of keys. That each is one is asked of
    /// the arguments, once, and where an address is made of it.
    type Key;

    /// The name of the operation. It depends on nothing else of the operation, so that operations can name each other.
    #[doc(hidden)]
    const NAME: OperationName;

    /// The operation, described; what runs it is known where it is listed.
    #[doc(hidden)]
    const ROUTE: &'static Route;

    /// The operation as a step that others come after; none where its declaration has mistakes.
    #[doc(hidden)]
    const STEP: Option<&'static Route> = Some(Self::ROUTE);
}
