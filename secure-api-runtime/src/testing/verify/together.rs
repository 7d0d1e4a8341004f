//! Kinds of credentials: those that a route does not admit, two at once, and those that it demands together.

use super::{
    Check,
    draft::{By, Fault, Persona, Target},
    world::World,
};
use crate::inventory::{AccessModel, CredentialModel};

pub(super) async fn check(world: &World, target: Target<'_>) {
    foreign(world, target).await;
    let sets = world.model.alternatives_of(target.operation);
    for kinds in sets.iter().filter(|kinds| kinds.len() > 1) {
        together(world, target, kinds).await;
    }
    several(world, target, &sets).await;
}

/// Sends good credentials of each kind that the app has and the route does not admit.
async fn foreign(world: &World, target: Target<'_>) {
    let operation = target.operation;
    let own = world.model.credentials_of(operation);
    let settings = world.model.settings.iter();
    let all = settings.flat_map(|settings| &settings.credentials);
    for kind in all.filter(|kind| !own.contains(kind)) {
        let is_public = matches!(operation.access, AccessModel::Public(_));
        // What a browser or a connection has anyway is passed over where nobody asks for it.
        if is_public && kind.is_ambient() {
            continue;
        }
        let persona = world.by_kind(operation, kind);
        let given = world.given.holders.iter().position(|(name, ..)| *name == kind.name);
        let persona = match given {
            _ if world.makes(kind) => persona,
            Some(place) => Persona { by: vec![kind.clone()], ..world.holder(place) },
            None => {
                let reason = format!(
                    "no credentials of the kind {0} are there: give some by `.holder(\"{0}\", …)`",
                    kind.name
                );
                world.untested(Check::Kinds, target, reason);
                continue;
            }
        };
        let reply = world.send(&world.rough(target), &By::caller(persona)).await;
        let why = format!("401 was expected of credentials of the kind {}", kind.name);
        world.judge(Check::Kinds, target, reply.status() == 401, (&why, &reply));
    }
}

/// Sends a good token and a good key at once, where each may open the route without the other: nobody could say who is calling.
async fn several(world: &World, target: Target<'_>, sets: &[Vec<CredentialModel>]) {
    let kinds = world.model.credentials_of(target.operation);
    let token = kinds.iter().find(|kind| (kind.is_bearer() || kind.is_dpop()) && world.makes(kind));
    let key = kinds.iter().find(|kind| kind.is_api_key() && world.makes(kind));
    let (Some(token), Some(key)) = (token, key) else { return };
    if sets.iter().any(|set| set.contains(token) && set.contains(key)) {
        return;
    }
    let by_key = world.by_kind(target.operation, key);
    let Some(coin) = world.coin(key, &by_key).await else { return };
    let draft = world.rough(target).carrying(key, coin.text);
    let by_token = world.by_kind(target.operation, token);
    let reply = world.send(&draft, &By::caller(by_token)).await;
    // What a browser has anyway says nothing beside a token.
    let (good, why) = match key.is_ambient() {
        true => (reply.status() != 401, "the token was expected to count beside a cookie"),
        false => (reply.status() == 400, "400 was expected of credentials of two kinds"),
    };
    world.judge(Check::Kinds, target, good, (why, &reply));
}

/// Leaves out one after the other of the kinds that are demanded together.
async fn together(world: &World, target: Target<'_>, kinds: &[CredentialModel]) {
    let has = |kind: &CredentialModel| world.makes(kind) || world.is_given(kind);
    if !kinds.iter().all(has) || !world.holds(target.operation) {
        world.untested(
            Check::Together,
            target,
            "not all of its kinds of credentials are there: give them by `.holder(…)`",
        );
        return;
    }
    let draft = world.rough(target);
    let caller = world.admitted(target.operation, &world.somebody());
    let caller = caller.map(|caller| Persona { by: kinds.to_vec(), ..caller });
    let all = world.send(&draft, &By::from(caller.clone())).await;
    let good = all.status() != 401;
    world.judge(Check::Together, target, good, ("all of them were expected to let in", &all));
    for kind in kinds {
        let Some(caller) = caller.clone() else { return };
        let alone = Persona { by: vec![kind.clone()], ..caller };
        let reply = world.send(&draft, &By::caller(alone)).await;
        let why = format!("401 was expected of {} alone", kind.name);
        world.judge(Check::Together, target, reply.status() == 401, (&why, &reply));
    }
    // On a public route a session that does not hold makes nobody of its browser.
    if matches!(target.operation.access, AccessModel::Public(_)) {
        return;
    }
    for kind in kinds {
        let faults = [
            (Fault::MadeUp, "credentials that nobody was given"),
            (Fault::Elsewhere, "credentials of another tenant"),
        ];
        for (fault, what) in faults {
            let Some(caller) = caller.clone() else { return };
            let apart = caller.tenant.is_some() && world.model.tenants && world.makes(kind);
            if fault == Fault::Elsewhere && !apart {
                continue;
            }
            let faulty = Persona { fault: Some((kind.clone(), fault)), ..caller };
            let reply = world.send(&draft, &By::caller(faulty)).await;
            let why = format!("401 was expected of {what} of the kind {}", kind.name);
            world.judge(Check::Together, target, reply.status() == 401, (&why, &reply));
        }
    }
}
