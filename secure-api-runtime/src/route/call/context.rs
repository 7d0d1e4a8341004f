//! What a handler's arguments are taken from: one request that was admitted, and the app's state.

use std::{
    any::{Any, TypeId},
    collections::HashMap,
    fmt,
    sync::Arc,
};

use axum::response::Response;
use bytes::Bytes;
use http::{HeaderMap, HeaderValue, request::Parts};

use crate::{
    error::{Problem, problem},
    flow::Passage,
    input::Parameters,
    object::Store,
    route::facts::Route,
    token::Identity,
    version::VersionInfo,
};

/// One request, admitted: its caller is known and its body is read.
pub struct Context {
    pub(crate) route: &'static Route,
    pub(crate) version: &'static VersionInfo,
    pub(crate) version_index: usize,
    pub(crate) state: Arc<State>,
    pub(crate) identity: Option<Arc<Identity>>,
    pub(crate) parameters: Vec<String>,
    /// The parameters of the query that are the input's.
    pub(crate) query: Parameters,
    /// Those that say which page of a list: `size` and `cursor`.
    pub(crate) page: (Option<String>, Option<String>),
    /// The only fields that the caller wants, where it does not want all.
    pub(crate) only: Option<Vec<&'static str>>,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    pub(crate) request_id: HeaderValue,
    /// The whole of it without the body, where an extractor asks for that.
    pub(crate) parts: Option<Box<Parts>>,
    /// Where the operation has a place in an order, or its requests carry a key.
    pub(crate) passage: Option<Arc<Passage>>,
}

impl Context {
    /// Whether the handler may run, now that its arguments are there; or the answer that the same request had
    /// before. Called by the code of a route that states `after` or `idempotency_key`.
    pub async fn enter(&self) -> Result<Option<Response>, Problem> {
        // The pipeline makes a passage for every such route.
        let Some(passage) = &self.passage else {
            return Err(Problem::new(&problem::INTERNAL).because("the route has no passage"));
        };
        let roles = self.identity.as_ref().map_or(0, |identity| identity.roles());
        let view = self.route.view_for(roles).map(|view| view.name);
        passage.enter(&self.body, view).await
    }
}

impl fmt::Debug for Context {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The request's content is not for logs.
        f.debug_struct("Context").field("route", &self.route.name).finish_non_exhaustive()
    }
}

/// The stores and services of an app, each kind by type: a service is not found by the type of a store.
#[derive(Default)]
pub struct State {
    stores: Values,
    services: Values,
}

type Values = HashMap<TypeId, Arc<dyn Any + Send + Sync>>;

impl State {
    /// Adds a store, shared by all requests; `false` if one of its type is there already.
    pub fn add_store<S: Store>(&mut self, store: S) -> bool {
        self.stores.insert(TypeId::of::<S>(), Arc::new(store)).is_none()
    }

    /// Adds a service, shared by all requests; `false` if one of its type is there already.
    pub fn add_service<T: Send + Sync + 'static>(&mut self, service: T) -> bool {
        self.services.insert(TypeId::of::<T>(), Arc::new(service)).is_none()
    }

    /// Tells if a store of this type is there.
    pub fn has_store(&self, type_id: TypeId) -> bool {
        self.stores.contains_key(&type_id)
    }

    /// Tells if a service of this type is there.
    pub fn has_service(&self, type_id: TypeId) -> bool {
        self.services.contains_key(&type_id)
    }

    /// Returns the store of this type. An app that was built has those that its routes take.
    pub fn store<S: Store>(&self) -> Option<Arc<S>> {
        taken(&self.stores)
    }

    /// Returns the service of this type. An app that was built has those that its routes take.
    pub fn service<T: Send + Sync + 'static>(&self) -> Option<Arc<T>> {
        taken(&self.services)
    }
}

impl fmt::Debug for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (stores, services) = (self.stores.len(), self.services.len());
        f.debug_struct("State").field("stores", &stores).field("services", &services).finish()
    }
}

fn taken<T: Send + Sync + 'static>(values: &Values) -> Option<Arc<T>> {
    Arc::clone(values.get(&TypeId::of::<T>())?).downcast().ok()
}
