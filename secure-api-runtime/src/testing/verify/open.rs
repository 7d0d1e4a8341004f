//! Answers that stay open: as many begin as one caller may have, and all of them together, and one more is refused until one of them
//! is given up.

use axum::body::Body;

use super::{
    Check, answers,
    draft::{By, Draft, Persona, Target},
    limits::MOST,
    world::World,
};
use crate::testing::reply::Reply;

/// The most answers of all callers that are opened.
const MOST_OF_ALL: usize = 256;

pub(super) async fn check(world: &World, target: Target<'_>, caller: Option<&Persona>) {
    if !target.operation.answer.flows() {
        return;
    }
    if let Some(most) = target.operation.answer.open {
        of_one(world, target, (caller, most)).await;
    }
    // The bound is the app's, so the first route that stays open shows it.
    let flows = |one: &Target<'_>| one.operation.answer.flows();
    let first = world.targets().into_iter().find(flows);
    if first.is_some_and(|first| first.name() == target.name()) {
        of_all(world, target, caller).await;
    }
}

/// Somebody who opens answers, and has not opened any yet.
struct Somebody<'a> {
    draft: Draft<'a>,
    by: By,
    address: String,
}

impl<'a> Somebody<'a> {
    /// Returns a caller like this one, with objects of its own where the route has some.
    async fn like(
        world: &'a World,
        target: Target<'a>,
        caller: Option<&Persona>,
    ) -> Result<Self, String> {
        let mut by = caller.map(|caller| caller.named(&world.somebody()));
        let mut draft = world.good(target, by.as_ref(), false).await;
        if draft.lacks.is_some() {
            // Objects that were given are of whom they were given for.
            by = caller.cloned();
            draft = world.good(target, caller, false).await;
        }
        match draft.lacks.take() {
            Some(lacks) => Err(lacks),
            None => Ok(Self { draft, by: By::from(by), address: world.address() }),
        }
    }

    /// Opens an answer and leaves it unread.
    async fn open(&self, world: &World) -> Result<Body, String> {
        let request = world.request(&self.draft, &self.by, &self.address).await;
        match request.opened().await {
            (status, body) if status.is_success() => Ok(body),
            (status, _) => Err(format!("a request is answered with {status}")),
        }
    }

    async fn ask(&self, world: &World) -> Reply {
        world.send_from(&self.draft, &self.by, &self.address).await
    }
}

/// Opens as many as one caller may have, and one more.
async fn of_one(world: &World, target: Target<'_>, (caller, most): (Option<&Persona>, usize)) {
    let check = Check::AtOnce;
    if most > MOST as usize {
        world.untested(check, target, format!("{most} answers that are open are many"));
        return;
    }
    let opened = async {
        let somebody = Somebody::like(world, target, caller).await?;
        let mut held = Vec::new();
        for _ in 0..most {
            held.push(somebody.open(world).await?);
        }
        Ok::<_, String>((somebody, held))
    };
    let (somebody, mut held) = match opened.await {
        Ok(opened) => opened,
        Err(reason) => return world.untested(check, target, reason),
    };
    let reply = somebody.ask(world).await;
    let why = format!("429 was expected while {most} answers are open");
    world.judge(check, target, reply.status() == 429, (&why, &reply));
    answers::look(world, &somebody.draft, &By::Nobody, &reply);
    // One is given up, and its place comes back.
    held.pop();
    let reply = somebody.ask(world).await;
    let why = "a place was expected to come back from an answer that was given up";
    world.judge(check, target, reply.status() != 429, (why, &reply));
}

/// Opens as many as the app lets all callers have, of as many callers as that takes, and one more.
async fn of_all(world: &World, target: Target<'_>, caller: Option<&Persona>) {
    let check = Check::AtOnce;
    let Some(most) = world.model.settings.as_ref().map(|settings| settings.most_open) else {
        return;
    };
    if most > MOST_OF_ALL {
        let reason = format!(
            "{most} answers of all callers are many to open: state fewer in the test, `.most_open(64)`"
        );
        world.untested(check, target, reason);
        return;
    }
    let each = target.operation.answer.open.unwrap_or(most).max(1);
    let opened = async {
        let mut held = Vec::new();
        while held.len() < most {
            let somebody = Somebody::like(world, target, caller).await?;
            for _ in 0..each.min(most - held.len()) {
                held.push(somebody.open(world).await?);
            }
        }
        Ok::<_, String>((Somebody::like(world, target, caller).await?, held))
    };
    let (somebody, mut held) = match opened.await {
        Ok(opened) => opened,
        Err(reason) => return world.untested(check, target, reason),
    };
    let reply = somebody.ask(world).await;
    let why = format!("503 was expected while {most} answers of all callers are open");
    world.judge(check, target, reply.status() == 503, (&why, &reply));
    answers::look(world, &somebody.draft, &By::Nobody, &reply);
    held.pop();
    let reply = somebody.ask(world).await;
    let why = "a place of all was expected to come back from an answer that was given up";
    world.judge(check, target, reply.status() != 503, (why, &reply));
}
