//! The semantics of each HTTP verb (RFC 9110, section 9; RFC 10008), as types that a handler's arguments and result are checked
//! against.

use http::Method;
use serde::{Deserialize, Serialize};

/// The verbs a route can have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
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
    /// Reads by what its body asks for (RFC 10008). Safe, as `GET` is, and no cache keeps its answers.
    Query,
}

impl Verb {
    /// All of them, in the order of [`index`](Self::index).
    pub const ALL: [Self; 6] =
        [Self::Get, Self::Post, Self::Put, Self::Patch, Self::Delete, Self::Query];

    /// Returns its place in [`ALL`](Self::ALL).
    pub const fn index(self) -> usize {
        self as usize
    }

    /// Returns the verb as sent: upper case.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
            Self::Query => "QUERY",
        }
    }

    /// Returns `true` if the verb is safe (RFC 9110, section 9.2.1; RFC 10008, section 2).
    pub const fn is_safe(self) -> bool {
        matches!(self, Self::Get | Self::Query)
    }

    /// Returns the verb whose handler answers this method: `HEAD` is `GET` without content.
    pub fn answering(method: &Method) -> Option<Self> {
        match *method {
            Method::GET | Method::HEAD => Some(Self::Get),
            Method::POST => Some(Self::Post),
            Method::PUT => Some(Self::Put),
            Method::PATCH => Some(Self::Patch),
            Method::DELETE => Some(Self::Delete),
            Method::QUERY => Some(Self::Query),
            _ => None,
        }
    }
}

/// A verb as a type.
pub trait IsVerb: Send + Sync + 'static {
    /// The same verb as a value.
    #[doc(hidden)]
    const VERB: Verb;
}

/// The verb may change state, so its handler may hold a `Writer`.
#[diagnostic::on_unimplemented(
    message = "SA801: a GET or QUERY handler cannot change state",
    label = "a handle that writes",
    note = "take `Reader<…>` to read, or use `#[post]`, `#[put]`, `#[patch]` or `#[delete]` to change something"
)]
pub trait ChangesState: IsVerb {}

/// The verb may change state, so its handler may make, rotate and end API keys.
#[diagnostic::on_unimplemented(
    message = "SA801: a GET or QUERY handler cannot change state",
    label = "makes and ends API keys",
    note = "take `ApiKeyList<…>` to list them, or use `#[post]`, `#[put]`, `#[patch]` or `#[delete]` to change something"
)]
pub trait MakesKeys: IsVerb {}

/// The verb may change state, so its handler may begin and end sessions of browsers.
#[diagnostic::on_unimplemented(
    message = "SA801: a GET or QUERY handler cannot change state",
    label = "begins and ends sessions",
    note = "take `OpenSessions` to list them, or use `#[post]`, `#[put]`, `#[patch]` or `#[delete]` to change something"
)]
pub trait BeginsSessions: IsVerb {}

/// The verb may change state, so its handler may sign somebody in or out.
#[diagnostic::on_unimplemented(
    message = "SA801: a GET or QUERY handler cannot change state",
    label = "signs somebody in or out",
    note = "use `#[post]`, `#[put]`, `#[patch]` or `#[delete]` to change something: of this nothing is there to read"
)]
pub trait SignsIn: IsVerb {}

/// The verb's request has a body with defined meaning.
#[diagnostic::on_unimplemented(
    message = "SA802: a GET or DELETE request has no body",
    label = "reads the request's body",
    note = "take `Query<…>` for parameters, or use `#[query]`, `#[post]`, `#[put]` or `#[patch]` to send a body",
    note = "where a DELETE has one in a contract that others wrote, say why: `allow(content, reason = \"…\")`"
)]
pub trait TakesBody: IsVerb {}

/// The verb changes a part, so its request may be a patch.
#[diagnostic::on_unimplemented(
    message = "SA807: only a PATCH request is a patch",
    label = "a patch in another verb",
    note = "use `#[patch]`, or take the whole input as `Json<…>`"
)]
pub trait ChangesPart: IsVerb {}

macro_rules! verbs {
    ($($(#[$doc:meta])* $name:ident = $verb:ident: $($class:ident)*;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy)]
        pub struct $name;
        impl IsVerb for $name { const VERB: Verb = Verb::$verb; }
        // The compiler would list them, with places in this file, below a message that says it all.
        $(#[diagnostic::do_not_recommend] impl $class for $name {})*
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
        GetVerb = Get:;
        /// POST as a type.
        PostVerb = Post: ChangesState MakesKeys BeginsSessions SignsIn TakesBody;
        /// PUT as a type.
        PutVerb = Put: ChangesState MakesKeys BeginsSessions SignsIn TakesBody;
        /// PATCH as a type.
        PatchVerb = Patch: ChangesState MakesKeys BeginsSessions SignsIn ChangesPart TakesBody;
        /// DELETE as a type.
        DeleteVerb = Delete: ChangesState MakesKeys BeginsSessions SignsIn;
        /// DELETE as a type, of an operation that says why its request has content.
        DeleteVerbWithContent = Delete: ChangesState MakesKeys BeginsSessions SignsIn TakesBody;
        /// QUERY as a type.
        QueryVerb = Query: TakesBody;
    }
}
