//! Endings: operations and versions on the day of their sunset, and in the outages that are announced before.

use std::time::Duration;

use serde_json::Value;

use super::{
    Check,
    draft::{By, Persona, Target},
    world::World,
};
use crate::{error::problem, testing::reply::Reply, version::Brownout};

/// Moves the clock from one outage or day of sunset to the next.
pub(super) async fn check(world: &World, targets: &[Target<'_>]) {
    let mut ahead = Vec::new();
    for target in targets {
        let outages = target.operation.brownouts_in(target.version);
        ahead.extend(outages.into_iter().map(|one| (one.from(), Some(one), *target)));
        let sunset = target.operation.sunset_in(target.version);
        ahead.extend(sunset.map(|day| (day.unix_seconds(), None, *target)));
    }
    ahead.sort_by_key(|(at, ..)| *at);
    for (at, outage, target) in ahead {
        let caller = world.admitted(target.operation, &world.somebody());
        match outage {
            Some(outage) => is_out(world, target, &caller, outage).await,
            None => has_ended(world, target, &caller, at).await,
        }
    }
}

async fn has_ended(world: &World, target: Target<'_>, caller: &Option<Persona>, at: i64) {
    // A second before it is there, as any operation. It may be out as it was announced: whoever waits for the end of that has waited
    // for the sunset.
    if moved(world, at - 1) {
        let reply = ask(world, target, caller).await;
        let why = "it ended before the day of its sunset";
        world.judge(Check::Sunset, target, reply.status() != 410, (why, &reply));
    }
    moved(world, at);
    let reply = world.send(&world.rough(target), &By::from(caller.clone())).await;
    let why = "410 was expected on the day of its sunset";
    world.judge(Check::Sunset, target, reply.status() == 410, (why, &reply));
}

async fn is_out(world: &World, target: Target<'_>, caller: &Option<Persona>, outage: Brownout) {
    let judge = |good: bool, why: &str, reply: &Reply| {
        world.judge(Check::Brownout, target, good, (why, reply));
    };
    // Another operation that is out at the same time has moved the clock on.
    if moved(world, outage.from() - 1) {
        let reply = ask(world, target, caller).await;
        judge(out(&reply).is_none(), "it is out before it was announced to be", &reply);
    }
    moved(world, outage.from());
    let left = outage.until() - world.client.clock().unix_seconds();
    if left > 0 {
        let reply = ask(world, target, caller).await;
        let good = out(&reply).is_some_and(|seconds| i64::try_from(seconds) == Ok(left));
        judge(good, "503 until the end of an announced outage was expected", &reply);
    }
}

/// Sends without waiting for the end of an outage.
async fn ask(world: &World, target: Target<'_>, caller: &Option<Persona>) -> Reply {
    let by = By::from(caller.clone());
    world.send_from(&world.rough(target), &by, &world.address()).await
}

/// Moves the clock to a second, and returns `true` if it was not there yet.
fn moved(world: &World, second: i64) -> bool {
    let left = second.saturating_sub(world.client.clock().unix_seconds());
    let left = u64::try_from(left).ok().filter(|left| *left > 0);
    world.client.advance(Duration::from_secs(left.unwrap_or_default()));
    left.is_some()
}

/// Returns the seconds to wait where an operation is out as it was announced.
pub(super) fn out(reply: &Reply) -> Option<u64> {
    let document: Value = serde_json::from_slice(reply.bytes()).unwrap_or_default();
    let is_out = document["type"] == problem::BROWNOUT.uri() && reply.status() == 503;
    is_out.then(|| reply.header("retry-after")?.parse().ok()).flatten()
}
