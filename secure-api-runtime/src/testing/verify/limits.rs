//! Limits: each is counted, and one that is soon used up refuses, and charges nobody else.

use super::{
    Check,
    draft::{By, Persona, Target},
    objects,
    world::World,
};
use crate::{inventory::LimitModel, limit::Unit, testing::reply::Reply};

/// Limits of more requests at once than these are only seen to count.
const MOST: u32 = 64;

pub(super) async fn check(world: &World, target: Target<'_>) {
    let operation = target.operation;
    let caller = world.admitted(operation, &objects::owner(world, target));
    if caller.is_some() && !world.takes_tokens(operation) {
        return;
    }
    let role = caller.as_ref().and_then(|caller| caller.roles.first().cloned());
    let fits = |least: &Option<Vec<String>>| match (least, &role) {
        (None, _) => true,
        (Some(least), Some(role)) => world.model.admits(least, role),
        (Some(_), None) => false,
    };
    let Some(arm) = operation.limits.iter().find(|arm| fits(&arm.roles)) else { return };
    for limit in &arm.limits {
        if limit.per == Unit::Unlimited || limit.observed {
            continue;
        }
        if limit.at_once || limit.weight_of.is_some() {
            world.untested(
                Check::Limits,
                target,
                "requests at one time, and weights of lists, are not tried",
            );
            continue;
        }
        let soon = limit.burst / limit.weight.max(1) <= MOST;
        let alone = arm.limits.iter().all(|other| other.per == limit.per);
        match (soon, limit.per) {
            (true, Unit::Address | Unit::Principal | Unit::Tenant) if alone => {
                used_up(world, target, limit, caller.as_ref()).await;
            }
            (_, Unit::Address | Unit::Principal | Unit::Tenant) => {
                counted(world, target, caller.as_ref()).await;
            }
            _ => world.untested(
                Check::Limits,
                target,
                format!("a limit per {} is not tried", limit.per.name()),
            ),
        }
    }
}

/// Returns the callers of each request: one principal at many addresses, or many at one.
fn callers(world: &World, limit: &LimitModel, caller: Option<&Persona>) -> (By, String) {
    let is_address = limit.per == Unit::Address || caller.is_none();
    let address = match is_address {
        true => "192.0.2.1".to_owned(),
        false => world.address(),
    };
    let by = By::from(caller.map(|caller| match is_address {
        true => caller.named(&world.somebody()),
        false => caller.clone(),
    }));
    (by, address)
}

/// Sends as many requests as there are, and one more; then one of somebody else.
async fn used_up(world: &World, target: Target<'_>, limit: &LimitModel, caller: Option<&Persona>) {
    let draft = world.rough(target);
    let caller = caller.map(|caller| caller.named(&world.somebody()));
    // Whatever was used of it before is there again.
    world.client.advance(std::time::Duration::from_secs_f64(limit.window_seconds * 2.0 + 1.0));
    let most = limit.burst / limit.weight.max(1);
    let mut last: Option<Reply> = None;
    let mut sent = 0;
    while sent <= most && last.as_ref().is_none_or(|reply| reply.status() != 429) {
        let (by, address) = callers(world, limit, caller.as_ref());
        last = Some(world.send_from(&draft, &by, &address).await);
        sent += 1;
    }
    let Some(reply) = last else { return };
    let good = reply.status() == 429 && reply.header("retry-after").is_some();
    let why =
        format!("429 with Retry-After was expected after {most} requests per {}", limit.per.name());
    world.judge(Check::Limits, target, good, (&why, &reply));
    super::answers::look(world, &draft, &By::Nobody, &reply);
    let other = By::from(caller.map(|caller| Persona {
        tenant: caller.tenant.as_ref().map(|_| "tenant-of-others".to_owned()),
        ..caller.named(&world.somebody())
    }));
    let reply = world.send_from(&draft, &other, &world.address()).await;
    world.judge(
        Check::Limits,
        target,
        reply.status() != 429,
        ("somebody else was charged for it", &reply),
    );
    world.client.advance(std::time::Duration::from_secs_f64(limit.window_seconds * 2.0 + 1.0));
}

/// Compares what is left after two requests.
async fn counted(world: &World, target: Target<'_>, caller: Option<&Persona>) {
    let draft = world.rough(target);
    let by = By::from(caller.map(|caller| caller.named(&world.somebody())));
    let address = world.address();
    let left = |reply: &Reply| -> Vec<u64> {
        let told = reply.header("ratelimit").unwrap_or_default();
        let parts = told.split([';', ',']).filter_map(|part| part.trim().strip_prefix("r="));
        parts.filter_map(|left| left.parse().ok()).collect()
    };
    let first = world.send_from(&draft, &by, &address).await;
    let second = world.send_from(&draft, &by, &address).await;
    let (before, after) = (left(&first), left(&second));
    let good = !before.is_empty() && before.iter().sum::<u64>() > after.iter().sum::<u64>();
    let why = format!("of {before:?} requests {after:?} are left after one more");
    world.judge(Check::Limits, target, good, (&why, &second));
}
