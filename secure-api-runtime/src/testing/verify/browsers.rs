//! Browsers: pages of other sites, and what they may read.

use super::{
    Check,
    draft::{By, Target},
    objects,
    world::World,
};

/// A site that no app knows.
pub(super) const ELSEWHERE: &str = "https://elsewhere.invalid";

pub(super) async fn check(world: &World, target: Target<'_>) {
    let operation = target.operation;
    let caller = world.admitted(operation, &objects::owner(world, target));
    let draft =
        world.rough(target).header("origin", ELSEWHERE).header("sec-fetch-site", "cross-site");
    let reply = world.send(&draft, &By::from(caller)).await;
    let reads = reply.header("access-control-allow-origin");
    let good = reads.is_none_or(|origin| origin != ELSEWHERE && origin != "*");
    world.judge(
        Check::Browsers,
        target,
        good,
        ("a page of another site may read the answer", &reply),
    );
}
