//! Answers that stay open: as many begin as one caller may have, and one more is refused until one of them is given up.

use super::{
    Check, answers,
    draft::{By, Persona, Target},
    limits::MOST,
    world::World,
};

pub(super) async fn check(world: &World, target: Target<'_>, caller: Option<&Persona>) {
    let Some(most) = target.operation.answer.open else { return };
    let check = Check::AtOnce;
    if most > MOST as usize {
        world.untested(check, target, format!("{most} answers that are open are many"));
        return;
    }
    let draft = world.rough(target);
    let by = By::from(caller.map(|caller| caller.named(&world.somebody())));
    let address = world.address();
    let mut held = Vec::new();
    for _ in 0..most {
        let (status, body) = world.request(&draft, &by, &address).await.opened().await;
        if !status.is_success() {
            world.untested(check, target, format!("a request is answered with {status}"));
            return;
        }
        held.push(body);
    }
    let reply = world.send_from(&draft, &by, &address).await;
    let why = format!("429 was expected while {most} answers are open");
    world.judge(check, target, reply.status() == 429, (&why, &reply));
    answers::look(world, &draft, &By::Nobody, &reply);
    // One is given up, and its place comes back.
    held.pop();
    let reply = world.send_from(&draft, &by, &address).await;
    let why = "a place was expected to come back from an answer that was given up";
    world.judge(check, target, reply.status() != 429, (why, &reply));
}
