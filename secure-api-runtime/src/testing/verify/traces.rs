//! Traces: what is left of an object that was removed, and of a creation that was refused.

use super::{
    Check,
    draft::{By, Content, Target},
    objects,
    world::{World, is_success},
};
use serde_json::json;

use crate::verb::Verb;

pub(super) async fn check(world: &World, target: Target<'_>) {
    if !world.takes(target.operation) {
        return;
    }
    if target.operation.verb == Verb::Delete && target.operation.objects().next().is_some() {
        freed(world, target).await;
    }
    if target.operation.answer.location {
        leakage(world, target).await;
    }
}

/// Removes an object and asks each operation of it again.
async fn freed(world: &World, target: Target<'_>) {
    let Some(object) = target.operation.objects().last() else { return };
    if world.given.owners(object).next().is_some() {
        world.untested(Check::Freed, target, "it would remove an object that was given");
        return;
    }
    let mine = objects::owner(world, target);
    let Some(caller) = world.admitted(target.operation, &mine) else { return };
    let good = world.good(target, Some(&caller), true).await;
    let removed = world.send(&good, &By::caller(caller.clone())).await;
    // It is nobody's any more.
    world.forget(object, &caller);
    if good.lacks.is_some() || !is_success(&removed) {
        let reason = good.lacks.unwrap_or_else(|| format!("it is answered {}", removed.status()));
        world.untested(Check::Freed, target, reason);
        return;
    }
    let place = target.operation.path.as_str();
    for operation in world.model.operations_in(&target.version.segment) {
        let below = operation
            .path
            .strip_prefix(place)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        let one = Target { operation, version: target.version };
        let Some(caller) =
            world.admitted(operation, &mine).filter(|_| below && world.takes(operation))
        else {
            continue;
        };
        let mut draft = world.rough(one);
        let rest = draft.path.split('/').skip(good.path.split('/').count());
        draft.path = std::iter::once(&*good.path).chain(rest).collect::<Vec<_>>().join("/");
        let reply = world.send(&draft, &By::caller(caller)).await;
        // An upload that is not made up is refused before.
        let unread = draft.lacks.is_some() && reply.status() == 415;
        let why = format!("404 was expected of {} after the object was removed", operation.name);
        world.judge(Check::Freed, target, reply.status() == 404 || unread, (&why, &reply));
    }
}

/// Compares a list before and after a creation that is refused.
async fn leakage(world: &World, target: Target<'_>) {
    let lists = world.model.operations_in(&target.version.segment);
    let mut lists = lists.filter(|one| one.verb == Verb::Get && one.answer.content.is_list());
    let Some(operation) = lists.find(|one| one.path == target.operation.path) else {
        world.untested(Check::Leakage, target, "no list shows what it creates");
        return;
    };
    let list = Target { operation, version: target.version };
    let mine = world.somebody();
    let (Some(reader), Some(maker)) =
        (world.admitted(operation, &mine), world.admitted(target.operation, &mine))
    else {
        return;
    };
    let (read, reader) = (world.rough(list), By::caller(reader));
    let before = world.send(&read, &reader).await;
    let mut refused = vec![(world.rough(target), By::Nobody)];
    let rough = world.rough(target);
    refused.push((rough.clone(), By::caller(maker.only(&[]))));
    let unknown = rough.with("", |body| {
        if body.is_object() {
            body["verify_unknown"] = true.into();
        } else {
            *body = json!({ "verify_unknown": true });
        }
    });
    if let Some(draft) = unknown {
        refused.push((draft, By::caller(maker.clone())));
    }
    let mut torn = rough;
    torn.content = Content::Bytes(Some("application/json".into()), b"{".to_vec());
    refused.push((torn, By::caller(maker)));
    for (draft, by) in refused {
        world.send(&draft, &by).await;
    }
    let after = world.send(&read, &reader).await;
    if !is_success(&before) {
        world.untested(Check::Leakage, target, format!("the list is answered {}", before.status()));
        return;
    }
    let good = before.bytes() == after.bytes();
    world.judge(Check::Leakage, target, good, ("a refused creation is in the list", &after));
}
