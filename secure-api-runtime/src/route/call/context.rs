//! The context that a handler's arguments are taken from: one admitted request, and the app's state.

use std::{
    any::{Any, TypeId},
    collections::HashSet,
    fmt,
    net::IpAddr,
    sync::{Arc, PoisonError},
};

use bytes::Bytes;
use http::{HeaderMap, HeaderName, header, request::Parts};
use memchr::memchr;
use percent_encoding::percent_decode_str;
use smallvec::SmallVec;

use super::{Condition, Conditions, values::Values};
use crate::{
    behavior::Tried,
    clock::Clock,
    error::{Problem, problem},
    flow::{Earlier, Passage},
    identity::{Credential, Identity},
    input::{Drafts, Parameters, Spooled},
    ledger::{Attempt, Begun},
    limit::{ByInput, Slots},
    object::Store,
    observe::{Audited, RequestId, Trace},
    rendered::Rendered,
    role::RoleSet,
    route::facts::{Access, Route},
    session::{CookieSlot, Session},
    version::VersionInfo,
    view::Output,
};

/// Has a browser forget what it keeps of an origin (Clear Site Data).
const CLEAR_SITE_DATA: HeaderName = HeaderName::from_static("clear-site-data");

/// One request, admitted: its caller is known and its body is read.
pub struct Context {
    pub(crate) route: &'static Route,
    pub(crate) version: &'static VersionInfo,
    pub(crate) version_index: usize,
    pub(crate) state: Arc<State>,
    pub(crate) identity: Option<Arc<Identity>>,
    /// Its beginning, where it may let somebody in.
    pub(crate) begun: Begun,
    pub(crate) parameters: PathParameters,
    /// The parameters of the query that are the input's.
    pub(crate) query: Parameters,
    /// The query as it came, of a page that links to the next one.
    pub(crate) asked: Option<Box<str>>,
    /// The query parameters of paging: `size` and `cursor`.
    pub(crate) page: (Option<String>, Option<String>),
    /// The only fields that the caller wants, where it does not want all.
    pub(crate) only: Option<Vec<&'static str>>,
    pub(crate) headers: HeaderMap,
    /// `true` if only the head of the answer is asked for.
    pub(crate) is_head: bool,
    pub(crate) body: Bytes,
    /// The body that is in a file, where the operation takes it so.
    pub(crate) spooled: Option<Spooled>,
    /// The places that it has among requests at one time, until it is over.
    pub(crate) slots: Slots,
    /// The limits that its input decides about, where its operation has some.
    pub(crate) counted: Option<Box<ByInput>>,
    /// The place for the name that it tries, where it takes credentials and callers are weighed.
    pub(crate) tried: Option<Tried>,
    /// The files that are written of an upload, or kept of a body.
    pub(crate) drafts: Drafts,
    pub(crate) request_id: RequestId,
    pub(crate) trace: Trace,
    /// The time by which its answer has to be made.
    #[cfg(feature = "client")]
    pub(crate) until: Option<tokio::time::Instant>,
    /// The address of its client, where the server says who is connected.
    pub(crate) client: Option<IpAddr>,
    /// The whole of it without the body, where an extractor asks for that.
    pub(crate) parts: Option<Box<Parts>>,
    /// The passage through order and repetition, if the operation has a step before or after it, or takes a key.
    pub(crate) passage: Option<Arc<Passage>>,
    /// The attempt to do what it asks for, where that is done once.
    pub(crate) attempt: Option<Attempt>,
    /// The conditions that the request states.
    pub(crate) conditions: Conditions,
    /// The `Set-Cookie` of the answer, of an operation that may begin or end a session.
    pub(crate) cookie: Option<CookieSlot>,
    /// The same as a question, where they are those of a change that names no route by `if_match`.
    pub(crate) condition: Option<Box<Condition>>,
}

impl Context {
    /// Returns the roles that the caller has, of the route's enum. A public route asks for none, so nobody has one there.
    pub(crate) fn held(&self) -> RoleSet {
        match (self.route.access, &self.identity) {
            (Access::Roles(roles), Some(identity)) => RoleSet::new(identity.roles(), roles.table()),
            (Access::Roles(_), None) | (Access::Public(_), _) => RoleSet::NOBODY,
        }
    }

    /// Returns `true` if the caller was admitted by a session.
    pub(crate) fn is_by_session(&self) -> bool {
        let of_session = |identity: &Arc<Identity>| identity.kind().is(&Session::KIND);
        matches!(self.route.access, Access::Roles(_))
            && self.identity.as_ref().is_some_and(of_session)
    }

    /// Begins the output of an answer to this request, with room for some bytes.
    pub(crate) fn output(&self, capacity: usize) -> Output {
        Output::new(self.version_index, self.identity.as_ref(), capacity)
    }

    /// Enters order and repetition, now that the arguments are there: the handler may run, or the same request had
    /// this answer before.
    ///
    /// # Errors
    ///
    /// 409 where the step before was not done, or the same request is still running.
    pub(crate) async fn enter(&self) -> Result<Option<Earlier>, Problem> {
        let Some(passage) = &self.passage else {
            // A route that states either knows its caller, so it has a passage.
            if self.route.flow.is_stated() {
                return Err(Problem::new(&problem::INTERNAL).because("the route has no passage"));
            }
            return Ok(None);
        };
        let roles = self.identity.as_ref().map_or(0, |identity| identity.roles());
        let view = |owner| self.route.view_for(roles, owner).map(|view| view.name);
        // In a box, so that the run of a route without a passage is as small as it is.
        Box::pin(passage.enter(&self.body, [true, false].map(view))).await
    }

    /// Adds the session that the handler began, or ended, to the answer.
    pub(crate) fn set_cookie(&mut self, answer: &mut Rendered) {
        let Some(slot) = self.cookie.take() else { return };
        if let Some(set) = slot.lock().unwrap_or_else(PoisonError::into_inner).take() {
            answer.field(header::SET_COOKIE, set.cookie);
            if let Some(clear) = set.clear {
                answer.field(CLEAR_SITE_DATA, clear);
            }
        }
    }

    /// Notes that the handler begins: from here on it may have done something. What it creates has a key of this type, if it can be
    /// loaded again.
    pub(crate) fn begins(&self, creates: Option<fn() -> TypeId>) {
        if let Some(passage) = &self.passage {
            passage.begins(creates);
        }
    }
}

impl fmt::Debug for Context {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The request's content is not for logs.
        f.debug_struct("Context").field("route", &self.route.name).finish_non_exhaustive()
    }
}

/// The parameters of a path, in its order, each decoded once.
#[derive(Debug, Clone, Default)]
pub(crate) struct PathParameters(SmallVec<[Box<str>; 2]>);

impl PathParameters {
    /// Decodes the parameters of a path. Where one does not decode there are none, and the path names nothing.
    pub(crate) fn decoded<'a>(raw: impl Iterator<Item = &'a str>) -> Self {
        let mut texts = Self::default();
        for raw in raw {
            // Most are written as they are.
            let text = match memchr(b'%', raw.as_bytes()) {
                None => Ok(raw.into()),
                Some(_) => percent_decode_str(raw).decode_utf8(),
            };
            match text {
                Ok(text) => texts.0.push(text.into()),
                Err(_) => return Self::default(),
            }
        }
        texts
    }

    /// Returns the text of the parameter at a place.
    pub(crate) fn get(&self, place: usize) -> Option<&str> {
        self.0.get(place).map(AsRef::as_ref)
    }
}

/// The stores and services of an app, each kind by type: a service is not found by the type of a store. And its clock.
#[derive(Default)]
pub struct State {
    clock: Clock,
    stores: Values,
    services: Values,
    audited: Audited,
    /// The places and names of the API's operations, to which an address may lead.
    operations: HashSet<(u64, &'static str)>,
}

/// A collaborator that stands apart from the services: whoever asks for a service of its type finds none.
pub(crate) struct Apart<T>(T);

impl State {
    /// Adds a store, shared by all requests; `false` if one of its type is there already.
    pub fn add_store<S: Store>(&mut self, store: S) -> bool {
        self.stores.insert(Arc::new(store))
    }

    /// Adds a service, shared by all requests; `false` if one of its type is there already.
    pub fn add_service<T: Send + Sync + 'static>(&mut self, service: T) -> bool {
        self.services.insert(Arc::new(service))
    }

    /// Adds what handlers take as an argument of its own: as a service each verb could have it, and it is not for all. It is `false` if
    /// one of its type is there already.
    pub(crate) fn add_argument<T: Send + Sync + 'static>(&mut self, argument: T) -> bool {
        self.services.insert(Arc::new(Apart(argument)))
    }

    /// Adds a service that something else has, too.
    pub(crate) fn share_service<T: Send + Sync + 'static>(&mut self, service: Arc<T>) {
        self.services.insert(service);
    }

    /// Adds the operations that there are.
    pub(crate) fn add_operations(&mut self, routes: impl Iterator<Item = &'static Route>) {
        self.operations.extend(routes.map(|route| (route.path_key, route.name)));
    }

    /// Tells if a route is one of the API's operations.
    pub(crate) fn has_operation(&self, route: &Route) -> bool {
        self.operations.contains(&(route.path_key, route.name))
    }

    /// Tells if a store of this type is there.
    pub fn has_store(&self, type_id: TypeId) -> bool {
        self.stores.of(type_id).is_some()
    }

    /// Tells if a service of this type is there.
    pub fn has_service(&self, type_id: TypeId) -> bool {
        self.services.of(type_id).is_some()
    }

    /// Returns the store of this type. An app that was built has those that its routes take.
    pub fn store<S: Store>(&self) -> Option<Arc<S>> {
        self.stores.get()
    }

    /// Returns the service of this type. An app that was built has those that its routes take.
    pub fn service<T: Send + Sync + 'static>(&self) -> Option<Arc<T>> {
        self.services.get()
    }

    /// Returns what handlers take as an argument of its own.
    pub(crate) fn argument<T: Clone + Send + Sync + 'static>(&self) -> Option<T> {
        let found: Arc<Apart<T>> = self.services.get()?;
        Some(found.0.clone())
    }

    /// Returns the clock.
    pub(crate) fn clock(&self) -> &Clock {
        &self.clock
    }

    /// Sets the audit stream.
    pub(crate) fn set_audited(&mut self, audited: &Audited) {
        self.audited = audited.clone();
    }

    /// Returns the audit stream.
    pub(crate) fn audited(&self) -> &Audited {
        &self.audited
    }

    /// Returns the same with another clock.
    pub(crate) fn with_clock(self, clock: Clock) -> Self {
        Self { clock, ..self }
    }

    /// Returns the store of this type, by its id.
    pub(crate) fn store_of(&self, type_id: TypeId) -> Option<Arc<dyn Any + Send + Sync>> {
        self.stores.of(type_id).cloned()
    }
}

impl fmt::Debug for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (stores, services) = (self.stores.len(), self.services.len());
        f.debug_struct("State").field("stores", &stores).field("services", &services).finish()
    }
}
