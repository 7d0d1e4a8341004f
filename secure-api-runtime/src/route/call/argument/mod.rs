//! What a handler takes: each argument checked against the verb by its type, decoded, then resolved.
//!
//! All arguments are decoded before the first is resolved, so a malformed body is told before an object is
//! loaded, and no store is asked for a request that cannot succeed.

use std::{
    any::{TypeId, type_name},
    ops::Deref,
    sync::Arc,
};

use http::{HeaderValue, header};

use super::Context;
use crate::{
    error::{Problem, problem},
    input::{
        Form, Input, Json, Media, Parts, Patch, Query, Reads, Upload, decode_body, decode_form,
        decode_patch,
    },
    object::{CursorKey, Object, Paging, Position, Reader, Scoped, Sealing, Store, Writer},
    role::Roles,
    route::facts::{ArgumentFacts, ArgumentInfo, ObjectFacts},
    token::{Caller, Identity},
    verb::{ChangesPart, ChangesState, TakesBody},
};

mod decoded;
mod path;

pub use decoded::Decoded;
pub use path::{NamedInPath, PathArgument};

/// What a handler of verb `V` may take.
#[diagnostic::on_unimplemented(
    message = "SA006: a handler cannot take `{Self}`",
    label = "not an argument of a handler",
    note = "there are `Caller`, `Authorized`, `Scoped`, `Unowned`, `Json`, `Patch`, `Form`, `Upload`, `Query`, `Paging`, `Reader`, `Writer`, `Service` and `RequestContext`",
    note = "what only an extractor of axum's can read is taken as `Extractor<T>`, with `allow(extractor, reason = \"…\")` on the route"
)]
pub trait Argument<V>: Sized + Send {
    /// What the compiler checks of it.
    const FACTS: ArgumentFacts = ArgumentFacts::PLAIN;

    /// What it is, for documents and start-up checks.
    fn describe() -> ArgumentInfo;

    /// Decodes it from the request. What it names is looked up once all arguments are decoded.
    fn decode(context: &mut Context) -> Result<Decoded<Self>, Problem>;
}

impl Context {
    /// Who is calling. The pipeline has admitted somebody on every route that is not public, and a public
    /// route with an argument that needs a caller does not compile.
    fn identity(&self) -> Result<&Arc<Identity>, Problem> {
        let missing = || Problem::new(&problem::UNAUTHENTICATED).because("no caller on this route");
        self.identity.as_ref().ok_or_else(missing)
    }

    /// A store or service. `App::build` has checked that it is there.
    fn value<T: Send + Sync + 'static>(&self) -> Result<Arc<T>, Problem> {
        let missing = || format!("no {} was registered", type_name::<T>());
        self.state.get().ok_or_else(|| Problem::new(&problem::INTERNAL).because(missing()))
    }
}

/// Of an argument that is about an object.
const fn of_object<T: Object>(in_path: bool) -> ArgumentFacts {
    ArgumentFacts { object: Some(ObjectFacts::of::<T>(in_path)), ..of_caller::<T::Roles>() }
}

/// Of an argument that is the caller's.
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
        let request_id = context.request_id.to_str().unwrap_or_default();
        Ok(Decoded::now(Scoped::new(context.identity()?, context.route.name, request_id)))
    }
}

impl<V: TakesBody, T: Input + Send> Argument<V> for Json<T> {
    const FACTS: ArgumentFacts =
        ArgumentFacts { takes_body: true, ..reading(Reads::Whole(T::FIELDS)) };

    fn describe() -> ArgumentInfo {
        ArgumentInfo::Body(T::object_shape(), Media::Json)
    }

    fn decode(context: &mut Context) -> Result<Decoded<Self>, Problem> {
        Ok(Decoded::now(Self(decode_body(&context.body)?)))
    }
}

/// Of an argument that reads fields in a way that asks something of them.
const fn reading(reads: Reads) -> ArgumentFacts {
    ArgumentFacts { reads, ..ArgumentFacts::PLAIN }
}

impl<V: ChangesPart, T: Input + Send> Argument<V> for Patch<T> {
    const FACTS: ArgumentFacts =
        ArgumentFacts { takes_body: true, ..reading(Reads::Merging(T::FIELDS)) };

    fn describe() -> ArgumentInfo {
        ArgumentInfo::Body(T::patch_shape(), Media::MergePatch)
    }

    fn decode(context: &mut Context) -> Result<Decoded<Self>, Problem> {
        Ok(Decoded::now(Self(decode_patch(&context.body)?)))
    }
}

impl<V: TakesBody, T: Input + Send> Argument<V> for Form<T> {
    const FACTS: ArgumentFacts =
        ArgumentFacts { takes_body: true, ..reading(Reads::Flat(T::FIELDS)) };

    fn describe() -> ArgumentInfo {
        ArgumentInfo::Body(T::object_shape(), Media::Form)
    }

    fn decode(context: &mut Context) -> Result<Decoded<Self>, Problem> {
        Ok(Decoded::now(Self(decode_form(&context.body)?)))
    }
}

impl<V: TakesBody, T: Input + Send> Argument<V> for Upload<T> {
    const FACTS: ArgumentFacts =
        ArgumentFacts { takes_body: true, ..reading(Reads::Parts(T::FIELDS)) };

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
        Ok(Decoded::now(Self(parts.decode()?)))
    }
}

impl<V, T: Input + Send> Argument<V> for Query<T> {
    const FACTS: ArgumentFacts = reading(Reads::Flat(T::FIELDS));

    fn describe() -> ArgumentInfo {
        ArgumentInfo::Query(T::object_shape())
    }

    fn decode(context: &mut Context) -> Result<Decoded<Self>, Problem> {
        Ok(Decoded::now(Self(std::mem::take(&mut context.query).decode()?)))
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
            key: context.value::<CursorKey>()?,
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
        Ok(Decoded::now(Reader::new(context.value()?)))
    }
}

impl<V: ChangesState, S: Store> Argument<V> for Writer<S> {
    fn describe() -> ArgumentInfo {
        ArgumentInfo::Store(TypeId::of::<S>(), type_name::<S>())
    }

    fn decode(context: &mut Context) -> Result<Decoded<Self>, Problem> {
        Ok(Decoded::now(Writer::new(context.value()?)))
    }
}

/// A collaborator that keeps no state of the API: a mailer, a client, a signer. Registered when the app is
/// built; an app without it does not start.
#[derive(Debug)]
pub struct Service<T: ?Sized>(pub(crate) Arc<T>);

impl<T: ?Sized> Deref for Service<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<V, T: Send + Sync + 'static> Argument<V> for Service<T> {
    fn describe() -> ArgumentInfo {
        ArgumentInfo::Service(TypeId::of::<T>(), type_name::<T>())
    }

    fn decode(context: &mut Context) -> Result<Decoded<Self>, Problem> {
        Ok(Decoded::now(Self(context.value()?)))
    }
}

/// What is known of the request itself.
#[derive(Debug, Clone)]
pub struct RequestContext {
    pub(crate) request_id: HeaderValue,
    pub(crate) version: &'static str,
}

impl RequestContext {
    /// The id under which the log knows the request, and which the answer carries.
    pub fn request_id(&self) -> &str {
        self.request_id.to_str().unwrap_or_default()
    }

    /// The version that was called, as in the path: `v1`.
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
        Ok(Decoded::now(Self { request_id: context.request_id.clone(), version }))
    }
}
