//! The operations of an app by the credentials that they admit: whether somebody can have these.

use super::AppBuilder;
use crate::{
    error::StartProblem,
    flow::OperationName,
    identity::{Kind, Sources},
    inventory::{AccessModel, ApiModel, ByModel, Operation},
};

/// Checks that no operation asks for a role where there is no source at all. One that states its credentials is told apart.
pub(super) fn unguarded(builder: &mut AppBuilder, model: &ApiModel) {
    let guarded = |operation: &&Operation| {
        matches!(operation.access, AccessModel::Roles(_)) && operation.by == ByModel::Unstated
    };
    if let Some(operation) = model.operations.iter().find(guarded) {
        builder.problems.push(StartProblem {
            code: "SA149",
            text: format!(
                "`{}` asks for a role, and the app takes no credentials that it admits",
                operation.name
            ),
            help: "add them before `.build()`: `.tokens(Issuer::new(…))`, `.sessions(…)`, `.api_keys(…)` or `.source(…)`",
        });
    }
}

/// Checks that credentials which are demanded together can come together, and that whoever may call an operation may call the
/// ones that it needs before it.
pub(super) fn callable(builder: &mut AppBuilder, sources: &Sources) {
    let api = builder.api;
    for route in api.routes() {
        let sets = api.by(route).sets().unwrap_or_default();
        let apart = sets.iter().find_map(|kinds| {
            kinds.iter().enumerate().find_map(|(place, kind)| {
                let other = kinds[..place].iter().find(|other| !other.goes_with(kind))?;
                Some((kind, other))
            })
        });
        if let Some((kind, other)) = apart {
            builder.problems.push(StartProblem {
                code: "SA166",
                text: format!(
                    "`{}` demands credentials of the kinds `{}` and `{}`, which stand in one header",
                    route.name,
                    other.name(),
                    kind.name()
                ),
                help: "demand one of the two, or send one in a header of its own",
            });
        }
        let shows = route.links.iter().find(|link| link.by == "if_match").map(|link| link.to);
        let step = route.flow.after.map(|after| after.step);
        let named = |name: OperationName| api.routes().find(move |other| other.step().is(name));
        for needed in shows.into_iter().chain(step).filter_map(named) {
            let admits = |by| sources.admits(by, false);
            if !admits(api.by(route)).within(&admits(api.by(needed))) {
                builder.problems.push(StartProblem {
                    code: "SA167",
                    text: format!(
                        "`{}` needs a call of `{}` before it, which does not admit all its credentials",
                        route.name, needed.name
                    ),
                    help: "state the same `by` on both",
                });
            }
        }
    }
}

/// Checks that there is a source of each kind of credentials that operations are called by. Each kind is told once.
pub(super) fn without_source(builder: &mut AppBuilder, kinds: &[Kind]) {
    let mut told: Vec<Kind> = Vec::new();
    for route in builder.api.routes() {
        for kind in builder.api.by(route).kinds() {
            if kinds.iter().chain(&told).any(|known| known.is(kind)) {
                continue;
            }
            told.push(*kind);
            builder.problems.push(StartProblem {
                code: "SA165",
                text: format!(
                    "`{}` is called by credentials of the kind `{}`, and the app has no source of them",
                    route.name,
                    kind.name()
                ),
                help: "add the source to the app: `.tokens(…)` or `.sign_in(…)` for access tokens, `.dpop(…)` for those with a proof, `.api_keys(…)`, `.sessions(…)`, `.source(…)` for certificates and a kind of your own",
            });
        }
    }
}
