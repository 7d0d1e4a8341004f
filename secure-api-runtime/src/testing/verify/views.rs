//! Views: what is read is read by each role, so that each answer is held against the view of its caller.

use super::{
    draft::{By, Target},
    objects,
    world::World,
};

pub(super) async fn check(world: &World, target: Target<'_>) {
    let operation = target.operation;
    if !operation.verb.is_safe() || operation.views.is_empty() || !world.takes(operation) {
        return;
    }
    let owner = objects::owner(world, target);
    let caller = world.admitted(operation, &owner);
    let draft = world.good(target, caller.as_ref(), false).await;
    let Some(caller) = caller else {
        world.send(&draft, &By::Nobody).await;
        return;
    };
    for role in world.admitting(operation) {
        // The owner, and somebody who may see what is not their own.
        world.send(&draft, &By::caller(caller.only(&[role]))).await;
        let other = caller.only(&[role]).named(&world.somebody());
        world.send(&draft, &By::caller(other)).await;
    }
}
