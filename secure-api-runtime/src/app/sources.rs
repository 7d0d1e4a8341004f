//! The sources of identity of an app: whether there is one of each kind, and whether who may call an operation can.

use super::AppBuilder;
use crate::{
    error::StartProblem,
    identity::{Bearer, By, Credential, Kind, Sources},
    inventory::{AccessModel, ApiModel, ByModel, Operation},
    ledger::AppLedger,
    route::Route,
    token::Verifier,
    verb::Verb,
};

/// Checks the sources of identity, and registers what can be revoked: a handler that logs somebody out takes it.
pub(super) fn sources(builder: &mut AppBuilder, model: &ApiModel, ledger: AppLedger) -> Sources {
    let clock = builder.settings.clock.clone();
    let mut sources = Sources::new(ledger.clone());
    let mut issuers = std::mem::take(&mut builder.issuers);
    let own = std::mem::take(&mut builder.sources);
    let told = builder.problems.len();
    let base_url = builder.settings.base_url.as_ref().map(ToString::to_string);
    if let Some(sign_in) = &mut builder.sign_in
        && let Some(set_up) = sign_in.set_up(base_url, &ledger, &clock, &mut builder.problems)
    {
        issuers.push(set_up.issuer);
        builder.state.add_service(set_up.tokens);
        builder.state.add_service(set_up.passwords);
        builder.state.add_service(set_up.codes);
        builder.own_keys = Some(set_up.keys);
    }
    // Kinds of sources that are not sound are not missing besides.
    let bearer = (!issuers.is_empty() || builder.sign_in.is_some()).then_some(Bearer::KIND);
    let kinds: Vec<Kind> = bearer.into_iter().chain(own.iter().map(|(kind, _)| *kind)).collect();
    if kinds.is_empty() {
        unguarded(builder, model);
    }
    if !issuers.is_empty() {
        let make = if model.tenants { Verifier::with_tenants } else { Verifier::new };
        match make(issuers, builder.api.roles, clock.clone()) {
            // The first is taken for no other.
            Ok(verifier) => _ = sources.add(Bearer::KIND, Box::new(verifier)),
            Err(problems) => builder.problems.extend(problems),
        }
    }
    for (kind, make) in own {
        if let Some(mistake) = kind.mistake() {
            builder.problems.push(StartProblem {
                code: "SA168",
                text: format!(
                    "`{}` is no kind of credentials that can be sent: {mistake}",
                    kind.name()
                ),
                help: "name it and a header of its own, as `Kind::header(\"Badge\", \"x-badge\")`",
            });
        } else if let Err(other) = sources.add(kind, make(clock.clone())) {
            builder.problems.push(StartProblem {
                code: "SA164",
                text: format!(
                    "credentials of the kind `{}` cannot be told from those of the kind `{}`",
                    kind.name(),
                    other.name()
                ),
                help: "give the app one source of each kind, each with a name or a header of its own; several issuers of \
                       tokens are one, by `.tokens(…)` for each",
            });
        }
    }
    builder.state.add_service(sources.revocations().clone());
    without_source(builder, &kinds);
    if builder.problems.len() == told {
        callable(builder, &sources);
    }
    sources
}

/// Checks that no operation asks for a role where there is no source at all. One that states its credentials is told apart.
fn unguarded(builder: &mut AppBuilder, model: &ApiModel) {
    let guarded = |operation: &&Operation| {
        matches!(operation.access, AccessModel::Roles(_)) && operation.by == ByModel::Unstated
    };
    if let Some(operation) = model.operations.iter().find(guarded) {
        builder.problems.push(StartProblem {
            code: "SA149",
            text: format!(
                "`{}` asks for a role, and no issuer's tokens are accepted",
                operation.name
            ),
            help: "add an issuer to the app: `.tokens(Issuer::new(…))` before `.build()`",
        });
    }
}

/// Checks that credentials which are demanded together can come together, and that whoever may call an operation may call the
/// ones that it needs before it.
fn callable(builder: &mut AppBuilder, sources: &Sources) {
    let api = builder.api;
    for route in api.routes() {
        let by = api.by(route);
        let kinds = by.kinds();
        let apart = kinds.iter().enumerate().find_map(|(place, kind)| {
            let other = kinds[..place].iter().find(|other| !other.goes_with(kind))?;
            matches!(by, By::AllOf(_)).then_some((kind, other))
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
        let reads =
            |other: &&Route| other.verb == Verb::Get && other.path_shape == route.path_shape;
        let reader = api.routes().find(reads).filter(|_| route.if_match);
        let step = route.flow.after.map(|after| after.step);
        let before = step.and_then(|step| api.routes().find(|other| other.step().is(step)));
        for needed in reader.into_iter().chain(before) {
            if !sources.admits(by).within(&sources.admits(api.by(needed))) {
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
fn without_source(builder: &mut AppBuilder, kinds: &[Kind]) {
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
                help: "add the source to the app, `.tokens(…)` for access tokens and `.source(…)` for a kind of your own",
            });
        }
    }
}
