//! What only start-up can see: that everything the routes take is there.

use std::sync::Arc;

use super::AppBuilder;
use crate::{
    error::StartProblem,
    route::{Access, ArgumentInfo},
    token::Verifier,
};

/// Adds what is missing to the builder's problems. Gives the verifier, if there are issuers and they are sound.
pub(super) fn verify(builder: &mut AppBuilder) -> Option<Arc<Verifier>> {
    let mut missing = Vec::new();
    let mut guarded = None;
    for route in builder.api.routes() {
        if let Access::Roles(_) = route.access {
            guarded.get_or_insert(route.name);
        }
        for describe in route.arguments {
            let (kind, type_id, name) = match describe() {
                ArgumentInfo::Object { store: (type_id, name), .. }
                | ArgumentInfo::Store(type_id, name) => ("store", type_id, name),
                ArgumentInfo::Service(type_id, name) => ("service", type_id, name),
                ArgumentInfo::Unowned { .. }
                | ArgumentInfo::Query(_)
                | ArgumentInfo::Body(_)
                | ArgumentInfo::Caller
                | ArgumentInfo::Context => continue,
            };
            if !builder.state.has(type_id) && !missing.contains(&type_id) {
                missing.push(type_id);
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
    let issuers = std::mem::take(&mut builder.issuers);
    if issuers.is_empty() {
        if let Some(route) = guarded {
            builder.problems.push(StartProblem {
                code: "SA149",
                text: format!("`{route}` asks for a role, and no issuer's tokens are accepted"),
                help: "add an issuer to the app: `.tokens(Issuer::new(…))` before `.build()`",
            });
        }
        return None;
    }
    match Verifier::new(issuers, builder.api.roles, builder.settings.clock.clone()) {
        Ok(verifier) => Some(Arc::new(verifier)),
        Err(problems) => {
            builder.problems.extend(problems);
            None
        }
    }
}
