//! Limits of requests at one time: as many as there are begin and do not end, and one more is refused until one of them is over.

use std::{
    pin::Pin,
    task::{Context, Poll},
};

use super::{
    Check,
    draft::{By, Content, Draft, Persona, Target},
    limits::{MOST, alike, unlike},
    world::World,
};
use crate::{inventory::LimitModel, testing::reply::Reply};

/// A request that is under way.
type UnderWay = Pin<Box<dyn Future<Output = Reply> + Send>>;

pub(super) async fn check(
    world: &World,
    target: Target<'_>,
    limit: &LimitModel,
    caller: Option<&Persona>,
) {
    let check = Check::AtOnce;
    if limit.count > MOST {
        world.untested(check, target, format!("{} requests at one time are many", limit.count));
        return;
    }
    if limit.field.is_some() || limit.weight_of.is_some() {
        world.untested(
            check,
            target,
            "it is charged when the input is read, and then it is answered at once",
        );
        return;
    }
    let draft = world.rough(target);
    let caller = caller.map(|caller| caller.named(&world.somebody()));
    let mut held: Vec<UnderWay> = Vec::new();
    for _ in 0..limit.count / limit.weight.max(1) {
        let (by, address) = alike(world, limit, caller.as_ref());
        match begun(world, &draft, &by, &address).await {
            Some(under_way) => held.push(under_way),
            None => {
                world.untested(check, target, "it is answered before a second request can begin");
                return;
            }
        }
    }
    let more = async || {
        let (by, address) = alike(world, limit, caller.as_ref());
        world.send_from(&draft, &by, &address).await
    };
    let reply = more().await;
    let why = format!("429 was expected while {} requests are under way", held.len());
    world.judge(check, target, reply.status() == 429, (&why, &reply));
    super::answers::look(world, &draft, &By::Nobody, &reply);
    if let Some((draft, by)) = unlike(world, limit, &draft, caller.as_ref()) {
        let reply = world.send_from(&draft, &by, &world.address()).await;
        world.judge(
            check,
            target,
            reply.status() != 429,
            ("somebody else was refused for it", &reply),
        );
    }
    // The caller goes away, and what it took comes back.
    held.pop();
    let reply = more().await;
    let why = "a place was expected to come back from a request that was given up";
    world.judge(check, target, reply.status() != 429, (why, &reply));
}

/// Begins a request that does not end: its body does not go on, or whatever answers it waits. None where it is answered at once.
async fn begun(world: &World, draft: &Draft<'_>, by: &By, address: &str) -> Option<UnderWay> {
    let request = world.request(draft, by, address).await;
    let request = match draft.content {
        Content::None => request,
        _ => request.stalled(),
    };
    let mut under_way: UnderWay = Box::pin(request.into_future());
    let polled = std::future::poll_fn(|context: &mut Context<'_>| {
        Poll::Ready(under_way.as_mut().poll(context).is_pending())
    });
    polled.await.then_some(under_way)
}
