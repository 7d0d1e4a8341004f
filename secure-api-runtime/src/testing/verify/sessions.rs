//! Sessions: cookies that open nothing, and pages of other sites that have a browser send a good one.

use super::{
    Check,
    browsers::ELSEWHERE,
    callers,
    draft::{By, Draft, Persona, Target},
    wallet::Coin,
    world::{World, is_success, plain},
};
use crate::{
    docs::Examples,
    inventory::{AccessModel, ArgumentModel, CredentialModel},
    testing::reply::Reply,
};

pub(super) async fn check(world: &World, target: Target<'_>) {
    let operation = target.operation;
    if let Some(kind) = world.admits_alone(operation, CredentialModel::is_cookie) {
        if !world.makes(&kind) {
            world.untested(
                Check::SessionCredentials,
                target,
                "the app has no sessions that can be made up, and no other cookie is",
            );
            return;
        }
        if matches!(operation.access, AccessModel::Roles(_)) && kind.is_session() {
            cookies(world, target, &kind).await;
        }
        let persona = world.by_kind(operation, &kind);
        pages(world, target, &By::caller(persona)).await;
    } else if operation.sets_session() || operation.changes_by_cookies() {
        pages(world, target, &By::from(world.admitted(operation, &world.somebody()))).await;
    }
}

/// Tries cookies that are no session any more, and such as never were.
async fn cookies(world: &World, target: Target<'_>, kind: &CredentialModel) {
    let operation = target.operation;
    let (draft, persona) = (world.rough(target), world.by_kind(operation, kind));
    let (Some(name), Some(good)) = (&kind.cookie, world.coin(kind, &persona).await) else {
        world.untested(Check::SessionCredentials, target, "no session begins");
        return;
    };
    let control = world.send(&draft, &By::caller(persona.clone())).await;
    let lets_in = control.status() != 401;
    world.judge(
        Check::SessionCredentials,
        target,
        lets_in,
        ("a good session was expected to let in", &control),
    );
    let refuse = async |what: &str, cookie: String, status: u16| {
        let draft = draft.clone().header("cookie", cookie).header("sec-fetch-site", "same-origin");
        let reply = world.send(&draft, &By::Nobody).await;
        let why = format!("{status} was expected of {what}");
        world.judge(Check::SessionCredentials, target, reply.status() == status, (&why, &reply));
    };
    let text = &good.text;
    let never = "A".repeat(text.len());
    let other = if text.starts_with('A') { 'B' } else { 'A' };
    let changed = format!("{other}{}", text.get(1..).unwrap_or_default());
    let bare = name.trim_start_matches("__Host-");
    refuse("a session that never began", format!("{name}={never}"), 401).await;
    refuse("a session with a changed text", format!("{name}={changed}"), 401).await;
    refuse("a session without a text", format!("{name}="), 401).await;
    refuse("a session under another name", format!("{bare}={text}"), 401).await;
    refuse("a session that is there twice", format!("{name}={text}; {name}={text}"), 400).await;
    if let Some(Coin { text, .. }) = world.made(kind, &persona, -1).await {
        refuse("a session that has ended", format!("{name}={text}"), 401).await;
    }
    if let Some(Coin { text, id, .. }) = world.made(kind, &persona, 500).await {
        let ends = world.client.clock().unix_seconds() + 500;
        if world.revocations.revoke_token(&world.issuer(), &id, ends).await.is_ok() {
            refuse("a session that was revoked", format!("{name}={text}"), 401).await;
        }
    }
    callers::less(world, Check::SessionCredentials, target, &persona).await;
}

/// Has pages of other sites send what a page of one's own may.
async fn pages(world: &World, target: Target<'_>, by: &By) {
    let operation = target.operation;
    if operation.verb.is_safe() {
        return;
    }
    if operation.exceptions.iter().any(|exception| exception.rule == "cross_site") {
        world.untested(Check::Csrf, target, "its declaration admits pages of other sites");
        return;
    }
    let mut draft = world.rough(target).header("sec-fetch-site", "");
    fill(world, &mut draft);
    let pages: [(&str, &[(&'static str, &str)]); 6] = [
        ("a page of another site", &[("sec-fetch-site", "cross-site"), ("origin", ELSEWHERE)]),
        ("a page of a sibling host", &[("sec-fetch-site", "same-site")]),
        ("a page that nothing is said of", &[]),
        ("a page of a foreign origin, in an old browser", &[("origin", ELSEWHERE)]),
        ("a page of no origin, in an old browser", &[("origin", "null")]),
        (
            "a foreign page under one's own origin",
            &[("sec-fetch-site", "cross-site"), ("origin", &own(world))],
        ),
    ];
    for (what, fields) in pages {
        let sent =
            fields.iter().fold(draft.clone(), |draft, (name, value)| draft.header(name, *value));
        let reply = world.send(&sent, by).await;
        let why = format!("403 was expected of {what}");
        world.judge(Check::Csrf, target, reply.status() == 403, (&why, &reply));
    }
    let own = world.send(&world.rough(target), by).await;
    let good = own.status() != 403 || !is_forbidden(&own);
    world.judge(Check::Csrf, target, good, ("a page of one's own was refused", &own));
}

/// Sends each cookie that an input reads, also those that may be left out: a request without any is no browser's doing.
fn fill(world: &World, draft: &mut Draft<'_>) {
    let version = world.model.place(&draft.target.version.segment).unwrap_or_default();
    let mut examples = Examples::new(&world.model, version);
    for argument in &draft.target.operation.arguments {
        let ArgumentModel::Cookies(schema) = argument else { continue };
        for field in world.model.fields(schema) {
            if let Some(value) = examples.of(&field.schema, &field.name) {
                draft.cookie(&field.name, &[&plain(&value)]);
            }
        }
    }
}

fn is_forbidden(reply: &Reply) -> bool {
    String::from_utf8_lossy(reply.bytes()).contains("secure-api:forbidden")
}

/// Returns the origin of the app itself.
fn own(world: &World) -> String {
    let url = world.model.settings.as_ref().and_then(|settings| settings.base_url.as_deref());
    let url = url.unwrap_or("https://localhost");
    url.split('/').take(3).collect::<Vec<_>>().join("/")
}

/// Sends one session again to each route after the time in which nobody used it.
pub(super) async fn idle(world: &World, targets: &[Target<'_>]) {
    let Some(sessions) = &world.sessions else { return };
    let mut open: Vec<(Target<'_>, Draft<'_>)> = Vec::new();
    for target in targets {
        let guarded = matches!(target.operation.access, AccessModel::Roles(_));
        let Some(kind) =
            world.admits_alone(target.operation, CredentialModel::is_session).filter(|_| guarded)
        else {
            continue;
        };
        let persona: Persona = world.by_kind(target.operation, &kind);
        let lasts = sessions.idle_seconds().saturating_mul(3);
        let Some(coin) = world.made(&kind, &persona, lasts).await else { continue };
        let cookie = format!("{}={}", kind.cookie.as_deref().unwrap_or_default(), coin.text);
        let draft =
            world.rough(*target).header("cookie", cookie).header("sec-fetch-site", "same-origin");
        open.push((*target, draft));
    }
    if open.is_empty() {
        return;
    }
    let idle = u64::try_from(sessions.idle_seconds()).unwrap_or_default();
    world.client.advance(std::time::Duration::from_secs(idle + 1));
    for (target, draft) in open {
        let reply = world.send(&draft, &By::Nobody).await;
        let why = "401 was expected of a session that nobody used for its time";
        world.judge(Check::SessionCredentials, target, reply.status() == 401, (why, &reply));
    }
}

/// Ends the session that a route ends or replaces, and sends its cookie again.
pub(super) async fn signed_out(world: &World, target: Target<'_>, targets: &[Target<'_>]) {
    let operation = target.operation;
    let Some(kind) = world
        .admits_alone(operation, CredentialModel::is_session)
        .filter(|_| operation.sets_session())
    else {
        return;
    };
    let persona = world.by_kind(operation, &kind);
    let draft = world.good(target, Some(&persona), true).await;
    let first = world.send(&draft, &By::caller(persona.clone())).await;
    let sets = first.header("set-cookie").is_some();
    if !is_success(&first) || !sets {
        world.untested(
            Check::SessionCredentials,
            target,
            format!("it ended or began none: it is answered {}", first.status()),
        );
        return;
    }
    // Where it is public, what has ended is as good as nothing, so another route is asked.
    let asked = targets.iter().find(|one| {
        matches!(one.operation.access, AccessModel::Roles(_))
            && world.admits_alone(one.operation, CredentialModel::is_session).is_some()
            && (one.name() == target.name() || matches!(operation.access, AccessModel::Public(_)))
    });
    let Some(asked) = asked else {
        world.untested(
            Check::SessionCredentials,
            target,
            "no route takes a session, so none tells that it ended",
        );
        return;
    };
    let again = Persona { by: vec![kind], ..persona };
    let again = world.send(&world.rough(*asked), &By::caller(again)).await;
    let why = "401 was expected of a session that was ended, or that another took the place of";
    world.judge(Check::SessionCredentials, target, again.status() == 401, (why, &again));
}
