//! The sources of identity of an app: whether there is one of each kind, and whether who may call an operation can.

use std::sync::Arc;

use super::{
    AppBuilder, apart,
    callable::{callable, unguarded, without_source},
    readers::unreadable,
    units::without_unit,
};
use crate::{
    dpop::{Nonces, Proofs},
    error::StartProblem,
    identity::{AnySource, Bearer, Credential, DPOP, Kind, Own, Place, Register, Sources},
    inventory::ApiModel,
    ledger::AppLedger,
    route::{ArgumentInfo, Route},
    secret::AppSecret,
    session::{Keeper, Session, SessionSource},
    token::{Issuer, Verifier},
};

/// Checks the sources of identity, and registers what can be revoked: a handler that logs somebody out takes it.
pub(super) fn sources(
    builder: &mut AppBuilder,
    model: &ApiModel,
    ledger: AppLedger,
    secret: &AppSecret,
) -> Sources {
    let clock = builder.settings.clock.clone();
    let mut sources = Sources::new(ledger.clone());
    let mut issuers = std::mem::take(&mut builder.issuers);
    let told = builder.problems.len();
    issuers.extend(sign_in(builder, &ledger));
    sessions(builder, ledger.clone());
    let own = std::mem::take(&mut builder.sources);
    // Kinds of sources that are not sound are not missing besides.
    let bearer = (!issuers.is_empty() || builder.sign_in.is_some()).then_some(Bearer::KIND);
    let bound = builder.dpop.as_ref().map(|_| DPOP);
    let tokens = bearer.into_iter().chain(bound);
    let kinds: Vec<Kind> = tokens.chain(own.iter().map(|(kind, _)| *kind)).collect();
    if kinds.is_empty() {
        unguarded(builder, model);
    }
    if builder.settings.base_url.is_none()
        && kinds.iter().any(|kind| matches!(kind.place(), Place::Cookie(_)))
    {
        builder.problems.push(StartProblem {
            code: "SA138",
            text: "the app knows callers by a cookie, and does not say which origin its own pages have"
                .to_owned(),
            help: "add `.base_url(\"https://shop.example\")`, the URL that browsers find the app at",
        });
    }
    builder.problems.extend(unreadable(builder, &kinds));
    let tenants = model.tenants
        || !own.is_empty()
        || issuers.iter().any(|issuer| issuer.tenant_claim.is_some());
    builder.problems.extend(without_unit(builder.api, &kinds, tenants));
    unproved(builder, issuers.is_empty());
    if !issuers.is_empty() {
        let make = if model.tenants { Verifier::with_tenants } else { Verifier::new };
        match make(issuers, builder.api.roles, clock.clone()) {
            // These are the first, and taken for no others.
            Ok(verifier) => {
                let verifier = Arc::new(verifier);
                _ = sources.add(Bearer::KIND, Box::new(Arc::clone(&verifier)));
                if let Some(proofs) = proofs(builder, verifier, ledger, secret) {
                    _ = sources.add(DPOP, Box::new(proofs));
                }
            }
            Err(problems) => builder.problems.extend(problems),
        }
    }
    for (kind, make) in own {
        if let Some(mistake) = kind.mistake().or_else(|| apart::taken(builder.api, &kind)) {
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
                help: "give the app one source of each kind, each with a name and a place of its own, as \
                       `Kind::query(\"OldKey\", \"key\", \"…\")` beside an `ApiKey`; several issuers of tokens are one, by \
                       `.tokens(…)` for each",
            });
        }
    }
    if let Some(standing) = builder.standing.take() {
        builder.problems.extend(standing.problem());
        sources.ask(Register::new(standing, builder.api.roles, clock));
    }
    builder.state.add_argument(sources.revocations().clone());
    repeated(builder);
    without_source(builder, &kinds);
    if builder.problems.len() == told {
        callable(builder, &sources);
    }
    sources
}

/// Returns the source of tokens that are bound to a key, where the app takes them.
fn proofs(
    builder: &mut AppBuilder,
    verifier: Arc<Verifier>,
    ledger: AppLedger,
    secret: &AppSecret,
) -> Option<Proofs> {
    let (dpop, clock) = (builder.dpop.as_ref()?, builder.settings.clock.clone());
    builder.nonces = dpop.nonces.then(|| Arc::new(Nonces::new(secret, clock.clone())));
    Some(Proofs::new(verifier, dpop, builder.nonces.clone(), ledger, clock))
}

/// Checks that proofs have what they are held against: tokens, the URL of the app, a time that they are good for.
fn unproved(builder: &mut AppBuilder, no_issuer: bool) {
    let Some(dpop) = &builder.dpop else { return };
    let no_url = builder.settings.base_url.is_none();
    let no_url = no_url.then(|| StartProblem {
        code: "SA180",
        text: "the app takes proofs of its URL, and does not say at which it is found".to_owned(),
        help: "add `.base_url(\"https://…\")`, as callers write it: a proof is for one URL",
    });
    let no_tokens = no_issuer.then(|| StartProblem {
        code: "SA182",
        text: "the app takes proofs of the keys of tokens, and accepts no issuer's tokens"
            .to_owned(),
        help: "add an issuer to the app: `.tokens(Issuer::new(…))` before `.build()`",
    });
    builder.problems.extend(no_url.into_iter().chain(dpop.mistake()).chain(no_tokens));
}

/// Adds the source of sessions, and checks what they need: an origin that pages of the app's own have, and routes that can have
/// them.
fn sessions(builder: &mut AppBuilder, ledger: AppLedger) {
    let takes = |route: &&Route, wanted: fn(&ArgumentInfo) -> bool| {
        route.arguments.iter().any(|describe| wanted(&describe()))
    };
    let sets = |argument: &ArgumentInfo| matches!(argument, ArgumentInfo::Sessions);
    let lists = |argument: &ArgumentInfo| matches!(argument, ArgumentInfo::OpenSessions);
    let mut routes = builder.api.routes();
    let Some(settings) = builder.sessions.take() else {
        if let Some(route) = routes.find(|route| takes(route, sets) || takes(route, lists)) {
            builder.problems.push(StartProblem {
                code: "SA139",
                text: format!("`{}` takes sessions, and the app has none", route.name),
                help: "add them to the app: `.sessions(SessionSettings::new())` before `.build()`",
            });
        }
        return;
    };
    let repeated = routes.find(|route| takes(route, sets) && route.flow.idempotency_key);
    let repeated = repeated.map(|route| StartProblem {
        code: "SA140",
        text: format!(
            "`{}` takes `Sessions` and an `Idempotency-Key`, and no session is answered twice",
            route.name
        ),
        help: "remove `idempotency_key` from the route: to begin a session again is to begin another",
    });
    builder.problems.extend(settings.problem().into_iter().chain(repeated));
    let clock = builder.settings.clock.clone();
    let keeper = Arc::new(Keeper::new(ledger, settings, clock));
    builder.state.share_service(Arc::clone(&keeper));
    let (roles, tenants) = (builder.api.roles, builder.api.tenants);
    let (source, kind) = (SessionSource(keeper), Session::KIND);
    let make = move |clock| -> Box<dyn AnySource> {
        Box::new(Own { source, kind, roles, tenants, clock })
    };
    builder.sources.push((kind, Box::new(make)));
}

/// Checks that no answer with a secret that was made just now is kept for whoever repeats its request. Of codes there is none in
/// an answer: they are sent another way.
fn repeated(builder: &mut AppBuilder) {
    let gives = |describe: &fn() -> ArgumentInfo| match describe() {
        ArgumentInfo::Tokens => Some("Tokens"),
        ArgumentInfo::ApiKeys(..) => Some("ApiKeys"),
        _ => None,
    };
    for route in builder.api.routes().filter(|route| route.flow.idempotency_key) {
        if let Some(argument) = route.arguments.iter().find_map(gives) {
            builder.problems.push(StartProblem {
                code: "SA129",
                text: format!(
                    "`{}` takes `{argument}` and an `Idempotency-Key`, and no secret is answered twice",
                    route.name
                ),
                help: "remove `idempotency_key` from the route: whoever lost the answer asks for another secret",
            });
        }
    }
}

/// Sets up the signing in of the app's own users, and registers what handlers do it with. Returns the app as the issuer of
/// their tokens.
fn sign_in(builder: &mut AppBuilder, ledger: &AppLedger) -> Option<Issuer> {
    let base_url = builder.settings.base_url.as_ref().map(ToString::to_string);
    let told = (&builder.settings.clock, &builder.settings.audited);
    let problems = &mut builder.problems;
    let set_up = builder.sign_in.as_mut()?.set_up(base_url, ledger, told, problems)?;
    builder.state.add_argument(set_up.tokens);
    builder.state.add_argument(set_up.passwords);
    builder.state.add_argument(set_up.codes);
    builder.own_keys = Some(set_up.keys);
    Some(set_up.issuer)
}
