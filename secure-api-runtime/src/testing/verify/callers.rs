//! Callers: the roles, scopes and authentication that a route asks for, each taken away.

use super::{
    Check,
    draft::{By, Persona, Target},
    world::World,
};
use crate::inventory::AccessModel;

pub(super) async fn check(world: &World, target: Target<'_>) {
    let operation = target.operation;
    if !world.takes(operation) {
        let reason = match world.holds(operation) {
            true => "its callers are given, with what they have",
            false => "no credentials of its kinds are there",
        };
        let guarded = matches!(operation.access, AccessModel::Roles(_));
        let asked = [
            (Check::Roles, true),
            (Check::Scopes, !operation.scopes.is_empty()),
            (Check::StepUp, operation.step_up.is_some()),
            (Check::Objects, operation.objects().next().is_some()),
            (Check::Views, !world.holds(operation) && !operation.views.is_empty()),
            (Check::Order, !world.holds(operation) && operation.after.is_some()),
            (Check::Idempotency, !world.holds(operation) && operation.idempotency_key),
            (Check::Conditions, !world.holds(operation) && operation.if_match),
        ];
        for (check, _) in asked.into_iter().filter(|(_, is_asked)| *is_asked && guarded) {
            world.untested(check, target, reason);
        }
        return;
    }
    let Some(caller) = world.admitted(operation, &world.somebody()) else { return };
    let draft = world.rough(target);
    roles(world, target, &caller).await;
    for scope in &operation.scopes {
        let mut without = caller.named(&world.somebody());
        without.scopes.retain(|one| one != scope);
        let reply = world.send(&draft, &By::caller(without)).await;
        let challenge = reply.header("www-authenticate").unwrap_or_default();
        // Only the schemes of tokens have a word for it (RFC 6750, section 3.1).
        let ways = world.ways(operation).unwrap_or_default();
        let by_token = ways.iter().any(|kind| kind.is_bearer() || kind.is_dpop());
        let good = reply.status() == 403 && (!by_token || challenge.contains("insufficient_scope"));
        let why = format!("403 was expected without {scope}, and insufficient_scope of tokens");
        world.judge(Check::Scopes, target, good, (&why, &reply));
    }
    if operation.step_up.is_some() {
        step_up(world, target, &caller).await;
    }
}

/// Tries each role that is not admitted, all of them together, and none.
async fn roles(world: &World, target: Target<'_>, caller: &Persona) {
    let AccessModel::Roles(least) = &target.operation.access else { return };
    let draft = world.rough(target);
    let names = world.model.roles.iter().map(|role| &*role.name);
    let (admitted, others): (Vec<&str>, Vec<&str>) =
        names.partition(|role| world.model.admits(least, role));
    let mut sets: Vec<Vec<&str>> = others.iter().map(|role| vec![*role]).collect();
    sets.push(Vec::new());
    sets.push(others);
    for set in sets {
        let caller = caller.only(&set).named(&world.somebody());
        let reply = world.send(&draft, &By::caller(caller)).await;
        let why = format!("403 was expected of a caller with the roles {set:?}");
        world.judge(Check::Roles, target, reply.status() == 403, (&why, &reply));
    }
    for role in admitted {
        let caller = caller.only(&[role]).named(&world.somebody());
        let reply = world.send(&draft, &By::caller(caller)).await;
        let why = format!("{role} is a role that it admits");
        world.judge(Check::Roles, target, reply.status() != 401, (&why, &reply));
    }
}

/// Tries an authentication of no class, without each method, and one that is too old.
async fn step_up(world: &World, target: Target<'_>, caller: &Persona) {
    let Some(step_up) = &target.operation.step_up else { return };
    let draft = world.rough(target);
    let now = world.client.clock().unix_seconds();
    let mut weak = Vec::new();
    if !step_up.acr.is_empty() {
        weak.push(("of another class", caller.clone().claim("acr", "urn:verify:none")));
    }
    for method in &step_up.amr {
        let others: Vec<_> = step_up.amr.iter().filter(|one| *one != method).cloned().collect();
        weak.push(("without one of its methods", caller.clone().claim("amr", others)));
    }
    if let Some(most) = step_up.max_age_seconds {
        let most = i64::try_from(most).unwrap_or(i64::MAX).saturating_add(120);
        weak.push(("that is too old", caller.clone().claim("auth_time", now.saturating_sub(most))));
    }
    for (what, caller) in weak {
        let reply = world.send(&draft, &By::caller(caller.named(&world.somebody()))).await;
        let challenge = reply.header("www-authenticate").unwrap_or_default();
        let good = reply.status() == 401 && challenge.contains("insufficient_user_authentication");
        let why = format!("401 and a challenge were expected of an authentication {what}");
        world.judge(Check::StepUp, target, good, (&why, &reply));
    }
}

/// Sends credentials that hold as somebody without any role, and without each scope: to a route that admits several kinds.
pub(super) async fn less(world: &World, check: Check, target: Target<'_>, caller: &Persona) {
    let draft = world.rough(target);
    let mut fewer = vec![("any role", caller.only(&[]))];
    fewer.extend(target.operation.scopes.iter().map(|scope| {
        let mut without = caller.clone();
        without.scopes.retain(|one| one != scope);
        (&**scope, without)
    }));
    for (what, caller) in fewer {
        let reply = world.send(&draft, &By::caller(caller.named(&world.somebody()))).await;
        let why = format!("403 was expected of a caller without {what}");
        world.judge(check, target, reply.status() == 403, (&why, &reply));
    }
}
