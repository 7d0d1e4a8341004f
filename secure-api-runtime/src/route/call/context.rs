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

/// An app's stores and services, by type.
#[derive(Default)]
pub struct State {
    values: HashMap<TypeId, Arc<dyn Any + Send + Sync>>,
}

impl State {
    /// Adds a value, shared by all requests; `false` if one of its type is there already.
    pub fn insert<T: Send + Sync + 'static>(&mut self, value: T) -> bool {
        self.values.insert(TypeId::of::<T>(), Arc::new(value)).is_none()
    }

    /// Whether a value of this type is there.
    pub fn has(&self, type_id: TypeId) -> bool {
        self.values.contains_key(&type_id)
    }

    /// The value of this type, by its id.
    pub(crate) fn of(&self, type_id: TypeId) -> Option<Arc<dyn Any + Send + Sync>> {
        self.values.get(&type_id).cloned()
    }

    /// The value of this type. An app that was built has what its routes take.
    pub fn get<T: Send + Sync + 'static>(&self) -> Option<Arc<T>> {
        let value = Arc::clone(self.values.get(&TypeId::of::<T>())?);
        value.downcast().ok()
    }
}

impl fmt::Debug for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("State").field("values", &self.values.len()).finish()
    }
}
