//! The arguments of a handler: each checked against the verb by its type, decoded, then resolved.
//!
//! All arguments are decoded before the first is resolved, so a malformed body is told before an object is
//! loaded, and no store is asked for a request that cannot succeed.

use std::{
    any::{TypeId, type_name},
    marker::PhantomData,
    ops::Deref,
    sync::Arc,
};

use http::header;

use super::Context;
use crate::{
    error::{Problem, problem},
    input::{Form, Input, Json, Media, Parts, Patch, Query, Reads, Upload, contents_of},
    object::{
        CursorKey, Object, Paging, Position, Reader, Scoped, Sealing, Store, Unchecked, Writer,
        unregistered,
    },
    observe::RequestId,
    role::Roles,
    route::facts::{ArgumentFacts, ArgumentInfo, ObjectFacts},
    token::{Caller, Identity},
    verb::{ChangesPart, ChangesState, TakesBody},
};

mod decoded;
mod path;
mod source;

pub use decoded::Decoded;
pub use path::{NamedInPath, PathArgument};

use source::Source;

/// An argument of a handler of verb `V`.
#[diagnostic::on_unimplemented(
    message = "SA006: a handler cannot take `{Self}`",
    label = "not an argument of a handler",
    note = "there are `Caller`, `Authorized`, `Scoped`, `Unchecked`, `Unowned`, `Json`, `Patch`, `Form`, `Upload`, `Query`, `Paging`, `Reader`, `Writer`, `Service` and `RequestContext`",
    note = "what only an extractor of axum's can read is taken as `Extractor<T>`, with `allow(extractor, reason = \"…\")` on the route"
)]
pub trait Argument<V>: Sized + Send {
    /// The facts that the compiler checks.
    const FACTS: ArgumentFacts = ArgumentFacts::PLAIN;

    /// Describes it for documents and the checks at start.
    fn describe() -> ArgumentInfo;

    /// Decodes it from the request. What it names is looked up once all arguments are decoded.
    fn decode(context: &mut Context) -> Result<Decoded<Self>, Problem>;
}

impl Context {
    /// Returns the caller's identity. The pipeline has admitted somebody on every route that is not public, and a
    /// public route with an argument that needs a caller does not compile.
    fn identity(&self) -> Result<&Arc<Identity>, Problem> {
        known(self.identity.as_ref())
    }

    /// Returns a store. `App::build` has checked that it is there.
    fn store<S: Store>(&self) -> Result<Arc<S>, Problem> {
        self.state.store().ok_or_else(unregistered::<S>)
    }

    /// Returns a service. `App::build` has checked that it is there.
    fn service<T: Send + Sync + 'static>(&self) -> Result<Arc<T>, Problem> {
        self.state.service().ok_or_else(unregistered::<T>)
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
        let scoped = Scoped::new(context.identity()?, context.route.name, context.request_id);
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

impl<V: TakesBody, T: Input + Send + 'static> Argument<V> for Json<T> {
    const FACTS: ArgumentFacts =
        ArgumentFacts { takes_body: true, ..reading::<T>(Reads::Whole(T::FIELDS)) };

    fn describe() -> ArgumentInfo {
        ArgumentInfo::Body(T::object_shape(), Media::Json)
    }

    fn decode(context: &mut Context) -> Result<Decoded<Self>, Problem> {
        Source::Json(context.body.clone()).decode(context, Self)
    }
}

/// Returns the facts of an argument that reads fields in a form that demands something of them.
const fn reading<T: Input>(reads: Reads) -> ArgumentFacts {
    ArgumentFacts { reads, contents: contents_of::<T>(), ..ArgumentFacts::PLAIN }
}

impl<V: ChangesPart, T: Input + Send + 'static> Argument<V> for Patch<T> {
    const FACTS: ArgumentFacts =
        ArgumentFacts { takes_body: true, ..reading::<T>(Reads::Merging(T::FIELDS)) };

    fn describe() -> ArgumentInfo {
        ArgumentInfo::Body(T::patch_shape(), Media::MergePatch)
    }

    fn decode(context: &mut Context) -> Result<Decoded<Self>, Problem> {
        Source::Patch(context.body.clone()).decode(context, Self)
    }
}

impl<V: TakesBody, T: Input + Send + 'static> Argument<V> for Form<T> {
    const FACTS: ArgumentFacts =
        ArgumentFacts { takes_body: true, ..reading::<T>(Reads::Flat(T::FIELDS)) };

    fn describe() -> ArgumentInfo {
        ArgumentInfo::Body(T::object_shape(), Media::Form)
    }

    fn decode(context: &mut Context) -> Result<Decoded<Self>, Problem> {
        Source::Form(context.body.clone()).decode(context, Self)
    }
}

impl<V: TakesBody, T: Input + Send + 'static> Argument<V> for Upload<T> {
    const FACTS: ArgumentFacts =
        ArgumentFacts { takes_body: true, ..reading::<T>(Reads::Parts(T::FIELDS)) };

    fn describe() -> ArgumentInfo {
        ArgumentInfo::Body(T::object_shape(), Media::Multipart)
    }

    fn decode(context: &mut Context) -> Result<Decoded<Self>, Problem> {
        let media_type = context.headers.get(header::CONTENT_TYPE);
        let media_type = media_type.and_then(|value| value.to_str().ok()).unwrap_or_default();
        let parts = Parts::read(media_type, std::mem::take(&mut context.body), T::FIELDS)?;
        if context.passage.is_some() {
            // Whether a request is a repeated one is asked later, of what stands for its body.
            context.body = parts.digest();
        }
        Source::Upload(parts).decode(context, Self)
    }
}

impl<V, T: Input + Send + 'static> Argument<V> for Query<T> {
    const FACTS: ArgumentFacts = reading::<T>(Reads::Flat(T::FIELDS));

    fn describe() -> ArgumentInfo {
        ArgumentInfo::Query(T::object_shape())
    }

    fn decode(context: &mut Context) -> Result<Decoded<Self>, Problem> {
        Source::Query(std::mem::take(&mut context.query)).decode(context, Self)
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

impl<V, S: Store> Argument<V> for Reader<S> {
    fn describe() -> ArgumentInfo {
        ArgumentInfo::Store(TypeId::of::<S>(), type_name::<S>())
    }

    fn decode(context: &mut Context) -> Result<Decoded<Self>, Problem> {
        Ok(Decoded::now(Reader::new(context.store()?)))
    }
}

impl<V: ChangesState, S: Store> Argument<V> for Writer<S> {
    fn describe() -> ArgumentInfo {
        ArgumentInfo::Store(TypeId::of::<S>(), type_name::<S>())
    }

    fn decode(context: &mut Context) -> Result<Decoded<Self>, Problem> {
        Ok(Decoded::now(Writer::new(context.store()?)))
    }
}

/// A collaborator that keeps no state of the API: a mailer, a client, a signer. Registered when the app is
/// built; an app without it does not start.
///
/// A [`Store`] is none: a service is handed out whole, also to handlers that only read.
#[derive(Debug)]
pub struct Service<T: ?Sized>(pub(crate) Arc<T>);

impl<T: ?Sized> Deref for Service<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

/// The type of an argument, asked if it hands out a [`Store`] whole: the inherent constant is there only if it does, and
/// wins over that of [`Collaborator`].
#[derive(Debug)]
pub struct Handed<A>(PhantomData<fn() -> A>);

impl<S: Store> Handed<Service<S>> {
    /// `true`: it is a store.
    pub const STORE: bool = true;
}

/// The answer of [`Handed`] for all other types.
pub trait Collaborator {
    /// `false`: it is no store.
    const STORE: bool = false;
}

impl<A> Collaborator for Handed<A> {}

impl<V, T: Send + Sync + 'static> Argument<V> for Service<T> {
    fn describe() -> ArgumentInfo {
        ArgumentInfo::Service(TypeId::of::<T>(), type_name::<T>())
    }

    fn decode(context: &mut Context) -> Result<Decoded<Self>, Problem> {
        Ok(Decoded::now(Self(context.service()?)))
    }
}

/// The facts of the request itself.
#[derive(Debug, Clone)]
pub struct RequestContext {
    pub(crate) request_id: RequestId,
    pub(crate) version: &'static str,
}

impl RequestContext {
    /// Returns the id under which the log knows the request, and which the answer carries.
    pub fn request_id(&self) -> &str {
        self.request_id.as_str()
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
        let version = context.version.segment;
        Ok(Decoded::now(Self { request_id: context.request_id, version }))
    }
}
