//! What only start-up can see: that everything the routes take is there.

use std::{any::TypeId, sync::Arc};

use super::{AppBuilder, tables::tables};
use crate::{
    error::StartProblem,
    input::{Media, Referred},
    object::{CURSOR, CursorKey, SHORTEST_SECRET, SIZE},
    route::{Access, ArgumentInfo, Route},
    shape::{ObjectShape, Shape},
    token::{Revocations, Verifier},
    view::FIELDS,
};

/// Adds what is wrong to the builder's problems. Gives the verifier, if there are issuers and they are sound.
pub(super) fn verify(builder: &mut AppBuilder) -> Option<Arc<Verifier>> {
    tables(builder);
    let verifier = tokens(builder);
    state(builder);
    references(builder);
    inputs(builder);
    cursors(builder);
    verifier
}

/// The issuers, and what they can revoke: a handler that logs somebody out takes `Service<Revocations>`.
fn tokens(builder: &mut AppBuilder) -> Option<Arc<Verifier>> {
    let issuers = std::mem::take(&mut builder.issuers);
    if issuers.is_empty() {
        let mut guarded =
            builder.api.routes().filter(|route| matches!(route.access, Access::Roles(_)));
        if let Some(route) = guarded.next() {
            builder.problems.push(StartProblem {
                code: "SA149",
                text: format!(
                    "`{}` asks for a role, and no issuer's tokens are accepted",
                    route.name
                ),
                help: "add an issuer to the app: `.tokens(Issuer::new(…))` before `.build()`",
            });
        }
        return None;
    }
    let make = if builder.api.tenants { Verifier::with_tenants } else { Verifier::new };
    match make(issuers, builder.api.roles, builder.settings.clock.clone()) {
        Ok(verifier) => {
            builder.state.add_service(verifier.revocations().clone());
            Some(Arc::new(verifier))
        }
        Err(problems) => {
            builder.problems.extend(problems);
            None
        }
    }
}

/// The stores and services that the routes take.
fn state(builder: &mut AppBuilder) {
    // These come with the issuers, the lack of which has been told.
    let mut missing = vec![TypeId::of::<Revocations>()];
    for route in builder.api.routes() {
        for describe in route.arguments {
            let (kind, there, type_id, name) = match describe() {
                ArgumentInfo::Object { store: (type_id, name), .. }
                | ArgumentInfo::Unchecked { store: (type_id, name), .. }
                | ArgumentInfo::Store(type_id, name) => {
                    ("store", builder.state.has_store(type_id), type_id, name)
                }
                ArgumentInfo::Service(type_id, name) => {
                    ("service", builder.state.has_service(type_id), type_id, name)
                }
                ArgumentInfo::Unowned { .. }
                | ArgumentInfo::Query(_)
                | ArgumentInfo::Paging
                | ArgumentInfo::Body(..)
                | ArgumentInfo::Caller
                | ArgumentInfo::Context
                | ArgumentInfo::Extractor(_)
                | ArgumentInfo::BodyExtractor(_) => continue,
            };
            if there || missing.contains(&type_id) {
                continue;
            }
            missing.push(type_id);
            if kind == "store" && builder.state.has_service(type_id) {
                builder.problems.push(StartProblem {
                    code: "SA209",
                    text: format!(
                        "`{}` takes the store {name}, which was registered as a service",
                        route.name
                    ),
                    help: "register it by `.store(…)` and not by `.service(…)`",
                });
            } else {
                builder.problems.push(StartProblem {
                    code: "SA011",
                    text: format!(
                        "`{}` takes the {kind} {name}, and none was registered",
                        route.name
                    ),
                    help: "add it to the app: `.store(…)` or `.service(…)` before `.build()`",
                });
            }
        }
    }
}

/// The objects that inputs refer to: their stores; and below the first level, where the compiler does not look, what it
/// asks of the first.
fn references(builder: &mut AppBuilder) {
    let mut missing = Vec::new();
    for route in builder.api.routes() {
        let referred = route.facts.iter().flat_map(|(_, facts)| facts.reads.referred());
        for Referred { name, store, roles, tenanted, .. } in referred {
            let ((type_id, store), name) = (store(), name());
            if !builder.state.has_store(type_id) && !missing.contains(&type_id) {
                missing.push(type_id);
                builder.problems.push(StartProblem {
                    code: "SA011",
                    text: format!(
                        "`{}` takes the store {store}, and none was registered",
                        route.name
                    ),
                    help: "add it to the app: `.store(…)` or `.service(…)` before `.build()`",
                });
            }
            if matches!(route.access, Access::Public(_)) {
                builder.problems.push(StartProblem {
                    code: "SA115",
                    text: format!(
                        "`{}` is public, and a reference to {name} needs to know who is calling",
                        route.name
                    ),
                    help: "state a role",
                });
            }
            if !roles.is(builder.api.roles) {
                builder.problems.push(StartProblem {
                    code: "SA114",
                    text: format!(
                        "`{}` refers to {name}, whose rule speaks of roles of {}, and the roles of {} are {}",
                        route.name, roles.type_name, builder.api.name, builder.api.roles.type_name
                    ),
                    help: "use one role enum",
                });
            }
            if builder.api.tenants && !tenanted && !route.allows("untenanted") {
                builder.problems.push(StartProblem {
                    code: "SA124",
                    text: format!(
                        "`{}` refers to {name}, and nothing says whose tenant's it is",
                        route.name
                    ),
                    help: "write `const TENANT: Option<fn(&Self) -> &str> = Some(|object| &object.tenant);` in its \
                           `impl Object`, or on the route why it is shared: `allow(untenanted, reason = \"…\")`",
                });
            }
        }
    }
}

/// What the routes read, as far as the compiler was not asked.
fn inputs(builder: &mut AppBuilder) {
    for route in builder.api.routes() {
        let mut setters = route.facts.iter().flat_map(|(_, facts)| facts.reads.setters());
        if matches!(route.access, Access::Public(_))
            && let Some((name, _)) = setters.next()
        {
            builder.problems.push(StartProblem {
                code: "SA115",
                text: format!(
                    "`{}` is public, and whether `{name}` may be set needs to know who is calling",
                    route.name
                ),
                help: "state a role",
            });
        }
        for describe in route.arguments {
            let info = describe();
            if let ArgumentInfo::Query(object) | ArgumentInfo::Body(object, Media::Form) = &info {
                flat(route.name, object, &mut builder.problems);
            }
        }
    }
}

/// A query string and a form have one level. The compiler asks this of each route already; a route that was put
/// together without its macro is asked here.
fn flat(route: &str, object: &ObjectShape, problems: &mut Vec<StartProblem>) {
    for field in (object.fields)() {
        let shape = match &field.shape {
            Shape::Nullable(shape) | Shape::Ruled(shape, _) => shape,
            shape => shape,
        };
        if matches!(
            shape,
            Shape::List { .. } | Shape::Map { .. } | Shape::Object(_) | Shape::Union(_)
        ) {
            problems.push(StartProblem {
                code: "SA512",
                text: format!(
                    "`{}` of `{route}` cannot come from a query string or a form",
                    field.name
                ),
                help: "a parameter is one value: name a scalar, or take the input as `Json`",
            });
        }
    }
}

/// What cursors are sealed with, and that nobody else reads the parameters that say which page.
fn cursors(builder: &mut AppBuilder) {
    for route in builder.api.routes() {
        for name in taken_twice(route) {
            builder.problems.push(StartProblem {
                code: "SA717",
                text: format!("`{}` has a query parameter `{name}` of its own", route.name),
                help: "rename the field of the input: the framework reads `fields` on a GET that shows a view, and \
                       `size` and `cursor` where `Paging` is taken",
            });
        }
    }
    let key = match &builder.cursor_key {
        None => CursorKey::random(),
        Some(secret) if secret.expose().len() < SHORTEST_SECRET => {
            builder.problems.push(StartProblem {
                code: "SA718",
                text: "the key of cursors has fewer than 32 bytes".to_owned(),
                help: "give `.cursor_key(…)` 32 random bytes, the same on every machine",
            });
            None
        }
        Some(secret) => CursorKey::of(secret.expose()),
    };
    // Without a key, every list that has pages is an error of the server; nothing is sealed with a weak one.
    if let Some(key) = key {
        builder.state.add_service(key);
    }
}

/// The parameters that both the framework and the route's input would read.
fn taken_twice(route: &Route) -> Vec<&'static str> {
    let arguments: Vec<ArgumentInfo> = route.arguments.iter().map(|describe| describe()).collect();
    let pages = arguments.iter().any(|argument| matches!(argument, ArgumentInfo::Paging));
    let reads = |name: &str| match name {
        FIELDS => route.offers_fields(),
        SIZE | CURSOR => pages,
        _ => false,
    };
    let inputs = arguments.iter().filter_map(|argument| match argument {
        ArgumentInfo::Query(object) => Some((object.fields)()),
        _ => None,
    });
    inputs.flatten().map(|field| field.name).filter(|name| reads(name)).collect()
}
