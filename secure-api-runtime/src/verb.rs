//! What each HTTP verb may do (RFC 9110, section 9), as types that a handler's arguments and result are
//! checked against.

use http::Method;

/// The verbs a route can have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Verb {
    /// Reads. Safe: it changes nothing. `HEAD` is answered by it too.
    Get,
    /// Creates, or performs.
    Post,
    /// Replaces.
    Put,
    /// Changes a part.
    Patch,
    /// Removes.
    Delete,
}

impl Verb {
    /// All of them, in the order of [`index`](Self::index).
    pub const ALL: [Self; 5] = [Self::Get, Self::Post, Self::Put, Self::Patch, Self::Delete];

    /// Its place in [`ALL`](Self::ALL).
    pub const fn index(self) -> usize {
        self as usize
    }

    /// The verb as sent: upper case.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
        }
    }

    /// Whether it changes nothing (RFC 9110, section 9.2.1).
    pub const fn is_safe(self) -> bool {
        matches!(self, Self::Get)
    }

    /// The verb whose handler answers this method: `HEAD` is `GET` without content.
    pub fn answering(method: &Method) -> Option<Self> {
        match *method {
            Method::GET | Method::HEAD => Some(Self::Get),
            Method::POST => Some(Self::Post),
            Method::PUT => Some(Self::Put),
            Method::PATCH => Some(Self::Patch),
            Method::DELETE => Some(Self::Delete),
            _ => None,
        }
    }
}

/// A verb as a type.
pub trait IsVerb: Send + Sync + 'static {
    /// The same verb as a value.
    const VERB: Verb;
}

/// The verb may change state, so its handler may hold a `Writer`.
#[diagnostic::on_unimplemented(
    message = "SA801: a {Self} handler cannot change state",
    label = "a handle that writes",
    note = "take `Reader<…>` to read, or use `#[post]`, `#[put]`, `#[patch]` or `#[delete]` to change something"
)]
pub trait ChangesState: IsVerb {}

/// The verb's request has a body with defined meaning.
#[diagnostic::on_unimplemented(
    message = "SA802: a {Self} request has no body",
    label = "reads the request's body",
    note = "take `Query<…>` for parameters, or use `#[post]`, `#[put]` or `#[patch]` to send a body"
)]
pub trait TakesBody: IsVerb {}

/// The verb changes a part, so its request may be a patch.
#[diagnostic::on_unimplemented(
    message = "SA804: a {Self} request is no patch",
    label = "only PATCH takes a patch",
    note = "use `#[patch]`, or take the whole input as `Json<…>`"
)]
pub trait ChangesPart: IsVerb {}

/// The verb is answered with the resource itself.
#[diagnostic::on_unimplemented(
    message = "SA803: {Self} is not answered with a resource",
    label = "not what this verb answers",
    note = "POST answers `Created`, `Accepted` or `Performed`; DELETE answers `NoContent` or `Accepted`"
)]
pub trait AnswersResource: IsVerb {}

/// The verb reads: only such a verb answers a page, or nothing found by `Option`.
#[diagnostic::on_unimplemented(
    message = "SA803: {Self} is not answered with a page or an `Option`",
    label = "only GET answers this",
    note = "use `#[get]` for what reads"
)]
pub trait Reads: IsVerb {}

/// The verb may create something.
#[diagnostic::on_unimplemented(
    message = "SA803: {Self} creates nothing",
    label = "only POST and PUT answer `Created`",
    note = "use `#[post]` to create, or return the resource itself"
)]
pub trait Creates: IsVerb {}

/// The verb may be answered without content.
#[diagnostic::on_unimplemented(
    message = "SA803: {Self} is not answered without content",
    label = "not what this verb answers",
    note = "PUT, PATCH and DELETE answer `NoContent`; GET answers a resource; POST answers `Created`, `Accepted` or `Performed`"
)]
pub trait AnswersNothing: IsVerb {}

/// The verb may hand its work over to be done later.
#[diagnostic::on_unimplemented(
    message = "SA803: {Self} accepts no work for later",
    label = "only POST and DELETE answer `Accepted`"
)]
pub trait Accepts: IsVerb {}

/// The verb may perform something that creates nothing.
#[diagnostic::on_unimplemented(
    message = "SA803: {Self} performs nothing",
    label = "only POST answers `Performed`"
)]
pub trait Performs: IsVerb {}

macro_rules! verbs {
    ($($(#[$doc:meta])* $name:ident: $($class:ident)*;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy)]
        pub struct $name;
        impl IsVerb for $name { const VERB: Verb = Verb::$name; }
        $(impl $class for $name {})*
    )*};
}

/// The verbs as types; a route's arguments and result are checked against one.
pub mod kind {
    #[allow(
        clippy::wildcard_imports,
        reason = "the classes above are this module's vocabulary"
    )]
    use super::*;

    verbs! {
        /// GET as a type.
        Get: Reads AnswersResource;
        /// POST as a type.
        Post: ChangesState TakesBody Creates Accepts Performs;
        /// PUT as a type.
        Put: ChangesState TakesBody AnswersResource Creates AnswersNothing;
        /// PATCH as a type.
        Patch: ChangesState ChangesPart TakesBody AnswersResource AnswersNothing;
        /// DELETE as a type.
        Delete: ChangesState AnswersNothing Accepts;
    }
}
