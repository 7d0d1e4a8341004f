//! Endings: operations and versions on the day of their sunset.

use std::time::Duration;

use super::{
    Check,
    draft::{By, Target},
    world::World,
};

/// Moves the clock from one day of sunset to the next.
pub(super) async fn check(world: &World, targets: &[Target<'_>]) {
    let ending = targets.iter().copied();
    let mut ending: Vec<_> = ending
        .filter_map(|target| Some((target.operation.sunset_in(target.version)?, target)))
        .collect();
    ending.sort_by_key(|(day, _)| *day);
    for (day, target) in ending {
        let caller = world.admitted(target.operation, &world.somebody());
        let clock = world.client.clock();
        // A second before it is there, as any operation.
        let until = day.unix_seconds().saturating_sub(clock.unix_seconds()).saturating_sub(1);
        if let Ok(until) = u64::try_from(until)
            && until > 0
        {
            world.client.advance(Duration::from_secs(until));
            let reply = world.send(&world.rough(target), &By::from(caller.clone())).await;
            let why = "it ended before the day of its sunset";
            world.judge(Check::Sunset, target, reply.status() != 410, (why, &reply));
        }
        let left = day.unix_seconds().saturating_sub(clock.unix_seconds());
        world.client.advance(Duration::from_secs(u64::try_from(left).unwrap_or_default()));
        let reply = world.send(&world.rough(target), &By::from(caller)).await;
        let why = "410 was expected on the day of its sunset";
        world.judge(Check::Sunset, target, reply.status() == 410, (why, &reply));
    }
}
