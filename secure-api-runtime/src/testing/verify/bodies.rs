//! Bodies: of another media type, torn, too deep, too long, and where none is taken.

mod packed;

use super::{
    Check,
    draft::{By, Content, Draft, Target},
    inputs::is_refused,
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
    let reads = |argument: &ArgumentModel| matches!(argument, ArgumentModel::BodyExtractor(_));
    if target.operation.arguments.iter().any(reads) {
        world.untested(Check::Media, target, "its body is read by an extractor of axum's");
        return;
    }
    let with = |media: Option<&'static str>, bytes: Vec<u8>| Draft {
        content: Content::Bytes(media.map(Into::into), bytes),
        ..draft.clone()
    };
    let bytes = match &draft.content {
        Content::Value(_, value) => value.to_string().into_bytes(),
        Content::Parts(all) => parts::written(all),
        Content::Bytes(_, bytes) => bytes.clone(),
        Content::None => b"{}".to_vec(),
    };
    let Some((of, other)) = target.operation.arguments.iter().find_map(taken) else {
        let reply = world.send(&with(Some("application/json"), bytes), &by).await;
        let why = "400 was expected of content where none is taken";
        world.judge(Check::Media, target, reply.status() == 400, (why, &reply));
        return;
    };
    let is_json = of.ends_with("json");
    let of_type = of.clone();
    let of =
        |bytes| Draft { content: Content::Bytes(Some(of.clone().into()), bytes), ..draft.clone() };
    let mut wrong: Vec<(&str, u16, Draft<'_>)> = vec![
        (other, 415, with(Some(other), bytes.clone())),
        ("no media type", 415, with(None, bytes.clone())),
        ("a content coding", 415, of(bytes.clone()).header("content-encoding", "br")),
    ];
    wrong.extend(packed::wrong(world, target, &bytes, of));
    if let Some(other) = stated::another(world, target).filter(|_| is_json) {
        let content = Content::Bytes(Some(other.into()), bytes.clone());
        wrong.push(("a body of another version", 415, Draft { content, ..draft.clone() }));
    }
    // Gateways that know no content of a DELETE drop it: what is left is no request for all there is.
    if target.operation.exceptions.iter().any(|one| one.rule == "content") {
        let lost = Draft { content: Content::None, ..draft.clone() };
        wrong.push(("a request that lost its content", 415, lost));
    }
    for argument in &target.operation.arguments {
        match argument {
            ArgumentModel::Body { optional, .. } if is_json => {
                let torn = bytes[..bytes.len().saturating_sub(1)].to_vec();
                wrong.push(("a torn body", 400, of(torn)));
                let deep = ["[".repeat(500), "]".repeat(500)].concat().into_bytes();
                wrong.push(("a body of 500 levels", 400, of(deep)));
                wrong.push(("bytes that are no text", 400, of(vec![b'"', 0xff, b'"'])));
                if *optional {
                    wrong.push(("a body that is announced and empty", 400, of(Vec::new())));
                    without(world, &draft, &by).await;
                }
            }
            ArgumentModel::RawBody { file: true, max_bytes, .. } => {
                let taken = |media: &&str| *media == of_type;
                let other = parts::TYPES.iter().find(|media| !taken(media));
                let other = other.and_then(|media| parts::sample(media, 0)).unwrap_or_default();
                let both = [&bytes[..], parts::ARCHIVE].concat();
                for (what, hostile) in [
                    ("a page that says it is a file", parts::PAGE.to_vec()),
                    ("a file of another kind than it says", other),
                    ("a file with an archive behind it", both),
                    ("no bytes of a file", Vec::new()),
                ] {
                    // A longer one is refused by its bound, which is tried below.
                    if hostile.len() <= *max_bytes {
                        wrong.push((what, 422, of(hostile)));
                    }
                }
            }
            ArgumentModel::RawBody { text: true, .. } => {
                let latin = Some("text/plain; charset=iso-8859-1");
                wrong.push(("text in another charset", 415, with(latin, bytes.clone())));
                wrong.push(("bytes that are no text", 400, of(vec![0xff])));
                wrong.push(("a control character", 422, of(vec![0x1b])));
            }
            _ => {}
        }
    }
    let settings = world.model.settings.as_ref();
    let most = target.operation.body_limit.or(settings.map(|settings| settings.body_limit));
    if let Some(most) = most.filter(|most| *most < MOST) {
        wrong.push(("a byte too many", 413, of(vec![b' '; most + 1])));
    }
    for (what, status, draft) in wrong {
        let reply = world.send(&draft, &by).await;
        let why = format!("{status} was expected of {what}");
        world.judge(Check::Media, target, reply.status() == status, (&why, &reply));
    }
}

/// Returns the media type of the body that an argument takes, and another one.
fn taken(argument: &ArgumentModel) -> Option<(String, &'static str)> {
    const OTHER: &str = "text/plain";
    Some(match argument {
        ArgumentModel::Body { media, .. } => match media.types() {
            ["multipart/form-data"] => (parts::TYPE.to_owned(), OTHER),
            types => ((*types.first()?).to_owned(), OTHER),
        },
        ArgumentModel::RawBody { media_types, .. } => {
            let is_taken = media_types.iter().any(|media| media == OTHER);
            let other = if is_taken { "application/x-verify" } else { OTHER };
            (media_types.first()?.clone(), other)
        }
        _ => return None,
    })
}

/// Sends nothing where a body may be left out.
async fn without(world: &World, draft: &Draft<'_>, by: &By) {
    let reply = world.send(&Draft { content: Content::None, ..draft.clone() }, by).await;
    let good = !is_refused(&reply) && reply.status() != 415;
    let why = "no body was expected to be taken, which may be left out";
    world.judge(Check::Media, draft.target, good, (why, &reply));
}
