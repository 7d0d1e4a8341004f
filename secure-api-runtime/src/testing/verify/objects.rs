//! Objects: those of somebody else, of another tenant, below one that they do not belong to, and in a list.

use super::{
    Check,
    draft::{By, Draft, Persona, Target},
    references,
    world::{World, is_success},
};
use crate::inventory::AccessModel;

/// The subjects whose objects are made, where none were given.
const OWNERS: [&str; 2] = ["owner-one", "owner-two"];

/// Returns the two owners of objects of this type.
pub(super) fn owners(world: &World, object: &str) -> [String; 2] {
    let mut given = world.given.owners(object);
    let [one, two] = OWNERS;
    [one, two].map(|own| given.next().unwrap_or(own).to_owned())
}

/// Returns the owner of the first object of a route, or of that which an input has to name; anybody where it has none.
pub(super) fn owner(world: &World, target: Target<'_>) -> String {
    match target.operation.objects().next().or_else(|| references::demanded(world, target)) {
        Some(object) => owners(world, object)[0].clone(),
        None => OWNERS[0].to_owned(),
    }
}

pub(super) async fn check(world: &World, target: Target<'_>) {
    if !world.takes(target.operation) {
        return;
    }
    let objects: Vec<&str> = target.operation.objects().collect();
    if let Some(first) = objects.first() {
        let [mine, others] = owners(world, first);
        let Some(caller) = world.admitted(target.operation, &mine) else { return };
        let draft = world.good(target, Some(&caller), false).await;
        if let Some(lacks) = draft.lacks.as_ref().filter(|_| !draft.unstepped) {
            world.untested(Check::Objects, target, lacks);
            return;
        }
        another(world, &draft, &caller, &others).await;
        if objects.len() > 1 {
            hierarchy(world, target, &caller).await;
        }
    }
    references::check(world, target).await;
    list(world, target).await;
}

/// Sends what the owner may send as somebody else, as the owner's name in another tenant, and for a key that is nobody's.
async fn another(world: &World, draft: &Draft<'_>, caller: &Persona, others: &str) {
    let target = draft.target;
    let stranger = By::caller(caller.named(others));
    let reply = world.send(draft, &stranger).await;
    let shared: Option<Vec<String>> =
        target.operation.objects().map(|object| world.shared(object)).collect();
    // Who reached it may have removed it, so it is looked for only where nobody did.
    let missing = match reply.status() {
        404 => missing(world, target, caller).await,
        _ => None,
    };
    match (shared, missing) {
        (Some(reasons), _) => world.untested(Check::Objects, target, reasons.join("; ")),
        (None, Some(reason)) => world.untested(Check::Objects, target, reason),
        (None, None) => {
            let object = target.operation.objects().last().unwrap_or_default();
            let why = format!(
                "404 was expected of somebody else than the owner; {}",
                world.unless_shared(object)
            );
            world.judge(Check::Objects, target, reply.status() == 404, (&why, &reply));
            let unknown = world.rough(target);
            let mut unknown =
                Draft { headers: draft.headers.clone(), content: draft.content.clone(), ..unknown };
            unknown.query.clone_from(&draft.query);
            let none = world.send(&unknown, &stranger).await;
            let same = none.status() == reply.status() && none.bytes().len() == reply.bytes().len();
            let why = "an object of somebody else is answered otherwise than one that is not there";
            world.judge(Check::Objects, target, same, (why, &none));
        }
    }
    if world.model.tenants {
        // Also with each role that reads what is not its own: it does so within its tenant.
        for role in world.admitting(target.operation) {
            let elsewhere = caller.only(&[role]);
            let elsewhere = Persona { tenant: Some("tenant-of-others".to_owned()), ..elsewhere };
            let reply = world.send(draft, &By::caller(elsewhere)).await;
            let why = format!("404 was expected of a {role} of another tenant");
            world.judge(Check::Tenants, target, reply.status() == 404, (&why, &reply));
        }
    }
}

/// Returns the reason for which nothing is learned of an object: its owner does not reach it either, where it is read.
async fn missing(world: &World, target: Target<'_>, caller: &Persona) -> Option<String> {
    let mut operations = world.model.operations_in(&target.version.segment);
    let operation = operations.find(|one| {
        one.verb.is_safe()
            && one.path.trim_end_matches('/').ends_with('}')
            && one.objects().eq(target.operation.objects())
            && world.takes(one)
            && !world.given.skipped.contains_key(&one.name)
    })?;
    let reader = Target { operation, version: target.version };
    let caller = world.entitled(operation, caller);
    let draft = world.good(reader, Some(&caller), false).await;
    let reply = world.send(&draft, &By::caller(caller.clone())).await;
    let object = target.operation.objects().last()?;
    let given = match world.given.key(object, &caller.subject) {
        Some(key) => format!("no {object} has the key {key:?}, or it is not of {}", caller.subject),
        None => format!("what was made is not of {}", caller.subject),
    };
    let is_role = world.model.roles.iter().any(|role| role.name == caller.subject);
    let role = if is_role { ", which is a role" } else { "" };
    let order = "the type, the subject of its owner, its key";
    (reply.status() == 404).then(|| {
        format!(
            "{operation} answers its owner 404 too: {given}{role}; `.object(…)` is given {order}",
            operation = operation.name
        )
    })
}

/// Puts an object of the caller below another one of the caller.
async fn hierarchy(world: &World, target: Target<'_>, caller: &Persona) {
    let draft = world.good(target, Some(caller), true).await;
    if draft.lacks.is_some() {
        world.untested(Check::Hierarchy, target, draft.lacks.unwrap_or_default());
        return;
    }
    let other = world.good(target, Some(caller), true).await;
    let (mut mixed, parts) = (draft.clone(), target.template());
    let is_first = |part: &&str| part.contains('{');
    let place = parts.split('/').position(|part| is_first(&part));
    let Some(place) = place else { return };
    let mut segments: Vec<&str> = draft.path.split('/').collect();
    if let Some(parent) = other.path.split('/').nth(place) {
        segments[place] = parent;
    }
    mixed.path = segments.join("/");
    let reply = world.send(&mixed, &By::caller(caller.clone())).await;
    let why = "404 was expected of an object below another one";
    world.judge(Check::Hierarchy, target, reply.status() == 404, (why, &reply));
}

/// Looks for an object of somebody else in a list of objects.
async fn list(world: &World, target: Target<'_>) {
    let operation = target.operation;
    let objects =
        operation.views.iter().filter(|arm| arm.view.object).map(|arm| &*arm.view.resource);
    let Some(object) = objects.into_iter().next() else { return };
    if !operation.answer.content.is_list() {
        return;
    }
    let [mine, others] = owners(world, object);
    let Some(caller) = world.admitted(operation, &mine) else { return };
    let keys = match world.owned(object, &caller, target, false).await {
        Ok(keys) => keys,
        Err(reason) => {
            world.untested(Check::Lists, target, reason);
            return;
        }
    };
    let key = keys.get(object).cloned().unwrap_or_default();
    let draft = world.good(target, Some(&caller), false).await;
    let own = world.send(&draft, &By::caller(caller.clone())).await;
    let shown = |reply: &crate::testing::reply::Reply| {
        String::from_utf8_lossy(reply.bytes()).contains(&key)
    };
    if !is_success(&own) || !shown(&own) {
        world.untested(Check::Lists, target, "the owner's own list does not show it");
        return;
    }
    if let Some(shared) = world.shared(object) {
        world.untested(Check::Lists, target, shared);
    } else if reads(world, target, object, &caller, &others).await {
        let reason = format!("a {} reads each {object}, whoever owns it", caller.roles.join(", "));
        world.untested(Check::Lists, target, reason);
        return;
    } else {
        let reply = world.send(&draft, &By::caller(caller.named(&others))).await;
        let why = "it shows an object of somebody else";
        world.judge(Check::Lists, target, !shown(&reply), (why, &reply));
    }
    if world.model.tenants {
        for role in world.admitting(operation) {
            let elsewhere = caller.only(&[role]);
            let elsewhere = Persona { tenant: Some("tenant-of-others".to_owned()), ..elsewhere };
            let reply = world.send(&draft, &By::caller(elsewhere)).await;
            let why = format!("it shows an object of another tenant to a {role}");
            world.judge(Check::Tenants, target, !shown(&reply), (&why, &reply));
        }
    }
}

/// Returns `true` if somebody else with the caller's roles may read an object of the caller by itself: its rule says so.
async fn reads(
    world: &World,
    like: Target<'_>,
    object: &str,
    caller: &Persona,
    others: &str,
) -> bool {
    for operation in world.model.operations_in(&like.version.segment) {
        let is_of_it = operation.verb.is_safe() && operation.objects().eq([object]);
        let AccessModel::Roles(least) = &operation.access else { continue };
        let may = caller.roles.iter().any(|role| world.model.admits(least, role));
        if !is_of_it || !may || !world.takes(operation) {
            continue;
        }
        let target = Target { operation, version: like.version };
        let owner = world.equipped(operation, caller.clone());
        let draft = world.good(target, Some(&owner), false).await;
        return is_success(&world.send(&draft, &By::caller(owner.named(others))).await);
    }
    false
}
