//! Methods: those that a path does not have, `HEAD` and `OPTIONS`.

use std::collections::BTreeSet;

use super::{
    Check,
    draft::{By, Target},
    objects,
    world::{World, is_success},
};
use crate::{inventory::ArgumentModel, verb::Verb};

pub(super) async fn check(world: &World, target: Target<'_>) {
    let at = |one: &Target<'_>| {
        one.version.segment == target.version.segment
            && one.operation.place() == target.operation.place()
    };
    let mut here: Vec<Verb> = Vec::new();
    // Also those that are left out, or over: a path has them all the same.
    for operation in world.model.operations_in(&target.version.segment) {
        if at(&Target { operation, version: target.version }) {
            here.push(operation.verb);
        }
    }
    let mut allowed: BTreeSet<&str> = here.iter().map(|verb| verb.as_str()).collect();
    allowed.insert("OPTIONS");
    if here.contains(&Verb::Get) {
        allowed.insert("HEAD");
    }
    let mut draft = world.rough(target);
    let said = |header: Option<&str>| -> BTreeSet<String> {
        header.unwrap_or_default().split(',').map(|one| one.trim().to_owned()).collect()
    };
    let expected: BTreeSet<String> = allowed.iter().map(|one| (*one).to_owned()).collect();
    for method in ["GET", "POST", "PUT", "PATCH", "DELETE", "QUERY", "TRACE", "PROPFIND"] {
        if allowed.contains(method) {
            continue;
        }
        draft.method = method;
        let reply = world.send(&draft, &By::Nobody).await;
        let good = reply.status() == 405 && said(reply.header("allow")) == expected;
        let why = format!(
            "405 was expected, and Allow: {}",
            allowed.iter().copied().collect::<Vec<_>>().join(", ")
        );
        world.judge(Check::Methods, target, good, (&why, &reply));
    }
    draft.method = "OPTIONS";
    draft.content = super::draft::Content::None;
    let reply = world.send(&draft, &By::Nobody).await;
    let good = is_success(&reply) && said(reply.header("allow")) == expected;
    world.judge(Check::Methods, target, good, ("OPTIONS tells which methods there are", &reply));
    let asked = reply.header("accept-query");
    let good = asked.is_some() == here.contains(&Verb::Query)
        && (target.operation.verb != Verb::Query || said(asked) == media_types(world, target));
    let why = "Accept-Query tells in which media types a QUERY may ask, where there is one";
    world.judge(Check::Methods, target, good, (why, &reply));
    if target.operation.verb == Verb::Get {
        head(world, target).await;
    }
}

/// Returns the media types of the body that an operation takes.
fn media_types(world: &World, target: Target<'_>) -> BTreeSet<String> {
    let arguments = target.operation.arguments.iter();
    let types = arguments.flat_map(|argument| match argument {
        ArgumentModel::Body { media, .. } => world.model.types_read(target.version, *media),
        ArgumentModel::RawBody { media_types, .. } => media_types.clone(),
        ArgumentModel::BodyExtractor(_) => vec!["*/*".to_owned()],
        _ => Vec::new(),
    });
    types.collect()
}

/// Compares `HEAD` with `GET`: as nobody, and as who may.
async fn head(world: &World, target: Target<'_>) {
    let caller = world.admitted(target.operation, &objects::owner(world, target));
    let get = world.good(target, caller.as_ref(), false).await;
    let mut head = get.clone();
    head.method = "HEAD";
    for by in [By::Nobody, By::from(caller)] {
        let (got, told) = (world.send(&get, &by).await, world.send(&head, &by).await);
        let same = ["content-type", "etag", "www-authenticate"]
            .iter()
            .all(|name| got.header(name) == told.header(name));
        let good = got.status() == told.status() && same && told.bytes().is_empty();
        world.judge(Check::Methods, target, good, ("HEAD is answered otherwise than GET", &told));
    }
}
