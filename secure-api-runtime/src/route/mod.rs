//! One operation, as the macros describe it and the runtime runs it.
//!
//! A [`Route`] is a constant: everything about the operation that is known when it is compiled. It rides
//! inside the matched route, so nothing is looked up again while a request is handled.

use std::{any::TypeId, fmt, future::Future, pin::Pin, time::Duration};

use axum::response::Response;

use crate::{
    error::{Problem, ProblemType, problem},
    flow::{Flow, OperationName},
    input::{Leaf, Media, Reads, room_for},
    limit::{Limit, LimitUse},
    object::Object,
    role::{RoleSet, RoleTable},
    shape::{ObjectShape, Shape},
    verb::Verb,
    version::{VersionRange, VersionTable},
    view::ViewInfo,
};

mod answer;
mod argument;
mod check;
mod context;
mod defaults;
mod etag;
mod extractor;
mod group;
mod options;
mod order;
mod precondition;
mod whole;

pub use answer::{
    Accepted, AcceptedAt, Answer, AnswerInfo, Answered, Arm, Content, Created, Form, NoContent,
    NoView, Nothing, Outcome, Performed, Place, Probe, Proven, Reply, Shown, Unproven, handled,
};
pub use argument::{Argument, NamedInPath, PathArgument, RequestContext, Resolving, Service};
pub use check::{
    check_allowed, check_argument, check_arm, check_body, check_body_limit, check_credential,
    check_if_match, check_instead, check_limit_arm, check_result, check_scopes, check_timeout,
    check_versions,
};
pub use context::{Context, State};
pub use defaults::{
    Defaults, Inherited, Module, Says, SaysNothing, check_caller, check_module_versions,
    check_stated, defaults_of,
};
pub use extractor::{BodyExtractor, Extractor};
pub use group::{count, joined};
pub use options::{Allowed, Deprecated, RouteOptions};
pub use order::{check_after, check_within};
pub use precondition::{NotShown, ShownAs, if_match};
pub use whole::check_api;

/// What runs a route: decodes the arguments, calls the handler, projects its result.
pub type Handler = fn(Context) -> Pin<Box<dyn Future<Output = Result<Response, Problem>> + Send>>;

/// The operations of one name, as they are listed.
pub type Listed = &'static [&'static Route];

/// An operation with the views of what it shows.
pub type Showing<R> = (&'static Route, &'static [Arm<R>]);

/// One operation.
pub struct Route {
    /// The handler's name.
    pub name: &'static str,
    /// The handler's module, as `module_path!()` gives it.
    pub module: &'static str,
    /// Its verb.
    pub verb: Verb,
    /// Its path below the version, as `/orders/{order}`.
    pub path: &'static str,
    /// Its path with parameter names left out, as `/orders/{}`: two routes with the same are at one place.
    pub path_shape: &'static str,
    /// A hash of verb and [`path_shape`](Self::path_shape), so that the compiler compares numbers.
    pub path_key: u64,
    /// The names of the path's parameters, in order.
    pub parameters: &'static [&'static str],
    /// The first paragraph of the handler's doc comment.
    pub summary: &'static str,
    /// The rest of it.
    pub description: &'static str,
    /// The versions it is in.
    pub versions: VersionRange,
    /// Who may call it.
    pub access: Access,
    /// Its arguments and its result, as they are written, and what the compiler checks of each.
    pub facts: &'static [(&'static str, ArgumentFacts)],
    /// How often, to whom; none at all takes the API's.
    pub limits: &'static [LimitUse],
    /// What of this a module states for it.
    pub inherited: Inherited,
    /// What comes before it, and what a repeated request means.
    pub flow: Flow,
    /// Which view goes out, to whom.
    pub views: &'static [ViewUse],
    /// Whether a request has to name the state of the object that it is about, by `If-Match`.
    pub if_match: bool,
    /// What it states only where it needs to.
    pub options: RouteOptions,
    /// What the handler takes; first what fills the path's parameters, in the path's order.
    pub arguments: &'static [fn() -> ArgumentInfo],
    /// What the handler gives.
    pub answer: AnswerInfo,
    /// What runs it.
    pub handler: Handler,
}

impl fmt::Debug for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Route")
            .field("name", &self.name)
            .field("verb", &self.verb)
            .field("path", &self.path)
            .finish_non_exhaustive()
    }
}

/// Who may call an operation.
#[derive(Debug, Clone, Copy)]
pub enum Access {
    /// Whoever has one of these roles.
    Roles(RoleSet),
    /// Anybody, for the reason stated.
    Public(&'static str),
}

/// One arm of a route's `view`.
#[derive(Debug, Clone, Copy)]
pub struct ViewUse {
    /// Whom the arm is for; `None` is the rest of those the route admits.
    pub admits: Option<RoleSet>,
    /// What they see.
    pub view: &'static ViewInfo,
}

/// What the compiler checks of an argument.
#[derive(Debug, Clone, Copy)]
pub struct ArgumentFacts {
    /// Whether it needs to know who is calling.
    pub needs_caller: bool,
    /// The role enum it speaks of.
    pub roles: Option<&'static RoleTable>,
    /// Whether something says why the caller may name it: an owner's rule, or a reason in words.
    pub reasoned: bool,
    /// How it reads the fields of an input.
    pub reads: Reads,
    /// Whether it is read by an extractor that is not ours.
    pub extractor: bool,
    /// Whether it reads the request's body.
    pub takes_body: bool,
    /// What it has of an object, if it has one.
    pub object: Option<ObjectFacts>,
}

/// What the compiler checks of an object.
#[derive(Debug, Clone, Copy)]
pub struct ObjectFacts {
    /// Whether the path names it.
    pub in_path: bool,
    /// Whether it says whose tenant's it is.
    pub tenanted: bool,
}

impl ObjectFacts {
    pub(crate) const fn of<T: Object>(in_path: bool) -> Self {
        Self { in_path, tenanted: T::TENANT.is_some() }
    }
}

impl ArgumentFacts {
    /// Of an argument that is nobody's.
    pub const PLAIN: Self = Self {
        needs_caller: false,
        roles: None,
        reasoned: true,
        reads: Reads::Freely,
        extractor: false,
        takes_body: false,
        object: None,
    };
}

/// What one argument of a handler is.
#[derive(Debug, Clone)]
pub enum ArgumentInfo {
    /// The object behind a path parameter.
    Object {
        /// Its type's name.
        name: &'static str,
        /// The JSON form of its key.
        key: Shape,
        /// The store it is loaded from, by type and name.
        store: (TypeId, &'static str),
    },
    /// A path parameter that names nothing owned, and why.
    Unowned {
        /// Its JSON form.
        key: Shape,
        /// The reason stated.
        reason: &'static str,
    },
    /// The query parameters.
    Query(ObjectShape),
    /// Which page of a list: `size` and `cursor`.
    Paging,
    /// The body, and how it is written.
    Body(ObjectShape, Media),
    /// A store, by type and name.
    Store(TypeId, &'static str),
    /// A collaborator, by type and name.
    Service(TypeId, &'static str),
    /// The caller, or what the caller may list.
    Caller,
    /// What is known of the request itself.
    Context,
    /// An extractor of axum's, by name.
    Extractor(&'static str),
    /// An extractor of axum's that reads the body, by name.
    BodyExtractor(&'static str),
}

/// A handler as a type: what its name resolves to among types.
#[diagnostic::on_unimplemented(
    message = "SA018: `{Self}` is not a route",
    label = "no verb, path and policy are declared by this",
    note = "name a handler with `#[get]`, `#[post]`, `#[put]`, `#[patch]` or `#[delete]` above it"
)]
pub trait Endpoint {
    /// What fills the path's parameters: nothing, one key, or a tuple of keys. That each is one is asked of the
    /// arguments, once, and where an address is made of it.
    type Key;

    /// What it is called. It depends on nothing else of the operation, so that operations can name each other.
    const NAME: OperationName;

    /// The operation, described; what runs it is known where it is listed.
    const ROUTE: &'static Route;

    /// The operation as a step that others come after; none where its declaration has mistakes.
    const STEP: Option<&'static Route> = Some(Self::ROUTE);
}

/// What stands in a description for what runs the operation: it refuses.
pub fn unlisted(_: Context) -> Pin<Box<dyn Future<Output = Result<Response, Problem>> + Send>> {
    let problem = Problem::new(&problem::INTERNAL).because("the route is in no list");
    Box::pin(std::future::ready(Err(problem)))
}

/// In scope where routes are listed. A handler has a constant of this name of its own, which wins over this one; of any
/// other type the compiler says what [`Endpoint`] says.
pub trait NotRoute {
    /// The operations of one name.
    const SA018_PUT_ROUTES_ABOVE_THE_MODULE: &'static [&'static Route];
}

impl<E: Endpoint> NotRoute for E {
    const SA018_PUT_ROUTES_ABOVE_THE_MODULE: &'static [&'static Route] = &[E::ROUTE];
}

/// What fills the parameters of a path.
pub trait PathKey {
    /// Each parameter's text, in order.
    fn segments(&self) -> Vec<String>;
}

impl PathKey for () {
    fn segments(&self) -> Vec<String> {
        Vec::new()
    }
}

impl<K: Leaf> PathKey for K {
    fn segments(&self) -> Vec<String> {
        vec![self.to_text()]
    }
}

macro_rules! keys {
    ($($key:ident $place:tt),*) => {
        impl<$($key: Leaf),*> PathKey for ($($key,)*) {
            fn segments(&self) -> Vec<String> {
                vec![$(self.$place.to_text()),*]
            }
        }
    };
}

keys!(A 0, B 1);
keys!(A 0, B 1, C 2);
keys!(A 0, B 1, C 2, D 3);
keys!(A 0, B 1, C 2, D 3, E 4);
keys!(A 0, B 1, C 2, D 3, E 4, F 5);
keys!(A 0, B 1, C 2, D 3, E 4, F 5, G 6);
keys!(A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7);

/// A whole API, made by `#[api]`.
#[derive(Debug)]
pub struct Api {
    /// Its name: the struct's.
    pub name: &'static str,
    /// What it is, from its doc comment.
    pub description: &'static str,
    /// Its roles.
    pub roles: &'static RoleTable,
    /// Its versions.
    pub versions: &'static VersionTable,
    /// How often an operation may be called that does not say so itself.
    pub limits: &'static [Limit],
    /// Whether each caller is of a tenant, and each object of a tenant or shared for a reason.
    pub tenants: bool,
    /// Rules about the whole API that it is excepted from.
    pub allowed: &'static [Allowed],
    /// Its operations, in groups as they were listed.
    pub routes: &'static [&'static [&'static Route]],
}

impl Api {
    /// All operations, in the order in which they were listed.
    pub fn routes(&self) -> impl Iterator<Item = &'static Route> {
        self.routes.iter().flat_map(|group| group.iter().copied())
    }

    /// How long it counts at most that a caller did this operation; `None` if nothing comes after it.
    pub fn precedes(&self, route: &Route) -> Option<Duration> {
        let afters = self.routes().filter_map(|later| later.flow.after);
        afters.filter(|after| after.step == route.step()).map(|after| after.within).max()
    }

    /// The operations of the version at this place of the table.
    pub fn routes_in(&self, version: usize) -> impl Iterator<Item = &'static Route> {
        self.routes().filter(move |route| route.versions.contains(version))
    }
}

impl Route {
    /// What nothing was stated of: in no version, for nobody.
    pub const UNSTATED: Self = Self {
        name: "",
        module: "",
        verb: Verb::Get,
        path: "",
        path_shape: "",
        path_key: 0,
        parameters: &[],
        summary: "",
        description: "",
        versions: VersionRange::NONE,
        access: Access::Roles(RoleSet::NOBODY),
        facts: &[],
        limits: &[],
        inherited: Inherited::NOTHING,
        flow: Flow::NONE,
        views: &[],
        if_match: false,
        options: RouteOptions::NONE,
        arguments: &[],
        answer: AnswerInfo::RESOURCE,
        handler: unlisted,
    };

    /// What it is called as a step.
    pub const fn step(&self) -> OperationName {
        OperationName { module: self.module, name: self.name, parameters: self.parameters.len() }
    }

    /// The limits in force, inherited ones included.
    pub fn limits_in(&self, api: &Api) -> Vec<LimitUse> {
        if self.limits.is_empty() { vec![LimitUse::rest(api.limits)] } else { self.limits.to_vec() }
    }

    /// The view a caller with these roles gets; `None` where nothing is shown.
    pub fn view_for(&self, roles: u128) -> Option<&'static ViewInfo> {
        let fits = |view: &&ViewUse| view.admits.is_none_or(|admitted| admitted.admits(roles));
        self.views.iter().find(fits).map(|view| view.view)
    }

    /// The most bytes of a body, where it is not what the app says: what the route states, or what the fields of an
    /// upload may have together.
    pub fn body_limit(&self) -> Option<usize> {
        let upload = || {
            self.arguments.iter().find_map(|describe| match describe() {
                ArgumentInfo::Body(object, Media::Multipart) => Some(room_for(&object)),
                _ => None,
            })
        };
        self.options.body_limit.or_else(upload)
    }

    /// Whether a caller may ask for some of the view's fields only, by `?fields=`.
    pub fn offers_fields(&self) -> bool {
        self.verb.is_safe() && !self.views.is_empty()
    }

    /// The problem types that the handler itself can answer with.
    pub fn problems(&self) -> Vec<&'static ProblemType> {
        let mut problems = (self.answer.problems)();
        let own = self.answer.own_problems.iter().copied();
        problems.extend(
            own.filter(|own| !problems.iter().any(|other| std::ptr::eq(*other, *own)))
                .collect::<Vec<_>>(),
        );
        problems
    }
}
