//! The arguments of a handler: each checked against the verb by its type, decoded, then resolved.
//!
//! All arguments are decoded before the first is resolved, so a malformed body is told before an object is
//! loaded, and no store is asked for a request that cannot succeed.

use std::{
    any::{TypeId, type_name},
    net::IpAddr,
    sync::Arc,
};

use super::Context;
use crate::{
    error::{Problem, problem},
    identity::{Caller, Identity},
    object::{
        CursorKey, Object, Paging, Position, Scoped, Sealing, Store, Unchecked, unregistered,
    },
    observe::{RequestId, Trace},
    role::Roles,
    route::facts::{ArgumentFacts, ArgumentInfo, ObjectFacts},
};

mod api_keys;
#[cfg(feature = "client")]
mod client;
mod collaborator;
mod decoded;
mod input;
mod path;
mod raw;
mod sessions;
mod signing_in;
mod source;

pub use collaborator::{Collaborator, Handed, Service};
pub use decoded::{Arguments, Decoded};
pub(in crate::route::call) use path::loaded;
pub use path::{NamedInPath, PathArgument};

/// An argument of a handler of verb `V`.
#[diagnostic::on_unimplemented(
    message = "SA006: a handler cannot take `{Self}`",
    label = "not an argument of a handler",
    note = "there are `Caller`, `Authorized`, `Scoped`, `Unchecked`, `Unowned`, `Json`, `Patch`, `Form`, `Upload`, `RawBody`, `TextBody`, `StreamedBody`, `Query`, `Headers`, `Cookies`, `Paging`, `Reader`, `Writer`, `Service`, `Clock` and `RequestContext`",
    note = "what only an extractor of axum's can read, as a `HeaderMap`, is taken as `secure_api::route::Extractor<HeaderMap>`, with `allow(extractor, reason = \"…\")` on the route",
    note = "in place of axum's `State` and `Extension` take `Service` or `Reader`, of its `Path` `Authorized` or `Unowned`, of its `Request` `Extractor`, for the request's id and version `RequestContext`, of `Bytes` `RawBody`, of a `String` `TextBody`, of `Multipart` `Upload`; `Json`, `Form` and `Query` are those of `secure_api::prelude`"
)]
pub trait Argument<V>: Sized + Send {
    /// The facts that the compiler checks.
    #[doc(hidden)]
    const FACTS: ArgumentFacts = ArgumentFacts::PLAIN;

    /// Describes it for documents and the checks at start.
    #[doc(hidden)]
    fn describe() -> ArgumentInfo;

    /// Decodes it from the request. What it names is looked up once all arguments are decoded.
    #[doc(hidden)]
    fn decode(context: &mut Context) -> Result<Decoded<Self>, Problem>;
}

impl Context {
    /// Returns the caller's identity. The pipeline has admitted somebody on every route that is not public, and a
    /// public route with an argument that needs a caller does not compile.
    pub(super) fn identity(&self) -> Result<&Arc<Identity>, Problem> {
        known(self.identity.as_ref())
    }

    /// Returns a store. `App::build` has checked that it is there.
    pub(super) fn store<S: Store>(&self) -> Result<Arc<S>, Problem> {
        self.state.store().ok_or_else(unregistered::<S>)
    }

    /// Returns a service. `App::build` has checked that it is there.
    fn service<T: Send + Sync + 'static>(&self) -> Result<Arc<T>, Problem> {
        self.state.service().ok_or_else(unregistered::<T>)
    }

    /// Returns a collaborator that is no service. `App::build` has checked that it is there.
    fn argument<T: Clone + Send + Sync + 'static>(&self) -> Result<T, Problem> {
        self.state.argument().ok_or_else(unregistered::<T>)
    }
}

/// Refuses a request without a caller.
fn known(identity: Option<&Arc<Identity>>) -> Result<&Arc<Identity>, Problem> {
    let nobody = || Problem::new(&problem::UNAUTHENTICATED).because("no caller on this route");
    identity.ok_or_else(nobody)
}

/// Returns the facts of an argument about an object.
const fn of_object<T: Object>(in_path: bool) -> ArgumentFacts {
    ArgumentFacts { object: Some(ObjectFacts::of::<T>(in_path)), ..of_caller::<T::Roles>() }
}

/// Returns the facts of an argument about the caller.
const fn of_caller<R: Roles>() -> ArgumentFacts {
    ArgumentFacts { needs_caller: true, roles: Some(R::TABLE), ..ArgumentFacts::PLAIN }
}

impl<V, R: Roles> Argument<V> for Caller<R> {
    const FACTS: ArgumentFacts = of_caller::<R>();

    fn describe() -> ArgumentInfo {
        ArgumentInfo::Caller
    }

    fn decode(context: &mut Context) -> Result<Decoded<Self>, Problem> {
        Ok(Decoded::now(Caller::new(Arc::clone(context.identity()?))))
    }
}

impl<V, R: Roles> Argument<V> for Option<Caller<R>> {
    const FACTS: ArgumentFacts = ArgumentFacts { needs_caller: false, ..of_caller::<R>() };

    fn describe() -> ArgumentInfo {
        ArgumentInfo::Caller
    }

    fn decode(context: &mut Context) -> Result<Decoded<Self>, Problem> {
        Ok(Decoded::now(context.identity.clone().map(Caller::new)))
    }
}

impl<V, T: Object> Argument<V> for Scoped<T> {
    const FACTS: ArgumentFacts = of_object::<T>(false);

    fn describe() -> ArgumentInfo {
        ArgumentInfo::Caller
    }

    fn decode(context: &mut Context) -> Result<Decoded<Self>, Problem> {
        let scoped = Scoped::new(context.identity()?, context.route.name, context.request_id)
            .audited(context.state.audited());
        Ok(Decoded::now(scoped))
    }
}

impl<V, T: Object> Argument<V> for Unchecked<T> {
    const FACTS: ArgumentFacts = ArgumentFacts { unchecked: true, ..of_object::<T>(false) };

    fn describe() -> ArgumentInfo {
        ArgumentInfo::Unchecked {
            name: type_name::<T>(),
            store: (TypeId::of::<T::Store>(), type_name::<T::Store>()),
        }
    }

    fn decode(context: &mut Context) -> Result<Decoded<Self>, Problem> {
        Ok(Decoded::now(Unchecked::new(context.identity()?)))
    }
}

impl<V, K: Position> Argument<V> for Paging<K> {
    fn describe() -> ArgumentInfo {
        ArgumentInfo::Paging
    }

    fn decode(context: &mut Context) -> Result<Decoded<Self>, Problem> {
        let (size, cursor) = std::mem::take(&mut context.page);
        let principal = context.identity.as_deref().map_or([""; 3], Identity::principal);
        let sealing = Sealing {
            key: context.service::<CursorKey>()?,
            place: context.route.path_shape,
            module: context.route.module,
            operation: context.route.name,
            principal: principal.map(Into::into),
        };
        Ok(Decoded::now(Paging::read(size.as_deref(), cursor.as_deref(), sealing)?))
    }
}

/// The facts of the request itself.
#[derive(Debug, Clone)]
pub struct RequestContext {
    pub(crate) request_id: RequestId,
    pub(crate) trace: Trace,
    pub(crate) version: &'static str,
    pub(crate) client: Option<IpAddr>,
}

impl RequestContext {
    /// Returns the id under which the log knows the request, and which the answer carries.
    pub fn request_id(&self) -> &str {
        self.request_id.as_str()
    }

    /// Returns the trace that the request is part of: for a call that no [`SafeClient`](crate::client::SafeClient) makes, as a message
    /// of a queue, its [`traceparent`](Trace::traceparent).
    pub fn trace(&self) -> &Trace {
        &self.trace
    }

    /// Returns the address of the client, by which its limits are counted: that of the connection, or the one that a trusted proxy
    /// tells. None where a server of your own does not say who is connected.
    pub fn client_address(&self) -> Option<IpAddr> {
        self.client
    }

    /// Returns the version that was called, as in the path: `v1`.
    pub fn version(&self) -> &'static str {
        self.version
    }
}

impl<V> Argument<V> for RequestContext {
    fn describe() -> ArgumentInfo {
        ArgumentInfo::Context
    }

    fn decode(context: &mut Context) -> Result<Decoded<Self>, Problem> {
        Ok(Decoded::now(Self {
            request_id: context.request_id,
            trace: context.trace.clone(),
            version: context.version.segment,
            client: context.client,
        }))
    }
}
