//! Bodies: of another media type, torn, too deep, too long, and where none is taken.

use super::{
    Check,
    draft::{By, Content, Draft, Target},
    objects, parts, stated,
    world::World,
};
use crate::inventory::ArgumentModel;

/// Longer bodies than this are not sent.
const MOST: usize = 16 * 1024 * 1024;

pub(super) async fn check(world: &World, target: Target<'_>) {
    let caller = world.admitted(target.operation, &objects::owner(world, target));
    if caller.is_some() && !world.holds(target.operation) {
        world.untested(Check::Media, target, "no credentials of its kinds are there");
        return;
    }
    let by = By::from(caller);
    let draft = world.rough(target);
    let media = target.operation.arguments.iter().find_map(|argument| match argument {
        ArgumentModel::Body { media, .. } => Some(*media),
        _ => None,
    });
    let reads = |argument: &ArgumentModel| matches!(argument, ArgumentModel::BodyExtractor(_));
    if target.operation.arguments.iter().any(reads) {
        world.untested(Check::Media, target, "its body is read by an extractor of axum's");
        return;
    }
    let with = |media: Option<&'static str>, bytes: Vec<u8>| Draft {
        content: Content::Bytes(media.map(Into::into), bytes),
        ..draft.clone()
    };
    let mut wrong: Vec<(&str, u16, Draft<'_>)> = Vec::new();
    let bytes = match &draft.content {
        Content::Value(_, value) => value.to_string().into_bytes(),
        Content::Parts(all) => parts::written(all),
        _ => b"{}".to_vec(),
    };
    let Some(media) = media else {
        let reply = world.send(&with(Some("application/json"), bytes), &by).await;
        let why = "400 was expected of content where none is taken";
        world.judge(Check::Media, target, reply.status() == 400, (why, &reply));
        return;
    };
    let of = match media.types() {
        ["multipart/form-data"] => parts::TYPE,
        types => types.first().copied().unwrap_or_default(),
    };
    wrong.push(("text/plain", 415, with(Some("text/plain"), bytes.clone())));
    wrong.push(("no media type", 415, with(None, bytes.clone())));
    if let Some(other) = stated::another(world, target).filter(|_| of.ends_with("json")) {
        let mut other_version = draft.clone();
        other_version.content = Content::Bytes(Some(other.into()), bytes.clone());
        wrong.push(("a body of another version", 415, other_version));
    }
    let packed = with(Some(of), bytes.clone()).header("content-encoding", "gzip");
    wrong.push(("a content coding", 415, packed));
    // Gateways that know no content of a DELETE drop it: what is left is no request for all there is.
    if target.operation.exceptions.iter().any(|one| one.rule == "content") {
        let lost = Draft { content: Content::None, ..draft.clone() };
        wrong.push(("a request that lost its content", 415, lost));
    }
    if of.ends_with("json") {
        let torn = bytes[..bytes.len().saturating_sub(1)].to_vec();
        wrong.push(("a torn body", 400, with(Some(of), torn)));
        let deep = ["[".repeat(500), "]".repeat(500)].concat().into_bytes();
        wrong.push(("a body of 500 levels", 400, with(Some(of), deep)));
        wrong.push(("bytes that are no text", 400, with(Some(of), vec![b'"', 0xff, b'"'])));
    }
    let settings = world.model.settings.as_ref();
    let most = target.operation.body_limit.or(settings.map(|settings| settings.body_limit));
    if let Some(most) = most.filter(|most| *most < MOST) {
        wrong.push(("a byte too many", 413, with(Some(of), vec![b' '; most + 1])));
    }
    for (what, status, draft) in wrong {
        let reply = world.send(&draft, &by).await;
        let why = format!("{status} was expected of {what}");
        world.judge(Check::Media, target, reply.status() == status, (&why, &reply));
    }
}
