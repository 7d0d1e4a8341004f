//! What a handler takes: each argument checked against the verb by its type, decoded, then resolved.
//!
//! All arguments are decoded before the first is resolved, so a malformed body is told before an object is
//! loaded, and no store is asked for a request that cannot succeed.

use std::{
    any::{TypeId, type_name},
    convert::Infallible,
    future::Future,
    ops::Deref,
    sync::Arc,
};

use http::{HeaderValue, header};

use super::{ArgumentFacts, ArgumentInfo, Context};
use crate::{
    error::{ApiError, Problem, problem},
    input::{
        Form, Input, Json, Leaf, Media, Parts, Patch, Query, Reads, Upload, decode_body,
        decode_form, decode_patch,
    },
    object::{
        Action, Authorized, CursorKey, Object, Paging, Position, Reader, Scoped, Sealing, Store,
        Unowned, Writer,
    },
    role::Roles,
    token::{Caller, Identity},
    verb::{ChangesPart, ChangesState, IsVerb, TakesBody},
};

/// What a handler of verb `V` may take.
#[diagnostic::on_unimplemented(
    message = "SA006: a handler cannot take `{Self}`",
    label = "not an argument of a handler",
    note = "there are `Caller`, `Authorized`, `Scoped`, `Unowned`, `Json`, `Patch`, `Form`, `Upload`, `Query`, `Paging`, `Reader`, `Writer`, `Service` and `RequestContext`"
)]
pub trait Argument<V>: Sized + Send {
    /// The argument when it was read and not yet looked up.
    type Decoded: Send;

    /// What the compiler checks of it.
    const FACTS: ArgumentFacts = ArgumentFacts::PLAIN;

    /// What it is, for documents and start-up checks.
    fn describe() -> ArgumentInfo;

    /// Reads it from the request.
    fn decode(context: &mut Context) -> Result<Self::Decoded, Problem>;

    /// Looks up what it names.
    fn resolve(
        decoded: Self::Decoded,
        context: &Context,
    ) -> impl Future<Output = Result<Self, Problem>> + Send;
}

/// What a handler of verb `V` may take for a parameter of its path.
#[diagnostic::on_unimplemented(
    message = "SA113: `{Self}` proves nothing about what the path names",
    label = "a path parameter without its proof",
    note = "take `Authorized<T>` for an object that belongs to somebody, or `Unowned<K>` for what belongs to nobody"
)]
pub trait PathArgument<V>: Sized + Send {
    /// What the parameter's text is read as.
    type Key: Leaf;

    /// What the compiler checks of it.
    const FACTS: ArgumentFacts;

    /// What it is, for documents and start-up checks.
    fn describe() -> ArgumentInfo;

    /// Reads it from the parameter at a place of the path.
    fn decode(context: &Context, place: usize) -> Result<Self::Key, Problem> {
        context.path_key(place)
    }

    /// Looks up what it names.
    fn resolve(
        key: Self::Key,
        context: &Context,
    ) -> impl Future<Output = Result<Self, Problem>> + Send;
}

impl Context {
    /// The path parameter at a place, read. What cannot be a key names nothing.
    fn path_key<K: Leaf>(&self, place: usize) -> Result<K, Problem> {
        let text = self.parameters.get(place);
        let Some(key) = text.and_then(|text| K::parse(text).ok()) else {
            return Err(
                Problem::new(&problem::NOT_FOUND).because("the path's key is not well-formed")
            );
        };
        if let Some(passage) = &self.passage {
            passage.parameter(place, key.to_text());
        }
        Ok(key)
    }

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

/// Of an argument that is the caller's.
const fn of_caller<R: Roles>() -> ArgumentFacts {
    ArgumentFacts { needs_caller: true, roles: Some(R::TABLE), ..ArgumentFacts::PLAIN }
}

impl<V: IsVerb, T: Object> PathArgument<V> for Authorized<T> {
    type Key = T::Key;
    const FACTS: ArgumentFacts = of_caller::<T::Roles>();

    fn describe() -> ArgumentInfo {
        ArgumentInfo::Object {
            key: T::Key::shape(),
            store: (TypeId::of::<T::Store>(), type_name::<T::Store>()),
        }
    }

    async fn resolve(key: T::Key, context: &Context) -> Result<Self, Problem> {
        let identity = context.identity()?;
        let store = Reader::new(context.value::<T::Store>()?);
        let object = T::load(&store, key).await.map_err(ApiError::into_problem)?;
        let Some(object) = object else {
            return Err(Problem::new(&problem::NOT_FOUND).because("the object does not exist"));
        };
        Authorized::prove(object, identity, Action::of(V::VERB)).ok_or_else(|| {
            Problem::new(&problem::NOT_FOUND)
                .event("authz_fail")
                .because(format!("the rule of {} denies this caller", type_name::<T>()))
        })
    }
}

impl<V: IsVerb, K: Leaf> PathArgument<V> for Unowned<K> {
    type Key = K;
    const FACTS: ArgumentFacts =
        ArgumentFacts { reasoned: K::UNOWNED.is_some(), ..ArgumentFacts::PLAIN };

    fn describe() -> ArgumentInfo {
        ArgumentInfo::Unowned { key: K::shape(), reason: K::UNOWNED.unwrap_or_default() }
    }

    async fn resolve(key: K, _context: &Context) -> Result<Self, Problem> {
        Ok(Self(key))
    }
}

/// The argument's name is that of a parameter of the path. Nothing has this: an argument that is bound by
/// the path is asked to be a [`PathArgument`] instead.
#[diagnostic::on_unimplemented(
    message = "SA009: no parameter of the path has this argument's name",
    label = "bound by nothing",
    note = "write `{{name}}` into the path for an argument called `name`, or rename the argument"
)]
pub trait NamedInPath {}

impl<V, T: Object + NamedInPath> Argument<V> for Authorized<T> {
    type Decoded = Infallible;

    fn describe() -> ArgumentInfo {
        ArgumentInfo::Caller
    }

    fn decode(_context: &mut Context) -> Result<Infallible, Problem> {
        Err(Problem::new(&problem::INTERNAL))
    }

    async fn resolve(decoded: Infallible, _context: &Context) -> Result<Self, Problem> {
        match decoded {}
    }
}

impl<V, K: Leaf + NamedInPath> Argument<V> for Unowned<K> {
    type Decoded = Infallible;

    fn describe() -> ArgumentInfo {
        ArgumentInfo::Caller
    }

    fn decode(_context: &mut Context) -> Result<Infallible, Problem> {
        Err(Problem::new(&problem::INTERNAL))
    }

    async fn resolve(decoded: Infallible, _context: &Context) -> Result<Self, Problem> {
        match decoded {}
    }
}

impl<V, R: Roles> Argument<V> for Caller<R> {
    type Decoded = ();
    const FACTS: ArgumentFacts = of_caller::<R>();

    fn describe() -> ArgumentInfo {
        ArgumentInfo::Caller
    }

    fn decode(_context: &mut Context) -> Result<(), Problem> {
        Ok(())
    }

    async fn resolve((): (), context: &Context) -> Result<Self, Problem> {
        context.identity().cloned().map(Caller::new)
    }
}

impl<V, R: Roles> Argument<V> for Option<Caller<R>> {
    type Decoded = ();
    const FACTS: ArgumentFacts = ArgumentFacts { needs_caller: false, ..of_caller::<R>() };

    fn describe() -> ArgumentInfo {
        ArgumentInfo::Caller
    }

    fn decode(_context: &mut Context) -> Result<(), Problem> {
        Ok(())
    }

    async fn resolve((): (), context: &Context) -> Result<Self, Problem> {
        Ok(context.identity.clone().map(Caller::new))
    }
}

impl<V, T: Object> Argument<V> for Scoped<T> {
    type Decoded = ();
    const FACTS: ArgumentFacts = of_caller::<T::Roles>();

    fn describe() -> ArgumentInfo {
        ArgumentInfo::Caller
    }

    fn decode(_context: &mut Context) -> Result<(), Problem> {
        Ok(())
    }

    async fn resolve((): (), context: &Context) -> Result<Self, Problem> {
        let request_id = context.request_id.to_str().unwrap_or_default();
        Ok(Scoped::new(context.identity()?, context.route.name, request_id))
    }
}

impl<V: TakesBody, T: Input + Send> Argument<V> for Json<T> {
    type Decoded = Self;
    const FACTS: ArgumentFacts =
        ArgumentFacts { takes_body: true, ..reading(Reads::Whole(T::FIELDS)) };

    fn describe() -> ArgumentInfo {
        ArgumentInfo::Body(T::object_shape(), Media::Json)
    }

    fn decode(context: &mut Context) -> Result<Self, Problem> {
        decode_body(&context.body).map(Self)
    }

    async fn resolve(decoded: Self, _context: &Context) -> Result<Self, Problem> {
        Ok(decoded)
    }
}

/// Of an argument that reads fields in a way that asks something of them.
const fn reading(reads: Reads) -> ArgumentFacts {
    ArgumentFacts { reads, ..ArgumentFacts::PLAIN }
}

impl<V: ChangesPart, T: Input + Send> Argument<V> for Patch<T> {
    type Decoded = Self;
    const FACTS: ArgumentFacts =
        ArgumentFacts { takes_body: true, ..reading(Reads::Merging(T::FIELDS)) };

    fn describe() -> ArgumentInfo {
        ArgumentInfo::Body(T::patch_shape(), Media::MergePatch)
    }

    fn decode(context: &mut Context) -> Result<Self, Problem> {
        decode_patch(&context.body).map(Self)
    }

    async fn resolve(decoded: Self, _context: &Context) -> Result<Self, Problem> {
        Ok(decoded)
    }
}

impl<V: TakesBody, T: Input + Send> Argument<V> for Form<T> {
    type Decoded = Self;
    const FACTS: ArgumentFacts =
        ArgumentFacts { takes_body: true, ..reading(Reads::Flat(T::FIELDS)) };

    fn describe() -> ArgumentInfo {
        ArgumentInfo::Body(T::object_shape(), Media::Form)
    }

    fn decode(context: &mut Context) -> Result<Self, Problem> {
        decode_form(&context.body).map(Self)
    }

    async fn resolve(decoded: Self, _context: &Context) -> Result<Self, Problem> {
        Ok(decoded)
    }
}

impl<V: TakesBody, T: Input + Send> Argument<V> for Upload<T> {
    type Decoded = Self;
    const FACTS: ArgumentFacts =
        ArgumentFacts { takes_body: true, ..reading(Reads::Parts(T::FIELDS)) };

    fn describe() -> ArgumentInfo {
        ArgumentInfo::Body(T::object_shape(), Media::Multipart)
    }

    fn decode(context: &mut Context) -> Result<Self, Problem> {
        let media_type = context.headers.get(header::CONTENT_TYPE);
        let media_type = media_type.and_then(|value| value.to_str().ok()).unwrap_or_default();
        let parts = Parts::read(media_type, std::mem::take(&mut context.body), T::FIELDS)?;
        if context.passage.is_some() {
            // Whether a request is a repeated one is asked later, of what stands for its body.
            context.body = parts.digest();
        }
        parts.decode().map(Self)
    }

    async fn resolve(decoded: Self, _context: &Context) -> Result<Self, Problem> {
        Ok(decoded)
    }
}

impl<V, T: Input + Send> Argument<V> for Query<T> {
    type Decoded = Self;
    const FACTS: ArgumentFacts = reading(Reads::Flat(T::FIELDS));

    fn describe() -> ArgumentInfo {
        ArgumentInfo::Query(T::object_shape())
    }

    fn decode(context: &mut Context) -> Result<Self, Problem> {
        std::mem::take(&mut context.query).decode().map(Self)
    }

    async fn resolve(decoded: Self, _context: &Context) -> Result<Self, Problem> {
        Ok(decoded)
    }
}

impl<V, K: Position> Argument<V> for Paging<K> {
    type Decoded = Self;

    fn describe() -> ArgumentInfo {
        ArgumentInfo::Paging
    }

    fn decode(context: &mut Context) -> Result<Self, Problem> {
        let (size, cursor) = std::mem::take(&mut context.page);
        let caller = context.identity.as_deref();
        let sealing = Sealing {
            key: context.value::<CursorKey>()?,
            module: context.route.module,
            operation: context.route.name,
            issuer: caller.map_or("", Identity::issuer).into(),
            subject: caller.map_or("", Identity::subject).into(),
        };
        Paging::read(size.as_deref(), cursor.as_deref(), sealing)
    }

    async fn resolve(decoded: Self, _context: &Context) -> Result<Self, Problem> {
        Ok(decoded)
    }
}

impl<V, S: Store> Argument<V> for Reader<S> {
    type Decoded = ();

    fn describe() -> ArgumentInfo {
        ArgumentInfo::Store(TypeId::of::<S>(), type_name::<S>())
    }

    fn decode(_context: &mut Context) -> Result<(), Problem> {
        Ok(())
    }

    async fn resolve((): (), context: &Context) -> Result<Self, Problem> {
        context.value().map(Reader::new)
    }
}

impl<V: ChangesState, S: Store> Argument<V> for Writer<S> {
    type Decoded = ();

    fn describe() -> ArgumentInfo {
        ArgumentInfo::Store(TypeId::of::<S>(), type_name::<S>())
    }

    fn decode(_context: &mut Context) -> Result<(), Problem> {
        Ok(())
    }

    async fn resolve((): (), context: &Context) -> Result<Self, Problem> {
        context.value().map(Writer::new)
    }
}

/// A collaborator that keeps no state of the API: a mailer, a client, a signer. Registered when the app is
/// built; an app without it does not start.
#[derive(Debug)]
pub struct Service<T>(Arc<T>);

impl<T> Deref for Service<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<V, T: Send + Sync + 'static> Argument<V> for Service<T> {
    type Decoded = ();

    fn describe() -> ArgumentInfo {
        ArgumentInfo::Service(TypeId::of::<T>(), type_name::<T>())
    }

    fn decode(_context: &mut Context) -> Result<(), Problem> {
        Ok(())
    }

    async fn resolve((): (), context: &Context) -> Result<Self, Problem> {
        context.value().map(Self)
    }
}

/// What is known of the request itself.
#[derive(Debug, Clone)]
pub struct RequestContext {
    request_id: HeaderValue,
    version: &'static str,
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
    type Decoded = ();

    fn describe() -> ArgumentInfo {
        ArgumentInfo::Context
    }

    fn decode(_context: &mut Context) -> Result<(), Problem> {
        Ok(())
    }

    async fn resolve((): (), context: &Context) -> Result<Self, Problem> {
        Ok(Self { request_id: context.request_id.clone(), version: context.version.segment })
    }
}
