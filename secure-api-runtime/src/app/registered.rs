//! The stores and services that the routes take, and the tenants of the objects that their inputs and answers hold. They
//! are found by types, which a model does not have, so the routes are asked themselves.

use std::{any::TypeId, mem};

use super::AppBuilder;
use crate::{
    error::{StartError, StartProblem},
    input::Referred,
    object::Store,
    route::{Apart, ArgumentInfo, Route},
    sign_in::{Codes, Passwords, Tokens},
};

impl AppBuilder {
    /// Registers a store that objects are loaded from, at most one of each type.
    #[must_use]
    pub fn store<S: Store>(mut self, store: S) -> Self {
        let new = self.state.add_store(store);
        self.registered::<S>(new)
    }

    /// Registers a collaborator that handlers take as `Service<T>`: at most one of each type, and none that is a store,
    /// since a service is handed out whole to any handler.
    #[must_use]
    pub fn service<T: Send + Sync + 'static>(mut self, service: T) -> Self {
        let new = self.state.add_service(service);
        self.registered::<T>(new)
    }

    /// Registers a service as [`service`](Self::service) does, or what keeps it from being made: that is told when the app is built,
    /// with all else that is wrong.
    ///
    /// ```
    /// use secure_api::{app::AppBuilder, config::Config};
    ///
    /// #[derive(serde::Deserialize)]
    /// struct Own {
    ///     greeting: String,
    /// }
    ///
    /// fn with_own(shop: AppBuilder, config: &Config) -> AppBuilder {
    ///     shop.try_service(config.app::<Own>()).config(config.clone())
    /// }
    /// ```
    #[must_use]
    pub fn try_service<T: Send + Sync + 'static>(
        mut self,
        service: Result<T, impl Into<StartError>>,
    ) -> Self {
        match service.map_err(Into::into) {
            Ok(service) => self.service(service),
            Err(StartError(problems)) => {
                self.problems.extend(problems);
                self.unmade.push(TypeId::of::<T>());
                self
            }
        }
    }

    pub(super) fn registered<T>(mut self, new: bool) -> Self {
        if !new {
            self.problems.push(StartProblem {
                code: "SA010",
                text: format!("two of {} were registered", std::any::type_name::<T>()),
                help: "register one of each type; wrap the other in a newtype",
            });
        }
        self
    }
}

/// Adds those that nobody registered to the builder's problems.
pub(super) fn registered(builder: &mut AppBuilder) {
    // What keeps these from being there has been told.
    let mut missing = mem::take(&mut builder.unmade);
    // These come with signing in, whose faults have been told.
    if builder.sign_in.is_some() {
        missing.extend(SIGN_IN.iter().map(|argument| argument()));
    }
    taken(builder, &mut missing);
    references(builder, &mut missing);
    shown(builder);
}

/// The arguments that come with signing in.
const SIGN_IN: [fn() -> TypeId; 3] =
    [TypeId::of::<Apart<Codes>>, TypeId::of::<Apart<Passwords>>, TypeId::of::<Apart<Tokens>>];

const UNTENANTED: &str = "write `const TENANT: Option<fn(&Self) -> &str> = Some(|object| &object.tenant);` in its \
                          `impl Object`, or on the route why it is shared: `allow(untenanted, reason = \"…\")`";

/// Checks that the stores and services which the arguments of handlers name are registered.
fn taken(builder: &mut AppBuilder, missing: &mut Vec<TypeId>) {
    for route in builder.api.routes() {
        for describe in route.arguments {
            let (kind, there, type_id, name) = match describe() {
                ArgumentInfo::Object { store: (type_id, name), .. }
                | ArgumentInfo::Unchecked { store: (type_id, name), .. }
                | ArgumentInfo::Store(type_id, name) => {
                    ("store", builder.state.has_store(type_id), type_id, name)
                }
                #[cfg(feature = "client")]
                ArgumentInfo::Webhook(type_id, name) => {
                    ("service", builder.state.has_service(type_id), type_id, name)
                }
                ArgumentInfo::Service(type_id, name) => {
                    ("service", builder.state.has_service(type_id), type_id, name)
                }
                ArgumentInfo::ApiKeys(type_id, name) | ArgumentInfo::ApiKeyList(type_id, name) => {
                    ("API keys", builder.state.has_service(type_id), type_id, name)
                }
                #[cfg(feature = "client")]
                ArgumentInfo::Upstream(type_id, name) => {
                    ("client", builder.state.has_service(type_id), type_id, name)
                }
                ArgumentInfo::Tokens => {
                    let (type_id, name) = (TypeId::of::<Apart<Tokens>>(), "Tokens");
                    ("service", builder.state.has_service(type_id), type_id, name)
                }
                ArgumentInfo::Unowned { .. }
                | ArgumentInfo::Query(_)
                | ArgumentInfo::Headers(_)
                | ArgumentInfo::Cookies(_)
                | ArgumentInfo::Paging
                | ArgumentInfo::Body { .. }
                | ArgumentInfo::RawBody(_)
                | ArgumentInfo::Caller
                | ArgumentInfo::Context
                | ArgumentInfo::Sessions
                | ArgumentInfo::OpenSessions
                | ArgumentInfo::Extractor(_)
                | ArgumentInfo::BodyExtractor(_) => continue,
            };
            if !there {
                report(builder, route, kind, (type_id, name), missing);
            }
        }
    }
}

/// Checks that the objects which leave inside of answers are of a tenant, at whatever depth. Of the answer itself the
/// compiler has; what is inside may contain itself, which no constant can be made of.
fn shown(builder: &mut AppBuilder) {
    if !builder.api.tenants {
        return;
    }
    for route in builder.api.routes().filter(|route| !route.allows("untenanted")) {
        let mut told = Vec::new();
        for view in route.views.iter().flat_map(|used| used.view.at_any_depth()) {
            if view.untenanted && !told.contains(&view.resource) {
                told.push(view.resource);
                builder.problems.push(StartProblem {
                    code: "SA124",
                    text: format!(
                        "`{}` shows {} inside of its answer, and nothing says whose tenant's it is",
                        route.name, view.resource
                    ),
                    help: UNTENANTED,
                });
            }
        }
    }
}

/// Reports a store or service that is not there: each once, whatever takes it.
fn report(
    builder: &mut AppBuilder,
    route: &Route,
    kind: &str,
    (type_id, name): (TypeId, &str),
    missing: &mut Vec<TypeId>,
) {
    if missing.contains(&type_id) {
        return;
    }
    missing.push(type_id);
    let problem = if kind == "store" && builder.state.has_service(type_id) {
        StartProblem {
            code: "SA209",
            text: format!(
                "`{}` takes the store {name}, which was registered as a service",
                route.name
            ),
            help: "register it by `.store(…)` and not by `.service(…)`",
        }
    } else if SIGN_IN.iter().any(|argument| argument() == type_id) {
        let short = name.rsplit("::").next().unwrap_or(name);
        StartProblem {
            code: "SA133",
            text: format!("`{}` takes `{short}`, and the app signs nobody in", route.name),
            help: "add `.sign_in(SignIn::new(\"…\"))` to the app, with its name in the tokens that it issues",
        }
    } else {
        StartProblem {
            code: "SA011",
            text: format!("`{}` takes the {kind} {name}, and none was registered", route.name),
            help: "add it to the app: `.store(…)`, `.service(…)`, `.upstream(…)` or `.api_keys(…)` before `.build()`",
        }
    };
    builder.problems.push(problem);
}

/// Checks the objects that inputs refer to, at whatever depth: their stores and their tenants.
fn references(builder: &mut AppBuilder, missing: &mut Vec<TypeId>) {
    for route in builder.api.routes() {
        let referred = route.facts.iter().flat_map(|(_, facts)| facts.reads.referred());
        for Referred { name, store, tenanted, .. } in referred {
            let ((type_id, store), name) = (store(), name());
            if !builder.state.has_store(type_id) {
                report(builder, route, "store", (type_id, store), missing);
            }
            if builder.api.tenants && !tenanted && !route.allows("untenanted") {
                builder.problems.push(StartProblem {
                    code: "SA124",
                    text: format!(
                        "`{}` refers to {name}, and nothing says whose tenant's it is",
                        route.name
                    ),
                    help: UNTENANTED,
                });
            }
        }
    }
}
